"""What a page says beside the claim is kept nowhere: in no file, in no box."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from recruitcheck.demo.site import ROBOTS, Answer
from recruitcheck.errors import RecruitcheckError
from recruitcheck.steps import search
from world import World, world

BLOG = "tidepool.example"
WANTED = "Tide Pool Diary is a weekly blog about rock pools, kept since 2019 for primary schools."
PLANTED = (
    "zebra-unrelated",
    "chemotherapy",
    "Wojciechowska",
    "wojciechowska@mail.example",
    "07700 900977",
    "@limpetfan",
    "facebook.com/wojciechowska",
    "alternative-text-of-a-picture",
    "avatar-4711.png",
    "nasty-comment",
    "4711 followers",
    "biography-in-the-margin",
    "console-log-in-a-script",
    "value-of-a-hidden-field",
)
PAGE = f"""<html><head><title>Tide Pool Diary</title><script>console-log-in-a-script</script></head>
<body><form><input type="hidden" value="value-of-a-hidden-field"><main><h1>Tide Pool Diary</h1>
<p>{WANTED}</p><p>The zebra-unrelated story. I had chemotherapy all spring.</p>
<p>Tide Pool Diary, begun during my chemotherapy, is drawn with Ewa Wojciechowska,
wojciechowska@mail.example, 07700 900977, @limpetfan, https://facebook.com/wojciechowska</p>
<img src="/avatar-4711.png" alt="alternative-text-of-a-picture"></main></form>
<aside>biography-in-the-margin, 4711 followers</aside>
<div id="comments"><p>nasty-comment about Tide Pool Diary</p></div></body></html>"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world of the steps' tests, with a page on which much is planted."""
    hosts = {BLOG: {"/robots.txt": ROBOTS, "/": Answer(body=PAGE)}}
    with world(tmp_path_factory.mktemp("never"), hosts) as made:
        yield made


def _opened(made: World) -> Iterator[bytes]:
    """Everything that anybody of the register can open."""
    for desk in made.desks.values():
        for entry in desk.register.entries():
            for box in entry.boxes:
                try:
                    yield desk.register.read(entry, box)
                except RecruitcheckError:
                    continue  # sealed to others; they are asked in their turn


def _files(where: Path) -> Iterator[bytes]:
    for file in where.rglob("*"):
        if file.is_file():
            yield file.read_bytes()


def test_nothing_withheld_is_kept_anywhere(asking, blog):
    """A lookup and its evidence leave the passage in a box, and nothing planted in box or file."""
    made = asking.world
    grant = asking.grant(blog)
    sight = search.look_up(made.recruiter, grant.id)
    search.keep(made.recruiter, sight, ["supports"] * len(sight.passages))
    boxes = list(_opened(made))
    assert any(WANTED.encode() in box for box in boxes)
    files = list(_files(made.where))
    assert files
    for secret in PLANTED:
        assert not any(secret.encode() in held for held in (*boxes, *files)), secret
    assert not any(WANTED.encode() in held for held in files)
