"""A notice of an answer names the files that go with its letter."""

import sqlalchemy as sa
from alembic import op

revision = "l0055"
down_revision = "l0051"


def upgrade() -> None:
    files = sa.Column("files", sa.JSON(), server_default=sa.text("'[]'"), nullable=False)
    op.add_column("notice", files)
