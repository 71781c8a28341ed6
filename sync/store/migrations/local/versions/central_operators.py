"""Operators of the centre: until when their password is believed here, and who is shut out."""

import sqlalchemy as sa
from alembic import op

revision = "l0015"
down_revision = "l0014"


def upgrade() -> None:
    op.add_column("operator", sa.Column("good_until", sa.String(length=32), nullable=True))
    op.add_column("operator", sa.Column("disabled_at", sa.String(length=32), nullable=True))
