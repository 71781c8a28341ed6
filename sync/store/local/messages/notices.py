"""Outbox of notices: queue, mail delivery state, callback tasks and cancellation.

A notice is queued in the transaction of the step it reports.
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
"""No letter waits so long for its next attempt: a later moment is of a clock that ran ahead."""

NO_CONTACT = "no_contact"
NOT_REACHED = "not_reached"
BOUNCED = "bounced"
"""Begins the code of a letter that came back; its SMTP status follows."""


class Channel(StrEnum):
    """How a notice reaches its addressee."""

    EMAIL = "email"
    CALL = "call"
    """A person reads it aloud on the phone."""
    NONE = "none"
    """The addressee left neither address nor number."""


class NoticeState(StrEnum):
    """How far a notice has come."""

    WAITING = "waiting"
    SENDING = "sending"
    """A delivery was begun and its outcome is not known."""
    SENT = "sent"
    """The mail server has taken it."""
    CALLED = "called"
    FAILED = "failed"
    """Nobody could be reached; a person must see to it."""
    CANCELLED = "cancelled"
    """The step was taken back."""


class CallOutcome(StrEnum):
    """What came of one attempt to call back."""

    TOLD = "told"
    NO_ANSWER = "no_answer"
    ASKED_LATER = "asked_later"
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True, slots=True)
class OutgoingNotice:
    """A notice that is to go out; ``email`` goes before ``phone``, both may be missing.

    ``event_id`` is of the step that it tells of; one event causes one notice of a kind.
    ``recipient`` is a person's or organ's name, empty where it is not known.
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
    """Those that the letter says are attached to it."""

    @property
    def channel(self) -> Channel:
        if self.email is not None:
            return Channel.EMAIL
        return Channel.NONE if self.phone is None else Channel.CALL


@dataclass(frozen=True, slots=True)
class CallAttempt:
    """One attempt to call back, and who made it."""

    at: datetime
    outcome: CallOutcome
    by_name: str


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """A notice as it stands; ``number`` is of its message, empty before it has one.

    ``tries`` counts deliveries begun, ``doubtful`` those of them that may have arrived.
    ``last_error`` is a code. ``next_try_at`` is when it is to be tried next.
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
"""How a notice ended, as the history of its message tells it."""

FindMessage = Callable[[UUID], HandledMessage | None]
Compose = Callable[[StepDone, FindMessage], tuple[OutgoingNotice, ...]]
"""Puts the notices of steps into words; runs on the writer's thread, in their transaction."""


class NoticeOutbox:
    """The notices of one register.

    What reads may be called on any thread and raises StoreError. What writes returns after COMMIT,
    save ``note_call``, which is for the screen.
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
        """From now on queue what steps cause, and cancel what was taken back, with the step."""

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
        """Add the notice in a transaction of the writer; one that is there already stays so."""
        is_lost = made.channel is Channel.NONE
        # events keep their order: after those of a clock that ran ahead, a new one has their moment
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
        """Queue a notice of no step of its own, as a reminder; nothing where it is there."""
        self._store.write(lambda connection: self.queue(connection, made)).result()

    def has(self, event_id: UUID, kind: NoticeKind) -> bool:
        """Whether this event has caused a notice of the kind already."""
        return bool(self._found(notice.c.event_id == event_id, notice.c.kind == kind.value))

    # --- e-mail ------------------------------------------------------------------------------

    def due_emails(self, at: datetime, limit: int) -> tuple[KeptNotice, ...]:
        """Those whose turn it is, the one due first at the head; also those begun and not ended."""
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
        """The files that go with the letter; None where one of them is missing or damaged."""
        stored = AnswerFiles(self._store)
        found: list[AnswerFile] = []
        for file in kept.told.files:
            content = stored.content(kept.told.message_id, file.attachment.name)
            if content is None or sha256(content).hexdigest() != file.sha256:
                return None
            found.append(AnswerFile(file.attachment, content))
        return tuple(found)

    def begin(self, id: UUID, look_at: datetime, header_id: str) -> str | None:
        """Note that a delivery begins, before it does; the Message-ID to send it under.

        The first one given is kept for ever. None where the notice is not to be sent any more.
        A process that dies now leaves the notice to be sent again from ``look_at`` on.
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
        """Note that the mail server has taken it."""
        self._set(id, state=NoticeState.SENT.value, ended_at=at, last_error=None)

    def note_outcomes(self, at: datetime) -> int:
        """Write what became of notices of refusal into the histories of their messages (7.11).

        How many were written. Only what can be undone no more is noted. The step has the moment
        of sending; one that the history has already is not repeated.
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
                return False  # an operator or the mailbox was quicker; the next round has it
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
        """Note a delivery that came to nothing, or whose outcome stayed unknown."""
        self._set(
            id,
            state=NoticeState.WAITING.value,
            doubtful=notice.c.doubtful - (0 if may_have_it else 1),
            last_error=code,
            next_try_at=next_try_at,
        )

    def call_instead(self, id: UUID, code: str, at: datetime) -> None:
        """Make a call-back task of an e-mail that cannot be delivered, where there is a number."""
        self._set(id, **_called_instead(code, at))

    def bounced(self, ids: Collection[UUID], code: str, at: datetime) -> KeptNotice | None:
        """Note that the letter of one of these notices came back; the notice as it is then.

        None where none of them is a letter of this workplace, or it is known already.
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

    # --- calls -------------------------------------------------------------------------------

    def due_calls(self, at: datetime) -> tuple[KeptNotice, ...]:
        """The call-back tasks, the one whose turn comes first at the head."""
        return self._found(
            notice.c.channel == Channel.CALL.value,
            notice.c.state == NoticeState.WAITING.value,
            or_(notice.c.due_at <= at, notice.c.due_at > at + TOO_FAR_AHEAD),
        )

    def note_call(
        self, id: UUID, outcome: CallOutcome, by: Operator, at: datetime
    ) -> Future[KeptNotice]:
        """The task after this attempt: told, to be tried again, or given up (after the third).

        A task that is over already stays as it is.
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

    # --- looking -----------------------------------------------------------------------------

    def of_message(self, message_id: UUID) -> tuple[KeptNotice, ...]:
        """All notices of a message, in the order they were made."""
        found = self._found(notice.c.message_id == message_id)
        return tuple(sorted(found, key=lambda one: (one.made_at, one.id)))

    def failed_since(self, since: datetime) -> tuple[KeptNotice, ...]:
        """Those that reached nobody, given up at that moment or later."""
        return self._found(notice.c.state == NoticeState.FAILED.value, notice.c.ended_at >= since)

    def _found(self, *conditions: Any, limit: int | None = None) -> tuple[KeptNotice, ...]:
        return self._store.read(lambda connection: _read(connection, *conditions, limit=limit))

    def _set(self, id: UUID, **values: Any) -> None:
        change = update(notice).where(notice.c.id == id).values(**values)
        self._store.write(lambda connection: connection.execute(change)).result()


def cancel(connection: Connection, event_id: UUID, at: datetime) -> None:
    """Cancel what this event causes, and all later ones of its message; it was taken back."""
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
    """Cancel what these very events cause; what was sent was sent."""
    is_waiting = notice.c.state == NoticeState.WAITING.value
    reaches_nobody = notice.c.channel == Channel.NONE.value
    connection.execute(
        update(notice)
        .where(notice.c.event_id.in_(events), or_(is_waiting, reaches_nobody))
        .values(state=NoticeState.CANCELLED.value, ended_at=at)
    )


_ON_THE_WAY = (NoticeState.WAITING.value, NoticeState.SENDING.value, NoticeState.SENT.value)
"""A letter that may come back; one whose delivery is in doubt may be with the server too."""


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
