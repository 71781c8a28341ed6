"""Compares a workplace and its central database with a dictionary over random sequences of
actions.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
from hypothesis import strategies
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from uuid_utils.compat import uuid7

from sync.commands import rehearsal_workplace
from sync.exchange.events import CentralLost, SenderEvent
from sync.exchange.sender import Drained, Sender, SenderSettings, drain
from sync.register.calls.calls import CallRecord
from sync.store.local.register import RegisterStore
from tests.fakes.bad_networks import line_of
from tests.fakes.rehearsal import Line, central_lines
from tests.fakes.store_template import StoreTemplate
from tests.fakes.tcp_proxy import TcpProxy

WAIT_S = 30.0
LOOK_S = 0.02
# A batch is smaller than the outbox, so a cut falls between two batches.
SETTINGS = SenderSettings(batch_size=2, first_delay_s=0.02, longest_delay_s=0.1)
ONE_TRY = SenderSettings(batch_size=2, first_delay_s=WAIT_S, longest_delay_s=WAIT_S)


@dataclass(frozen=True, slots=True)
class Bench:
    """Resources shared by all examples: one server behind one proxy, and a store to copy."""

    template: StoreTemplate
    proxy: TcpProxy
    dsn: str
    through_proxy: str
    kind: type[RegisterStore] = RegisterStore


class RegisterModel(RuleBasedStateMachine):
    """Saves, corrections, sends, lost replies, kills and central databases reset to an older state.

    ``oracle`` contains the acknowledged records; a subclass names the bench.
    """

    bench: Bench
    done: Counter[str]
    """Number of executions of each step over all examples."""

    @initialize()
    def begin(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._path = Path(self._folder.name) / "register.db"
        shutil.copyfile(self.bench.template.path, self._path)
        self._store = self._open()
        self._oracle: dict[str, CallRecord] = {}
        _execute(self.bench.dsn, "TRUNCATE call_record, audit, station CASCADE", *_FORGET_COPIES)
        self._has_copy = False

    @rule(count=strategies.integers(1, 3))
    def save(self, count: int) -> None:
        self.done["save"] += 1
        for _ in range(count):
            call = rehearsal_workplace.ring(uuid7(), datetime.now(UTC))
            draft = self._store.open_card(call, rehearsal_workplace.OPERATOR).result(WAIT_S)
            self._close(rehearsal_workplace.finished(draft, datetime.now(UTC)))

    @precondition(lambda self: bool(self._oracle))
    @rule(chosen=strategies.integers(0, 1_000_000))
    def correct(self, chosen: int) -> None:
        self.done["correct"] += 1
        ids = sorted(self._oracle)
        self._close(rehearsal_workplace.corrected(self._oracle[ids[chosen % len(ids)]]))

    @rule()
    def send(self) -> None:
        self.done["send"] += 1
        self._drain()

    @rule()
    def send_and_lose_an_answer(self) -> None:
        """The central database commits, the reply is lost, and the workplace is closed before it
        retries.
        """
        self.done["send_and_lose_an_answer"] += 1
        self.bench.proxy.commits_to_lose = 1
        self._try_once()
        self.bench.proxy.commits_to_lose = 0

    @rule()
    def kill(self) -> None:
        """Leaves the files as a killed process does: the log is not checkpointed."""
        self.done["kill"] += 1
        left = Path(self._folder.name) / "left"
        left.mkdir()
        for name in (self._path.name, f"{self._path.name}-wal"):
            if self._path.with_name(name).exists():
                shutil.copyfile(self._path.with_name(name), left / name)
        assert self._store.close_store()
        for kept in left.iterdir():
            shutil.move(kept, self._path.with_name(kept.name))
        left.rmdir()
        self._store = self._open()

    @rule()
    def keep_a_copy_of_the_centre(self) -> None:
        self.done["keep_a_copy_of_the_centre"] += 1
        _execute(
            self.bench.dsn,
            *_FORGET_COPIES,
            *(f"CREATE TABLE kept_{table} AS TABLE {table}" for table in _KEPT),
        )
        self._has_copy = True

    @precondition(lambda self: self._has_copy)
    @rule()
    def fall_back_to_the_copy(self) -> None:
        """Resets the database, as promoting a lagging standby or restoring a backup does:
        acknowledged rows are lost.
        """
        self.done["fall_back_to_the_copy"] += 1
        _execute(
            self.bench.dsn,
            *(f"DELETE FROM {table}" for table in _KEPT),  # noqa: S608 - our own three names
            *(f"INSERT INTO {table} TABLE kept_{table}" for table in _KEPT),
        )

    def teardown(self) -> None:
        if not hasattr(self, "_store"):
            return
        try:
            assert self._drain() is Drained.EMPTY
            assert _found(self.bench.dsn) == {
                id: (line_of(card).rev, line_of(card).fields) for id, card in self._oracle.items()
            }
        finally:
            self._store.close_store()
            self._folder.cleanup()

    def _close(self, card: CallRecord) -> None:
        stored = self._store.close(card).result(WAIT_S)
        self._oracle[str(stored.id)] = stored

    def _drain(self) -> Drained:
        sender = Sender(self._store, self.bench.through_proxy, _ignore, settings=SETTINGS)
        sender.start()
        try:
            return drain(self._store, sender, _after(WAIT_S), LOOK_S)
        finally:
            assert sender.stop(WAIT_S)

    def _try_once(self) -> None:
        is_over = threading.Event()

        def heard(event: SenderEvent) -> None:
            if isinstance(event, CentralLost):
                is_over.set()

        sender = Sender(self._store, self.bench.through_proxy, heard, settings=ONE_TRY)
        sender.start()
        drain(self._store, sender, is_over, LOOK_S)
        assert sender.stop(WAIT_S)

    def _open(self) -> RegisterStore:
        return self.bench.kind.open(self._path, self.bench.template.key, place=lambda _path: "here")


_KEPT = ("call_record", "audit", "station")
_FORGET_COPIES = tuple(f"DROP TABLE IF EXISTS kept_{table}" for table in _KEPT)


def _ignore(_event: SenderEvent) -> None:
    return


def _after(seconds: float) -> threading.Event:
    """Returns an event that ends a wait which should have ended earlier."""
    ended = threading.Event()
    timer = threading.Timer(seconds, ended.set)
    timer.daemon = True
    timer.start()
    return ended


def _found(dsn: str) -> dict[str, tuple[int, tuple[str | None, ...]]]:
    lines: list[Line] = central_lines(dsn)
    assert len(lines) == len({line.id for line in lines})
    return {line.id: (line.rev, line.fields) for line in lines}


def _execute(dsn: str, *statements: str) -> None:
    connection = psycopg2.connect(dsn)
    with connection, connection.cursor() as cursor:
        # The audit log is append-only, and a new example starts without one.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
    connection.close()


def machine_of(bench: Bench) -> type[RegisterModel]:
    """Returns the model on this bench, for ``run_state_machine_as_test``."""

    class Model(RegisterModel):
        pass

    Model.bench = bench
    Model.done = Counter()
    return Model
