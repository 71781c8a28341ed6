"""That another workplace has dealt with a missed call stays known when its record is not."""

import sqlalchemy as sa
from alembic import op

revision = "l0038"
down_revision = "l0037"

_KNOWN = """
INSERT OR IGNORE INTO missed_handled (call_id, at, outcome, elsewhere_id)
SELECT call_record.id, coalesce(known_call.handled_at, known_call.at), 'elsewhere', known_call.id
FROM known_call JOIN call_record ON call_record.phone = known_call.phone
WHERE call_record.result = 'not_answered' AND call_record.direction = 'incoming'
    AND call_record.state = 'closed'
    AND ((known_call.at > call_record.arrived_at AND known_call.result <> 'not_answered')
        OR known_call.handled_at > call_record.arrived_at)
"""


def upgrade() -> None:
    op.add_column("missed_handled", sa.Column("elsewhere_id", sa.String(length=36), nullable=True))
    op.create_index(
        "ix_missed_handled_elsewhere_id",
        "missed_handled",
        ["elsewhere_id"],
        sqlite_where=sa.text("elsewhere_id IS NOT NULL"),
    )
    op.execute(_KNOWN)
