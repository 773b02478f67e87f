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
from functools import lru_cache

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

_COMMENT_NAME = re.compile(
    r"(?:(?:post|article|blog|entry|fb|page|reader|site|user|wp|wp-block)[-_])?comments?"
    r"(?:[-_]?(?:area|author|body|box|container|content|form|list|meta|respond|section|text|thread|"
    r"title|wrap|wrapper)s?)?"
    r"|respond|replies|disqus(?:[-_]thread)?|giscus|utterances|webmentions|discussion-thread"
)
"""Names (class or id) of what other people said about a page."""
_MARGIN_NAME = re.compile(
    # consent: what it is called, and whose it is
    r"(?:[a-z]+[-_])*(?:cookies?|gdpr|ccpa|consent|privacy)[-_]?(?:law[-_]?)?(?:info[-_]?)?"
    r"(?:alert|banner|bar|consent|dialog|disclaimer|layer|message|modal|notice|notification|"
    r"overlay|popup|preferences|prompt|settings|warning)(?:[-_][a-z]+)*"
    r"|(?:cc[-_](?:banner|window)|(?:cky|cmplz|cookiebot|cybotcookiebot|didomi|iubenda-cs|klaro|"
    r"moove_gdpr|onetrust|ot-sdk|tarteaucitron|truste|usercentrics|qc-cmp2)[a-z0-9_-]*)"
    # other pages of the same place
    r"|(?:[a-z]+[-_])*(?:related|similar|recommended|recent|popular|trending|more)[-_]?"
    r"(?:articles?|content|items|links|pages|posts?|reading|stories|topics)(?:[-_][a-z]+)*"
    r"|related|also-like|you-(?:may|might)-also-like|read-next|yarpp(?:[-_][a-z]+)*"
    r"|(?:post|posts|entry|page|site|main|primary|secondary|article|chapter|comment|mobile)[-_]"
    r"(?:nav|navigation|pagination)"
    r"|nav|nav-?(?:bar|footer|header|links|menu|next|path|previous|wrapper|wide-wrapper)"
    r"|(?:main|site|top|primary|footer|mobile|side)-?menu|pagination|pager|breadcrumbs?|crumbs"
    r"|catlinks|toc|toctree-wrapper|table-of-contents|mw-(?:editsection|navigation|panel)|navbox"
    # edges
    r"|(?:(?:primary|secondary|site|page|blog|main|docs|md)[-_])?side-?bar|side-?bar[-_][a-z0-9_-]+"
    r"|sphinxsidebar[a-z]*|widget[-_]area|(?:[a-z]+[-_])?footer|printfooter|colophon"
    r"|footer[-_](?:area|bar|bottom|content|inner|links|nav|text|top|widgets?|wrapper)"
    r"|(?:newsletter|subscribe)[-_](?:box|form|optin|popup|sign-?up|subscription|widget)"
    r"|(?:social|share|sharing)(?:[-_](?:bar|buttons?|icons?|links?|list|media|menu|share|tools))?"
    r"|sharedaddy|jp-relatedposts|addtoany[a-z_-]*|skip-links?|screen-reader-text|headerlink"
    r"|author-(?:bio|box|info|card)"
)
"""Names of what stands around the page's own text, on every page of the place alike."""
_WHOLE = re.compile(r"(?:no|has|with|hide|show|is|without)[-_]")
"""Begins names that tell how a whole page is laid out, such as `has-sidebar`."""
_INLINE = frozenset({"a", "b", "code", "em", "font", "i", "span", "strong", "tt"})
"""Their names colour words; `comment` on one is a programmer's remark, not a reader's."""
_LONGEST_NAME = 60
"""Characters; longer names are made by machines and say nothing of a place."""
_NEARLY_ALL = 0.8
"""Part of a passage that is link text in a list of other pages."""
_LONGEST_CELL = 120
"""Characters; a table with longer cells lays out a page, so its cells are passages."""
_NARROW = 45
"""Characters; a line shorter than this was ended by its writer and not by the column."""

BLOCK_TAGS = frozenset(_BLOCK_TAGS.split())
DROPPED_TAGS = frozenset(_DROPPED_TAGS.split())
DROPPED_ROLES = frozenset(_DROPPED_ROLES.split())
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


@lru_cache(maxsize=2048)
def _place(classes: str, id: str) -> str:
    """Where an element of these names stands: "dropped", "margin", or in the page itself: ""."""
    names = [
        name
        for name in f"{classes} {id}".lower().split()
        if len(name) <= _LONGEST_NAME and not _WHOLE.match(name)
    ]
    if any(_COMMENT_NAME.fullmatch(name) for name in names):
        return "dropped"
    return "margin" if any(_MARGIN_NAME.fullmatch(name) for name in names) else ""


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
        if attributes and tag not in NEVER_DROPPED and self._set_aside(tag, attributes):
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

    def _set_aside(self, tag: str, attributes: Mapping[str, str]) -> bool:
        if attributes.get("role") in DROPPED_ROLES or attributes.get("itemprop") == "comment":
            place = "dropped"
        else:
            place = _place(attributes.get("class", ""), attributes.get("id", ""))
        if not place or (place == "dropped" and tag in _INLINE):
            return False
        if place == "dropped":
            self._end_passage()
            self._dropped_at = self._depth
            return True
        if not self._margin_at:
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
        all_links = linked > _NEARLY_ALL * len(text.strip())
        for piece in _pieces(text):
            self.passages.append(Passage(piece, heading, all_links, self._margin_at > 0))


_ALL_BUT = 10
"""A page of which less than this fraction stands outside its margins has named them wrongly; a
short post between long lists of other posts has not."""


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
    if sum(len(passage.text) for passage in kept) * _ALL_BUT < size:
        return passages  # the page calls its own middle a margin
    return kept


def _pieces(text: str) -> Iterator[str]:
    """A passage as collapsed text; table rows and broken lines decide whether they join."""
    if CELL in text:
        cells = [cell for cell in (_collapsed(part) for part in text.split(CELL)) if cell]
        if all(len(cell) <= _LONGEST_CELL for cell in cells):
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
            not line or len(held[-1]) < _NARROW or held[-1].endswith(_CLOSED) or _ITEM.match(line)
        ):
            yield " ".join(held)
            held.clear()
        if line:
            held.append(line)
    if held:
        yield " ".join(held)
