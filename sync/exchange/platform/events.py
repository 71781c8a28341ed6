"""Events of the exchange with the city platform, for the screen and the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sync.exchange.platform.port import FailureKind


@dataclass(frozen=True, slots=True)
class PlatformReached:
    """The platform answers."""

    at: datetime


@dataclass(frozen=True, slots=True)
class PlatformLost:
    """The platform does not serve us; told once until it does or the reason changes."""

    at: datetime
    kind: FailureKind


@dataclass(frozen=True, slots=True)
class MessagePosted:
    """The platform has the message."""

    at: datetime
    message_id: UUID
    number: str
    platform_id: str


@dataclass(frozen=True, slots=True)
class MessageAnswered:
    """The platform shows a new answer to the message, or closed it."""

    at: datetime
    message_id: UUID
    number: str
    status: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class MessageRejected:
    """The platform refuses the message as it stands; ``code`` is an HTTP status or our own."""

    at: datetime
    message_id: UUID
    number: str
    code: str


@dataclass(frozen=True, slots=True)
class MessageTakenIn:
    """A message that a user sent on the platform waits for review here (7.5)."""

    at: datetime
    message_id: UUID
    number: str
    platform_id: str


@dataclass(frozen=True, slots=True)
class MessageLeft:
    """A message of the platform has no text, or cannot be read: it is to be judged there.

    ``code`` says why.
    """

    at: datetime
    platform_id: str
    code: str


MessageEvent = MessagePosted | MessageAnswered | MessageRejected | MessageTakenIn | MessageLeft


PlatformEvent = PlatformReached | PlatformLost | MessageEvent
