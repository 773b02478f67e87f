"""Breach report, misuse report, destruction certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from recruitcheck.records import Breach, Destruction, Entry, Hold
from recruitcheck.reports.entries import entries_table
from recruitcheck.reports.paper import Facts, Paper, Points, section, table


def clock(breach: Breach, now: datetime, ends: datetime) -> str:
    """Where the 72 hours stand, in words; `ends` is when they are over."""
    if breach.reported_at:
        late = breach.reported_at > ends
        word = "late" if late else "in time"
        return f"Reported on {breach.reported_at:%-d %B %Y, %H:%M} UTC, {word}."
    if now > ends:
        return (
            f"The 72 hours ended on {ends:%-d %B %Y, %H:%M} UTC. If it must be reported, report it "
            "now and give the reasons for the delay (UK GDPR 33(1))."
        )
    left = int((ends - now) / timedelta(hours=1))
    return (
        f"{left} hours are left: until {ends:%-d %B %Y, %H:%M} UTC the Information Commissioner "
        "must be told, unless a risk to people is unlikely."
    )


_OPEN = "not known yet; to be filled in"
_TO_DECIDE = (
    "Is a risk to people unlikely? Then it need not be reported; write down why: "
    "____________________",
    "Is a high risk to them likely? Then they must be told without delay (UK GDPR 34): "
    "____________________",
    "Signature and date: ____________________",
)


def breach_report(
    breach: Breach,
    organisation: str,
    made_by: str,
    now: datetime,
    *,
    ends: datetime,
    entries: Sequence[Entry],
    names: Mapping[str, str],
) -> Paper:
    """The report of a personal data breach (UK GDPR 33(5))."""
    return Paper(
        title="Report of a personal data breach",
        organisation=organisation,
        made_at=now,
        made_by=made_by,
        about=f"Reference {breach.id}.",
        confidential="For the data protection officer",
        sections=(
            section("The clock", clock(breach, now, ends)),
            section(
                "What happened",
                Facts(
                    facts=(
                        ("What", breach.what),
                        ("We became aware", breach.aware_at),
                        ("Written down", breach.at),
                        ("People and kinds of data concerned", breach.people),
                        ("Likely effect on them", breach.effect or _OPEN),
                        ("What was done to contain it", breach.containment),
                        ("Who was told, and when", breach.told or "nobody yet"),
                        ("Reported to the Commissioner", breach.reported_at or "not yet"),
                        ("What we learn from it", breach.lessons or _OPEN),
                    )
                ),
            ),
            section("To be decided by the data protection officer", Points(points=_TO_DECIDE)),
            section("Entries of the ledger it rests on", entries_table(entries, names)),
        ),
    )


def misuse_report(
    breach: Breach,
    organisation: str,
    made_by: str,
    now: datetime,
    *,
    clause: str,
    entries: Sequence[Entry],
    names: Mapping[str, str],
) -> Paper:
    """What goes to the headteacher when the policy may have been broken (policy 3.3, 11).

    It says what was reported and decides nothing.
    """
    return Paper(
        title="Report to the headteacher: use outside the policy",
        organisation=organisation,
        made_at=now,
        made_by=made_by,
        about=f"Reference {breach.id}.",
        confidential="For the headteacher only",
        sections=(
            section(
                "What is reported",
                Facts(
                    facts=(
                        ("Who", names.get(breach.person, breach.person)),
                        ("What", breach.what),
                        ("Clause of the policy", f"{breach.clause}: {clause}"),
                        ("Known since", breach.aware_at),
                        ("People concerned", breach.people),
                        ("Likely effect on them", breach.effect or _OPEN),
                        ("Done so far", breach.containment),
                        ("Told so far", breach.told or "nobody yet"),
                    )
                ),
                "This is what was reported and what the record shows. It decides nothing: hear the "
                "person first. Nobody may be asked for a passphrase; the breach pack that HR can "
                "make shows what is needed.",
            ),
            section("Entries of the ledger it rests on", entries_table(entries, names)),
            section("What the person says", "____________________________________"),
            section(
                "Headteacher's decision",
                breach.decision or "Decision: ____________________________________",
                "Signature and date: ____________________",
            ),
        ),
    )


def certificate(
    destruction: Destruction,
    organisation: str,
    made_by: str,
    now: datetime,
    *,
    by: str,
    cause: str,
    schedule: str,
    holds: Sequence[Hold],
    skeleton_until: date,
    caveat: str,
) -> Paper:
    """The certificate of destruction for one applicant's records."""
    return Paper(
        title="Certificate of destruction",
        organisation=organisation,
        made_at=now,
        made_by=made_by,
        about=f"Applicant {destruction.applicant} (pseudonym).",
        sections=(
            section(
                "What was destroyed",
                _destroyed(destruction, by=by, cause=cause, schedule=schedule),
                "Method: the keys that open this applicant's sealed texts were deleted and the key "
                "store rewritten; then the sealed texts themselves were removed.",
            ),
            section(
                "Holds there were",
                table(
                    ("Cause", "From", "Until"),
                    [(one.cause, one.since, one.until or "open") for one in holds],
                    empty="None on record.",
                ),
            ),
            section(
                "What remains",
                "Entries without content (when, who, which rule), until "
                f"{skeleton_until:%-d %B %Y}. "
                "They still prove that nothing was added, removed or changed.",
                caveat,
            ),
            section(
                "Handed out earlier",
                Points(points=destruction.exports) if destruction.exports else "Nothing on record.",
            ),
            section("Witness", "Name, signature and date: ____________________"),
        ),
    )


def _destroyed(destruction: Destruction, *, by: str, cause: str, schedule: str) -> Facts:
    return Facts(
        facts=(
            ("Applicant", destruction.applicant),
            ("Why", cause),
            ("Schedule", schedule),
            ("Destroyed", destruction.at),
            ("By", by),
            ("Sealed texts removed", destruction.boxes),
            ("Wrapped keys destroyed", destruction.wraps),
            ("Evidence files removed", destruction.files),
            ("Fingerprint of the keys", destruction.key_fingerprint),
        )
    )
