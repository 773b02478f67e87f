"""A TOML table to a frozen record, with every mistake collected instead of only the first.

The people who edit these files are HR staff, not programmers. So a mistake is reported with its
file, its dotted key, what was expected, and the nearest name that exists; reading goes on, and the
whole list comes back at once.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from recruitcheck.records import Problem

R = TypeVar("R")

_WRONG = object()

_NAMES = {
    str: "text in quotation marks",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date such as 2026-01-05",
}


def nearest(word: str, known: list[str]) -> str:
    """A half sentence that names the closest of `known`, or nothing when none is close."""
    import difflib  # needed only when something is wrong

    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f" Did you mean `{close[0]}`?" if close else ""


def read(
    kind: type[R], table: object, path: str, problems: list[Problem], key: str = ""
) -> R | None:
    """Make a `kind` from `table`; mistakes go to `problems` and the answer is then None.

    Fields named `id` that the table leaves out are the caller's to fill (they come from the file
    name), so they are given in the table by the caller.
    """
    if not isinstance(table, dict):
        problems.append(Problem(path=path, key=key, message="This must be a table ([name])."))
        return None
    known = _fields(kind)  # type: ignore[arg-type]  # mypy: a type is hashable
    before = len(problems)
    for name in table:
        if name not in known:
            problems.append(
                Problem(
                    path=path,
                    key=_join(key, name),
                    message=f"There is no such key.{nearest(name, list(known))}",
                )
            )
    values: dict[str, Any] = {}
    for name, (hint, needed) in known.items():
        if name not in table:
            if needed:
                problems.append(
                    Problem(path=path, key=_join(key, name), message="This key is missing.")
                )
            continue
        value = _value(hint, table[name], path, _join(key, name), problems)
        if value is not _WRONG:
            values[name] = value
    return kind(**values) if len(problems) == before else None


@cache
def _fields(kind: type) -> Mapping[str, tuple[Any, bool]]:
    hints = get_type_hints(kind)
    return MappingProxyType(
        {
            f.name: (hints[f.name], f.default is MISSING and f.default_factory is MISSING)
            for f in fields(kind)
        }
    )


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _value(hint: Any, value: Any, path: str, key: str, problems: list[Problem]) -> Any:
    origin = get_origin(hint)
    if is_dataclass(hint) and isinstance(hint, type):
        made = read(hint, value, path, problems, key)
        return _WRONG if made is None else made
    if origin is tuple:
        return _tuple(get_args(hint)[0], value, path, key, problems)
    if origin is Mapping or hint is Mapping:
        return _mapping(get_args(hint)[1], value, path, key, problems)
    if origin is Literal:
        return _choice(get_args(hint), value, path, key, problems)
    if origin is types.UnionType:  # `X | None`: TOML has no null, so a present value is an X
        inner = next(a for a in get_args(hint) if a is not type(None))
        return _value(inner, value, path, key, problems)
    return _plain(hint, value, path, key, problems)


def _tuple(item: Any, value: Any, path: str, key: str, problems: list[Problem]) -> Any:
    if not isinstance(value, list):
        problems.append(Problem(path=path, key=key, message="This must be a list ([…])."))
        return _WRONG
    made = [_value(item, v, path, f"{key}[{i}]", problems) for i, v in enumerate(value, 1)]
    return _WRONG if any(m is _WRONG for m in made) else tuple(made)


def _mapping(item: Any, value: Any, path: str, key: str, problems: list[Problem]) -> Any:
    if not isinstance(value, dict):
        problems.append(Problem(path=path, key=key, message="This must be a table ([name])."))
        return _WRONG
    made = {k: _value(item, v, path, _join(key, k), problems) for k, v in value.items()}
    return _WRONG if any(m is _WRONG for m in made.values()) else MappingProxyType(made)


def _choice(
    choices: tuple[Any, ...], value: Any, path: str, key: str, problems: list[Problem]
) -> Any:
    if value in choices and not isinstance(value, bool):
        return value
    listed = ", ".join(f"`{c}`" for c in choices)
    near = nearest(value, list(choices)) if isinstance(value, str) else ""
    problems.append(Problem(path=path, key=key, message=f"This must be one of {listed}.{near}"))
    return _WRONG


def _plain(hint: Any, value: Any, path: str, key: str, problems: list[Problem]) -> Any:
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    right = isinstance(value, hint) and not (isinstance(value, bool) and hint is not bool)
    if right and not (hint is date and isinstance(value, datetime)):
        return value
    expected = _NAMES.get(hint, "something else")
    problems.append(Problem(path=path, key=key, message=f"This must be {expected}."))
    return _WRONG
