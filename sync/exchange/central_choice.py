"""Central database: server selection, watchdog for calls that hang, reading for reports.

The server with the latest timeline of the history is selected (see ``timeline``). The watchdog
shuts the socket of a call that exceeds its limit, because a frozen server keeps connections alive.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sync.errors import BranchRefused, CentreUnread
from sync.exchange.failures import (
    KNOWN_ERRORS,
    READING_ERRORS,
    FailureKind,
    Permanent,
    Transient,
    classify,
)
from sync.exchange.timeline import REFUSED, Verdict, judge
from sync.register.calls.call_search import CallQuery
from sync.register.calls.calls import CallRecord
from sync.register.figures.call_statistics import CallReport
from sync.register.figures.reckoner import CountingRules
from sync.register.figures.tables import CountedTable
from sync.register.handling.handled import HandledMessage
from sync.register.messages import State
from sync.store.central.connection import Central, break_off
from sync.store.central.hosts import central_hosts
from sync.store.central.reading import CentralRegister
from sync.store.central.record_search import Asked, call_asked
from sync.store.central.server_identity import CentralFacts, CentralMark
from sync.store.local.calls.search_stop import SearchStop


class Watchdog:
    """Calls ``abort`` on a dedicated thread when a watched block of code exceeds its time limit.

    A frozen server keeps the connection alive: connect_timeout, keepalives and tcp_user_timeout do
    not fire, and only shutting down the socket unblocks the thread.
    """

    def __init__(self, abort: Callable[[], None], limit_s: float) -> None:
        self._abort = abort
        self._limit_s = limit_s
        self._gate = threading.Lock()
        self._watched = 0
        self.has_bitten = False

    @contextmanager
    def watching(self, longer_s: float = 0.0) -> Iterator[None]:
        """Watches this block with a limit extended by ``longer_s``.

        Afterwards ``has_bitten`` is True if the block was aborted.
        """
        with self._gate:
            self._watched += 1
            mine = self._watched
            self.has_bitten = False
        timer = threading.Timer(self._limit_s + longer_s, self._bite, (mine,))
        timer.name = "exchange-watchdog"
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            with self._gate:
                self._watched += 1

    def _bite(self, mine: int) -> None:
        # If the block ended while this thread was starting, the socket may already serve another
        # block.
        with self._gate:
            if self._watched == mine:
                self.has_bitten = True
                self._abort()


@dataclass(frozen=True, slots=True)
class Chosen:
    """Connected server to which records may be written, its identity, and the verdict on its
    timeline.
    """

    central: Central
    facts: CentralFacts
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RefusedServer:
    """Server that responded but must not be written to; ``name`` is its host and port."""

    name: str
    why: Verdict


class CentralChoice:
    """Checks every server of a connection string, in order, and selects the latest timeline.

    libpq would select the first writable server, which may be a former primary that returned
    without fencing. Use on one thread only, except ``abort``.
    """

    def __init__(
        self,
        dsn: str,
        limit_s: float,
        rule: Callable[[CentralMark | None, CentralFacts], Verdict] = judge,
    ) -> None:
        """Creates the selection; ``limit_s`` bounds each server response. Raises DsnInvalid."""
        self._rule = rule
        self._servers = [(host.name, Central(host.dsn)) for host in central_hosts(dsn)]
        self._asked = self._servers[0][1]
        self._hung: Central | None = None
        self._watchdog = Watchdog(self.abort, limit_s)
        self.refused: tuple[RefusedServer, ...] = ()
        """Servers refused at the last selection."""

    @property
    def has_hung(self) -> bool:
        """Whether the last watched block was aborted because its server did not respond."""
        return self._watchdog.has_bitten

    def watching(self) -> AbstractContextManager[None]:
        """Returns a context manager that watches a block using the selected server."""
        return self._watchdog.watching()

    def choose(self, mark: CentralMark | None) -> Chosen:
        """Returns the server to write to and closes the connections to all others.

        ``mark`` is the timeline that the local database last wrote to. Raises one of KNOWN_ERRORS
        if there is no server, and BranchRefused if any was refused.
        """
        found: list[Chosen] = []
        failures: list[Exception] = []
        refused: list[RefusedServer] = []
        for name, central in self._in_order():
            if central is self._hung and found:
                continue  # it would block again, and another server is available
            self._asked = central
            try:
                with self.watching():
                    facts = central.look()
            except KNOWN_ERRORS as error:
                failures.append(error)
                continue
            verdict = self._rule(mark, facts)
            if verdict in REFUSED:
                central.close()
                refused.append(RefusedServer(name, verdict))
            else:
                found.append(Chosen(central, facts, verdict))
        self.refused = tuple(refused)
        if not found:
            raise _told(refused, failures)
        best = max(
            found,
            key=lambda each: (each.verdict is Verdict.SUCCESSOR, each.facts.branch.timeline),
        )
        for each in found:
            if each is not best:
                each.central.close()
        self._asked, self._hung = best.central, None
        return best

    def leave(self, *, is_hung: bool = False) -> None:
        """Closes the connection; a server that hung is tried last the next time."""
        self._asked.close()
        if is_hung:
            self._hung = self._asked

    def abort(self) -> None:
        """Aborts the current request to a server. Thread-safe."""
        self._asked.abort()

    def _in_order(self) -> Sequence[tuple[str, Central]]:
        return sorted(self._servers, key=lambda server: server[1] is self._hung)


def _told(refused: Sequence[RefusedServer], failures: Sequence[Exception]) -> Exception:
    """Returns the error to raise if no server is usable; errors that need an administrator precede
    temporary ones.
    """
    if refused:
        return BranchRefused(refused[0].why.value)
    passing = Transient(FailureKind.UNREACHABLE)
    return next((error for error in failures if classify(error) != passing), failures[0])


T = TypeVar("T")

ANSWER_LIMIT_S = 60.0  # the messages of a year are a large result


class CentralReading:
    """Reads registers in the central database. Thread-safe. Blocks; call on a worker thread.

    Every method raises CentreUnread. ``session`` returns the DSN of the operator's own login, or
    None if the operator did not sign in through the central database.
    """

    def __init__(self, session: Callable[[], str | None]) -> None:
        self._session = session

    def call_report(self, first: date, last: date, zone: ZoneInfo) -> CallReport:
        """Returns the report of calls that arrived from ``first`` to ``last`` in this zone."""
        return self._read(lambda register: register.call_report(first, last, zone))

    def between(self, start: datetime, end: datetime) -> tuple[HandledMessage, ...]:
        """Returns messages created from ``start`` until before ``end``, except drafts."""
        return self._read(lambda register: register.between(start, end))

    def in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]:
        """Returns the messages with these statuses, sorted by time of submission."""
        return self._read(lambda register: register.in_states(states))

    def counted_between(self, start: datetime, end: datetime, by: CountingRules) -> CountedTable:
        """Returns the messages of ``between`` as a table for statistics, without their texts."""
        return self._read(lambda register: register.counted_between(start, end, by))

    def counted_in_states(self, states: Collection[State], by: CountingRules) -> CountedTable:
        """Returns the messages with these statuses as a table for statistics."""
        return self._read(lambda register: register.counted_in_states(states, by))

    def find_calls(
        self, query: CallQuery, after: CallRecord | None, most: int, stop: SearchStop
    ) -> tuple[CallRecord, ...]:
        """Returns up to ``most`` calls of all workplaces after ``after`` in the query's order."""
        asked = call_asked(query, after)
        return self._read(lambda register: register.find_calls(asked, most), stop)

    def find_messages(self, asked: Asked, most: int) -> tuple[HandledMessage, ...]:
        """Returns up to ``most`` messages of all workplaces with history, the latest first."""
        return self._read(lambda register: register.find_messages(asked, most))

    def operator_names(self) -> tuple[str, ...]:
        """Returns the names of all operators in the central database."""
        return self._read(lambda register: register.operator_names())

    def workplace_codes(self) -> tuple[str, ...]:
        """Returns the codes of all workplaces."""
        return self._read(lambda register: register.workplace_codes())

    def _read(self, ask: Callable[[CentralRegister], T], stop: SearchStop | None = None) -> T:
        dsn = self._session()
        if dsn is None:
            raise CentreUnread("not_signed_in")
        opened: list[Any] = []

        def give_up() -> None:
            for driver in opened:
                break_off(driver)

        if stop is not None:
            stop.when_stopped(give_up)
        watchdog = Watchdog(give_up, ANSWER_LIMIT_S)
        try:
            with watchdog.watching():
                return ask(CentralRegister(dsn, opened.append))
        except READING_ERRORS as error:
            raise CentreUnread(_code(error)) from None


def _code(error: Exception) -> str:
    match classify(error):
        case Transient(kind):
            return kind.value
        case Permanent():
            # A read can only be refused permanently for missing rights.
            return FailureKind.RIGHTS_MISSING.value
