"""Steps taken here may have to make room for those of the centre; then their place is written."""

import sqlalchemy as sa
from alembic import op

revision = "l0019"
down_revision = "l0018"

_NO_UPDATE = """CREATE TRIGGER message_event_no_update BEFORE UPDATE ON message_event WHEN NOT (
    EXISTS (SELECT 1 FROM event_displaced WHERE id = OLD.id)
    AND (OLD.id, OLD.message_id, OLD.step, OLD.facts, OLD.schema_version)
        = (NEW.id, NEW.message_id, NEW.step, NEW.facts, NEW.schema_version)
    AND OLD.source IS NEW.source AND OLD.by_id IS NEW.by_id
    AND OLD.by_name IS NEW.by_name AND OLD.by_role IS NEW.by_role) """


def upgrade() -> None:
    op.create_table(
        "event_displaced",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("by_event_id", sa.String(length=36), nullable=True),
        sa.Column("moved_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["message_event.id"], name="fk_event_displaced_id"),
        sa.ForeignKeyConstraint(
            ["by_event_id"],
            ["message_event.id"],
            name="fk_event_displaced_by_event_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name="pk_event_displaced"),
    )
    op.create_index("ix_event_displaced_message_id", "event_displaced", ["message_id"])
    op.execute("DROP TRIGGER message_event_no_update")
    op.execute(f"{_NO_UPDATE}BEGIN SELECT RAISE(ABORT, 'events are only added'); END")
    _drop_reason()


def _drop_reason() -> None:
    """SQLite cannot take a column with a check away: the table is made anew and filled."""
    op.drop_index("ix_event_aside_message_id", "event_aside")
    op.rename_table("event_aside", "event_aside_before")
    op.create_table(
        "event_aside",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event_aside"),
    )
    op.create_index("ix_event_aside_message_id", "event_aside", ["message_id"])
    op.execute(
        "INSERT INTO event_aside SELECT id, message_id, seq, document, received_at "
        "FROM event_aside_before"
    )
    op.drop_table("event_aside_before")
