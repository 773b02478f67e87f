"""HTML as passages of words: a listener on lxml's parser that grows no tree.

It hears the events that BeautifulSoup's own lxml builder hears. Memory follows the text instead of
the markup, so 200,000 nested elements or attributes cost a fraction of a second, and there is no
depth at which recursion could break. Scripts, styles, templates, images with their alternative
text, navigation, footers, asides and other people's comments are passed over. Forms are kept,
because some engines wrap the whole page in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

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


@dataclass(slots=True)
class Passage:
    """One passage while a page is read."""

    text: str
    heading: bool = False
    linked: bool = False
    margin: bool = False


class _Reader:
    """Listens to the parser; keeps words in passages and an explicit count of what is open."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
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

    def close(self) -> list[Passage]:
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
                Passage(piece, heading, linked > 0.8 * len(text.strip()), self._margin_at > 0)
            )


def from_html(text: str) -> list[Passage]:
    """The passages of a page; margins are left out unless they are most of it."""
    reader = _Reader()
    parser = etree.HTMLParser(
        target=reader, encoding="utf-8", recover=True, remove_comments=True, remove_pis=True
    )
    try:
        parser.feed(text.encode("utf-8", "replace"))
        passages: list[Passage] = parser.close()
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
        yield from joined(text.split(LINE))
        return
    if collapsed := _collapsed(text):
        yield collapsed


def _collapsed(text: str) -> str:
    if not text.isascii() or not text.isprintable():
        text = CONTROLS.sub("", text)
    return " ".join(text.split())


_ITEM = re.compile(r"(?:[-*•‣◦–—·]|\d{1,3}[.)])\s")
_CLOSED = (".", "!", "?", "…", ":", ";", "”", '"', "»")


def joined(lines: Sequence[str]) -> Iterator[str]:
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
