"""A block of documents turned into postings: for each stem, where it stands and how well."""

from array import array
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import numpy.typing as npt

from kb.documents import Document
from kb.query import BEGINNING_LETTERS
from kb.ranking import (
    IMPACT_STEPS,
    LENGTH_SHARE,
    NAME_BREAK,
    SATURATION,
    SHORTNESS_STEPS,
    SMALL_WORD_LETTERS,
    UNTITLED,
    USUAL_LENGTH,
    shortness,
)
from kb.vocabulary import BEGINNING, Vocabulary

Stem = Callable[[str], str]

_LOW_BITS = 0xFFFFFFFF


class _Numbers(dict[str, int]):
    """Numbers by name; a name asked for the first time gets its own from ``number_of``."""

    def __init__(self, number_of: Callable[[str], int]) -> None:
        super().__init__()
        self._number_of = number_of

    def __missing__(self, name: str) -> int:
        number = self[name] = self._number_of(name)
        return number

    def of(self, names: Iterable[str]) -> list[int]:
        return list(map(self.__getitem__, names))


class Numbering:
    """Numbers of stems, given as they come, and of words through their stems."""

    def __init__(self, stem: Stem, vocabulary: Vocabulary, next_number: int) -> None:
        self._stem = stem
        self._vocabulary = vocabulary
        self.next_number = next_number
        self.new_stems: dict[str, int] = {}
        self.stem_of: dict[str, str] = {}
        self._words = _Numbers(self._of_word)
        self._beginnings = _Numbers(lambda beginning: self.of_stem(BEGINNING + beginning))

    def of_stem(self, stem: str) -> int:
        number = self._vocabulary.stem_number(stem)
        if number is None:
            number = self.new_stems.get(stem)
        if number is None:
            number = self.new_stems[stem] = self.next_number
            self.next_number += 1
        return number

    def _of_word(self, word: str) -> int:
        stem = self.stem_of[word] = self._stem(word)
        return self.of_stem(stem)

    def of_words(self, words: Iterable[str]) -> list[int]:
        return self._words.of(words)

    def of_beginnings(self, heading: Iterable[str]) -> list[int]:
        """Numbers of the first letters of a heading's words."""
        beginnings = {word[:letters] for word in heading for letters in BEGINNING_LETTERS}
        return self._beginnings.of(beginnings)


class Block:
    """Documents on the way into the index, as flat arrays of words."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._body_stems = array("I")
        self._body_lengths = array("I")
        self._documents = array("I")
        self._untitled = array("B")
        self._head_stems = array("I")
        self._head_documents = array("I")
        self._head_shortness = array("B")

    def __len__(self) -> int:
        return len(self._documents)

    def add(self, number: int, document: Document) -> str:
        """Take a document in; its headings' stems, as they are kept beside the index."""
        numbering = self._numbering
        body = numbering.of_words(document.body)
        self._body_stems.extend(body)
        self._documents.append(number)
        self._body_lengths.append(len(body))
        self._untitled.append(not any(document.headings))
        headings = []
        for heading in document.headings:
            numbers = numbering.of_words(heading) + numbering.of_beginnings(heading)
            stems = [numbering.stem_of[word] for word in heading]
            headings.append(" ".join(stems))
            length = sum(len(stem) > SMALL_WORD_LETTERS for stem in stems)
            short = max(UNTITLED + 1, int(shortness(length) * SHORTNESS_STEPS))
            self._head_stems.extend(numbers)
            self._head_documents.extend([number] * len(numbers))
            self._head_shortness.extend([short] * len(numbers))
        return NAME_BREAK.join(headings)

    def rows(self) -> Iterator[tuple[int, bytes, bytes, bytes]]:
        """Stem by stem: its number, the documents, and what they hold of it."""
        lengths = np.array(self._body_lengths, np.int64)
        numbers = np.array(self._documents, np.int64)  # upwards within a block
        body_keys, counts = _counted(_keys(self._body_stems, np.repeat(numbers, lengths)))
        head_keys, head_shortness = _greatest(
            _keys(self._head_stems, np.array(self._head_documents, np.int64)),
            np.array(self._head_shortness, np.uint8),
        )
        keys, _fields = _counted(np.concatenate((body_keys, head_keys)))
        headings = np.zeros(len(keys), np.uint8)
        bodies = np.zeros(len(keys), np.uint8)
        own = np.searchsorted(numbers, body_keys & _LOW_BITS)
        length_share = 1 - LENGTH_SHARE + LENGTH_SHARE * lengths[own] / USUAL_LENGTH
        impact = counts / (counts + SATURATION * length_share)
        body_places = np.searchsorted(keys, body_keys)
        bodies[body_places] = np.maximum(1, impact * IMPACT_STEPS)
        headings[body_places] = np.array(self._untitled, np.uint8)[own] * UNTITLED
        headings[np.searchsorted(keys, head_keys)] = head_shortness
        documents = (keys & _LOW_BITS).astype("<u4")
        stems, held = _counted(keys >> 32)
        last = 0
        for stem, count in zip(stems.tolist(), held.tolist(), strict=True):
            first, last = last, last + count
            yield (
                stem,
                documents[first:last].tobytes(),
                headings[first:last].tobytes(),
                bodies[first:last].tobytes(),
            )


def _keys(stems: "array[int]", documents: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """One number for each pair of a stem and a document."""
    return (np.array(stems, np.int64) << 32) | documents


def _counted(
    keys: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Each key once, in order, and how often it stood; ``np.unique`` hashes, and is far slower."""
    keys = np.sort(keys)
    firsts = np.flatnonzero(np.append(np.ones(min(1, len(keys)), bool), keys[1:] != keys[:-1]))
    return keys[firsts], np.diff(np.append(firsts, len(keys)))


def _greatest(
    keys: npt.NDArray[np.int64], values: npt.NDArray[np.uint8]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """Each key once, with the greatest of its values."""
    order = np.lexsort((values, keys))
    keys, values = keys[order], values[order]
    last = np.append(keys[1:] != keys[:-1], np.ones(min(1, len(keys)), bool))
    return keys[last], values[last]
