"""Central database: server selection, watchdog for calls that hang, reading for reports.

The server that writes the newest branch of the history is chosen (see ``timeline``). The watchdog
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
    """Calls ``abort`` on a thread of its own when a watched block takes longer than its limit.

    A frozen server keeps the connection alive: connect_timeout, keepalives and tcp_user_timeout
    do not fire, and only shutting the socket gives the blocked thread back.
    """

    def __init__(self, abort: Callable[[], None], limit_s: float) -> None:
        self._abort = abort
        self._limit_s = limit_s
        self._gate = threading.Lock()
        self._watched = 0
        self.has_bitten = False

    @contextmanager
    def watching(self, longer_s: float = 0.0) -> Iterator[None]:
        """Watch this block; ``has_bitten`` tells afterwards whether it was broken off.

        The block has ``longer_s`` on top of the limit.
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
        # the block may have ended while this thread was starting; its socket is not ours then
        with self._gate:
            if self._watched == mine:
                self.has_bitten = True
                self._abort()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A connected server that may be written to, what it is, and what that means."""

    central: Central
    facts: CentralFacts
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RefusedServer:
    """A server that answered and must not be written to; ``name`` is its host and port."""

    name: str
    why: Verdict


class CentralChoice:
    """Looks at every server of a connection string, in order, and takes the newest branch.

    libpq would take the first that is writable, which may be a former primary that came back
    unfenced. Methods belong to one thread, but for ``abort``.
    """

    def __init__(
        self,
        dsn: str,
        limit_s: float,
        rule: Callable[[CentralMark | None, CentralFacts], Verdict] = judge,
    ) -> None:
        """``limit_s`` bounds each answer of a server; raises DsnInvalid."""
        self._rule = rule
        self._servers = [(host.name, Central(host.dsn)) for host in central_hosts(dsn)]
        self._asked = self._servers[0][1]
        self._hung: Central | None = None
        self._watchdog = Watchdog(self.abort, limit_s)
        self.refused: tuple[RefusedServer, ...] = ()
        """Those refused at the last look."""

    @property
    def has_hung(self) -> bool:
        """Whether the last watched block was broken off because its server did not answer."""
        return self._watchdog.has_bitten

    def watching(self) -> AbstractContextManager[None]:
        """Watch a block that asks the chosen server."""
        return self._watchdog.watching()

    def choose(self, mark: CentralMark | None) -> Chosen:
        """The server to write to, for a store with this mark; all others are left again.

        Raises one of KNOWN_ERRORS where there is none: BranchRefused if any was refused.
        """
        found: list[Chosen] = []
        failures: list[Exception] = []
        refused: list[RefusedServer] = []
        for name, central in self._in_order():
            if central is self._hung and found:
                continue  # it would keep us waiting again, and there is another
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
        """Close the connection; a server that hung is asked last the next time."""
        self._asked.close()
        if is_hung:
            self._hung = self._asked

    def abort(self) -> None:
        """Break off what is being asked of a server; for another thread."""
        self._asked.abort()

    def _in_order(self) -> Sequence[tuple[str, Central]]:
        return sorted(self._servers, key=lambda server: server[1] is self._hung)


def _told(refused: Sequence[RefusedServer], failures: Sequence[Exception]) -> Exception:
    """The failure that says most: what must be seen to, before what may pass by itself."""
    if refused:
        return BranchRefused(refused[0].why.value)
    passing = Transient(FailureKind.UNREACHABLE)
    return next((error for error in failures if classify(error) != passing), failures[0])


T = TypeVar("T")

ANSWER_LIMIT_S = 60.0  # a year's messages are a long answer


class CentralReading:
    """Every method may be called on any thread, waits for the network and raises CentreUnread.

    ``session`` gives the DSN of the person's own login, None where nobody came in by the centre.
    """

    def __init__(self, session: Callable[[], str | None]) -> None:
        self._session = session

    def call_report(self, first: date, last: date, zone: ZoneInfo) -> CallReport:
        """The report of the calls that arrived from ``first`` to ``last`` in this zone."""
        return self._read(lambda register: register.call_report(first, last, zone))

    def between(self, start: datetime, end: datetime) -> tuple[HandledMessage, ...]:
        """Messages made at ``start`` or later and before ``end``, without what stayed a draft."""
        return self._read(lambda register: register.between(start, end))

    def in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]:
        """The messages that stand there, the one submitted first at the head."""
        return self._read(lambda register: register.in_states(states))

    def counted_between(self, start: datetime, end: datetime, by: CountingRules) -> CountedTable:
        """The same messages as the statistics see them, without what they say."""
        return self._read(lambda register: register.counted_between(start, end, by))

    def counted_in_states(self, states: Collection[State], by: CountingRules) -> CountedTable:
        """The messages that stand there, as the statistics see them."""
        return self._read(lambda register: register.counted_in_states(states, by))

    def find_calls(
        self, query: CallQuery, after: CallRecord | None, most: int, stop: SearchStop
    ) -> tuple[CallRecord, ...]:
        """At most so many calls of all workplaces, those behind ``after`` in the query's order."""
        asked = call_asked(query, after)
        return self._read(lambda register: register.find_calls(asked, most), stop)

    def find_messages(self, asked: Asked, most: int) -> tuple[HandledMessage, ...]:
        """At most so many messages of all workplaces with their history, the newest first."""
        return self._read(lambda register: register.find_messages(asked, most))

    def operator_names(self) -> tuple[str, ...]:
        """Everybody who is an operator of the centre, by name."""
        return self._read(lambda register: register.operator_names())

    def workplace_codes(self) -> tuple[str, ...]:
        """The codes of all workplaces."""
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
            # what is only read can be refused for one thing
            return FailureKind.RIGHTS_MISSING.value
