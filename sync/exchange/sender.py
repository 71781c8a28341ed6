"""The thread ``exchange``, which sends the outbox; isolation of rejected rows; drain.

``push_apart`` finds a rejected row by halving the batch, and the other rows are still sent.
``drain`` blocks until the outbox is empty.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeVar, assert_never
from uuid import UUID

from uuid_utils.compat import uuid7

from sync.errors import StoreError, StoreUnavailable
from sync.exchange.central_choice import CentralChoice, Chosen, RefusedServer
from sync.exchange.events import (
    CLOCK_TOLERANCE_S,
    BatchSent,
    CentralLost,
    CentralReached,
    ClockCompared,
    RowPoisoned,
    SenderEvent,
    SentAgain,
    ServerRefused,
    ServersAgree,
)
from sync.exchange.failures import (
    KNOWN_ERRORS,
    FailureKind,
    Permanent,
    Transient,
    classify,
    grown_s,
)
from sync.exchange.supervision import Service
from sync.exchange.timeline import Verdict
from sync.store.central.server_identity import CentralMark, SendAgain, follow, read_mark
from sync.store.central.workplace_lease import RENEWED_AFTER_S, Claim
from sync.store.local.audit import audit_waits
from sync.store.local.outbox import BESIDE_RECORDS, OutboxRow, settled_ends
from sync.store.local.people.operators import begin_session, counters, pass_over
from sync.store.local.register import RegisterStore

NOT_KEPT = "not_kept"  # the central database committed without storing the row


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows for which the central database has committed this or a later revision."""

    rows: tuple[OutboxRow, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Row rejected by the central database for its content; ``code`` as in ``Permanent``."""

    row: OutboxRow
    code: str


def push_apart(
    push: Callable[[Sequence[OutboxRow]], frozenset[int]], rows: Sequence[OutboxRow]
) -> Iterator[Kept | Refused]:
    """Pushes rows, one revision per record; isolates rejected rows by halving the batch.

    Lazy: each part is pushed when the iterator is advanced. Raises one of KNOWN_ERRORS if the
    failure is not caused by a row.
    """
    try:
        held = push(rows)
    except KNOWN_ERRORS as error:
        match classify(error):
            case Permanent(code) if len(rows) == 1:
                yield Refused(rows[0], code)
            case Permanent():
                middle = len(rows) // 2
                yield from push_apart(push, rows[:middle])
                yield from push_apart(push, rows[middle:])
            case Transient():
                raise
        return
    yield Kept(tuple(row for row in rows if row.seq in held))
    for row in rows:
        if row.seq not in held:
            yield Refused(row, NOT_KEPT)


T = TypeVar("T")


class CentralState(StrEnum):
    """Connection state of the exchange."""

    CONNECTING = "connecting"
    REACHED = "reached"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class SenderStatus:
    """Status of the exchange; ``since`` is the time of the last change of ``state``."""

    state: CentralState
    since: datetime
    kind: FailureKind | None = None
    sent: int = 0
    last_sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SenderSettings:
    """Batch size and times of the exchange; times in seconds."""

    batch_size: int = 200
    first_delay_s: float = 0.5
    longest_delay_s: float = 60.0
    poll_s: float = 15.0
    answer_limit_s: float = 5.0
    gather_s: float = 0.0
    """Delay after a save, to collect more rows."""


class Sender(Service):
    """Thread ``exchange``, which sends the rows of the outbox.

    It wakes on a save, on ``wake`` and on a timer. ``on_event`` is called on this thread. A row is
    marked as sent only after the central database has confirmed the commit; sending is idempotent.
    """

    def __init__(
        self,
        store: RegisterStore,
        dsn: str,
        on_event: Callable[[SenderEvent], None],
        *,
        settings: SenderSettings | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        super().__init__("exchange")
        self._store = store
        self._on_event = on_event
        self._settings = settings or SenderSettings()
        self._clock = clock
        self._choice = CentralChoice(dsn, self._settings.answer_limit_s)
        self._chosen: Chosen | None = None
        self._session = new_id()
        self._holder = store.holder()
        self._renewed_at: tuple[float, datetime] | None = None
        self._clock_told = ClockCompared(0.0)
        self._refused: tuple[RefusedServer, ...] = ()
        self._status = SenderStatus(CentralState.CONNECTING, clock())
        self._batch_size = self._settings.batch_size
        self._failures = 0
        self._wake = threading.Event()

    def start(self) -> None:
        self._store.on_queued(self.wake)
        super().start()

    def wake(self) -> None:
        """Triggers sending, for example after a save or a reconnect. Thread-safe."""
        self._wake.set()

    def status(self) -> SenderStatus:
        """Returns the status of the exchange. Thread-safe."""
        return self._status

    def stop(self, deadline_s: float) -> bool:
        """Stops after the current batch; True if the thread has ended by the deadline.

        Unsent rows remain in the outbox. A batch that hangs is aborted.
        """
        self._halt()
        if self._join(deadline_s / 2):
            return True
        self._choice.abort()
        return self._join(deadline_s / 2)

    def _interrupt(self) -> None:
        self._wake.set()

    def _run(self) -> None:
        try:
            self._exchange_all()
        finally:
            self._leave()

    def _exchange_all(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                is_more = self._exchange()
            except KNOWN_ERRORS as error:
                self._failed(error)
            else:
                if not is_more and self._wake.wait(self._settings.poll_s):
                    self._stopping.wait(self._settings.gather_s)

    def _leave(self) -> None:
        """Releases the workplace lease if possible."""
        chosen, self._chosen = self._chosen, None
        if chosen is not None:
            with suppress(*KNOWN_ERRORS):  # the lease expires anyway
                self._watched(lambda: chosen.central.leave(self._session))
        self._choice.leave()

    def _exchange(self) -> bool:
        """Sends one batch; False if nothing is pending."""
        chosen = self._chosen or self._connect()
        self._renew(chosen)
        rows = self._store.outbox_waiting(self._batch_size)
        if not rows and self._store.queue_audit(self._batch_size).result():
            return True
        if not rows:
            self._watched(chosen.central.ping)
            self._reached()
            return False
        try:
            self._send(chosen, rows)
        except KNOWN_ERRORS as error:
            self._note_failure(rows, error)
            raise
        self._batch_size = min(self._batch_size * 2, self._settings.batch_size)
        return True

    def _connect(self) -> Chosen:
        """Connects to the server that may be written to and prepares the session."""
        mark = self._store.read(read_mark)
        try:
            chosen = self._choice.choose(mark)
        finally:
            self._tell_refused(self._choice.refused)
        own = self._store.station()
        at = self._clock()
        known = self._store.write(
            lambda local: begin_session(local, self._session, at), bookkeeping=True
        ).result()
        claim = Claim(self._session, known, self._holder, self._store.read(counters))
        claimed = self._watched(lambda: chosen.central.hold(own, claim))
        self._note_renewed(claimed.now)
        if claimed.given:
            self._store.write(
                lambda local: pass_over(local, claimed.given), bookkeeping=True
            ).result()
        self._follow(chosen)
        self._chosen = chosen
        return chosen

    def _renew(self, chosen: Chosen) -> None:
        """Renews the workplace lease before anything is sent under its code.

        Two clocks are compared: the monotonic one pauses while the computer sleeps, the other may
        be set.
        """
        if self._renewed_at is not None:
            ticked, at = self._renewed_at
            passed_s = max(time.monotonic() - ticked, abs((self._clock() - at).total_seconds()))
            if passed_s < RENEWED_AFTER_S:
                return
        known = self._store.read(counters)
        self._note_renewed(self._watched(lambda: chosen.central.renew(self._session, known)))

    def _note_renewed(self, server_now: datetime) -> None:
        now = self._clock()
        self._renewed_at = time.monotonic(), now
        compared = ClockCompared((now - server_now).total_seconds())
        told = self._clock_told
        is_other = abs(compared.ahead_s - told.ahead_s) > CLOCK_TOLERANCE_S
        if (compared.is_wrong and is_other) or (told.is_wrong and not compared.is_wrong):
            self._clock_told = compared
            self._on_event(compared)

    def _follow(self, chosen: Chosen) -> None:
        """Queues again the rows that this timeline of the central database may lack.

        The same timeline can lack rows if a server was restored from an older disk image; therefore
        the first and the last acknowledged row are looked up.
        """
        ends = self._store.read(settled_ends)
        held = self._watched(lambda: chosen.central.held(ends))
        lacks = [row for row in ends if row.seq not in held]
        if chosen.verdict is Verdict.SAME and not lacks:
            return
        is_all = chosen.verdict is Verdict.SUCCESSOR or (bool(lacks) and lacks[0] is ends[0])
        again = SendAgain.EVERYTHING if is_all else SendAgain.WINDOW
        new = CentralMark(chosen.facts.branch, chosen.facts.succession)
        count = self._store.write(
            lambda connection: follow(connection, new, again), bookkeeping=True
        ).result()
        if count:
            self._on_event(SentAgain(self._clock(), count))

    def _send(self, chosen: Chosen, rows: Sequence[OutboxRow]) -> None:
        """Sends these rows and quarantines those that the central database rejects."""
        limit_s = self._settings.answer_limit_s

        def push(some: Sequence[OutboxRow]) -> frozenset[int]:
            # After this limit the sender has given up and may have written to another server.
            return self._watched(lambda: chosen.central.push(some, within_s=limit_s))

        for part in push_apart(push, rows):
            match part:
                case Kept(rows=kept):
                    self._confirm(chosen, kept)
                case Refused(row=row, code=code):
                    self._poison(row, code)
                case _:
                    assert_never(part)

    def _confirm(self, chosen: Chosen, rows: Sequence[OutboxRow]) -> None:
        self._reached()
        if not rows:
            return
        now = self._clock()
        self._store.mark_sent(rows, now, chosen.facts.branch.timeline).result()
        records = sum(row.entity not in BESIDE_RECORDS for row in rows)
        if records:
            sent = self._status.sent + records
            self._status = replace(self._status, sent=sent, last_sent_at=now)
            self._on_event(BatchSent(records))

    def _poison(self, row: OutboxRow, code: str) -> None:
        self._reached()
        self._store.mark_poison(row, code).result()
        self._on_event(RowPoisoned(row.entity, row.entity_id))

    def _watched(self, action: Callable[[], T]) -> T:
        with self._choice.watching():
            return action()

    def _reached(self) -> None:
        """Marks the central database as available; a connection alone is not sufficient."""
        self._failures = 0
        if self._status.state is not CentralState.REACHED:
            now = self._clock()
            self._status = replace(self._status, state=CentralState.REACHED, since=now, kind=None)
            self._on_event(CentralReached(now))

    def _tell_refused(self, refused: tuple[RefusedServer, ...]) -> None:
        for server in refused:
            if server not in self._refused:
                self._on_event(ServerRefused(self._clock(), server.name, server.why))
        if self._refused and not refused:
            self._on_event(ServersAgree())
        self._refused = refused

    def _failed(self, error: Exception) -> None:
        """Reports the failure and waits, longer after each consecutive failure."""
        kind = self._kind(error)
        self._chosen = None
        self._choice.leave(is_hung=kind is FailureKind.TIMED_OUT)
        if self._stopping.is_set():
            return
        if kind is FailureKind.TIMED_OUT:
            # On a slow line a smaller batch may succeed within the limit.
            self._batch_size = max(1, self._batch_size // 2)
        if self._status.kind is not kind:
            now = self._clock()
            self._status = replace(self._status, state=CentralState.LOST, since=now, kind=kind)
            self._on_event(CentralLost(now, kind))
        delay_s = self._delay_s()
        self._failures += 1
        # A save or ``wake`` ends the wait, but not before the first delay, to limit the load.
        if not self._stopping.wait(min(delay_s, self._settings.first_delay_s)):
            self._wake.wait(max(0.0, delay_s - self._settings.first_delay_s))

    def _kind(self, error: Exception) -> FailureKind:
        if self._choice.has_hung:
            return FailureKind.TIMED_OUT
        match classify(error):
            case Transient(kind):
                return kind
            case Permanent():
                return FailureKind.OTHER

    def _delay_s(self) -> float:
        """Returns a delay with full jitter, so workplaces do not reconnect simultaneously."""
        longest_s = grown_s(
            self._settings.first_delay_s, self._settings.longest_delay_s, self._failures
        )
        return random.uniform(0.0, longest_s)  # noqa: S311

    def _note_failure(self, rows: Sequence[OutboxRow], error: Exception) -> None:
        if isinstance(error, StoreError):
            return  # the local database failed
        next_try_at = self._clock() + timedelta(seconds=self._settings.first_delay_s)
        self._store.note_failure(rows, self._kind(error).value, next_try_at).result()


LOOK_S = 0.25
HOPELESS = (FailureKind.STATION_TAKEN, FailureKind.STORE_BEHIND)


class Drained(StrEnum):
    """Result of ``drain``."""

    EMPTY = "empty"
    REFUSED = "refused"
    """Nothing is pending, and the central database has rejected some rows."""
    STATION_TAKEN = "station_taken"
    """Another database uses the workplace code, or ours was rolled back: retrying is useless."""
    STOPPED = "stopped"


def drain(
    store: RegisterStore, sender: Sender, ended: threading.Event, look_s: float = LOOK_S
) -> Drained:
    """Blocks until the outbox is empty or ``ended`` is set; the sender must be running.

    An empty outbox counts only after the central database was reached, because a server restored to
    an older state lacks rows sent before. The sender is woken from its delays, because an operator
    waits.
    """
    while True:
        status = sender.status()
        try:
            is_empty = (
                status.state is CentralState.REACHED
                and not store.read(audit_waits)
                and not store.outbox_waiting(1)
            )
        except StoreUnavailable:
            is_empty = False  # disk full or busy: reported by the sender
        if is_empty:
            return Drained.REFUSED if store.outbox_status().poison else Drained.EMPTY
        if status.state is CentralState.LOST and status.kind in HOPELESS:
            return Drained.STATION_TAKEN
        sender.wake()
        if ended.wait(look_s):
            return Drained.STOPPED
