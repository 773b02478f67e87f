"""Records to bytes and back, strictly.

What is written is what is read: unknown keys, missing keys and wrong types are refused with the
place where they stand. msgspec checks the types that `records` already declares, so no record
carries conversion code of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, fields
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from recruitcheck.errors import BadInput

R = TypeVar("R")


def encode(record: object) -> bytes:
    """Write a record as compact JSON (UTF-8); keys in the order of its fields."""
    return msgspec.json.encode(_thawed(record))


def decode(kind: type[R], data: bytes) -> R:
    """Read a record of the given kind.

    Raises:
        BadInput: not JSON, an unknown or missing key, or a value of the wrong type; the message
            names the key, never the value.
    """
    try:
        raw = msgspec.json.decode(data)
        _no_strangers(kind, raw)
        record = msgspec.convert(raw, kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        why = error if isinstance(error, msgspec.MsgspecError) else "it is no sound JSON"
        raise BadInput(
            f"This is not a {kind.__name__.lower()} that recruitcheck can read: {why}.",
            "It may have been written by a newer version, or changed by hand.",
        ) from error
    return _frozen(record)


def _no_strangers(kind: type, raw: Any) -> None:
    if not isinstance(raw, dict):
        return
    unknown = sorted(set(raw) - _names(kind))
    if unknown:
        raise msgspec.ValidationError(f"unknown key `{unknown[0]}`")


@cache
def _names(kind: type) -> frozenset[str]:
    return frozenset(f.name for f in fields(kind))


def _fields(record: object) -> tuple[Field[Any], ...]:
    return fields(record)  # type: ignore[arg-type]  # callers pass records


def _thawed(record: object) -> object:
    """The same record with its read-only mappings as plain ones, which JSON can hold."""
    if isinstance(record, Mapping):
        return dict(record)
    changes = {
        f.name: dict(value)
        for f in _fields(record)
        if isinstance(value := getattr(record, f.name), MappingProxyType)
    }
    if not changes:
        return record
    return {f.name: changes.get(f.name, getattr(record, f.name)) for f in _fields(record)}


def _frozen(record: R) -> R:
    for f in _fields(record):
        value = getattr(record, f.name)
        if isinstance(value, dict):
            object.__setattr__(record, f.name, MappingProxyType(value))
    return record
