"""When the operator first typed into a call's card, and first took an answer from the directory.

A workplace of the version before tells neither: its calls have nothing there. The index of the
report is made anew with both, so that the report still reads no record.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0023"
down_revision = "c0022"

_MOMENTS = ("first_key_at", "hit_accepted_at")
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
    *_MOMENTS,
]
_FROM_DIRECTORY = (
    "direction = 'incoming' AND answered_at IS NOT NULL"
    """ AND used_entries @? '$[*] ? (@.kind != "script")'"""
)


def upgrade() -> None:
    for name in _MOMENTS:
        op.add_column("call_record", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_call_record_report", "call_record")
    op.create_index(
        "ix_call_record_report", "call_record", ["arrived_at"], postgresql_include=_COUNTED_BY
    )
    op.create_index(
        "ix_call_record_from_directory",
        "call_record",
        ["arrived_at"],
        postgresql_where=sa.text(_FROM_DIRECTORY),
    )
