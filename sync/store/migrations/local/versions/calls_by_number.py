"""The register of calls is sorted by number in any period, by one pass of an index.

The number stands in an expression: SQLite would else take the index of its uniqueness, which has no
moments, and look every call up.
"""

import sqlalchemy as sa
from alembic import op

revision = "l0063"
down_revision = "l0062"


def upgrade() -> None:
    op.create_index(
        "ix_call_record_number", "call_record", [sa.text("coalesce(number, '')"), "arrived_at"]
    )
