"""Messages are looked for by their author's telephone."""

from alembic import op

revision = "l0010"
down_revision = "l0009"


def upgrade() -> None:
    op.create_index("ix_message_phone", "message", ["phone"])
