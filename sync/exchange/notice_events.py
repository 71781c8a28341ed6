"""What the delivery of notices and the days tell the screen and the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sync.exchange.mail_port import MailFailure


@dataclass(frozen=True, slots=True)
class MailReached:
    """The mail server takes letters."""

    at: datetime


@dataclass(frozen=True, slots=True)
class MailLost:
    """The mail server does not serve us; told once until it does or the reason changes."""

    at: datetime
    kind: MailFailure


@dataclass(frozen=True, slots=True)
class NoticeSent:
    """A letter went out."""

    at: datetime
    message_id: UUID


@dataclass(frozen=True, slots=True)
class NoticeNotMailed:
    """A letter cannot be delivered; ``is_call`` where it is a call-back task now.

    ``code`` is an SMTP status or our own; ``number`` is of the message, empty before it has one.
    """

    at: datetime
    message_id: UUID
    number: str
    code: str
    is_call: bool


@dataclass(frozen=True, slots=True)
class PlannedDateCame:
    """The promised date has come: the message is open again, and its organ told (9.6)."""

    at: datetime
    message_id: UUID
    number: str


@dataclass(frozen=True, slots=True)
class ReviewTermsNear:
    """So many messages want a decision by tomorrow, and so many are late (7.11)."""

    at: datetime
    near: int
    over: int


NoticeEvent = (
    MailReached | MailLost | NoticeSent | NoticeNotMailed | PlannedDateCame | ReviewTermsNear
)
