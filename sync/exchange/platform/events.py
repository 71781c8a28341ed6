"""Events of the exchange with the city platform, for the screen and the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sync.exchange.platform.port import FailureKind


@dataclass(frozen=True, slots=True)
class PlatformReached:
    """The platform is available."""

    at: datetime


@dataclass(frozen=True, slots=True)
class PlatformLost:
    """The platform is unavailable. Emitted once until the platform is available or the reason
    changes.
    """

    at: datetime
    kind: FailureKind


@dataclass(frozen=True, slots=True)
class MessagePosted:
    """The message was accepted by the platform."""

    at: datetime
    message_id: UUID
    number: str
    platform_id: str


@dataclass(frozen=True, slots=True)
class MessageAnswered:
    """The platform has a new answer to the message, or has closed it."""

    at: datetime
    message_id: UUID
    number: str
    status: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class MessageRejected:
    """The platform rejected the message; ``code`` is an HTTP status or an internal code."""

    at: datetime
    message_id: UUID
    number: str
    code: str


@dataclass(frozen=True, slots=True)
class MessageTakenIn:
    """A message that a user sent on the platform was imported for review (Regulation 7.5)."""

    at: datetime
    message_id: UUID
    number: str
    platform_id: str


@dataclass(frozen=True, slots=True)
class MessageLeft:
    """A message on the platform was not imported, because it is unreadable or without text, and
    must be reviewed on the platform.

    ``code`` is the reason.
    """

    at: datetime
    platform_id: str
    code: str


MessageEvent = MessagePosted | MessageAnswered | MessageRejected | MessageTakenIn | MessageLeft


PlatformEvent = PlatformReached | PlatformLost | MessageEvent
