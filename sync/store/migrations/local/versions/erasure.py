"""Personal data can be taken away; that and nothing else may change an event of a message."""

import sqlalchemy as sa
from alembic import op

revision = "l0023"
down_revision = "l0022"

_BEFORE = "IN (''not_asked'', ''not_given'')"
_AFTER = "IN (''not_asked'', ''not_given'', ''erased'')"

_NO_UPDATE = """CREATE TRIGGER message_event_no_update BEFORE UPDATE ON message_event WHEN NOT (
    EXISTS (SELECT 1 FROM event_displaced WHERE id = OLD.id)
    AND (OLD.id, OLD.message_id, OLD.step, OLD.facts, OLD.schema_version)
        = (NEW.id, NEW.message_id, NEW.step, NEW.facts, NEW.schema_version)
    AND OLD.source IS NEW.source AND OLD.by_id IS NEW.by_id
    AND OLD.by_name IS NEW.by_name AND OLD.by_role IS NEW.by_role) AND NOT (
    EXISTS (SELECT 1 FROM erasure WHERE entity = 'message' AND entity_id = OLD.message_id)
    AND length(NEW.facts) <= length(OLD.facts)
    AND (OLD.id, OLD.message_id, OLD.seq, OLD.step, OLD.at, OLD.schema_version)
        = (NEW.id, NEW.message_id, NEW.seq, NEW.step, NEW.at, NEW.schema_version)
    AND OLD.source IS NEW.source AND OLD.by_id IS NEW.by_id
    AND OLD.by_name IS NEW.by_name AND OLD.by_role IS NEW.by_role) """


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.String(length=36), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("act_id", sa.String(length=36), nullable=True),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.CheckConstraint("entity IN ('call', 'message')", name="ck_erasure_entity"),
        sa.CheckConstraint("cause IN ('request', 'term')", name="ck_erasure_cause"),
        sa.CheckConstraint("(cause = 'request') = (act_id IS NOT NULL)", name="ck_erasure_act"),
        sa.PrimaryKeyConstraint("entity", "entity_id", name="pk_erasure"),
    )
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER erasure_no_{change.lower()} BEFORE {change} ON erasure "
            "BEGIN SELECT RAISE(ABORT, 'an erasure is not undone'); END"
        )
    op.execute("DROP TRIGGER message_event_no_update")
    op.execute(f"{_NO_UPDATE}BEGIN SELECT RAISE(ABORT, 'events are only added'); END")
    _allow_erased()


def _allow_erased() -> None:
    """A wider check of columns that stand as they are, by SQLite's own recipe for it.

    https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes": the
    tables are not made anew, which with a million calls would take minutes.
    """
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.exec_driver_sql(
        f"UPDATE sqlite_master SET sql = replace(sql, '{_BEFORE}', '{_AFTER}') "  # noqa: S608
        "WHERE type = 'table' AND name IN ('call_record', 'message')"
    )
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")
