"""Reports of messages: figures by group (Regulation 11), routing exceptions, category gaps.

A routing exception is a message sent to another body than its topic's (7.9). A category gap is a
message that no category fitted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from sync.register.checks.finding import Ground
from sync.register.figures.course import Passage, is_other_organ, way_of
from sync.register.figures.figures import MessageFigures
from sync.register.figures.tables import (
    Channel,
    CountedMessage,
    CountedTable,
    Members,
    table_of,
)
from sync.register.handling.contents import Contents
from sync.register.handling.events import Doer, Step
from sync.register.handling.handled import HandledMessage
from sync.register.handling.step_facts import Routed
from sync.register.numbering import RegistrationNumber


@dataclass(frozen=True, slots=True)
class OtherOrgan:
    """A routing exception; ``route_organ`` is None if topic and category have no body."""

    number: RegistrationNumber | None
    at: datetime
    by: Doer
    topic: str | None
    category: str | None
    organ: str
    route_organ: str | None
    reason: str


def other_organs(messages: Iterable[HandledMessage]) -> tuple[OtherOrgan, ...]:
    """Returns all routing exceptions, newest first."""
    found = [
        OtherOrgan(
            number=message.record.number,
            at=passage.event.at,
            by=passage.event.by,
            topic=passage.before.contents.topic,
            category=passage.before.contents.category,
            organ=facts.organ,
            route_organ=facts.route_organ,
            reason=facts.reason,
        )
        for message in messages
        for passage in way_of(message.history)
        if isinstance(facts := passage.event.facts, Routed) and is_other_organ(passage)
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


LEAST_OF_STREET = 3
"""Minimum number of messages to name a street: fewer might identify a person."""

Key = TypeVar("Key")
Key_co = TypeVar("Key_co", covariant=True)


class StreetGroup(Enum):
    """Messages without a named street."""

    RARE = "rare"
    """Streets with fewer than ``LEAST_OF_STREET`` messages, combined."""
    NONE = "none"
    """Locations without a street: a park, a stop."""


@dataclass(frozen=True, slots=True)
class Group(Generic[Key_co]):
    """Messages with a common ``key``, and their figures."""

    key: Key_co
    figures: MessageFigures
    messages: Members


@dataclass(frozen=True, slots=True)
class MessageReport:
    """Report of messages by day of creation and in several groupings.

    ``by_day`` has every day of the period. Topics, categories and bodies are directory keys, None
    if missing. Operators are those who decided (7.6). A refusal may have several grounds, so
    ``by_ground`` may exceed the number of refusals.
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
    """Returns the report of the messages created from ``first`` to ``last``, both days included.

    Groups are sorted by number of messages, descending.
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
    # The latest name of an operator is used for all decisions of the operator.
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
    """Returns messages of any day with an overdue review or answer, by body."""
    table = messages if isinstance(messages, CountedTable) else table_of(messages)
    is_late = [bool(one.review_overdue or one.answer_overdue) for one in table.distinct.figures]
    late = [row for row, place in enumerate(table.figures) if is_late[place]]
    return _grouped(table, table.organ, _in_order(table, late))


def together(groups: Sequence[Group[Key]]) -> Sequence[CountedMessage]:
    """Returns the messages of groups of one table, group by group."""
    if not groups:
        return ()
    return groups[0].messages.of_rows([row for group in groups for row in group.messages.rows])


def _in_order(table: CountedTable, rows: Iterable[int]) -> list[int]:
    # Two sorts by plain keys are faster than one by pairs.
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
    """Returns the display name of each row's street: the most frequent spelling."""
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


class Unfit(StrEnum):
    """Evidence that the categories are insufficient."""

    OTHER = "other"
    """It has a category such as «Другое»."""
    REFUSED = "refused"
    """It was refused because no category fits (7.7)."""
    CORRECTED = "corrected"
    """Its category was changed during the review."""


@dataclass(frozen=True, slots=True)
class UnfitMessage:
    """A category gap: original topic and category; ``became`` is the corrected category."""

    id: UUID
    kind: Unfit
    topic: str | None
    category: str | None
    became: str | None
    organs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnfitGroup:
    """Category gaps of the same kind; their bodies are sorted by frequency."""

    kind: Unfit
    topic: str | None
    category: str | None
    became: str | None
    ids: tuple[UUID, ...]
    organs: tuple[str, ...]


def unfit_groups(
    messages: Iterable[HandledMessage], others: Collection[str]
) -> tuple[UnfitGroup, ...]:
    """Groups the category gaps, largest group first; ``others`` are the catch-all categories."""
    groups: dict[tuple[Unfit, str | None, str | None, str | None], list[UnfitMessage]] = {}
    for message in messages:
        for one in unfit_of(message, others):
            key = (one.kind, one.topic, one.category, one.became)
            groups.setdefault(key, []).append(one)
    made = (_unfit_group(key, found) for key, found in groups.items())
    return tuple(
        sorted(made, key=lambda one: (-len(one.ids), one.kind, one.topic or "", one.category or ""))
    )


def unfit_of(message: HandledMessage, others: Collection[str]) -> tuple[UnfitMessage, ...]:
    """Returns the category gaps of one message, at most one of each kind."""
    way = way_of(message.history)
    organs = tuple(dict.fromkeys(one.after.organ for one in way if one.after.organ is not None))
    return tuple(
        UnfitMessage(message.id, kind, contents.topic, contents.category, became, organs)
        for kind, contents, became in _shown(way, others)
    )


def _shown(
    way: tuple[Passage, ...], others: Collection[str]
) -> Iterator[tuple[Unfit, Contents, str | None]]:
    if not way:
        return
    last = way[-1].after
    if Ground.CATEGORY in last.refused_on:
        yield Unfit.REFUSED, last.contents, None
    elif last.contents.category in others:
        yield Unfit.OTHER, last.contents, None
    corrected = [one for one in way if one.event.step is Step.CORRECT]
    if corrected:
        before, became = corrected[0].before.contents, corrected[-1].after.contents.category
        if before.category is not None and before.category != became:
            yield Unfit.CORRECTED, before, became


def _unfit_group(
    key: tuple[Unfit, str | None, str | None, str | None], found: list[UnfitMessage]
) -> UnfitGroup:
    organs = Counter(organ for one in found for organ in one.organs)
    kind, topic, category, became = key
    return UnfitGroup(
        kind,
        topic,
        category,
        became,
        ids=tuple(one.id for one in found),
        organs=tuple(sorted(organs, key=lambda organ: (-organs[organ], organ))),
    )
