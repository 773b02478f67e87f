"""The invented trust of the demo: its people, posts, applicants, papers and web pages.

Nobody here exists. Hosts end in `.example`, which no real site can have, and every address carries
the port of the demo's own server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recruitcheck.demo.site import Answer
from recruitcheck.records import DocumentKind, Role

ORGANISATION = "Larkfield Learning Trust"
PASSPHRASE = "larkfield-demo"
"""Everybody's, so that whoever tries the app can keep it in mind. Nobody here is real."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who works at the trust and holds keys."""

    name: str
    roles: tuple[Role, ...]
    passphrase: str


HR = Member(name="Ruth Okafor", roles=(Role.HR,), passphrase=PASSPHRASE)
RECRUITER = Member(name="Daniel Price", roles=(Role.RECRUITER,), passphrase=PASSPHRASE)
PANEL = Member(name="Tom Ellis", roles=(Role.RECRUITER,), passphrase=PASSPHRASE)
EQUALITY = Member(name="Meera Shah", roles=(Role.EQUALITY,), passphrase=PASSPHRASE)
MEMBERS = (HR, RECRUITER, PANEL, EQUALITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A vacancy of the trust."""

    reference: str
    title: str
    school: str
    requirements: tuple[str, ...]
    advert: str


MATHS = Post(
    reference="LA-2026-14",
    title="Teacher of Mathematics with enrichment",
    school="Larkfield Academy",
    requirements=(
        "Qualified teacher status",
        "Makes mathematics attractive outside lessons: clubs, competitions, a blog",
        "Writes clearly for pupils and their families",
    ),
    advert="Teacher of mathematics, enrichment, clubs, competitions, Larkfield Academy.",
)
OUTREACH = Post(
    reference="BM-2026-03",
    title="Communications and Outreach Officer",
    school="Beacon Mill Primary School",
    requirements=(
        "Has run the public account of a school or charity",
        "Has published writing about education",
        "Works well with families and the local community",
    ),
    advert="Communications officer, school social media, writing, Beacon Mill Primary School.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An invented applicant, with the paper they sent."""

    name: str
    post: Post
    filename: str
    kind: DocumentKind
    claims: Mapping[str, str]
    """What the application says, by the name under which the story speaks of it."""
    paragraphs: tuple[str, ...]
    """The paper's other words; `{claim}` stands where a claim stands."""
    form: tuple[tuple[str, str], ...] = ()

    def text(self) -> tuple[str, ...]:
        """The paragraphs with the claims in their places."""
        return tuple(paragraph.format_map(dict(self.claims)) for paragraph in self.paragraphs)


BLOG = "fridaypuzzles.example"
MAGAZINE = "primaryreader.example"
CANAL = "canalnotes.example"
ELSEWHERE = "faces.example"


def applicants(port: int) -> tuple[Person, ...]:
    """The five applicants; addresses in their papers carry the port of the demo's site."""
    return (_priya(port), _owen(), _laura(port), _samuel(), _grace(port))


def _priya(port: int) -> Person:
    return Person(
        name="Priya Nair",
        post=MATHS,
        filename="priya-nair-cv.pdf",
        kind=DocumentKind.CV,
        claims={
            "blog": f"I write Friday Puzzles, a weekly maths puzzle blog for families, at "
            f"https://{BLOG}:{port}/ since September 2021"
        },
        paragraphs=(
            "Mathematics teacher, eight years, most recently at Ashby Vale School.",
            "2018 to 2026: teacher of mathematics, Key Stages 3 and 4; led the puzzle club.",
            "{blog}.",
            "Qualified teacher status 2018. BSc Mathematics, 2017. Full driving licence.",
        ),
    )


def _owen() -> Person:
    return Person(
        name="Owen Blake",
        post=OUTREACH,
        filename="application-form.docx",
        kind=DocumentKind.FORM,
        claims={
            "account": "From 2022 to 2024 I ran the school's Instagram account, @ashdownprimary, "
            "for Ashdown Primary School and posted about its reading week every March"
        },
        paragraphs=(
            "Supporting statement",
            "{account}.",
            "I enjoy working with families and would bring the same care to Beacon Mill.",
        ),
        form=(
            ("Post applied for", OUTREACH.title),
            ("Present employer", "Ashdown Primary School"),
            ("Notice period", "One month"),
        ),
    )


def _laura(port: int) -> Person:
    return Person(
        name="Laura Finch",
        post=OUTREACH,
        filename="laura-finch-letter.pdf",
        kind=DocumentKind.LETTER,
        claims={
            "article": "I wrote the article 'Reading Aloud to Reluctant Readers', published in "
            f"March 2023 at https://{MAGAZINE}:{port}/articles/reading-aloud"
        },
        paragraphs=(
            "Dear Headteacher, I am applying for the post of Communications and Outreach Officer.",
            "{article}.",
            "Since 2019 I have led communications at a community library.",
            "Yours faithfully, Laura Finch",
        ),
    )


def _samuel() -> Person:
    return Person(
        name="Samuel Adeyemi",
        post=MATHS,
        filename="samuel-adeyemi-cv.docx",
        kind=DocumentKind.CV,
        claims={
            "union": "Since 2020 I have been branch secretary of the Larkshire Teachers' Union and "
            "written its newsletter, Chalk Lines",
            "competition": "Our team won the Larkshire Schools' Bridge Building Challenge in 2024",
        },
        paragraphs=(
            "Teacher of mathematics and design technology.",
            "{competition}.",
            "{union}.",
            "I am a warm and patient person who gets on with everyone.",
        ),
    )


def _grace(port: int) -> Person:
    return Person(
        name="Grace Whitfield",
        post=OUTREACH,
        filename="grace-whitfield-cv.docx",
        kind=DocumentKind.CV,
        claims={"blog": f"I write Canal Notes, a local history blog, at https://{CANAL}:{port}/"},
        paragraphs=(
            "Communications assistant, Larkshire Canal Trust, 2020 to 2026.",
            "{blog}.",
            "Certificate in digital communications, 2021.",
        ),
    )


def site(port: int) -> dict[str, dict[str, Answer]]:
    """What the invented hosts answer: the pages, and the redirect that leaves its scope."""
    return {
        BLOG: {"/": Answer(body=_FRIDAY_PUZZLES)},
        MAGAZINE: {"/articles/reading-aloud": Answer(body=_READING_ALOUD)},
        CANAL: {"/": Answer(status=302, location=f"https://{ELSEWHERE}:{port}/grace.whitfield")},
        ELSEWHERE: {"/grace.whitfield": Answer(body=_NEVER_SEEN)},
    }


_FRIDAY_PUZZLES = """<!doctype html><html lang="en"><head><title>Friday Puzzles</title></head><body>
<header><nav><a href="/about">About me</a> <a href="/photos">Family photos</a></nav></header>
<main><article><h1>Friday Puzzles</h1>
<p>Friday Puzzles is a weekly maths puzzle blog for families, written by Priya Nair.</p>
<p>A new maths puzzle has appeared every week since September 2021.</p>
<p>My wife and I are expecting our second child in May.</p>
<p>After Sunday worship we usually try the puzzle out on the youth group.</p>
<p>This week: how many squares are there on a chessboard?</p>
</article></main>
<section class="comments"><p>Lovely! Anita Rao, Leeds</p></section>
<footer>Follow me elsewhere</footer></body></html>"""

_READING_ALOUD = """<!doctype html><html lang="en"><head>
<title>Reading Aloud to Reluctant Readers</title>
<meta property="article:published_time" content="2023-03-14T09:00:00+00:00">
</head><body><main><article>
<h1>Reading Aloud to Reluctant Readers</h1>
<p><time datetime="2023-03-14T09:00:00Z">14 March 2023</time></p>
<p>The article 'Reading Aloud to Reluctant Readers' was written by the magazine's editors and first
published in March 2023.</p>
<p>Subscribe to our newsletter for more.</p>
</article></main></body></html>"""

_NEVER_SEEN = "<p>If the demo ever shows this sentence, a redirect was followed out of scope.</p>"
