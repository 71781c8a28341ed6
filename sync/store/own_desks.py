"""How each person has set up the desk for herself, in the register of this workplace."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from sync.register.own_desk import KeptDesk, OwnDesk, newer
from sync.store.register import RegisterStore
from sync.store.workplace_tables import own_desk

_NEXT = timedelta(microseconds=1)


class OwnDesks:
    """Reads on any thread and raises StoreError; futures resolve after COMMIT."""

    def __init__(
        self,
        store: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._clock = clock

    def read(self, operator_id: UUID) -> KeptDesk | None:
        """What this person has chosen; None where she never did."""
        return self._store.read(lambda connection: _of(connection, operator_id))

    def keep(self, operator_id: UUID, desk: OwnDesk) -> Future[KeptDesk]:
        """Keep the whole desk as it is now.

        It is later than what was kept before, also where the clock of this computer is slow: else
        what came from another workplace would take the place of her newest choice.
        """

        def work(connection: Connection) -> KeptDesk:
            before = _of(connection, operator_id)
            now = self._clock()
            kept = KeptDesk(desk, now if before is None else max(now, before.changed_at + _NEXT))
            _put(connection, operator_id, kept)
            return kept

        return self._store.write(work)

    def take(
        self, operator_id: UUID, came: KeptDesk, settled: KeptDesk | None = None
    ) -> Future[KeptDesk]:
        """Keep what came from the centre, unless ours is the newer one; which holds.

        ``settled`` is what it was settled with: where that stands here still, what came holds, if
        only with the moment that the centre's clock has given it.
        """

        def work(connection: Connection) -> KeptDesk:
            ours = _of(connection, operator_id)
            if ours == settled or newer(ours, came) is came:
                _put(connection, operator_id, came)
                return came
            return ours or came

        return self._store.write(work)


def _of(connection: Connection, operator_id: UUID) -> KeptDesk | None:
    row = connection.execute(
        select(own_desk.c.document, own_desk.c.changed_at).where(
            own_desk.c.operator_id == operator_id
        )
    ).first()
    return None if row is None else KeptDesk(OwnDesk.read(row.document), row.changed_at)


def _put(connection: Connection, operator_id: UUID, kept: KeptDesk) -> None:
    values = {"document": kept.desk.kept(), "changed_at": kept.changed_at}
    connection.execute(
        insert(own_desk)
        .values(operator_id=operator_id, **values)
        .on_conflict_do_update(index_elements=["operator_id"], set_=values)
    )
