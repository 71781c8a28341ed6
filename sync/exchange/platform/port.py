"""Port of the city platform: operations and results, independent of the platform's protocol."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sync.register.handling.notices import PlatformNews
from sync.register.messages import MessageRecord, SubmittedMessage, UnreadableRequest
from sync.store.local.messages.photos import AnswerFile


class FailureKind(StrEnum):
    """Why the platform does not serve us now; nothing of it is the message's fault."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    OVERLOADED = "overloaded"
    """It asked to come later (429)."""
    SERVER_ERROR = "server_error"
    """It failed on its own side (408, 5xx)."""
    KEY_REFUSED = "key_refused"
    """Key or jurisdiction are not accepted (401, 403)."""
    NOT_A_PLATFORM = "not_a_platform"
    """What answers there does not speak the protocol."""
    STORE = "store"
    """Our own store, or the centre, could not be used."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The platform has the message under this identifier."""

    platform_id: str


@dataclass(frozen=True, slots=True)
class TokenGiven:
    """The platform has the message and gives its identifier later, for this token."""

    token: str


@dataclass(frozen=True, slots=True)
class NotYet:
    """The platform has no identifier for the token so far."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """The platform has nothing of this kind."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The platform will never take this message as it is; ``code`` holds no words of it."""

    code: str


@dataclass(frozen=True, slots=True)
class Noted:
    """The platform has the news."""


@dataclass(frozen=True, slots=True)
class NotSupported:
    """The platform has no door for news: GeoReport v2 alone has none."""


@dataclass(frozen=True, slots=True)
class MediaTaken:
    """The platform has the file, under this identifier or address."""

    media_id: str


@dataclass(frozen=True, slots=True)
class Unavailable:
    """It did not work this time.

    ``may_have_it``: the request may have been processed all the same, so that a message must be
    looked for before it is posted again. ``retry_after_s`` is the platform's own wish.
    """

    kind: FailureKind
    may_have_it: bool
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A message as the platform shows it: the organ's answer, and whether it is the last word."""

    status: str
    is_closed: bool
    answer: str | None


@dataclass(frozen=True, slots=True)
class Service:
    """A category of the platform."""

    code: str
    name: str
    group: str


class PlatformPort(Protocol):
    """A platform, used by one thread; every method ends in bounded time, failures are values."""

    def post(self, message: MessageRecord) -> Accepted | TokenGiven | Rejected | Unavailable:
        """Hand over a registered message; repeating it is the caller's to prevent."""

    def find(self, message: MessageRecord, since: datetime) -> Accepted | NotFound | Unavailable:
        """The message among those that reached the platform after ``since``, by our number."""

    def redeem(self, token: str) -> Accepted | NotYet | NotFound | Unavailable:
        """The identifier behind a token."""

    def standing(self, platform_id: str) -> Standing | NotFound | Unavailable:
        """Status and answer of a message."""

    def submitted(
        self, since: datetime
    ) -> tuple[SubmittedMessage | UnreadableRequest, ...] | Unavailable:
        """What others sent to the platform after ``since`` and is open there, oldest first.

        What cannot be read stands at the end.
        """

    def tell(
        self, platform_id: str, event_id: UUID, at: datetime, news: PlatformNews
    ) -> Noted | NotSupported | Rejected | Unavailable:
        """Tell what became of a message; telling the same ``event_id`` twice does no harm."""

    def attach(
        self, platform_id: str, key: UUID, file: AnswerFile
    ) -> MediaTaken | NotSupported | Rejected | Unavailable:
        """Hand over a file of a message; under the same ``key`` the platform keeps it once."""

    def close(self) -> None:
        """Give back the connections."""
