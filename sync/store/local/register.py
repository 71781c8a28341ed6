"""Local database of a workplace: thread-safe reads, and all writes through one writer thread."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Self, TypeVar
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy import Connection, Engine, update
from sqlalchemy.exc import DBAPIError
from uuid_utils.compat import uuid7

from sync.errors import StoreUnavailable
from sync.records.workplace_tables import station
from sync.register.audit import Audited
from sync.register.calls.calls import CallRecord, CallState, NewCall, RequestWay
from sync.register.handling.contents import NOTHING_FOUND, Confidential
from sync.register.handling.events import Doer
from sync.register.handling.handled import StepDone
from sync.register.handling.history import StepRefused
from sync.register.messages import MessageRecord
from sync.register.people.operators import Operator, Refusal, Role
from sync.store.local import outbox
from sync.store.local.accounts import Accounts, SignInRefusal
from sync.store.local.audit import AuditWriter, queue_audit
from sync.store.local.call_writer import CallWriter
from sync.store.local.engine import (
    Checkpoints,
    checkpointing_engine,
    reading_engine,
    store_error,
    writing_engine,
)
from sync.store.local.keys import StoreKey
from sync.store.local.message_writer import MessageWriter
from sync.store.local.opening import keep_former, prepare, this_place
from sync.store.local.outbox import OutboxRow
from sync.store.local.reading import RegisterReading
from sync.store.local.step_writer import StepWriter
from sync.store.local.writer import StoreLock, Trouble, Writer

T = TypeVar("T")

FIRST_STATION = "0001"
ROOM_BYTES = 256 * 1024
"""Space that must be free before a full disk counts as usable again.

It is enough for a record with its steps and a photo.
"""


class RegisterStore(RegisterReading):
    """Register for reading and for writing through its one writer thread.

    Methods that return a Future are thread-safe and return immediately. The future resolves after
    COMMIT with the stored record, whose ``revision`` was incremented. It fails with a StoreError if
    nothing was written.
    """

    def __init__(
        self,
        writing: Engine,
        reading: Engine,
        checkpoints: Checkpoints,
        lock: StoreLock,
        *,
        home_area_code: str,
        clock: Callable[[], datetime],
        new_id: Callable[[], UUID],
        hasher: PasswordHasher,
        has_room: Callable[[], bool],
    ) -> None:
        """Use ``open`` to create a register."""
        super().__init__(reading)
        self._writing = writing
        self._lock = lock
        self._clock = clock
        self._on_trouble: list[Callable[[Trouble | None], None]] = []
        self._checkpoints = checkpoints
        self._writer = Writer(writing, self._tell_trouble, self._checkpoints.committed, has_room)
        self.audit = AuditWriter(new_id, clock)
        self._accounts = Accounts(self, self._writer, self.audit, new_id, clock, hasher)
        self._on_queued: list[Callable[[], None]] = []
        self.steps = StepWriter(self.audit, new_id, clock)
        self.calls = CallWriter(self.audit, new_id, clock, home_area_code)
        self.messages = MessageWriter(self.audit, self.steps, clock)

    @classmethod
    def open(
        cls,
        path: Path,
        key: StoreKey,
        *,
        first_station: str = FIRST_STATION,
        home_area_code: str = "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], UUID] = uuid7,
        hasher: PasswordHasher | None = None,
        place: Callable[[Path], str] = this_place,
    ) -> Self:
        """Opens the register of this file; creates or upgrades it if needed.

        Runs a quick check of the data that the next save depends on. All pages are checked if the
        database will be upgraded or if the last scan found damage; otherwise they are scanned later
        in the background (``PageCheck``). ``first_station`` is the workplace code (four digits) of
        a new database. ``home_area_code`` completes local phone numbers of callers. ``hasher`` is
        for passwords; None means the default cost of argon2. ``place`` returns an identifier that
        distinguishes a file from its copies. Raises StoreInUse, StoreCopied, StoreTooNew,
        StoreUnreadable, StoreUnavailable or LibraryTooOld; then nothing is open.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable("SQLITE_CANTOPEN") from error
        lock = StoreLock(path)
        try:
            writing = writing_engine(path, key)
            keep_former(writing, path, key)
            prepare(writing, path, lambda: place(path), first_station, clock(), new_id())
            return cls(
                writing,
                reading_engine(path, key),
                Checkpoints(checkpointing_engine(path, key)),
                lock,
                home_area_code=home_area_code,
                clock=clock,
                new_id=new_id,
                hasher=hasher or PasswordHasher(),
                has_room=partial(_has_room, path.parent),
            )
        except DBAPIError as error:
            lock.release()
            known = store_error(error)
            if known is None:
                raise
            raise known from error
        except BaseException:
            lock.release()
            raise

    def close_store(self, deadline_s: float = 10.0) -> bool:
        """Writes all submitted work, then closes the file.

        Returns False if this was not finished within ``deadline_s``.
        """
        self._accounts.close()
        done = self._writer.stop(deadline_s)
        self.close_reading()
        done = self._checkpoints.stop(deadline_s) and done
        if done:
            self._writing.dispose()
            self._lock.release()
        return done

    def holder(self) -> str:
        """Returns an identifier that distinguishes this open database from any copy of it."""
        return self._lock.holder()

    def on_queued(self, listener: Callable[[], None]) -> None:
        """Registers a listener for additions to the outbox.

        It is called on the writer's thread after each commit that added rows.
        """
        self._on_queued.append(listener)

    def condemn(self) -> None:
        """Rejects further records, because a scan found damage.

        The ``on_trouble`` listeners are notified. Acknowledgements of the central database are
        still recorded, so pending rows can be sent.
        """
        self._writer.condemn()

    def on_trouble(self, listener: Callable[[Trouble | None], None]) -> None:
        """Registers a listener for failing writes.

        It is called on the writer's thread with the reason when writes start to fail, and with None
        when they succeed again. A damaged file never recovers.
        """
        self._on_trouble.append(listener)
        self._writer.tell_again()

    def try_disk(self) -> Future[None]:
        """Runs a write without effect, to test whether the database accepts records again."""
        same = update(station).values(made_at=station.c.made_at)

        def work(connection: Connection) -> None:
            connection.execute(same)

        return self._writer.submit(work)

    def write(
        self,
        function: Callable[[Connection], T],
        *,
        feeds_outbox: bool = False,
        bookkeeping: bool = False,
    ) -> Future[T]:
        """Runs a function in one transaction of the writer and resolves to its result.

        ``feeds_outbox`` notifies the ``on_queued`` listeners after the commit. ``bookkeeping``
        marks work that stores no record and also runs on a damaged database.
        """
        if feeds_outbox:
            return self._queueing(function)
        return self._writer.submit(function, bookkeeping=bookkeeping)

    # --- calls -------------------------------------------------------------------------------

    def open_card(self, call: NewCall, operator: Operator) -> Future[CallRecord]:
        """Creates the record of this call with its registration number, once per Call-ID.

        For a known call, resolves to the stored record, draft or closed.
        """
        return self._writer.submit(
            lambda connection: self.calls.open_card(connection, call, operator)
        )

    def open_by_hand(self, way: RequestWay, operator: Operator) -> Future[CallRecord]:
        """Creates the draft of a request received without a call, with its registration number."""
        return self._writer.submit(
            lambda connection: self.calls.open_by_hand(connection, way, operator)
        )

    def open_further(self, card: CallRecord, operator: Operator) -> Future[CallRecord]:
        """Creates the draft of an additional question in the call of this record.

        Fails with UnknownRecord if the database has no such call.
        """
        return self._writer.submit(
            lambda connection: self.calls.open_further(connection, card, operator)
        )

    def save_draft(self, card: CallRecord) -> Future[CallRecord]:
        """Saves an open call record; it is not sent to the central database.

        A draft saved after its record was closed changes nothing, and the future resolves to the
        closed record. An unchanged draft is not written again.
        """
        if card.state is not CallState.DRAFT:
            raise ValueError("only a draft can be saved here")
        return self._writer.submit(lambda connection: self.calls.write(connection, card))

    def close(self, card: CallRecord, message: MessageRecord | None = None) -> Future[CallRecord]:
        """Saves the closed record with its message and their outbox rows in one transaction.

        ``card`` is the result of ``register.calls.close`` or ``missed``. Closing a record again
        with other content creates another revision.
        """
        if card.state is not CallState.CLOSED:
            raise ValueError("only a closed record can be saved here")

        def work(connection: Connection) -> CallRecord:
            if message is not None:
                self.messages.write(connection, message)
            return self.calls.write(connection, card)

        return self._queueing(work)

    # --- messages ----------------------------------------------------------------------------

    def save_message(self, message: MessageRecord) -> Future[MessageRecord]:
        """Saves the message; if it is not a draft, also queues it for the central database.

        When a message leaves the draft state, it gets its registration number and the events that
        led to its new state, once.
        """
        return self._queueing(lambda connection: self.messages.write(connection, message))

    def drop_message(self, id: UUID) -> Future[None]:
        """Deletes a draft message without a call.

        A message with a registration number is not changed.
        """
        return self._writer.submit(lambda connection: self.messages.drop(connection, id))

    def register_message(
        self,
        message: MessageRecord,
        card: CallRecord,
        *,
        by: Operator | None = None,
        confidential: frozenset[Confidential] = NOTHING_FOUND,
    ) -> Future[tuple[MessageRecord, CallRecord]]:
        """Registers the message and saves the record of its call in one transaction.

        ``by`` is the operator who registers the message, if not the operator who created it.
        ``confidential`` lists the grounds of 6.12 found in the text, which exclude it from
        publication.
        """

        def work(connection: Connection) -> tuple[MessageRecord, CallRecord]:
            written = self.messages.write(connection, message, by, confidential)
            return written, self.calls.write(connection, card)

        return self._queueing(work)

    def hand_in(
        self,
        draft: MessageRecord,
        by: Doer,
        *,
        confidential: frozenset[Confidential] = NOTHING_FOUND,
        card: CallRecord | None = None,
    ) -> Future[StepDone | StepRefused]:
        """Submits the draft for review with its registration number (7.5).

        If this is refused, the message remains a draft. ``card`` is the record of its call; both
        are written in one transaction.
        """

        def work(connection: Connection) -> StepDone | StepRefused:
            outcome = self.messages.hand_in(connection, draft, by, confidential)
            if card is not None and isinstance(outcome, StepDone):
                self.calls.write(connection, card)
            return outcome

        return self._queueing(work)

    # --- audit -------------------------------------------------------------------------------

    def note(self, audited: Audited) -> Future[None]:
        """Adds an audit entry for a read access or an export."""
        return self._writer.submit(lambda connection: self.audit.add(connection, audited))

    def queue_audit(self, limit: int) -> Future[int]:
        """Adds the next audit rows to the outbox; resolves to their number."""
        return self._writer.submit(
            lambda connection: queue_audit(connection, limit, self._clock()), bookkeeping=True
        )

    # --- operators ---------------------------------------------------------------------------

    def create_first_operator(
        self, *, name: str, login: str, password: str, role: Role
    ) -> Future[Operator]:
        """Creates the first operator. Fails with AlreadyFounded if an operator exists."""
        return self._accounts.create_first_operator(
            name=name, login=login, password=password, role=role
        )

    def add_operator(
        self, by: Operator, *, name: str, login: str, password: str, role: Role
    ) -> Future[Operator | Refusal]:
        """Creates an operator on behalf of ``by``; resolves to a refusal if ``by`` lacks the right.

        Fails with LoginTaken if the login is in use.
        """
        return self._accounts.add_operator(by, name=name, login=login, password=password, role=role)

    def sign_in(self, login: str, password: str, at: datetime) -> Future[Operator | SignInRefusal]:
        """Checks the password; resolves to the operator or to the refusal.

        Each wrong password increases the delay of the next attempt. The login is case-insensitive.
        ``at`` must be timezone-aware.
        """
        return self._accounts.sign_in(login, password, at)

    def change_password(
        self, login: str, password: str, new_password: str, at: datetime
    ) -> Future[Operator | SignInRefusal]:
        """Changes the password; resolves to the operator, or to the refusal if the old one is
        wrong.
        """
        return self._accounts.change_password(login, password, new_password, at)

    @property
    def accounts(self) -> Accounts:
        """Accounts of this database, for the sign-in through the central database."""
        return self._accounts

    # --- outbox ------------------------------------------------------------------------------

    def mark_sent(
        self, rows: Iterable[OutboxRow], at: datetime, timeline: int | None
    ) -> Future[None]:
        """Records that the central database has committed and acknowledged these rows."""
        sent = tuple(rows)
        return self._writer.submit(
            lambda connection: outbox.mark_sent(connection, sent, at, timeline), bookkeeping=True
        )

    def mark_poison(self, row: OutboxRow, error: str) -> Future[None]:
        """Records that the central database rejected this row; ``error`` contains only codes."""
        return self._writer.submit(
            lambda connection: outbox.mark_poison(connection, row, error), bookkeeping=True
        )

    def note_failure(
        self, rows: Iterable[OutboxRow], error: str, next_try_at: datetime
    ) -> Future[None]:
        """Records a failed attempt to send these rows; ``error`` is a code."""
        tried = tuple(rows)
        return self._writer.submit(
            lambda connection: outbox.note_failure(connection, tried, error, next_try_at),
            bookkeeping=True,
        )

    def retry_poison(self) -> Future[int]:
        """Queues the rejected rows again; resolves to their number."""
        return self._queueing(outbox.retry_poison)

    def _queueing(self, work: Callable[[Connection], T]) -> Future[T]:
        future = self._writer.submit(work)
        future.add_done_callback(self._tell_queued)
        return future

    def _met_damage(self) -> None:
        self.condemn()

    def _tell_trouble(self, trouble: Trouble | None) -> None:
        for listener in self._on_trouble:
            listener(trouble)

    def _tell_queued(self, future: Future[T]) -> None:
        if not future.cancelled() and future.exception() is None:
            for listener in self._on_queued:
                listener()


def _has_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free >= ROOM_BYTES
    except OSError:
        return False
