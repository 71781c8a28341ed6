"""Words that stand for other words: what people call a thing, and what the directory calls it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kb.text import folded_words

Phrase = tuple[str, ...]  # of stems


@dataclass(frozen=True, slots=True)
class Synonym:
    """A phrase that means another; the other way round too where ``both_ways``."""

    phrase: str
    meaning: str
    both_ways: bool = False


class Synonyms:
    """What each phrase of stems may mean; never changes once made."""

    def __init__(self, pairs: Iterable[Synonym], stem: Callable[[str], str]) -> None:
        self._meanings: dict[Phrase, list[Phrase]] = {}
        for pair in pairs:
            phrase, meaning = _stems(pair.phrase, stem), _stems(pair.meaning, stem)
            self._add(phrase, meaning)
            if pair.both_ways:
                self._add(meaning, phrase)
        self.longest = max(map(len, self._meanings), default=0)

    def _add(self, phrase: Phrase, meaning: Phrase) -> None:
        if phrase and meaning and phrase != meaning:
            known = self._meanings.setdefault(phrase, [])
            if meaning not in known:
                known.append(meaning)

    def meanings(self, phrase: Phrase) -> Sequence[Phrase]:
        """The phrases that the phrase stands for, in the order they were given."""
        return self._meanings.get(phrase, ())


def _stems(text: str, stem: Callable[[str], str]) -> Phrase:
    return tuple(stem(word) for word in folded_words(text))
