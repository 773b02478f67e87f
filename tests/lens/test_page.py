"""Reading pages: which words are read, how they fall into passages, what hostile markup does."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitcheck.errors import BadInput
from recruitcheck.sources import markup, page


def _passages(body: str | bytes, type: str = "text/html") -> list[str]:
    read = page.read(body, type)
    return [read.extracted[block.start : block.end] for block in read.blocks]


def test_a_link_does_not_split_a_sentence() -> None:
    """Inline elements join, so a claim with a link inside stays one passage."""
    assert _passages(
        "<p>The <a href='/x'>Puzzle <b>Friday</b></a> blog has <i>40</i> posts.</p>"
    ) == ["The Puzzle Friday blog has 40 posts."]


def test_block_elements_end_a_passage() -> None:
    """Paragraphs, list items, headings and bare text beside blocks are passages of their own."""
    html = "<div>Before<h2>Heading</h2><p>One</p>between<ul><li>Two<li>Three</ul>After</div>"
    assert _passages(html) == ["Before", "Heading", "One", "between", "Two", "Three", "After"]


def test_what_is_not_the_page_itself_is_passed_over() -> None:
    """Menus, footers, asides, scripts, styles, templates, images and titles are not read."""
    html = """<head><title>title words</title><style>p{content:"style words"}</style></head>
    <nav>menu words</nav><div role="navigation">role words</div><aside>aside words</aside>
    <script>var x = "script words"</script><template><p>template words</p></template>
    <noscript>noscript words</noscript><img src="x" alt="alternative words" title="tip words">
    <svg><text>svg words</text></svg><select><option>option words</option></select>
    <p>Kept.</p><footer><p>footer words</p></footer>"""
    assert _passages(html) == ["Kept."]


@pytest.mark.parametrize(
    "comments",
    [
        '<div id="comments"><p>nasty</p></div>',
        '<ol class="comment-list"><li><article class="comment-body">nasty</article></ol>',
        '<section class="wide comments-area"><h2>2 replies</h2><p>nasty</p></section>',
        '<div itemprop="comment"><span>nasty</span></div>',
        '<div id="disqus_thread">nasty</div>',
        '<div class="post-comments"><p>nasty</p></div>',
        '<ul id="reader-comments-list"><li>nasty</ul>',
        '<div class="comment_wrap">nasty</div>',
    ],
)
def test_other_peoples_comments_are_not_read(comments: str) -> None:
    """Comment containers are dropped whole, and what follows them is read again."""
    assert _passages(f"<p>Post.</p>{comments}<p>After.</p>") == ["Post.", "After."]


def test_a_page_wrapped_in_a_form_is_read() -> None:
    """Some engines put the whole page into one form; the form's words are read."""
    html = '<form id="aspnetForm"><input value="secret"><div><p>School news.</p></div></form>'
    assert _passages(html) == ["School news."]


def test_margins_are_dropped_unless_the_page_is_one() -> None:
    """A sidebar is left out; a page that calls its own middle a sidebar is read all the same."""
    body = "<p>The article itself, which is the longest part of this page by far.</p>"
    margin = '<div class="sidebar"><p>Follow us</p></div>'
    assert _passages(body + margin) == [
        "The article itself, which is the longest part of this page by far."
    ]
    assert _passages(f'<div class="sidebar">{body}</div>') == [
        "The article itself, which is the longest part of this page by far."
    ]


@pytest.mark.parametrize(
    "names",
    [
        *('class="cookie-consent-banner"', 'id="gdpr-cookie-notice"', 'id="onetrust-banner-sdk"'),
        *('class="cc-window cc-banner"', 'class="cookies-popup open"', 'id="cmplz-cookiebanner"'),
        *('class="related"', 'class="wp-block-related-posts"', 'class="yarpp yarpp-related"'),
        *('class="recent-posts-widget"', 'class="you-may-also-like"', 'class="post-navigation"'),
        *('class="navfooter"', 'class="sphinxsidebar"', 'id="sidebar-right"', 'class="pagination"'),
        *('class="site-footer"', 'class="entry-footer"', 'class="share-buttons"', 'class="toc"'),
        *('class="newsletter-signup"', 'class="author-bio"', 'class="social-links"'),
    ],
)
def test_what_stands_around_every_page_is_left_out(names: str) -> None:
    """Consent banners, other posts, ways through the site and edges are known by their names."""
    body = "<p>The article itself.</p>"
    assert (
        _passages(f"{body}<div {names}><p>Everywhere the same.</p></div>{body}")
        == ["The article itself."] * 2
    )


@pytest.mark.parametrize(
    "names",
    [
        *('class="post no-comments has-sidebar"', 'class="cookie-recipe"', 'id="social-studies"'),
        *('class="newsletter-archive"', 'class="latest-news"', 'class="share-your-work"'),
        *('class="comment-count"', 'class="content with-sidebar"', 'class="consent-to-films"'),
    ],
)
def test_names_of_the_pages_own_parts_are_no_margins(names: str) -> None:
    """A layout, a recipe for cookies or a newsletter's archive is read."""
    assert _passages(f"<p>Start.</p><div {names}><p>Own words.</p></div>") == [
        "Start.",
        "Own words.",
    ]


def test_a_programmers_remark_is_part_of_the_program() -> None:
    """`comment` on an inline element colours source text; nobody else wrote it."""
    html = '<pre><span class="comment"># marks the timetable</span> print(1)</pre>'
    assert _passages(html) == ["# marks the timetable print(1)"]


def test_a_short_post_between_long_margins_stays_alone() -> None:
    """Lists of other posts do not come back because they are longer than the post."""
    margin = f'<div class="sidebar"><p>{"Other posts. " * 40}</p></div>'
    post = "A post of one sentence, which is shorter than everything around it."
    assert _passages(f"{margin}<p>{post}</p>") == [post]


def test_a_name_made_to_tire_is_read_quickly() -> None:
    """Names are matched in time that follows their length."""
    name = "a-" * 29 + "!"
    html = "".join(f'<div class="{name}{n} cookie{"-a" * 27}!">x</div>' for n in range(2_000))
    assert len(_passages(html)) == 2_000


def test_an_unclosed_menu_does_not_swallow_the_page() -> None:
    """The main element is read even where a menu before it was never closed."""
    assert _passages("<nav><a>Home</a><main><p>Content.</p></main>") == ["Content."]


def test_table_rows_stay_together_and_layout_tables_come_apart() -> None:
    """Short cells of one row are one passage; long cells are passages of their own."""
    results = "<table><tr><th>2018<td>Second prize<td>Dry stone walling</table>"
    assert _passages(results) == ["2018 | Second prize | Dry stone walling"]
    long = "Words of a whole column that an old page lays out in a table, " * 3
    assert _passages(f"<table><tr><td>{long}<td>Menu</table>") == [long.strip(), "Menu"]


def test_broken_lines_join_and_list_lines_do_not() -> None:
    """A line that a narrow column broke is joined; items, titles and paragraphs stay apart."""
    html = (
        "<p>This line was broken by hand because the column was<br>narrow.<br><br>A new one.</p>"
        "<pre>- first item of a list that is quite long indeed, yes\n- second item</pre>"
    )
    assert _passages(html) == [
        "This line was broken by hand because the column was narrow.",
        "A new one.",
        "- first item of a list that is quite long indeed, yes",
        "- second item",
    ]


def test_offsets_point_into_the_extracted_text() -> None:
    """Blocks are half-open spans in code points, in order, one line feed apart."""
    read = page.read("<p>Ein Häuschen 🏡 am See</p><p>zwei</p>", "text/html")
    assert read.extracted == "Ein Häuschen 🏡 am See\nzwei"
    assert [(b.start, b.end) for b in read.blocks] == [(0, 21), (22, 26)]


def test_invisible_and_direction_signs_are_removed() -> None:
    """Control characters, direction overrides and zero-width signs never come out of a page."""
    text = page.read("<p>a\u202eb\u2066c\u200bd\x1b[31me\x9bf\ufeffg\u00adh\u0085i\x00</p>", "")
    assert not markup.CONTROLS.search(text.extracted)
    assert text.extracted.startswith("abcd[31mefgh")


def test_joiners_that_a_script_needs_stay() -> None:
    """Emoji families and Persian words keep the joiners they are written with."""
    assert _passages("<p>👩\u200d🔬 می\u200cخواهم</p>") == ["👩\u200d🔬 می\u200cخواهم"]


@pytest.mark.parametrize(
    ("body", "type"),
    [
        ("<p>größer</p>".encode("utf-8-sig"), "text/html"),
        ("<p>größer</p>".encode("utf-16"), "text/html"),
        ('<meta charset="iso-8859-1"><p>größer</p>'.encode("latin-1"), "text/html"),
        ('<meta charset="windows-1252"><p>größer</p>'.encode("cp1252"), ""),
        ("größer".encode("latin-1"), "text/plain"),
        ('<meta charset="iso-8859-12"><p>größer</p>'.encode("cp1252"), "text/html"),
        ('<meta charset="punycode"><p>größer</p>'.encode("cp1252"), "text/html"),
        ('<meta charset="koi8-r"><p>привет</p>'.encode("koi8-r"), "text/html"),
    ],
)
def test_encodings_are_recognised(body: bytes, type: str) -> None:
    """Byte order mark, UTF-8 and what the page declares decide how bytes are read."""
    assert _passages(body, type) in (["größer"], ["привет"])


def test_json_gives_its_texts_only() -> None:
    """Of JSON the texts are read; addresses, names of images, biographies and comments are not."""
    body = {
        "title": {"rendered": "Puzzle &#8211; Friday"},
        "content": "<p>First <b>text</b>.</p><p>Second.</p>",
        "link": "https://blog.example/1",
        "date": "2024-01-01T10:00:00Z",
        "author": {"bio": "mother of three", "avatar_url": "https://x.example/a.png"},
        "comments": ["nasty"],
        "tags": ["geometry"],
    }
    assert _passages(json.dumps(body), "application/json") == [
        "Puzzle – Friday",
        "First text.",
        "Second.",
        "geometry",
    ]


@pytest.mark.parametrize("type", ["application/rss+xml", "text/xml", ""])
def test_feeds_give_titles_and_texts(type: str) -> None:
    """Of a feed titles and texts are read, escaped or in CDATA; authors and links are not."""
    feed = """<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title>
    <item><title>Post</title><author>someone@x.example</author><link>https://x.example</link>
    <description>&lt;p&gt;Escaped text.&lt;/p&gt;</description>
    <content:encoded xmlns:content="c"><![CDATA[<p>Full <i>text</i>.</p>]]></content:encoded>
    </item></channel></rss>"""
    assert _passages(feed, type) == ["Blog", "Post", "Escaped text.", "Full text."]


def test_atom_entries_with_markup_inside_are_read() -> None:
    """XHTML inside an Atom entry is read like a page."""
    feed = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title>
    <author><name>Somebody</name></author><content type="xhtml">
    <div xmlns="http://www.w3.org/1999/xhtml"><p>One <b>two</b>.</p><p>Three.</p></div>
    </content></entry></feed>"""
    assert _passages(feed, "application/atom+xml") == ["T", "One two.", "Three."]


def test_feeds_with_entities_of_their_own_are_refused() -> None:
    """A feed that declares entities is not read, so none can grow."""
    bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><rss><title>&a;</title></rss>'
    with pytest.raises(BadInput):
        page.read(bomb, "application/rss+xml")


def test_plain_text_keeps_its_paragraphs() -> None:
    """Text wrapped by hand is joined within paragraphs; short lines stay apart."""
    text = "Dear all,\n\nthis paragraph was wrapped at sixty characters\nby the author.\n\nYours\n"
    assert _passages(text, "text/plain") == [
        "Dear all,",
        "this paragraph was wrapped at sixty characters by the author.",
        "Yours",
    ]


@pytest.mark.parametrize(
    ("body", "type"),
    [
        ("x" * (page.MOST_BYTES + 1), "text/plain"),
        ("ü" * (page.MOST_BYTES // 2 + 1), "text/html"),
        ("{", "application/json"),
        ("[" * 100_000, "application/json"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "text/html"),
    ],
)
def test_what_cannot_be_read_is_refused_without_its_words(body: str | bytes, type: str) -> None:
    """Too large, malformed or binary bodies end as an error that repeats nothing of them."""
    with pytest.raises(BadInput) as caught:
        page.read(body, type)
    assert caught.value.hint
    assert len(str(caught.value)) < 200


BOMBS = {
    "nested blocks": "<div>" * 180_000 + "end" + "</div>" * 170_000,
    "nested and never closed": "<p><b><i>" * 100_000 + "end",
    "nested links": "<a href=x>" * 150_000 + "end",
    "nested tables": "<table><tr><td>" * 60_000 + "end",
    "nested forms": "<form>" * 200_000 + "end",
    "nested asides": "<aside>" * 100_000 + "</aside>" * 100_000 + "<p>end",
    "many attributes": "<p " + " ".join(f"a{n}=x" for n in range(200_000)) + ">end",
    "one huge attribute": '<p title="' + "x" * 2_000_000 + '">end',
    "many classes": '<p class="' + "c " * 900_000 + '">end',
    "ampersands": "&" * 2_000_000 + "<p>end",
    "open brackets": "<" * 2_000_000 + "<p>end",
    "breaks": "<br>" * 400_000 + "<p>end",
    "cells": "<table><tr>" + "<td>x" * 300_000 + "</table><p>end",
    "empty comments": "<!---->" * 250_000 + "<p>end",
    "svg inside svg": "<svg><g>" * 100_000 + "</g></svg>" * 100_000 + "<p>end",
}


@pytest.mark.parametrize("body", BOMBS.values(), ids=BOMBS)
def test_hostile_markup_is_read_to_its_end(body: str) -> None:
    """Nesting, floods of attributes and open elements neither break the reader nor lose text."""
    assert page.read(body[: page.MOST_BYTES], "text/html").extracted.endswith("end")


@settings(max_examples=150)
@given(st.text(alphabet="<>/&;\"'= abpdivtrlkq#!-[]{}:\n\x00\ud800é🏡", max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """Whatever stands in a page, reading it gives text and spans that fit."""
    for type in ("text/html", "text/plain", "application/xhtml+xml", ""):
        read = page.read(text, type)
        assert all(0 <= b.start < b.end <= len(read.extracted) for b in read.blocks)
