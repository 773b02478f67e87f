"""Every paper that can be made, by name: one table for the command line and for the screens.

Making one is entered where it tells of a person or leaves the trust; the step behind each name does
that, or it is done here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType

from recruitcheck.errors import BadInput
from recruitcheck.records import Role, Vacancy
from recruitcheck.reports import markdown, page
from recruitcheck.reports.names import EXCEPTIONS, plain
from recruitcheck.reports.paper import Paper, section, table
from recruitcheck.steps import (
    audit_index,
    consideration,
    exceptions,
    governance,
    incidents,
    informing,
    oversight,
    periods,
    rights,
    stories,
)
from recruitcheck.steps.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a paper is about, as far as its kind asks for it."""

    subject: str = ""
    day: date | None = None
    school: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of paper."""

    title: str
    make: Callable[[Desk, Wanted], Paper]
    about: str = ""
    """What has to be named: a vacancy, an applicant, a request, a breach; empty for nothing."""
    role: Role = Role.HR


def make(desk: Desk, kind: str, wanted: Wanted | None = None) -> Paper:
    """Make a paper.

    Raises:
        NotPermitted: not this person's paper.
        BadInput: no such paper, or what it is about is not named.
        NotFound: what is named is not here.
    """
    wanted = wanted or Wanted()
    known = PAPERS.get(kind)
    if known is None:
        raise BadInput(f"There is no paper {kind!r}.", f"Choose one of: {', '.join(PAPERS)}.")
    if known.about and not wanted.subject.strip():
        raise BadInput(f"Say which {known.about} it is about.", _which(desk, known.about))
    if wanted.subject.strip() and not known.about:
        raise BadInput("This paper is not about one person or post.", "Leave the reference out.")
    return known.make(desk, wanted)


def _which(desk: Desk, about: str) -> str:
    """Where the reference of what a paper is about is found."""
    if about != "breach":
        listed = "audit list" if about == "request" else f"{about} list"
        return f"Take the reference from the list (`recruitcheck {listed}`)."
    reports = [f"{one.id} of {one.at:%-d %B %Y}" for one in incidents.breaches(desk)]
    return f"Reports there are: {', '.join(reports) or 'none yet'}."


def check_ending(suffix: str) -> None:
    """Refuse a file's ending before anything is made and entered.

    Raises:
        BadInput: no paper is written so.
    """
    if suffix.lower() not in _WRITERS:
        raise BadInput(
            f"No paper is written as {suffix or 'a file without an ending'}.",
            "End the file's name in .html (to print), .md (to edit) or .txt (to paste).",
        )


def written(paper: Paper, suffix: str) -> str:
    """A paper as text, by the ending of its file.

    Raises:
        BadInput: no paper is written so.
    """
    check_ending(suffix)
    return _WRITERS[suffix.lower()](paper)


_WRITERS: Mapping[str, Callable[[Paper], str]] = MappingProxyType(
    {".html": page.html, ".md": markdown.markdown, ".txt": markdown.plain}
)


def _notice(desk: Desk, wanted: Wanted) -> Paper:
    named = wanted.subject.strip()
    posts = [v.id for v in desk.all(Vacancy) if named in (v.id, v.reference)]
    return informing.notice(desk, posts[0] if len(posts) == 1 else named)


def _record(desk: Desk, wanted: Wanted) -> Paper:
    desk.demand("papers.make")
    made = stories.record_paper(desk, wanted.subject.strip())
    request = audit_index.request_of(desk, wanted.subject.strip())
    oversight.disclose(desk, kind="record", recipient=desk.me.name, applicant=desk.case_of(request))
    return made


def _exceptions(desk: Desk, _: Wanted) -> Paper:
    found = exceptions.exceptions(desk)
    kinds = dict.fromkeys(one.kind for one in found)
    return Paper(
        title="What needs attention",
        organisation=desk.settings().organisation,
        made_at=desk.now,
        made_by=desk.me.name,
        confidential="For HR. Contains pseudonyms of applicants.",
        sections=tuple(
            section(
                plain(EXCEPTIONS, kind),
                table(
                    ("Since", "Reference", "Applicant", "What"),
                    [
                        (one.since.date(), one.subject, one.applicant, one.words)
                        for one in found
                        if one.kind == kind
                    ],
                ),
            )
            for kind in kinds
        )
        or (section("Nothing", "Nothing is out of the ordinary (nil return)."),),
    )


def _consideration(desk: Desk, _: Wanted) -> Paper:
    """The paper for inspectors; the position is entered once for each policy pack."""
    desk.demand("papers.make")
    pack = desk.pack.digest[:32]
    entered = desk.register.entries(type="consideration")
    if not any(entry.facts.get("pack") == pack for entry in entered):
        consideration.consider(desk)
    return consideration.paper(desk)


def _governance(kind: str, desk: Desk, _: Wanted) -> Paper:
    return governance.paper(desk, kind)


PAPERS: Mapping[str, Kind] = MappingProxyType(
    {
        "notice": Kind(title="Notice to applicants", make=_notice, about="vacancy"),
        "article-14": Kind(
            title="Letter after a search (Article 14)",
            make=lambda desk, wanted: informing.article_14(desk, wanted.subject.strip()),
            about="applicant",
        ),
        "record": Kind(title="Record of one request", make=_record, about="request"),
        "exceptions": Kind(title="What needs attention", make=_exceptions),
        "certificate": Kind(
            title="Certificate of destruction",
            make=lambda desk, wanted: incidents.certificate(desk, wanted.subject.strip()),
            about="applicant",
        ),
        "breach": Kind(
            title="Breach report, or misuse report to the headteacher",
            make=lambda desk, wanted: incidents.breach_paper(desk, wanted.subject.strip()),
            about="breach",
        ),
        "term": Kind(
            title="Headteacher's page for a term",
            make=lambda desk, wanted: periods.termly_summary(
                desk, day=wanted.day, school=wanted.school
            ),
        ),
        "year": Kind(
            title="Trustees' figures for a school year",
            make=lambda desk, wanted: periods.yearly_figures(desk, day=wanted.day),
        ),
        "processing-record": Kind(
            title="Record of processing (Article 30)",
            make=partial(_governance, "processing-record"),
        ),
        "impact-assessment": Kind(
            title="Data protection impact assessment",
            make=partial(_governance, "impact-assessment"),
        ),
        "public-task-test": Kind(
            title="Public task test", make=partial(_governance, "public-task-test")
        ),
        "legitimate-interests": Kind(
            title="Legitimate interests assessment",
            make=partial(_governance, "legitimate-interests"),
        ),
        "consideration": Kind(
            title="Position on online searches (Keeping children safe in education)",
            make=_consideration,
        ),
        "sealed-part": Kind(
            title="What the equality reviewers hold about an applicant",
            make=lambda desk, wanted: rights.sealed_part(desk, wanted.subject.strip()),
            about="applicant",
            role=Role.EQUALITY,
        ),
    }
)
