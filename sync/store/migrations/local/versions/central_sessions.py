"""The sessions in which this store was sent from, so that a copy of it is told."""

import sqlalchemy as sa
from alembic import op

revision = "l0020"
down_revision = "l0019"


def upgrade() -> None:
    op.create_table(
        "central_session",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("begun_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_central_session"),
    )
