"""What a reason may call somebody's own: a work or a paper, and no affair of theirs."""

from __future__ import annotations

from recruitcheck.rules import words
from recruitcheck.rules.explained import EXPLAINED, Sentence, Word
from recruitcheck.rules.grammar import SEEN, named_with, words_before
from recruitcheck.rules.knownwords import KnownWords
from recruitcheck.rules.words import listed

_SHOWN = listed("page account channel site")
_GROUPS = listed("class classes group groups")
_DEVICES = listed("phone laptop tablet")
_ASKED = listed("what which whether who see")
_DURING = listed("in during from over within")


class Owned:
    """Reads for one vocabulary."""

    def __init__(self, known: KnownWords) -> None:
        self.known = known

    def may_be(self, sentence: Sentence, at: int) -> bool:
        """Whether a claim check may speak of what follows `her`: `her blog`, `his own work`.

        Not `her house`, nor `her own page`, which is where somebody is in private.
        """
        rest = sentence[at + 1 : at + 4]
        if not rest or rest[0].source == "small" or rest[0].plain == "why":  # `ask her why`
            return True
        if rest[0].plain == "own":
            return len(rest) == 1 or self._is_own_work(rest[1])
        before = words_before(sentence, at, 2)
        doing = rest[0].plain.endswith("ing") and rest[0].source not in {"claim", "weak"}
        watched = doing and words.holds(SEEN, "".join(before[-1:]))
        if watched or any(self._tells(w) for w in named_with(sentence, at + 1)):
            return False
        if words.holds(self.known.people, rest[0].plain):
            return self._may_have_people(rest[0], before)
        if rest[0].plain in _DEVICES:  # `she offered to show us on her phone`
            asks = not _ASKED.isdisjoint(w.plain for w in sentence)
            return before[-1:] in (["on"], ["with"], ["bring"]) and not asks
        in_it = rest[0].plain == "time" and not _DURING.isdisjoint(before[-1:])
        return in_it or self._is_work_of(sentence[at + 1 : at + 5])

    def _is_own_work(self, word: Word) -> bool:
        return words.holds(self.known.belongings, word.plain) or (
            word.source in {"kind", "claim"} and word.plain not in _SHOWN
        )

    def _may_have_people(self, people: Word, before: list[str]) -> bool:
        """`are her classes on it`, `credited to her colleague`; not `her pupils`."""
        if people.plain in _GROUPS and people.source in {"claim", "weak"}:
            return True
        told = self.known.recorded | self.known.deeds
        return before[-1:] in (["by"], ["to"]) and words.holds(told, before[0])

    def _is_work_of(self, owned: Sentence) -> bool:
        """Whether what is somebody's is a work or a paper, and not an affair of their own."""
        head = owned[0]
        if head.plain == "time":  # `in her time`; not `what she does with her time`
            return False
        kin = head.source in {"claim", "kind"} or (
            head.source == "weak" and words.holds(_SHOWN, head.plain)
        )
        apart = words.holds(self.known.affairs, head.plain) and not kin
        return (
            head.source in EXPLAINED
            and not apart
            and any(
                w.source in {"claim", "kind", "weak"} or words.holds(self.known.ownable, w.plain)
                for w in owned
            )
        )

    def _tells(self, word: Word) -> bool:
        """Whether a word may tell of somebody, though checking knows it too: `her conduct`."""
        return word.source == "business" and words.holds(self.known.character, word.plain)
