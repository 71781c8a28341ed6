"""A block of documents turned into postings: for each stem, where it stands and how well."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise

import numpy as np
import numpy.typing as npt

from kb.cutting import Counts, Cutter, Words
from kb.documents import Document
from kb.first_look import (
    IMPACT_STEPS,
    LENGTH_SHARE,
    SATURATION,
    SHORTNESS_STEPS,
    UNTITLED,
    USUAL_LENGTH,
)
from kb.query import BEGINNING_LETTERS
from kb.ranking import NAME_BREAK, SMALL_WORD_LETTERS, shortness
from kb.vocabulary import BEGINNING, Vocabulary

Stem = Callable[[str], str]

# A word of a document as one number, so that one sort brings everything in order: from above the
# stem, the document's place in the block, whether it stands in the text, else its heading's
# shortness.
_STEM_SHIFT = np.uint64(33)
_PLACE_SHIFT = np.uint64(9)
_PLACES = np.uint64((1 << 24) - 1)
_IN_BODY = np.uint64(SHORTNESS_STEPS + 1)
_VALUES = np.uint64(2 * SHORTNESS_STEPS + 1)

_Packed = npt.NDArray[np.uint64]
Row = tuple[int, bytes]


# A posting: the document's number, and what it holds of a stem (see ``kb.first_look.weighed``).
POSTING = np.dtype([("document", "<u4"), ("heading", "u1"), ("body", "u1")])


class _Numbers(dict[str, int]):
    """Numbers by name; a name asked for the first time gets its own from ``number_of``."""

    def __init__(self, number_of: Callable[[str], int]) -> None:
        super().__init__()
        self._number_of = number_of

    def __missing__(self, name: str) -> int:
        number = self[name] = self._number_of(name)
        return number


class Numbering:
    """Numbers of stems, given as they come; and of words, by which their stems stand in a row."""

    def __init__(self, stem: Stem, vocabulary: Vocabulary, next_number: int) -> None:
        self._stem = stem
        self._vocabulary = vocabulary
        self.next_number = next_number
        self.new_stems: dict[str, int] = {}
        self._stems = _Numbers(self._number_of_stem)
        self._cutter = Cutter(_Numbers(self._number_of_word).__getitem__)
        # By the number of a word:
        self._surfaces: list[str] = []
        self._stems_of_words: list[str] = []
        self._numbers_of_stems = array("I")

    def _number_of_stem(self, stem: str) -> int:
        number = self._vocabulary.stem_number(stem)
        if number is None:
            number = self.new_stems[stem] = self.next_number
            self.next_number += 1
        return number

    def _number_of_word(self, word: str) -> int:
        stem = self._stem(word)
        self._surfaces.append(word)
        self._stems_of_words.append(stem)
        self._numbers_of_stems.append(self._stems[stem])
        return len(self._surfaces) - 1

    @property
    def end(self) -> int:
        """Above every word's number."""
        return len(self._surfaces)

    def words(self) -> Iterator[tuple[str, str, int]]:
        """Every word that has got a number, with its stem and the stem's number."""
        return zip(self._surfaces, self._stems_of_words, self._numbers_of_stems, strict=True)

    def of_texts(self, texts: Sequence[str]) -> tuple[Words, Counts]:
        """The numbers of the texts' words in order, and how many words each text has."""
        return self._cutter.cut(texts)

    def stems_of(self, words: Iterable[int]) -> list[str]:
        """The stems of words by their numbers."""
        return list(map(self._stems_of_words.__getitem__, words))

    def stem_numbers(self) -> npt.NDArray[np.uint32]:
        """Of each word the number of its stem."""
        return np.array(self._numbers_of_stems, np.uint32)

    def heading_stems(self, words: Words | Counts) -> _Packed:
        """Of each of the words the number of its stem, and its first letters', which are stems."""
        surfaces = list(map(self._surfaces.__getitem__, words.tolist()))
        beginnings = [
            [self._stems[BEGINNING + surface[:letters]] for surface in surfaces]
            for letters in BEGINNING_LETTERS
        ]
        return np.array([self.stem_numbers()[words], *beginnings], np.uint64).T

    def counts_for_length(self) -> npt.NDArray[np.bool_]:
        """Whether each word makes a heading longer."""
        letters = np.fromiter(map(len, self._stems_of_words), np.int32, len(self._stems_of_words))
        return letters > SMALL_WORD_LETTERS

    def stems_in(self, document: Document) -> set[int]:
        """The number of each stem that stands in the document."""
        words, lengths = self.of_texts((*document.headings, document.body))
        body = len(words) - lengths[-1]
        in_headings = self.heading_stems(words[:body])
        return {*self.stem_numbers()[words[body:]].tolist(), *in_headings.ravel().tolist()}


class Block:
    """Documents on the way into the index, as flat arrays of words."""

    def __init__(self, numbering: Numbering, first: int) -> None:
        """``first`` is the number of the first document; the others follow."""
        self._numbering = numbering
        self._first = first
        self._documents = 0
        self._texts: list[str] = []  # of the documents that are not cut yet
        self._last_texts: list[int] = []  # of each of them
        self._body_words: list[Words] = []
        self._body_lengths: list[Counts] = []
        self._head_words: list[Words] = []
        self._head_lengths: list[Counts] = []
        self._heads: list[Counts] = []  # so many headings each document has

    def __len__(self) -> int:
        return self._documents

    def add(self, document: Document) -> None:
        """Take the next document in."""
        self._texts += document.headings
        self._last_texts.append(len(self._texts))
        self._texts.append(document.body)
        self._documents += 1

    def cut(self) -> list[str]:
        """Cut the documents added since the last time into words.

        Gives the stems of each one's headings, as they are kept beside the index.
        """
        if not self._texts:
            return []
        words, lengths = self._numbering.of_texts(self._texts)
        last = np.array(self._last_texts)
        is_body = np.zeros(len(lengths), bool)
        is_body[last] = True
        of_body = np.repeat(is_body, lengths)
        self._body_words.append(words[of_body])
        self._body_lengths.append(lengths[last])
        # A name without a word is none, but a title has its place.
        is_title = np.zeros(len(lengths), bool)
        is_title[0] = True
        is_title[last[:-1] + 1] = True
        is_heading = (is_title | (lengths > 0)) & ~is_body
        self._head_words.append(words[~of_body])
        self._head_lengths.append(lengths[is_heading])
        self._heads.append(np.add.reduceat(is_heading, np.flatnonzero(is_title), dtype=np.int32))
        self._texts, self._last_texts = [], []
        return self._kept(self._head_words[-1], self._head_lengths[-1], self._heads[-1])

    def _kept(self, words: Words, lengths: Counts, heads: Counts) -> list[str]:
        stems = iter(self._numbering.stems_of(words.tolist()))
        headings = iter([" ".join(islice(stems, length)) for length in lengths.tolist()])
        return [NAME_BREAK.join(islice(headings, count)) for count in heads.tolist()]

    def rows(self) -> list[Row]:
        """By each stem's number, upwards, where it stands: a ``POSTING`` for each document."""
        in_headings = self._in_headings()
        untitled = np.ones(len(self), bool)
        untitled[in_headings >> _PLACE_SHIFT & _PLACES] = False
        body_lengths = np.concatenate(self._body_lengths)
        found = np.sort(np.concatenate((self._in_bodies(body_lengths), in_headings)))
        firsts = _firsts(found >> _PLACE_SHIFT)
        values = (found & _VALUES).astype(np.uint16)
        is_body = values >= _IN_BODY
        counts = np.add.reduceat(is_body, firsts, dtype=np.int64)
        headings = np.maximum.reduceat(np.where(is_body, 0, values), firsts)
        found = found[firsts]  # each pair of a stem and a document once
        places = (found >> _PLACE_SHIFT & _PLACES).astype(np.int64)
        lengths = body_lengths[places]
        length_share = 1 - LENGTH_SHARE + LENGTH_SHARE * lengths / USUAL_LENGTH
        impact = counts / (counts + SATURATION * length_share)
        postings = np.empty(len(found), POSTING)
        postings["document"] = places + self._first
        postings["heading"] = np.where(untitled[places], UNTITLED, headings)
        postings["body"] = np.where(counts > 0, np.maximum(1, impact * IMPACT_STEPS), 0)
        stems = found >> _STEM_SHIFT
        firsts = _firsts(stems)
        written = postings.tobytes()
        borders = pairwise([*(firsts * POSTING.itemsize).tolist(), len(written)])
        return [
            (stem, written[first:end])
            for stem, (first, end) in zip(stems[firsts].tolist(), borders, strict=True)
        ]

    def _in_bodies(self, lengths: Counts) -> _Packed:
        places = np.repeat(np.arange(len(self), dtype=np.uint64), lengths)
        stems = self._numbering.stem_numbers()[np.concatenate(self._body_words)]
        return (stems.astype(np.uint64) << _STEM_SHIFT) | (places << _PLACE_SHIFT) | _IN_BODY

    def _in_headings(self) -> _Packed:
        words = np.concatenate(self._head_words)
        head_lengths = np.concatenate(self._head_lengths)
        places = np.repeat(np.arange(len(self), dtype=np.uint64), np.concatenate(self._heads))
        heading_of_word = np.repeat(np.arange(len(places)), head_lengths)
        counting = self._numbering.counts_for_length()[words]
        lengths = np.bincount(heading_of_word, counting, len(places)).astype(np.int64)
        of_length = [
            max(UNTITLED + 1, int(shortness(length) * SHORTNESS_STEPS))
            for length in range(int(lengths.max(initial=0)) + 1)
        ]
        headings = (places << _PLACE_SHIFT) | np.array(of_length, np.uint64)[lengths]
        is_there = np.zeros(self._numbering.end, bool)
        is_there[words] = True
        row_of = np.cumsum(is_there) - 1
        stems = self._numbering.heading_stems(np.flatnonzero(is_there))[row_of[words]]
        packed: _Packed = (stems << _STEM_SHIFT) | headings[heading_of_word][:, None]
        return packed.ravel()


def _firsts(values: _Packed) -> npt.NDArray[np.int64]:
    """Where each run of equal values begins."""
    return np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])
