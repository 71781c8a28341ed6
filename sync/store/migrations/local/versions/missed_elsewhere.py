"""What became of a missed call is known at every workplace."""

import sqlalchemy as sa
from alembic import op

revision = "l0032"
down_revision = "l0031"


def upgrade() -> None:
    op.add_column("call_record", sa.Column("handled_at", sa.String(length=32), nullable=True))
    op.add_column("known_call", sa.Column("handled_at", sa.String(length=32), nullable=True))
