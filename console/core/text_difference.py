"""Word-by-word differences of two texts, shown to a person who compares them (Regulation 6.4).

Case, the letter ё and punctuation are ignored.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Span:
    """Range of characters in a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts and the ranges that occur in only one of them."""

    ours: str
    theirs: str
    ours_alone: tuple[Span, ...]
    theirs_alone: tuple[Span, ...]


def compared(ours: str, theirs: str) -> Comparison:
    """Returns the two texts with the ranges that occur in only one of them; see ``differences``."""
    return Comparison(ours, theirs, *differences(ours, theirs))


def differences(one: str, other: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Returns the ranges that occur only in the first and only in the second text."""
    ours, theirs = list(_WORD.finditer(one)), list(_WORD.finditer(other))
    matcher = SequenceMatcher(None, [_folded(word) for word in ours],
                              [_folded(word) for word in theirs], autojunk=False)  # fmt: skip
    in_one: list[Span] = []
    in_other: list[Span] = []
    for tag, begin, end, other_begin, other_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        if begin < end:
            in_one.append(Span(ours[begin].start(), ours[end - 1].end()))
        if other_begin < other_end:
            in_other.append(Span(theirs[other_begin].start(), theirs[other_end - 1].end()))
    return tuple(in_one), tuple(in_other)


def _folded(word: re.Match[str]) -> str:
    return word[0].casefold().replace("ё", "е")
