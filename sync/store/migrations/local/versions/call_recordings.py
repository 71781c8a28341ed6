"""Which files hold the sound of a call."""

import sqlalchemy as sa
from alembic import op

revision = "l0036"
down_revision = "l0035"


def upgrade() -> None:
    op.create_table(
        "call_recording",
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sip_call_id", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("file", name=op.f("pk_call_recording")),
    )
    op.create_index(op.f("ix_call_recording_sip_call_id"), "call_recording", ["sip_call_id"])
