"""What the owner of a site asks of robots (RFC 9309), judged by Protego.

Where the file is missing (404, 410) everything may be read. Where it is refused (401, 403; RFC 9309
would allow), where the site is out of order, or where the file lies on another host, nothing may.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from recruitcheck.errors import LookupFailed
from recruitcheck.sources.guard.purse import PAUSE

AGENT = "recruitcheck"
"""The name by which a robots file may address this program."""
PATH = "/robots.txt"
MOST_BYTES = 512 * 1024
"""RFC 9309, 2.5: at least 500 kibibytes must be read; what lies beyond may be left."""
MISSING = (404, 410)


@dataclass(frozen=True, slots=True)
class Rules:
    """One origin's wishes. `parsed` None: no file, all is open."""

    parsed: Any = None

    def check(self, url: str) -> None:
        """Refuse an address that robots are asked not to read.

        Raises:
            LookupFailed: they are.
        """
        if self.parsed is not None and not self.parsed.can_fetch(url, AGENT):
            raise LookupFailed(
                "The owner of the site asks programs (robots) not to read this address.",
                "A person may look instead, where the source allows it, or the applicant brings "
                "the item.",
            )

    def delay(self) -> float:
        """Seconds between two requests."""
        asked = self.parsed.crawl_delay(AGENT) if self.parsed is not None else None
        if asked is None or not math.isfinite(asked):
            return PAUSE
        return max(PAUSE, float(asked))


def read(body: bytes) -> Rules:
    """The rules of a robots file; what cannot be read as a rule is none."""
    from protego import Protego

    text = body[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    return Rules(Protego.parse(text))
