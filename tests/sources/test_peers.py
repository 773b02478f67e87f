"""Against real servers: nginx, WordPress with MariaDB, MediaWiki, searx, an AT repository."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import peers
import pytest
from hostile import fetch
from told import granted

from recruitcheck import sources
from recruitcheck.errors import GrantError, LookupFailed
from recruitcheck.records import Grant, Item
from recruitcheck.sources import items, web

HOST = "blog.ashgrove.example"
PAGES = {
    "robots.txt": "User-agent: *\nDisallow: /private/\n",
    "new.html": "<!doctype html><title>Club</title><p>We met every week in 2024. Café.</p>" * 20,
    "private/diary.html": "<!doctype html><p>Not for robots.</p>",
    "feed.rss": "<?xml version='1.0'?><rss version='2.0'><channel><item><title>Fungi walk</title>"
    f"<link>http://{HOST}/new.html</link><pubDate>Tue, 05 Mar 2024 09:00:00 +0000</pubDate>"
    "</item></channel></rss>",
    "picture.png": "\x89PNG",
    "found.json": json.dumps(
        {"results": [{"url": f"http://{HOST}/new.html", "title": "Science club",
                      "content": "an extract"}]}
    ),
}  # fmt: skip


@dataclass
class Place:
    """A real server on loopback."""

    port: int

    def url(self, path: str = "/") -> str:
        """Address under the granted name."""
        return f"http://{HOST}:{self.port}{path}"

    def here(self, grant: Grant) -> Grant:
        """The rules' grant, led to this server: plain http, this port."""
        return replace(
            grant,
            schemes=("http",),
            ports=(self.port,),
            addresses=tuple(place.replace("https://", "") for place in grant.addresses),
            max_requests=20,
        )

    def collected(self, adapter: str, grant: Grant) -> list[Item]:
        """What the adapter finds through the real client, after the check on arrival."""
        found = sources.adapter(adapter).collect(grant, lambda url: fetch(grant, url))
        return [item for item in found if not items.admit(grant, item)]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder with a short name: paths of sockets have a small limit."""
    with tempfile.TemporaryDirectory(prefix="rc-") as name:
        yield Path(name)
    web.close()


@pytest.fixture(scope="module")
def nginx(folder: Path) -> Iterator[Place]:
    """nginx with a few pages."""
    (folder / "n").mkdir()
    with peers.nginx(folder / "n", PAGES) as port:
        yield Place(port)


@pytest.fixture(scope="module")
def blog(folder: Path) -> Iterator[Place]:
    """WordPress with posts of several years."""
    (folder / "w").mkdir()
    posts = [
        {"post_title": "Fungi walk", "post_date": "2024-03-05 09:00:00",
         "post_content": "<p>We counted <b>forty</b> mushrooms.</p>"},
        {"post_title": "Volcano", "post_date": "2023-05-05 09:00:00",
         "post_content": "Vinegar and soda."},
        {"post_title": "Long ago", "post_date": "2012-05-05 09:00:00", "post_content": "Old."},
        {"post_title": "Draft", "post_date": "2024-03-06 09:00:00", "post_content": "Unfinished.",
         "post_status": "draft"},
        {"post_title": "Secret", "post_date": "2024-03-07 09:00:00", "post_content": "Hidden.",
         "post_password": "x"},
        {"post_title": "Kept private", "post_date": "2024-03-08 09:00:00",
         "post_content": "Hidden.", "post_status": "private"},
    ]  # fmt: skip
    with peers.wordpress(folder / "w", HOST, posts) as port:
        yield Place(port)


@pytest.fixture(scope="module")
def wiki(folder: Path) -> Iterator[Place]:
    """MediaWiki with one article."""
    (folder / "m").mkdir()
    text = "The '''Ashgrove Prize''' was given to [[Ana Gomes]] in 2021."
    with peers.mediawiki(folder / "m", HOST, {"Ashgrove_Prize": text}) as port:
        yield Place(port)


# --- nginx ----------------------------------------------------------------------------------


@pytest.mark.needs("nginx")
def test_nginx_serves_pages_packed_and_redirected(nginx: Place) -> None:
    """A real server's packed pages, kept connections and redirects work."""
    grant = nginx.here(granted("web_page", f"I write https://{HOST}/ about science."))
    page = fetch(grant, nginx.url("/old"))
    assert page.url == nginx.url("/new.html")
    assert page.text.count("Café") == 20


@pytest.mark.needs("nginx")
def test_nginx_is_held_to_robots_types_and_scope(nginx: Place) -> None:
    """What the owner closed, what is no text, and what lies elsewhere stays unread."""
    grant = nginx.here(granted("web_page", f"I write https://{HOST}/ about science."))
    for path in ("/private/diary.html", "/picture.png", "/busy", "/missing.html"):
        with pytest.raises(LookupFailed):
            fetch(grant, nginx.url(path))
    with pytest.raises(LookupFailed):
        fetch(grant, nginx.url("/closed/"))
    with pytest.raises(GrantError):
        fetch(grant, nginx.url("/away"))


@pytest.mark.needs("nginx")
def test_a_feed_on_nginx(nginx: Place) -> None:
    """A feed with its own media type, packed."""
    grant = nginx.here(granted("feed", f"Since 2023 I write https://{HOST}/feed.rss weekly."))
    assert [item.title for item in nginx.collected("feed", grant)] == ["Fungi walk"]


# --- WordPress ------------------------------------------------------------------------------


@pytest.mark.needs("wordpress", "mariadbd")
def test_wordpress_gives_the_posts_of_the_claimed_time(blog: Place) -> None:
    """Through its own interface: no drafts, private posts, posts behind a password, other years."""
    grant = blog.here(granted("wordpress", f"From 2023 to 2024 I wrote https://{HOST} weekly."))
    found = blog.collected("wordpress", grant)
    assert [item.title for item in found] == ["Fungi walk", "Volcano"]
    assert "forty" in found[0].text and found[0].published is not None


@pytest.mark.needs("wordpress", "mariadbd")
def test_wordpress_is_narrowed_by_a_word(blog: Place) -> None:
    """Without dates the claim's own word narrows what the server sends."""
    grant = blog.here(granted("wordpress", f"My blog https://{HOST} tells of mushrooms."))
    assert [item.title for item in blog.collected("wordpress", grant)] == ["Fungi walk"]


@pytest.mark.needs("wordpress", "mariadbd")
def test_the_feed_and_a_page_of_wordpress(blog: Place) -> None:
    """The same blog by its feed, found from the front page, and by the address of one post."""
    grant = blog.here(granted("feed", f"Since 2023 I wrote the blog https://{HOST}/ weekly."))
    titles = [item.title for item in blog.collected("feed", grant)]
    assert "Fungi walk" in titles and "Long ago" not in titles
    quote = f"I wrote https://{HOST}/2024/fungi-walk about it."
    grant = blog.here(granted("web_page", quote))
    (page,) = blog.collected("page", grant)
    assert "forty" in page.text and "Volcano" not in page.title


@pytest.mark.needs("wordpress", "mariadbd")
def test_the_administration_of_wordpress_is_closed(blog: Place) -> None:
    """Its own robots file closes it to robots, whatever the scope says."""
    grant = blog.here(granted("web_page", f"I write https://{HOST}/ about science."))
    with pytest.raises(LookupFailed, match="asks programs"):
        fetch(grant, blog.url("/wp-admin/"))


# --- MediaWiki and searx --------------------------------------------------------------------


@pytest.mark.needs("mediawiki")
def test_an_article_of_mediawiki(wiki: Place) -> None:
    """By its interface where that is open, and by its page."""
    quote = f"I won the prize described at https://{HOST}/index.php/Ashgrove_Prize there."
    plain = granted("web_page", quote)
    grant = wiki.here(replace(plain, path_prefixes=(*plain.path_prefixes, "/rest.php/v1/page")))
    (article,) = wiki.collected("mediawiki", grant)
    assert "Ashgrove Prize" in article.text and "2021" in article.text
    (page,) = wiki.collected("mediawiki", wiki.here(plain))
    assert "2021" in page.text


@pytest.mark.needs("searx-run", "nginx")
def test_an_own_search_service_gives_candidates(nginx: Place, folder: Path) -> None:
    """The employer's own instance answers; its robots file has the last word."""
    (folder / "s").mkdir()
    (folder / "f").mkdir()
    ours = {"robots.txt": "User-agent: recruitcheck\nAllow: /search\n\nUser-agent: *\nDisallow: /"}
    with peers.searx(folder / "s", nginx.port) as port:
        own = replace(
            granted("supplied", "The blog on mycology."),
            hosts=(HOST,),
            path_prefixes=("/search",),
            query_keys=("q", "format"),
            terms=("mycology", "blog"),
        )
        # searx disallows `/*?*q=*` to robots, and the client obeys even the employer's own.
        with pytest.raises(LookupFailed, match="asks programs"):
            Place(port).collected("searxng", Place(port).here(own))
        way = f"location /search {{ proxy_pass http://127.0.0.1:{port}; }}"
        with peers.nginx(folder / "f", ours, way) as front:
            found = Place(front).collected("searxng", Place(front).here(replace(own, id="N-own")))
    assert [item.text for item in found] == [f"Science club\nhttp://{HOST}/new.html"]


# --- AT Protocol ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def repository(folder: Path) -> Iterator[Place]:
    """A repository server with two people: one posts, the other does not want to be shown."""
    (folder / "a").mkdir()
    with peers.at_repository(folder / "a") as port:
        yield Place(port)


def _posting(place: Place, handle: str) -> Grant:
    quote = f"Since 2023 I post on my server https://{handle} daily."
    return place.here(granted("at_repository", quote))


@pytest.mark.needs("atproto")
def test_an_at_repository_gives_own_posts_of_the_claimed_time(repository: Place) -> None:
    """Not what is old, an answer, a repost, taken back, or by somebody else."""
    found = repository.collected("at_repository", _posting(repository, "ana-gomes.test"))
    assert [item.text for item in found] == ["We counted forty mushrooms"]


@pytest.mark.needs("atproto")
def test_a_wish_not_to_be_shown_is_honoured_though_the_server_answers(repository: Place) -> None:
    """The real server answers all the same; the wish stands in the owner's profile record."""
    with pytest.raises(LookupFailed, match="not logged in"):
        repository.collected("at_repository", _posting(repository, "bob-gomes.test"))
