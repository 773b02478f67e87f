"""Justification, finding and reply, as questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from recruitcheck.records import (
    Applicant,
    Evidence,
    Grant,
    Justification,
    Result,
    Route,
    Vacancy,
    Weight,
)
from recruitcheck.tui.questions import Ask, Task, in_words

if TYPE_CHECKING:
    from recruitcheck.steps.desk import Desk

ROUTES = tuple((route, route.words) for route in Route)
RESULTS = (
    (Result.CONFIRMED, "confirmed: it bears the claim out"),
    (Result.CONTRADICTED, "contradicted: the applicant will be invited to reply first"),
    (Result.NOT_FOUND, "not found: never counts against anyone"),
    (Result.UNCLEAR, "unclear: counts for nothing"),
)
_WITHOUT_EVIDENCE = tuple(one for one in RESULTS if one[0] is Result.NOT_FOUND)


_ROUTE_AND_PROOF: Final = (
    Ask(
        id="route",
        label="What did you try first?",
        kind="pick",
        options=in_words(ROUTES),
        help="A gentler way comes first: ask the applicant, a certificate, a reference, a "
        "task at interview. Or say why none of them can settle it.",
    ),
    Ask(
        id="route_note",
        label="What came of it, or why can it not settle it?",
        kind="text",
        least=10,
    ),
    Ask(
        id="confirms",
        label="What would confirm it?",
        kind="text",
        least=8,
        help="What you would have to read there to believe the claim.",
    ),
    Ask(
        id="refutes",
        label="What would refute it?",
        kind="text",
        least=8,
        help="What you would have to read there to doubt the claim.",
    ),
)


def justification(desk: Desk, applicant_id: str) -> tuple[Ask, ...]:
    """The questions of a justification, with the answers that this register knows."""
    applicant = desk.get(Applicant, applicant_id)
    vacancy = desk.get(Vacancy, applicant.vacancy)
    return (*_why(desk, vacancy), *_ROUTE_AND_PROOF, *_where(desk, vacancy))


def _why(desk: Desk, vacancy: Vacancy) -> tuple[Ask, ...]:
    """For which permitted reason, and for what in this post."""
    grounds = tuple((g.id, g.title) for g in desk.pack.grounds.values() if g.mode == "claim")
    return (
        Ask(
            id="ground",
            label="What kind of reason is it?",
            kind="pick",
            options=grounds,
            help="The policy permits these kinds of reason and no others.",
        ),
        Ask(
            id="requirement",
            label="Which line of the person specification?",
            kind="pick",
            options=tuple((r.id, r.text) for r in vacancy.requirements),
            help="A search has to be about something this post asks for.",
        ),
        Ask(
            id="reason",
            label="Why must it be checked, for this person and this post?",
            kind="text",
            least=15,
            help="A sentence that speaks of this claim. What would fit anybody is routine, and "
            "routine searching is not allowed.",
        ),
    )


_MANNERS = ("page", "manual", "typed_finding", "supplied", "adapter")
"""How places may be looked at, in the order in which claims most often name them."""


def _where(desk: Desk, vacancy: Vacancy) -> tuple[Ask, ...]:
    """Where the claim points, and who looks there."""
    known = [s for s in desk.pack.sources.values() if s.manner in _MANNERS]
    known.sort(key=lambda s: _MANNERS.index(s.manner))
    sources = tuple((s.id, s.title) for s in known)
    people = tuple(
        (
            p.id,
            p.name
            + (" (you)" if p.id == desk.me.id else "")
            + (" – on the panel, cannot look" if p.id in vacancy.panel else ""),
        )
        for p in desk.register.people()
        if p.admitted_at and not p.left_at and "recruiter" in p.roles
    )
    return (
        Ask(
            id="source",
            label="Where does the claim point?",
            kind="pick",
            options=sources,
            help="Only the kind of place that the claim itself names.",
        ),
        Ask(
            id="holder",
            label="Who will look?",
            kind="pick",
            options=people,
            initial=desk.me.id if desk.me.id not in vacancy.panel else "",
            help="Somebody who is not on the interview panel. It may be a colleague.",
        ),
        Ask(
            id="address",
            label="Address or handle, if the claim names several",
            required=False,
            help="As it stands in the claim, or as the applicant gave it.",
        ),
        Ask(id="third_party", label="Outside researcher, if one is to look", required=False),
        Ask(
            id="note",
            label="A note",
            kind="text",
            required=False,
            help="Can make the decision stricter, never looser.",
        ),
    )


def answers_of(claim: str, answers: Mapping[str, str]) -> Any:
    """The step's own record of the answers; unanswered questions stay empty."""
    from recruitcheck.steps.approval import Answers

    return Answers(
        claim=claim,
        ground=answers.get("ground", ""),
        requirement=answers.get("requirement", ""),
        route=Route(answers["route"]) if answers.get("route") else None,
        route_note=answers.get("route_note", ""),
        confirms=answers.get("confirms", ""),
        refutes=answers.get("refutes", ""),
        source=answers.get("source", ""),
        holder=answers.get("holder", ""),
        reason=answers.get("reason", ""),
        note=answers.get("note", ""),
        address=answers.get("address", ""),
        third_party=answers.get("third_party", ""),
    )


def answered(desk: Desk, request: str) -> dict[str, str]:
    """The answers of an earlier request, as the fields hold them, to be asked again."""
    earlier = desk.get(Justification, request)
    asked = (ask.id for ask in justification(desk, earlier.applicant))
    return {"claim": earlier.claim, **{name: str(getattr(earlier, name) or "") for name in asked}}


def finding(desk: Desk, grant: Grant) -> Task:
    """What the kept evidence says of the claim."""
    from recruitcheck.steps import finding as step

    kept = [one for one in desk.all(Evidence, grant.applicant) if one.grant == grant.id]
    identities = step.identities(desk, grant.id)

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        return step.record(
            desk,
            claim=grant.claim,
            grant=grant.id,
            result=Result(answers["result"]),
            identity=answers["identity"],
            evidence=tuple(one.id for one in kept),
            note=answers["note"],
        )

    return Task(
        id="finding",
        title="Finding",
        button="Record the finding",
        record=record,
        intro="What do the kept passages say of the claim, and by what do you know that it is the "
        "same person? A name alone is never enough.",
        done=lambda made: f"Recorded: {str(made.result).replace('_', ' ')}.",
        asks=(
            Ask(
                id="result",
                label="Result",
                kind="pick",
                initial=_suggested(kept),
                options=in_words(RESULTS if kept else _WITHOUT_EVIDENCE),
            ),
            Ask(
                id="identity",
                label="It is the same person, because the applicant gave",
                kind="pick",
                options=tuple((i, i) for i in identities),
                required=bool(kept),
                initial=identities[0] if len(identities) == 1 else "",
            ),
            Ask(id="note", label="A note for HR", kind="text", required=False),
        ),
    )


def _suggested(kept: Sequence[Evidence]) -> Result:
    """The result that the judgements lead to, for the person to accept or to change."""
    judged = {judgement for one in kept for judgement in one.judgements}
    if not kept:
        return Result.NOT_FOUND
    if "contradicts" in judged:
        return Result.CONTRADICTED
    return Result.CONFIRMED if "supports" in judged else Result.UNCLEAR


def reply(reply: str) -> Task:
    """What the applicant answered."""
    from recruitcheck.steps import finding

    return text_task(
        "reply",
        "The reply",
        "What the applicant answered",
        "Record the reply",
        "Their own words, as they wrote them. It stands beside the finding for good.",
        lambda desk, text: finding.record_reply(desk, reply, text),
    )


def weigh(reply: str) -> Task:
    """How the applicant's answer was weighed, and what came of it."""
    from recruitcheck.steps import finding

    return Task(
        id="weigh",
        title="Weigh the reply",
        button="Record it",
        intro="What the reply changes, or why it changes nothing. The panel reads what came of it.",
        done=lambda _: "Recorded.",
        asks=(
            Ask(id="text", label="How was the answer taken into account?", kind="text", least=3),
            Ask(
                id="weight",
                label="What came of it?",
                kind="pick",
                options=tuple((str(w), w.words) for w in Weight),
            ),
        ),
        record=lambda desk, answers: finding.weigh(
            desk, reply, answers["text"], Weight(answers["weight"])
        ),
    )


def text_task(  # noqa: PLR0917  # the seven words of one small form
    id: str, title: str, label: str, button: str, intro: str, act: Any, done: str = "Recorded."
) -> Task:
    """A task that asks for one text and hands it to `act(desk, text)`."""
    return Task(
        id=id,
        title=title,
        button=button,
        intro=intro,
        done=lambda _: done,
        asks=(Ask(id="text", label=label, kind="text", least=3),),
        record=lambda desk, answers: act(desk, answers["text"]),
    )
