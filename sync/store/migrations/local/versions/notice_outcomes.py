"""The history of a refused message learns what became of its notice.

Notices that ended before are noted by the program at its next start, with their own moments.
"""

import sqlalchemy as sa
from alembic import op

revision = "l0050"
down_revision = "l0049"


def upgrade() -> None:
    op.add_column("notice", sa.Column("noted_at", sa.String(length=32), nullable=True))
    op.create_index(
        "ix_notice_to_note",
        "notice",
        ["due_at"],
        sqlite_where=sa.text("kind = 'refused' AND noted_at IS NULL"),
    )
