"""The register of one workplace on its disk: calls, messages, operators and the outbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self, TypeVar
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy import Connection, Engine, bindparam, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError
from uuid_utils.compat import uuid7

from sync.errors import RecordMismatch, StoreUnavailable, UnknownRecord
from sync.register import calls, hand_made
from sync.register.audit import Audited, AuditKind, Subject, done_by
from sync.register.calls import CallRecord, CallState, NewCall
from sync.register.handling.confidential import Confidential
from sync.register.handling.events import Doer, Person, Source, person
from sync.register.handling.handled import StepDone, handed_in, registered_at_once
from sync.register.handling.history import StepRefused
from sync.register.handling.states import State
from sync.register.messages import MessageRecord
from sync.register.numbering import RegistrationNumber, next_number, period_of
from sync.register.operators import Operator, Role
from sync.register.rights import Refusal
from sync.register.ways import RequestWay
from sync.store import migrations, outbox
from sync.store.accounts import Accounts, SignInRefusal
from sync.store.audit import AuditWriter, queue_audit
from sync.store.engine import (
    check_integrity,
    copy_into,
    reading_engine,
    store_error,
    writing_engine,
)
from sync.store.erased import is_erased
from sync.store.further_questions import first_record, questions_of
from sync.store.incident_rows import closer_of, link_incidents
from sync.store.keys import StoreKey
from sync.store.lock import StoreLock
from sync.store.origin import require_own, this_place
from sync.store.outbox import Entity, OutboxRow
from sync.store.page_check import Verdict, forget_check, last_check
from sync.store.reading import RegisterReading
from sync.store.rows import call_of, call_row, message_of, message_row, plain
from sync.store.start_check import check_start
from sync.store.steps import StepWriter
from sync.store.tables import call_record, counter, message_photo, station
from sync.store.tables import message as message_table
from sync.store.writer import Trouble, Writer

T = TypeVar("T")

FIRST_STATION = "0001"

# What the first ring settled; a record that says otherwise is not written.
_FIXED_OF_CALL = (
    "number",
    "direction",
    "sip_call_id",
    "arrived_at",
    "dialled_line",
    "caller_number_raw",
    "workplace",
    "created_at",
    "part_of",
    "route",
)
# What nobody but the one who types it can know of a request without a call.
_FIXED_BY_HAND = tuple(name for name in _FIXED_OF_CALL if name != "arrived_at")
_FIXED_OF_MESSAGE = ("call_id", "created_at")
# What the events of a message say is not for a record to say otherwise.
_OF_EVENTS = (
    "state",
    "text",
    "topic",
    "category",
    "event_on",
    "event_time",
    "place",
    "publicity",
    "submitted_at",
    "registered_at",
)
# Built once: every keystroke that is kept would else pay for putting them together.
_CALL = select(call_record).where(call_record.c.id == bindparam("known_id"))
_NEW_CALL = insert(call_record)
_CHANGED_CALL = update(call_record).where(call_record.c.id == bindparam("known_id"))

NOTHING_FOUND: frozenset[Confidential] = frozenset()


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
        lock: StoreLock,
        *,
        home_area_code: str,
        clock: Callable[[], datetime],
        new_id: Callable[[], UUID],
        hasher: PasswordHasher,
    ) -> None:
        """Use ``open``."""
        super().__init__(reading)
        self._writing = writing
        self._lock = lock
        self._home_area_code = home_area_code
        self._clock = clock
        self._new_id = new_id
        self._on_trouble: list[Callable[[Trouble | None], None]] = []
        self._writer = Writer(writing, self._tell_trouble)
        self.audit = AuditWriter(new_id, clock)
        self._accounts = Accounts(self, self._writer, self.audit, new_id, clock, hasher)
        self._on_queued: list[Callable[[], None]] = []
        self.steps = StepWriter(self.audit, new_id, clock)

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
            _keep_former(writing, path, key)
            _prepare(writing, path, lambda: place(path), first_station, clock(), new_id())
            return cls(
                writing,
                reading_engine(path, key),
                lock,
                home_area_code=home_area_code,
                clock=clock,
                new_id=new_id,
                hasher=hasher or PasswordHasher(),
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

        def work(connection: Connection) -> CallRecord:
            known = connection.execute(
                select(call_record).where(call_record.c.sip_call_id == call.sip_call_id)
            ).mappings()
            for row in known:
                return call_of(row)
            number = _allocate(connection, call.arrived_at)
            card = calls.open_card(
                call,
                id=self._new_id(),
                number=number,
                at=self._clock(),
                operator=operator,
                workplace=number.station,
                home_area_code=self._home_area_code,
            )
            connection.execute(_NEW_CALL, call_row(card))
            return card

        return self._writer.submit(work)

    def open_by_hand(self, way: RequestWay, operator: Operator) -> Future[CallRecord]:
        """The draft of a request that came without a call, with its registration number."""

        def work(connection: Connection) -> CallRecord:
            at = self._clock()
            number = _allocate(connection, at)
            card = hand_made.open_by_hand(
                way,
                id=self._new_id(),
                number=number,
                at=at,
                operator=operator,
                workplace=number.station,
            )
            connection.execute(_NEW_CALL, call_row(card))
            return card

        return self._writer.submit(work)

    def open_further(self, card: CallRecord, operator: Operator) -> Future[CallRecord]:
        """The draft of a further question of the call that this record is of.

        Fails with UnknownRecord where the store has no such call.
        """

        def work(connection: Connection) -> CallRecord:
            first = first_record(connection, hand_made.first_of(card))
            if first is None:
                raise UnknownRecord(Entity.CALL.value, card.id)
            at = self._clock()
            question = hand_made.open_further(
                first, id=self._new_id(), number=_allocate(connection, at), at=at, operator=operator
            )
            connection.execute(_NEW_CALL, call_row(question))
            return question

        return self._writer.submit(work)

    def save_draft(self, card: CallRecord) -> Future[CallRecord]:
        """The card as it is typed so far; it does not go to the centre.

        A draft that comes after its card was closed changes nothing, and the closed record is
        what the future gives. A draft that says nothing new is not written again.
        """
        if card.state is not CallState.DRAFT:
            raise ValueError("a closed card is no draft")
        return self._writer.submit(lambda connection: self._write_call(connection, card))

    def close(self, card: CallRecord, message: MessageRecord | None = None) -> Future[CallRecord]:
        """The closed card, on the disk together with its message and their rows of the outbox.

        ``card`` is what ``register.calls.close`` or ``missed`` gave. A card that is closed once
        more with other words gets a further revision.
        """
        if card.state is not CallState.CLOSED:
            raise ValueError("the card is a draft")

        def work(connection: Connection) -> CallRecord:
            if message is not None:
                self._write_message(connection, message)
            return self._write_call(connection, card)

        return self._queueing(work)

    # --- messages ----------------------------------------------------------------------------

    def save_message(self, message: MessageRecord) -> Future[MessageRecord]:
        """The message as it stands; all but drafts go to the centre.

        A message that leaves the drafts gets its registration number here, once, and the events
        that led to it.
        """
        return self._queueing(lambda connection: self._write_message(connection, message))

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
            written = self._write_message(connection, message, by, confidential)
            return written, self._write_call(connection, card)

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
            outcome = self.hand_in_now(connection, draft, by, confidential)
            if card is not None and isinstance(outcome, StepDone):
                self._write_call(connection, card)
            return outcome

        return self._queueing(work)

    def hand_in_now(
        self,
        connection: Connection,
        draft: MessageRecord,
        by: Doer,
        confidential: frozenset[Confidential] = NOTHING_FOUND,
        at: datetime | None = None,
    ) -> StepDone | StepRefused:
        """The same inside the writer's transaction; ``at`` is when it was sent, None for now."""
        stored = self._write_message(connection, draft)
        if stored.state is State.DRAFT and stored.number is None:
            numbered = replace(stored, number=_allocate(connection, at or self._clock()))
            _put_message(connection, numbered, is_new=False)
        steps = handed_in(stored, _photos_of(connection, draft.id), confidential)
        return self.steps.take(connection, draft.id, steps, by, at)

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

    # --- inside the writer's transaction -----------------------------------------------------

    def mark_handled(
        self, connection: Connection, call_id: UUID, by: Operator, at: datetime
    ) -> None:
        """Tell the centre that somebody has dealt with this missed call."""
        row = connection.execute(_CALL, {"known_id": call_id}).mappings().one_or_none()
        if row is not None:
            self._write_call(connection, replace(call_of(row), handled_at=at), by)

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

    def _write_call(
        self, connection: Connection, card: CallRecord, by: Operator | None = None
    ) -> CallRecord:
        """The card as it stands now; ``by`` changes it, where that is not who closed it."""
        row = connection.execute(_CALL, {"known_id": card.id}).mappings().one_or_none()
        if row is None:
            raise UnknownRecord(Entity.CALL.value, card.id)
        stored = call_of(row)
        was_closed = stored.state is CallState.CLOSED
        if was_closed and is_erased(connection, Entity.CALL, card.id):
            return stored
        first = None if card.part_of is None else first_record(connection, card.part_of)
        if first is not None:
            card = hand_made.with_times_of(card, first)
        by_hand = hand_made.is_by_hand(stored) and (first is not None or not was_closed)
        _require_same(Entity.CALL, card, stored, _FIXED_BY_HAND if by_hand else _FIXED_OF_CALL)
        too_late = was_closed and card.state is CallState.DRAFT
        if too_late or replace(card, revision=stored.revision) == stored:
            return stored
        card = replace(card, revision=stored.revision + 1)
        values = call_row(card)
        connection.execute(_CHANGED_CALL, {"known_id": card.id, **values})
        if card.state is CallState.CLOSED:
            self._queue(connection, Entity.CALL, card.id, card.revision, values)
            self.audit.add(connection, _closing(card, stored, by))
            link_incidents(connection, card, closer_of(card), self._new_id, self._clock())
        if hand_made.with_times_of(stored, card) != stored:
            self._tell_questions(connection, card)
        return card

    def _tell_questions(self, connection: Connection, first: CallRecord) -> None:
        """Give the further questions of a call the moments that are known of it now."""
        for question in questions_of(connection, first):
            self._write_call(connection, question)

    def _write_message(
        self,
        connection: Connection,
        record: MessageRecord,
        by: Operator | None = None,
        confidential: frozenset[Confidential] = NOTHING_FOUND,
    ) -> MessageRecord:
        row = (
            connection.execute(select(message_table).where(message_table.c.id == record.id))
            .mappings()
            .one_or_none()
        )
        stored = None if row is None else message_of(row)
        if stored is not None:
            _require_same(Entity.MESSAGE, record, stored, _FIXED_OF_MESSAGE)
            if stored.number is not None and record.number not in (None, stored.number):
                raise RecordMismatch(Entity.MESSAGE.value, record.id, "number")
            record = replace(record, number=stored.number, revision=stored.revision)
            if stored.state is not State.DRAFT:
                if record.state is State.DRAFT or stored.submitted_at is None:
                    return stored  # One that ended as a draft is over, and was never sent.
                if is_erased(connection, Entity.MESSAGE, record.id):
                    return stored
                record = replace(record, **{name: getattr(stored, name) for name in _OF_EVENTS})
            if record == stored:
                return stored
            record = replace(record, revision=stored.revision + 1)
        elif record.number is not None:
            raise RecordMismatch(Entity.MESSAGE.value, record.id, "number")
        if record.state is State.DRAFT:
            _put_message(connection, record, is_new=stored is None)
            return record
        if stored is None or stored.state is State.DRAFT:
            draft = replace(record, state=State.DRAFT, revision=record.revision - 1)
            _put_message(connection, draft, is_new=stored is None)
            return self._register(connection, record, by, confidential)
        _put_message(connection, record, is_new=False)
        self.steps.queue(connection, record)
        doer = Person(record.operator_id, record.operator_name, record.operator_role)
        changed = done_by(doer, AuditKind.MESSAGE_CHANGED, Subject.MESSAGE, record.id)
        self.audit.add(connection, changed)
        return record

    def _register(
        self,
        connection: Connection,
        record: MessageRecord,
        by: Operator | None,
        confidential: frozenset[Confidential],
    ) -> MessageRecord:
        """The draft of this record, registered with the steps that lead there."""
        at = record.registered_at or record.submitted_at or self._clock()
        number = record.number or _allocate(connection, at)
        numbered = update(message_table).where(message_table.c.id == record.id)
        connection.execute(numbered.values(number=str(number)))
        doer = Person(record.operator_id, record.operator_name, record.operator_role)
        outcome = self.steps.take(
            connection,
            record.id,
            registered_at_once(record, number, _photos_of(connection, record.id), confidential),
            doer if by is None else person(by),
            at,
        )
        if isinstance(outcome, StepRefused):
            raise RecordMismatch(Entity.MESSAGE.value, record.id, outcome.code.value)
        return outcome.handled.record

    def _queue(
        self,
        connection: Connection,
        entity: Entity,
        id: UUID,
        revision: int,
        values: dict[str, object],
    ) -> None:
        outbox.add(connection, entity, id, revision, plain(values), self._clock())


def _keep_former(writing: Engine, path: Path, key: StoreKey) -> None:
    """A copy of a store that is about to be upgraded, in the place of that of the last time.

    The upgrade is whole or not at all by itself; the copy is for what it may do wrong. Without
    room for it the upgrade goes on: calls come in.
    """
    with writing.begin() as connection:
        found = migrations.current(connection)
    if found is None or found not in migrations.revisions(migrations.LOCAL):
        return
    if found == migrations.newest(migrations.LOCAL):
        return
    former = path.with_name(path.name + ".before-upgrade")
    try:
        former.unlink(missing_ok=True)
        copy_into(path, key, former)
    except (OSError, StoreUnavailable):
        former.unlink(missing_ok=True)


def _prepare(
    writing: Engine,
    path: Path,
    place: Callable[[], str],
    first_station: str,
    at: datetime,
    install_id: UUID,
) -> None:
    with writing.begin() as connection:
        found = migrations.current(connection)
        is_old = found is not None
        if found == migrations.newest(migrations.LOCAL):
            _check_before_work(connection, path)
        elif is_old:
            check_integrity(connection)
        is_upgraded = migrations.upgrade(connection, migrations.LOCAL)
        if connection.execute(select(station.c.code)).one_or_none() is None:
            connection.execute(
                insert(station).values(
                    only=1, code=first_station, install_id=install_id, made_at=at
                )
            )
        require_own(connection, place(), at)
        if is_old and is_upgraded:
            # what an older program was refused may be accepted from this one
            outbox.retry_poison(connection)


def _check_before_work(connection: Connection, path: Path) -> None:
    """Little where nothing speaks against the store, else every page."""
    check_start(connection)
    own = connection.scalar(select(station.c.install_id))
    last = None if own is None else last_check(path, own)
    if last is not None and last.verdict is Verdict.DAMAGED:
        check_integrity(connection)
        forget_check(path)


def _closing(card: CallRecord, stored: CallRecord, by: Operator | None) -> Audited:
    was_closed = stored.state is CallState.CLOSED
    kind = AuditKind.CALL_CHANGED if was_closed else AuditKind.CALL_CLOSED
    # one that was registered by itself was closed by nobody
    by_id = card.closed_by_id if by is None else by.id
    source = Source.SYSTEM.value if by_id is None else None
    return Audited(kind, by_id, source, Subject.CALL, card.id)


def _allocate(connection: Connection, at: datetime) -> RegistrationNumber:
    """The next number of the month, taken in the transaction that writes its record."""
    period = period_of(at)
    code = connection.scalars(select(station.c.code)).one()
    last = connection.scalar(select(counter.c.last).where(counter.c.period == period)) or 0
    number = next_number(period, code, last)
    connection.execute(
        sqlite_insert(counter)
        .values(period=period, last=number.counter)
        .on_conflict_do_update(index_elements=["period"], set_={"last": number.counter})
    )
    return number


def _photos_of(connection: Connection, message_id: UUID) -> int:
    own = message_photo.c.message_id == message_id
    return connection.scalars(select(func.count()).select_from(message_photo).where(own)).one()


def _put_message(connection: Connection, record: MessageRecord, *, is_new: bool) -> None:
    values = message_row(record)
    if is_new:
        connection.execute(insert(message_table).values(values))
    else:
        connection.execute(
            update(message_table).where(message_table.c.id == record.id).values(values)
        )


def _require_same(
    entity: Entity,
    record: CallRecord | MessageRecord,
    stored: CallRecord | MessageRecord,
    fields: Iterable[str],
) -> None:
    for field in fields:
        if getattr(record, field) != getattr(stored, field):
            raise RecordMismatch(entity.value, record.id, field)
