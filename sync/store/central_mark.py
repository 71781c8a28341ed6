"""Which centre this store last wrote to, and which branch of its history."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from sync.store import outbox
from sync.store.workplace_tables.sending import central_mark


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
