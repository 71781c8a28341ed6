"""Outbox of notifications: queue, mail delivery state, callback tasks and cancellation.

A notification is queued in the transaction of the step it reports.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    RowMapping,
    and_,
    case,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from sync.records.replicated_tables import message, message_event
from sync.records.workplace_message_tables import notice, notice_call
from sync.register.checks.photo_formats import FileFormat
from sync.register.handling.answers import Attachment, StoredFile
from sync.register.handling.events import Source, Step
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.notices import (
    TO_ORGAN,
    Notice,
    NoticeKind,
    Reminder,
    RenderedNotice,
)
from sync.register.handling.standing import HELD_BACK, TOO_FAR_AHEAD
from sync.register.handling.step_facts import NoticeOutcome, Notified, TakenBack
from sync.register.people.operators import Operator
from sync.store.local.messages.photos import AnswerFile, AnswerFiles
from sync.store.local.register import RegisterStore
from sync.store.local.step_writer import handled_in

CALLS_LIMIT = 3
CALL_AGAIN_AFTER = timedelta(hours=1)
LONGEST_WAIT = timedelta(hours=2)
"""Maximum delay between two attempts. A later time was set by a clock that ran ahead."""

NO_CONTACT = "no_contact"
NOT_REACHED = "not_reached"
BOUNCED = "bounced"
"""Prefix of the error code of a bounced e-mail; the SMTP status follows."""


class Channel(StrEnum):
    """Delivery channel of a notification."""

    EMAIL = "email"
    CALL = "call"
    """An operator reads the notification to the addressee on the phone."""
    NONE = "none"
    """The addressee has neither an e-mail address nor a phone number."""


class NoticeState(StrEnum):
    """Delivery state of a notification."""

    WAITING = "waiting"
    SENDING = "sending"
    """A delivery was started and its result is unknown."""
    SENT = "sent"
    """Accepted by the mail server."""
    CALLED = "called"
    FAILED = "failed"
    """The addressee could not be reached; an operator must decide."""
    CANCELLED = "cancelled"
    """The step that caused the notification was reverted."""


class CallOutcome(StrEnum):
    """Result of one attempt to call the addressee."""

    TOLD = "told"
    NO_ANSWER = "no_answer"
    ASKED_LATER = "asked_later"
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True, slots=True)
class OutgoingNotice:
    """Notification to be sent; ``email`` takes precedence over ``phone``, both can be None.

    ``event_id`` is the reported event; an event causes at most one notification of a kind.
    ``recipient`` is the name of a person or authority, empty if unknown.
    """

    event_id: UUID
    message_id: UUID
    kind: NoticeKind
    recipient: str
    email: str | None
    phone: str | None
    words: RenderedNotice
    due_at: datetime
    files: tuple[StoredFile, ...] = ()
    """Files that the e-mail text lists as attachments."""

    @property
    def channel(self) -> Channel:
        if self.email is not None:
            return Channel.EMAIL
        return Channel.NONE if self.phone is None else Channel.CALL


@dataclass(frozen=True, slots=True)
class CallAttempt:
    """Attempt to call the addressee, with the operator's name."""

    at: datetime
    outcome: CallOutcome
    by_name: str


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """Stored notification.

    ``number`` is the registration number of its message, empty before registration. ``tries``
    counts started deliveries, ``doubtful`` those of them that may have arrived. ``last_error`` is a
    code. ``next_try_at`` is the time of the next attempt.
    """

    id: UUID
    number: str
    told: OutgoingNotice
    channel: Channel
    state: NoticeState
    tries: int
    doubtful: int
    next_try_at: datetime
    header_id: str | None
    made_at: datetime
    ended_at: datetime | None
    last_error: str | None
    calls: tuple[CallAttempt, ...] = ()


NOTED_AT_ONCE = 100
_OUTCOMES: Mapping[NoticeState, NoticeOutcome] = {
    NoticeState.SENT: NoticeOutcome.EMAIL,
    NoticeState.CALLED: NoticeOutcome.PHONE,
    NoticeState.FAILED: NoticeOutcome.NOBODY,
}
"""Result of a notification as recorded in the history of its message, by final delivery state."""

FindMessage = Callable[[UUID], HandledMessage | None]
Compose = Callable[[StepDone, FindMessage], tuple[OutgoingNotice, ...]]
"""Renders the notifications that steps cause.

Runs on the writer's thread, in the transaction of the steps.
"""


class NoticeOutbox:
    """Notifications of one register.

    Reading methods are thread-safe and raise StoreError. Writing methods return after COMMIT,
    except ``note_call``, which does not block and returns a future.
    """

    def __init__(
        self,
        store: RegisterStore,
        new_id: Callable[[], UUID],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._new_id = new_id
        self._clock = clock

    def follow_steps(self, compose: Compose) -> None:
        """Starts queueing the notifications of steps and cancelling those of reverted steps.

        Both are done in the transaction of the step.
        """

        def run(connection: Connection, done: StepDone) -> None:
            for event in done.events:
                if isinstance(event.facts, TakenBack):
                    cancel(connection, event.facts.event_id, self._clock())
            if done.notices:
                for made in compose(done, lambda id: handled_in(connection, id)):
                    self.queue(connection, made)

        self._store.steps.after_steps(run)
        self._store.steps.after_overtaken(
            lambda connection, lost: cancel_of(
                connection, [one.event.id for one in lost], self._clock()
            )
        )

    def queue(self, connection: Connection, made: OutgoingNotice) -> None:
        """Adds the notification to the queue within a transaction of the writer.

        If the event already has a notification of this kind, nothing is changed.
        """
        is_lost = made.channel is Channel.NONE
        # limits the delay: after events of a clock that ran ahead, a new event continues with their
        # time
        due_at = min(made.due_at, self._clock() + HELD_BACK)
        connection.execute(
            sqlite_insert(notice)
            .values(
                id=self._new_id(),
                event_id=made.event_id,
                message_id=made.message_id,
                kind=made.kind.value,
                addressee="organ" if made.kind in TO_ORGAN else "user",
                recipient=made.recipient,
                channel=made.channel.value,
                email=made.email,
                phone=made.phone,
                subject=made.words.subject,
                text=made.words.text,
                html=made.words.html,
                spoken=made.words.spoken,
                made_at=self._clock(),
                due_at=due_at,
                next_try_at=due_at,
                state=(NoticeState.FAILED if is_lost else NoticeState.WAITING).value,
                ended_at=self._clock() if is_lost else None,
                last_error=NO_CONTACT if is_lost else None,
                files=[_file_row(file) for file in made.files],
            )
            .on_conflict_do_nothing(index_elements=["event_id", "kind"])
        )

    def add(self, made: OutgoingNotice) -> None:
        """Queues a notification that no step causes, such as a reminder; does nothing if it
        exists.
        """
        self._store.write(lambda connection: self.queue(connection, made)).result()

    def has(self, event_id: UUID, kind: NoticeKind) -> bool:
        """Whether this event has already caused a notification of this kind."""
        return bool(self._found(notice.c.event_id == event_id, notice.c.kind == kind.value))

    # --- e-mail ---

    def due_emails(self, at: datetime, limit: int) -> tuple[KeptNotice, ...]:
        """Returns the e-mails due for delivery, earliest first, including interrupted
        deliveries.
        """
        return self._found(
            notice.c.channel == Channel.EMAIL.value,
            notice.c.state.in_((NoticeState.WAITING.value, NoticeState.SENDING.value)),
            or_(
                notice.c.next_try_at <= at,
                and_(notice.c.tries == 0, notice.c.next_try_at > at + TOO_FAR_AHEAD),
                notice.c.next_try_at > at + LONGEST_WAIT,
            ),
            limit=limit,
        )

    def files_of(self, kept: KeptNotice) -> tuple[AnswerFile, ...] | None:
        """Returns the attachments of the e-mail; None if one is missing or damaged."""
        stored = AnswerFiles(self._store)
        found: list[AnswerFile] = []
        for file in kept.told.files:
            content = stored.content(kept.told.message_id, file.attachment.name)
            if content is None or sha256(content).hexdigest() != file.sha256:
                return None
            found.append(AnswerFile(file.attachment, content))
        return tuple(found)

    def begin(self, id: UUID, look_at: datetime, header_id: str) -> str | None:
        """Records the start of a delivery and returns the Message-ID of the e-mail.

        The Message-ID of the first delivery is used for all. Returns None if the notification must
        no longer be sent. If the process ends during the delivery, the e-mail is sent again after
        ``look_at``.
        """

        def work(connection: Connection) -> str | None:
            changed = connection.execute(
                update(notice)
                .where(
                    notice.c.id == id,
                    notice.c.channel == Channel.EMAIL.value,
                    notice.c.state.in_((NoticeState.WAITING.value, NoticeState.SENDING.value)),
                )
                .values(
                    state=NoticeState.SENDING.value,
                    tries=notice.c.tries + 1,
                    doubtful=notice.c.doubtful + 1,
                    next_try_at=look_at,
                    header_id=func.coalesce(notice.c.header_id, header_id),
                )
                .returning(notice.c.header_id)
            )
            return changed.scalar_one_or_none()

        return self._store.write(work).result()

    def sent(self, id: UUID, at: datetime) -> None:
        """Records that the mail server accepted the e-mail of this notification."""
        self._set(id, state=NoticeState.SENT.value, ended_at=at, last_error=None)

    def note_outcomes(self, at: datetime) -> int:
        """Records the results of refusal notifications in the histories of their messages (7.11).

        Returns the number of recorded results. Only decisions that can no longer be reverted are
        recorded. The step has the time of delivery; a result already in the history is not
        repeated.
        """
        waiting = self._found(
            notice.c.kind == Notice.REFUSED.value,
            notice.c.noted_at.is_(None),
            notice.c.state.in_([state.value for state in _OUTCOMES]),
            notice.c.due_at <= at,
            limit=NOTED_AT_ONCE,
        )
        return sum(self._note_outcome(kept, at) for kept in waiting)

    def _note_outcome(self, kept: KeptNotice, at: datetime) -> bool:
        outcome = _OUTCOMES[kept.state]
        is_known = outcome is not NoticeOutcome.NOBODY
        facts = Notified(outcome, "" if is_known else kept.last_error or "")

        def work(connection: Connection) -> bool:
            now = _read(connection, notice.c.id == kept.id)[0]
            if now.state is not kept.state:
                return False  # changed by an operator or a bounce; retried in the next run
            handled = handled_in(connection, kept.told.message_id)
            is_new = handled is not None and handled.standing.notified != facts
            done = is_new and isinstance(
                self._store.steps.take(
                    connection,
                    kept.told.message_id,
                    ((Step.NOTIFY, facts),),
                    Source.SYSTEM,
                    kept.ended_at,
                ),
                StepDone,
            )
            connection.execute(update(notice).where(notice.c.id == kept.id).values(noted_at=at))
            return done

        return self._store.write(work, feeds_outbox=True).result()

    def put_off(self, id: UUID, code: str, next_try_at: datetime, *, may_have_it: bool) -> None:
        """Records a failed delivery, or one with an unknown result (``may_have_it``)."""
        self._set(
            id,
            state=NoticeState.WAITING.value,
            doubtful=notice.c.doubtful - (0 if may_have_it else 1),
            last_error=code,
            next_try_at=next_try_at,
        )

    def call_instead(self, id: UUID, code: str, at: datetime) -> None:
        """Turns an undeliverable e-mail into a callback task if there is a phone number."""
        self._set(id, **_called_instead(code, at))

    def bounced(self, ids: Collection[UUID], code: str, at: datetime) -> KeptNotice | None:
        """Records that the e-mail of one of these notifications bounced; returns the notification.

        None if none of them is an e-mail of this workplace, or if the bounce is already recorded.
        """

        def work(connection: Connection) -> KeptNotice | None:
            id = connection.scalar(
                update(notice)
                .where(
                    notice.c.id.in_(ids),
                    notice.c.channel == Channel.EMAIL.value,
                    notice.c.header_id.is_not(None),
                    notice.c.state.in_(_ON_THE_WAY),
                )
                .values(**_called_instead(code, at))
                .returning(notice.c.id)
            )
            return None if id is None else _read(connection, notice.c.id == id)[0]

        return self._store.write(work).result()

    # --- calls ---

    def due_calls(self, at: datetime) -> tuple[KeptNotice, ...]:
        """Returns the callback tasks, earliest first."""
        return self._found(
            notice.c.channel == Channel.CALL.value,
            notice.c.state == NoticeState.WAITING.value,
            or_(notice.c.due_at <= at, notice.c.due_at > at + TOO_FAR_AHEAD),
        )

    def note_call(
        self, id: UUID, outcome: CallOutcome, by: Operator, at: datetime
    ) -> Future[KeptNotice]:
        """Records an attempt to call the addressee.

        The task is then completed, scheduled again, or failed after the third attempt. A finished
        task is not changed.
        """

        def work(connection: Connection) -> KeptNotice:
            task = _read(connection, notice.c.id == id)[0]
            if task.channel is not Channel.CALL or task.state is not NoticeState.WAITING:
                return task
            connection.execute(
                insert(notice_call).values(
                    id=self._new_id(),
                    notice_id=id,
                    at=at,
                    outcome=outcome.value,
                    by_id=by.id,
                    by_name=by.name,
                )
            )
            change = _after_call(outcome, len(task.calls) + 1, at)
            connection.execute(update(notice).where(notice.c.id == id).values(**change))
            return _read(connection, notice.c.id == id)[0]

        return self._store.write(work)

    # --- queries ---

    def of_message(self, message_id: UUID) -> tuple[KeptNotice, ...]:
        """Returns all notifications of a message, in order of creation."""
        found = self._found(notice.c.message_id == message_id)
        return tuple(sorted(found, key=lambda one: (one.made_at, one.id)))

    def failed_since(self, since: datetime) -> tuple[KeptNotice, ...]:
        """Returns the notifications that failed at this time or later."""
        return self._found(notice.c.state == NoticeState.FAILED.value, notice.c.ended_at >= since)

    def _found(self, *conditions: Any, limit: int | None = None) -> tuple[KeptNotice, ...]:
        return self._store.read(lambda connection: _read(connection, *conditions, limit=limit))

    def _set(self, id: UUID, **values: Any) -> None:
        change = update(notice).where(notice.c.id == id).values(**values)
        self._store.write(lambda connection: connection.execute(change)).result()


def cancel(connection: Connection, event_id: UUID, at: datetime) -> None:
    """Cancels the notifications of this reverted event and of all later events of its message."""
    undone = select(message_event.c.message_id, message_event.c.seq).where(
        message_event.c.id == event_id
    )
    origin = undone.subquery()
    events = select(message_event.c.id).join(
        origin,
        (message_event.c.message_id == origin.c.message_id) & (message_event.c.seq >= origin.c.seq),
    )
    cancel_of(connection, connection.scalars(events).all(), at)


def cancel_of(connection: Connection, events: Collection[UUID], at: datetime) -> None:
    """Cancels the pending notifications of these events; sent ones are not changed."""
    is_waiting = notice.c.state == NoticeState.WAITING.value
    reaches_nobody = notice.c.channel == Channel.NONE.value
    connection.execute(
        update(notice)
        .where(notice.c.event_id.in_(events), or_(is_waiting, reaches_nobody))
        .values(state=NoticeState.CANCELLED.value, ended_at=at)
    )


_ON_THE_WAY = (NoticeState.WAITING.value, NoticeState.SENDING.value, NoticeState.SENT.value)
"""States in which an e-mail can bounce; after an uncertain delivery the server may have it too."""


def _called_instead(code: str, at: datetime) -> dict[str, Any]:
    can_call = notice.c.phone.is_not(None)
    return {
        "channel": case((can_call, Channel.CALL.value), else_=Channel.EMAIL.value),
        "state": case((can_call, NoticeState.WAITING.value), else_=NoticeState.FAILED.value),
        "ended_at": case((can_call, null()), else_=literal(at, notice.c.ended_at.type)),
        "noted_at": None,
        "last_error": code,
        "next_try_at": at,
    }


def _after_call(outcome: CallOutcome, attempts: int, at: datetime) -> dict[str, Any]:
    if outcome is CallOutcome.TOLD:
        return {"state": NoticeState.CALLED.value, "ended_at": at, "last_error": None}
    if outcome is CallOutcome.WRONG_NUMBER or attempts >= CALLS_LIMIT:
        code = outcome.value if outcome is CallOutcome.WRONG_NUMBER else NOT_REACHED
        return {"state": NoticeState.FAILED.value, "ended_at": at, "last_error": code}
    return {"next_try_at": at + CALL_AGAIN_AFTER}


def _read(
    connection: Connection, *conditions: Any, limit: int | None = None
) -> tuple[KeptNotice, ...]:
    rows = (
        connection.execute(
            select(notice, message.c.number)
            .join(message, message.c.id == notice.c.message_id)
            .where(*conditions)
            .order_by(notice.c.next_try_at, notice.c.id)
            .limit(limit)
        )
        .mappings()
        .all()
    )
    calls: dict[UUID, list[CallAttempt]] = {}
    attempts = select(notice_call).where(notice_call.c.notice_id.in_([row["id"] for row in rows]))
    for row in connection.execute(attempts.order_by(notice_call.c.at)).mappings():
        attempt = CallAttempt(row["at"], CallOutcome(row["outcome"]), row["by_name"])
        calls.setdefault(row["notice_id"], []).append(attempt)
    return tuple(_kept(row, tuple(calls.get(row["id"], ()))) for row in rows)


def _kept(row: RowMapping, calls: tuple[CallAttempt, ...]) -> KeptNotice:
    return KeptNotice(
        id=row["id"],
        number=row["number"] or "",
        told=OutgoingNotice(
            event_id=row["event_id"],
            message_id=row["message_id"],
            kind=_kind(row["kind"]),
            recipient=row["recipient"],
            email=row["email"],
            phone=row["phone"],
            words=RenderedNotice(row["subject"], row["text"], row["html"], row["spoken"]),
            due_at=row["due_at"],
            files=tuple(_file_of(file) for file in row["files"]),
        ),
        channel=Channel(row["channel"]),
        state=NoticeState(row["state"]),
        tries=row["tries"],
        doubtful=row["doubtful"],
        next_try_at=row["next_try_at"],
        header_id=row["header_id"],
        made_at=row["made_at"],
        ended_at=row["ended_at"],
        last_error=row["last_error"],
        calls=calls,
    )


def _file_row(file: StoredFile) -> dict[str, Any]:
    return {
        "name": file.attachment.name,
        "format": file.attachment.format.value,
        "size_bytes": file.size_bytes,
        "sha256": file.sha256,
    }


def _file_of(row: Mapping[str, Any]) -> StoredFile:
    attachment = Attachment(row["name"], FileFormat(row["format"]))
    return StoredFile(attachment, row["size_bytes"], row["sha256"])


def _kind(text: str) -> NoticeKind:
    return Notice(text) if text in set(Notice) else Reminder(text)
