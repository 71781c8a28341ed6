"""The two revision trees, and the way to the newest schema of each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection

from sync.errors import StoreTooNew

LOCAL = Path(__file__).parent / "local"
CENTRAL = Path(__file__).parent / "central"


@cache  # a tree is part of the program, and reading it takes longer than a whole connect
def newest(tree: Path) -> str:
    """The revision the program is written for."""
    head = ScriptDirectory(str(tree)).get_current_head()
    if head is None:
        raise LookupError(tree.name)
    return head


@cache
def revisions(tree: Path) -> frozenset[str]:
    """All revisions the program knows."""
    return frozenset(step.revision for step in steps(tree))


def steps(tree: Path) -> tuple[Script, ...]:
    """The migrations of the tree, the newest first."""
    return tuple(ScriptDirectory(str(tree)).walk_revisions())


def current(connection: Connection) -> str | None:
    """The revision that stands in the database; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection, tree: Path, revision: str = "head") -> bool:
    """Bring the schema to the newest revision, or to an earlier one; True when it was not there.

    Runs in the caller's transaction, all of it or nothing. Raises StoreTooNew for a revision that
    only a newer program knows.
    """
    found, known = current(connection), newest(tree)
    if found == known:
        return False
    if found is not None and found not in revisions(tree):
        raise StoreTooNew(found, known)
    config = Config()
    config.set_main_option("script_location", str(tree).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    return True
