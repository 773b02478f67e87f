"""Every record, in the order in which a search meets them. Read it as the story of one search.

Records only hold: they are frozen, slotted and keyword-only, their collections are tuples or
frozen mappings of plain values, their times are aware (UTC), and they never load, save, check or
change themselves. Ids are short random strings with a telling first letter (`V-` vacancy, `A-`
applicant, `D-` document, `C-` claim, `J-` justification, `R-` referral, `G-` grant, `L-` lookup,
`E-` evidence, `F-` finding, `P-` person). An applicant's id is the pseudonym under which
they stand in every list and in the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


# --- people and the organisation ------------------------------------------------------------


class Role(StrEnum):
    """What a person may do here; see `rules/roles.py`. One person may hold several."""

    RECRUITER = "recruiter"
    HR = "hr"
    EQUALITY = "equality"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of staff with keys of their own."""

    id: str
    name: str
    roles: tuple[Role, ...]
    sign_key: str = ""
    """Ed25519 public key, standard base64."""
    seal_key: str = ""
    """HPKE public key, standard base64."""
    admitted_at: datetime | None = None
    left_at: datetime | None = None
    trained_until: date | None = None
    """Last day the training attestation holds; lapsed: may read and finish, not start."""


class Stage(StrEnum):
    """Where a vacancy stands. Searching is possible from shortlisted to offer."""

    OPEN = "open"
    SHORTLISTED = "shortlisted"
    INTERVIEW = "interview"
    OFFER = "offer"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One line of the person specification."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A post at one school, with what it asks for and who decides."""

    id: str
    reference: str
    title: str
    school: str
    requirements: tuple[Requirement, ...]
    panel: tuple[str, ...] = ()
    """Ids of the people on the interview panel."""
    stage: Stage = Stage.OPEN
    notice_version: str = ""
    notice_text: str = ""
    """What applicants to this post are told about searches (UK GDPR 13, 14)."""
    advertised_words: str = ""
    """The advertisement's criteria; candidate finding may use these words and no others."""
    opened_on: date | None = None
    closes_on: date | None = None
    decided_on: date | None = None
    """Day of the appointment decision; the content clock of retention starts here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """A person who applied for one vacancy. `id` is the pseudonym, such as `A-7F3K`."""

    id: str
    vacancy: str
    name: str
    accounts: tuple[str, ...] = ()
    """Addresses and handles the applicant gave, outside any quote."""
    adult: bool = True
    notice_version: str = ""
    notice_on: date | None = None
    """When the applicant was told about searches; no notice, no search."""
    objected_on: date | None = None
    """An objection stops searching until it is answered."""
    monitoring_reference: str = ""
    """Reference printed on the monitoring form; sealed to equality, empty for everybody else."""


class DocumentKind(StrEnum):
    """What an application document is."""

    CV = "cv"
    FORM = "form"
    LETTER = "letter"
    INTERVIEW_NOTE = "interview_note"
    SUPPLIED = "supplied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An application document as text. Offsets everywhere count code points of `text`."""

    id: str
    applicant: str
    kind: DocumentKind
    title: str
    text: str
    pages: tuple[int, ...] = ()
    """Offset in `text` at which each page begins."""
    received_at: datetime | None = None
    countersigned_by: str = ""
    """For an interview note: the second person who heard it; without one it grounds no claim."""


# --- claim and justification ----------------------------------------------------------------


class Nature(StrEnum):
    """What a marked span is."""

    CHECKABLE = "checkable"
    OPINION = "opinion"
    SENSITIVE = "sensitive"
    CHARACTERISTIC = "characteristic"
    """The bare statement of a protected characteristic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An exact span of an application document: the only thing a search may start from."""

    id: str
    applicant: str
    document: str
    quote: str
    start: int
    end: int
    nature: Nature
    at: datetime | None = None
    by: str = ""


class Route(StrEnum):
    """The less intrusive route that comes before any search."""

    ASKED_APPLICANT = "asked_applicant"
    CERTIFICATE = "certificate"
    REFERENCE = "reference"
    INTERVIEW_TASK = "interview_task"
    CANNOT_SETTLE = "cannot_settle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Justification:
    """Structured answers that tie one claim to one ground and one requirement."""

    id: str
    claim: str
    applicant: str
    ground: str
    requirement: str
    """Id of the person-specification line the claim bears on."""
    route: Route
    route_note: str
    """What came of the less intrusive route, or why it cannot settle the claim."""
    confirms: str
    refutes: str
    source: str
    """Id of a file in `justifications/sources/`: the kind of source the claim names."""
    holder: str
    """Id of the person who will hold the grant; never on the vacancy's panel."""
    reason: str = ""
    """Why this claim must be checked for this person."""
    note: str = ""
    """Free text; can make the decision stricter, never looser."""
    address: str = ""
    """An address or handle of the quote (or one the applicant gave) to look at; may be empty."""
    third_party: str = ""
    """Name of the outside researcher who is to look, if any."""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringLink:
    """Which monitoring form belongs to which pseudonym. Sealed to equality alone."""

    applicant: str
    vacancy: str
    reference: str


# --- decision -------------------------------------------------------------------------------


class Verdict(StrEnum):
    """Refuse beats refer beats permit."""

    PERMIT = "permit"
    REFER = "refer"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one rule said. `holds` true: the rule is satisfied; else `effect` is what it asks."""

    rule: str
    holds: bool
    effect: Verdict
    clause: str
    message: str
    mend: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryWord:
    """One word of the composed query and where it comes from."""

    text: str
    origin: str
    """`quote`, `source word`, `name`, `handle`, `host` or `function word`."""
    start: int | None = None
    """Offset in the quote, where the word comes from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What a screening rule matched in a text: a half-open span of code points as given."""

    rule: str
    characteristic: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The verdict on one justification, with every reason, holding or not."""

    id: str
    justification: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
    query: tuple[QueryWord, ...] = ()
    pack_digest: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A justification that an equality reviewer must decide; past `due` it is the deputy's."""

    id: str
    justification: str
    decision: str
    due: datetime
    verdict: Verdict | None = None
    yes_no_only: bool = False
    """Permitted, but the recruiter is to be told only whether the claim is borne out."""
    why: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    appeal_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What patterns are read from: no name, no quote, no reason. A box each for hr and equality."""

    justification: str
    applicant: str
    vacancy: str
    school: str
    stage: Stage
    requirement: str
    ground: str
    claim_kinds: tuple[str, ...]
    verdict: Verdict
    rules: tuple[str, ...]
    """Ids of the rules that did not hold."""
    sketch: tuple[int, ...]
    """Keyed similarity sketch of the reason; comparable, not readable."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindReferral:
    """What the equality reviewer sees: request, quote and reason; no name in it."""

    referral: str
    applicant: str
    vacancy_title: str
    school: str
    requirement: str
    quote: str
    ground: str
    reason: str
    route: str
    confirms: str
    refutes: str
    source: str
    query: str
    reasons: tuple[Reason, ...]
    due: datetime


# --- grant and lookup -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The narrow, expiring permission that a decision gives.

    `sources.web.fetch` enforces the fields down to `max_seconds`; their absent values are those
    of `recruitcheck try address`. `max_bytes` is per answer after inflation, `max_total_bytes`
    per grant, `max_seconds` per call.
    """

    id: str
    hosts: tuple[str, ...] = ()
    path_prefixes: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ("https",)
    ports: tuple[int, ...] = ()
    query_keys: tuple[str, ...] = ()
    query: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    not_before: datetime | None = None
    not_after: datetime | None = None
    max_requests: int = 10
    max_bytes: int = 2 * 1024 * 1024
    max_total_bytes: int = 10 * 1024 * 1024
    max_seconds: float = 30.0
    # what steps and sources add
    applicant: str = ""
    claim: str = ""
    decision: str = ""
    holder: str = ""
    source: str = ""
    """Id of the source file that says how it may be looked at."""
    addresses: tuple[str, ...] = ()
    """Addresses of the quote or of the applicant that a lookup may start from."""
    handles: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """Words of the composed query."""
    since: date | None = None
    until: date | None = None
    """Window that the claim's own dates set for what is observed; None: no limit."""
    yes_no_only: bool = False
    nonce: str = ""
    """For a third-party instruction: what the report must carry back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer of a source, as text. Never stored."""

    url: str
    status: int
    type: str
    text: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing an adapter took from a page: a post, an entry, a release, or the page itself."""

    url: str
    text: str
    type: str = "text/plain"
    """`text/plain` or `text/html`; the lens reads accordingly."""
    title: str = ""
    author: str = ""
    """Permanent identifier of the author where the source has one; the address stands for it
    where the quote itself names the address."""
    published: datetime | None = None
    """None: date unknown; such an item cannot alone contradict a claim."""


class LookupKind(StrEnum):
    """How a grant was used."""

    FETCH = "fetch"
    OBSERVATION = "observation"
    SUPPLIED = "supplied"
    THIRD_PARTY = "third_party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """One use of a grant. Entered, and its budget spent, before anything leaves."""

    id: str
    grant: str
    applicant: str
    kind: LookupKind
    source: str
    address: str
    by: str
    at: datetime
    outcome: str = "started"
    """`started`, `done`, `stopped` or `failed`."""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One address that a lookup asked for, and what became of it."""

    address: str
    outcome: str
    """`answered`, `refused` (outside the grant) or `failed`."""
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence or two shown because it bears on the claim; masked where it had to be."""

    id: str
    lookup: str
    text: str
    address: str
    source: str
    published: datetime | None = None
    seen_at: datetime | None = None
    mark: str = ""
    """`""`, `observed by a person`, `supplied by the applicant` or `reported by <name>`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one lookup showed its holder: all of it, and nothing of what was withheld."""

    lookup: Lookup
    passages: tuple[Passage, ...]
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """How much one lookup did not show, by neutral reason. Sealed to hr; for the applicant too."""

    lookup: str
    unrelated: int
    personal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The passages kept for one claim, with salted commitments and their Merkle root."""

    id: str
    applicant: str
    claim: str
    grant: str
    passages: tuple[Passage, ...]
    judgements: tuple[str, ...]
    """Per passage: `supports`, `contradicts` or `neither`."""
    commitments: tuple[str, ...]
    """HMAC-SHA-256 of each passage under its salt, hex."""
    salts: tuple[str, ...]
    root: str
    at: datetime
    by: str


# --- finding, reply, panel ------------------------------------------------------------------


class Result(StrEnum):
    """What the evidence says of the claim. `not_found` never counts against anyone."""

    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    NOT_FOUND = "not_found"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the evidence says of the claim, and by what the person was recognised."""

    id: str
    applicant: str
    claim: str
    grant: str
    result: Result
    identity: str
    """The identifier the applicant supplied (address, handle, title) by which it is the same
    person; empty only where nothing was found."""
    evidence: tuple[str, ...]
    note: str
    by: str
    at: datetime


class ReplyState(StrEnum):
    """invited → replied or lapsed → weighed → closed."""

    INVITED = "invited"
    REPLIED = "replied"
    LAPSED = "lapsed"
    WEIGHED = "weighed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The applicant's answer, invited before a contradiction may be used."""

    id: str
    finding: str
    applicant: str
    state: ReplyState
    invited_on: date
    due_on: date
    text: str = ""
    received_on: date | None = None
    weighed_by: str = ""
    weighing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelLine:
    """The one line the panel may see."""

    id: str
    applicant: str
    finding: str
    text: str
    by: str
    at: datetime


# --- oversight ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """An HR audit note, a question to the recruiter, an answer, or an equality review."""

    id: str
    kind: str
    """`note`, `question`, `answer`, `accepted`, `equality` or `pattern`."""
    subjects: tuple[str, ...]
    text: str
    by: str
    at: datetime
    answers: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Destruction is paused: legal hold, access request, complaint or claim."""

    id: str
    applicant: str
    cause: str
    by: str
    since: datetime
    until: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destruction:
    """What was destroyed, with counts; the certificate is printed from it."""

    id: str
    applicant: str
    cause: str
    by: str
    at: datetime
    boxes: int
    wraps: int
    files: int
    key_fingerprint: str
    exports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in a file people edit: which file, which key, what is wrong."""

    path: str
    key: str
    message: str
    warning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What every member of the register needs to know of it. Sealed to staff."""

    organisation: str
    sketch_key: str
    """Key of the similarity sketches, standard base64."""
    deputy: str = ""
    """Id of the equality reviewer to whom overdue referrals go."""


# --- the ledger -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a step wants entered. `boxes` maps a compartment to the bytes sealed into it."""

    type: str
    subject: str = ""
    """Id of the record this entry makes or changes."""
    case: str = ""
    """Applicant's pseudonym; empty for what concerns no applicant."""
    refs: tuple[str, ...] = ()
    facts: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))
    """Readable by anyone: verdict, counts, stage. Never personal, never a characteristic."""
    boxes: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event of the ledger as read back. `boxes` names compartments, not contents."""

    seq: int
    id: str
    type: str
    author: str
    at: datetime
    subject: str
    case: str
    refs: tuple[str, ...]
    facts: Mapping[str, str | int]
    boxes: tuple[str, ...]


# --- answering for it -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Searches drawn at random for an audit. The seed makes the draw repeatable by anyone."""

    id: str
    seed: str
    filter: str
    drawn: tuple[str, ...]
    """Ids of the justifications drawn, in the order of the draw."""
    among: int
    """How many there were to draw from."""
    up_to: int
    """Last entry of the ledger that was considered."""
    by: str
    at: datetime


class DeclarationKind(StrEnum):
    """What somebody declares about their own acts, or about what they came to see."""

    OFF_TOOL = "off_tool"
    """A search made outside recruitcheck."""
    EXPOSURE = "exposure"
    """“I saw something protected”: recorded without what it was."""
    DISPARAGEMENT = "disparagement"
    """Content about the trust seen by accident; printed for the headteacher, kept nowhere."""
    CONSIDERATION = "consideration"
    """The dated position on online searches under Keeping children safe in education."""
    AMNESTY = "amnesty"
    """A window in which off-tool searches may be declared without discipline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A declaration. What was seen is never part of it."""

    id: str
    kind: DeclarationKind
    by: str
    at: datetime
    applicant: str = ""
    vacancy: str = ""
    on: date | None = None
    """When it happened; for an amnesty, its first day."""
    until: date | None = None
    place: str = ""
    """The kind of place, such as “video platform”; not an address."""
    text: str = ""
    """Why it happened, or the reasons for a position; never what was seen."""
    bars: str = ""
    """Id of a person who takes no further part in the decision."""
    amnesty: bool = False
    """Declared inside an amnesty window."""
    handed_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """A paper or file that left the register: what kind, about whom, for whom."""

    id: str
    kind: str
    recipient: str
    by: str
    at: datetime
    applicant: str = ""
    digest: str = ""
    """Salted digest of what was handed out, hex."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A personal data breach, or a breach of the policy, and what was done about it."""

    id: str
    what: str
    aware_at: datetime
    """When the trust became aware; the 72 hours of UK GDPR 33 run from here."""
    people: str
    effect: str
    containment: str
    told: str
    lessons: str
    by: str
    at: datetime
    clause: str = ""
    """For misuse: the clause of the policy that was broken."""
    person: str = ""
    """For misuse: whose act it was; goes to the headteacher."""
    decision: str = ""
    """What the headteacher decided."""
    entries: tuple[int, ...] = ()
    """Entries of the ledger it rests on."""
    reported_at: datetime | None = None
    """When the Information Commissioner was told; None: not, or not yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringAnswers:
    """One applicant's answers to the equality monitoring form. Sealed to equality alone."""

    applicant: str
    reference: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFigures:
    """The figures of one term as counted and published. Sealed to equality alone.

    `tables` maps a question to groups, each with its applicants and searched; what may be shown
    of them follows from the threshold alone.
    """

    id: str
    term: str
    threshold: int
    tables: Mapping[str, Mapping[str, tuple[int, int]]]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An applicant's objection to searching, or request to restrict, and its answer."""

    id: str
    applicant: str
    kind: str
    """`objection` or `restriction`."""
    text: str
    received_on: date
    by: str
    at: datetime
    answer: str = ""
    upheld: bool | None = None
    answered_by: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the applicant says is wrong about a finding; it stands beside the finding."""

    id: str
    applicant: str
    finding: str
    text: str
    received_on: date
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourcing:
    """One look for candidates: criteria of the advertisement, and no person."""

    id: str
    vacancy: str
    criteria: tuple[str, ...]
    source: str
    by: str
    at: datetime
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody found who is to be approached; from here on the Article 14 clock runs."""

    id: str
    sourcing: str
    vacancy: str
    name: str
    where: str
    """Where they advertise themselves."""
    told_by: date
    """Last day for telling them (UK GDPR 14(3): one month, or the first contact)."""
    told_on: date | None = None
    applicant: str = ""
    """Set when the person applies; the notes are frozen from then on."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyChange:
    """A policy pack proposed by one person and adopted by another."""

    id: str
    digest: str
    version: str
    why: str
    proposed_by: str
    at: datetime
    adopted_by: str = ""
    adopted_at: datetime | None = None


# --- what lists and figures show --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One search, refusal, declaration or candidate search, as the audit list shows it."""

    seq: int
    at: datetime
    id: str
    state: str
    by: str
    school: str = ""
    vacancy: str = ""
    applicant: str = ""
    ground: str = ""
    decision: str = ""
    rule: tuple[str, ...] = ()
    by_id: str = ""
    vacancy_id: str = ""
    title: str = ""
    """Title of the post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One group that may be shown. Rate, low and high are fractions; None for nobody."""

    group: str
    applicants: int
    searched: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two shown groups side by side."""

    a: str
    b: str
    fisher_p: float
    selection_ratio: float | None
    """Lower rate over higher rate; None where nobody was searched, or a group is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A table as it may be shown. `suppressed` are names of groups, without any figure."""

    order: tuple[str, ...]
    shown: tuple[Rate, ...]
    suppressed: frozenset[str]
    pairs: tuple[Pair, ...]
