"""Cluster, timeline and schema of a central server, and the timeline last written to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.dialects.sqlite import insert

from sync.errors import CentralNotReady
from sync.records.central_shared_tables import succession
from sync.records.workplace_tables import central_mark
from sync.store import migrations
from sync.store.local import outbox


@dataclass(frozen=True, slots=True)
class Branch:
    """A database cluster and the timeline it writes.

    A promotion and a recovery from a backup both start a higher timeline. Rows committed to the
    former timeline after that point are missing in the new one.
    """

    system_identifier: str
    timeline: int


@dataclass(frozen=True, slots=True)
class CentralMark:
    """Timeline last written to, and the last takeover that this database followed, if any."""

    branch: Branch
    succession: UUID | None


def read_mark(connection: Connection) -> CentralMark | None:
    """Returns the stored timeline; None before the first connection to a central database."""
    row = connection.execute(select(central_mark)).one_or_none()
    if row is None:
        return None
    return CentralMark(Branch(row.system_identifier, row.timeline), row.succession_id)


def read_branch(connection: Connection) -> Branch | None:
    """Returns the timeline that this local database sends to; None before the first connection."""
    mark = read_mark(connection)
    return None if mark is None else mark.branch


class SendAgain(StrEnum):
    """Selection of the acknowledged rows that are queued again."""

    NOTHING = "nothing"
    WINDOW = "window"
    """Rows sent within ``outbox.KEPT``."""
    EVERYTHING = "everything"


def follow(connection: Connection, mark: CentralMark, again: SendAgain) -> int:
    """Switches to this timeline and returns the number of rows queued again."""
    _write(connection, mark)
    if again is SendAgain.NOTHING:
        return 0
    return outbox.queue_again(connection, everything=again is SendAgain.EVERYTHING)


def _write(connection: Connection, mark: CentralMark) -> None:
    values = {
        "system_identifier": mark.branch.system_identifier,
        "timeline": mark.branch.timeline,
        "succession_id": mark.succession,
    }
    connection.execute(
        insert(central_mark)
        .values(only=1, **values)
        .on_conflict_do_update(index_elements=["only"], set_=values)
    )


# A standby has no current write position.
_SERVER_FACTS = """
    SELECT CAST(control.system_identifier AS text) AS system_identifier,
           pg_is_in_recovery() AS is_standby,
           CASE WHEN NOT pg_is_in_recovery()
                THEN substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) END AS timeline,
           clock_timestamp() AS now
    FROM pg_control_system() AS control
"""


@dataclass(frozen=True, slots=True)
class CentralFacts:
    """Identity of a server: its schema revision and timeline.

    ``succession`` is the latest takeover declared for this timeline, ``now`` the server's time at
    the query.
    """

    revision: str
    branch: Branch
    succession: UUID | None
    now: datetime


def read_facts(connection: Connection, wanted: Mapping[Table, tuple[str, ...]]) -> CentralFacts:
    """Returns the identity of the server after checking these rights to these tables.

    Raises CentralNotReady if schema or rights are missing, the schema is older than this program's,
    or the server is a standby.
    """
    revision = migrations.current(connection)
    older = migrations.revisions(migrations.CENTRAL) - {migrations.newest(migrations.CENTRAL)}
    # The schema of a newer program is accepted: it stores everything sent from here.
    if revision is None or revision in older:
        raise CentralNotReady("schema_missing")
    row = connection.execute(text(_SERVER_FACTS)).one()
    if row.is_standby:
        raise CentralNotReady("read_only")
    granted = connection.execute(
        # One query for all rights: separate queries cost a round trip each.
        select(
            *(
                func.has_any_column_privilege(table.name, right)
                for table, rights in wanted.items()
                for right in rights
            )
        )
    ).one()
    if not all(granted):
        raise CentralNotReady("rights_missing")
    branch = Branch(row.system_identifier, int(row.timeline, 16))
    return CentralFacts(revision, branch, _succession_of(connection, branch), row.now)


def _succession_of(connection: Connection, branch: Branch) -> UUID | None:
    return connection.scalar(
        select(succession.c.id)
        .where(
            succession.c.system_identifier == branch.system_identifier,
            succession.c.timeline <= branch.timeline,
        )
        .order_by(succession.c.id.desc())
        .limit(1)
    )
