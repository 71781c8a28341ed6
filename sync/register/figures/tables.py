"""Messages prepared for the statistics (Regulation 11): single messages, and a column table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, overload
from uuid import UUID

from sync.register.checks.finding import Ground
from sync.register.figures.course import course_of
from sync.register.figures.figures import COUNTS, MessageFigures, Spread, Street
from sync.register.figures.reckoner import CountingRules, Reckoner
from sync.register.handling.handled import HandledMessage
from sync.register.messages import State
from sync.register.numbering import RegistrationNumber
from sync.register.people.operators import Person


class Channel(StrEnum):
    """Intake channel of a message (5.1)."""

    CALL = "call"
    PLATFORM = "platform"
    MANUAL = "manual"
    """Entered by an operator without a call."""


@dataclass(frozen=True, slots=True)
class CountedMessage:
    """A message in the statistics; ``on`` is the day of its creation.

    Topic, category and body are directory keys. ``decided_by`` is the person who registered,
    refused or removed it, None if there is no such person.
    """

    id: UUID
    number: RegistrationNumber | None
    on: date
    state: State
    topic: str | None
    category: str | None
    organ: str | None
    street: Street | None
    channel: Channel
    decided_by: Person | None
    grounds: frozenset[Ground]
    figures: MessageFigures


def counted(message: HandledMessage, by: CountingRules) -> CountedMessage | None:
    """Returns the figures of a message; None for a draft neither submitted nor joined."""
    return next(counted_all((message,), by), None)


def counted_all(messages: Iterable[HandledMessage], by: CountingRules) -> Iterator[CountedMessage]:
    """Yields the figures of each counted message, in order."""
    reckoner = Reckoner(by)
    for message in messages:
        course = course_of(message.history)
        if course.is_counted:
            record = message.record
            yield CountedMessage(
                id=message.id,
                number=record.number,
                on=record.created_at.astimezone(by.zone).date(),
                state=course.state,
                topic=course.topic,
                category=course.category,
                organ=course.organ,
                street=course.street,
                channel=channel_of(
                    is_from_call=record.call_id is not None,
                    is_from_platform=course.is_from_platform,
                ),
                decided_by=course.decided_by,
                grounds=course.grounds,
                figures=reckoner.figures(course),
            )


def channel_of(*, is_from_call: bool, is_from_platform: bool) -> Channel:
    """Returns the channel; a call takes precedence over the platform."""
    if is_from_call:
        return Channel.CALL
    return Channel.PLATFORM if is_from_platform else Channel.MANUAL


class DistinctFigures:
    """Dictionary of distinct figures, prepared for repeated summation."""

    def __init__(self) -> None:
        self.figures: list[MessageFigures] = []
        self._places: dict[MessageFigures, int] = {}
        self._counts: list[tuple[tuple[int, int], ...]] = []

    def place_of(self, figures: MessageFigures) -> int:
        """Returns the index of these figures, adding them if new."""
        place = self._places.setdefault(figures, len(self.figures))
        if place == len(self.figures):
            self.figures.append(figures)
            counts = enumerate(getattr(figures, name) for name in COUNTS)
            self._counts.append(tuple((at, value) for at, value in counts if value))
        return place

    def sum_of(self, places: Iterable[int]) -> MessageFigures:
        """Returns the sum of the figures at these indexes, with repetitions; days are sorted."""
        sums = [0] * len(COUNTS)
        review, answer = Counter[int](), Counter[int]()
        for place, times in Counter(places).items():
            for at, value in self._counts[place]:
                sums[at] += value * times
            for day in self.figures[place].review_days.days:
                review[day] += times
            for day in self.figures[place].answer_days.days:
                answer[day] += times
        counts: dict[str, Any] = dict(zip(COUNTS, sums, strict=True))
        return MessageFigures(**counts, review_days=_spread(review), answer_days=_spread(answer))


def _spread(times: Counter[int]) -> Spread:
    return Spread(tuple(day for day in sorted(times) for _time in range(times[day])))


@dataclass(frozen=True, slots=True)
class CountedTable:
    """Column table with one row per message; all columns have the same length.

    ``order`` sorts the messages of a day. ``figures`` are indexes in ``distinct``. ``made`` returns
    the message of a row.
    """

    on: Sequence[date]
    order: Sequence[int | str]
    topic: Sequence[str | None]
    category: Sequence[str | None]
    organ: Sequence[str | None]
    street: Sequence[Street | None]
    channel: Sequence[Channel]
    decided_by: Sequence[Person | None]
    grounds: Sequence[frozenset[Ground]]
    figures: Sequence[int]
    distinct: DistinctFigures
    made: Callable[[int], CountedMessage]

    def __len__(self) -> int:
        return len(self.on)

    def sum_of(self, rows: Iterable[int]) -> MessageFigures:
        """Returns the sum of the figures of these rows."""
        return self.distinct.sum_of(map(self.figures.__getitem__, rows))


def table_of(messages: Iterable[CountedMessage]) -> CountedTable:
    """Builds a table from messages."""
    listed = list(messages)
    distinct = DistinctFigures()
    return CountedTable(
        on=[one.on for one in listed],
        order=[one.id.int for one in listed],
        topic=[one.topic for one in listed],
        category=[one.category for one in listed],
        organ=[one.organ for one in listed],
        street=[one.street for one in listed],
        channel=[one.channel for one in listed],
        decided_by=[one.decided_by for one in listed],
        grounds=[one.grounds for one in listed],
        figures=[distinct.place_of(one.figures) for one in listed],
        distinct=distinct,
        made=listed.__getitem__,
    )


class Members(Sequence[CountedMessage]):
    """Rows of a table as a sequence of messages, each built on access."""

    __slots__ = ("_table", "rows")

    def __init__(self, table: CountedTable, rows: Sequence[int]) -> None:
        self._table = table
        self.rows = rows

    def of_rows(self, rows: Sequence[int]) -> Members:
        return Members(self._table, rows)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> CountedMessage: ...
    @overload
    def __getitem__(self, place: slice) -> Members: ...
    def __getitem__(self, place: int | slice) -> CountedMessage | Members:
        if isinstance(place, slice):
            return Members(self._table, self.rows[place])
        return self._table.made(self.rows[place])

    def __iter__(self) -> Iterator[CountedMessage]:
        return map(self._table.made, self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Members) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as a list
