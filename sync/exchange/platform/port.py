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
    """Reason why the platform is unavailable; none is caused by the message."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    OVERLOADED = "overloaded"
    """The platform requested a later retry (429)."""
    SERVER_ERROR = "server_error"
    """The platform failed (408, 5xx)."""
    KEY_REFUSED = "key_refused"
    """Key or jurisdiction were not accepted (401, 403)."""
    NOT_A_PLATFORM = "not_a_platform"
    """The server does not support the protocol."""
    STORE = "store"
    """The local or the central database could not be used."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The platform has the message under this identifier."""

    platform_id: str


@dataclass(frozen=True, slots=True)
class TokenGiven:
    """The platform has the message and will exchange this token for its identifier."""

    token: str


@dataclass(frozen=True, slots=True)
class NotYet:
    """The platform has not assigned an identifier for the token."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """The platform does not have the requested item."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The platform permanently rejects this message; ``code`` contains none of its text."""

    code: str


@dataclass(frozen=True, slots=True)
class Noted:
    """The platform has stored the status update."""


@dataclass(frozen=True, slots=True)
class NotSupported:
    """The platform does not support the operation; plain GeoReport v2 has no status updates."""


@dataclass(frozen=True, slots=True)
class MediaTaken:
    """The platform has the file under this identifier or address."""

    media_id: str


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The request failed this time.

    ``may_have_it``: the request may have been processed anyway, so the message must be searched for
    before it is posted again. ``retry_after_s`` is the delay that the platform requested.
    """

    kind: FailureKind
    may_have_it: bool
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Status of a message on the platform, with the authority's answer."""

    status: str
    is_closed: bool
    answer: str | None


@dataclass(frozen=True, slots=True)
class Service:
    """Category of the platform."""

    code: str
    name: str
    group: str


class PlatformPort(Protocol):
    """City platform. Use on one thread only; calls are bounded in time and do not raise."""

    def post(self, message: MessageRecord) -> Accepted | TokenGiven | Rejected | Unavailable:
        """Submits a registered message; the caller must prevent duplicates."""

    def find(self, message: MessageRecord, since: datetime) -> Accepted | NotFound | Unavailable:
        """Searches the message by our number among those received after ``since``."""

    def redeem(self, token: str) -> Accepted | NotYet | NotFound | Unavailable:
        """Returns the identifier for a token."""

    def standing(self, platform_id: str) -> Standing | NotFound | Unavailable:
        """Returns status and answer of a message."""

    def submitted(
        self, since: datetime
    ) -> tuple[SubmittedMessage | UnreadableRequest, ...] | Unavailable:
        """Returns open messages that other parties sent after ``since``, oldest first.

        Unreadable messages are at the end.
        """

    def tell(
        self, platform_id: str, event_id: UUID, at: datetime, news: PlatformNews
    ) -> Noted | NotSupported | Rejected | Unavailable:
        """Posts a status update of a message; idempotent by ``event_id``."""

    def attach(
        self, platform_id: str, key: UUID, file: AnswerFile
    ) -> MediaTaken | NotSupported | Rejected | Unavailable:
        """Uploads a file of a message; idempotent by ``key``."""

    def close(self) -> None:
        """Closes the connections."""
