"""What is installed, where things lie, and what is wrong; nothing about any person."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from recruitcheck.errors import RecruitcheckError

_NEEDED_ROOM = 200 * 1024 * 1024
"""Bytes; a rule of thumb, so that a full disk is told of before it stops somebody at work."""
_EXTRAS = ("age", "postgres", "serve", "stamp")
"""Optional parts that users install; those for tests are no sign of anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One thing that was looked at."""

    what: str
    well: bool
    found: str
    mend: str = ""


def examine(register: str) -> tuple[Sign, ...]:
    """Look at the installation, the policy pack and the register, in that order."""
    return (
        _program(),
        *_libraries(),
        _limits(),
        _terminal(),
        *_policy(register),
        *_register(register),
    )


def as_record(sign: Sign) -> dict[str, object]:
    """A sign as JSON can hold it."""
    return {"what": sign.what, "well": sign.well, "found": sign.found, "mend": sign.mend}


def as_line(sign: Sign) -> str:
    """A sign as one line, with what to do about it on the next."""
    line = f"{'ok   ' if sign.well else 'WRONG'}  {sign.what}: {sign.found}"
    return line + (f"\n         {sign.mend}" if sign.mend and not sign.well else "")


def _program() -> Sign:
    version = sys.version.split()[0]
    return Sign(
        what="program",
        well=sys.version_info >= (3, 11),
        found=f"recruitcheck {metadata.version('recruitcheck')}, Python {version}, {sys.platform}",
        mend="Install Python 3.11 or newer.",
    )


def _libraries() -> Iterator[Sign]:
    """Every library that recruitcheck itself declares, and the optional parts."""
    from packaging.requirements import Requirement

    for line in metadata.requires("recruitcheck") or ():
        wanted = Requirement(line)
        optional = wanted.marker is not None and not wanted.marker.evaluate({"extra": ""})
        if optional and not any(
            wanted.marker and wanted.marker.evaluate({"extra": extra}) for extra in _EXTRAS
        ):
            continue
        try:
            version = metadata.version(wanted.name)
        except metadata.PackageNotFoundError:
            yield Sign(what=wanted.name, well=optional, found="not installed", mend="Install it.")
            continue
        fits = wanted.specifier.contains(version, prereleases=True)
        yield Sign(
            what=wanted.name,
            well=fits,
            found=version,
            mend=f"Wanted {wanted.specifier}: install recruitcheck again in a fresh environment.",
        )


def _limits() -> Sign:
    try:
        import resource

        resource.getrlimit(resource.RLIMIT_AS)
        able = True
    except (ImportError, OSError, ValueError):
        able = False
    return Sign(
        what="limits for reading outside files",
        well=able,
        found="can be set" if able else "cannot be set",
        mend="Run recruitcheck on Linux or macOS, or use it in the browser from a server.",
    )


def _terminal() -> Sign:
    coding = (sys.stdout.encoding or "").lower().replace("-", "")
    return Sign(
        what="terminal text",
        well=coding == "utf8",
        found=sys.stdout.encoding or "unknown",
        mend="Set the terminal to UTF-8.",
    )


def _policy(where: str) -> Iterator[Sign]:
    from recruitcheck.rules import grounds
    from recruitcheck.rules.folder import read_folder
    from recruitcheck.steps import packplace

    try:
        folder = packplace.find(where)
        problems = grounds.check(folder, datetime.now(UTC).date())
    except RecruitcheckError as error:
        yield Sign(what="policy pack", well=False, found=error.message, mend=error.hint)
        return
    wrong = sum(not problem.warning for problem in problems)
    yield Sign(
        what="policy pack",
        well=not wrong,
        found=f"{folder}, {wrong} mistake(s), {len(problems) - wrong} warning(s)",
        mend=f"`recruitcheck policy check {folder}` lists them.",
    )
    yield from _adopted(where, read_folder(folder).digest)


def _adopted(where: str, digest: str) -> Iterator[Sign]:
    """Whether these are the files that two people adopted; after an upgrade they may not be."""
    from recruitcheck.vault import ownplace, register

    if not ownplace.exists(where):
        return
    try:
        with register.open_register(where) as held:
            adopted = [str(e.facts.get("digest")) for e in held.entries(type="policy-set")]
    except RecruitcheckError:
        return  # what is wrong with the register is said below
    well = not adopted or adopted[-1] == digest
    yield Sign(
        what="policy pack adopted",
        well=well,
        found="as two people adopted it" if well else "other files than were adopted",
        mend="Until HR proposes these files and somebody else adopts them, nothing new can be "
        "asked for (docs/policy-pack.md).",
    )


def _register(where: str) -> Iterator[Sign]:
    if "://" in where:
        yield from _public_part(where, "on a database")
        return
    place = Path(where)
    if not place.exists():
        yield Sign(what="register", well=True, found=f"none yet at {place}")
        return
    room = shutil.disk_usage(place).free
    yield Sign(
        what="room for the register",
        well=room > _NEEDED_ROOM,
        found=f"{room // 2**20} MB free",
        mend="Make room on this disk before adding anything.",
    )
    mode = place.stat().st_mode & 0o077
    yield Sign(
        what="who else can read the register's folder",
        well=not mode,
        found="nobody" if not mode else "others on this computer",
        mend=f"chmod 700 {place}",
    )
    yield from _public_part(where, str(place))


def _public_part(where: str, place: str) -> Iterator[Sign]:
    from recruitcheck.vault import verify

    try:
        found = verify.verify(where)
    except RecruitcheckError as error:
        yield Sign(what="register", well=False, found=error.message, mend=error.hint)
        return
    yield Sign(
        what="register",
        well=found.ok,
        found=f"{place}, {found.size} entries, {len(found.problems)} problem(s)",
        mend="`recruitcheck verify` says which; do not write to it until HR has seen that.",
    )
