"""Photos of messages, as they came."""

import sqlalchemy as sa
from alembic import op

revision = "l0003"
down_revision = "l0002"


def upgrade() -> None:
    op.create_table(
        "message_photo",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("orientation", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("has_location", sa.Boolean(), nullable=False),
        sa.Column("turned", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.Column("added_by_id", sa.String(length=36), nullable=False),
        sa.Column("added_by_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 4", name="ck_message_photo_position"),
        sa.CheckConstraint("turned BETWEEN 0 AND 3", name="ck_message_photo_turned"),
        sa.CheckConstraint("verdict IN ('accept', 'operator')", name="ck_message_photo_verdict"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_message_photo_message_id"),
        sa.PrimaryKeyConstraint("id", name="pk_message_photo"),
        sa.UniqueConstraint("message_id", "position", name="uq_message_photo_message_id_position"),
        sa.UniqueConstraint("message_id", "sha256", name="uq_message_photo_message_id_sha256"),
    )
