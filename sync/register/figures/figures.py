"""Counts and durations of a group of messages, which add up over groups; street as a group key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from fractions import Fraction
from operator import attrgetter
from typing import Any

from sync.register.likeness.place import place_of

MOST_OF = Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class Spread:
    """How many days each of several things took, in no order; totals keep all of them.

    An average hides the few that waited longest: median and ninth decile are told instead.
    """

    days: tuple[int, ...] = ()

    @property
    def median(self) -> float | None:
        """Half took no longer; between the two in the middle where the number is even."""
        if not self.days:
            return None
        ordered = sorted(self.days)
        middle = len(ordered) // 2
        return (ordered[middle] + ordered[-middle - 1]) / 2

    @property
    def most(self) -> int | None:
        """Nine of ten took no longer: the smallest of the values that this is true of."""
        if not self.days:
            return None
        rank = -(-len(self.days) * MOST_OF.numerator // MOST_OF.denominator)
        return sorted(self.days)[rank - 1]


@dataclass(frozen=True, slots=True)
class MessageFigures:
    """Counts of some messages and of what became of them.

    Every message that was handed in is in exactly one of ``waiting``, ``registered``, ``refused``
    and ``duplicates`` (removed, 6.4), and in exactly one of the four ``review_*`` counts by 7.11.
    A refusal is in time by the moment its notice was sent; until then it is running or overdue. A
    refused message whose author could not be notified is in ``not_notified``; where no notice was
    sent at all it is in none of the four.
    ``published`` are those of the registered that others see now. ``joined`` are callers of a
    matter already known: no message came of them.

    Answers are counted as they were sent to users, each by its kind (9.4) and by its term:
    ``answered_in_time``, ``answered_late`` or ``answered_untimed`` where no term is set. Where an
    answer is awaited now it is ``answer_overdue``, ``answer_running`` or ``answer_untimed``. An
    answer up to a promised date is in time. ``own_answers`` are the operator's (9.3).

    Every promised date is ``kept``, ``kept_late`` (after the term that its coming began, 9.7),
    ``moved`` to another date, ``given_up`` (it cannot be solved), ``awaited``, or ``come`` with no
    further answer yet.

    ``other_organs`` counts sendings to another organ than the route's (7.9), ``reworks`` those of
    10.3, ``passed_on`` messages of 10.6. ``review_days`` are working days from the moment of 7.12
    to the decision, ``answer_days`` calendar days from the beginning of a term to the answer.
    """

    waiting: int = 0
    registered: int = 0
    refused: int = 0
    duplicates: int = 0
    reviewed_in_time: int = 0
    reviewed_late: int = 0
    review_overdue: int = 0
    review_running: int = 0
    not_notified: int = 0
    published: int = 0
    joined: int = 0
    solved: int = 0
    planned: int = 0
    impossible: int = 0
    own_answers: int = 0
    answered_in_time: int = 0
    answered_late: int = 0
    answered_untimed: int = 0
    answer_overdue: int = 0
    answer_running: int = 0
    answer_untimed: int = 0
    kept: int = 0
    kept_late: int = 0
    moved: int = 0
    given_up: int = 0
    awaited: int = 0
    come: int = 0
    returned: int = 0
    good: int = 0
    fair: int = 0
    bad: int = 0
    reworks: int = 0
    passed_on: int = 0
    other_organs: int = 0
    review_days: Spread = Spread()
    answer_days: Spread = Spread()

    @property
    def received(self) -> int:
        """All messages that were handed in."""
        return self.waiting + self.registered + self.refused + self.duplicates

    @property
    def reviewed(self) -> int:
        """Those that were decided on (7.11)."""
        return self.reviewed_in_time + self.reviewed_late

    @property
    def non_public(self) -> int:
        """Those of the registered that others do not see (6.11)."""
        return self.registered - self.published

    @property
    def answers(self) -> int:
        """Answers that users have got, of all three kinds."""
        return self.solved + self.planned + self.impossible

    @property
    def unanswered(self) -> int:
        """Messages whose answer is awaited."""
        return self.answer_overdue + self.answer_running + self.answer_untimed

    @property
    def rated(self) -> int:
        return self.good + self.fair + self.bad

    @property
    def in_time_share(self) -> float | None:
        """In time of all answers that had a term, from 0 to 1, or None where none had."""
        timed = self.answered_in_time + self.answered_late
        return self.answered_in_time / timed if timed else None

    @property
    def bad_share(self) -> float | None:
        """Negative ones of all ratings, from 0 to 1, or None where nobody rated (10.2)."""
        return self.bad / self.rated if self.rated else None


def sum_of(rows: Iterable[MessageFigures]) -> MessageFigures:
    """The figures of several rows together."""
    listed = tuple(rows)
    counted = zip(*map(_VALUES, listed), strict=True)
    counts: dict[str, Any] = dict(zip(COUNTS, map(sum, counted), strict=bool(listed)))
    return MessageFigures(
        **counts,
        review_days=Spread(tuple(day for row in listed for day in row.review_days.days)),
        answer_days=Spread(tuple(day for row in listed for day in row.answer_days.days)),
    )


COUNTS = tuple(field.name for field in fields(MessageFigures) if isinstance(field.default, int))
"""The names of all counts, in their order."""
_VALUES = attrgetter(*COUNTS)


_HOUSE = re.compile(r"\s+(?:(?:дом|д)\b\.?\s*)?№?\s*\d+\s?[а-я]?(?:/\d+[а-я]?)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Street:
    """``key`` is one for all the ways to write it, ``name`` as it was written here."""

    key: str
    name: str


def street_of(place: str) -> Street | None:
    """The street, or the two of a corner; None where the place names none."""
    found, _rest = place_of(place)
    if not found.streets:
        return None
    name = _HOUSE.sub("", place.split(",")[0].strip())
    return Street(" / ".join(sorted(found.streets)), name)
