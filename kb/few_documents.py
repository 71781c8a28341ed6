"""Few documents turned into postings, word by word: arrays would take longer to make than to use.

What comes out is the same as of ``kb.blocks``.
"""

import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.blocks import POSTING, Row
from kb.documents import Document
from kb.first_look import IMPACT_STEPS, UNTITLED, impact, shortness_steps
from kb.numbering import Numbering
from kb.ranking import NAME_BREAK, SMALL_WORD_LETTERS
from kb.text import BETWEEN_TEXTS, cut, folded_together

_pack = struct.Struct("<IBB").pack
assert struct.calcsize("<IBB") == POSTING.itemsize  # noqa: S101


@dataclass(frozen=True, slots=True)
class StemmedDocument:
    """A document by the numbers of its stems: how short a heading each has, how often it stands."""

    kept: str  # the stems of its headings, as they are kept beside the index
    headings: Mapping[int, int]
    body: Mapping[int, int]
    body_length: int

    def stems(self) -> set[int]:
        """Each stem that stands in the document."""
        return {*self.headings, *self.body}


def stemmed(document: Document, numbering: Numbering) -> StemmedDocument:
    """The document in stems."""
    *headings, body = _numbered((*document.headings, document.body), numbering)
    kept = []
    in_headings: dict[int, int] = {}
    for place, words in enumerate(headings):
        if place and not words:  # a name without a word is none, but a title has its place
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
    """The numbers of each text's words."""
    numbered: list[list[int]] = [[]]
    for word in cut(folded_together(texts)):
        if word == BETWEEN_TEXTS:
            numbered.append([])
        else:
            numbered[-1].append(numbering.of_word(word))
    return numbered


class FewDocuments:
    """Documents on the way into the index."""

    def __init__(self, numbering: Numbering, first: int) -> None:
        """``first`` is the number of the first document; the others follow."""
        self._numbering = numbering
        self._next = self._first = first
        self._kept: list[str] = []
        self._postings: dict[int, bytes] = {}

    def __len__(self) -> int:
        return self._next - self._first

    def add(self, document: Document) -> None:
        """Take the next document in."""
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
        """The stems of the headings of each document added since the last time."""
        kept, self._kept = self._kept, []
        return kept

    def rows(self) -> list[Row]:
        """By each stem's number, upwards, where it stands: a ``POSTING`` for each document."""
        return sorted(self._postings.items())
