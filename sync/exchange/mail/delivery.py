"""One delivery round for queued notices, its settings, and the events of the notice jobs.

A notice that cannot be mailed becomes a callback task for the operators.
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
class BouncesUnread:
    """The mailbox of returned letters cannot be read; told once until it can or the reason changes.

    ``code`` is that of a MailFailure.
    """

    at: datetime
    code: str


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
"""A file that the letter says is attached is not in the store any more, or is damaged."""
DOUBTS_LIMIT = 2
"""A letter whose outcome stayed unknown is sent once more, and no third time."""

# It may be this letter that the server does not want: the next ones do not wait behind it.
_OF_ONE_LETTER = frozenset({MailFailure.TRY_LATER, MailFailure.SENDER_REFUSED})


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """How often and how patiently letters are tried.

    ``settle_s``: how long a server may still be at work on a letter whose answer was lost; before
    that has passed it is not sent again. ``patience_s``: after so long without success a letter
    becomes a call-back task.
    """

    batch_size: int = 20
    settle_s: float = 120.0
    first_delay_s: float = 60.0
    longest_delay_s: float = 3600.0
    patience_s: float = 86_400.0


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """What one round brought.

    ``failure``: the server does not serve us. ``is_reached``: it answered at least once.
    ``is_more``: there may be more whose turn it is.
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
    """Hand over the letters whose turn it is; without a server all become call-back tasks.

    ``is_stopping`` ends the round before the next letter. That a delivery begins is on the disk
    before it does. Raises what the store raises.
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
    """One round of letters."""

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
        """What came of it; None where the notice is not to be sent any more."""
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
        """Later again: soon where the letter is not to blame, never before the server is done."""
        delay_s = self._settings.settle_s if outcome.may_have_it else 0.0
        if outcome.kind in _OF_ONE_LETTER:
            longest_s = grown_s(
                self._settings.first_delay_s, self._settings.longest_delay_s, notice.tries
            )
            delay_s = max(delay_s, longest_s * random.uniform(0.5, 1.0))  # noqa: S311
        code = f"{outcome.kind.value} {outcome.code}".strip()
        next_try_at = self._clock.after(delay_s)
        self._outbox.put_off(notice.id, code, next_try_at, may_have_it=outcome.may_have_it)
