"""Synonyms in the directory's file; none is ever deleted, only closed."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kb.store.tables import moment_of, synonym
from kb.synonyms import KeptSynonym, Synonym


def put(connection: Connection, pairs: Iterable[Synonym], by: str, at: datetime) -> None:
    """Let these hold, new or once more; a phrase and its meaning are one pair."""
    rows = [
        {
            "phrase": pair.phrase,
            "meaning": pair.meaning,
            "both_ways": int(pair.both_ways),
            "at": moment_of(at),
            "by": by,
            "closed_at": None,
            "closed_by": None,
        }
        for pair in pairs
    ]
    if not rows:
        return
    # One statement for all: there are more than a thousand of them in a new directory.
    new = upsert(synonym)
    kept = {
        name: new.excluded[name] for name in ("both_ways", "at", "by", "closed_at", "closed_by")
    }
    connection.execute(
        new.on_conflict_do_update(index_elements=["phrase", "meaning"], set_=kept), rows
    )


def close(connection: Connection, pair: Synonym, by: str, at: datetime) -> bool:
    """Let the pair hold no more; False where it does not."""
    closed = connection.execute(
        update(synonym)
        .where(
            synonym.c.phrase == pair.phrase,
            synonym.c.meaning == pair.meaning,
            synonym.c.closed_at.is_(None),
        )
        .values(closed_at=moment_of(at), closed_by=by)
    )
    return bool(closed.rowcount)


def in_force(connection: Connection) -> tuple[Synonym, ...]:
    """The pairs that hold, by phrase."""
    query = (
        select(synonym)
        .where(synonym.c.closed_at.is_(None))
        .order_by(synonym.c.phrase, synonym.c.meaning)
    )
    return tuple(
        Synonym(row.phrase, row.meaning, bool(row.both_ways)) for row in connection.execute(query)
    )


def everything(connection: Connection) -> tuple[KeptSynonym, ...]:
    """Every pair that was ever given, by phrase."""
    query = select(synonym).order_by(synonym.c.phrase, synonym.c.meaning)
    return tuple(
        KeptSynonym(
            Synonym(row.phrase, row.meaning, bool(row.both_ways)),
            row.by,
            datetime.fromisoformat(row.at),
            row.closed_by or "",
            None if row.closed_at is None else datetime.fromisoformat(row.closed_at),
        )
        for row in connection.execute(query)
    )


def has_any(connection: Connection) -> bool:
    """Whether there has ever been a pair."""
    return bool(connection.scalar(select(func.count()).select_from(synonym)))
