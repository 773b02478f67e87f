"""What is kept: the ledger, its sealed boxes, the keys to them, and where all that lies.

`register.py` is the door; steps use nothing else of this package but `verify`, `export`,
`backup`, `moving` and `witness`. `docs/register.md` describes the files.
"""

from __future__ import annotations


def quiet_core() -> None:
    """Leave no core file when the process dies: it would hold texts and keys in the clear."""
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    except (ImportError, ValueError, OSError):  # a system without limits leaves no cores either
        return
