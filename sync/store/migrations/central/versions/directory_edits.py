"""Editors write into the directory under their own logins; synonyms and proposals go there too.

Who wrote a version is for the server to say, and which one it is: the next of its document.
"""

import sqlalchemy as sa
from alembic import op

revision = "c0020"
down_revision = "c0019"

_ENTITIES = "'entry', 'attachment', 'synonym', 'proposal', 'setting', 'template'"

_NAME = """
CREATE FUNCTION public.current_operator_name() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce((SELECT name FROM public.operator
   WHERE login = session_user AND disabled_at IS NULL), '') $$
"""

# Topics are the supervisor's to change (4.1), and so is what becomes of a proposal (4.2).
_CHECK = """
CREATE FUNCTION public.check_document_edit() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held record;
    is_senior boolean;
BEGIN
    SELECT role = 'supervisor' INTO is_senior FROM public.operator WHERE id = NEW.by_id;
    SELECT ver, position, document INTO held FROM public.shared_document
    WHERE entity = NEW.entity AND id = NEW.id ORDER BY ver DESC LIMIT 1;
    IF NEW.ver <> coalesce(held.ver, 0) + 1 THEN
        RAISE integrity_constraint_violation USING MESSAGE = 'another version is the next';
    END IF;
    IF NEW.document IS NULL
       OR NEW.entity <> 'synonym' AND NEW.document->>'id' IS DISTINCT FROM NEW.id THEN
        RAISE integrity_constraint_violation USING MESSAGE = 'not a document of this id';
    END IF;
    IF NEW.entity = 'entry' AND NOT is_senior
       AND (NEW.document->>'kind' IS NOT DISTINCT FROM 'topic'
            OR held.document->>'kind' IS NOT DISTINCT FROM 'topic') THEN
        RAISE insufficient_privilege USING MESSAGE = 'topics are changed by the supervisor';
    END IF;
    IF NEW.entity = 'proposal' AND (held.document ? 'decision'
       OR NOT is_senior AND (NEW.document ? 'decision' OR NEW.ver > 1)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the supervisor decides proposals, once';
    END IF;
    NEW.position := coalesce(held.position, NEW.position);
    RETURN NEW;
END $$;

CREATE TRIGGER check_document_edit BEFORE INSERT ON public.shared_document
FOR EACH ROW WHEN (NEW.by_id IS NOT NULL) EXECUTE FUNCTION public.check_document_edit();
"""

_NOTE_DOCUMENTS = """
CREATE OR REPLACE FUNCTION {schema}.note_documents() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO {schema}.feed_change (feed, entity, entity_id, op, ver)
    SELECT CASE WHEN entity IN ('setting', 'template') THEN 'settings' ELSE 'directory' END,
           entity, id, CASE WHEN closed_on IS NULL THEN 'put' ELSE 'close' END, ver
    FROM fresh ORDER BY position;
    IF FOUND THEN
        PERFORM pg_notify('edinyi_feed', 'documents');
    END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute(_NAME)
    op.alter_column(
        "shared_document", "by_name", server_default=sa.text("public.current_operator_name()")
    )
    op.add_column(
        "shared_document",
        sa.Column(
            "by_id", sa.Uuid(), server_default=sa.text("public.current_operator()"), nullable=True
        ),
    )
    op.add_column(
        "shared_document",
        sa.Column("action", sa.Text(), server_default=sa.text("'put'"), nullable=False),
    )
    op.create_check_constraint(
        "ck_shared_document_action", "shared_document", "action IN ('put', 'close', 'restore')"
    )
    op.drop_constraint("ck_shared_document_entity", "shared_document")
    op.create_check_constraint(
        "ck_shared_document_entity", "shared_document", f"entity IN ({_ENTITIES})"
    )
    op.execute(_CHECK)
    schema = op.get_bind().scalar(sa.text("SELECT quote_ident(current_schema())"))
    op.execute(_NOTE_DOCUMENTS.format(schema=schema))
