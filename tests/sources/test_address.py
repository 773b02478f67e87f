"""Addresses: what is accepted is sent byte for byte, so the table is long and has no repairs."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measured import unmeasured
from recruitcheck.cli.trying_address import answer
from recruitcheck.errors import BadInput
from recruitcheck.records import Grant
from recruitcheck.sources.address import Unfit, allowed, check, covers, parse

HOST = "blog.ashgrove.example"
PLAIN = {"hosts": [HOST], "path_prefixes": ["/science"]}
WHOLE = {"hosts": [HOST], "path_prefixes": ["/"]}
NAMES = {
    "hosts": [HOST, "bücher.example", "xn--fa-hia.example", "例え.example", "127.0.0.1", "[::1]"],
    "path_prefixes": ["/"],
}
QUERY = {
    "hosts": [HOST],
    "path_prefixes": ["/feed"],
    "query_keys": ["page", "q"],
    "query": {"format": "json", "lang": "cy"},
}
PORTS = {"hosts": [HOST], "path_prefixes": ["/"], "ports": [8443, 443]}
OPEN = {"hosts": [HOST], "path_prefixes": ["/"], "schemes": ["https", "http"]}
LETTERS = {"hosts": [HOST], "path_prefixes": ["/café", "/a%20b/", "/%65ncoded"]}

ALLOWED = [
    (PLAIN, f"https://{HOST}/science"),
    (PLAIN, f"https://{HOST}/science/"),
    (PLAIN, f"https://{HOST}/science/2024/week-12"),
    (PLAIN, f"https://{HOST}/%73cience/x"),
    (PLAIN, f"https://{HOST}:443/science"),
    (PLAIN, f"https://{HOST.upper()}/science"),
    (PLAIN, f"HTTPS://{HOST}/science"),
    (PLAIN, f"https://{HOST}/science/..hidden"),
    (PLAIN, f"https://{HOST}/science/..."),
    (PLAIN, f"https://{HOST}/science/.well"),
    (PLAIN, f"https://{HOST}/science/a;v=1/b"),
    (PLAIN, f"https://{HOST}/science/a:b@c"),
    (PLAIN, f"https://{HOST}/science/a%20b%3Fc%23d"),
    (PLAIN, f"https://{HOST}/science/%F0%9F%9A%80"),
    (PLAIN, f"https://{HOST}/science/%F0%9F%91%A9%E2%80%8D%F0%9F%8F%AB"),
    (WHOLE, f"https://{HOST}"),
    (WHOLE, f"https://{HOST}/"),
    (WHOLE, f"https://{HOST}/anything/at/all"),
    (WHOLE, f"https://{HOST}/@ana"),
    (NAMES, "https://bücher.example/"),
    (NAMES, "https://xn--bcher-kva.example/"),
    (NAMES, "https://XN--BCHER-KVA.example/"),
    (NAMES, "https://bücher.EXAMPLE/"),
    (NAMES, "https://faß.example/"),
    (NAMES, "https://例え.example/x"),
    (QUERY, f"https://{HOST}/feed"),
    (QUERY, f"https://{HOST}/feed?page=2"),
    (QUERY, f"https://{HOST}/feed?page=2&q=school%20band"),
    (QUERY, f"https://{HOST}/feed?q=https%3A%2F%2Fx.example%2F"),
    (QUERY, f"https://{HOST}/feed?page"),
    (QUERY, f"https://{HOST}/feed?page="),
    (QUERY, f"https://{HOST}/feed?q=a=b"),
    (QUERY, f"https://{HOST}/feed?q=a?b/c"),
    (QUERY, f"https://{HOST}/feed?format=json"),
    (QUERY, f"https://{HOST}/feed?format=js%6Fn"),
    (QUERY, f"https://{HOST}/feed?lang=cy&format=json&page=1"),
    (PORTS, f"https://{HOST}:8443/"),
    (PORTS, f"https://{HOST}/"),
    (PORTS, f"https://{HOST}:443/"),
    (OPEN, f"http://{HOST}/"),
    (OPEN, f"http://{HOST}:80/"),
    (LETTERS, f"https://{HOST}/caf%C3%A9"),
    (LETTERS, f"https://{HOST}/caf%c3%a9/menu"),
    (LETTERS, f"https://{HOST}/a%20b"),
    (LETTERS, f"https://{HOST}/encoded/x"),
]

REFUSED = [
    # user and password, and what only looks like a host
    (PLAIN, f"https://ana@{HOST}/science"),
    (PLAIN, f"https://ana:secret@{HOST}/science"),
    (PLAIN, f"https://@{HOST}/science"),
    (PLAIN, f"https://:@{HOST}/science"),
    (PLAIN, f"https://{HOST}@evil.example/science"),
    (PLAIN, f"https://evil.example#@{HOST}/science"),
    (PLAIN, f"https://evil.example?@{HOST}/science"),
    (PLAIN, f"https://evil.example\\@{HOST}/science"),
    (PLAIN, f"https://{HOST}%40evil.example/science"),
    (PLAIN, f"https://{HOST}%2Fscience"),
    (PLAIN, f"https://{HOST}.evil.example/science"),
    (PLAIN, f"https://evil-{HOST}/science"),
    (PLAIN, f"https://sub.{HOST}/science"),
    (PLAIN, "https://ashgrove.example/science"),
    (PLAIN, "https:///science"),
    (PLAIN, "https:////science"),
    (PLAIN, f"https:/{HOST}/science"),
    (PLAIN, f"https:{HOST}/science"),
    (PLAIN, f"//{HOST}/science"),
    (PLAIN, f"{HOST}/science"),
    (PLAIN, "/science"),
    (PLAIN, ""),
    (PLAIN, "https://"),
    # schemes
    (PLAIN, f"http://{HOST}/science"),
    (PLAIN, f"ftp://{HOST}/science"),
    (PLAIN, f"file://{HOST}/science"),
    (PLAIN, f"javascript://{HOST}/science"),
    (PLAIN, f"view-source:https://{HOST}/science"),
    (PLAIN, f"https+x://{HOST}/science"),
    (PLAIN, f" https://{HOST}/science"),
    (OPEN, f"gopher://{HOST}/"),
    # ports
    (PLAIN, f"https://{HOST}:80/science"),
    (PLAIN, f"https://{HOST}:8443/science"),
    (PLAIN, f"https://{HOST}:/science"),
    (PLAIN, f"https://{HOST}:0443/science"),
    (PLAIN, f"https://{HOST}:+443/science"),
    (PLAIN, f"https://{HOST}:443.0/science"),
    (PLAIN, f"https://{HOST}:65979/science"),
    (PLAIN, f"https://{HOST}:٤٤٣/science"),
    (PLAIN, f"https://{HOST}:443:443/science"),
    (PLAIN, f"https://{HOST}:-1/science"),
    (PLAIN, f"https://{HOST}:0/science"),
    (PORTS, f"https://{HOST}:8080/"),
    (OPEN, f"http://{HOST}:443/"),
    (OPEN, f"https://{HOST}:80/"),
    ({**PLAIN, "ports": []}, f"https://{HOST}/science"),
    ({**PLAIN, "ports": [8443]}, f"https://{HOST}/science"),
    ({**PLAIN, "schemes": []}, f"https://{HOST}/science"),
    # numeric hosts in every base, listed or not
    (NAMES, "https://127.0.0.1/"),
    (NAMES, "https://2130706433/"),
    (NAMES, "https://0x7f000001/"),
    (NAMES, "https://0x7F.0.0.1/"),
    (NAMES, "https://0177.0.0.1/"),
    (NAMES, "https://127.1/"),
    (NAMES, "https://127.0.1/"),
    (NAMES, "https://0/"),
    (NAMES, "https://0x/"),
    (NAMES, "https://1.2.3.4.5/"),
    (NAMES, "https://name.123/"),
    (NAMES, "https://name.0x1f/"),
    (NAMES, "https://１２７.0.0.1/"),
    (NAMES, "https://①②⑦.0.0.1/"),
    (NAMES, "https://[::1]/"),
    (NAMES, "https://[::ffff:127.0.0.1]/"),
    (NAMES, "https://[::1%25eth0]/"),
    (NAMES, "https://[v1.x]/"),
    (NAMES, "https://::1/"),
    (NAMES, "https://[127.0.0.1]/"),
    # dots and labels
    (PLAIN, f"https://{HOST}./science"),
    (PLAIN, f"https://.{HOST}/science"),
    (PLAIN, "https://blog..ashgrove.example/science"),
    (PLAIN, "https://./science"),
    (PLAIN, "https://blog。ashgrove.example/science"),
    (PLAIN, "https://blog．ashgrove.example/science"),
    (PLAIN, "https://blog｡ashgrove.example/science"),
    (PLAIN, "https://blog%2Eashgrove.example/science"),
    (PLAIN, "https://bl%6Fg.ashgrove.example/science"),
    ({"hosts": ["-a.example"], "path_prefixes": ["/"]}, "https://-a.example/"),
    ({"hosts": ["a-.example"], "path_prefixes": ["/"]}, "https://a-.example/"),
    ({"hosts": ["a_b.example"], "path_prefixes": ["/"]}, "https://a_b.example/"),
    ({"hosts": ["a" * 64 + ".example"], "path_prefixes": ["/"]}, f"https://{'a' * 64}.example/"),
    ({"hosts": ["a." * 130 + "example"], "path_prefixes": ["/"]}, f"https://{'a.' * 130}example/"),
    ({"hosts": ["*.example"], "path_prefixes": ["/"]}, "https://a.example/"),
    ({"hosts": [f"{HOST}:443"], "path_prefixes": ["/"]}, f"https://{HOST}:443/"),
    # look-alikes and other international names
    (PLAIN, "https://ｂlog.ashgrove.example/science"),
    (PLAIN, "https://ⓑlog.ashgrove.example/science"),
    (PLAIN, "https://blоg.ashgrove.example/science"),
    (PLAIN, "https://blog.ashgrove.example\u200b/science"),
    (PLAIN, "https://bl\u00adog.ashgrove.example/science"),
    (PLAIN, "https://blog.ash\u200dgrove.example/science"),
    (NAMES, "https://Bücher.example/"),
    (NAMES, "https://BÜCHER.example/"),
    (NAMES, "https://bu\u0308cher.example/"),
    (NAMES, "https://fass.example/"),
    (NAMES, "https://xn--fass.example/"),
    (NAMES, "https://xn--.example/"),
    (NAMES, "https://xn--bcher-kva\u3002example/"),
    ({"hosts": ["xn--zzzzzz.example"], "path_prefixes": ["/"]}, "https://xn--zzzzzz.example/"),
    ({"hosts": ["☃.example"], "path_prefixes": ["/"]}, "https://☃.example/"),
    # paths
    (PLAIN, f"https://{HOST}"),
    (PLAIN, f"https://{HOST}/"),
    (PLAIN, f"https://{HOST}/sciences"),
    (PLAIN, f"https://{HOST}/scienc"),
    (PLAIN, f"https://{HOST}/Science"),
    (PLAIN, f"https://{HOST}/other/science"),
    (PLAIN, f"https://{HOST}//science"),
    (PLAIN, f"https://{HOST}/science//a"),
    (PLAIN, f"https://{HOST}/science/a//"),
    (PLAIN, f"https://{HOST}/science/."),
    (PLAIN, f"https://{HOST}/science/.."),
    (PLAIN, f"https://{HOST}/science/../admin"),
    (PLAIN, f"https://{HOST}/./science"),
    (PLAIN, f"https://{HOST}/x/../science"),
    (PLAIN, f"https://{HOST}/science/%2e%2e/admin"),
    (PLAIN, f"https://{HOST}/science/.%2E/admin"),
    (PLAIN, f"https://{HOST}/science/..;/admin"),
    (PLAIN, f"https://{HOST}/science%2Fadmin"),
    (PLAIN, f"https://{HOST}/science%5cadmin"),
    (PLAIN, f"https://{HOST}/science\\admin"),
    (PLAIN, f"https://{HOST}/science/a%2eb"),
    (PLAIN, f"https://{HOST}/science/%252e"),
    (PLAIN, f"https://{HOST}/science/100%25"),
    (PLAIN, f"https://{HOST}/science/%"),
    (PLAIN, f"https://{HOST}/science/%4"),
    (PLAIN, f"https://{HOST}/science/%zz"),
    (PLAIN, f"https://{HOST}/science/%u002e"),
    (PLAIN, f"https://{HOST}/science/%00"),
    (PLAIN, f"https://{HOST}/science/%0d%0aHost:x"),
    (PLAIN, f"https://{HOST}/science/%7f"),
    (PLAIN, f"https://{HOST}/science/%C2%85"),
    (PLAIN, f"https://{HOST}/science/%E2%80%AE"),
    (PLAIN, f"https://{HOST}/science/%E2%80%A8"),
    (PLAIN, f"https://{HOST}/science/%C2%AD"),
    (PLAIN, f"https://{HOST}/science/%c0%af"),
    (PLAIN, f"https://{HOST}/science/%ff"),
    (PLAIN, f"https://{HOST}/science/%ed%a0%80"),
    (PLAIN, f"https://{HOST}/science/café"),
    (PLAIN, f"https://{HOST}/science/a b"),
    (PLAIN, f"https://{HOST}/science/a\tb"),
    (PLAIN, f"https://{HOST}/science/a\nb"),
    (PLAIN, f"https://{HOST}/science\x00"),
    (PLAIN, f"https://{HOST}/science/\u202e"),
    (PLAIN, f"https://{HOST}/science/\ud800"),
    (PLAIN, f"\tht\ntps://{HOST}/science"),
    (PLAIN, f"https://{HOST}/science\r\n"),
    (LETTERS, f"https://{HOST}/cafe%CC%81"),
    (LETTERS, f"https://{HOST}/caf"),
    ({"hosts": [HOST], "path_prefixes": []}, f"https://{HOST}/"),
    ({"hosts": [HOST], "path_prefixes": [""]}, f"https://{HOST}/"),
    ({"hosts": [HOST], "path_prefixes": ["science"]}, f"https://{HOST}/science"),
    ({"hosts": [HOST], "path_prefixes": ["/a/../b"]}, f"https://{HOST}/b"),
    ({"hosts": [], "path_prefixes": ["/"]}, f"https://{HOST}/"),
    # fragments and queries
    (PLAIN, f"https://{HOST}/science#"),
    (PLAIN, f"https://{HOST}/science#top"),
    (PLAIN, f"https://{HOST}/science?"),
    (PLAIN, f"https://{HOST}/science?page=1"),
    (PLAIN, f"https://{HOST}?"),
    (QUERY, f"https://{HOST}/feed?other=1"),
    (QUERY, f"https://{HOST}/feed?page=1&page=2"),
    (QUERY, f"https://{HOST}/feed?page=1;q=2"),
    (QUERY, f"https://{HOST}/feed?page=1%3b;"),
    (QUERY, f"https://{HOST}/feed?p%61ge=1"),
    (QUERY, f"https://{HOST}/feed?Page=1"),
    (QUERY, f"https://{HOST}/feed?page=1&"),
    (QUERY, f"https://{HOST}/feed?&page=1"),
    (QUERY, f"https://{HOST}/feed?=1"),
    (QUERY, f"https://{HOST}/feed?page=1#x"),
    (QUERY, f"https://{HOST}/feed?page=%0d%0a"),
    (QUERY, f"https://{HOST}/feed?page=%00"),
    (QUERY, f"https://{HOST}/feed?page=%ff"),
    (QUERY, f"https://{HOST}/feed?page=%"),
    (QUERY, f"https://{HOST}/feed?page=é"),
    (QUERY, f"https://{HOST}/feed?page=a b"),
    (QUERY, f"https://{HOST}/feed?page[]=1"),
    (QUERY, f"https://{HOST}/feed?format=xml"),
    (QUERY, f"https://{HOST}/feed?format="),
    (QUERY, f"https://{HOST}/feed?format"),
    (QUERY, f"https://{HOST}/feed?format=JSON"),
    (QUERY, f"https://{HOST}/feed?format=json%20"),
    (QUERY, f"https://{HOST}/feed?format=json&format=json"),
    (QUERY, f"https://{HOST}/feed?page=1?other=2&x=3"),
]


@pytest.mark.parametrize(("scope", "url"), ALLOWED)
def test_an_address_inside_the_scope_is_allowed(scope: dict, url: str) -> None:
    """What the scope names, in any spelling that means exactly it, is allowed."""
    assert answer({"id": 1, "scope": scope, "url": url})["outcome"] == "allowed"


@pytest.mark.parametrize(("scope", "url"), REFUSED)
def test_an_address_outside_the_scope_is_refused_with_a_reason(scope: dict, url: str) -> None:
    """Everything else is refused, and the refusal says why in a sentence."""
    said = answer({"id": 1, "scope": scope, "url": url})
    assert said["outcome"] == "refused"
    assert said["why"].endswith(".")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "get", "OPTIONS", "CONNECT", ""])
def test_only_reading_exists(method: str) -> None:
    """GET and HEAD are the only methods there are."""
    line = {"id": 1, "scope": WHOLE, "url": f"https://{HOST}/"}
    assert answer({**line, "method": method})["outcome"] == "refused"
    assert answer({**line, "method": "HEAD"})["outcome"] == "allowed"


@pytest.mark.parametrize(
    "line",
    [
        {"scope": WHOLE, "url": "https://a.example/"},
        {"id": 1, "url": "https://a.example/"},
        {"id": 1, "scope": WHOLE},
        {"id": 1, "scope": WHOLE, "url": 7},
        {"id": 1, "scope": [], "url": ""},
        {"id": 1, "scope": {"hosts": [HOST]}, "url": ""},
        {"id": 1, "scope": {"path_prefixes": ["/"]}, "url": ""},
        {"id": 1, "scope": {**WHOLE, "hosts": HOST}, "url": ""},
        {"id": 1, "scope": {**WHOLE, "ports": ["443"]}, "url": ""},
        {"id": 1, "scope": {**WHOLE, "ports": [True]}, "url": ""},
        {"id": 1, "scope": {**WHOLE, "query": {"a": 1}}, "url": ""},
        {"id": 1, "scope": {**WHOLE, "query_keys": "a"}, "url": ""},
        {"id": 1, "scope": WHOLE, "url": "", "method": None},
    ],
)
def test_a_line_that_cannot_be_decided_is_an_error(line: dict) -> None:
    """Missing keys and wrong types are errors, not verdicts."""
    with pytest.raises(BadInput):
        answer(line)


def test_an_empty_scope_covers_nothing() -> None:
    """Empty means no, for a grant as for a scope."""
    assert allowed(Grant(id="G"), f"https://{HOST}/") is not None


def test_a_fixed_value_stays_fixed_where_its_key_is_also_free() -> None:
    """Of two permissions for one key the narrower counts."""
    scope = {**WHOLE, "query_keys": ["page"], "query": {"page": "1"}}
    url = f"https://{HOST}/?page="
    assert answer({"id": 1, "scope": scope, "url": f"{url}1"})["outcome"] == "allowed"
    assert answer({"id": 1, "scope": scope, "url": f"{url}2"})["outcome"] == "refused"


def test_what_is_sent_is_what_was_checked() -> None:
    """The target leaves in exactly the characters that were given."""
    grant = Grant(id="G", hosts=(HOST,), path_prefixes=("/",), query_keys=("q",))
    address = check(grant, f"https://{HOST}/%7Ea/b'|c?q=%41|\"")
    assert address.target == "/%7Ea/b'|c?q=%41|\""
    assert check(grant, f"https://{HOST.upper()}:443").target == "/"
    assert check(grant, f"https://{HOST}?q=1").target == "/?q=1"


def test_the_address_of_an_item_is_held_against_host_and_path_only() -> None:
    """Addresses that items carry are shown, never asked; their query and scheme do not matter."""
    grant = Grant(id="G", hosts=(HOST,), path_prefixes=("/science",))
    assert covers(grant, f"http://{HOST}/science/1?utm_source=feed#top")
    assert not covers(grant, f"http://{HOST}/private/1")
    assert not covers(grant, "https://evil.example/science/1")
    assert not covers(grant, "not an address")


@given(st.text(max_size=60))
def test_any_text_is_decided_without_falling_over(text: str) -> None:
    """Whatever somebody types is allowed or refused, never an exception of another kind."""
    grant = Grant(id="G", hosts=(HOST,), path_prefixes=("/",), query_keys=("a",))
    for url in (text, f"https://{text}", f"https://{HOST}/{text}", f"https://{HOST}/?a={text}"):
        verdict = allowed(grant, url)
        assert verdict is None or verdict.endswith(".")


@given(st.text(alphabet="abc./%:@?#[]\\ 0x-é;&=", max_size=40))
def test_an_accepted_address_prints_as_one_that_reads_the_same(text: str) -> None:
    """What parses prints back to itself."""
    try:
        address = parse(f"https://a{text}")
    except Unfit:
        return
    assert parse(str(address)) == address


def test_deciding_addresses_loads_no_network_code() -> None:
    """`try address` starts without sockets, TLS, or an HTTP library."""
    code = (
        "import sys; import recruitcheck.cli.trying_address; "
        "print([m for m in ('httpx', 'httpcore', 'socket', 'ssl', 'bs4', 'lxml', 'protego') "
        "if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=unmeasured()
    )
    assert run.stdout.strip() == "[]"
