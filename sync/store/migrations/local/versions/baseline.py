"""The schema of the workplace's file, created from the tables of this program.

`migrations.upgrade` runs this revision for an empty database only and marks later ones as applied,
because the tables already include them.
"""

from alembic import op

from sync.records import replicated_tables, workplace_message_tables, workplace_tables
from sync.records.table_rules import metadata

revision = "l0001"
down_revision = None

TABLE_MODULES = (replicated_tables, workplace_message_tables, workplace_tables)


def upgrade() -> None:
    metadata.create_all(op.get_bind())
