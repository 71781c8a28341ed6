"""The register of calls is searched by words through a full-text index.

It is built once from the calls that are there: some 14 s for 1,000,000.
"""

from alembic import op

revision = "l0062"
down_revision = "l0056"

_SOURCE = """CREATE VIEW call_words_source AS
    SELECT rowid AS docid, replace(replace(content, 'ё', 'е'), 'Ё', 'Е') AS content
    FROM call_record"""
_INDEX = """CREATE VIRTUAL TABLE call_words USING fts5(
    content, content='call_words_source', content_rowid='docid', detail=none, columnsize=0,
    tokenize='unicode61 remove_diacritics 0')"""
_ADDED = (
    "INSERT INTO call_words(rowid, content) "
    "VALUES (NEW.rowid, replace(replace(NEW.content, 'ё', 'е'), 'Ё', 'Е'))"
)
_REMOVED = (
    "INSERT INTO call_words(call_words, rowid, content) "
    "VALUES ('delete', OLD.rowid, replace(replace(OLD.content, 'ё', 'е'), 'Ё', 'Е'))"
)


def upgrade() -> None:
    op.execute(_SOURCE)
    op.execute(_INDEX)
    op.execute("INSERT INTO call_words(call_words, rank) VALUES ('secure-delete', 1)")
    op.execute("INSERT INTO call_words(call_words) VALUES ('rebuild')")
    op.execute(f"CREATE TRIGGER call_words_insert AFTER INSERT ON call_record BEGIN {_ADDED}; END")
    op.execute(
        f"CREATE TRIGGER call_words_delete AFTER DELETE ON call_record BEGIN {_REMOVED}; END"
    )
    op.execute(
        "CREATE TRIGGER call_words_update AFTER UPDATE OF content ON call_record "
        f"WHEN OLD.content IS NOT NEW.content BEGIN {_REMOVED}; {_ADDED}; END"
    )
