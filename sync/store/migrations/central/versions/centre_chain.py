"""What is done in the centre itself, as a chain of its own beside those of the workplaces."""

import sqlalchemy as sa
from alembic import op

revision = "c0019"
down_revision = "c0018"

# The functions of the workplaces' audit do for this one too.
_ONLY_ADDED = """
CREATE TRIGGER audit_move_heads AFTER INSERT ON central_audit REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION audit_move_heads();
CREATE TRIGGER audit_only_added BEFORE UPDATE OR DELETE ON central_audit
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON central_audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""


def upgrade() -> None:
    # four digits name a workplace; the centre's own name is longer
    op.alter_column("audit_head", "station_id", type_=sa.String(length=8))
    op.create_table(
        "central_audit",
        sa.Column("station_id", sa.String(length=8), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("station_id = 'centre'", name="ck_central_audit_station_id"),
        sa.CheckConstraint("by_id IS NULL", name="ck_central_audit_by_id"),
        sa.CheckConstraint("seq > 0", name="ck_central_audit_seq"),
        sa.PrimaryKeyConstraint("chain", "seq", name="pk_central_audit"),
        sa.UniqueConstraint("id", name="uq_central_audit_id"),
    )
    op.execute(_ONLY_ADDED)
