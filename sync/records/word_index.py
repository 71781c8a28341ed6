"""Full-text index of a local text column, updated by triggers, with «ё» as «е».

The index has no copy of the text: FTS5 reads it through a view. With ``secure-delete`` a word that
is removed from the text is removed from the index pages in the same transaction, which erasure
requires.
"""

from __future__ import annotations

from sqlalchemy import DDL, Table, event

# detail=none: queries need no word positions; columnsize=0: there is no ranking. The tokenizer does
# not fold «ё».
_INDEX = """CREATE VIRTUAL TABLE {index} USING fts5(
    {column}, content='{index}_source', content_rowid='docid', detail=none, columnsize=0,
    tokenize='unicode61 remove_diacritics 0')"""
_SOURCE = "CREATE VIEW {index}_source AS SELECT rowid AS docid, {folded} AS {column} FROM {table}"
_SECURED = "INSERT INTO {index}({index}, rank) VALUES ('secure-delete', 1)"
_ADDED = "INSERT INTO {index}(rowid, {column}) VALUES (NEW.rowid, {new})"
_REMOVED = "INSERT INTO {index}({index}, rowid, {column}) VALUES ('delete', OLD.rowid, {old})"


def index_words(table: Table, column: str, index: str) -> None:
    """Creates the index over a text column together with the table."""
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
