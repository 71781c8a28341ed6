"""The schema of the workplace's file, created from the tables of this program.

`migrations.upgrade` runs this revision for an empty database only and marks later ones as applied,
because the tables already include them.
"""

from alembic import op

import sync.records.replicated_tables  # adds its tables to the metadata
import sync.records.workplace_message_tables  # adds its tables to the metadata
import sync.records.workplace_tables  # noqa: F401  # adds its tables to the metadata
from sync.records.table_rules import metadata

revision = "l0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
