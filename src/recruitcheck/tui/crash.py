"""The report of an error nobody foresaw: places in the program, and nothing of the applicant.

Commands and the app write the same one; no screen is needed for it.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
import traceback
from importlib.metadata import version
from pathlib import Path


def report(error: BaseException) -> str:
    """The chain of errors as types and places.

    Messages and local variables are left out: either may hold what an applicant wrote.
    """
    lines = [
        f"recruitcheck {version('recruitcheck')} stopped at "
        f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())}",
        f"Python {platform.python_version()} on {platform.system()}",
    ]
    link: BaseException | None = error
    while link is not None:
        kind = type(link)
        lines.append(f"\n{kind.__module__}.{kind.__qualname__}")
        for frame in traceback.extract_tb(link.__traceback__):
            lines.append(f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}")
        inner = getattr(link, "error", None)  # Textual's WorkerFailed carries the real one here
        if isinstance(inner, BaseException):
            link = inner
            continue
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\n".join(lines) + "\n"


def write_report(error: BaseException) -> str:
    """Write the report where only this account can read it.

    Returns its place, or words saying that it could be written nowhere.
    """
    import platformdirs

    usual = os.environ.get("RECRUITCHECK_REPORTS") or platformdirs.user_state_dir("recruitcheck")
    for folder in (usual, tempfile.gettempdir()):
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(".txt", "recruitcheck-report-", folder)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(report(error))
        except OSError:
            continue
        return name
    return "no file (the folders for reports cannot be written)"


def _short(filename: str) -> str:
    for root in sys.path:
        if root and filename.startswith(root):
            return filename[len(root) :].lstrip("/")
    return Path(filename).name
