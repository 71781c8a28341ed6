"""News for the platform have details that Open311 has no field for."""

import sqlalchemy as sa
from alembic import op

revision = "l0048"
down_revision = "l0047"


def upgrade() -> None:
    details = sa.Column("details", sa.JSON(), server_default=sa.text("'{}'"), nullable=False)
    op.add_column("platform_news", details)
