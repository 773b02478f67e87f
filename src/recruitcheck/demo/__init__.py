"""`recruitcheck demo`: an invented trust plays the whole flow through the real steps and client.

Nothing leaves the computer: the trust's web pages are served on loopback, and only this process
gives its desks the way there. Keys, waiting times and rules are those of real work.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from recruitcheck.errors import BadInput

if TYPE_CHECKING:
    from recruitcheck.demo.play import Chapter, Play
    from recruitcheck.steps.desk import Desk

FIRST_TASK = (
    "Samuel Adeyemi writes that his team won a bridge building challenge in 2024. Press m on his "
    "line, mark those words, and ask for the check."
)
_WIDTH = 96


def play_plain(where: Path | None) -> int:
    """Print the story as it happens; 0 only if every chapter ended as it should."""
    with playing(where) as play:
        ended = told(play)
    if where is not None and (where / "register.json").exists():
        print(f"\nThe register is kept in {where}, marked as a demo for ever.", file=sys.stderr)
    return 0 if ended else 1


@contextmanager
def playing(where: Path | None) -> Iterator[Play]:
    """The site, and an empty place for the register: kept if named, else gone afterwards."""
    from recruitcheck.demo import site, trust
    from recruitcheck.demo.play import Play

    if where is not None and where.exists() and any(where.iterdir()):
        raise BadInput(f"{where} is not empty.", "Name a new folder for the demo's register.")
    with (
        tempfile.TemporaryDirectory(prefix="recruitcheck-demo-") as passing,
        site.running(trust.site) as web,
    ):
        play = Play(where=where or Path(passing) / "register", web=web)
        try:
            yield play
        finally:
            play.close()


def told(play: Play) -> bool:
    """Play and print every chapter; whether all ended as they should."""
    from recruitcheck.demo.story import chapters, played

    count, sound = len(chapters()), 0
    for number, chapter in enumerate(played(play), 1):
        _print(number, count, chapter)
        sound += chapter.as_it_should
        if number == 1 and chapter.as_it_should:
            _write_people(play.where)
    print(f"\n{sound} of {count} chapters ended as they should.")
    return sound == count


def _print(number: int, count: int, chapter: Chapter) -> None:
    import shutil
    import textwrap

    width = min(_WIDTH, shutil.get_terminal_size((_WIDTH, 24)).columns)
    mark = "as it should" if chapter.as_it_should else "NOT AS IT SHOULD"
    print("\n" + textwrap.fill(f"[{number}/{count}] {chapter.title}: {mark}", width))
    for line in chapter.lines:
        if line:
            print(textwrap.fill(line, width, initial_indent="  ", subsequent_indent="    "))
    sys.stdout.flush()


def _write_people(where: Path) -> None:
    """Who is in this register and how to unlock it: only ever for invented people."""
    from recruitcheck.demo.trust import MEMBERS

    people = [
        {"name": m.name, "roles": [str(role) for role in m.roles], "passphrase": m.passphrase}
        for m in MEMBERS
    ]
    file = os.open(where / "demo.json", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as out:
        json.dump({"people": people}, out, indent=2)
        out.write("\n")


def list_people() -> None:
    """Print whom one may be in the app, and by which passphrase."""
    from recruitcheck.demo.trust import MEMBERS, PASSPHRASE, RECRUITER

    print("\nThe app opens next. Be any of these people:")
    for member in MEMBERS:
        print(f"  {member.name} ({', '.join(member.roles)})")
    print(f"Everybody's passphrase is {PASSPHRASE}. {RECRUITER.name} has a first task for you.")


def sat_down(play: Play, name: str, passphrase: str) -> Desk:
    """Unlock for whoever signs in to the app, with the way to the demo's site."""
    from recruitcheck.demo.trust import Member

    return play.unlocked(Member(name=name, roles=(), passphrase=passphrase))
