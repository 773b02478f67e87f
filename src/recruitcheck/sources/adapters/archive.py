"""Whether a public archive holds copies of an address, on dates that the claim states.

Only for an address and dates that the claim itself names. The index is asked, not the copies: it
says that a page stood there on a day, which is what a claim about a site since gone needs.

Cannot say: what the page said. (A copy's address holds another address inside its path, which the
address rules refuse; the applicant can bring a print of the copy.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant, Item
from recruitcheck.sources import Fetch
from recruitcheck.sources.items import base, plain_handle
from recruitcheck.sources.reading import answer, question

HOST = "web.archive.org"
MOST_COPIES = 20


def collect(grant: Grant, fetch: Fetch) -> Iterator[Item]:
    """Yield one item per archived copy inside the window, at most one a month.

    Raises:
        LookupFailed: the claim states no address or no date.
    """
    if grant.since is None:
        raise LookupFailed(
            "An archive is asked only where the claim says when.",
            "Ask the applicant for the dates, or look at the address as it is today.",
        )
    if not grant.addresses:
        raise LookupFailed("The claim names no address.", "Ask the applicant for it.")
    for address in dict.fromkeys(plain_handle(address) for address in grant.addresses):
        asked = question(
            f"{base(grant, HOST)}/cdx/search/cdx",
            url=address,
            output="json",
            fl="timestamp,original,statuscode",
            filter="statuscode:200",
            collapse="timestamp:6",
            limit=MOST_COPIES,
            **{
                "from": f"{grant.since:%Y%m%d}",
                "to": f"{grant.until:%Y%m%d}" if grant.until else "",
            },
        )
        for row in _copies(answer(fetch(asked))):
            stamp, original = row
            if plain_handle(re.sub(r":80(?=/|$)", "", original)) == address:
                yield Item(
                    url=asked,
                    text=f"A public archive holds a copy of {address} of {stamp:%d %B %Y}.",
                    author=address,
                    published=stamp,
                )


def _copies(found: object) -> Iterator[tuple[datetime, str]]:
    for row in found[1 : MOST_COPIES + 1] if isinstance(found, list) else ():
        if not isinstance(row, list) or len(row) < 3 or row[2] != "200":
            continue
        try:
            stamp = datetime.strptime(str(row[0]), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            continue
        yield stamp, str(row[1])
