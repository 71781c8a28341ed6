"""One message as the statistics see it (Regulation 11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sync.register.checks.grounds import Ground
from sync.register.handling.events import Person
from sync.register.handling.handled import HandledMessage
from sync.register.handling.states import State
from sync.register.message_statistics.course import course_of
from sync.register.message_statistics.figures import MessageFigures
from sync.register.message_statistics.reckoner import CountingRules, Reckoner
from sync.register.message_statistics.streets import Street
from sync.register.numbering import RegistrationNumber


class Channel(StrEnum):
    """How a message came in (5.1)."""

    CALL = "call"
    PLATFORM = "platform"
    MANUAL = "manual"
    """Written down at the desk without a call."""


@dataclass(frozen=True, slots=True)
class CountedMessage:
    """``on`` is the day it was begun; topic, category and organ are directory keys.

    ``decided_by`` is who registered, refused or removed it, None where nobody has, or no person.
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
    """The message's own figures; None for a draft that was never handed in and joined nothing."""
    return next(counted_all((message,), by), None)


def counted_all(messages: Iterable[HandledMessage], by: CountingRules) -> Iterator[CountedMessage]:
    """The figures of each message that is counted, in their order."""
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
    """A call comes first: what its operator wrote down came by it."""
    if is_from_call:
        return Channel.CALL
    return Channel.PLATFORM if is_from_platform else Channel.MANUAL
