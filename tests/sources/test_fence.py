"""The fence around the network, and the pages that describe it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from told import pack

import recruitcheck

SOURCE = Path(str(recruitcheck.__file__)).parent
DOCS = SOURCE.parent.parent / "docs"
OPENERS = {
    *("socket", "ssl", "asyncio", "httpcore", "httpx", "h11", "requests", "aiohttp", "urllib3"),
    *("http.client", "urllib.request", "xmlrpc.client", "websockets"),
    *("ftplib", "smtplib", "poplib", "imaplib", "telnetlib"),
}
OWN = ("sources/web.py", "sources/guard/")
SERVING = ("demo/site.py", "web/")
"""They answer on loopback (the demo's site, the browser face) and ask nobody."""


def imported(path: Path) -> set[str]:
    """Modules that a file imports when it runs; imports for type checkers do not count."""
    found: set[str] = set()
    pending: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        pending += ast.iter_child_nodes(node)
    return found


def test_only_the_guarded_client_can_open_a_connection() -> None:
    """No other part that looks, decides or keeps imports anything that opens a socket."""
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE).as_posix()
        if place.startswith((*OWN, *SERVING, "tui/")):
            continue
        openers = imported(path) & OPENERS
        # `ssl` alone names the trust that is handed through; it opens nothing
        assert openers <= {"ssl"}, f"{place} imports {sorted(openers)}"


def test_adapters_know_no_network() -> None:
    """An adapter asks through the function it is given and has no other way out."""
    for path in (SOURCE / "sources" / "adapters").glob("*.py"):
        names = imported(path)
        assert not names & OPENERS
        assert not any(name.startswith("recruitcheck.sources.web") for name in names)


def test_every_source_has_its_section_and_every_section_its_source() -> None:
    """The page about sources and the source files name each other, both ways."""
    text = (DOCS / "sources.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^### (\w+)$", text, re.MULTILINE))
    assert described == set(pack().sources)


def test_nothing_is_read_from_the_environment() -> None:
    """No module between an address and the network looks at an environment variable."""
    for path in sorted((SOURCE / "sources").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert "environ" not in text.replace("environment", "")
        assert "getenv" not in text
