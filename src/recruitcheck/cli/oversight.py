"""Commands for HR, equality reviewers and the data protection officer."""

from __future__ import annotations

from recruitcheck.cli.talking import Commands


def add(commands: Commands) -> None:
    """Add the commands of oversight."""
