"""Every parser of outside bytes answers damage with one of our errors, and ends.

Whatever arrives (a file, a note, an answer of a source), the caller gets a record or a
`RecruitcheckError` with its message: never another exception, whose text might quote what was read,
and never a program that hangs. `test_answers.py` does the same for what sources send.
"""

from __future__ import annotations

import io
import json
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from docx import Document as new_docx
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen import canvas

from fuzz.damage import SLOW, damaged, ends
from recruitcheck import codec
from recruitcheck.documents import kinds, pdf, plain, word
from recruitcheck.errors import RecruitcheckError
from recruitcheck.records import Decision, Grant, Problem
from recruitcheck.rules import capture, filters, grounds, monitoring, refusal_files
from recruitcheck.rules.pack import Ground
from recruitcheck.rules.tables import read as table
from recruitcheck.sources import address, page
from recruitcheck.sources.guard import robots
from recruitcheck.vault import canonical, export, folder, keyring, leaves, note, witness

PACK = grounds.find_folder()
SCOPE = Grant(id="G", hosts=("bücher.example",), path_prefixes=("/a",), max_requests=3)


def _text(parser: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda data: parser(data.decode("utf-8", "replace"))


def _file(parser: Callable[[Path], object]) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        with tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            return parser(Path(file.name))

    return read


def _page(kind: str) -> Callable[[bytes], object]:
    return lambda data: page.read(data, kind).extracted.encode()  # what is shown can be stored


def _checkpoint(text: str) -> object:
    read = note.parse(text)
    assert str(read) == text
    return note.checkpoint(read)


def _leaf(data: bytes) -> object:
    read = canonical.loads(data)
    assert canonical.dumps(read) == data
    return leaves.parse(data)


def _policy_file(text: str) -> object:
    """One ground as the pack's reader takes it: every mistake is a `Problem`, none a crash."""
    try:
        held = tomllib.loads(text)
    except ValueError:  # also a number too long to be one
        return None  # the reader of folders says so with the file's name
    problems: list[Problem] = []
    return table(Ground, {"id": "x", **held}, "grounds/x.toml", problems)


def _refusals(text: str) -> object:
    try:
        held = tomllib.loads(text)
    except ValueError:  # also a number too long to be one
        return None
    return refusal_files.problems("protected/x", held)


def _register(path: Path) -> object:
    with tempfile.TemporaryDirectory() as place:
        Path(place, "register.json").write_bytes(path.read_bytes())
        return folder.read_meta(Path(place))


PARSERS: Mapping[str, Callable[[bytes], object]] = {
    "pdf": pdf.read,
    "docx": word.read,
    "text document": plain.read,
    "kind of document": kinds.recognised,
    "checkpoint": _text(_checkpoint),
    "verifier key": _text(note.verifier),
    "leaf": _leaf,
    "record: decision": lambda data: codec.decode(Decision, data),
    "record: grant": lambda data: codec.decode(Grant, data),
    "receipt": _file(export.check_receipt),
    "proof of a passage": lambda data: capture.proved(data, "00"),
    "witness's file": _file(lambda path: witness.opened(path, "x")),
    "register.json": _file(_register),
    "entry numbers": _text(lambda text: export.chosen(text, 100)),
    "recovery code": _text(keyring.read_code),
    "ground": _text(_policy_file),
    "refusal file": _text(_refusals),
    "monitoring answers": monitoring.read,
    "audit filter": _text(filters.parse),
    "address": _text(lambda text: address.allowed(SCOPE, text)),
    "robots": robots.read,
    "web page": _page("text/html"),
    "json": _page("application/json"),
    "feed": _page("application/rss+xml"),
    "unknown page": _page(""),
}


@cache
def _pdf() -> bytes:
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pageCompression=0)
    sheet.drawString(72, 700, "I run the maths blog Friday Puzzles.")
    sheet.linkURL("https://puzzles.example/", (72, 690, 200, 710))
    sheet.showPage()
    sheet.save()
    return out.getvalue()


@cache
def _docx() -> bytes:
    document, out = new_docx(), io.BytesIO()
    document.add_paragraph("I run the maths blog Friday Puzzles.")
    document.add_table(1, 2).cell(0, 0).text = "Skills"
    document.save(out)
    return out.getvalue()


def _lines(*texts: str) -> tuple[bytes, ...]:
    return tuple(text.encode() for text in texts)


_NOTE = (
    "a.example/recruitcheck/1\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"
    "— a.example/recruitcheck/1 q83vEgAAAAAAAAAAAAAAAAAAAAAA\n"
)
_LEAF = {
    "v": 1, "log": "ab", "type": "lookup", "id": "01", "author": "P-1", "aseq": 1, "aprev": "",
    "at": "2026-05-04T09:00:00Z", "subject": "L-1", "case": "A-1", "refs": ["G-1"], "facts": {},
    "boxes": {"case": {"commit": "00", "sha256": "00", "len": 1}}, "sig": "00",
}  # fmt: skip
_RECEIPT = {
    "checkpoint": _NOTE, "vkey": "a.example/recruitcheck/1+abcdef12+AQ==", "consistency": [],
    "inclusion": [{"leaf_index": 0, "leaf_data_base64": "e30=", "inclusion_proof": []}],
    "opened": [{"leaf_index": 0, "box": "case", "salt": "00", "text": "x"}],
}  # fmt: skip
_PROOF = json.dumps(
    {"format": capture.FORMAT, "index": 0, "size": 2, "path": ["00"], "salt": "00", "text": "x"}
)
_HTML = (
    "<!doctype html><meta charset=utf-8><title>T</title><nav><a href=/x>Home</a></nav><main>"
    "<h1>Friday</h1><p>I wrote <b>this</b> in 2024.<ul><li>one<li>two</ul><table><tr><td>x</table>"
    "<pre>code</pre><!-- c --><script>var a='<p>'</script><form><p>kept</p></form></main>"
)
_FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><item><title>Fungi &amp; ferns</title>'
    "<description>&lt;p&gt;Walk.&lt;/p&gt;</description><pubDate>Tue, 05 Mar 2024 09:00:00 +0000"
    "</pubDate></item></channel></rss>"
)
_ROBOTS = "User-agent: *\nDisallow: /private*$\nAllow: /a%2fb\nCrawl-delay: 3\nSitemap: /x\n"


@cache
def seeds(parser: str) -> tuple[bytes, ...]:
    """Sound inputs of each kind; the damage begins from these."""
    return {
        "pdf": (_pdf(),),
        "docx": (_docx(),),
        "checkpoint": _lines(_NOTE),
        "verifier key": _lines(f"a.example/r/1+abcdef12+AQ{'A' * 42}"),
        "leaf": (canonical.dumps(_LEAF),),
        "record: decision": _lines('{"id":"X","justification":"J","verdict":"refer","reasons":[]}'),
        "record: grant": (codec.encode(SCOPE),),
        "receipt": (json.dumps(_RECEIPT).encode(),),
        "proof of a passage": _lines(_PROOF),
        "witness's file": _lines('{"name":"W","ring":{},"logs":{}}'),
        "register.json": _lines('{"format":1,"log":"a","origin":"b","demo":false,"strict":false}'),
        "entry numbers": _lines("all", "0,5-9"),
        "recovery code": _lines("K7QF-3M2A-9XTR-0000-0000-0000-0000-00"),
        "ground": tuple(file.read_bytes() for file in sorted(PACK.glob("grounds/*.toml"))),
        "refusal file": ((PACK / "refusals/routine.toml").read_bytes()[:4000],),
        "monitoring answers": _lines("reference,Age\nM-1,30 to 39\nM-2,40 to 49\n"),
        "audit filter": _lines('school:"North Primary" -decision:permit maths before:2026-05-01'),
        "address": _lines("https://u@xn--bcher-kva.example:443/a/%62?q=1&r", "http://[::1]/"),
        "robots": _lines(_ROBOTS),
        "json": _lines('{"items":[{"title":"A","content_text":"B","author":{"name":"C"}}]}'),
        "feed": _lines(_FEED),
    }.get(parser, (*_lines(_HTML, _FEED, "Plain words.\n\nMore."), _pdf()[:400]))  # fmt: skip


@pytest.mark.parametrize("parser", PARSERS)
@settings(deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_damage_is_answered_with_an_error_of_ours(parser: str, data: st.DataObject):
    """A record, or a `RecruitcheckError`; nothing else, and soon."""
    given_bytes = data.draw(damaged(seeds(parser)))
    with ends():
        try:
            PARSERS[parser](given_bytes)
        except RecruitcheckError as error:
            assert error.message


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("deep", [b"[", b'{"a":', b"<p>", b"<a><b>", b"((", b"a.b."])
def test_endless_nesting_is_answered_too(parser: str, deep: bytes):
    """Ten thousand levels neither overflow a stack nor take long."""
    with ends():
        try:
            PARSERS[parser](deep * 10_000)
        except RecruitcheckError as error:
            assert error.message
