"""Who changed or read what at the workplaces, as chains that are only added to, and their heads."""

import sqlalchemy as sa
from alembic import op

revision = "c0008"
down_revision = "c0007"

# Whoever sends may add links; the heads are nobody's to write but this function's.
_MOVE_HEADS = """
CREATE FUNCTION audit_move_heads() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit_head AS known (station_id, chain, seq, hash)
        SELECT DISTINCT ON (station_id, chain) station_id, chain, seq, hash
        FROM added ORDER BY station_id, chain, seq DESC
    ON CONFLICT (station_id, chain) DO UPDATE SET seq = excluded.seq, hash = excluded.hash
        WHERE known.seq < excluded.seq;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_move_heads AFTER INSERT ON audit REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION audit_move_heads();
"""

_ONLY_ADDED = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is only added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_only_added BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "audit",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("period", sa.String(length=4), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("received_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("rev = 1", name="ck_audit_rev"),
        sa.CheckConstraint("seq > 0", name="ck_audit_seq"),
        sa.CheckConstraint("(source IS NULL) = (by_id IS NOT NULL)", name="ck_audit_doer"),
        sa.ForeignKeyConstraint(["station_id"], ["station.station_id"], name="fk_audit_station_id"),
        sa.PrimaryKeyConstraint("station_id", "period", "id", name="pk_audit"),
        sa.UniqueConstraint("station_id", "chain", "seq", name="uq_audit_station_id_chain_seq"),
    )
    op.create_index("ix_audit_subject_id_at", "audit", ["subject_id", "at"])
    op.create_index("ix_audit_by_id_at", "audit", ["by_id", "at"])
    op.create_table(
        "audit_head",
        sa.Column("station_id", sa.String(length=4), nullable=False),
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("station_id", "chain", name="pk_audit_head"),
    )
    op.execute(_MOVE_HEADS)
    op.execute(_ONLY_ADDED)
