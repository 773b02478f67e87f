"""What comes along is listed with its reason and its licence, and may be used together with us."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from itertools import chain
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
COMPATIBLE = re.compile(
    r"Apache|MIT|BSD|PSF|Python Software Foundation|MPL|Mozilla|ISC|LGPL-3|Lesser General|Unlicense"
)


def maker():
    """docs/make_dependencies.py, which is a program and not part of the package."""
    spec = importlib.util.spec_from_file_location("deps", ROOT / "docs/make_dependencies.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def direct() -> list[str]:
    """The libraries that users install because we name them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    for_users = (extras[name] for name in ("age", "postgres", "serve", "stamp"))
    named = (*project["dependencies"], *chain.from_iterable(for_users))
    return [Requirement(text).name for text in named]


def test_every_library_we_name_says_why_and_stands_on_the_page():
    """A line without its reason is not taken; whoever adds one writes the page anew."""
    page, why = (ROOT / "docs/dependencies.md").read_text(), maker().reasons()
    for name in direct():
        assert why.get(name), name
        assert re.search(rf"^\| {name} \| .+ \| {re.escape(why[name])} \|$", page, re.M), name


def test_every_licence_allows_use_together_with_ours():
    """Of all that is installed for users, not only of what we name ourselves."""
    libraries = list(maker().installed())
    assert len(libraries) > 20
    for library in libraries:
        assert COMPATIBLE.search(library.licence), library
