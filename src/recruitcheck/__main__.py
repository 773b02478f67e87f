"""`python -m recruitcheck` and the `recruitcheck` command."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; the answer is the exit code."""
    from recruitcheck.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
