"""The two revision trees, and the way to the newest schema of each."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from sync.errors import StoreTooNew

if TYPE_CHECKING:
    from alembic.script import Script

LOCAL = Path(__file__).parent / "local"
CENTRAL = Path(__file__).parent / "central"

# Alembic is asked only where something has to be changed: it costs a start a tenth of a second.
_REVISION = re.compile(r'^revision = "(\w+)"$', re.MULTILINE)


def newest(tree: Path) -> str:
    """The revision the program is written for; a tree's revisions are numbered."""
    return max(revisions(tree))


@cache  # a tree is part of the program
def revisions(tree: Path) -> frozenset[str]:
    """All revisions the program knows."""
    written = (
        _REVISION.findall(file.read_text(encoding="utf-8"))
        for file in (tree / "versions").glob("*.py")
    )
    return frozenset(revision for found in written for revision in found)


def steps(tree: Path) -> tuple[Script, ...]:
    """The migrations of the tree, the newest first."""
    from alembic.script import ScriptDirectory

    return tuple(ScriptDirectory(str(tree)).walk_revisions())


def current(connection: Connection) -> str | None:
    """The revision that stands in the database; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


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
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(tree).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    return True
