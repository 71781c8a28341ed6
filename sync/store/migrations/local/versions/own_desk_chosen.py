"""When a desk was chosen by this computer's clock, until the centre has counted it."""

import sqlalchemy as sa
from alembic import op

revision = "l0043"
down_revision = "l0042"


def upgrade() -> None:
    op.add_column("own_desk", sa.Column("chosen_at", sa.String(length=32), nullable=True))
