"""The city's own calendar and rules in the register: read by everybody, changed by who may."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select
from uuid_utils.compat import uuid7

from sync.register.audit import AuditKind, Subject, done_by
from sync.register.calendar import WorkingCalendar
from sync.register.city import City, CityChange, CityEdit, EditProblem, problem_of, right_for
from sync.register.handling.clocks import MovedTerm
from sync.register.handling.events import person
from sync.register.numbering import period_of
from sync.register.operators import Operator
from sync.register.rights import Refusal, refusal
from sync.store import outbox
from sync.store.city_rows import city_edit_of, city_row
from sync.store.outbox import Entity
from sync.store.reading import RegisterReading
from sync.store.record_tables import city_edit
from sync.store.register import RegisterStore
from sync.store.rows import plain
from sync.store.workplace_tables.received import city_order
from sync.store.workplace_tables.sending import outbox as outbox_table
from sync.store.workplace_tables.station import station


class CityStore:
    """What the city settled, as edits that are only added.

    What reads may be called on any thread and raises StoreError. ``edit`` returns at once; its
    future resolves after COMMIT.
    """

    def __init__(
        self,
        store: RegisterStore,
        built_in: WorkingCalendar,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        """``built_in`` is the calendar that the program brings, with the region's days."""
        self._store = store
        self._built_in = built_in
        self._clock = clock
        self._new_id = new_id

    def city(self) -> City:
        """All edits and what they come to."""
        return city_of(self._store)

    def edit(
        self,
        change: CityChange,
        by: Operator,
        *,
        reason: str,
        document: str = "",
        moved: tuple[MovedTerm, ...] = (),
    ) -> Future[CityEdit | EditProblem | Refusal]:
        """The edit as it stands on the disk, or why it is not taken and nothing changed.

        ``moved`` are the terms whose shift the person has seen and confirmed.
        """

        def work(connection: Connection) -> CityEdit | EditProblem | Refusal:
            refused = refusal(by, right_for(change))
            if refused is not None:
                return refused
            made = CityEdit(
                self._new_id(),
                change,
                reason.strip(),
                document.strip(),
                person(by),
                self._clock(),
                moved,
            )
            problem = problem_of(_city_in(connection), made, self._built_in)
            if problem is not None:
                return problem
            connection.execute(insert(city_edit).values(city_row(made)))
            edited = done_by(by, AuditKind.CITY_EDITED, Subject.CITY_EDIT, made.id)
            self._store.audit.add(connection, edited)
            queue_edits(connection, made.at)
            return made

        return self._store.write(work, feeds_outbox=True)


def city_of(register: RegisterReading) -> City:
    """What the city of this register settled; any thread, raises StoreError."""
    return register.read(_city_in)


def _city_in(connection: Connection) -> City:
    place = city_order.c.position
    rows = connection.execute(
        select(city_edit)
        .outerjoin(city_order, city_order.c.edit_id == city_edit.c.id)
        .order_by(place.is_(None), place, city_edit.c.seq)
    ).mappings()
    return City(tuple(map(city_edit_of, rows)))


def queue_edits(connection: Connection, at: datetime) -> None:
    """Put every edit that was not taken from the centre into the outbox, each once."""
    known = select(outbox_table.c.entity_id).where(outbox_table.c.entity == Entity.CITY_EDIT.value)
    rows = connection.execute(
        select(city_edit)
        .where(city_edit.c.id.not_in(select(city_order.c.edit_id)), city_edit.c.id.not_in(known))
        .order_by(city_edit.c.seq)
    ).mappings()
    code = connection.scalar(select(station.c.code))
    for row in rows.all():
        values = {name: row[name] for name in row if name != "seq"}
        place = {"station_id": code, "period": period_of(row["at"]), "revision": 1}
        outbox.add(connection, Entity.CITY_EDIT, row["id"], 1, {**plain(values), **place}, at)
