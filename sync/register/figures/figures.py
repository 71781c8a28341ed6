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
    """Durations in days, unordered; totals contain all of them.

    Median and 90th percentile are reported, because an average hides the longest waits.
    """

    days: tuple[int, ...] = ()

    @property
    def median(self) -> float | None:
        """The median; the mean of the two middle values if the number is even."""
        if not self.days:
            return None
        ordered = sorted(self.days)
        middle = len(ordered) // 2
        return (ordered[middle] + ordered[-middle - 1]) / 2

    @property
    def most(self) -> int | None:
        """The 90th percentile by nearest rank."""
        if not self.days:
            return None
        rank = -(-len(self.days) * MOST_OF.numerator // MOST_OF.denominator)
        return sorted(self.days)[rank - 1]


@dataclass(frozen=True, slots=True)
class MessageFigures:
    """Counts of messages and their outcomes.

    Every submitted message is in exactly one of ``waiting``, ``registered``, ``refused`` and
    ``duplicates`` (removed, 6.4), and in exactly one of the four ``review_*`` counts by 7.11. A
    refusal is in time by the time its notification was sent; until that time it is running or
    overdue. A refused message whose author could not be notified is in ``not_notified``; if no
    notification was sent at all, it is in none of the four. ``published`` are registered messages
    visible to others now. ``joined`` are callers with an already known problem: they create no
    message.

    Answers sent to users are counted by kind (9.4) and by deadline: ``answered_in_time``,
    ``answered_late`` or ``answered_untimed`` if there is no deadline. An awaited answer is
    ``answer_overdue``, ``answer_running`` or ``answer_untimed``. An answer by the promised date is
    in time. ``own_answers`` are those of the operator (9.3).

    Every promised date is fulfilled (``kept``), ``kept_late`` (after the deadline that started on
    the date, 9.7), ``moved`` to another date, ``given_up`` (it cannot be solved), ``awaited``, or
    ``come`` (arrived without a further answer).

    ``other_organs`` counts messages sent to a body other than the route's (7.9), ``reworks`` those
    of 10.3, ``passed_on`` messages of 10.6. ``review_days`` are working days from the time of 7.12
    to the decision, ``answer_days`` calendar days from the start of a deadline to the answer.
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
        """All submitted messages."""
        return self.waiting + self.registered + self.refused + self.duplicates

    @property
    def reviewed(self) -> int:
        """Messages with a decision (7.11)."""
        return self.reviewed_in_time + self.reviewed_late

    @property
    def non_public(self) -> int:
        """Registered messages not visible to others (6.11)."""
        return self.registered - self.published

    @property
    def answers(self) -> int:
        """Answers sent to users, of all three kinds."""
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
        """Share of answers in time among those with a deadline, 0 to 1; None if there are none."""
        timed = self.answered_in_time + self.answered_late
        return self.answered_in_time / timed if timed else None

    @property
    def bad_share(self) -> float | None:
        """Share of negative ratings, 0 to 1; None without ratings (10.2)."""
        return self.bad / self.rated if self.rated else None


def sum_of(rows: Iterable[MessageFigures]) -> MessageFigures:
    listed = tuple(rows)
    counted = zip(*map(_VALUES, listed), strict=True)
    counts: dict[str, Any] = dict(zip(COUNTS, map(sum, counted), strict=bool(listed)))
    return MessageFigures(
        **counts,
        review_days=Spread(tuple(day for row in listed for day in row.review_days.days)),
        answer_days=Spread(tuple(day for row in listed for day in row.answer_days.days)),
    )


COUNTS = tuple(field.name for field in fields(MessageFigures) if isinstance(field.default, int))
"""Names of all counts, in order of declaration."""
_VALUES = attrgetter(*COUNTS)


_HOUSE = re.compile(r"\s+(?:(?:дом|д)\b\.?\s*)?№?\s*\d+\s?[а-я]?(?:/\d+[а-я]?)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Street:
    """A street: ``key`` is equal for all spellings, ``name`` is as written."""

    key: str
    name: str


def street_of(place: str) -> Street | None:
    """Returns the street, or both streets of a corner; None if the location has none."""
    found, _rest = place_of(place)
    if not found.streets:
        return None
    name = _HOUSE.sub("", place.split(",")[0].strip())
    return Street(" / ".join(sorted(found.streets)), name)
