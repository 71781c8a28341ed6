"""Many texts cut into words at once: by arrays, and each different word made a string only once."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from kb.text import BETWEEN_TEXTS, LONGEST_WORD, cut, folded_together

_FEW = 20_000  # characters; fewer are cut quicker one by one
_CODES = 1 << 16  # in two bytes

Words = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]


class Cutter:
    """Cuts texts into words, which are told by their numbers."""

    def __init__(self, number_of: Callable[[str], int]) -> None:
        """``number_of`` gives a word's number, each time the same."""
        self._number_of = number_of
        # Words that were met among many, by the sums of their letters.
        self._sums = np.zeros(0, np.uint64)
        self._numbers = np.zeros(0, np.int32)

    def cut(self, texts: Sequence[str]) -> tuple[Words, Counts]:
        """The numbers of the ``folded_words`` of the texts in order, and how many each text has."""
        folded = folded_together(texts)
        if len(folded) >= _FEW:
            encoded = folded.encode("utf-16-le", "surrogatepass")
            if len(encoded) == 2 * len(folded):
                return self._by_arrays(folded, np.frombuffer(encoded, np.uint16))
        return self._one_by_one(folded)

    def _one_by_one(self, folded: str) -> tuple[Words, Counts]:
        words = cut(folded)
        places = [place for place, word in enumerate(words) if word == BETWEEN_TEXTS]
        borders = np.array([-1, *places, len(words)], np.int64)
        numbers = self._numbers_of([word for word in words if word != BETWEEN_TEXTS])
        return numbers, borders[1:] - borders[:-1] - 1

    def _numbers_of(self, words: Sequence[str]) -> Words:
        return np.fromiter(map(self._number_of, words), np.int32, len(words))

    def _by_arrays(self, folded: str, codes: npt.NDArray[np.uint16]) -> tuple[Words, Counts]:
        borders = np.flatnonzero(np.diff(_IN_WORD[codes], prepend=False, append=False))
        starts, ends = borders[::2], borders[1::2]
        between = np.searchsorted(starts, np.flatnonzero(codes == ord(BETWEEN_TEXTS)))
        lengths = np.diff(between, prepend=0, append=len(starts))
        sums, firsts, which = np.unique(
            _sums(codes, starts, ends), return_index=True, return_inverse=True
        )
        places = np.searchsorted(self._sums, sums)
        known = places < len(self._sums)
        known[known] = self._sums[places[known]] == sums[known]
        numbers = np.empty(len(sums), np.int32)
        numbers[known] = self._numbers[places[known]]
        unknown = np.flatnonzero(~known)
        # In the order of the text: common words come first and stand together in the index.
        in_order = unknown[np.argsort(firsts[unknown])]
        starts = starts[firsts[in_order]]
        ends = np.minimum(ends[firsts[in_order]], starts + LONGEST_WORD)
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        numbers[in_order] = self._numbers_of([folded[start:end] for start, end in spans])
        self._sums = np.insert(self._sums, places[unknown], sums[unknown])
        self._numbers = np.insert(self._numbers, places[unknown], numbers[unknown])
        return numbers[which], lengths


def _sums(codes: npt.NDArray[np.uint16], starts: Counts, ends: Counts) -> npt.NDArray[np.uint64]:
    """A number for each word; two words of one number are so unlikely that none are ever met."""
    letters = codes[_IN_WORD[codes]]
    lengths = ends - starts
    firsts = np.cumsum(lengths) - lengths
    places = np.minimum(np.arange(len(letters)) - np.repeat(firsts, lengths), LONGEST_WORD)
    weighed = _LETTERS[letters] * _PLACES[places]
    return np.add.reduceat(weighed, firsts) if len(letters) else weighed


def _random(first: int, count: int) -> npt.NDArray[np.uint64]:
    """Numbers by splitmix64, which looks as random as numpy's own and needs none of its modules."""
    mixed = np.arange(first + 1, first + count + 1, dtype=np.uint64)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    for bits, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed ^= mixed >> np.uint64(bits)
        mixed *= np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


_IN_WORD = np.fromiter((chr(code).isalnum() for code in range(_CODES)), bool, _CODES)
_LETTERS = _random(0, _CODES)
# What follows the longest word does not count.
_PLACES = np.append(_random(_CODES, LONGEST_WORD) | np.uint64(1), np.uint64(0))
