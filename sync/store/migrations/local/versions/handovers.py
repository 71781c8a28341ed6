"""Sheets by which one shift hands over to the next, and who signed them."""

import sqlalchemy as sa
from alembic import op

revision = "l0037"
down_revision = "l0036"

_TOLD = {
    "handover_sheet": "sheets are only added",
    "handover_signature": "signatures are only added",
}


def upgrade() -> None:
    op.create_table(
        "handover_sheet",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handover_sheet"),
    )
    op.create_index("ix_handover_sheet_at", "handover_sheet", ["at"])
    op.create_table(
        "handover_signature",
        sa.Column("sheet_id", sa.String(length=36), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=36), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.CheckConstraint("side IN ('left', 'accepted')", name="ck_handover_signature_side"),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["handover_sheet.id"], name="fk_handover_signature_sheet_id"
        ),
        sa.PrimaryKeyConstraint("sheet_id", "side", name="pk_handover_signature"),
    )
    for table, told in _TOLD.items():
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
            )
