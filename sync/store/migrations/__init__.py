"""The two revision trees (workplace and central database) and the upgrade of a schema."""

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

# Alembic is imported only for an upgrade, because the import takes 0.1 s of a start.
_REVISION = re.compile(r'^revision = "(\w+)"$', re.MULTILINE)


def newest(tree: Path) -> str:
    """Latest revision of this program; revisions of a tree are numbered."""
    return max(revisions(tree))


@cache  # a tree is part of the program
def revisions(tree: Path) -> frozenset[str]:
    """All revisions that this program knows."""
    files = (tree / "versions").glob("*.py")
    texts = (_REVISION.findall(file.read_text(encoding="utf-8")) for file in files)
    return frozenset(revision for found in texts for revision in found)


def steps(tree: Path) -> tuple[Script, ...]:
    """Revisions of the tree, the latest first."""
    from alembic.script import ScriptDirectory

    return tuple(ScriptDirectory(str(tree)).walk_revisions())


def current(connection: Connection) -> str | None:
    """Revision of the database; None if it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def upgrade(connection: Connection, tree: Path) -> bool:
    """Upgrade the schema to the latest revision; False if it was there already.

    An empty database gets the latest schema from the baseline revision alone; an older one runs
    the revisions that it lacks. All or nothing, in the caller's transaction. Raises StoreTooNew
    for a revision of a newer program.
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
    if found is None:
        command.upgrade(config, min(revisions(tree)))
        latest = text("UPDATE alembic_version SET version_num = :known")
        connection.execute(latest, {"known": known})
    else:
        command.upgrade(config, "head")
    return True
