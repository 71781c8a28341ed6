"""Counted messages as columns: a month of a city has tens of thousands, of few different figures.

Groups are added up by how often each of the figures stands in them, and a message is made into an
object only when somebody looks at it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

from sync.register.checks.grounds import Ground
from sync.register.handling.events import Person
from sync.register.message_statistics.counted import Channel, CountedMessage
from sync.register.message_statistics.figures import COUNTS, MessageFigures, Spread
from sync.register.message_statistics.streets import Street


class DistinctFigures:
    """Different figures, each in a place of its own, ready to be added up many times."""

    def __init__(self) -> None:
        self.figures: list[MessageFigures] = []
        self._places: dict[MessageFigures, int] = {}
        self._counts: list[tuple[tuple[int, int], ...]] = []

    def place_of(self, figures: MessageFigures) -> int:
        """Where these figures stand, from now on."""
        place = self._places.setdefault(figures, len(self.figures))
        if place == len(self.figures):
            self.figures.append(figures)
            counts = enumerate(getattr(figures, name) for name in COUNTS)
            self._counts.append(tuple((at, value) for at, value in counts if value))
        return place

    def sum_of(self, places: Iterable[int]) -> MessageFigures:
        """The figures in these places together, however often; days stand in order."""
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
    """One row a message, one list a column; all are of one length.

    ``order`` tells the messages of a day apart and puts them in order. ``figures`` are places in
    ``distinct``. ``made`` gives the message of a row.
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
        """The figures of these rows together."""
        return self.distinct.sum_of(map(self.figures.__getitem__, rows))


def table_of(messages: Iterable[CountedMessage]) -> CountedTable:
    """Messages that are there already, as a table."""
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
    """Some rows of a table as messages, each made when it is asked for."""

    __slots__ = ("_table", "rows")

    def __init__(self, table: CountedTable, rows: Sequence[int]) -> None:
        self._table = table
        self.rows = rows

    def of_rows(self, rows: Sequence[int]) -> Members:
        """Other rows of the same table."""
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
