"""The note of a hand-over sheet may be taken away, and nothing else of it."""

from alembic import op

revision = "l0039"
down_revision = "l0038"

_REFUSED = """NOT (
    json_extract(NEW.content, '$.note') = ''
    AND NEW.content = json_set(OLD.content, '$.note', '')
    AND (OLD.id, OLD.at, OLD.schema_version) = (NEW.id, NEW.at, NEW.schema_version))"""


def upgrade() -> None:
    op.execute("DROP TRIGGER handover_sheet_no_update")
    op.execute(
        "CREATE TRIGGER handover_sheet_no_update BEFORE UPDATE ON handover_sheet "
        f"WHEN {_REFUSED} BEGIN SELECT RAISE(ABORT, 'sheets are only added'); END"
    )
