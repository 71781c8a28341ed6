"""Converts a block of documents to postings, with numpy or, for a few documents, in Python.

Both variants produce the same postings. A posting of a stem contains the document, the shortness of
the heading with the stem, and the impact of the stem on the document's body text.
"""

import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np
import numpy.typing as npt

from kb.entries.attachments import Document
from kb.search.first_look import (
    IMPACT_STEPS,
    SHORTNESS_STEPS,
    UNTITLED,
    impact,
    shortness_steps,
)
from kb.search.numbering import Numbering
from kb.search.ranking import NAME_BREAK, SMALL_WORD_LETTERS, Counts, Words
from kb.text import BETWEEN_TEXTS, cut, folded_together

# A 64-bit number represents each word of the block, so a single sort orders all of them. From the
# high bits: the stem, the document's index in the block, then a marker of body text or the
# shortness of the heading.
_STEM_SHIFT = np.uint64(33)
_PLACE_SHIFT = np.uint64(9)
_PLACES = np.uint64((1 << 24) - 1)
_IN_BODY = np.uint64(SHORTNESS_STEPS + 1)
_VALUES = np.uint64(2 * SHORTNESS_STEPS + 1)

_Packed = npt.NDArray[np.uint64]
Row = tuple[int, bytes]


# A posting: document number, heading value and body value of a stem (see `first_look.weighed`).
POSTING = np.dtype([("document", "<u4"), ("heading", "u1"), ("body", "u1")])


class Block:
    """Converts documents to postings with numpy; stores the words of all documents in flat
    arrays.
    """

    def __init__(self, numbering: Numbering, first: int) -> None:
        """Creates an empty block. ``first`` is the number of the first document; the others are
        numbered consecutively.
        """
        self._numbering = numbering
        self._first = first
        self._documents = 0
        self._texts: list[str] = []  # of documents not split into words yet
        self._last_texts: list[int] = []  # index of the last text of each document
        self._body_words: list[Words] = []
        self._body_lengths: list[Counts] = []
        self._head_words: list[Words] = []
        self._head_lengths: list[Counts] = []
        self._heads: list[Counts] = []  # number of headings of each document

    def __len__(self) -> int:
        return self._documents

    def add(self, document: Document) -> None:
        """Adds a document, which receives the next number."""
        self._texts += document.headings
        self._last_texts.append(len(self._texts))
        self._texts.append(document.body)
        self._documents += 1

    def cut(self) -> list[str]:
        """Splits the documents added since the last call into words.

        Returns the stems of the headings of each of these documents, in the form stored with the
        index.
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
        # An empty alternative name is dropped, but an empty title is retained.
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
        """Returns stem number and postings (bytes of ``POSTING`` records) of each stem, sorted by
        stem number.
        """
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
        found = found[firsts]  # removes repeated pairs of stem and document
        places = (found >> _PLACE_SHIFT & _PLACES).astype(np.int64)
        impacts = impact(counts, body_lengths[places])
        postings = np.empty(len(found), POSTING)
        postings["document"] = places + self._first
        postings["heading"] = np.where(untitled[places], UNTITLED, headings)
        postings["body"] = np.where(counts > 0, np.maximum(1, impacts * IMPACT_STEPS), 0)
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
        of_length = list(map(shortness_steps, range(int(lengths.max(initial=0)) + 1)))
        headings = (places << _PLACE_SHIFT) | np.array(of_length, np.uint64)[lengths]
        is_there = np.zeros(self._numbering.end, bool)
        is_there[words] = True
        row_of = np.cumsum(is_there) - 1
        stems = self._numbering.heading_stems(np.flatnonzero(is_there))[row_of[words]]
        packed: _Packed = (stems << _STEM_SHIFT) | headings[heading_of_word][:, None]
        return packed.ravel()


def _firsts(values: _Packed) -> Counts:
    """Returns the start index of each run of equal values."""
    is_first = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=is_first[1:])
    return np.flatnonzero(is_first)


_pack = struct.Struct("<IBB").pack
assert struct.calcsize("<IBB") == POSTING.itemsize  # noqa: S101


@dataclass(frozen=True, slots=True)
class StemmedDocument:
    """A document as stem numbers.

    ``headings`` maps each heading stem to the highest shortness of the headings that contain it,
    ``body`` each stem of the body text to its number of occurrences.
    """

    kept: str  # stems of the headings, as stored with the index
    headings: Mapping[int, int]
    body: Mapping[int, int]
    body_length: int

    def stems(self) -> set[int]:
        """All stems of the document."""
        return {*self.headings, *self.body}


def stemmed(document: Document, numbering: Numbering) -> StemmedDocument:
    """Converts a document to stem numbers; new stems receive numbers from ``numbering``."""
    *headings, body = _numbered((*document.headings, document.body), numbering)
    kept = []
    in_headings: dict[int, int] = {}
    for place, words in enumerate(headings):
        if place and not words:  # empty names are dropped, an empty title is retained
            continue
        stems = numbering.stems_of(words)
        kept.append(" ".join(stems))
        steps = shortness_steps(sum([len(stem) > SMALL_WORD_LETTERS for stem in stems]))
        for word in words:
            for stem in numbering.in_heading(word):
                if steps > in_headings.get(stem, 0):
                    in_headings[stem] = steps
    counts = Counter(map(numbering.stem_number_of, body))
    return StemmedDocument(NAME_BREAK.join(kept), in_headings, counts, len(body))


def _numbered(texts: Sequence[str], numbering: Numbering) -> list[list[int]]:
    """Word numbers of each text."""
    numbered: list[list[int]] = [[]]
    for word in cut(folded_together(texts)):
        if word == BETWEEN_TEXTS:
            numbered.append([])
        else:
            numbered[-1].append(numbering.of_word(word))
    return numbered


class FewDocuments:
    """Converts documents to postings in Python; faster than `Block` for a few documents."""

    def __init__(self, numbering: Numbering, first: int) -> None:
        """Creates an empty block. ``first`` is the number of the first document; the others are
        numbered consecutively.
        """
        self._numbering = numbering
        self._next = self._first = first
        self._kept: list[str] = []
        self._postings: dict[int, bytes] = {}

    def __len__(self) -> int:
        return self._next - self._first

    def add(self, document: Document) -> None:
        """Adds a document, which receives the next number."""
        found = stemmed(document, self._numbering)
        self._kept.append(found.kept)
        for stem in found.stems():
            count = found.body.get(stem, 0)
            body = int(max(1, impact(count, found.body_length) * IMPACT_STEPS)) if count else 0
            heading = found.headings.get(stem, 0) if found.headings else UNTITLED
            posting = _pack(self._next, heading, body)
            self._postings[stem] = self._postings.get(stem, b"") + posting
        self._next += 1

    def cut(self) -> list[str]:
        """Returns the stems of the headings of each document added since the last call, in the form
        stored with the index.
        """
        kept, self._kept = self._kept, []
        return kept

    def rows(self) -> list[Row]:
        """Returns stem number and postings (bytes of ``POSTING`` records) of each stem, sorted by
        stem number.
        """
        return sorted(self._postings.items())
