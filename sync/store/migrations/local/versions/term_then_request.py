"""What lost its words at the end of their term may be asked for by a person later."""

from alembic import op

revision = "l0040"
down_revision = "l0039"

_REFUSED = """NOT (
    OLD.cause = 'term' AND NEW.cause = 'request'
    AND (OLD.entity, OLD.entity_id) = (NEW.entity, NEW.entity_id))"""


def upgrade() -> None:
    op.execute("DROP TRIGGER erasure_no_update")
    op.execute(
        "CREATE TRIGGER erasure_no_update BEFORE UPDATE ON erasure "
        f"WHEN {_REFUSED} BEGIN SELECT RAISE(ABORT, 'an erasure is not undone'); END"
    )
