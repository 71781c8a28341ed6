"""Claims on telephones, asked of the centre while a person waits with the hand on the key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from sync.errors import CentreUnwritten
from sync.exchange.failures import KNOWN_ERRORS, FailureKind, Transient, classify
from sync.exchange.watchdog import Watchdog
from sync.register.call_claims import CallClaim, Claimed
from sync.store.central import break_off
from sync.store.central_claims import claim_call, end_call_claim

T = TypeVar("T")

ANSWER_LIMIT_S = 6.0  # whoever asked has long been told that nobody knows


class CentralClaims:
    """Every method waits for the network and raises CentreUnwritten; ``dsn`` is the workplace's."""

    def __init__(self, dsn: str, station: str) -> None:
        self._dsn = dsn
        self._station = station

    def claim(self, claim: CallClaim, *, is_forced: bool = False) -> Claimed:
        """Take the telephone or keep it; who came first has it, unless it is forced."""
        return self._ask(
            lambda opened: claim_call(
                self._dsn, self._station, claim, is_forced=is_forced, opened=opened
            )
        )

    def end(self, id: UUID) -> None:
        """Give the telephone back."""
        self._ask(lambda opened: end_call_claim(self._dsn, self._station, id, opened=opened))

    def _ask(self, work: Callable[[Callable[[Any], None]], T]) -> T:
        drivers: list[Any] = []

        def give_up() -> None:
            for driver in drivers:
                break_off(driver)

        watchdog = Watchdog(give_up, ANSWER_LIMIT_S)
        try:
            with watchdog.watching():
                return work(drivers.append)
        except KNOWN_ERRORS as error:
            if watchdog.has_bitten:
                raise CentreUnwritten(FailureKind.TIMED_OUT.value) from None
            found = classify(error)
            code = found.kind.value if isinstance(found, Transient) else "refused"
            raise CentreUnwritten(code) from None
