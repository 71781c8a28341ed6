"""Schemas of the first version, against which later revisions are tested.

``python -m tests.fakes.schema_snapshots`` writes them again from the tables of this program. That
is right only before the first release; afterwards a change of the tables needs a revision.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

import psycopg2
from sqlalchemy import Connection, text

from sync.store import migrations
from sync.store.central.connection import central_transaction
from sync.store.local.engine import writing_engine
from sync.store.local.keys import make_key
from tests.fakes.postgres import PostgresServer, find_programs

FOLDER = Path(__file__).parents[1] / "data" / "schemas"
LOCAL = FOLDER / "local_l0001.sql"
CENTRAL = FOLDER / "central_c0001.sql"
STATEMENT_END = "\n-- end of statement\n"


def load_local_snapshot(connection: Connection) -> None:
    """Create the first version's schema in an empty file."""
    for statement in LOCAL.read_text(encoding="utf-8").split(STATEMENT_END):
        if statement.strip():
            connection.exec_driver_sql(statement)


def load_central_snapshot(dsn: str) -> None:
    """Create the first version's schema in an empty PostgreSQL database, as its owner."""
    connection = psycopg2.connect(dsn)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(CENTRAL.read_text(encoding="utf-8"))
            cursor.execute("SET search_path = public")
    finally:
        connection.close()


def _dump_local() -> str:
    with tempfile.TemporaryDirectory() as folder:
        engine = writing_engine(Path(folder) / "register.db", make_key())
        with engine.begin() as connection:
            migrations.upgrade(connection, migrations.LOCAL)
            rows = connection.execute(
                text(
                    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
                    " AND name NOT LIKE 'sqlite%'"
                    " AND NOT (type = 'table' AND name LIKE 'call_words_%')"
                    " ORDER BY type = 'table' DESC, name"
                )
            )
            statements = [row.sql for row in rows]
        engine.dispose()
    revision = migrations.newest(migrations.LOCAL)
    insert = "INSERT INTO alembic_version VALUES ('{}')"
    statements.append(insert.format(revision))
    return "".join(statement + STATEMENT_END for statement in statements)


def _dump_central() -> str:
    with PostgresServer() as server, server.database() as dsn:
        with central_transaction(dsn) as connection:
            migrations.upgrade(connection, migrations.CENTRAL)
        dump = subprocess.run(
            [str(find_programs() / "pg_dump"), "--no-owner", dsn],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    # lines for psql, comments and the parameters of newer servers do not belong to the schema
    dump = re.sub(r"(?m)^(--.*|\\.*|SET .*|SELECT pg_catalog.set_config.*)\n", "", dump)
    dump = re.sub(
        r"COPY public\.alembic_version .*\n(\w+)\n",
        r"INSERT INTO public.alembic_version VALUES ('\1');\n",
        dump,
    )
    dump = re.sub(r"(?m)^COPY .*\n", "", dump)
    return "SET check_function_bodies = off;\n" + re.sub(r"\n{3,}", "\n\n", dump)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    LOCAL.write_text(_dump_local(), encoding="utf-8")
    CENTRAL.write_text(_dump_central(), encoding="utf-8")


if __name__ == "__main__":
    main()
