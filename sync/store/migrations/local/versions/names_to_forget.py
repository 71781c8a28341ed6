"""Surnames of who was erased, until the searches that hold one are forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "l0042"
down_revision = "l0041"


def upgrade() -> None:
    op.create_table(
        "name_to_forget",
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("longest", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("salt", name="pk_name_to_forget"),
    )
