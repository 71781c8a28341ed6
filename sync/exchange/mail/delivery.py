"""One delivery round for queued notifications, its settings, and the events of the jobs.

A notification that cannot be mailed becomes a callback task for the operators.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never
from uuid import UUID

from sync.exchange.failures import grown_s
from sync.exchange.mail.smtp import Delivered, MailFailure, MailPort, NotNow, Undeliverable
from sync.exchange.platform.hand_over import RoundClock
from sync.store.local.messages.notices import KeptNotice, NoticeOutbox


@dataclass(frozen=True, slots=True)
class MailReached:
    """The mail server accepts mail."""

    at: datetime


@dataclass(frozen=True, slots=True)
class MailLost:
    """The mail server is unavailable. Emitted once until the server is available or the reason
    changes.
    """

    at: datetime
    kind: MailFailure


@dataclass(frozen=True, slots=True)
class NoticeSent:
    """A mail was sent."""

    at: datetime
    message_id: UUID


@dataclass(frozen=True, slots=True)
class NoticeNotMailed:
    """A mail cannot be delivered; ``is_call`` if it became a callback task.

    ``code`` is an SMTP status or an internal code; ``number`` is that of the message, empty before
    its registration.
    """

    at: datetime
    message_id: UUID
    number: str
    code: str
    is_call: bool


@dataclass(frozen=True, slots=True)
class BouncesUnread:
    """The bounce mailbox cannot be read. Emitted once until it is readable or the reason changes.

    ``code`` is that of a MailFailure.
    """

    at: datetime
    code: str


@dataclass(frozen=True, slots=True)
class PlannedDateCame:
    """The promised date was reached: the message was reopened and its authority notified (9.6)."""

    at: datetime
    message_id: UUID
    number: str


@dataclass(frozen=True, slots=True)
class ReviewTermsNear:
    """Numbers of messages with a review due by tomorrow, and of overdue ones (Regulation 7.11)."""

    at: datetime
    near: int
    over: int


NoticeEvent = (
    MailReached
    | MailLost
    | NoticeSent
    | NoticeNotMailed
    | BouncesUnread
    | PlannedDateCame
    | ReviewTermsNear
)


MAIL_NOT_SET = "mail_not_set"
OUTCOME_UNKNOWN = "outcome_unknown"
FILE_GONE = "file_gone"
"""An attached file is no longer in the local database, or is damaged."""
DOUBTS_LIMIT = 2
"""Sends with an unknown outcome after which a mail is not sent again."""

# The server may refuse only this mail; the following ones are sent.
_OF_ONE_LETTER = frozenset({MailFailure.TRY_LATER, MailFailure.SENDER_REFUSED})


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """Intervals and limits of the delivery, in seconds.

    ``settle_s``: time for which a server may still process a mail with a lost response; before it
    has passed, the mail is not sent again. ``patience_s``: time without success after which a mail
    becomes a callback task.
    """

    batch_size: int = 20
    settle_s: float = 120.0
    first_delay_s: float = 60.0
    longest_delay_s: float = 3600.0
    patience_s: float = 86_400.0


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """Result of one delivery round.

    ``failure``: the server is unavailable. ``is_reached``: it responded at least once. ``is_more``:
    there may be more mails due.
    """

    events: tuple[NoticeSent | NoticeNotMailed, ...]
    is_reached: bool
    is_more: bool
    failure: NotNow | None


def deliver(
    outbox: NoticeOutbox,
    mail: MailPort | None,
    at: datetime,
    settings: DeliverySettings | None = None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> DeliveryResult:
    """Sends the mails that are due; without a server all become callback tasks.

    ``is_stopping`` ends the round before the next mail. The start of a delivery is committed before
    the mail is sent. Raises the errors of the database.
    """
    chosen = settings or DeliverySettings()
    due = outbox.due_emails(at, chosen.batch_size)
    delivery = _Delivery(outbox, mail, RoundClock(at), chosen)
    events: list[NoticeSent | NoticeNotMailed] = []
    is_reached = False
    try:
        for notice in due:
            if is_stopping():
                return DeliveryResult(tuple(events), is_reached, False, None)
            outcome = delivery.carry_on(notice)
            match outcome:
                case NotNow(kind=kind) if kind is not MailFailure.TRY_LATER:
                    return DeliveryResult(tuple(events), is_reached, False, outcome)
                case NotNow() | None:
                    is_reached |= outcome is not None
                case _:
                    is_reached |= isinstance(outcome, NoticeSent)
                    events.append(outcome)
    finally:
        if mail is not None:
            mail.close()
    return DeliveryResult(tuple(events), is_reached, len(due) == chosen.batch_size, None)


class _Delivery:
    """One delivery round."""

    def __init__(
        self,
        outbox: NoticeOutbox,
        mail: MailPort | None,
        clock: RoundClock,
        settings: DeliverySettings,
    ) -> None:
        self._outbox = outbox
        self._mail = mail
        self._clock = clock
        self._settings = settings

    def carry_on(self, notice: KeptNotice) -> NoticeSent | NoticeNotMailed | NotNow | None:
        """Sends one notification and returns the event or failure; None if it is no longer due."""
        given_up = self._reason_to_call(notice)
        if given_up is not None or self._mail is None:
            return self._call_instead(notice, given_up or MAIL_NOT_SET)
        files = self._outbox.files_of(notice)
        if files is None:
            return self._call_instead(notice, FILE_GONE)
        look_at = self._clock.after(self._settings.settle_s)
        header_id = self._outbox.begin(notice.id, look_at, self._mail.header_id(str(notice.id)))
        email = notice.told.email
        if header_id is None or email is None:
            return None
        outcome = self._mail.send(email, notice.told.words, header_id, files)
        match outcome:
            case Delivered():
                self._outbox.sent(notice.id, self._clock.now())
                return NoticeSent(self._clock.now(), notice.told.message_id)
            case Undeliverable(code):
                return self._call_instead(notice, code)
            case NotNow():
                self._put_off(notice, outcome)
                return outcome
            case _ as unreachable:
                assert_never(unreachable)

    def _reason_to_call(self, notice: KeptNotice) -> str | None:
        if notice.doubtful >= DOUBTS_LIMIT:
            return OUTCOME_UNKNOWN
        is_late = self._clock.now() - notice.told.due_at > timedelta(
            seconds=self._settings.patience_s
        )
        return notice.last_error if is_late else None

    def _call_instead(self, notice: KeptNotice, code: str) -> NoticeNotMailed:
        now = self._clock.now()
        self._outbox.call_instead(notice.id, code, now)
        told = notice.told
        return NoticeNotMailed(now, told.message_id, notice.number, code, told.phone is not None)

    def _put_off(self, notice: KeptNotice, outcome: NotNow) -> None:
        """Reschedules the mail, at the earliest when the server must have finished with it."""
        delay_s = self._settings.settle_s if outcome.may_have_it else 0.0
        if outcome.kind in _OF_ONE_LETTER:
            longest_s = grown_s(
                self._settings.first_delay_s, self._settings.longest_delay_s, notice.tries
            )
            delay_s = max(delay_s, longest_s * random.uniform(0.5, 1.0))  # noqa: S311
        code = f"{outcome.kind.value} {outcome.code}".strip()
        next_try_at = self._clock.after(delay_s)
        self._outbox.put_off(notice.id, code, next_try_at, may_have_it=outcome.may_have_it)
