"""The file that a store is, so that a copy of it is told from the store itself."""

import sqlalchemy as sa
from alembic import op

revision = "l0013"
down_revision = "l0012"


def upgrade() -> None:
    op.create_table(
        "store_origin",
        sa.Column("only", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("machine", sa.Text(), nullable=False),
        sa.Column("bound_at", sa.String(length=32), nullable=False),
        sa.Column("copied_at", sa.String(length=32), nullable=True),
        sa.Column("former_install_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("only = 1", name="ck_store_origin_only"),
        sa.PrimaryKeyConstraint("only", name="pk_store_origin"),
    )
