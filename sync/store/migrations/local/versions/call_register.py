"""The register of calls is sorted and filtered by operator, topic and result."""

import sqlalchemy as sa
from alembic import op

revision = "l0051"
down_revision = "l0050"


def upgrade() -> None:
    for name, first in (
        ("operator_name", "operator_name"),
        ("topic", "topic"),
        ("result", sa.text("coalesce(result, '')")),
    ):
        op.create_index(f"ix_call_record_{name}", "call_record", [first, "arrived_at"])
