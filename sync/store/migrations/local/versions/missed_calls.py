"""What became of missed calls; those of long ago are nobody's to call back any more."""

import sqlalchemy as sa
from alembic import op

revision = "l0026"
down_revision = "l0025"

_LONG_AGO = """
INSERT INTO missed_handled (call_id, at, outcome)
SELECT id, strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000+00:00', 'before' FROM call_record
WHERE result = 'not_answered' AND direction = 'incoming'
    AND arrived_at < strftime('%Y-%m-%dT%H:%M:%f', 'now', '-3 days')
"""


def upgrade() -> None:
    op.create_table(
        "missed_handled",
        sa.Column("call_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=36), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call_record.id"], name="fk_missed_handled_call_id"),
        sa.PrimaryKeyConstraint("call_id", name="pk_missed_handled"),
    )
    op.create_index(
        "ix_call_record_missed",
        "call_record",
        ["arrived_at"],
        sqlite_where=sa.text("result = 'not_answered'"),
    )
    op.execute(_LONG_AGO)
