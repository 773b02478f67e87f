"""What a test hands on to a command in an environment of its own, so that coverage sees it too."""

from __future__ import annotations

import os


def handed_on() -> dict[str, str]:
    """Coverage's own variables where it measures, else nothing."""
    return {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
