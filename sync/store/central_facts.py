"""Which server stands at the end of a connection, and whether it takes what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Table, func, select, text

from sync.errors import CentralNotReady
from sync.store import migrations
from sync.store.central_mark import Branch
from sync.store.central_tables.workplaces import succession

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
