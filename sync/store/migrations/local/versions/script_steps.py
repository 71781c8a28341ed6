"""Which steps of a script an operator has done in a call."""

import sqlalchemy as sa
from alembic import op

revision = "l0028"
down_revision = "l0027"


def upgrade() -> None:
    op.create_table(
        "script_step",
        sa.Column("call_id", sa.String(length=36), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("script", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call_record.id"], name="fk_script_step_call_id"),
        sa.PrimaryKeyConstraint("call_id", "step", name="pk_script_step"),
    )
