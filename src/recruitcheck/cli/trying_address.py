"""One line of `recruitcheck try address`: does a scope cover an address?

Nothing is fetched, resolved or recorded; the same function stands before every real request.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recruitcheck.errors import BadInput
from recruitcheck.sources.address import allowed


@dataclass(frozen=True, slots=True)
class _Scope:
    """The scope of one line, as `sources.address.allowed` asks for it."""

    hosts: tuple[str, ...]
    path_prefixes: tuple[str, ...]
    schemes: tuple[str, ...]
    ports: tuple[int, ...]
    query_keys: tuple[str, ...]
    query: Mapping[str, str]


def answer(record: dict[str, Any]) -> dict[str, Any]:
    """Decide one line: `{id, scope, url, method?}` to `{id, outcome, why}`.

    Raises:
        BadInput: a required key is missing or a value has the wrong type.
    """
    if "id" not in record:
        raise BadInput("The key `id` is missing.")
    url = _text(record, "url")
    method = _text(record, "method") if "method" in record else "GET"
    if not isinstance(record.get("scope"), dict):
        raise BadInput("The key `scope` must be there, and an object.")
    given: dict[str, Any] = record["scope"]
    scope = _Scope(
        hosts=_texts(given, "hosts"),
        path_prefixes=_texts(given, "path_prefixes"),
        schemes=_texts(given, "schemes") if "schemes" in given else ("https",),
        ports=_ports(given),
        query_keys=_texts(given, "query_keys") if "query_keys" in given else (),
        query=_mapping(given, "query") if "query" in given else {},
    )
    if "ports" in given and not scope.ports:
        why: str | None = "The permission covers no port."  # a list was given, and it is empty
    else:
        why = allowed(scope, url, method)
    outcome = "allowed" if why is None else "refused"
    return {"id": record["id"], "outcome": outcome, "why": why or "Inside the permission."}


def _text(holder: Mapping[str, Any], key: str) -> str:
    value = holder.get(key)
    if not isinstance(value, str):
        raise BadInput(f"The key `{key}` must be there, and a text.")
    return value


def _texts(holder: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = holder.get(key)
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise BadInput(f"The key `{key}` must be there, and a list of texts.")
    return tuple(value)


def _ports(holder: Mapping[str, Any]) -> tuple[int, ...]:
    value = holder.get("ports", [])
    if not isinstance(value, list) or not all(type(part) is int for part in value):
        raise BadInput("The key `ports` must be a list of whole numbers.")
    return tuple(value)


def _mapping(holder: Mapping[str, Any], key: str) -> dict[str, str]:
    value = holder.get(key)
    if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
        raise BadInput(f"The key `{key}` must be an object whose values are texts.")
    return value
