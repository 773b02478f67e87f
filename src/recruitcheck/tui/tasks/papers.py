"""HR's papers and requests, as questions: bundles, packs, samples, training, the policy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from recruitcheck.errors import BadInput
from recruitcheck.records import Applicant, Declaration, PolicyChange, Sample, Vacancy
from recruitcheck.rules.retention import after
from recruitcheck.tui.questions import Ask, Task, day, place, written

if TYPE_CHECKING:
    from recruitcheck.records import Person
    from recruitcheck.reports.paper import Paper
    from recruitcheck.steps.desk import Desk


def training(desk: Desk, person: Person) -> Task:
    """Until when somebody's training attestation holds."""

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import people

        return people.attest_training(desk, person.id, day(answers["until"]) or desk.today)

    today = desk.today
    in_a_year = after(today, 12)
    return Task(
        id=f"training-{person.id}",
        title="Training",
        button="Record the training",
        record=record,
        intro=f"{person.name} was trained in how claims may be checked. After the last day they "
        "can finish what they began, and start nothing new until it is renewed.",
        done=lambda _: "The training is recorded.",
        asks=(Ask(id="until", label="Holds until", kind="date", initial=written(in_a_year)),),
    )


def access_bundle(desk: Desk) -> Task:
    """Everything held about one applicant, in a new folder."""

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import rights

        folder = place(answers["folder"])
        rights.access_bundle(
            desk,
            answers["applicant"],
            folder,
            identity=answers["identity"].strip(),
            asked_on=day(answers["asked"]),
        )
        return folder

    return Task(
        id="access-bundle",
        title="Access request",
        button="Write the bundle",
        record=record,
        intro="A letter, a summary, every record and a list of what was left out and why. The "
        "answer is due within one month; destruction is paused until the request is closed.",
        done=lambda folder: f"Written to {folder}.",
        asks=(
            Ask(id="applicant", label="Who asked", kind="pick",
                options=tuple((a.id, f"{a.id} {a.name}") for a in desk.all(Applicant))),
            Ask(id="asked", label="Asked on", kind="date", initial=written(desk.today)),
            Ask(id="identity", label="How you know it is them, for the letter",
                help="Such as: The request came from the address given in the application."),
            Ask(id="folder", label="A new folder on this computer",
                initial=str(Path.home() / f"access-request-{desk.today}")),
        ),
    )  # fmt: skip


def breach_pack(desk: Desk) -> Task:
    """A ZIP for an investigator."""

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import incidents

        file = place(answers["file"])
        incidents.breach_pack(
            desk, file, filter=answers["filter"].strip(), recipient=answers["recipient"].strip()
        )
        return file

    return Task(
        id="breach-pack",
        title="Breach pack",
        button="Write the pack",
        record=record,
        intro="The chosen requests as HR reads them, with proofs, for somebody who investigates; "
        "so nobody hands over a passphrase. That it was made, and for whom, is recorded.",
        done=lambda file: f"Written to {file}.",
        asks=(
            Ask(id="recipient", label="For whom", initial="investigation"),
            Ask(id="filter", label="Which requests (empty: all of them)", required=False,
                help="As in the audit list: by:lind after:2026-05-01 decision:refuse"),
            Ask(id="file", label="File on this computer (ZIP)",
                initial=str(Path.home() / f"breach-pack-{desk.today}.zip")),
        ),
    )  # fmt: skip


def any_paper(desk: Desk) -> Task:
    """Any other paper or letter, by its kind."""
    from recruitcheck.steps import shelf
    from recruitcheck.vault import files

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        file = place(answers["file"])
        shelf.check_ending(file.suffix)
        if file.exists():
            raise BadInput("There is a file of that name already.", "Choose a new name.")
        wanted = shelf.Wanted(
            subject=answers["about"].strip(), day=day(answers["day"]), school=answers["school"]
        )
        paper = shelf.make(desk, answers["kind"], wanted)
        files.replace(file, shelf.written(paper, file.suffix).encode(), outside=True)
        return file

    schools = sorted({vacancy.school for vacancy in desk.all(Vacancy)})
    return Task(
        id="any-paper",
        title="Another paper",
        button="Make the paper",
        record=record,
        intro="For letters and records name what they are about: a post, an applicant, a request "
        "or a report, as it stands in the list. That a paper was made is recorded.",
        done=lambda file: f"Written to {file}.",
        asks=(
            Ask(id="kind", label="Which", kind="pick",
                options=tuple((id, kind.title + (f" (name the {kind.about})" * bool(kind.about)))
                              for id, kind in shelf.PAPERS.items() if kind.role in desk.me.roles)),
            Ask(id="about", label="About what (empty: a paper about all)", required=False,
                help="Such as BH-007, A-7F3K, J-7F3K2M9Q or I-7F3K2M9Q"),
            Ask(id="day", label="A day of the term or year (empty: now)", kind="date",
                required=False),
            Ask(id="school", label="One school only, for a term", kind="pick", required=False,
                options=tuple((school, school) for school in schools)),
            Ask(id="file", label="File on this computer: .html to print, .md to edit, .txt",
                initial=str(Path.home() / f"paper-{desk.today}.html")),
        ),
    )  # fmt: skip


def sample(filter: str = "") -> Task:
    """Requests drawn at random for an audit."""

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import oversight

        size = answers["size"].strip()
        if not (size.isascii() and size.isdigit()):
            raise BadInput("How many must be a number.", "Such as 5.")
        return oversight.sample(
            desk, int(size), filter=answers["filter"].strip(), seed=answers["seed"]
        )

    return Task(
        id="sample",
        title="Audit sample",
        button="Draw",
        record=record,
        intro="Requests drawn by chance, so that nobody picks. The word to draw by and the draw "
        "are recorded; anybody with the same list and word draws the same ones again.",
        done=lambda made: f"{len(made.drawn)} of {made.among} drawn.",
        asks=(
            Ask(id="size", label="How many", initial="5"),
            Ask(id="filter", label="Out of which requests (empty: all of them)", required=False,
                initial=filter,
                help="As in the audit list: by:lind after:2026-05-01 decision:refuse"),
            Ask(id="seed", label="A word or number to draw by (empty: a fresh one)", required=False,
                help="A word or number named by somebody else, such as a governor, makes the draw "
                "beyond doubt."),
        ),
    )  # fmt: skip


def drawn_words(made: Sample) -> str:
    """A draw in words, with what is needed to repeat it."""
    return (
        f"Drawn ({len(made.drawn)} of {made.among}): {', '.join(made.drawn)}\nDrawn by: {made.seed}"
    )


def disparagement(desk: Desk) -> Task:
    """Content about the trust, seen by accident: onto one paper for the headteacher."""

    def record(desk: Desk, answers: Mapping[str, str]) -> tuple[Declaration, Paper]:
        from recruitcheck.steps import declarations

        return declarations.disparagement(
            desk,
            answers["content"],
            vacancy=answers["vacancy"],
            seen_on=day(answers["on"]),
        )

    return Task(
        id="disparagement",
        title="Content about the trust",
        button="Make the paper",
        record=record,
        intro="What you type stands on one paper for the headteacher and nowhere else. It is no "
        "ground for a search and plays no part in any appointment. Only that a paper was made is "
        "recorded.",
        done=lambda _: "The paper is made. Print it once, hand it over, delete the file.",
        drafts=False,
        asks=(
            Ask(id="content", label="What the headteacher should see", kind="text", least=3),
            Ask(id="on", label="Seen on", kind="date", initial=written(desk.today)),
            Ask(id="vacancy", label="While working on", kind="pick", required=False,
                options=tuple((v.id, f"{v.title}, {v.school}") for v in desk.all(Vacancy))),
        ),
    )  # fmt: skip


def propose(folder: str) -> Task:
    """Propose the policy pack in a folder."""

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import policy

        return policy.propose(desk, place(answers["folder"]), answers["why"])

    return Task(
        id="policy-propose",
        title="Propose",
        button="Propose it",
        record=record,
        intro="Nothing changes yet: somebody else has to look at the same files and adopt them.",
        done=lambda made: f"Proposed: version {made.version}. Somebody else adopts it.",
        asks=(
            Ask(id="folder", label="Folder of the changed policy pack", initial=folder),
            Ask(id="why", label="Why does the policy change?", kind="text", least=5),
        ),
    )


def adopt(desk: Desk, folder: str, waiting: tuple[PolicyChange, ...]) -> Task:
    """Adopt what somebody else proposed."""

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps import policy

        folder = place(answers["folder"])
        return policy.adopt(desk, answers["proposal"], folder)

    return Task(
        id="policy-adopt",
        title="Adopt",
        button="Adopt it",
        record=record,
        intro="Compare the files first. From the adoption on, nothing is decided under other "
        "files; what was decided before stays as it was.",
        done=lambda made: f"Version {made.version} is adopted. It holds from the next unlocking.",
        asks=(
            Ask(id="proposal", label="Which proposal", kind="pick",
                options=tuple((one.id, proposal_words(desk, one)) for one in waiting),
                initial=waiting[-1].id if waiting else ""),
            Ask(id="folder", label="Folder with the proposed files", initial=folder),
        ),
    )  # fmt: skip


def proposal_words(desk: Desk, change: PolicyChange) -> str:
    """A proposal in one line: version, by whom, why."""
    names = {person.id: person.name for person in desk.register.people()}
    by = names.get(change.proposed_by, change.proposed_by)
    return f"version {change.version}, proposed by {by} on {change.at:%-d %B}: {change.why}"


def monitoring(desk: Desk) -> Task:
    """Answers of the monitoring form, from a CSV file."""
    from recruitcheck.tui.tasks.intake import read_file

    del desk

    def record(desk: Desk, answers: Mapping[str, str]) -> object:
        from recruitcheck.steps.monitoring import import_monitoring

        return import_monitoring(desk, read_file(answers["file"].strip()))

    return Task(
        id="monitoring",
        title="Monitoring answers",
        button="Import the answers",
        record=record,
        intro="One line for each form, by its reference. Each answer is sealed to the equality "
        "reviewers and goes with its applicant's records; nobody sees it beside a name.",
        done=lambda people: f"Answers of {people} imported. Delete the file now.",
        file_for="file",
        asks=(Ask(id="file", label="CSV file on this computer"),),
    )
