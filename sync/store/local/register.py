"""The local database of a workplace: reading on any thread, and all writes through one writer."""

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
"""So much must be free again on a disk that was full: a record with its steps and a photo."""


class RegisterStore(RegisterReading):
    """The register, open for reading on any thread and for writing through its one writer.

    Methods that return a Future may be called on any thread and return at once. The future
    resolves after COMMIT with the record as it stands on the disk, its ``revision`` moved on by
    the store; it fails with a StoreError when nothing was written.
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
        """Use ``open``."""
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
        """The register of this file, made or upgraded where needed.

        What a save builds upon is checked, and every page where the store is to be upgraded or
        was found damaged the last time; else all pages are read beside the work (``PageCheck``).

        ``first_station`` is the workplace code (four digits) that a new store takes.
        ``home_area_code`` completes local phone numbers of callers. ``hasher`` is for passwords;
        None means argon2's own choice of cost. ``place`` tells a file from every copy of it.
        Raises StoreInUse, StoreCopied, StoreTooNew, StoreUnreadable, StoreUnavailable or
        LibraryTooOld; then nothing is open.
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
        """Write all that was handed over, then give back the file; False when time ran out."""
        self._accounts.close()
        done = self._writer.stop(deadline_s)
        self.close_reading()
        done = self._checkpoints.stop(deadline_s) and done
        if done:
            self._writing.dispose()
            self._lock.release()
        return done

    def holder(self) -> str:
        """What tells this store, open on this machine, from any copy of it."""
        return self._lock.holder()

    def on_queued(self, listener: Callable[[], None]) -> None:
        """Call the listener on the writer's thread after each commit that fed the outbox."""
        self._on_queued.append(listener)

    def condemn(self) -> None:
        """Take no record any more, as every page read has shown damage; told as a trouble.

        What the centre has received is still noted, so that the rest can leave.
        """
        self._writer.condemn()

    def on_trouble(self, listener: Callable[[Trouble | None], None]) -> None:
        """Call the listener on the writer's thread when disk or file begin to refuse what is
        written, and with None when they take it again. A damaged file never does."""
        self._on_trouble.append(listener)
        self._writer.tell_again()

    def try_disk(self) -> Future[None]:
        """Write something that changes nothing, to learn whether the disk takes records again."""
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
        """Run a function in one transaction of the writer.

        ``bookkeeping`` keeps no record and is done in a damaged store too.
        """
        if feeds_outbox:
            return self._queueing(function)
        return self._writer.submit(function, bookkeeping=bookkeeping)

    # --- calls -------------------------------------------------------------------------------

    def open_card(self, call: NewCall, operator: Operator) -> Future[CallRecord]:
        """The card of this call, with its registration number, made once for each Call-ID.

        A call that is known already gives the record that stands in the store, draft or closed.
        """
        return self._writer.submit(
            lambda connection: self.calls.open_card(connection, call, operator)
        )

    def open_by_hand(self, way: RequestWay, operator: Operator) -> Future[CallRecord]:
        """The draft of a request that came without a call, with its registration number."""
        return self._writer.submit(
            lambda connection: self.calls.open_by_hand(connection, way, operator)
        )

    def open_further(self, card: CallRecord, operator: Operator) -> Future[CallRecord]:
        """The draft of a further question of the call that this record is of.

        Fails with UnknownRecord where the store has no such call.
        """
        return self._writer.submit(
            lambda connection: self.calls.open_further(connection, card, operator)
        )

    def save_draft(self, card: CallRecord) -> Future[CallRecord]:
        """The card as it is typed so far; it does not go to the centre.

        A draft that comes after its card was closed changes nothing, and the closed record is
        what the future gives. A draft that says nothing new is not written again.
        """
        if card.state is not CallState.DRAFT:
            raise ValueError("a closed card is no draft")
        return self._writer.submit(lambda connection: self.calls.write(connection, card))

    def close(self, card: CallRecord, message: MessageRecord | None = None) -> Future[CallRecord]:
        """The closed card, on the disk together with its message and their rows of the outbox.

        ``card`` is what ``register.calls.close`` or ``missed`` gave. A card that is closed once
        more with other words gets a further revision.
        """
        if card.state is not CallState.CLOSED:
            raise ValueError("the card is a draft")

        def work(connection: Connection) -> CallRecord:
            if message is not None:
                self.messages.write(connection, message)
            return self.calls.write(connection, card)

        return self._queueing(work)

    # --- messages ----------------------------------------------------------------------------

    def save_message(self, message: MessageRecord) -> Future[MessageRecord]:
        """The message as it stands; all but drafts go to the centre.

        A message that leaves the drafts gets its registration number here, once, and the events
        that led to it.
        """
        return self._queueing(lambda connection: self.messages.write(connection, message))

    def drop_message(self, id: UUID) -> Future[None]:
        """Forget a message of no call that was begun; one that has a number stays as it is."""
        return self._writer.submit(lambda connection: self.messages.drop(connection, id))

    def register_message(
        self,
        message: MessageRecord,
        card: CallRecord,
        *,
        by: Operator | None = None,
        confidential: frozenset[Confidential] = NOTHING_FOUND,
    ) -> Future[tuple[MessageRecord, CallRecord]]:
        """The registered message with its number, and its call's card, written together.

        ``by`` registers it, where that is not who began it; ``confidential`` is what stands in it
        of 6.12, and keeps it from being published.
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
        """The draft handed to review, with its number (7.5); a refused one stays a draft.

        ``card`` is its call's card that knows it now; both are written together.
        """

        def work(connection: Connection) -> StepDone | StepRefused:
            outcome = self.messages.hand_in(connection, draft, by, confidential)
            if card is not None and isinstance(outcome, StepDone):
                self.calls.write(connection, card)
            return outcome

        return self._queueing(work)

    # --- audit -------------------------------------------------------------------------------

    def note(self, audited: Audited) -> Future[None]:
        """Write down a reading or an export."""
        return self._writer.submit(lambda connection: self.audit.add(connection, audited))

    def queue_audit(self, limit: int) -> Future[int]:
        """Take the next rows of the audit to the outbox; how many they were."""
        return self._writer.submit(
            lambda connection: queue_audit(connection, limit, self._clock()), bookkeeping=True
        )

    # --- operators ---------------------------------------------------------------------------

    def create_first_operator(
        self, *, name: str, login: str, password: str, role: Role
    ) -> Future[Operator]:
        """The operator who may sign in from now on; fails with AlreadyFounded where one is."""
        return self._accounts.create_first_operator(
            name=name, login=login, password=password, role=role
        )

    def add_operator(
        self, by: Operator, *, name: str, login: str, password: str, role: Role
    ) -> Future[Operator | Refusal]:
        """One more operator, made by one who may; fails with LoginTaken for a login in use."""
        return self._accounts.add_operator(by, name=name, login=login, password=password, role=role)

    def sign_in(self, login: str, password: str, at: datetime) -> Future[Operator | SignInRefusal]:
        """Who this is, or why not; wrong passwords make the next attempt wait longer and longer.

        Letters of the login may be large or small. ``at`` is aware.
        """
        return self._accounts.sign_in(login, password, at)

    def change_password(
        self, login: str, password: str, new_password: str, at: datetime
    ) -> Future[Operator | SignInRefusal]:
        """The operator whose password is the new one now, or why the old one was refused."""
        return self._accounts.change_password(login, password, new_password, at)

    @property
    def accounts(self) -> Accounts:
        """The people of this store, for the sign-in that asks the centre."""
        return self._accounts

    # --- outbox ------------------------------------------------------------------------------

    def mark_sent(
        self, rows: Iterable[OutboxRow], at: datetime, timeline: int | None
    ) -> Future[None]:
        """Note that the centre has committed these rows and said so."""
        sent = tuple(rows)
        return self._writer.submit(
            lambda connection: outbox.mark_sent(connection, sent, at, timeline), bookkeeping=True
        )

    def mark_poison(self, row: OutboxRow, error: str) -> Future[None]:
        """Note that the centre refuses this row; ``error`` holds codes and no data."""
        return self._writer.submit(
            lambda connection: outbox.mark_poison(connection, row, error), bookkeeping=True
        )

    def note_failure(
        self, rows: Iterable[OutboxRow], error: str, next_try_at: datetime
    ) -> Future[None]:
        """Note an attempt that came to nothing; ``error`` is a code."""
        tried = tuple(rows)
        return self._writer.submit(
            lambda connection: outbox.note_failure(connection, tried, error, next_try_at),
            bookkeeping=True,
        )

    def retry_poison(self) -> Future[int]:
        """Queue the refused rows again; how many there were."""
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
