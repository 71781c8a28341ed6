"""The messages of a period from all sides (Regulation 11); each side adds up to the total."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Generic, TypeVar
from uuid import UUID

from sync.register.checks.grounds import Ground
from sync.register.message_statistics.counted import Channel, CountedMessage
from sync.register.message_statistics.figures import MessageFigures
from sync.register.message_statistics.table import CountedTable, Members, table_of

LEAST_OF_STREET = 3
"""A street is named from so many messages on: one or two might point to a person."""

Key = TypeVar("Key")
Key_co = TypeVar("Key_co", covariant=True)


class StreetGroup(Enum):
    """Messages of no street that is named."""

    RARE = "rare"
    """Streets with fewer than ``LEAST_OF_STREET`` messages, together."""
    NONE = "none"
    """Places without a street: a park, a stop."""


@dataclass(frozen=True, slots=True)
class Group(Generic[Key_co]):
    """The messages that have ``key`` in common, and their figures."""

    key: Key_co
    figures: MessageFigures
    messages: Members


@dataclass(frozen=True, slots=True)
class MessageReport:
    """A message belongs to the day it was begun, and once to each side.

    ``by_day`` has every day of the period. Topics, categories and organs are directory keys, None
    where a message has none; of operators it is who decided (7.6). A refusal may rest on several
    grounds, so ``by_ground`` adds up to the refused at least.
    """

    first: date
    last: date
    total: Group[None]
    by_day: tuple[Group[date], ...]
    by_channel: tuple[Group[Channel], ...]
    by_topic: tuple[Group[str | None], ...]
    by_category: tuple[Group[tuple[str | None, str | None]], ...]
    by_organ: tuple[Group[str | None], ...]
    by_street: tuple[Group[str | StreetGroup], ...]
    by_operator: tuple[Group[UUID | None], ...]
    by_ground: tuple[Group[Ground], ...]
    operator_names: dict[UUID, str]


def message_report(
    messages: CountedTable | Iterable[CountedMessage], first: date, last: date
) -> MessageReport:
    """The report of the messages begun from ``first`` to ``last``, both days included.

    Groups stand in the order of their numbers of messages, the greatest first.
    """
    table = messages if isinstance(messages, CountedTable) else table_of(messages)
    chosen = _in_order(table, [row for row, on in enumerate(table.on) if first <= on <= last])
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    by_day = _rows_by(table.on, chosen)
    by_channel = _rows_by(table.channel, chosen)
    by_ground: dict[Ground, list[int]] = {ground: [] for ground in Ground}
    for row in chosen:
        for ground in table.grounds[row]:
            by_ground[ground].append(row)
    # The newest name of an operator stands for all that he decided.
    deciders = map(table.decided_by.__getitem__, chosen)
    names = {one.id: one.name for one in deciders if one is not None}
    decided_by = [None if one is None else one.id for one in table.decided_by]
    return MessageReport(
        first=first,
        last=last,
        total=_group(table, None, chosen),
        by_day=tuple(_group(table, day, by_day.get(day, ())) for day in days),
        by_channel=tuple(_group(table, each, by_channel.get(each, ())) for each in Channel),
        by_topic=_grouped(table, table.topic, chosen),
        by_category=_grouped(table, list(zip(table.topic, table.category, strict=True)), chosen),
        by_organ=_grouped(table, table.organ, chosen),
        by_street=_grouped(table, _street_names(table, chosen), chosen),
        by_operator=_grouped(table, decided_by, chosen),
        by_ground=tuple(_group(table, ground, rows) for ground, rows in by_ground.items() if rows),
        operator_names=names,
    )


def overdue_now(
    messages: CountedTable | Iterable[CountedMessage],
) -> tuple[Group[str | None], ...]:
    """Messages of any day whose review or answer is overdue, by the organ that has them."""
    table = messages if isinstance(messages, CountedTable) else table_of(messages)
    is_late = [bool(one.review_overdue or one.answer_overdue) for one in table.distinct.figures]
    late = [row for row, place in enumerate(table.figures) if is_late[place]]
    return _grouped(table, table.organ, _in_order(table, late))


def together(groups: Sequence[Group[Key]]) -> Sequence[CountedMessage]:
    """The messages of groups of one table, one group after the other."""
    if not groups:
        return ()
    return groups[0].messages.of_rows([row for group in groups for row in group.messages.rows])


def _in_order(table: CountedTable, rows: Iterable[int]) -> list[int]:
    # two sorts by plain keys are faster than one by pairs
    return sorted(sorted(rows, key=table.order.__getitem__), key=table.on.__getitem__)


def _group(table: CountedTable, key: Key, rows: Sequence[int]) -> Group[Key]:
    return Group(key, table.sum_of(rows), Members(table, rows))


def _rows_by(keys: Sequence[Key], rows: Iterable[int]) -> dict[Key, list[int]]:
    found: dict[Key, list[int]] = defaultdict(list)
    for row in rows:
        found[keys[row]].append(row)
    return found


def _grouped(
    table: CountedTable, keys: Sequence[Key], rows: Iterable[int]
) -> tuple[Group[Key], ...]:
    made = [_group(table, key, found) for key, found in _rows_by(keys, rows).items()]
    return tuple(sorted(made, key=lambda group: (-len(group.messages), str(group.key))))


def _street_names(table: CountedTable, rows: Iterable[int]) -> list[str | StreetGroup]:
    """The name under which each row's street is told: the one written most often."""
    names: dict[str, Counter[str]] = {}
    for row in rows:
        street = table.street[row]
        if street is not None:
            names.setdefault(street.key, Counter())[street.name] += 1
    told = {key: _street_name(written) for key, written in names.items()}
    return [
        StreetGroup.NONE if street is None else told.get(street.key, StreetGroup.RARE)
        for street in table.street
    ]


def _street_name(written: Counter[str]) -> str | StreetGroup:
    if written.total() < LEAST_OF_STREET:
        return StreetGroup.RARE
    return min(written, key=lambda name: (-written[name], name))
