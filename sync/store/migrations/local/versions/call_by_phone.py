"""The last calls of a telephone are found without sorting all of its calls."""

from alembic import op

revision = "l0021"
down_revision = "l0020"


def upgrade() -> None:
    op.create_index("ix_call_record_phone_arrived_at", "call_record", ["phone", "arrived_at"])
    op.drop_index("ix_call_record_phone", "call_record")
