"""Full-text index of a local table: words of a column, kept by triggers, with «ё» as «е».

The index has no copy of the text: FTS5 reads it through a view. With ``secure-delete`` a word that
leaves the text leaves the pages of the index in the same transaction, as erasure needs it.
"""

from __future__ import annotations

from sqlalchemy import DDL, Table, event

# detail=none: the words of a query stand anywhere in a text, so no places are kept; columnsize=0:
# nothing is ranked. The tokenizer folds no «ё» by itself.
_INDEX = """CREATE VIRTUAL TABLE {index} USING fts5(
    {column}, content='{index}_source', content_rowid='docid', detail=none, columnsize=0,
    tokenize='unicode61 remove_diacritics 0')"""
_SOURCE = "CREATE VIEW {index}_source AS SELECT rowid AS docid, {folded} AS {column} FROM {table}"
_SECURED = "INSERT INTO {index}({index}, rank) VALUES ('secure-delete', 1)"
_ADDED = "INSERT INTO {index}(rowid, {column}) VALUES (NEW.rowid, {new})"
_REMOVED = "INSERT INTO {index}({index}, rowid, {column}) VALUES ('delete', OLD.rowid, {old})"


def index_words(table: Table, column: str, index: str) -> None:
    """Create this index over a column of text together with the table."""
    for statement in _statements(table.name, column, index):
        ddl = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy's own has no types
        event.listen(table, "after_create", ddl)


def _statements(table: str, column: str, index: str) -> tuple[str, ...]:
    folded, old, new = (_folded(one) for one in (column, f"OLD.{column}", f"NEW.{column}"))
    names = {"table": table, "index": index, "column": column}
    added, removed = _ADDED.format(**names, new=new), _REMOVED.format(**names, old=old)
    changed = f"UPDATE OF {column} ON {table} WHEN OLD.{column} IS NOT NEW.{column}"
    return (
        _SOURCE.format(**names, folded=folded),
        _INDEX.format(**names),
        _SECURED.format(**names),
        f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {added}; END",
        f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {removed}; END",
        f"CREATE TRIGGER {index}_update AFTER {changed} BEGIN {removed}; {added}; END",
    )


def _folded(text: str) -> str:
    return f"replace(replace({text}, 'ё', 'е'), 'Ё', 'Е')"
