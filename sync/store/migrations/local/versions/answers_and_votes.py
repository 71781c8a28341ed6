"""Files of answers, and votes for published messages."""

import sqlalchemy as sa
from alembic import op

revision = "l0009"
down_revision = "l0008"


def upgrade() -> None:
    op.create_table(
        "message_vote",
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("voter", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.CheckConstraint("kind IN ('user', 'guest')", name="ck_message_vote_kind"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_message_vote_message_id"),
        sa.PrimaryKeyConstraint("message_id", "kind", "voter", name="pk_message_vote"),
    )
    op.create_table(
        "answer_file",
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.Column("added_by_id", sa.String(length=36), nullable=False),
        sa.Column("added_by_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_answer_file_message_id"),
        sa.PrimaryKeyConstraint("message_id", "name", name="pk_answer_file"),
        sa.UniqueConstraint("message_id", "sha256", name="uq_answer_file_message_id_sha256"),
    )
