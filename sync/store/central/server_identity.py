"""Cluster, timeline and schema of a central server, and the branch last written to."""

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
    """A database cluster, and the branch of its history that it writes.

    A promotion and a recovery from a backup both begin a branch of a higher timeline; what was
    committed to the former one after that moment is not in the new one.
    """

    system_identifier: str
    timeline: int


@dataclass(frozen=True, slots=True)
class CentralMark:
    """The branch last written to; ``succession`` is the takeover last followed, if any was."""

    branch: Branch
    succession: UUID | None


def read_mark(connection: Connection) -> CentralMark | None:
    """The mark of this store; None before it ever reached a centre."""
    row = connection.execute(select(central_mark)).one_or_none()
    if row is None:
        return None
    return CentralMark(Branch(row.system_identifier, row.timeline), row.succession_id)


def read_branch(connection: Connection) -> Branch | None:
    """The branch that this store sends to."""
    mark = read_mark(connection)
    return None if mark is None else mark.branch


class SendAgain(StrEnum):
    """How much of what was acknowledged is queued once more."""

    NOTHING = "nothing"
    WINDOW = "window"
    """What was sent within ``outbox.KEPT``."""
    EVERYTHING = "everything"


def follow(connection: Connection, mark: CentralMark, again: SendAgain) -> int:
    """Write to this branch from now on; how many rows were queued again for that."""
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


# A standby cannot be asked for the place where it would write.
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
    """Which server this is: its schema, and the branch of its history it writes.

    ``succession`` is the newest takeover that an administrator declared for this branch, ``now``
    the server's clock when it was asked.
    """

    revision: str
    branch: Branch
    succession: UUID | None
    now: datetime


def read_facts(connection: Connection, wanted: Mapping[Table, tuple[str, ...]]) -> CentralFacts:
    """Which server this is, for one who wants these rights to these tables.

    Raises CentralNotReady where schema or rights are missing, the schema is an older one, or the
    server is a standby.
    """
    revision = migrations.current(connection)
    older = migrations.revisions(migrations.CENTRAL) - {migrations.newest(migrations.CENTRAL)}
    # A newer program's schema is not older: it takes what we send.
    if revision is None or revision in older:
        raise CentralNotReady("schema_missing")
    row = connection.execute(text(_SERVER_FACTS)).one()
    if row.is_standby:
        raise CentralNotReady("read_only")
    granted = connection.execute(
        # one question for all: each would cost a round trip
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
