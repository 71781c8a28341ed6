"""SQL functions, triggers and views of the central database, a file for each subject.

The statements are repeatable (CREATE OR REPLACE): every upgrade runs all files after its
revisions. A revision that changes the arguments or the result of a function drops it first.
"""

from pathlib import Path

from sqlalchemy import Connection

FOLDER = Path(__file__).parent


def execute_all(connection: Connection) -> None:
    """Create or replace all functions, triggers and views, in the caller's transaction."""
    for path in sorted(FOLDER.glob("*.sql")):
        execute_file(connection, path.stem)


def execute_file(connection: Connection, name: str) -> None:
    """Run one file without a check of function bodies, which may name tables created later."""
    statements = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    connection.exec_driver_sql("SET LOCAL check_function_bodies = off")
    connection.exec_driver_sql(statements, execution_options={"no_parameters": True})
