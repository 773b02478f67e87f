"""All measurements with one command.

    python -m benchmarks [--quick] [--only NAME ...] [--out FOLDER]

Every script of this folder that measures time pairs its figure with a floor or a peer in the same
run; each ends with 1 where a bar is missed. This runner starts them one after the other, shows what
they print as they go, and writes `results.md` and `results.json` with a description of the machine.
Absolute numbers belong to that machine; ratios are what to compare.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One script's run: what it printed, and whether its bars held."""

    name: str
    command: tuple[str, ...]
    held: bool
    seconds: float
    lines: tuple[str, ...]


QUICK = {
    "guard": ("--pairs", "12"),
    "keys": ("--keys", "100", "--earlier", "1000"),
    "lens": ("--rounds", "2"),
    "lens_recall": ("--pages", "30"),
    "register": ("--quick",),
}
"""What makes a script's run short; the others are short anyway."""


def scripts() -> dict[str, Path]:
    """Scripts that can be run by themselves, by name."""
    found = {
        path.stem: path
        for path in sorted(HERE.glob("*.py"))
        if not path.stem.startswith("_") and "__main__" in path.read_text(encoding="utf-8")
    }
    return {name: path for name, path in found.items() if name != "__main__"}


def run(name: str, path: Path, *, quick: bool) -> Run:
    """Run one script, passing on its lines as they come."""
    command = (sys.executable, str(path), *(QUICK.get(name, ()) if quick else ()))
    print(f"\n== {name}", flush=True)
    start = time.perf_counter()
    lines = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=HERE.parent
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line.rstrip())
    return Run(
        name=name,
        command=("python", f"benchmarks/{path.name}", *command[2:]),
        held=process.returncode == 0,
        seconds=round(time.perf_counter() - start, 1),
        lines=tuple(lines),
    )


def machine() -> dict[str, str]:
    """What the figures were taken on, as far as it matters to read them."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "processor": platform.machine(),
        "cores": str(os.cpu_count()),
    }


def report(runs: list[Run]) -> str:
    """The runs as Markdown."""
    about = ", ".join(f"{key} {value}" for key, value in machine().items())
    parts = [f"# Measurements\n\n{about}\n"]
    for one in runs:
        state = "every bar held" if one.held else "A BAR WAS MISSED"
        text = "\n".join(one.lines)
        command = " ".join(one.command)
        parts.append(
            f"## {one.name}: {state}\n\n`{command}`, {one.seconds} s\n\n```text\n{text}\n```\n"
        )
    return "\n".join(parts)


def main() -> int:
    """Run what was asked for; 1 if any bar was missed."""
    known = scripts()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure all.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--only", nargs="*", choices=sorted(known), default=sorted(known))
    parser.add_argument("--out", type=Path, default=Path("out"), help="default: out/")
    asked = parser.parse_args()
    runs = [run(name, known[name], quick=asked.quick) for name in asked.only]
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "results.md").write_text(report(runs), encoding="utf-8")
    told = {"machine": machine(), "runs": [asdict(one) for one in runs]}
    (asked.out / "results.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    print(f"\nwritten to {asked.out}/results.md and results.json")
    return int(not all(one.held for one in runs))


if __name__ == "__main__":
    sys.exit(main())
