"""One question that changes something in the centre, while somebody waits for the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sync.errors import CentreUnwritten
from sync.exchange.failures import KNOWN_ERRORS, FailureKind, Permanent, Transient, classify
from sync.exchange.watchdog import Watchdog
from sync.store.central import break_off

T = TypeVar("T")
Opened = Callable[[Any], None]


def ask_to_write(work: Callable[[Opened], T], limit_s: float) -> T:
    """What the work gives; CentreUnwritten where it fails or takes longer than its limit.

    The work tells of each connection of psycopg2 that it opens: at the limit they are broken off.
    """
    drivers: list[Any] = []

    def give_up() -> None:
        for driver in drivers:
            break_off(driver)

    watchdog = Watchdog(give_up, limit_s)
    try:
        with watchdog.watching():
            return work(drivers.append)
    except KNOWN_ERRORS as error:
        code = FailureKind.TIMED_OUT.value if watchdog.has_bitten else _code(error)
        raise CentreUnwritten(code) from None


def _code(error: Exception) -> str:
    match classify(error):
        case Transient(kind):
            return kind.value
        case Permanent():
            return "refused"
