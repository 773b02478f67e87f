"""What can be wrong in a refusal file, for `recruitcheck policy check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from recruitcheck.records import Problem
from recruitcheck.rules.lexicon import CLASSES
from recruitcheck.rules.phrasebook import USES
from recruitcheck.rules.phrases import Phrase, group, spread, worded

CHARACTERISTICS = (
    "age", "disability", "gender_reassignment", "marriage", "pregnancy", "race", "religion", "sex",
    "sexual_orientation", "political", "health", "criminal", "union",
)  # fmt: skip
"""The nine of the Equality Act 2010, and four that data protection and union law add."""

_TEXTS = ("id", "rule", "clause", "message", "mend")
_SECTIONS = ("words", "expressions", "wordings", "phrases", "groups", "sets", "clear")
_KEYS = (*_TEXTS, "characteristic", "outcome", *_SECTIONS)
_BUILT_IN = (
    "WHO",
    "THEIR",
    "MY",
    "IS",
    "ME",
    "AUX",
    "FAMILY",
    "SITES",
    "LOOK",
    "EVERYONE",
    "BODY",
    "HE",
    "LIGHT",
    "PARTY",
    "HERNAME",
    "HISNAME",
    "EVENT",
    "GADGET",
    "AGED",
    "COUNT",
    "DOCUMENT",
    "UNISEX",
    "ADDRESS",
    "WALKINGAID",
    "WEDDINGTHING",
    "BABYTHING",
    "CULTURE",
    "REFORM",
    "PHYSICAL",
)


def problems(file_id: str, table: Mapping[str, Any], *, phrases: bool = True) -> list[Problem]:
    """Every mistake of one refusal file: unknown keys, wrong types, phrases that do not read.

    Without `phrases` these last, which take long, are not looked at.
    """
    path = f"refusals/{file_id}.toml"
    wrong = _wrong(table, phrases=phrases)
    found = [Problem(path=path, key=key, message=message) for key, message in wrong]
    if table.get("id") != file_id.rsplit("/", 1)[-1]:
        found.append(
            Problem(path=path, key="id", message="The id must be the file's name without .toml.")
        )
    return found


def _wrong(table: Mapping[str, Any], *, phrases: bool) -> Iterator[tuple[str, str]]:
    for key in table:
        if key not in _KEYS:
            yield key, _unknown(key, _KEYS)
    needed = ("id",) if ("sets" in table or "clear" in table) and not _refuses(table) else _TEXTS
    for key in needed:
        if not isinstance(table.get(key), str) or not table[key].strip():
            yield key, "This must be a text, and may not be empty."
    characteristic = table.get("characteristic")
    if characteristic is not None and characteristic not in CHARACTERISTICS:
        yield "characteristic", _unknown(str(characteristic), CHARACTERISTICS)
    if table.get("outcome", "refuse") not in {"refer", "refuse"}:
        yield "outcome", "This must be refer or refuse."
    for section in _SECTIONS:
        part = table.get(section, {})
        if not isinstance(part, Mapping):
            yield section, "This must be a table of texts."
            continue
        for name, text in part.items():
            if isinstance(text, str):
                yield from _section(section, name, text, table if phrases else None)
            else:
                yield f"{section}.{name}", "This must be a text."


def _refuses(table: Mapping[str, Any]) -> bool:
    """Whether a file holds something to refuse by, and not only words for other files."""
    return not {"words", "expressions", "wordings", "phrases"}.isdisjoint(table)


def _section(
    section: str, name: str, text: str, table: Mapping[str, Any] | None
) -> Iterator[tuple[str, str]]:
    key = f"{section}.{name}"
    first = name.split("_", maxsplit=1)[0]
    if section in {"words", "expressions"} and first not in CLASSES:
        yield key, _unknown(name, CLASSES)
    if section not in {"wordings", "phrases"}:
        return
    if first not in USES:
        yield key, _unknown(name, USES)
    if table is None:
        return
    if section == "wordings":
        yield from _phrases(key, worded(text), table)
    else:
        lines = (line.strip() for line in text.splitlines() if line.strip() and line[0] != "#")
        yield from _phrases(key, (part for line in lines for part in spread(line)), table)


def _phrases(
    key: str, phrases: Iterable[str], table: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    groups = dict.fromkeys(_BUILT_IN, ("x", frozenset[str]()))
    for group_name, words in table.get("groups", {}).items():
        groups[group_name] = (group(str(words)), frozenset())
    for phrase in phrases:
        try:
            Phrase(phrase, groups).check()
        except ValueError as error:
            yield key, f"One phrase does not read: {error}."


def _unknown(name: str, known: tuple[str, ...]) -> str:
    import difflib  # only a file with a mistake needs it

    near = difflib.get_close_matches(name, known, 1)
    return f"`{name}` is not known here." + (f" Did you mean `{near[0]}`?" if near else "")
