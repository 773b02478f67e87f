"""How long the parsers are fuzzed: briefly in every test run, as long as you like by hand.

pytest tests/fuzz --hypothesis-profile=long    5,000 inputs for each parser, new ones each time
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("long", max_examples=5_000, deadline=None, print_blob=True)
