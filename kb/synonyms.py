"""Words that stand for other words: what people call a thing, and what the directory calls it."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kb.text import STOP_WORDS, folded_words
from kb.vocabulary import vocabulary_of

Phrase = tuple[str, ...]  # of stems

STARTERS = Path(__file__).resolve().parent.parent / "resources" / "directory" / "synonyms.jsonl"
"""The pairs a new directory begins with."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """A phrase that means another; the other way round too where ``both_ways``."""

    phrase: str
    meaning: str
    both_ways: bool = False


@dataclass(frozen=True, slots=True)
class KeptSynonym:
    """A pair as the directory keeps it: who gave it when, and who closed it when."""

    pair: Synonym
    by: str
    at: datetime
    closed_by: str = ""
    closed_at: datetime | None = None


class Synonyms:
    """What each phrase of stems may mean; never changes once made."""

    def __init__(self, pairs: Iterable[Synonym], stem: Callable[[str], str]) -> None:
        self._meanings: dict[Phrase, list[Phrase]] = {}
        words: dict[str, str] = {}
        for pair in pairs:
            phrase, meaning = _stems(pair.phrase, stem), _stems(pair.meaning, stem)
            self._add(phrase, meaning)
            words |= {word: stem(word) for word in folded_words(pair.phrase)}
            if pair.both_ways:
                self._add(meaning, phrase)
                words |= {word: stem(word) for word in folded_words(pair.meaning)}
        self._beginnings = {
            phrase[:length] for phrase in self._meanings for length in range(1, len(phrase) + 1)
        }
        self.vocabulary = vocabulary_of(words)
        """The words of the phrases, which may stand in no entry and yet be cut or mistyped."""

    def _add(self, phrase: Phrase, meaning: Phrase) -> None:
        if phrase and meaning and phrase != meaning:
            known = self._meanings.setdefault(phrase, [])
            if meaning not in known:
                known.append(meaning)

    def begin_with(self, phrase: Phrase) -> bool:
        """Whether a phrase that has meanings is this one or begins so."""
        return phrase in self._beginnings

    def meanings(self, phrase: Phrase) -> Sequence[Phrase]:
        """The phrases that the phrase stands for, in the order they were given."""
        return self._meanings.get(phrase, ())


def _stems(text: str, stem: Callable[[str], str]) -> Phrase:
    words = folded_words(text)
    told = [word for word in words if word not in STOP_WORDS]
    return tuple(stem(word) for word in told or words)


def read_synonyms(path: Path) -> tuple[Synonym, ...]:
    """The pairs of a JSON Lines file with ``phrase``, ``meaning`` and ``both_ways``.

    Raises OSError, and ValueError with the line that is no pair.
    """
    pairs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        match json.loads(line):
            case {"phrase": str(phrase), "meaning": str(meaning), "both_ways": bool(both_ways)}:
                pairs.append(Synonym(phrase, meaning, both_ways))
            case _:
                raise ValueError(f"line {number}: no synonym")
    return tuple(pairs)
