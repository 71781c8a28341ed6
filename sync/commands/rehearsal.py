"""Command ``rehearse``: saves made-up calls at a given rate and sends them, as a load test.

Each save can be logged before and after its commit, to show that no committed record is lost.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

from uuid_utils.compat import uuid7

from sync.commands import rehearsal_workplace
from sync.commands.rehearsal_workplace import (
    LineFile,
    NotThisWorkplace,
    Workplace,
    open_store,
    settle_workplace,
)
from sync.errors import CountersUsedUp, StoreUnavailable
from sync.exchange.events import (
    BatchSent,
    CentralLost,
    CentralReached,
    RowPoisoned,
    SenderEvent,
)
from sync.exchange.failures import FailureKind
from sync.exchange.sender import Drained, Sender, drain
from sync.records.row_codec import call_row
from sync.register.calls.calls import CallRecord
from sync.store.central.administration import make_schema_where_none
from sync.store.central.connection import complete_dsn
from sync.store.local.register import RegisterStore

T = TypeVar("T")

REMEMBERED = 500  # calls that may be corrected
RETRY_S = 0.5  # retry interval after an I/O error


@dataclass(frozen=True, slots=True)
class Plan:
    """Load profile: ``count`` saves, None without end; ``per_s`` None means no rate limit.

    ``edit_share`` is the share of saves that correct an earlier call.
    """

    count: int | None
    per_s: float | None
    edit_share: float


@dataclass(slots=True)
class Saved:
    """Results of the load test; ``longest_ms`` is the time of the slowest save, from the request to
    its commit.
    """

    calls: int = 0
    edits: int = 0
    longest_ms: float = 0.0
    numbers_used_up: bool = False

    @property
    def saves(self) -> int:
        return self.calls + self.edits


class _Ended(Exception):
    """Raised if a stop is requested while a save is retried after an I/O error."""


class Saving:
    """Saves calls according to a plan until it is finished or ``ended`` is set."""

    def __init__(
        self,
        store: RegisterStore,
        attempts: LineFile | None,
        acked: LineFile | None,
        told: Callable[[str], None],
        ended: threading.Event,
    ) -> None:
        """Creates the load test. The callback receives the code of an I/O error, once until a write
        succeeds again.
        """
        self._store = store
        self._attempts = attempts
        self._acked = acked
        self._told = told
        self._ended = ended
        self._is_refused = False
        self._begun = deque(
            card
            for card in store.drafts()
            if card.sip_call_id.endswith(rehearsal_workplace.CALL_ID_END)
        )  # of a process that was killed
        self._remembered = deque(store.calls_closed_last(REMEMBERED), REMEMBERED)
        self.saved = Saved()

    def run(self, plan: Plan) -> None:
        """Saves calls; I/O errors are retried. Raises other StoreErrors."""
        due_s = time.monotonic()
        try:
            while not self._ended.is_set() and self.saved.saves != plan.count:
                self._save_one(plan.edit_share)
                if plan.per_s is not None:
                    # After a slow phase the rate may not exceed the plan for more than a second.
                    due_s = max(due_s + 1 / plan.per_s, time.monotonic() - 1)
                    self._ended.wait(max(0.0, due_s - time.monotonic()))
        except CountersUsedUp:
            self.saved.numbers_used_up = True
        except _Ended:
            return

    def _save_one(self, edit_share: float) -> None:
        is_edit = bool(self._remembered) and random.random() < edit_share  # noqa: S311
        if is_edit:
            place = random.randrange(len(self._remembered))  # noqa: S311
            self._remembered.rotate(-place)
            card = rehearsal_workplace.corrected(self._remembered.popleft())
        else:
            card = rehearsal_workplace.finished(self._next_draft(), datetime.now(UTC))
        line = _line(card)
        self._write(self._attempts, line)
        begun_s = time.monotonic()
        stored = self._insist(lambda: self._store.close(card).result())
        self.saved.longest_ms = max(self.saved.longest_ms, (time.monotonic() - begun_s) * 1000)
        if (stored.id, stored.revision) != (card.id, card.revision + 1):
            raise RuntimeError("the local database stored an unexpected revision")
        self._write(self._acked, line)
        self._remembered.append(stored)
        if is_edit:
            self.saved.edits += 1
        else:
            self.saved.calls += 1

    def _next_draft(self) -> CallRecord:
        if self._begun:
            return self._begun.popleft()
        call = rehearsal_workplace.ring(uuid7(), datetime.now(UTC))
        return self._insist(
            lambda: self._store.open_card(call, rehearsal_workplace.OPERATOR).result()
        )

    def _write(self, file: LineFile | None, line: str) -> None:
        if file is not None:
            file.add(line)
            self._insist(file.flush)

    def _insist(self, action: Callable[[], T]) -> T:
        """Runs the action, with retries after I/O errors, and returns its result; raises _Ended if
        stopped.
        """
        while True:
            try:
                done = action()
            except (StoreUnavailable, OSError) as error:
                self._tell_refused(error)
                if self._ended.wait(RETRY_S):
                    raise _Ended from None
            else:
                self._is_refused = False
                return done

    def _tell_refused(self, error: StoreUnavailable | OSError) -> None:
        if not self._is_refused:
            self._is_refused = True
            self._told(error.code if isinstance(error, StoreUnavailable) else type(error).__name__)


def _line(card: CallRecord) -> str:
    """Returns the line for a saved call: the row of ``rehearsal_calls`` expected in the central
    database.
    """
    row = call_row(card)
    fields = [row["number"], row["content"], row["result"], row["phone"]]
    # ASCII only, so readers do not mistake a character of the text for a line end
    return json.dumps({"id": str(card.id), "fields": fields, "rev": card.revision + 1})


EXIT_OK = 0
EXIT_USAGE = 2
EXIT_STORE = 3
EXIT_CENTRE = 4
STOP_DEADLINE_S = 5.0


def add_command(commands: Any) -> None:
    """Adds ``rehearse``."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "rehearse",
        help="save and send generated calls, to test a network and a central database",
        description=(
            "Saves generated calls with the local database and the sender of the console, until "
            "SIGTERM or --count. The expected row of the view public.rehearsal_calls of the "
            "central database is written to --attempts before each save and to --acked after its "
            'commit: {"id", "fields": [number, content, result, phone], "rev"}, one JSON object '
            "per line. Use a separate database: the calls are not deleted."
        ),
        epilog=(
            "Exit codes: 0 success; 2 invalid usage, or the folder belongs to another workplace; "
            "3 the local database is unusable; 4 --drain ended before all records were sent."
        ),
    )
    parser.add_argument(
        "--store", type=Path, required=True, metavar="DIR",
        help="folder of the local database and its key; created if missing",
    )  # fmt: skip
    parser.add_argument(
        "--dsn", required=True, help="central database, used as given: libpq keywords or URI"
    )
    parser.add_argument(
        "--rate", type=_rate, metavar="PER_S", help="saves per second (default: no limit)"
    )
    parser.add_argument(
        "--count",
        type=_count,
        metavar="N",
        help="number of saves, including corrections (default: no limit)",
    )
    parser.add_argument(
        "--acked", type=Path, metavar="FILE", help="append a line after each commit"
    )
    parser.add_argument(
        "--attempts", type=Path, metavar="FILE", help="append a line before each save"
    )
    parser.add_argument(
        "--workplace", type=_name, metavar="NAME",
        help="four-digit code, or a name to which the central database assigns a code (default: "
        "a new workplace)",
    )  # fmt: skip
    parser.add_argument(
        "--edit-share", type=_share, default=0.0, metavar="SHARE",
        help="share of saves that correct an earlier call, 0 to 1 (default: 0)",
    )  # fmt: skip
    parser.add_argument(
        "--drain", action="store_true", help="wait after the last save until all records are sent"
    )
    parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Saves, drains if requested, and prints the summary; returns the exit code.

    Raises StoreError and DsnInvalid.
    """
    complete_dsn(options.dsn)  # fails before a folder is created
    saves_ended, drain_ended = threading.Event(), threading.Event()
    with _signals(saves_ended, drain_ended), ExitStack() as closing:
        try:
            workplace = settle_workplace(options.store, options.dsn, options.workplace)
        except NotThisWorkplace as error:
            held = f"workplace {error.code}" if error.code else "a database that is not a rehearsal"
            print(f"{options.store} contains {held}; use another folder", file=sys.stderr)
            return EXIT_USAGE
        try:
            attempts, acked = (
                None if path is None else closing.enter_context(LineFile(path))
                for path in (options.attempts, options.acked)
            )
        except OSError as error:
            print(f"{error.filename}: {error.strerror}", file=sys.stderr)
            return EXIT_USAGE
        store = open_store(options.store, workplace)
        closing.callback(store.close_store)
        sender = Sender(store, options.dsn, _Telling(options.dsn))
        sender.start()
        closing.callback(sender.stop, STOP_DEADLINE_S)
        saving = Saving(store, attempts, acked, _tell_unavailable, saves_ended)
        saving.run(Plan(options.count, options.rate, options.edit_share))
        saves_ended.set()  # the next signal ends the drain
        drained = drain(store, sender, drain_ended) if options.drain else None
        sender.stop(STOP_DEADLINE_S)
        _print(_summary(workplace, saving.saved, store, sender, drained), as_json=options.json)
        return _exit_code(saving.saved, drained)


class _Telling:
    """Event handler that prints the connection state on stderr and creates the schema in an empty
    database.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._is_store_away = False

    def __call__(self, event: SenderEvent) -> None:
        """Called on the sender's thread."""
        match event:
            case CentralReached():
                # every retry connects successfully while the local database cannot record it
                if not self._is_store_away:
                    _tell("central database: connected")
            case CentralLost(kind=FailureKind.STORE):
                if not self._is_store_away:
                    _tell("central database: sending paused: local database unavailable")
                self._is_store_away = True
            case CentralLost(kind=kind):
                _tell(f"central database: unavailable: {kind.value}")
                if kind is FailureKind.SCHEMA_MISSING:
                    threading.Thread(
                        target=make_schema_where_none, args=(self._dsn,), daemon=True
                    ).start()
            case RowPoisoned(entity_id=entity_id):
                _tell(f"central database: record rejected: {entity_id}")
            case BatchSent():
                self._is_store_away = False


@contextmanager
def _signals(saves_ended: threading.Event, drain_ended: threading.Event) -> Iterator[None]:
    """Handles SIGTERM and SIGINT: the first signal ends the saves, a signal after the saves have
    ended ends the drain.
    """

    def end(_signal: int, _frame: FrameType | None) -> None:
        (drain_ended if saves_ended.is_set() else saves_ended).set()

    before = {wish: signal.signal(wish, end) for wish in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for wish, handler in before.items():
            signal.signal(wish, handler)


def _summary(
    workplace: Workplace,
    saved: Saved,
    store: RegisterStore,
    sender: Sender,
    drained: Drained | None,
) -> dict[str, str | int | float | None]:
    outbox, status = store.outbox_status(), sender.status()
    return {
        "workplace": workplace.code,
        "name": workplace.name,
        "calls": saved.calls,
        "edits": saved.edits,
        "longest_save_ms": round(saved.longest_ms, 1),
        "numbers_used_up": saved.numbers_used_up,
        "sent": status.sent,
        "unsent": outbox.waiting,
        "refused": outbox.poison,
        "centre": status.state.value,
        "reason": None if status.kind is None else status.kind.value,
        "drained": None if drained is None else drained.value,
    }


def _print(facts: dict[str, str | int | float | None], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(facts, ensure_ascii=False), flush=True)
        return
    told = (f"{name}: {'-' if value is None else value}" for name, value in facts.items())
    print(", ".join(told), flush=True)


def _exit_code(saved: Saved, drained: Drained | None) -> int:
    if saved.numbers_used_up:
        return EXIT_STORE
    return EXIT_OK if drained in (None, Drained.EMPTY) else EXIT_CENTRE


def _tell_unavailable(code: str) -> None:
    _tell(f"local database: write failed, retrying: {code}")


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _count(text: str) -> int:
    count = int(text)
    if count < 0:
        raise ValueError(text)
    return count


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 < rate < float("inf"):
        raise ValueError(text)
    return rate


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise ValueError(text)
    return share


def _name(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise ValueError(text)
    return text
