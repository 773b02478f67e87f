"""How soon the first screen is there: the app on an existing register against the smallest Textual
app, paired in one run.

    python benchmarks/first_paint.py [--runs 9]

Each is started in a pseudo-terminal of its own that answers a terminal's queries; the clock stops
at the read that completes a text of the first screen, and processor time is read from the dead
process. The bars are ratios: at most 1.8 in wall time and 1.6 in processor time.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

WALL_BAR, CPU_BAR = 1.8, 1.6
FLOOR = """\
from textual.app import App
from textual.widgets import Static

class Floor(App):
    def compose(self):
        yield Static("floor is ready")

Floor().run()
"""
APP = "import sys; from recruitcheck.tui.app import run; sys.exit(run(sys.argv[1]))"
_ESCAPE = re.compile(
    rb"\x1b\[[0-9;:]*m|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P_^X].*?(?:\x07|\x1b\\)", re.S
)
_ASKED = (
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[?2026$p", b"\x1b[?2026;0$y"),
)


def paint(command: list[str], text: bytes, environment: dict[str, str]) -> tuple[float, float]:
    """Wall and processor seconds until `text` is painted.

    Raises:
        RuntimeError: it never was.
    """
    started = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(command[0], command, environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen, seconds = b"", 0.0
    while time.perf_counter() - started < 30:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        for asked, answer in _ASKED:
            if asked in data:
                os.write(terminal, answer)
        seen += data
        if text in _ESCAPE.sub(b"", seen):
            seconds = time.perf_counter() - started
            break
    os.kill(pid, signal.SIGKILL)
    os.close(terminal)
    usage = os.wait4(pid, 0)[2]
    if not seconds:
        raise RuntimeError(f"{text.decode()} was not painted")
    return seconds, usage.ru_utime + usage.ru_stime


def register(folder: Path) -> str:
    """A register with one person."""
    from recruitcheck.steps.desk import create_desk

    where = str(folder / "register")
    desk, _ = create_desk(
        where,
        organisation="northfield.example",
        name="Ruth Hale",
        passphrase="four unrelated words",
    )
    desk.register.close()
    return where


def main() -> int:
    """Measure and print; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        where = register(Path(folder))
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "RECRUITCHECK_PREFERENCES": f"{folder}/preferences.json",
        }
        floor, app = [], []
        for turn in range(runs + 1):  # side by side, so that a noisy minute weighs on both
            one = paint([sys.executable, "-c", FLOOR], b"floor is ready", environment)
            other = paint([sys.executable, "-c", APP, where], b"Your passphrase", environment)
            if turn:  # the first pair only warms the caches
                floor.append(one)
                app.append(other)
    wall = statistics.median(a[0] / f[0] for a, f in zip(app, floor, strict=True))
    cpu = statistics.median(a[1] / f[1] for a, f in zip(app, floor, strict=True))
    for name, paints in (("floor", floor), ("app", app)):
        print(
            f"{name:<6} {statistics.median(p[0] for p in paints):.3f} s, "
            f"processor {statistics.median(p[1] for p in paints):.3f} s"
        )
    print(f"ratio  {wall:.2f} (bar {WALL_BAR}), processor {cpu:.2f} (bar {CPU_BAR})")
    return int(wall > WALL_BAR or cpu > CPU_BAR)


if __name__ == "__main__":
    sys.exit(main())
