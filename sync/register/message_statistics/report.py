"""The messages of a period from all sides (Regulation 11); each side adds up to the total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Generic, TypeVar
from uuid import UUID

from sync.register.checks.grounds import Ground
from sync.register.message_statistics.counted import Channel, CountedMessage
from sync.register.message_statistics.figures import MessageFigures, sum_of

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
    messages: tuple[CountedMessage, ...]


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


def message_report(messages: Iterable[CountedMessage], first: date, last: date) -> MessageReport:
    """The report of the messages begun from ``first`` to ``last``, both days included.

    Groups stand in the order of their numbers of messages, the greatest first.
    """
    chosen = sorted(
        (one for one in messages if first <= one.on <= last), key=lambda one: (one.on, one.id)
    )
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    # The newest name of an operator stands for all that he decided.
    names = {one.decided_by.id: one.decided_by.name for one in chosen if one.decided_by}
    street = _streets(chosen)
    return MessageReport(
        first=first,
        last=last,
        total=_group(None, chosen),
        by_day=tuple(_group(day, [one for one in chosen if one.on == day]) for day in days),
        by_channel=tuple(
            _group(each, [one for one in chosen if one.channel is each]) for each in Channel
        ),
        by_topic=_grouped(chosen, lambda one: one.topic),
        by_category=_grouped(chosen, lambda one: (one.topic, one.category)),
        by_organ=_grouped(chosen, lambda one: one.organ),
        by_street=_grouped(chosen, street),
        by_operator=_grouped(chosen, lambda one: one.decided_by.id if one.decided_by else None),
        by_ground=tuple(
            _group(ground, [one for one in chosen if ground in one.grounds])
            for ground in Ground
            if any(ground in one.grounds for one in chosen)
        ),
        operator_names=names,
    )


def overdue_now(messages: Iterable[CountedMessage]) -> tuple[Group[str | None], ...]:
    """Messages of any day whose review or answer is overdue, by the organ that has them."""
    late = (one for one in messages if one.figures.review_overdue or one.figures.answer_overdue)
    ordered = sorted(late, key=lambda one: (one.on, one.id))
    return _grouped(ordered, lambda one: one.organ)


def _group(key: Key, messages: Sequence[CountedMessage]) -> Group[Key]:
    return Group(key, sum_of(one.figures for one in messages), tuple(messages))


def _grouped(
    messages: Sequence[CountedMessage], key: Callable[[CountedMessage], Key]
) -> tuple[Group[Key], ...]:
    groups: dict[Key, list[CountedMessage]] = {}
    for one in messages:
        groups.setdefault(key(one), []).append(one)
    made = [_group(each, found) for each, found in groups.items()]
    return tuple(sorted(made, key=lambda group: (-len(group.messages), str(group.key))))


def _streets(
    messages: Sequence[CountedMessage],
) -> Callable[[CountedMessage], str | StreetGroup]:
    """The name under which a message's street is told: the one written most often."""
    names: dict[str, Counter[str]] = {}
    for one in messages:
        if one.street is not None:
            names.setdefault(one.street.key, Counter())[one.street.name] += 1

    def named(message: CountedMessage) -> str | StreetGroup:
        if message.street is None:
            return StreetGroup.NONE
        written = names[message.street.key]
        if written.total() < LEAST_OF_STREET:
            return StreetGroup.RARE
        return min(written, key=lambda name: (-written[name], name))

    return named
