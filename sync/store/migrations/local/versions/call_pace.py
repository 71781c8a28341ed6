"""When the operator first typed into a call's card, and first took an answer from the directory."""

import sqlalchemy as sa
from alembic import op

revision = "l0027"
down_revision = "l0026"


def upgrade() -> None:
    op.add_column("call_record", sa.Column("first_key_at", sa.String(length=32), nullable=True))
    op.add_column("call_record", sa.Column("hit_accepted_at", sa.String(length=32), nullable=True))
