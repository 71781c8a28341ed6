"""Requests without a call are registered too, and so is each question of one call.

A workplace of the version before tells neither: its records are calls, each of its own. The
indexes of the report are made anew with both, so that the report still reads no record.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0025"
down_revision = "c0024"

_COUNTED_BY = [
    "period",
    "direction",
    "answered_at",
    "ended_at",
    "saved_at",
    "end_cause",
    "out_of_hours",
    "result",
    "operator_id",
    "first_key_at",
    "hit_accepted_at",
    "way",
    "part_of",
]
_FROM_DIRECTORY = (
    "direction = 'incoming' AND answered_at IS NOT NULL AND part_of IS NULL"
    """ AND used_entries @? '$[*] ? (@.kind != "script")'"""
)


def upgrade() -> None:
    op.add_column("call_record", sa.Column("way", sa.Text(), nullable=True))
    op.add_column("call_record", sa.Column("part_of", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_call_record_way"), "call_record", "way IN ('walk_in', 'mobile', 'letter', 'other')"
    )
    for name in ("ix_call_record_report", "ix_call_record_from_directory"):
        op.drop_index(name, "call_record")
    op.create_index(
        "ix_call_record_report", "call_record", ["arrived_at"], postgresql_include=_COUNTED_BY
    )
    op.create_index(
        "ix_call_record_from_directory",
        "call_record",
        ["arrived_at"],
        postgresql_where=sa.text(_FROM_DIRECTORY),
    )
