"""Pages as the engines that schools and hobby sites use would write them, made up on the spot.

Each page knows what on it answers a claim (`wanted`), what belongs to the engine (`boilerplate`),
and, where asked, a private statement planted somewhere. Six engines: a blog, a wiki, a forum, a
static site, a school's content system, and one that flattens everything into a single string.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

CLAIMS: dict[str, tuple[str, ...]] = {
    "I run a weekly maths puzzle blog, Puzzle Friday, used by teachers in six schools.": (
        "Puzzle Friday is a weekly maths puzzle blog.",
        "Six schools in the county now use Puzzle Friday in tutor time.",
        "Every puzzle on this blog comes with a hint for teachers.",
        "The two hundredth maths puzzle appeared this week.",
    ),
    "Lead developer of the trust's visitor sign-in app.": (
        "The visitor sign-in app was developed in house for the trust.",
        "Development of the sign-in app began after the old visitor book was lost.",
        "Visitors now sign in with an app on a tablet in reception.",
    ),
    "My allotment blog has run every week since 2015.": (
        "This allotment blog has been running weekly since 2015.",
        "The allotment had its first blog entry in March 2015.",
        "Another week on the allotment: the beans are up.",
    ),
    "I co-host the physics teaching podcast Free Body, 40 episodes since 2021.": (
        "Free Body is a podcast about physics teaching.",
        "Episode 40 of Free Body was published in June.",
        "The podcast Free Body started in 2021 in a prep room.",
    ),
    "Author of 'Fractions without Tears', a paid resource on TES.": (
        "Fractions without Tears is a set of forty worksheets.",
        "On TES the resource Fractions without Tears costs four pounds.",
        "Teachers report fewer tears over fractions since using these worksheets.",
    ),
    "Second prize, Yorkshire Dry Stone Walling Guild, 2018.": (
        "The guild gave its second prize in 2018 to a wall near Grassington.",
        "Results of the Yorkshire Dry Stone Walling Guild for 2018 follow.",
        "Dry stone walling prizes are awarded by the guild each August.",
    ),
    "I built our timetable as a single-page app, code at code.example/tt.": (
        "The timetable is a single-page app without a server.",
        "Code of the timetable app is at code.example/tt for anyone to copy.",
    ),
    "I direct the county youth opera; our Figaro was filmed in 2022.": (
        "The county youth opera filmed its Figaro in 2022.",
        "Auditions for the youth opera take place each September.",
        "Figaro was sung in the town hall with an orchestra of thirty.",
    ),
}

FILLER = (
    "The car park opens at eight and fills quickly.",
    "Lunch is served from noon until one.",
    "Bring a waterproof coat because the path is muddy.",
    "The library has bought a dozen new atlases.",
    "Buses leave from the north gate after the bell.",
    "Our hens laid nine eggs on Sunday.",
    "The roof of the gym was repaired over half-term.",
    "Slugs ate most of the lettuce again.",
    "A kettle and two mugs are all the equipment one needs.",
    "Rain stopped play at four and nobody minded.",
    "Some cakes were left over and went to the caretakers.",
    "The committee thanked everyone who moved chairs.",
    "Paint dries slowly in weather like that.",
    "Tickets cost three pounds at the door.",
    "A small exhibition of maps hangs in the corridor.",
    "Recycling bins have moved behind the kitchen.",
    "The microphone failed twice and was replaced.",
    "Nothing beats soup on a cold evening.",
    "The minutes of the meeting are on the noticeboard.",
    "Copper wire and a battery make a simple motor.",
    "The river was high and the footbridge closed.",
    "Old tins make good pots for seedlings.",
    "The heating engineer will call on Thursday.",
    "An ice pack helps with most bruises, says the first-aid poster.",
    "Fog hid the hills all morning.",
    "The trumpet section needs new music stands.",
    "Sharpened pencils are in the blue tray.",
    "Three benches were sanded and varnished.",
    "A robin followed the spade for an hour.",
    "The clock in the tower runs four minutes fast.",
    "Seed catalogues arrive when nobody has time to read them.",
    "The printer on the first floor jams on thick card.",
    "Goalposts are stored behind the shed in summer.",
    "Everything was swept and locked by six.",
    "Marmalade takes patience and a big pan.",
    "The fire drill took four minutes and ten seconds.",
)
LINKS = ("Home", "About", "News", "Contact", "Calendar", "Gallery", "Privacy", "Policies", "Search")
REMARKS = ("Great stuff, thanks!", "Does it work on a phone?", "First!", "See you there, everyone.")


@dataclass(frozen=True)
class Sample:
    """A page with what is known about it."""

    engine: str
    claim: str
    html: str
    wanted: tuple[str, ...]
    boilerplate: tuple[str, ...]
    planted: str = ""


def page(seed: int, *, claim: str | None = None, planted: str = "", bears: bool = False) -> Sample:
    """Make one page; the same seed makes the same page."""
    dice = random.Random(seed)
    claim = claim or dice.choice(tuple(CLAIMS))
    wanted = tuple(dice.sample(CLAIMS[claim], 2))
    paragraphs = [
        " ".join(dice.sample(FILLER, dice.randint(2, 4))) for _ in range(dice.randint(14, 26))
    ]
    for sentence in wanted:
        at = dice.randrange(len(paragraphs))
        paragraphs[at] = _among(dice, paragraphs[at], sentence)
    if planted and bears:
        at = next(n for n, text in enumerate(paragraphs) if wanted[0] in text)
        joined = dice.choice(("{}, and {}.", "{}, although {}.", "{} ({}).", "{}; {}.", "{} – {}."))
        told = joined.format(wanted[0].rstrip("."), planted)
        paragraphs[at] = paragraphs[at].replace(wanted[0], told)
    elif planted:
        at = dice.randrange(len(paragraphs))
        paragraphs[at] = _among(dice, paragraphs[at], f"{planted[0].upper()}{planted[1:]}.")
    engine = dice.choice(tuple(ENGINES))
    title = wanted[0].split(" is ")[0].rstrip(".")
    html, boilerplate = ENGINES[engine](dice, title, [escape(text) for text in paragraphs])
    return Sample(engine, claim, html, wanted, boilerplate, planted)


def _among(dice: random.Random, paragraph: str, sentence: str) -> str:
    sentences = paragraph.split(". ")
    sentences = [s if s.endswith(".") else f"{s}." for s in sentences]
    sentences.insert(dice.randint(0, len(sentences)), sentence)
    return " ".join(sentences)


def _menu(dice: random.Random) -> str:
    return "".join(f'<li><a href="/{x.lower()}">{x}</a></li>' for x in dice.sample(LINKS, 6))


def _linked(dice: random.Random, text: str) -> str:
    """The paragraph with a word or two marked up inside."""
    words = text.split(" ")
    at = dice.randrange(len(words))
    words[at] = f'<a href="#x"><em>{words[at]}</em></a>'
    return " ".join(words)


def _blog(dice: random.Random, title: str, paragraphs: list[str]) -> tuple[str, tuple[str, ...]]:
    boiler = (
        f"Subscribe to {title} by e-mail",
        "We use cookies to improve your visit.",
        f"Copyright 2024 {title}. All rights reserved.",
        f"Next post: more about {title}",
    )
    body = "\n".join(f"<p>{_linked(dice, text)}</p>" for text in paragraphs)
    remarks = "".join(
        f'<li class="comment even"><article class="comment-body"><p>{remark}</p></article></li>'
        for remark in dice.sample(REMARKS, 3)
    )
    html = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="UTF-8"><title>{title}</title>
<style>body{{margin:0}}</style><script>var a = "{title}";</script></head>
<body class="home blog wp-custom-logo"><a class="skip-link screen-reader-text">Skip</a>
<div class="cookie-notice">{boiler[1]}</div>
<header id="masthead" class="site-header"><nav class="main-navigation"><ul>{_menu(dice)}</ul></nav>
</header><div id="content"><main id="primary"><article class="post-1 post type-post hentry">
<header class="entry-header"><h1 class="entry-title">{dice.choice(FILLER)}</h1></header>
<div class="entry-content">{body}<figure><img src="x.jpg" alt="me at church with my wife"></figure>
<div class="sharedaddy"><h3>Share this:</h3></div></div></article>
<nav class="navigation post-navigation">{boiler[3]}</nav>
<div id="comments" class="comments-area"><ol class="comment-list">{remarks}</ol>
<div id="respond" class="comment-respond"><form><p>Leave a Reply</p></form></div></div>
</main><aside id="secondary" class="widget-area"><section class="widget">{boiler[0]}</section>
</aside></div><footer class="site-footer"><p>{boiler[2]}</p></footer></body></html>"""
    return html, boiler


def _wiki(dice: random.Random, title: str, paragraphs: list[str]) -> tuple[str, tuple[str, ...]]:
    boiler = (
        f"Talk about {title}",
        "This page was last edited on 3 March 2024.",
        "Text is available under a free licence.",
    )
    body = "\n".join(f"<p>{_linked(dice, text)}<sup>[1]</sup>\n</p>" for text in paragraphs)
    html = f"""<html class="client-nojs"><head><title>{title} - Wiki</title></head>
<body class="mediawiki ltr ns-0"><div id="content" class="mw-body" role="main">
<h1 id="firstHeading">{dice.choice(FILLER)}</h1><div id="bodyContent" class="mw-body-content">
<div id="mw-content-text"><div class="mw-parser-output">
<table class="infobox"><tbody><tr><th>Founded</th><td>long ago</td></tr></tbody></table>{body}
<h2><span class="mw-headline">Notes</span><span class="mw-editsection">[edit]</span></h2>
</div></div><div id="catlinks" class="catlinks">Categories: things</div></div></div>
<div id="mw-navigation"><div role="navigation" class="vector-menu"><ul><li>{boiler[0]}</li>
{_menu(dice)}</ul></div></div>
<footer id="footer" role="contentinfo"><ul><li>{boiler[1]}</li><li>{boiler[2]}</li></ul></footer>
</body></html>"""
    return html, boiler


def _forum(dice: random.Random, title: str, paragraphs: list[str]) -> tuple[str, tuple[str, ...]]:
    boiler = (f"Watch this thread about {title}", "Who is online", "Delete cookies")
    posts = "".join(
        f'<div id="p{n}" class="post bg{n % 2}"><div class="postbody"><div class="content">'
        f"{text}<br><br>{more}</div></div></div>"
        for n, (text, more) in enumerate(
            zip(paragraphs[::2], [*paragraphs[1::2], ""], strict=False)
        )
    )
    html = f"""<html><body id="phpbb" class="nojs"><div id="wrap"><div class="headerbar"
role="banner"><h1>Board</h1></div><div class="navbar" role="navigation"><ul>{_menu(dice)}</ul></div>
<div id="page-body" role="main">{posts}<div class="footer"><a>{boiler[0]}</a></div></div>
<div id="page-footer" class="page-footer" role="contentinfo">{boiler[1]} {boiler[2]}</div></div>
</body></html>"""
    return html, boiler


def _static(dice: random.Random, title: str, paragraphs: list[str]) -> tuple[str, tuple[str, ...]]:
    boiler = (f"More pages like {title}", "Best viewed at 800 by 600", "You are visitor 1234")
    wrapped = "\n".join(f"<P>{text.replace(' the ', chr(10) + 'the ')}" for text in paragraphs)
    html = f"""<HTML><HEAD><TITLE>{title}</TITLE></HEAD><BODY BGCOLOR=white><CENTER><TABLE><TR>
<TD VALIGN=top><NAV><UL>{_menu(dice)}<LI>{boiler[0]}</UL></NAV></TD><TD><FONT FACE=Arial>
<H1>{dice.choice(FILLER)}</H1>{wrapped}<HR></FONT></TD></TR></TABLE></CENTER>
<FOOTER>{boiler[1]}<BR>{boiler[2]}</FOOTER></BODY></HTML>"""
    return html, boiler


def _school(dice: random.Random, title: str, paragraphs: list[str]) -> tuple[str, tuple[str, ...]]:
    boiler = (
        f"Quick links: {title} and more",
        "Website design by a local firm",
        "Cookie settings: accept all",
    )
    body = "".join(
        f'<div class="ct-text"><div><p><span>{x}</span></p></div></div>' for x in paragraphs
    )
    html = f"""<!DOCTYPE html><html><body><form method="post" action="./page" id="aspnetForm">
<input type="hidden" name="__VIEWSTATE" value="{"dDwx" * 200}">
<div class="cookie-banner"><p>{boiler[2]}</p><button>OK</button></div>
<div class="breadcrumbs">Home / News</div><nav><ul>{_menu(dice)}</ul></nav>
<div id="ctl00_main" class="main-content"><h2>{dice.choice(FILLER)}</h2>{body}</div>
<aside><p>{boiler[0]}</p></aside><footer><p>{boiler[1]}</p></footer></form></body></html>"""
    return html, boiler


def _flat(dice: random.Random, title: str, paragraphs: list[str]) -> tuple[str, tuple[str, ...]]:
    boiler = (f"Cached copy of {title}",)
    text = " ".join(paragraphs)
    html = (
        f'<html><body><nav>{boiler[0]}</nav><div class="result"><p>{text}</p></div></body></html>'
    )
    return html, boiler


ENGINES: dict[str, Callable[[random.Random, str, list[str]], tuple[str, tuple[str, ...]]]] = {
    "blog": _blog,
    "wiki": _wiki,
    "forum": _forum,
    "static": _static,
    "school": _school,
    "flat": _flat,
}
