"""Which run of which store sends under the code of a workplace, until when, and its counter."""

import sqlalchemy as sa
from alembic import op

revision = "c0014"
down_revision = "c0013"


def upgrade() -> None:
    op.add_column("station", sa.Column("session_id", sa.Uuid()))
    op.add_column("station", sa.Column("lease_holder", sa.Text()))
    op.add_column("station", sa.Column("leased_until", sa.DateTime(timezone=True)))
    op.add_column("station", sa.Column("counter_period", sa.String(length=4)))
    op.add_column("station", sa.Column("counter_high", sa.Integer()))
