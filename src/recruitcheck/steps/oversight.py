"""HR audit: list, sample, note, question and answer, exceptions, verification, exports.

HR reads every search and every refusal. What HR writes about a request is an entry like any other;
nobody notes or accepts their own act, and a question comes back to the person who asked for the
search, in the one compartment that both can read.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from recruitcheck.errors import BadInput, NotFound
from recruitcheck.records import Disclosure, Draft, Review, Role, Sample
from recruitcheck.rules.filters import Index, Row, parse
from recruitcheck.steps import audit_index, casefile, reading
from recruitcheck.steps.casefile import CaseFile
from recruitcheck.steps.desk import MOST_REFS, Desk, box, new_id

if TYPE_CHECKING:
    from recruitcheck.vault.verify import Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question from HR with what was answered so far."""

    question: Review
    answers: tuple[Review, ...] = ()
    accepted: Review | None = None
    to: str = ""
    """Id of the person it is for: who asked for the search."""

    @property
    def open(self) -> bool:
        """Whether an answer, or a further one, is waited for."""
        return self.accepted is None


# --- list and record --------------------------------------------------------------------------


def index(desk: Desk, *, progress: audit_index.Progress | None = None) -> Index:
    """The audit list, ready to filter again and again; see `audit_index.index` for `progress`.

    Raises:
        NotPermitted: only HR.
    """
    desk.demand("audit.read")
    return audit_index.index(desk, progress)


def audit(
    desk: Desk, filter: str = "", *, progress: audit_index.Progress | None = None
) -> list[Row]:
    """The rows that a filter leaves, oldest first; see `rules/filters.py` for the language.

    Raises:
        NotPermitted: only HR.
        BadInput: the filter cannot be read.
    """
    terms = parse(filter)  # a filter that cannot be read is told at once, not after a long list
    return index(desk, progress=progress).matching(terms)


def record(desk: Desk, id: str) -> CaseFile:
    """One request with its whole history, by its id or that of anything resting on it.

    Raises:
        NotPermitted: only HR.
        NotFound: there is no such request.
    """
    desk.demand("audit.read")
    return casefile.open_file(desk, id)


def sample(desk: Desk, size: int, *, filter: str = "", seed: str = "") -> Sample:
    """Draw requests at random for an audit, and enter the draw.

    The seed is entered with the draw, so that anybody with the same list can draw again and see
    that nobody picked. Without one, a fresh seed is taken from the operating system.

    Raises:
        NotPermitted: only HR.
        BadInput: there is nothing to draw, or the size is not positive.
    """
    desk.demand("audit.note")
    rows = audit(desk, filter)
    if size < 1 or not rows:
        raise BadInput(
            "There is nothing to draw from.", "Choose a size of at least one and a wider filter."
        )
    seed = seed.strip() or secrets.token_hex(16)
    drawn = draw([row.id for row in rows], size, seed)
    made = Sample(
        id=new_id("W"),
        seed=seed,
        filter=filter,
        drawn=drawn,
        among=len(rows),
        up_to=desk.register.size - 1,
        by=desk.me.id,
        at=desk.now,
    )
    desk.enter(
        Draft(
            type="audit-sample",
            subject=made.id,
            refs=drawn[:MOST_REFS],
            facts={"drawn": len(drawn), "among": len(rows), "up_to": made.up_to},
            boxes={"hr": box(made)},
        )
    )
    return made


def draw(ids: Sequence[str], size: int, seed: str) -> tuple[str, ...]:
    """The draw itself: repeatable from the same ids and the same seed."""
    chance = random.Random(f"recruitcheck audit sample v1\n{seed}")  # noqa: S311  # must repeat
    return tuple(chance.sample(sorted(ids), min(size, len(ids))))


# --- notes and questions ----------------------------------------------------------------------


def note(desk: Desk, subjects: Sequence[str] | str, text: str) -> Review:
    """Write an audit note about requests; only HR reads it.

    Raises:
        NotPermitted: not HR, or one of the requests is one's own.
        BadInput: there is no text.
    """
    about = (subjects,) if isinstance(subjects, str) else tuple(subjects)
    requests = [_request(desk, id) for id in about]
    desk.demand("audit.note", made_by=[one.by_id for one in requests])
    made = _review(desk, "note", [one.id for one in requests], text)
    _enter(desk, made, case=_one_case(requests), boxes=("hr",))
    return made


def ask(desk: Desk, subject: str, text: str) -> Review:
    """Put a question to the person who asked for a search; it comes back to them as a task.

    Raises:
        NotPermitted: not HR, or one's own request.
        BadInput: there is no text.
    """
    request = _request(desk, subject)
    desk.demand("audit.note", made_by=(request.by_id,))
    made = _review(desk, "question", [request.id], text)
    _enter(desk, made, case=request.applicant, boxes=("case",), to=request.by_id)
    return made


def answer(desk: Desk, question: str, text: str) -> Review:
    """Answer a question from HR; only the person it is for can.

    Raises:
        NotPermitted: somebody else's question.
        BadInput: there is no text, or the question is settled.
    """
    asked = _asked(desk, question)
    desk.demand("audit.answer", only=(asked.to,))
    if not asked.open:
        raise BadInput("HR has accepted the answer already.", "Nothing more is needed.")
    made = _review(desk, "answer", asked.question.subjects, text, answers=question)
    _enter(desk, made, case=desk.case_of(question), boxes=("case",), to=asked.question.by)
    return made


def accept(desk: Desk, question: str, text: str = "Accepted.") -> Review:
    """Accept the answer to a question; the task is done.

    Raises:
        NotPermitted: not HR, or it is oneself who answered.
        BadInput: nothing was answered, or it is settled already.
    """
    asked = _asked(desk, question)
    desk.demand("audit.note", made_by=(asked.to, *(one.by for one in asked.answers)))
    if not asked.answers or not asked.open:
        raise BadInput("There is no open answer to accept.", "Wait for the answer.")
    made = _review(desk, "accepted", asked.question.subjects, text, answers=question)
    _enter(desk, made, case=desk.case_of(question), boxes=("case",), to=asked.to)
    return made


def questions(desk: Desk, *, open_only: bool = True) -> tuple[Asked, ...]:
    """Questions that concern the person at the desk: all of them for HR, else one's own."""
    found: dict[str, Asked] = {}
    for entry, review in reading.versions(desk, Review, "review", ("case",)):
        if review.kind == "question":
            found[review.id] = Asked(question=review, to=_addressee(entry.refs, review))
        elif review.answers in found:
            found[review.answers] = _with(found[review.answers], review)
    hr = Role.HR in desk.me.roles
    return tuple(
        asked
        for asked in found.values()
        if (hr or asked.to == desk.me.id) and (asked.open or not open_only)
    )


def _addressee(refs: Sequence[str], review: Review) -> str:
    return next((ref for ref in refs if ref.startswith("P-") and ref != review.by), "")


def _with(asked: Asked, review: Review) -> Asked:
    if review.kind == "accepted":
        return Asked(question=asked.question, answers=asked.answers, accepted=review, to=asked.to)
    return Asked(
        question=asked.question,
        answers=(*asked.answers, review),
        accepted=asked.accepted,
        to=asked.to,
    )


def _asked(desk: Desk, question: str) -> Asked:
    for entry, review in reading.versions(desk, Review, "review", ("case",)):
        if review.id == question and review.kind == "question":
            asked = Asked(question=review, to=_addressee(entry.refs, review))
            break
    else:
        raise NotFound(f"There is no question {question!r} here.", "Look in your list of tasks.")
    for _, review in reading.versions(desk, Review, "review", ("case",)):
        if review.answers == question:
            asked = _with(asked, review)
    return asked


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """What the readable part of the ledger says of a request: whose case, and who asked."""

    id: str
    applicant: str
    by_id: str


def _request(desk: Desk, id: str) -> _Request:
    """The request an id belongs to, from the readable part of its entries alone."""
    for entry in desk.register.entries(subject=id):
        if entry.type in ("justification", "sourcing-asked", "declaration"):
            return _Request(id=id, applicant=entry.case, by_id=entry.author)
        owner = audit_index.request_of(desk, id)
        if owner and owner != id:
            return _request(desk, owner)
    raise NotFound(f"There is no search or refusal {id!r} here.", "Choose one from the list.")


def _one_case(requests: Sequence[_Request]) -> str:
    cases = {request.applicant for request in requests}
    return cases.pop() if len(cases) == 1 else ""


def _review(
    desk: Desk, kind: str, subjects: Sequence[str], text: str, *, answers: str = ""
) -> Review:
    if not text.strip():
        raise BadInput("There is nothing written yet.", "A sentence or two is enough.")
    return Review(
        id=new_id("W"),
        kind=kind,
        subjects=tuple(subjects),
        text=text.strip(),
        by=desk.me.id,
        at=desk.now,
        answers=answers,
    )


def _enter(desk: Desk, made: Review, *, case: str, boxes: Sequence[str], to: str = "") -> None:
    refs = (*made.subjects, *filter(None, (made.answers, to)))
    desk.enter(
        Draft(
            type="review",
            subject=made.id,
            case=case,
            refs=refs,
            facts={"kind": made.kind},
            boxes={name: box(made) for name in boxes},
        )
    )


# --- verification and exports -----------------------------------------------------------------


def verify(
    desk: Desk,
    *,
    against: Path | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Verification:
    """Check the whole register, with one's own boxes; any member may.

    `progress` is told (stage, done, total) now and then.
    """
    from recruitcheck.vault import verify as vault

    tell = progress or (lambda *_: None)
    tell("reading", 0, desk.register.size)
    found = vault.verify(
        desk.register.where, against=against, register=desk.register, progress=tell
    )
    tell("done", found.size, found.size)
    return found


def export(
    desk: Desk,
    format: str,
    *,
    filter: str = "",
    recipient: str = "",
    progress: audit_index.Progress | None = None,
) -> Iterator[str]:
    """The audit list as `csv`, `jsonl` or `html`, piece by piece; that it was made is an entry.

    Raises:
        NotPermitted: only HR.
        BadInput: no such format, or the filter cannot be read.
    """
    desk.demand("audit.export")
    from recruitcheck.steps import audit_export

    if format not in audit_export.FORMATS:
        raise BadInput(
            f"There is no format {format!r}.", f"Choose {', '.join(audit_export.FORMATS)}."
        )
    rows = audit(desk, filter, progress=progress)
    entered = disclose(desk, kind=f"audit-{format}", recipient=recipient or desk.me.name)
    return audit_export.FORMATS[format](desk, rows, filter, entered, progress)


def disclose(
    desk: Desk,
    *,
    kind: str,
    recipient: str,
    applicant: str = "",
    note: str = "",
    digest: str = "",
    facts: Mapping[str, str | int] | None = None,
) -> Disclosure:
    """Enter that a paper or file left the register: of what kind, and for whom.

    The entry comes first, so that nothing is handed out unrecorded; destruction certificates
    list these, because copies outside cannot be destroyed from here.
    """
    made = Disclosure(
        id=new_id("Z"),
        kind=kind,
        recipient=recipient,
        by=desk.me.id,
        at=desk.now,
        applicant=applicant,
        digest=digest,
        note=note,
    )
    desk.enter(
        Draft(
            type="disclosure",
            subject=made.id,
            case=applicant,
            refs=(applicant,) if applicant else (),
            facts={"kind": kind, **(facts or {})},
            boxes={"hr": box(made)},
        )
    )
    return made
