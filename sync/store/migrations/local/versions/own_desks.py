"""How each person has set up the desk for herself."""

import sqlalchemy as sa
from alembic import op

revision = "l0041"
down_revision = "l0040"


def upgrade() -> None:
    op.create_table(
        "own_desk",
        sa.Column("operator_id", sa.String(length=36), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("operator_id", name="pk_own_desk"),
    )
