"""What a page says, as plain text in passages: HTML, JSON, feeds and text files.

The HTML reader listens to lxml's parser (the events BeautifulSoup's own lxml builder listens to)
and grows no tree: memory follows the text instead of the markup, so 200,000 nested elements or
attributes cost a fraction of a second, and there is no depth at which recursion could break.

Read are words only. Scripts, styles, templates, images with their alternative text, navigation,
footers, asides and other people's comments are passed over. Forms are kept, because some engines
wrap the whole page in one.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from recruitcheck.errors import BadInput

MOST_BYTES = 2 * 1024 * 1024
"""More than this is refused, because part of a page is never evidence."""

_BLOCK_TAGS = """
address article blockquote body caption center dd details dialog dir div dl dt fieldset
figcaption figure form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol
optgroup option p pre section summary table tbody tfoot thead tr ul
"""
_DROPPED_TAGS = """
applet aside audio button canvas datalist embed footer head iframe map nav noembed noframes
noscript object picture script select style svg template textarea title video
"""
_DROPPED_ROLES = """
complementary contentinfo menu menubar navigation search
"""
_COMMENT_NAMES = """
comment comment-area comment-body comment-content comment-list comment-respond comment-section
commentlist comments comments-area comments-container comments-list comments-section
comments-title comments-wrapper disqus_thread fb-comments giscus post-comments respond
utterances webmentions
"""
_MARGIN_NAMES = """
breadcrumb breadcrumbs catlinks cookie-banner cookie-bar cookie-consent cookie-notice
cookieconsent footer jp-relatedposts main-menu mw-editsection mw-navigation mw-panel nav-menu
navbar navbox newsletter-signup page-footer printfooter related-posts relatedposts
screen-reader-text share-buttons sharedaddy side-bar sidebar site-footer skip-link skip-links
social-share widget-area widget_area
"""

BLOCK_TAGS = frozenset(_BLOCK_TAGS.split())
DROPPED_TAGS = frozenset(_DROPPED_TAGS.split())
DROPPED_ROLES = frozenset(_DROPPED_ROLES.split())
COMMENT_NAMES = frozenset(_COMMENT_NAMES.split())
MARGIN_NAMES = frozenset(_MARGIN_NAMES.split())
NEVER_DROPPED = frozenset({"html", "body", "main"})

CELL = "\x1f"
"""Stands between the cells of one table row until the row is complete."""
LINE = "\x1e"
"""Stands where the page breaks a line without ending the passage."""

CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1d\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control characters, direction changes and invisible signs; joiners that scripts need stay."""


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
        passages = _from_html(text)
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


_ENCODING = re.compile(
    r"(?:iso-8859-(?:[1-9]|1[013-6])|windows-125[0-8]|koi8-[ru]|macintosh|shift[_-]jis|euc-(?:jp|kr)|"
    r"gb(?:2312|k|18030)|big5|iso-2022-jp)"
)
"""Encodings that pages are written in; Python knows others that a page could do harm with."""
_WESTERN = frozenset({"iso-8859-1", "us-ascii", "latin-1"})
"""Read as Windows-1252, as browsers do (WHATWG Encoding Standard)."""


_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|span|article|h1|table)\b", re.I)


_BY_TYPE = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "json",
    "text/plain": "plain",
    "text/markdown": "plain",
}


def _kind(type: str, text: str) -> str:
    mime = type.partition(";")[0].strip().lower()
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


# --- HTML -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Passage:
    text: str
    heading: bool = False
    linked: bool = False
    margin: bool = False


class _Reader:
    """Listens to the parser; keeps words in passages and an explicit count of what is open."""

    def __init__(self) -> None:
        self.passages: list[_Passage] = []
        self._parts: list[str] = []
        self._linked = 0
        self._length = 0
        self._depth = 0
        self._dropped_at = 0  # depth of the outermost dropped element, 0: none
        self._margin_at = 0
        self._links = 0
        self._pre = 0
        self._heading = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._dropped_at:
            if tag == "main":  # an unclosed menu must not swallow the page
                self._dropped_at = 0
            else:
                return
        if tag in DROPPED_TAGS:
            self._end_passage()
            self._dropped_at = self._depth
            return
        if attributes and tag not in NEVER_DROPPED and self._set_aside(attributes):
            return
        if tag in BLOCK_TAGS:
            self._end_passage()
            self._heading = len(tag) == 2 and tag[0] == "h" and tag != "hr"
            self._pre += tag == "pre"
        elif tag == "a":
            self._links += 1
        elif tag == "br":
            self._parts.append(LINE)
        elif tag in ("td", "th"):
            self._parts.append(CELL)

    def _set_aside(self, attributes: Mapping[str, str]) -> bool:
        role = attributes.get("role")
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower().split()
        if (
            (role in DROPPED_ROLES)
            or not COMMENT_NAMES.isdisjoint(names)
            or attributes.get("itemprop") == "comment"
        ):
            self._end_passage()
            self._dropped_at = self._depth
            return True
        if not self._margin_at and not MARGIN_NAMES.isdisjoint(names):
            self._end_passage()
            self._margin_at = self._depth
        return False

    def end(self, tag: str) -> None:
        if self._dropped_at:
            if self._dropped_at == self._depth:
                self._dropped_at = 0
        elif tag in BLOCK_TAGS:
            self._end_passage()
            self._pre -= tag == "pre"
        elif tag == "a" and self._links:
            self._links -= 1
        if self._margin_at == self._depth:
            self._end_passage()
            self._margin_at = 0
        self._depth -= 1

    def data(self, data: str) -> None:
        if self._dropped_at:
            return
        if self._pre:
            data = data.replace("\n", LINE)
        self._parts.append(data)
        if self._links:
            self._linked += len(data.strip())

    def close(self) -> list[_Passage]:
        self._end_passage()
        return self.passages

    def _end_passage(self) -> None:
        if not self._parts:
            return
        text = "".join(self._parts)
        self._parts.clear()
        linked, self._linked = self._linked, 0
        heading = self._heading
        self._heading = False
        for piece in _pieces(text):
            self.passages.append(
                _Passage(piece, heading, linked > 0.8 * len(text.strip()), self._margin_at > 0)
            )


def _from_html(text: str) -> list[_Passage]:
    reader = _Reader()
    parser = etree.HTMLParser(
        target=reader, encoding="utf-8", recover=True, remove_comments=True, remove_pis=True
    )
    try:
        parser.feed(text.encode("utf-8", "replace"))
        passages: list[_Passage] = parser.close()
    except etree.LxmlError:
        passages = reader.close()
    kept = [passage for passage in passages if not passage.margin]
    size = sum(len(passage.text) for passage in passages)
    if sum(len(passage.text) for passage in kept) * 2 < size:
        return passages  # the page calls its own middle a margin
    return kept


def _pieces(text: str) -> Iterator[str]:
    """A passage as collapsed text; table rows and broken lines decide whether they join."""
    if CELL in text:
        cells = [cell for cell in (_collapsed(part) for part in text.split(CELL)) if cell]
        if all(len(cell) <= 120 for cell in cells):
            if cells:
                yield " | ".join(cells)
            return
        for part in text.split(CELL):
            yield from _pieces(part)
        return
    if LINE in text:
        yield from _joined(text.split(LINE))
        return
    if collapsed := _collapsed(text):
        yield collapsed


def _collapsed(text: str) -> str:
    if not text.isascii() or not text.isprintable():
        text = CONTROLS.sub("", text)
    return " ".join(text.split())


_ITEM = re.compile(r"(?:[-*•‣◦–—·]|\d{1,3}[.)])\s")
_CLOSED = (".", "!", "?", "…", ":", ";", "”", '"', "»")


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Lines that a narrow column broke come together again; list items and titles stay apart."""
    held: list[str] = []
    for raw in lines:
        line = _collapsed(raw)
        if held and (
            not line or len(held[-1]) < 45 or held[-1].endswith(_CLOSED) or _ITEM.match(line)
        ):
            yield " ".join(held)
            held.clear()
        if line:
            held.append(line)
    if held:
        yield " ".join(held)


# --- JSON, feeds, text ----------------------------------------------------------------------

_SKIPPED_KEYS = re.compile(
    r"(?:^|_)(?:avatar|image|img|thumbnail|photo|icon|banner|logo|alt|bio|biography|signature|"
    r"email|comments?|followers|following|likes|guid|etag|slug|hash|token|key|id|uri|url|href|"
    r"link|rel|self|type|mime|status|template|format)s?(?:_|$)",
    re.I,
)
_ADDRESS_OR_STAMP = re.compile(r"(?:https?://\S+|[\d:TZ.+\-/ ]+|\S{40,})\Z")


def _from_json(text: str) -> list[_Passage]:
    try:
        root = json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput(
            "This file says it is JSON but cannot be read as JSON.",
            "Save the page as HTML or text and try again.",
        ) from None
    passages: list[_Passage] = []
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
            passages.extend(_from_text_value(value))
    return passages


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-z]+|#\d+);")


def _from_text_value(value: str) -> list[_Passage]:
    return _from_html(value) if _TAG.search(value) else _from_plain(value)


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


def _from_feed(text: str) -> list[_Passage]:
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


def _from_plain(text: str) -> list[_Passage]:
    return [_Passage(piece) for piece in _joined(text.splitlines())]


def _assembled(passages: Sequence[_Passage]) -> Text:
    blocks: list[Block] = []
    at = 0
    for passage in passages:
        end = at + len(passage.text)
        blocks.append(Block(at, end, passage.heading, passage.linked))
        at = end + 1
    return Text("\n".join(passage.text for passage in passages), tuple(blocks))
