"""How the central database stands, for its administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, literal_column, select, text

from sync.store import migrations
from sync.store.central_partitions import Months, months_of
from sync.store.central_tables.records import call_record, message
from sync.store.central_tables.workplaces import station


@dataclass(frozen=True, slots=True)
class Watermark:
    """The oldest transaction that still writes, anywhere on the server.

    What the feed tells ends before it. ``age`` is zero where nobody writes, None where this role
    may not see the transactions of others.
    """

    age: timedelta | None
    database: str | None = None
    application: str | None = None


@dataclass(frozen=True, slots=True)
class Workplace:
    """A workplace; ``last_record_at`` is when its last call or message came here.

    ``install_id`` is None until its store has come for the first time, ``is_connected`` where it
    has no login of its own to be told by. What waits at a workplace, only the workplace knows.
    """

    code: str
    install_id: UUID | None
    enrolled_at: datetime
    last_record_at: datetime | None
    is_connected: bool | None


@dataclass(frozen=True, slots=True)
class CentralState:
    """``revision`` is the schema that stands, ``known`` the newest of this program.

    ``months`` is None under a schema that has no partitions yet.
    """

    revision: str
    known: str
    months: Months | None
    watermark: Watermark
    workplaces: tuple[Workplace, ...]

    @property
    def is_older(self) -> bool:
        """Whether ``central upgrade`` has something to do."""
        return self.revision != self.known and self.revision in migrations.revisions(
            migrations.CENTRAL
        )


def central_state(connection: Connection) -> CentralState | None:
    """The state of the database of this connection, None where it has no schema of ours."""
    revision = migrations.current(connection)
    if revision is None:
        return None
    has_months = connection.scalar(
        text("SELECT relkind = 'p' FROM pg_class WHERE oid = to_regclass('call_record')")
    )
    return CentralState(
        revision=revision,
        known=migrations.newest(migrations.CENTRAL),
        months=months_of(connection) if has_months else None,
        watermark=_watermark(connection),
        workplaces=_workplaces(connection),
    )


def _watermark(connection: Connection) -> Watermark:
    if not connection.scalar(text("SELECT pg_has_role('pg_read_all_stats', 'USAGE')")):
        return Watermark(None)
    oldest = connection.execute(
        text(
            "SELECT now() - xact_start AS age, datname, application_name FROM pg_stat_activity"
            " WHERE backend_xid IS NOT NULL UNION ALL"
            " SELECT now() - prepared, database, 'prepared ' || gid FROM pg_prepared_xacts"
            " ORDER BY age DESC LIMIT 1"
        )
    ).one_or_none()
    if oldest is None:
        return Watermark(timedelta(0))
    return Watermark(max(oldest.age, timedelta(0)), oldest.datname, oldest.application_name)


def _workplaces(connection: Connection) -> tuple[Workplace, ...]:
    # Identities grow with time: the last one of a workplace is found by the key, in each month.
    newest = [
        select(table.c.received_at)
        .where(table.c.station_id == station.c.station_id)
        .order_by(table.c.period.desc(), table.c.id.desc())
        .limit(1)
        .correlate(station)
        .scalar_subquery()
        for table in (call_record, message)
    ]
    found = connection.execute(
        select(
            station.c.station_id,
            station.c.install_id,
            station.c.enrolled_at,
            literal_column("to_jsonb(station) ->> 'login'"),  # an older schema has no logins
            *newest,
        ).order_by(station.c.station_id)
    )
    logins = _connected_logins(connection)
    return tuple(
        Workplace(
            code,
            install_id,
            enrolled_at,
            max(filter(None, received), default=None),
            None if login is None else login in logins,
        )
        for code, install_id, enrolled_at, login, *received in found
    )


def _connected_logins(connection: Connection) -> frozenset[str]:
    return frozenset(
        connection.scalars(
            text(
                "SELECT usename FROM pg_stat_activity WHERE datname = current_database()"
                " AND usename IS NOT NULL AND pid <> pg_backend_pid()"
            )
        )
    )
