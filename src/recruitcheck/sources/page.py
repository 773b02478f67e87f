"""What a page says, as plain text in passages: HTML, JSON, feeds and text files.

Read are words only; `sources/markup.py` says what of a page's markup is passed over. Of JSON and
feeds the texts are read, without authors, biographies, counts and addresses.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from recruitcheck.errors import BadInput
from recruitcheck.sources.markup import Passage, from_html, joined
from recruitcheck.sources.reading import whole

MOST_BYTES = 2 * 1024 * 1024
"""More than this is refused, because part of a page is never evidence."""


@dataclass(frozen=True, slots=True)
class Block:
    """One passage of the page: a half-open span of `Text.extracted`."""

    start: int
    end: int
    heading: bool = False
    linked: bool = False
    """Nearly all of it is link text, as in lists of other pages."""


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a page. Blocks are separated by one line feed each."""

    extracted: str
    blocks: tuple[Block, ...]


def read(body: str | bytes, type: str = "") -> Text:
    """Read a page of the given media type; without one, the first bytes tell.

    Raises:
        BadInput: larger than `MOST_BYTES`, not text, or malformed JSON or XML.
    """
    text = decoded(body)
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise BadInput(
            "This page is larger than 2 MiB, which is more than recruitcheck reads.",
            "Part of a page is never evidence. Look for a page that holds only the item claimed.",
        )
    kind = _kind(type, text)
    if kind == "html":
        passages = from_html(text)
    elif kind == "json":
        passages = _from_json(text)
    elif kind == "feed":
        passages = _from_feed(text)
    else:
        passages = _from_plain(text)
    return _assembled(passages)


def decoded(body: str | bytes) -> str:
    """The body as text: by its byte order mark, as UTF-8, or by what an HTML page declares."""
    if isinstance(body, str):
        return body
    if body.startswith(_NO_TEXT):
        raise BadInput("This file is not text.", "Save the page as HTML or text and try again.")
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\0" in body[:4096]:
        raise BadInput("This file is not text.", "Save the page as HTML or text and try again.")
    from bs4.dammit import EncodingDetector

    declared = EncodingDetector.find_declared_encoding(body, is_html=True) or ""
    name = declared.lower()
    if not _ENCODING.fullmatch(name) or name in _WESTERN:
        name = "cp1252"
    return body.decode(name, "replace")


_NO_TEXT = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"{\\rtf")
"""First bytes of papers, archives and pictures; what they hold is not what a reader sees."""


_ENCODING = re.compile(
    r"(?:iso-8859-(?:[1-9]|1[013-6])|windows-125[0-8]|koi8-[ru]|macintosh|shift[_-]jis|euc-(?:jp|kr)|"
    r"gb(?:2312|k|18030)|big5|iso-2022-jp)"
)
"""Encodings that pages are written in; Python knows others that a page could do harm with."""
_WESTERN = frozenset({"iso-8859-1", "us-ascii", "latin-1"})
"""Read as Windows-1252, as browsers do (WHATWG Encoding Standard)."""


_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|span|article|h1|table)\b", re.I)


_NEVER_TEXT = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")
_BY_TYPE = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "json",
    "text/plain": "plain",
    "text/markdown": "plain",
}


def _kind(type: str, text: str) -> str:
    mime = type.partition(";")[0].strip().lower()
    if mime.startswith(_NEVER_TEXT):
        raise BadInput(
            f"A file of type {mime} is not read.", "Save the page as HTML or text and try again."
        )
    if mime.endswith("+json"):
        return "json"
    return _BY_TYPE.get(mime) or _kind_by_start(text, xml=mime.endswith("xml"))


def _kind_by_start(text: str, *, xml: bool) -> str:
    start = text[:4096].lstrip("\ufeff \t\r\n")
    if xml or start.startswith("<?xml"):
        return "html" if re.search(r"<html[\s>]", start, re.I) else "feed"
    if re.match(r"<(?:rss|feed|rdf:RDF)\b", start):
        return "feed"
    if start.startswith("<") or _MARKUP.search(start):
        return "html"
    if start[:1] in ("{", "["):
        with contextlib.suppress(ValueError, RecursionError):
            json.loads(text)
            return "json"
    return "plain"


# --- JSON, feeds, text ----------------------------------------------------------------------

_SKIPPED_KEYS = re.compile(
    r"(?:^|_)(?:avatar|image|img|thumbnail|photo|icon|banner|logo|alt|bio|biography|signature|"
    r"email|comments?|followers|following|likes|guid|etag|slug|hash|token|key|id|uri|url|href|"
    r"link|rel|self|type|mime|status|template|format)s?(?:_|$)",
    re.I,
)
"""Keys of JSON below which stands no text of a page's own."""
_ADDRESS_OR_STAMP = re.compile(r"(?:https?://\S+|[\d:TZ.+\-/ ]+|\S{40,})\Z")
"""Values that are no words: an address, a date or number, a long run without a space."""


def _from_json(text: str) -> list[Passage]:
    try:
        root = json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput(
            "This file says it is JSON but cannot be read as JSON.",
            "Save the page as HTML or text and try again.",
        ) from None
    passages: list[Passage] = []
    waiting: list[object] = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(
                item for key, item in reversed(value.items()) if not _SKIPPED_KEYS.search(key)
            )
        elif isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, str) and not _ADDRESS_OR_STAMP.match(value.strip()):
            passages.extend(_from_text_value(whole(value)))
    return passages


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-z]+|#\d+);")
"""Marks of HTML in a text value, which seldom says what it is."""


def _from_text_value(value: str) -> list[Passage]:
    return from_html(value) if _TAG.search(value) else _from_plain(value)


_FEED_TEXTS = frozenset(
    {"title", "subtitle", "description", "summary", "content", "encoded", "text"}
)


class _FeedReader:
    """Keeps the texts of a feed's entries; authors, links, categories and comments are left."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._depth = 0
        self._text_at = 0
        self._parts: list[str] = []

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        self._depth += 1
        name = tag.rpartition("}")[2]
        if self._text_at:
            self._parts.append(f"<{name}>")  # XHTML inside an Atom entry
        elif name in _FEED_TEXTS:
            self._text_at = self._depth

    def end(self, tag: str) -> None:
        if self._text_at == self._depth:
            self._text_at = 0
            self.values.append("".join(self._parts))
            self._parts.clear()
        elif self._text_at:
            self._parts.append(f"</{tag.rpartition('}')[2]}>")
        self._depth -= 1

    def data(self, data: str) -> None:
        if self._text_at:
            self._parts.append(data)

    def close(self) -> list[str]:
        return self.values


def _from_feed(text: str) -> list[Passage]:
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text[:65536], re.I):
        raise BadInput(
            "This feed declares entities of its own, which recruitcheck does not read.",
            "Look at the page that the feed announces instead.",
        )
    reader = _FeedReader()
    parser = etree.XMLParser(
        target=reader, encoding="utf-8", resolve_entities=False, no_network=True, recover=True
    )
    try:
        parser.feed(text.encode("utf-8", "replace"))
        values: list[str] = parser.close()
    except etree.LxmlError:
        values = reader.close()
    return [passage for value in values for passage in _from_text_value(value)]


def _from_plain(text: str) -> list[Passage]:
    return [Passage(piece) for piece in joined(text.splitlines())]


def _assembled(passages: Sequence[Passage]) -> Text:
    blocks: list[Block] = []
    at = 0
    for passage in passages:
        end = at + len(passage.text)
        blocks.append(Block(at, end, passage.heading, passage.linked))
        at = end + 1
    return Text("\n".join(passage.text for passage in passages), tuple(blocks))
