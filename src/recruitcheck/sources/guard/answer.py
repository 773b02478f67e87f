"""What an answer must be before anybody reads it: whole, bounded, of an admitted type, text."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator, Mapping

from recruitcheck.errors import GrantError, LookupFailed

_BRING = "Ask the applicant to bring the item."
_LATER = "Try again later, or ask the applicant to bring the item."

MOST_BYTES = 6 * 1024 * 1024
"""Bytes of one answer that are held at most, whatever a grant says. A single wide character can
make text four times as large as its bytes, and the whole must stay under 64 MiB."""

HTML = frozenset({"text/html", "application/xhtml+xml"})
XML = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}
    | {"application/xml", "text/xml"}
)
JSON = frozenset({"application/json", "application/feed+json"})
PLAIN = frozenset({"text/plain"})

_DECODERS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""Packings that are undone, and the window bits by which zlib knows their frame."""
_BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"\x7fELF",
    b"MZ\x90",
    b"\xd0\xcf\x11\xe0",
    b"7z\xbc\xaf",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
    b"\x00asm",
    b"wOF",
    b"%!PS",
    b"{\\rtf",
)
_MARKUP_START = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|script)\b", re.IGNORECASE)
_FORBIDDEN_XML = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_META_CHARSET = re.compile(
    rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE
)
_XML_CHARSET = re.compile(
    rb"^<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})[\"']", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PLAIN_NAMES = (
    *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "koi8-r", "koi8-u", "mac-roman", "tis-620"),
    *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 11, 13, 14, 15, 16)),
    *(f"cp{page}" for page in (874, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)),
    *("gb2312", "gbk", "gb18030", "big5", "big5hkscs", "euc_jp", "shift_jis", "euc_kr"),
)
_CHARSETS: Mapping[str, str] = {
    # what the web calls Latin-1 and ASCII is windows-1252 (WHATWG Encoding)
    **dict.fromkeys(("ascii", "iso8859-1", "cp1252"), "cp1252"),
    **{name: name for name in _PLAIN_NAMES},
    "iso8859-9": "cp1254",
}


class Weigher:
    """Inflates within a bound. `size` counts what was taken: the larger of wire and text."""

    def __init__(self, encoding: str, limit: int) -> None:
        names = [name.strip() for name in encoding.lower().split(",") if name.strip()]
        names = [name for name in names if name != "identity"]
        if len(names) > 1 or (names and names[0] not in _DECODERS):
            raise LookupFailed("What came is packed in a way that is not read here.", _BRING)
        self._name = names[0] if names else ""
        self._decoder: zlib._Decompress | None = None
        self._start = b""
        self._limit = limit
        self._wire = 0
        self._text = 0

    @property
    def size(self) -> int:
        """Bytes to be charged for what came so far."""
        return max(self._wire, self._text)

    def take(self, data: bytes) -> Iterator[bytes]:
        """Text of one more piece of the body.

        Raises:
            GrantError: more than the limit, packed or not.
            LookupFailed: it cannot be unpacked.
        """
        self._wire += len(data)
        if self._wire > self._limit:
            raise too_large()
        if not self._name:
            self._text += len(data)
            yield data
            return
        if self._decoder is None:
            self._start += data
            if len(self._start) < 2:
                return
            data = self._start
            self._decoder = zlib.decompressobj(self._window(data))
        try:
            yield from self._inflated(self._decoder, data)
        except zlib.error as error:
            raise LookupFailed("What came is damaged.", _LATER) from error

    def finish(self) -> None:
        """The body is over.

        Raises:
            LookupFailed: it ended before the packed data did. Part of an answer is no evidence.
        """
        if self._name and (self._decoder is None or not self._decoder.eof):
            raise LookupFailed("Only part of the page came, and a part is no evidence.", _LATER)

    def _inflated(self, decoder: zlib._Decompress, data: bytes) -> Iterator[bytes]:
        more = True
        while more:
            most = min(65536, self._limit - self._text + 1)
            piece = decoder.decompress(data, most)
            self._text += len(piece)
            if self._text > self._limit:
                raise too_large()
            yield piece
            if decoder.unused_data or (decoder.eof and decoder.unconsumed_tail):
                raise LookupFailed("What came goes on after its own end.", _LATER)
            data = decoder.unconsumed_tail
            # Text can be waiting inside the decoder although all packed bytes went in.
            more = not decoder.eof and (bool(data) or len(piece) == most)

    def _window(self, start: bytes) -> int:
        """Some servers send raw deflate where RFC 9110 means the zlib format."""
        if self._name == "deflate" and (start[0] & 0x0F != 8 or (start[0] * 256 + start[1]) % 31):
            return -15
        return _DECODERS[self._name]


def too_large() -> GrantError:
    """The answer is larger than the permission covers."""
    return GrantError(
        "The page is larger than the permission covers.",
        "Ask for a narrower address, or let the applicant bring the item.",
    )


def media_type(declared: str) -> str:
    """The admitted media type of a `Content-Type`, without parameters.

    Raises:
        LookupFailed: none was declared, or one that is not read here.
    """
    kind = declared.partition(";")[0].strip().lower()
    if kind in HTML or kind in XML or kind in JSON or kind in PLAIN:
        return kind
    if re.fullmatch(r"application/[a-z0-9.-]{1,60}\+json", kind):
        return kind
    raise LookupFailed(
        "The source answered with something other than a page, a feed or text.",
        "Pictures, films and files are not looked at; the applicant can bring a text.",
    )


def text(body: bytearray, declared: str) -> str:
    """The body as text, if its first bytes agree with what it was declared to be. Uses up `body`.

    Raises:
        LookupFailed: the bytes are something else, or not text in a known encoding.
    """
    kind = media_type(declared)
    decoded = _decoded(body, declared, kind)
    first_bytes_agree(kind, body, decoded)
    return decoded


def first_bytes_agree(kind: str, body: bytearray, decoded: str) -> None:
    """Refuse a body that is not what it says it is."""
    mismatch = LookupFailed("What came is not what the source says it is.", _BRING)
    if body.startswith(_BINARY) or "\x00" in decoded:
        raise mismatch
    start = decoded.lstrip("\ufeff \t\r\n")[:64]
    if kind in XML:
        if not start.startswith("<") or _MARKUP_START.match(start.encode()):
            raise mismatch
        if _FORBIDDEN_XML.search(decoded):
            raise LookupFailed(
                "The feed contains instructions to programs (entities), so it was not read.", _BRING
            )
    elif kind in HTML:
        if start and sum(char < " " and char not in "\t\r\n\f\x1b" for char in start):
            raise mismatch
    elif kind in PLAIN:
        if _MARKUP_START.match(start.encode()):
            raise mismatch
    elif not re.match(r'[\[{"0-9tfn-]', start):
        raise mismatch


def _decoded(body: bytearray, declared: str, kind: str) -> str:
    name = _charset(body, declared, kind)
    try:
        canonical = codecs.lookup(name).name
    except LookupError:
        canonical = ""
    if canonical not in _CHARSETS:
        raise LookupFailed("What came is written in a character set that is not read here.", _BRING)
    # A stray byte is shown as the sign for one; it must not cost the whole page.
    mark = next((mark for mark, _ in _MARKS if body.startswith(mark)), b"")
    del body[: len(mark)]
    decoded = body.decode(_CHARSETS[canonical], "replace")
    if decoded.count("\ufffd") > 8 + len(decoded) // 20:
        raise LookupFailed("What came cannot be read as text.", _BRING)
    return decoded


def _charset(body: bytearray, declared: str, kind: str) -> str:
    """Byte order mark, then declaration, then the document's own word, then UTF-8."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return name
    match = re.search(r";\s*charset\s*=\s*\"?([A-Za-z0-9_.:-]{1,40})", declared, re.IGNORECASE)
    if match:
        return match[1]
    inside = None
    if kind in HTML:
        inside = _META_CHARSET.search(body[:1024])
    if kind in XML or (kind in HTML and inside is None):
        inside = _XML_CHARSET.match(body[:1024].lstrip())
    if inside:
        name = inside[1].decode("ascii")
        # A document that could be read this far cannot be in a two-byte encoding.
        return "utf-8" if name.lower().startswith("utf-16") else name
    return "utf-8"
