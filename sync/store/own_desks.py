"""How each person has set up the desk for herself, in the register of this workplace."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from sync.register.own_desk import KeptDesk, OwnDesk, chosen, taken
from sync.store.register import RegisterStore
from sync.store.workplace_tables.operators import own_desk


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

    def now(self) -> datetime:
        """What the clock says by which choices are kept."""
        return self._clock()

    def read(self, operator_id: UUID) -> KeptDesk | None:
        """What this person has chosen; None where she never did."""
        return self._store.read(lambda connection: _of(connection, operator_id))

    def keep(self, operator_id: UUID, desk: OwnDesk) -> Future[KeptDesk]:
        """Keep the whole desk as it is now, as her newest choice."""

        def work(connection: Connection) -> KeptDesk:
            kept = chosen(desk, self._clock(), _of(connection, operator_id))
            _put(connection, operator_id, kept)
            return kept

        return self._store.write(work)

    def take(self, operator_id: UUID, came: KeptDesk, settled: KeptDesk | None) -> Future[KeptDesk]:
        """Keep what came from the centre, unless something was chosen here meanwhile; which holds.

        ``settled`` is what it was settled with.
        """

        def work(connection: Connection) -> KeptDesk:
            held = taken(came, settled, _of(connection, operator_id))
            _put(connection, operator_id, held)
            return held

        return self._store.write(work)


def _of(connection: Connection, operator_id: UUID) -> KeptDesk | None:
    row = connection.execute(
        select(own_desk.c.document, own_desk.c.changed_at, own_desk.c.chosen_at).where(
            own_desk.c.operator_id == operator_id
        )
    ).first()
    if row is None:
        return None
    return KeptDesk(OwnDesk.read(row.document), row.changed_at, row.chosen_at)


def _put(connection: Connection, operator_id: UUID, kept: KeptDesk) -> None:
    values = {
        "document": kept.desk.kept(),
        "changed_at": kept.changed_at,
        "chosen_at": kept.chosen_at,
    }
    connection.execute(
        insert(own_desk)
        .values(operator_id=operator_id, **values)
        .on_conflict_do_update(index_elements=["operator_id"], set_=values)
    )
