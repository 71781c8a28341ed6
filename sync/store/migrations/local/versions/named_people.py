"""People are found by the beginning of their name, and callers of other workplaces have one.

A call may be about somebody else than the caller.
"""

import sqlalchemy as sa
from alembic import op

revision = "l0033"
down_revision = "l0032"

_PARTS = ("surname", "given_name", "patronymic")


def upgrade() -> None:
    op.add_column("call_record", sa.Column("concerned", sa.Text(), nullable=True))
    for table in ("call_record", "message"):
        for column in ("surname", "given_name"):
            op.create_index(f"ix_{table}_{column}", table, [column])
    for table in ("known_call", "known_message"):
        for column in _PARTS:
            op.add_column(table, sa.Column(column, sa.Text(), nullable=True))
