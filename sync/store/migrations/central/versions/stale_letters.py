"""When each body was mailed the entries of the directory that it has not checked for long."""

import sqlalchemy as sa
from alembic import op

revision = "c0038"
down_revision = "c0037"


def upgrade() -> None:
    op.create_table(
        "stale_letter",
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("owner", name="pk_stale_letter"),
    )
