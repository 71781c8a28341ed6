"""The schema of the central database, created from the tables of this program.

`migrations.upgrade` runs this revision for an empty database only and marks later ones as applied,
because the tables already include them. Functions, triggers and views are in `../sql`.
"""

from alembic import op

import sync.records.central_append_only_tables  # adds its tables to the metadata
import sync.records.central_intake_tables  # adds its tables to the metadata
import sync.records.central_shared_tables  # noqa: F401  # adds its tables to the metadata
from sync.records import central_tables
from sync.store.migrations.central.sql import execute_file

revision = "c0001"
down_revision = None

# Rows of a month without a partition of its own. Senders recognise a rejected row by the name of
# its constraint, so the names that PostgreSQL generates are replaced.
_DEFAULT_PARTITION = """
CREATE TABLE public.{table}_default PARTITION OF public.{table} DEFAULT;
ALTER TABLE public.{table}_default RENAME CONSTRAINT {table}_default_pkey TO pk_{table}_default;
ALTER TABLE public.{table}_default RENAME CONSTRAINT {generated} TO uq_{table}_default_{unique};
"""
_UNIQUE = {
    "call_record": "station_id_period_counter",
    "message": "station_id_period_counter",
    "message_event": "station_id_period_message_id_seq",
}


def upgrade() -> None:
    connection = op.get_bind()
    execute_file(connection, "identity")  # column defaults call these functions
    central_tables.metadata.create_all(connection)
    for table, unique in _UNIQUE.items():
        generated = f"{table}_default_{unique}_key"
        op.execute(_DEFAULT_PARTITION.format(table=table, unique=unique, generated=generated))
