"""Side doors, each with its entry: what people declare, and what is handed out of the flow at once.

None of these steps takes down what was seen. A declaration says that something happened, when and
at what kind of place; its content is in no field, so it can reach no panel and no finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from recruitcheck.errors import BadInput, NotFound, NotPermitted
from recruitcheck.records import Declaration, DeclarationKind, Draft, Grant, Vacancy
from recruitcheck.reports.paper import Paper, Quote, section
from recruitcheck.steps import reading
from recruitcheck.steps.desk import Desk, box, new_id

_READERS = ("hr", "mine")
_ADDRESS = re.compile(r"https?:|www\.|@\w|\w\.(?:com|org|net|uk|example)\b", re.IGNORECASE)
_LONGEST_AMNESTY = 92
"""Days; three months, because a window that never closes would be a second rule."""
_LONGEST_REASON = 500
"""Characters; how it came about needs no more, and a longer text tells what was seen."""
PLACES = (
    "search engine",
    "video platform",
    "photo or short-video platform",
    "social network",
    "professional network",
    "messaging group",
    "personal website or blog",
    "news site",
    "other",
)
"""Kinds of place a declaration may name; an address could lead back to what was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Whom to turn to at once with a concern about a child, from the policy pack."""

    title: str
    address: str
    route: str


# --- searches outside the tool ------------------------------------------------------------------


def off_tool_search(
    desk: Desk, *, applicant: str = "", vacancy: str = "", on: date, place: str, why: str
) -> Declaration:
    """Declare a search that was made outside recruitcheck (policy 2.2, 11).

    Inside an amnesty window the declaration is marked so. What was seen is not asked for.

    Raises:
        NotPermitted: no member of this register.
        BadInput: nobody and no post is named, the place is no kind of place, or the day lies in
            the future.
    """
    desk.demand("declaration.make")
    if not applicant and not vacancy:
        raise BadInput("Say whom or which post the search was about.", "The pseudonym is enough.")
    if place not in PLACES:
        raise BadInput(f"There is no place {place!r}.", f"Choose one of: {', '.join(PLACES)}.")
    if on > desk.today:
        raise BadInput("The day of the search lies in the future.", "Check the date.")
    made = draw_up(
        desk,
        DeclarationKind.OFF_TOOL,
        applicant=applicant,
        vacancy=vacancy,
        on=on,
        place=place,
        text=_harmless(why),
        amnesty=amnesty(desk) is not None,
    )
    _enter(desk, made)
    return made


def open_amnesty(desk: Desk, *, first: date, until: date, text: str) -> Declaration:
    """Open a window in which searches outside the tool may be declared without discipline.

    Raises:
        NotPermitted: only HR.
        BadInput: the window is empty or longer than three months, or staff are told nothing.
    """
    desk.demand("papers.make")
    if not 0 <= (until - first).days <= _LONGEST_AMNESTY:
        raise BadInput("The window must have days, and at most three months.", "Check both dates.")
    if not text.strip():
        raise BadInput("Say what staff are told.", "They read it when they declare a search.")
    made = draw_up(desk, DeclarationKind.AMNESTY, on=first, until=until, text=text.strip())
    desk.enter(
        Draft(
            type="amnesty",
            subject=made.id,
            facts={"first": first.isoformat(), "until": until.isoformat()},
            boxes={"staff": box(made)},
        )
    )
    return made


def amnesty(desk: Desk) -> Declaration | None:
    """The amnesty window open today, for everybody to see."""
    windows = reading.newest(desk, Declaration, "amnesty", ("staff",))
    for window in windows:
        if window.on and window.until and window.on <= desk.today <= window.until:
            return window
    return None


# --- what people came to see --------------------------------------------------------------------


def exposure(desk: Desk, applicant: str, *, on: date | None = None) -> Declaration:
    """“I saw something protected”: recorded without what it was; tells HR.

    It bars nobody by itself; HR decides with `bar`.

    Raises:
        NotPermitted: no member of this register.
        BadInput: the day lies in the future.
    """
    desk.demand("declaration.make")
    day = on or desk.today
    if day > desk.today:
        raise BadInput("The day lies in the future.", "Check the date.")
    made = draw_up(desk, DeclarationKind.EXPOSURE, applicant=applicant, on=day)
    _enter(desk, made)
    return made


def bar(desk: Desk, declaration: str, person: str) -> Declaration:
    """Bar a person from the decision about an applicant, because of what they came to see.

    Raises:
        NotPermitted: only HR, and never for oneself.
        BadInput: the declaration is no exposure.
    """
    held = reading.one(desk, Declaration, "declaration", _READERS, declaration)
    from recruitcheck.steps import people

    who = people.person(desk, person)
    desk.demand("hold.set", made_by=(who.id,))
    if held.kind is not DeclarationKind.EXPOSURE:
        raise BadInput("Only an exposure can bar somebody.", "Choose the right declaration.")
    made = replace(held, bars=who.id)
    _enter(desk, made, refs=(who.id,))
    return made


def barred(desk: Desk, applicant: str) -> frozenset[str]:
    """Ids of people who take no further part in the decision about an applicant."""
    return frozenset(
        ref
        for entry in desk.register.entries(case=applicant)
        if entry.type == "declaration" and entry.facts.get("kind") == "exposure"
        for ref in entry.refs
        if ref.startswith("P-")
    )


def demand_unbarred(desk: Desk, applicant: str) -> None:
    """Refuse a step to somebody who is barred from the decision.

    Raises:
        NotPermitted: the person at the desk is.
    """
    if desk.me.id in barred(desk, applicant):
        raise NotPermitted(
            "You take no further part in the decision about this applicant.",
            "HR recorded that after a declaration; ask HR who takes over.",
        )


def disparagement(
    desk: Desk, content: str, *, vacancy: str = "", seen_on: date | None = None
) -> tuple[Declaration, Paper]:
    """Hand content about the trust, seen by accident, to the headteacher on paper (policy 6).

    The content stands on the returned paper and nowhere else: it is in no entry, no box and no
    list. That a paper was handed over is an entry. It is no ground for a search.

    Raises:
        NotPermitted: no member of this register.
        BadInput: there is nothing to print, or the day lies in the future.
    """
    desk.demand("declaration.make")
    if not content.strip():
        raise BadInput("There is nothing to print.", "Type what the headteacher should see.")
    if seen_on and seen_on > desk.today:
        raise BadInput("The day lies in the future.", "Check the date.")
    head = desk.pack.policy.contacts["headteacher"]
    made = draw_up(
        desk,
        DeclarationKind.DISPARAGEMENT,
        vacancy=vacancy,
        on=seen_on or desk.today,
        handed_to=head.title,
    )
    _enter(desk, made)
    paper = Paper(
        title="Content about the trust, seen by accident",
        organisation=desk.settings().organisation,
        made_at=made.at,
        made_by=desk.me.name,
        confidential=f"For the {head.title.lower()} only. Print once; do not file electronically.",
        sections=(
            section("What was seen", Quote(text=content.strip())),
            section("When", f"Seen on {made.on:%-d %B %Y}, written down by {desk.me.name}."),
            section(
                "What this is not",
                "It was not looked for. It plays no part in any recruitment, reaches no panel, and "
                "is kept nowhere in recruitcheck, which records only that this paper was made "
                f"(entry {made.id}).",
            ),
            section("Received by", "Name, signature and date: ____________________"),
        ),
    )
    return made, paper


# --- safeguarding -------------------------------------------------------------------------------


def safeguarding(desk: Desk, *, vacancy: str = "") -> Route:
    """A concern about a child: show the route at once, record only that it was routed.

    The concern itself is not asked for and not taken down; it belongs with the designated
    safeguarding lead, by word of mouth and now. So a mistyped vacancy is left out, and does not
    stand in the way.

    Raises:
        NotPermitted: no member of this register.
    """
    desk.demand("declaration.make")
    refs = tuple(one.id for one in desk.all(Vacancy) if one.id == vacancy)
    desk.enter(Draft(type="safeguarding-routed", subject=new_id("Q"), refs=refs))
    lead = desk.pack.policy.contacts["safeguarding"]
    return Route(title=lead.title, address=lead.address, route=lead.route)


# --- outside researchers ------------------------------------------------------------------------


def unasked_report(desk: Desk, applicant: str, data: bytes) -> Declaration:
    """A report that nobody asked for: sealed to hr as it came, unread.

    Raises:
        NotPermitted: not this person's step.
        NotFound: there is no such applicant.
    """
    desk.demand("declaration.make")
    made = draw_up(desk, DeclarationKind.UNASKED_REPORT, applicant=applicant, on=desk.today)
    desk.enter(
        _draft(made),
        Draft(
            type="report-quarantined",
            subject=new_id("O"),
            case=applicant,
            refs=(made.id,),
            boxes={"hr": data},
        ),
    )
    return made


def researcher_strayed(desk: Desk, grant: Grant, outside: int) -> Declaration:
    """An outside researcher reported `outside` things that the instruction did not cover."""
    text = f"{outside} items of the report lay outside the instruction."
    made = draw_up(desk, DeclarationKind.RESEARCHER_STRAYED, applicant=grant.applicant, text=text)
    _enter(desk, made, refs=(grant.id,))
    return made


# --- reading ------------------------------------------------------------------------------------


def declarations(desk: Desk) -> tuple[Declaration, ...]:
    """Declarations this person may read: all for HR, else one's own."""
    return reading.newest(desk, Declaration, "declaration", _READERS)


def outside(desk: Desk, applicant: str) -> tuple[Declaration, ...]:
    """Searches outside the tool that were declared about one applicant."""
    found = reading.newest(desk, Declaration, "declaration", _READERS, case=applicant)
    return tuple(one for one in found if one.kind is DeclarationKind.OFF_TOOL)


def draw_up(
    desk: Desk,
    kind: DeclarationKind,
    *,
    applicant: str = "",
    vacancy: str = "",
    on: date | None = None,
    until: date | None = None,
    place: str = "",
    text: str = "",
    amnesty: bool = False,
    handed_to: str = "",
) -> Declaration:
    """A declaration by whoever sits here, not entered yet.

    Raises:
        NotFound: there is no such applicant or vacancy.
    """
    if applicant:
        _known(desk, applicant)
    if vacancy:
        desk.get(Vacancy, vacancy)
    return Declaration(
        id=new_id("Q"),
        kind=kind,
        by=desk.me.id,
        at=desk.now,
        applicant=applicant,
        vacancy=vacancy,
        on=on,
        until=until,
        place=place,
        text=text,
        amnesty=amnesty,
        handed_to=handed_to,
    )


def _known(desk: Desk, applicant: str) -> None:
    """Whoever declares may not be able to open the case, so only its entry is looked for."""
    if next(desk.register.entries(case=applicant, type="applicant-added"), None) is None:
        raise NotFound(f"There is no applicant {applicant!r} here.", "Look at the list of cases.")


def _harmless(text: str) -> str:
    """A reason for a declaration; an address in it could lead back to what was seen."""
    if not text.strip():
        raise BadInput("Say how it came about.", "One sentence; not what was seen.")
    if len(text) > _LONGEST_REASON or _ADDRESS.search(text):
        raise BadInput(
            f"Keep it to {_LONGEST_REASON} characters without addresses or handles.",
            "Say how it came about, not what was seen.",
        )
    return text.strip()


def _enter(desk: Desk, made: Declaration, *, refs: tuple[str, ...] = ()) -> None:
    desk.enter(_draft(made, refs))


def _draft(made: Declaration, refs: tuple[str, ...] = ()) -> Draft:
    return Draft(
        type="declaration",
        subject=made.id,
        case=made.applicant,
        refs=tuple(filter(None, (made.vacancy, *refs))),
        facts={"kind": str(made.kind), "amnesty": int(made.amnesty)},
        boxes={"hr": box(made), "mine": box(made)},
    )
