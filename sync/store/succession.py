"""A centre that takes the place of a former one, by an administrator's word."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import insert

from sync.register.audit import Audited, AuditKind
from sync.store.central import WANTED_RIGHTS
from sync.store.central_chain import add_central
from sync.store.central_facts import read_facts
from sync.store.central_mark import Branch
from sync.store.central_tables.workplaces import succession
from sync.store.central_work import central_transaction


def declare_successor(dsn: str, id: UUID) -> Branch:
    """Let workplaces that wrote elsewhere come over to this centre, whatever theirs was.

    ``id`` is new and later than those of former successions. Each workplace sends all it has once
    more. Raises CentralNotReady, DsnInvalid, and psycopg2.Error.
    """
    with central_transaction(dsn) as connection:
        branch = read_facts(connection, WANTED_RIGHTS).branch
        connection.execute(
            insert(succession).values(
                id=id, system_identifier=branch.system_identifier, timeline=branch.timeline
            )
        )
        add_central(connection, Audited(AuditKind.CENTRE_SUCCEEDED))
    return branch
