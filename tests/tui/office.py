"""One register with a vacancy, an applicant and an application, and ways to drive the app on it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from recruitcheck.demo import site
from recruitcheck.records import Applicant, Document, DocumentKind, Stage, Vacancy
from recruitcheck.steps import intake
from recruitcheck.steps.desk import Desk, open_desk
from recruitcheck.tui.app import RecruitcheckApp
from world import PASSPHRASE, SetClock, world

CLAIM = "I write Seed to Plate, a blog about school gardens, at https://{address}."
CV = """Ann Berg
12 Long Lane, Northfield

{claim}
2019 to 2024, Northfield School: led the maths department of nine staff.
I am an excellent communicator.
"""
PAGE = (
    "<html><head><title>Seed to Plate</title></head><body><main>"
    "<h1>Seed to Plate</h1>"
    "<p>Seed to Plate is a blog about school gardens, written by Ann Berg every week.</p>"
    "<p>Last summer we went to the seaside and I was at the doctor twice.</p>"
    "</main></body></html>"
)


@dataclass(slots=True, kw_only=True)
class Office:
    """One register with a vacancy, an applicant and an application, and a way to open the app."""

    where: Path
    clock: SetClock
    web: site.Web
    vacancy: Vacancy
    applicant: Applicant
    document: Document
    recovery: str
    apps: list[RecruitcheckApp] = field(default_factory=list)

    def desk(self, name: str = "Dan Reed", passphrase: str = PASSPHRASE) -> Desk:
        """Unlock, as the app's own factory does."""
        opened = open_desk(
            str(self.where),
            name,
            passphrase,
            clock=self.clock,
            resolver=self.web.resolve,
            permitted_addresses=(site.LOOPBACK,),
        )
        return replace(opened, tls=self.web.trust)

    def types(self) -> list[str]:
        """Types of all entries of the ledger, in order."""
        from recruitcheck.vault import register

        with register.open_register(str(self.where)) as held:
            return [entry.type for entry in held.entries()]

    @asynccontextmanager
    async def app(
        self, name: str = "", *, size: tuple[int, int] = (100, 32), **options: Any
    ) -> AsyncIterator[tuple[RecruitcheckApp, Any]]:
        """The app on this register, unlocked for `name` unless it is empty."""
        app = RecruitcheckApp(
            str(self.where), desk_factory=lambda _where, who, word: self.desk(who, word), **options
        )
        async with app.run_test(size=size) as pilot:
            await settled(app, pilot)
            if name:
                app.sit_down(await app.ask(self.desk, name))
                await settled(app, pilot)
            yield app, pilot


async def settled(app: RecruitcheckApp, pilot: Any) -> None:
    """Wait until nothing runs beside the screen, and did not while all of it was painted; at least
    twice, because on a busy computer a screen that is only slow looks like an idle one."""
    for again in range(4):
        began_quiet = quiet(app)
        with contextlib.suppress(Exception):
            await app.workers.wait_for_complete()
        await pilot.pause()
        if again and began_quiet and quiet(app):
            return


def quiet(app: RecruitcheckApp) -> bool:
    """Whether all that was begun beside the screen has ended."""
    return all(worker.is_finished for worker in app.workers)


def text_of(app: RecruitcheckApp) -> str:
    """What is painted, as plain text."""
    app.screen.refresh()
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@contextmanager
def furnished(folder: Path) -> Iterator[Office]:
    """A register with its people, a vacancy, an applicant and an application, and her site."""
    hosts = {"seedtoplate.example": {"/": site.Answer(body=PAGE)}}
    with world(folder, hosts) as w:
        claim = CLAIM.format(address=w.address("seedtoplate.example").removeprefix("https://"))
        vacancy = intake.add_vacancy(
            w.recruiter,
            reference="N-1",
            title="Teacher of science",
            school="Northfield School",
            requirements=["Experience of school gardens", "Clear writing for families"],
            panel=["Tom Ellis"],
            stage=Stage.SHORTLISTED,
        )
        applicant = intake.add_applicant(
            w.recruiter, vacancy.id, name="Ann Berg", notice_on=date(2026, 5, 1)
        )
        document = intake.add_document(
            w.recruiter,
            applicant.id,
            kind=DocumentKind.CV,
            filename="cv.txt",
            data=CV.format(claim=claim).encode(),
            title="CV",
        )
        yield Office(
            where=w.where,
            clock=w.clock,
            web=w.web,
            vacancy=vacancy,
            applicant=applicant,
            document=document,
            recovery=w.recovery_code,
        )
