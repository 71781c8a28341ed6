"""A person's own desk goes with her: settled with the centre while she is signed in by it."""

from __future__ import annotations

from uuid import UUID

from sync.exchange.asking import ask_to_write
from sync.register.own_desk import KeptDesk
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
        held = ask_to_write(
            lambda opened: settle_own_desk(dsn, operator_id, ours, self._desks.now, opened),
            ANSWER_LIMIT_S,
        )
        return None if held is None else self._desks.take(operator_id, held, ours).result()
