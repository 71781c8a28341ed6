"""City settings in the local database: conversion to JSON, edits, and their feed receiver."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from concurrent.futures import Future
from datetime import UTC, datetime, time
from typing import Any, get_args
from uuid import UUID

from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union
from sqlalchemy import Connection, RowMapping, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from uuid_utils.compat import uuid7

from sync.records.feed_values import Feed, FeedItem
from sync.records.replicated_tables import city_edit
from sync.records.row_codec import plain
from sync.records.table_rules import Entity
from sync.records.workplace_tables import city_order, station
from sync.records.workplace_tables import outbox as outbox_table
from sync.register.audit import AuditKind, Subject, done_by
from sync.register.calendar.calendar import WorkingCalendar
from sync.register.city import (
    City,
    CityChange,
    CityEdit,
    DaysOrdered,
    EditProblem,
    LineChosen,
    RegulationsGiven,
    Revoked,
    SettingsChosen,
    YearGiven,
    problem_of,
    right_for,
)
from sync.register.handling.clocks import MovedTerm
from sync.register.handling.events import person
from sync.register.numbering import period_of
from sync.register.people.operators import Operator, Person, Refusal, Role, refusal
from sync.store.local import outbox
from sync.store.local.feed import RegisterReceiver
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore

Row = dict[str, Any]

CITY_SCHEMA_VERSION = 1

# Stored in databases for years: a class may be renamed, its tag may not.
_TAGS: dict[type[Any], str] = {
    DaysOrdered: "days",
    YearGiven: "year",
    SettingsChosen: "settings",
    LineChosen: "line",
    RegulationsGiven: "regulations",
    Revoked: "revoked",
}


def _tag(kind: type[Any]) -> str:
    return _TAGS[kind]


# Sorted, because saved form input is compared with values built in another process.
_CONVERTER = make_converter(unstruct_collection_overrides={Set: sorted})
_CONVERTER.register_unstructure_hook(UUID, str)
_CONVERTER.register_structure_hook(UUID, lambda text, _kind: UUID(text))
_CONVERTER.register_unstructure_hook(time, lambda clock: clock.isoformat("minutes"))
_CONVERTER.register_structure_hook(time, lambda text, _kind: time.fromisoformat(text))
configure_tagged_union(CityChange, _CONVERTER, tag_generator=_tag, tag_name="kind")
assert set(_TAGS) == set(get_args(CityChange))  # noqa: S101  a change without a tag is a bug


def change_row(change: CityChange) -> Row:
    """Converts the change of a settings edit to JSON."""
    row: Row = _CONVERTER.unstructure(change, unstructure_as=CityChange)
    return row


def change_of(row: Row) -> CityChange:
    """Builds the change from its JSON form."""
    change: CityChange = _CONVERTER.structure(row, CityChange)  # type: ignore[arg-type]  # a union
    return change


def city_row(edit: CityEdit) -> Row:
    """Returns the columns of ``city_edit`` without the position in the central order."""
    return {
        "id": edit.id,
        "change": change_row(edit.change),
        "reason": edit.reason,
        "document": edit.document,
        "moved": _CONVERTER.unstructure(edit.moved),
        "by_id": edit.by.id,
        "by_name": edit.by.name,
        "by_role": edit.by.role.value,
        "at": edit.at,
        "schema_version": CITY_SCHEMA_VERSION,
    }


def city_edit_of(row: RowMapping) -> CityEdit:
    """Builds the edit from a row of ``city_edit``."""
    return CityEdit(
        id=row["id"],
        change=change_of(row["change"]),
        reason=row["reason"],
        document=row["document"],
        by=Person(row["by_id"], row["by_name"], Role(row["by_role"])),
        at=row["at"],
        moved=_CONVERTER.structure(row["moved"], tuple[MovedTerm, ...]),
    )


class CityStore:
    """Append-only history of city settings.

    Reading methods are thread-safe and raise StoreError. ``edit`` returns immediately; its future
    resolves after COMMIT.
    """

    def __init__(
        self,
        store: RegisterStore,
        built_in: WorkingCalendar,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], UUID] = uuid7,
    ) -> None:
        """Stores the parameters.

        ``built_in`` is the calendar shipped with the application, including the region's days.
        """
        self._store = store
        self._built_in = built_in
        self._clock = clock
        self._new_id = new_id

    def city(self) -> City:
        """Returns the city settings with their history of edits."""
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
        """Stores an edit of the settings.

        Resolves to the committed edit, or to the reason for its rejection; then nothing is changed.
        ``moved`` are the shifted deadlines that the operator has seen and confirmed.
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
    """Returns the city settings of this register. Raises StoreError. Thread-safe."""
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
    """Adds every edit that did not come from the central database to the outbox, each once."""
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


class CityFeed(RegisterReceiver):
    """Receives all edits, and stores the positions that the central database assigned to local
    ones.

    If two workplaces edit the same day independently, the edit that reached the central database
    later is in force at every workplace.
    """

    def __init__(
        self, store: RegisterStore, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        super().__init__(store, Feed.CITY, feeds_outbox=True)
        self._clock = clock

    def take(self, connection: Connection, items: Sequence[FeedItem]) -> None:
        for item in items:
            if item.document is not None:
                _take_edit(connection, item.document)
        # queues edits made before a central database was configured
        queue_edits(connection, self._clock())

    def check(self, item: FeedItem) -> None:
        if (document := item.document) is not None:
            change_of(document["change"])
            _CONVERTER.structure(document["moved"], tuple[MovedTerm, ...])
            Role(document["by_role"])


def _take_edit(connection: Connection, document: Mapping[str, Any]) -> None:
    key = UUID(document["id"])
    if connection.scalar(select(city_edit.c.id).where(city_edit.c.id == key)) is None:
        values = {
            column.name: document[column.name]
            for column in city_edit.columns
            if column.name not in ("seq", "id", "by_id", "at")
        }
        connection.execute(
            insert(city_edit).values(
                id=key,
                by_id=UUID(document["by_id"]),
                at=datetime.fromisoformat(document["at"]),
                **values,
            )
        )
    position = {"position": document["position"]}
    connection.execute(
        upsert(city_order)
        .values(edit_id=key, **position)
        .on_conflict_do_update(index_elements=["edit_id"], set_=position)
    )
