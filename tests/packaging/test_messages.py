"""Whoever meets an error is told what to do about it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from recruitcheck import errors

SOURCE = Path(errors.__file__).parent
KINDS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.RecruitcheckError)
}
BY_ITSELF = {name for name in KINDS if getattr(errors, name)("It went wrong.").hint}
"""Kinds with the same way on whatever happened."""


def hintless(file: Path) -> Iterator[str]:
    """The errors that a file makes of a message alone."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        given = len(node.args) + sum(word.arg == "hint" for word in node.keywords)
        if name in KINDS - BY_ITSELF and given == 1:
            yield f"{file.relative_to(SOURCE)}:{node.lineno}: {ast.unparse(node)}"


def test_every_error_that_a_person_meets_has_a_hint() -> None:
    """`try` is left out: a program reads its answers, and their form has one place for words."""
    files = [file for file in SOURCE.rglob("*.py") if not file.name.startswith("trying_")]
    assert [line for file in files for line in hintless(file)] == []
