"""Web search through an instance that the employer runs itself.

Public instances forbid robots to search, so none is used. The query is the composed one, word for
word. Results are only candidate addresses: each needs a permission of its own before anybody looks.

Cannot say: anything about a person. A result is not evidence, and a window of time cannot be asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from recruitcheck.errors import LookupFailed
from recruitcheck.records import Grant, Item
from recruitcheck.sources import Fetch
from recruitcheck.sources.address import Unfit, parse
from recruitcheck.sources.items import base
from recruitcheck.sources.reading import question, rows, table, words

MOST_RESULTS = 10


def collect(grant: Grant, fetch: Fetch) -> Iterator[Item]:
    """Yield candidate addresses with their titles.

    Raises:
        LookupFailed: there is no query, or the instance does not answer with JSON.
    """
    if not grant.terms or not grant.hosts:
        raise LookupFailed(
            "The permission holds no words to search for.", "Ask for the search again."
        )
    asked = question(
        f"{base(grant, grant.hosts[0])}/search", q=" ".join(grant.terms), format="json"
    )
    page = fetch(asked)
    for result in rows(table(page), "results")[:MOST_RESULTS]:
        try:
            address = parse(words(result, "url").partition("#")[0])
        except Unfit:
            continue
        title = " ".join(words(result, "title").split())
        yield Item(url=page.url, title=title, text=f"{title}\n{address}")
