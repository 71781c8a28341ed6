"""Notices on their way to their addressees, and the attempts to call back."""

import sqlalchemy as sa
from alembic import op

revision = "l0005"
down_revision = "l0004"


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("spoken", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("due_at", sa.String(length=32), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("doubtful", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_try_at", sa.String(length=32), nullable=False),
        sa.Column("header_id", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.String(length=32), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint("addressee IN ('user', 'organ')", name="ck_notice_addressee"),
        sa.CheckConstraint("channel IN ('email', 'call', 'none')", name="ck_notice_channel"),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'called', 'failed', 'cancelled')",
            name="ck_notice_state",
        ),
        sa.CheckConstraint("channel <> 'email' OR email IS NOT NULL", name="ck_notice_email"),
        sa.CheckConstraint("channel <> 'call' OR phone IS NOT NULL", name="ck_notice_phone"),
        sa.ForeignKeyConstraint(["event_id"], ["message_event.id"], name="fk_notice_event_id"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name="fk_notice_message_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.UniqueConstraint("event_id", "kind", name="uq_notice_event_id_kind"),
    )
    op.create_index("ix_notice_message_id", "notice", ["message_id"])
    op.create_index(
        "ix_notice_open",
        "notice",
        ["channel", "next_try_at"],
        sqlite_where=sa.text("state IN ('waiting', 'sending')"),
    )
    op.create_table(
        "notice_call",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("notice_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=36), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('told', 'no_answer', 'asked_later', 'wrong_number')",
            name="ck_notice_call_outcome",
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="fk_notice_call_notice_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notice_call"),
    )
    op.create_index("ix_notice_call_notice_id", "notice_call", ["notice_id"])
