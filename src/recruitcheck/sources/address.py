"""What an address must look like, and whether a scope covers it: decided on the raw characters.

No URL class reads the address before this module has, because each of them repairs something: one
drops a tab, another decodes a dot, and what is checked is then not what is asked. What is accepted
here is sent byte for byte. In order:

1. printable characters only, no space, no backslash, no `#`; outside the host ASCII only;
2. `scheme://authority`, and a scheme the scope names (http and https are all there is);
3. no user or password; a port only as plain digits;
4. the host: no address literal, no trailing dot, no number-like last label, A-label form, and
   nothing that a compatibility mapping would change;
5. host and port are those of the scope, exactly;
6. the path, percent-decoded once: no dot segments, no empty inner segments, no hidden separator,
   dot, percent or control; then at or below a prefix of the scope, at a segment boundary;
7. the query: every key granted, once, unencoded; fixed values exactly as granted;
8. the method: GET or HEAD.

Imports neither sockets nor an HTTP library: `recruitcheck try address` answers from here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol
from urllib.parse import unquote_to_bytes

DEFAULT_PORTS: Mapping[str, int] = MappingProxyType({"https": 443, "http": 80})
METHODS = ("GET", "HEAD")
LONGEST = 8192
"""Characters of an address; longer ones carry a payload rather than a place."""

_START = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)(.*)", re.DOTALL)
_PORT = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_NUMBER_LIKE = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNSEEN = ("Cc", "Cf", "Zl", "Zp")
_JOINERS = "\u200c\u200d"
"""Scripts such as Persian, and emoji, need them inside a word."""
_HIDDEN = re.compile(r"%(?:2e|2f|5c|25)", re.IGNORECASE)


class Scope(Protocol):
    """What an address is held against; a `Grant` is one. Empty `ports`: the scheme's default."""

    @property
    def hosts(self) -> Sequence[str]: ...
    @property
    def path_prefixes(self) -> Sequence[str]: ...
    @property
    def schemes(self) -> Sequence[str]: ...
    @property
    def ports(self) -> Sequence[int]: ...
    @property
    def query_keys(self) -> Sequence[str]: ...
    @property
    def query(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address in its parts. `host` is in A-label form; `target` goes out exactly as given."""

    scheme: str
    host: str
    port: int
    path: str
    """Percent-decoded once."""
    query: tuple[tuple[str, str], ...] | None
    """Keys and decoded values; None where there is no `?` at all."""
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots file and one connection stand for."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def netloc(self) -> str:
        """Host and, where it is not the scheme's own, port."""
        return self.host if self.port == DEFAULT_PORTS[self.scheme] else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.target}"


class Unfit(ValueError):
    """The address is not one recruitcheck reads; the message says why, in plain words."""


def allowed(scope: Scope, url: str, method: str = "GET") -> str | None:
    """Say why `url` is outside `scope`, or None where it is inside."""
    try:
        check(scope, url, method)
    except Unfit as error:
        return str(error)
    return None


def check(scope: Scope, url: str, method: str = "GET") -> Address:
    """Read `url` and hold it against `scope`.

    Raises:
        Unfit: it is outside the scope, or no address at all.
    """
    address = parse(url)
    if address.scheme not in {scheme.lower() for scheme in scope.schemes}:
        raise Unfit(f"The permission does not cover addresses that start with {address.scheme}://.")
    if not any(_same_host(host, address.host) for host in scope.hosts):
        raise Unfit("The permission does not cover this site.")
    ports = scope.ports or (DEFAULT_PORTS[address.scheme],)
    if address.port not in ports:
        raise Unfit(f"The permission does not cover port {address.port} of this site.")
    if not any(_below(prefix, address.path) for prefix in scope.path_prefixes):
        raise Unfit("The permission does not cover this page.")
    _query_inside(scope, address)
    if method not in METHODS:
        raise Unfit("Only reading is possible: the method must be GET or HEAD.")
    return address


def covers(scope: Scope, url: str) -> bool:
    """Whether `url` stands at a host and path of `scope`, whatever its scheme and query.

    For the addresses that items carry: they are shown and never asked.
    """
    try:
        address = parse(url.partition("#")[0])
    except Unfit:
        return False
    return any(_same_host(host, address.host) for host in scope.hosts) and any(
        _below(prefix, address.path) for prefix in scope.path_prefixes
    )


@lru_cache(maxsize=512)
def parse(url: str) -> Address:
    """Read an address strictly, without any scope.

    Raises:
        Unfit: see the list at the top of the module.
    """
    _characters(url)
    match = _START.fullmatch(url)
    if match is None:
        raise Unfit("An address must begin with https:// (or http://) and the name of a site.")
    scheme, authority, rest = match[1].lower(), match[2], match[3]
    if scheme not in DEFAULT_PORTS:
        raise Unfit("Only https and http addresses can be looked at.")
    host, port = _authority(authority, scheme)
    if not rest.isascii():
        raise Unfit(
            "Behind the name of the site, special letters must be written as codes, "
            "such as %C3%A9. Copy the address from a browser."
        )
    raw_path, mark, raw_query = rest.partition("?")
    path = _path(raw_path or "/")
    query = _pairs(raw_query) if mark else None
    target = rest if raw_path else f"/{rest}"
    return Address(scheme=scheme, host=host, port=port, path=path, query=query, target=target)


def canonical_host(host: str) -> str:
    """A host name in the one form in which names are compared: lower-case A-labels.

    Raises:
        Unfit: an address literal, a number-like name, a trailing dot, or a name that is not
            valid under IDNA 2008 exactly as it stands.
    """
    labels = host.split(".")
    if host.endswith("."):
        raise Unfit("The name of a site must not end with a dot.")
    if len(host) > 253:
        raise Unfit("The name of the site is too long to be one.")
    name = ".".join(_label(label) for label in labels)
    if len(name) > 253:
        raise Unfit("The name of the site is too long to be one.")
    if _NUMBER_LIKE.fullmatch(name.rpartition(".")[2]):
        raise Unfit("A site must have a name; addresses made of numbers are not looked at.")
    return name


# --- the parts, in order --------------------------------------------------------------------


def _characters(url: str) -> None:
    if len(url) > LONGEST:
        raise Unfit("The address is too long.")
    if not url.isprintable() or " " in url or "\\" in url:
        raise Unfit("An address holds no spaces, backslashes, or invisible characters.")
    if "#" in url:
        raise Unfit("Leave out the part of the address that begins with #.")


def _authority(authority: str, scheme: str) -> tuple[str, int]:
    if "@" in authority:
        raise Unfit("An address must not carry a user name or a password.")
    if "[" in authority or "]" in authority:
        raise Unfit("A site must have a name; addresses made of numbers are not looked at.")
    host, colon, digits = authority.partition(":")
    if not host:
        raise Unfit("The address names no site.")
    port = DEFAULT_PORTS[scheme]
    if colon:
        if not _PORT.fullmatch(digits) or int(digits) > 65535:
            raise Unfit("What stands behind the colon is not a number that a port can have.")
        port = int(digits)
    return canonical_host(host), port


def _label(label: str) -> str:
    """One label of a host name in A-label form."""
    if not label:
        raise Unfit("The name of the site has a dot with nothing beside it.")
    if label.isascii():
        label = label.lower()
        if not _LABEL.fullmatch(label):
            raise Unfit("The name of the site holds characters that such a name cannot have.")
        if label.startswith("xn--"):
            _round_trip(label)
        return label
    return _a_label(label)


@lru_cache(maxsize=256)
def _a_label(label: str) -> str:
    """International label to A-label; refused where mapping would have to repair it first."""
    import idna

    try:
        if idna.uts46_remap(label) != label or unicodedata.normalize("NFKC", label) != label:
            raise Unfit("The name of the site holds letters that only look like ordinary ones.")
        return idna.encode(label, strict=True, uts46=False).decode("ascii")
    except idna.IDNAError as error:
        raise Unfit("The name of the site is not a valid international name.") from error


@lru_cache(maxsize=256)
def _round_trip(label: str) -> None:
    """An A-label must be one: it decodes, and what it decodes to encodes back to it."""
    import idna

    try:
        if idna.encode(idna.decode(label), strict=True, uts46=False).decode("ascii") != label:
            raise Unfit("The name of the site is not a valid international name.")
    except (idna.IDNAError, UnicodeError) as error:
        raise Unfit("The name of the site is not a valid international name.") from error


def _path(raw: str) -> str:
    """The path, decoded once."""
    if _HIDDEN.search(raw):
        raise Unfit("The address hides a dot, slash, backslash or percent sign behind a code.")
    path = _decoded(raw)
    segments = path.split("/")
    if "" in segments[1:-1]:
        raise Unfit("The address has two slashes side by side.")
    # `..;x` is no dot segment by RFC 3986, but some servers drop the parameter and climb.
    if any(segment.partition(";")[0] in {".", ".."} for segment in segments):
        raise Unfit("The address must not contain . or .. between its slashes.")
    return path


def _decoded(raw: str) -> str:
    """Percent-decode once, refusing broken escapes, bad UTF-8 and control characters."""
    if "%" not in raw:
        return raw
    if _BROKEN_ESCAPE.search(raw):
        raise Unfit("The address has a percent sign that stands for nothing.")
    try:
        text = unquote_to_bytes(raw).decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        raise Unfit("The address holds codes that stand for no text.") from error
    if any(unicodedata.category(char) in _UNSEEN and char not in _JOINERS for char in text):
        raise Unfit("The address hides a character that cannot be seen.")
    return text


def _pairs(raw: str) -> tuple[tuple[str, str], ...]:
    """Keys and values of a query; a key without `=` has the value ""."""
    if ";" in raw:
        raise Unfit("The part of the address after ? must not contain a semicolon.")
    pairs: list[tuple[str, str]] = []
    seen: set[str] = set()
    for piece in raw.split("&") if raw else ():
        key, _, value = piece.partition("=")
        if "%" in key:
            raise Unfit("In the part after ?, names must be written without percent signs.")
        if key in seen:
            raise Unfit("In the part after ?, the same name stands twice.")
        seen.add(key)
        pairs.append((key, _decoded(value)))
    return tuple(pairs)


# --- the scope ------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def _scope_host(host: str) -> str | None:
    try:
        return canonical_host(host)
    except Unfit:
        return None


def _same_host(granted: str, host: str) -> bool:
    return _scope_host(granted) == host


@lru_cache(maxsize=1024)
def _scope_prefix(prefix: str) -> str | None:
    """A prefix decoded once and without its closing slash; None where it can match nothing."""
    if not prefix.startswith("/"):
        return None
    try:
        return _path(prefix).removesuffix("/")
    except Unfit:
        return None


def _below(prefix: str, path: str) -> bool:
    base = _scope_prefix(prefix)
    return base is not None and (path == base or path.startswith(f"{base}/"))


def _query_inside(scope: Scope, address: Address) -> None:
    if address.query is None:
        return
    if not scope.query_keys and not scope.query:
        raise Unfit("The permission does not cover the part of the address that begins with ?.")
    for key, value in address.query:
        if key in scope.query:
            # A key that is both fixed and free stays fixed: the narrower word counts.
            if value != scope.query[key]:
                raise Unfit("The permission covers another value in the part after ?.")
        elif key not in scope.query_keys:
            raise Unfit("The permission does not cover all of the part after ?.")
