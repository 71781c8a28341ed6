"""A person's own desk goes with her: settled with the centre while she is signed in by it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sync.errors import CentreUnwritten
from sync.exchange.failures import KNOWN_ERRORS, FailureKind, Transient, classify
from sync.exchange.watchdog import Watchdog
from sync.register.own_desk import KeptDesk
from sync.store.central import break_off
from sync.store.central_own_desk import settle_own_desk
from sync.store.own_desks import OwnDesks

ANSWER_LIMIT_S = 8.0  # nobody waits for it


class OwnDeskRoaming:
    """Settles what is kept here with what the centre has; every method waits for the network."""

    def __init__(self, desks: OwnDesks) -> None:
        self._desks = desks

    def settle(self, operator_id: UUID, dsn: str) -> KeptDesk | None:
        """What holds now, here and in the centre; None where she has never chosen anything.

        ``dsn`` is of her own login. Raises CentreUnwritten and StoreError.
        """
        ours = self._desks.read(operator_id)
        held = self._ask(operator_id, dsn, ours)
        return None if held is None else self._desks.take(operator_id, held, ours).result()

    def _ask(self, operator_id: UUID, dsn: str, ours: KeptDesk | None) -> KeptDesk | None:
        opened: list[Any] = []

        def give_up() -> None:
            for driver in opened:
                break_off(driver)

        watchdog = Watchdog(give_up, ANSWER_LIMIT_S)
        try:
            with watchdog.watching():
                return settle_own_desk(dsn, operator_id, ours, self._desks.now, opened.append)
        except KNOWN_ERRORS as error:
            if watchdog.has_bitten:
                raise CentreUnwritten(FailureKind.TIMED_OUT.value) from None
            found = classify(error)
            code = found.kind.value if isinstance(found, Transient) else "refused"
            raise CentreUnwritten(code) from None
