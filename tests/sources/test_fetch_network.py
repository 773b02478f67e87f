"""Where a request goes: resolution, the pinned connection, certificates, foreign errors."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
from collections.abc import Callable

import httpcore
import httpx
import pytest
from hostile import HOST, OPEN_END, PAGE, Hostile, answer, fetch, here, moved

from recruitcheck.errors import GrantError, LookupFailed
from recruitcheck.sources import web

NewId = Callable[[], str]


# --- resolution and pinning ------------------------------------------------------------------


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.2"],
        ["127.0.0.1", "10.0.0.1"],
        ["127.0.0.1", "::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
        ["169.254.169.254"],
        ["fe80::1%lo"],
        [],
        ["nonsense"],
        [b"127.0.0.1"],
        [None],
        ["127.0.0.1"] * 100,
    ],
)
def test_a_name_with_any_answer_that_is_not_public_is_refused(
    site: Hostile, new_id: NewId, answers: list[object]
) -> None:
    """One closed or unreadable address among the answers refuses the whole name."""
    site.pages["/"] = answer()
    with pytest.raises(LookupFailed):
        fetch(site.grant(new_id()), site.url(), resolver=lambda _: answers)
    assert site.asked == []


def test_the_machine_itself_is_not_public(site: Hostile, new_id: NewId) -> None:
    """Without being permitted by name of address, loopback is out of reach."""
    site.pages["/"] = answer()
    with pytest.raises(LookupFailed):
        fetch(site.grant(new_id()), site.url(), permitted_addresses=())
    assert site.asked == []


def test_a_name_that_changes_its_mind_is_asked_once(site: Hostile, new_id: NewId) -> None:
    """The connection goes to the address that was checked; no second lookup exists."""
    turns = iter([["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]])
    site.pages["/"] = answer()
    grant = site.grant(new_id())
    resolver = lambda _: next(turns)  # noqa: E731
    assert fetch(grant, site.url(), resolver=resolver).status == 200
    web.close()
    with pytest.raises(LookupFailed):
        fetch(grant, site.url(), resolver=resolver)


def test_the_resolver_gets_the_name_in_its_comparable_form(site: Hostile, new_id: NewId) -> None:
    """International names are resolved as A-labels."""
    asked: list[str] = []
    grant = site.grant(new_id(), hosts=("bücher.example",))
    site.pages["/"] = answer()
    fetch(
        grant,
        f"http://bücher.example:{site.port}/",
        resolver=lambda host: asked.append(host) or here(host),
    )
    assert asked == ["xn--bcher-kva.example"]
    assert site.asked[-1].headers["Host"] == f"xn--bcher-kva.example:{site.port}"


def test_a_resolver_that_never_answers_ends_with_the_call(site: Hostile, new_id: NewId) -> None:
    """Looking up names is inside the deadline."""
    hold = threading.Event()
    with pytest.raises(LookupFailed):
        fetch(
            site.grant(new_id(), max_seconds=0.3),
            site.url(),
            resolver=lambda _: hold.wait(30) and [],
        )
    hold.set()


def test_a_resolver_that_fails_is_reported_as_such(site: Hostile, new_id: NewId) -> None:
    """Its exceptions do not escape in their own form."""

    def broken(_host: str) -> list[str]:
        raise socket.gaierror("no such name")

    with pytest.raises(LookupFailed):
        fetch(site.grant(new_id()), site.url(), resolver=broken)


def test_a_connection_is_reused_only_under_the_same_permission(
    site: Hostile, new_id: NewId
) -> None:
    """What one call was permitted to reach, another call does not inherit."""
    site.pages["/"] = answer()
    grant = site.grant(new_id())
    fetch(grant, site.url())
    with pytest.raises(LookupFailed):
        fetch(grant, site.url(), permitted_addresses=())


# --- TLS and the border ----------------------------------------------------------------------


def test_a_certificate_for_another_name_is_refused(
    new_id: NewId, certificates: Callable[[str], tuple[ssl.SSLContext, ssl.SSLContext]]
) -> None:
    """The name on the certificate must be the host's; the pinned address changes nothing."""
    server, trust = certificates(HOST)
    with Hostile(tls=server) as site:
        site.pages["/"] = answer()
        grant = site.grant(new_id())
        for _ in range(3):
            assert fetch(grant, site.url(), tls=trust).status == 200
        assert {asked.connection for asked in site.asked} == {1}
        with pytest.raises(LookupFailed, match="certificate"):
            fetch(site.grant(new_id()), site.url())
        web.close()
    other, trust = certificates("evil.example")
    with Hostile(tls=other) as site:
        site.pages["/"] = answer()
        with pytest.raises(LookupFailed, match="certificate"):
            fetch(site.grant(new_id()), site.url(), tls=trust)
        web.close()


def test_a_protected_connection_cut_short_is_not_the_end_of_a_page(
    new_id: NewId, certificates: Callable[[str], tuple[ssl.SSLContext, ssl.SSLContext]]
) -> None:
    """Without the protocol's own goodbye, an answer of open length may have been cut."""
    server, trust = certificates(HOST)
    with Hostile(tls=server) as site:
        site.pages["/"] = lambda conn: conn.sendall(OPEN_END + PAGE)
        with pytest.raises(LookupFailed):
            fetch(site.grant(new_id()), site.url(), tls=trust)
        web.close()


def test_a_protected_address_does_not_lead_to_an_open_one(
    site: Hostile,
    new_id: NewId,
    certificates: Callable[[str], tuple[ssl.SSLContext, ssl.SSLContext]],
) -> None:
    """From https there is no way to http, even where the grant covers both."""
    server, trust = certificates(HOST)
    site.pages["/"] = answer()
    with Hostile(tls=server) as protected:
        protected.pages["/"] = moved(site.url())
        grant = protected.grant(
            new_id(), schemes=("https", "http"), ports=(protected.port, site.port)
        )
        with pytest.raises(GrantError):
            fetch(grant, protected.url(), tls=trust)
        assert site.asked == []
        site.pages["/up"] = moved(protected.url("/there"))
        protected.pages["/there"] = answer()
        assert fetch(grant, site.url("/up"), tls=trust).url == protected.url("/there")
        web.close()


def test_the_environment_loosens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust store and session secrets are not taken from environment variables."""
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    monkeypatch.setenv("SSLKEYLOGFILE", "/nowhere/keys")
    web._public_authorities.cache_clear()
    context = web._public_authorities()
    assert context.keylog_filename is None
    assert context.check_hostname and context.verify_mode is ssl.CERT_REQUIRED
    assert len(context.get_ca_certs()) > 50


def _below(kind: type[BaseException]) -> list[type[BaseException]]:
    return [kind, *(deeper for sub in kind.__subclasses__() for deeper in _below(sub))]


FOREIGN = [
    kind
    for library in (httpcore, httpx)
    for name in dir(library)
    if isinstance(kind := getattr(library, name), type) and issubclass(kind, Exception)
]


def _raised(kind: type[Exception]) -> Exception:
    """One of a kind; some of httpx's need an answer to speak of."""
    if issubclass(kind, httpx.HTTPStatusError):
        asked = httpx.Request("GET", "https://a.example/")
        return kind("boom", request=asked, response=httpx.Response(500))
    if issubclass(kind, httpx.StreamError) and kind is not httpx.StreamError:
        return kind()
    return kind("boom")


@pytest.mark.parametrize("kind", [*FOREIGN, *_below(ssl.SSLError), TimeoutError, OSError])
def test_every_foreign_error_is_translated(
    site: Hostile, new_id: NewId, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    """Callers see our own error with the cause attached, whatever the layers below raise."""
    error = _raised(kind)

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(httpcore.ConnectionPool, "handle_request", fail)
    with pytest.raises(LookupFailed) as caught:
        fetch(site.grant(new_id()), site.url())
    cause = caught.value.__cause__
    assert error in (cause, getattr(cause, "__cause__", None))
    assert caught.value.message and "boom" not in caught.value.message


def test_the_walk_over_foreign_errors_is_not_empty() -> None:
    """The list above is taken from the library; an empty one would prove nothing."""
    assert len(FOREIGN) >= 30


def test_an_api_answer_is_data(site: Hostile, new_id: NewId) -> None:
    """Data comes through unchanged."""
    body = json.dumps([{"id": 1, "title": "Żółw"}]).encode()
    site.pages["/"] = answer(
        gzip.compress(body, mtime=0), "application/json", "Content-Encoding: gzip"
    )
    assert json.loads(fetch(site.grant(new_id()), site.url()).text)[0]["title"] == "Żółw"
