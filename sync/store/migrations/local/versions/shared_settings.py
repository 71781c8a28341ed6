"""Settings and templates that the centre gives to all workplaces."""

import sqlalchemy as sa
from alembic import op

revision = "l0022"
down_revision = "l0021"


def upgrade() -> None:
    op.create_table(
        "shared_setting",
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ver", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("entity", "name", name="pk_shared_setting"),
    )
