"""When the platform last told what users sent, so that it is not asked for all of it again."""

import sqlalchemy as sa
from alembic import op

revision = "l0011"
down_revision = "l0010"


def upgrade() -> None:
    op.add_column("platform_intake", sa.Column("told_at", sa.String(length=32), nullable=True))
