"""The register of all workplaces, read as the person who is signed in may see it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sync.errors import CentreUnread
from sync.exchange.failures import READING_ERRORS, FailureKind, Permanent, Transient, classify
from sync.exchange.watchdog import Watchdog
from sync.register.handling.handled import HandledMessage
from sync.register.handling.states import State
from sync.register.message_statistics.reckoner import CountingRules
from sync.register.message_statistics.table import CountedTable
from sync.register.statistics import CallReport
from sync.store.central import break_off
from sync.store.central_register import CentralRegister

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

    def _read(self, ask: Callable[[CentralRegister], T]) -> T:
        dsn = self._session()
        if dsn is None:
            raise CentreUnread("not_signed_in")
        opened: list[Any] = []

        def give_up() -> None:
            for driver in opened:
                break_off(driver)

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
