"""What workplaces take from the centre: shared documents, and the log of all changes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from sync.records.table_rules import TransactionId

revision = "c0009"
down_revision = "c0008"

# One statement writes one line of the log a row, whoever writes and whatever rights they have.
# NOTIFY is for the directory alone: transactions that notify wait for each other at COMMIT.
_NOTE_DOCUMENTS = """
CREATE FUNCTION note_documents() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO {schema}.feed_change (feed, entity, entity_id, op, ver)
    SELECT CASE WHEN entity IN ('entry', 'attachment') THEN 'directory' ELSE 'settings' END,
           entity, id, CASE WHEN closed_on IS NULL THEN 'put' ELSE 'close' END, ver
    FROM fresh ORDER BY position;
    IF FOUND THEN
        PERFORM pg_notify('edinyi_feed', 'documents');
    END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "shared_content",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_shared_content"),
    )
    op.create_table(
        "shared_document",
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ver", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("document", JSONB(), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", moment, server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "entity IN ('entry', 'attachment', 'setting', 'template')",
            name="ck_shared_document_entity",
        ),
        sa.CheckConstraint("ver > 0", name="ck_shared_document_ver"),
        sa.CheckConstraint(
            "document IS NOT NULL OR closed_on IS NOT NULL", name="ck_shared_document_gone"
        ),
        sa.ForeignKeyConstraint(
            ["content_sha256"],
            ["shared_content.sha256"],
            name="fk_shared_document_content_sha256",
        ),
        sa.PrimaryKeyConstraint("entity", "id", "ver", name="pk_shared_document"),
    )
    op.create_table(
        "feed_change",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column(
            "xid", TransactionId(), server_default=sa.text("pg_current_xact_id()"), nullable=False
        ),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("ver", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.String(length=4), nullable=True),
        sa.Column("at", moment, server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_feed_change"),
    )
    op.create_index("ix_feed_change_feed_xid_seq", "feed_change", ["feed", "xid", "seq"])
    op.create_index("ix_feed_change_at", "feed_change", ["at"])
    op.create_table(
        "feed_floor",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("xid", TransactionId(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("feed", name="pk_feed_floor"),
    )
    schema = op.get_bind().scalar(sa.text("SELECT quote_ident(current_schema())"))
    op.execute(_NOTE_DOCUMENTS.format(schema=schema))
    op.execute(
        "CREATE TRIGGER note_documents AFTER INSERT ON shared_document "
        "REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_documents()"
    )
