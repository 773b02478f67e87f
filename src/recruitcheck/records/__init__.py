"""Every record, in the order in which a search meets them. Read it as the story of one search.

Records only hold: they are frozen, slotted and keyword-only, their collections are tuples or
frozen mappings of plain values, their times are aware (UTC), and they never load, save, check or
change themselves. Ids are short random strings with a telling first letter (`V-` vacancy, `A-`
applicant, `D-` document, `C-` claim, `J-` justification, `R-` referral, `G-` grant, `L-` lookup,
`E-` evidence, `F-` finding, `P-` person). An applicant's id is the pseudonym under which
they stand in every list and in the ledger. A field called like another record (`claim`, `grant`)
holds its id, `by` that of the person who did it, and `at` when; an empty text is "not given".

A file for each stage, in this order: `people`, `claim`, `decision`, `lookup`, `finding`,
`oversight`, `accountability`, `figures`; and `ledger`, in which all of them are entered.
"""

from __future__ import annotations

from recruitcheck.records.accountability import (
    Breach,
    Candidate,
    Correction,
    Declaration,
    DeclarationKind,
    Disclosure,
    MonitoringAnswers,
    Objection,
    PolicyChange,
    Sample,
    Sourcing,
    TermFigures,
)
from recruitcheck.records.claim import (
    Claim,
    Justification,
    MonitoringLink,
    Nature,
    Route,
)
from recruitcheck.records.decision import (
    BlindReferral,
    Decision,
    Hit,
    QueryWord,
    Reason,
    Referral,
    Trace,
    Verdict,
)
from recruitcheck.records.figures import (
    AuditRow,
    Comparison,
    Pair,
    Rate,
)
from recruitcheck.records.finding import (
    Finding,
    PanelLine,
    Reply,
    ReplyState,
    Result,
    Weight,
)
from recruitcheck.records.ledger import (
    Draft,
    Entry,
)
from recruitcheck.records.lookup import (
    JUDGEMENTS,
    Attempt,
    Evidence,
    Grant,
    Item,
    Lookup,
    LookupKind,
    Page,
    Passage,
    Sight,
    Withheld,
)
from recruitcheck.records.oversight import (
    Destruction,
    Hold,
    Problem,
    Review,
    Settings,
)
from recruitcheck.records.people import (
    Applicant,
    Document,
    DocumentKind,
    Person,
    Requirement,
    Role,
    Stage,
    Vacancy,
)

__all__ = [
    "JUDGEMENTS",
    "Applicant",
    "Attempt",
    "AuditRow",
    "BlindReferral",
    "Breach",
    "Candidate",
    "Claim",
    "Comparison",
    "Correction",
    "Decision",
    "Declaration",
    "DeclarationKind",
    "Destruction",
    "Disclosure",
    "Document",
    "DocumentKind",
    "Draft",
    "Entry",
    "Evidence",
    "Finding",
    "Grant",
    "Hit",
    "Hold",
    "Item",
    "Justification",
    "Lookup",
    "LookupKind",
    "MonitoringAnswers",
    "MonitoringLink",
    "Nature",
    "Objection",
    "Page",
    "Pair",
    "PanelLine",
    "Passage",
    "Person",
    "PolicyChange",
    "Problem",
    "QueryWord",
    "Rate",
    "Reason",
    "Referral",
    "Reply",
    "ReplyState",
    "Requirement",
    "Result",
    "Review",
    "Role",
    "Route",
    "Sample",
    "Settings",
    "Sight",
    "Sourcing",
    "Stage",
    "TermFigures",
    "Trace",
    "Vacancy",
    "Verdict",
    "Weight",
    "Withheld",
]
