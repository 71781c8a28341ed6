"""Whether a message repeats an earlier one, or is likely about the same matter (6.4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from sync.register.likeness.levelled import levelled
from sync.register.likeness.matters import Matter, Matters, are_apart, likeness_of, share_none
from sync.register.likeness.place import Place, agrees, contradicts, is_named, place_of

# Of the matter, by what is known of the places; and of the letters alone.
_LIKE_AT_ONE_PLACE = 0.45
_LIKE_ANYWHERE = 0.72
_LIKE_LETTERS = 88.0
# The same person comes back to his matter more often than another tells of it.
_SAME_USER_BONUS = 0.08


class Verdict(StrEnum):
    """What the second message is to the first."""

    REPEAT = "repeat"
    """Word for word, while the term of the first runs: a ground of 6.4."""
    SIMILAR = "similar"
    """Likely the same matter: for a person to look at."""
    DIFFERENT = "different"


class Reason(StrEnum):
    """What decided."""

    SAME_WORDS = "same_words"
    SAME_WORDS_TERM_OVER = "same_words_term_over"
    OTHER_PLACE = "other_place"
    OTHER_MATTER = "other_matter"
    SAME_PLACE_AND_MATTER = "same_place_and_matter"
    SAME_MATTER = "same_matter"
    NEARLY_THE_SAME_WORDS = "nearly_the_same_words"
    NOTHING_SHARED = "nothing_shared"


@dataclass(frozen=True, slots=True)
class Likeness:
    """``score`` is 0 to 1: of the words where they are nearly the same, else of the matter."""

    verdict: Verdict
    score: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Read:
    """A text as it is compared; reading is most of the work, so it is kept."""

    levelled: str
    place: Place
    matter: Matter


def read(text: str, matters: Matters) -> Read:
    """The text ready to be compared."""
    place, rest = place_of(text)
    return Read(levelled(text), place, matters.of(rest))


def compare(one: Read, other: Read, *, same_user: bool, in_term: bool) -> Likeness:
    """What the later message is to the earlier one, whose answer term runs when ``in_term``."""
    if one.levelled == other.levelled:
        if in_term:
            return Likeness(Verdict.REPEAT, 1.0, Reason.SAME_WORDS)
        return Likeness(Verdict.SIMILAR, 1.0, Reason.SAME_WORDS_TERM_OVER)
    letters = fuzz.token_sort_ratio(one.levelled, other.levelled)
    likeness = likeness_of(one.matter, other.matter)
    score = round(max(likeness, letters / 100 if letters >= _LIKE_LETTERS else 0.0), 3)
    if contradicts(one.place, other.place):
        return Likeness(Verdict.DIFFERENT, score, Reason.OTHER_PLACE)
    if are_apart(one.matter, other.matter):
        return Likeness(Verdict.DIFFERENT, score, Reason.OTHER_MATTER)
    if letters >= _LIKE_LETTERS and not share_none(one.matter, other.matter):
        return Likeness(Verdict.SIMILAR, score, Reason.NEARLY_THE_SAME_WORDS)
    bonus = _SAME_USER_BONUS if same_user else 0.0
    if (
        agrees(one.place, other.place)
        or is_named(one.place, other.matter.words)
        or is_named(other.place, one.matter.words)
    ):
        if likeness + bonus >= _LIKE_AT_ONE_PLACE:
            return Likeness(Verdict.SIMILAR, score, Reason.SAME_PLACE_AND_MATTER)
        return Likeness(Verdict.DIFFERENT, score, Reason.OTHER_MATTER)
    if likeness + bonus >= _LIKE_ANYWHERE:
        return Likeness(Verdict.SIMILAR, score, Reason.SAME_MATTER)
    return Likeness(Verdict.DIFFERENT, score, Reason.NOTHING_SHARED)
