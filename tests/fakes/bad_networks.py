"""Network faults between the central database and a workplace that continues to save."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from uuid_utils.compat import uuid7

from sync.commands import rehearsal_workplace
from sync.exchange.sender import Sender, SenderSettings, drain
from sync.register.calls.calls import CallRecord
from sync.store.local.register import RegisterStore
from tests.fakes.rehearsal import Line, Told
from tests.fakes.tcp_proxy import TcpProxy, Weather

DRAIN_LIMIT_S = 60.0
WAIT_S = 30.0


@dataclass(frozen=True, slots=True)
class NetworkFault:
    """A named fault; ``again`` is repeated as long as the fault lasts."""

    name: str
    begin: Callable[[TcpProxy], None]
    end: Callable[[TcpProxy], None]
    again: Callable[[TcpProxy], None] = lambda _proxy: None


def _clear(proxy: TcpProxy) -> None:
    proxy.weather = Weather()


def _set(weather: Weather) -> Callable[[TcpProxy], None]:
    def begin(proxy: TcpProxy) -> None:
        proxy.weather = weather

    return begin


CALM = NetworkFault("calm", lambda _proxy: None, lambda _proxy: None)
NETWORK_FAULTS = (
    NetworkFault("reset", TcpProxy.reset, lambda _proxy: None, TcpProxy.reset),
    NetworkFault("refused", TcpProxy.refuse, TcpProxy.listen_again),
    NetworkFault("half open", TcpProxy.lose_server, lambda _proxy: None, TcpProxy.lose_server),
    NetworkFault("hole for requests", lambda proxy: proxy.freeze(answers=False), TcpProxy.thaw),
    NetworkFault("hole for answers", lambda proxy: proxy.freeze(requests=False), TcpProxy.thaw),
    NetworkFault("300 ± 300 ms late", _set(Weather(0.0, 0.6)), _clear),
    NetworkFault("16 kB/s", _set(Weather(bytes_per_s=16_000)), _clear),
)


@dataclass(frozen=True, slots=True)
class Ride:
    """Result of a run: the saved records, and when the central database had received them."""

    told: Told
    save_p99_ms: float
    drained_s: float
    """Time from the end of the fault until the outbox is empty; infinite after the limit."""


def ride(
    store: RegisterStore,
    dsn: str,
    proxy: TcpProxy,
    fault: NetworkFault,
    *,
    lasts_s: float,
    per_s: float,
    settings: SenderSettings | None = None,
) -> Ride:
    """Saves and sends through the proxy before, during and after the fault; ``dsn`` leads through
    the proxy.
    """
    sender = Sender(store, dsn, lambda _event: None, settings=settings)
    saving = _Saving(store, 1 / per_s)
    sender.start()
    try:
        saving.go_on(lambda: sender.status().sent > 0)
        fault.begin(proxy)
        until_s = time.monotonic() + lasts_s

        def is_over() -> bool:
            fault.again(proxy)
            return time.monotonic() > until_s

        saving.go_on(is_over)
        fault.end(proxy)
        ended_s, ended_at = time.monotonic(), datetime.now(UTC)

        def is_drained() -> bool:
            oldest = store.outbox_status().oldest_at
            return oldest is None or oldest > ended_at

        drained = saving.go_on(is_drained)
        drained_s = time.monotonic() - ended_s if drained else float("inf")
        drain(store, sender, threading.Event())
    finally:
        sender.stop(WAIT_S)
    return Ride(saving.told, statistics.quantiles(saving.spent_ms, n=100)[-1], drained_s)


class _Saving:
    """Saves at a constant rate, regardless of the network."""

    def __init__(self, store: RegisterStore, every_s: float) -> None:
        self._store = store
        self._every_s = every_s
        self.told = Told()
        self.spent_ms: list[float] = []

    def go_on(self, is_over: Callable[[], bool]) -> bool:
        """Saves until the condition holds; returns False after the limit."""
        until_s = time.monotonic() + DRAIN_LIMIT_S
        while not is_over():
            if time.monotonic() > until_s:
                return False
            call = rehearsal_workplace.ring(uuid7(), datetime.now(UTC))
            draft = self._store.open_card(call, rehearsal_workplace.OPERATOR).result(WAIT_S)
            card = rehearsal_workplace.finished(draft, datetime.now(UTC))
            begun_s = time.monotonic()
            saved = self._store.close(card).result(WAIT_S)
            spent_s = time.monotonic() - begun_s
            self.spent_ms.append(spent_s * 1000)
            self.told.acked.append(line_of(saved))
            # The pace of saves, not a wait for an event.
            time.sleep(max(0.0, self._every_s - spent_s))
        self.told.attempts = list(self.told.acked)
        return True


def line_of(card: CallRecord) -> Line:
    """Returns the record as the central database must contain it."""
    result = None if card.result is None else card.result.value
    fields = (str(card.number), card.content, result, str(card.phone))
    return Line(str(card.id), card.revision, fields)
