"""Synonyms in the directory's file; none is ever deleted, only closed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kb.changes import SynonymPut
from kb.store.tables import moment_of, synonym
from kb.synonyms import KeptSynonym, Synonym


def put(connection: Connection, pairs: Iterable[Synonym], by: str, at: datetime) -> None:
    """Let these hold, new or once more; a phrase and its meaning are one pair."""
    _put(connection, [_row(SynonymPut(pair, 0, by, at), at) for pair in pairs])


def take(connection: Connection, changes: Iterable[SynonymPut], now: datetime) -> None:
    """Let the pairs be as the centre has them; none gives way to an older version of it."""
    query = select(synonym.c.phrase, synonym.c.meaning, synonym.c.ver)
    known = {(row.phrase, row.meaning): row.ver for row in connection.execute(query)}
    newer = [one for one in changes if one.ver > known.get((one.pair.phrase, one.pair.meaning), 0)]
    _put(connection, [_row(one, now) for one in newer])


def take_all(connection: Connection, changes: Iterable[SynonymPut], now: datetime) -> None:
    """The same of all that the centre ever had; every other pair holds no more.

    A centre that never had one leaves the workplace its own.
    """
    rows = [_row(one, now) for one in changes]
    if not rows:
        return
    connection.execute(update(synonym).values(ver=0))
    closed = {"closed_at": moment_of(now), "closed_by": ""}
    connection.execute(update(synonym).where(synonym.c.closed_at.is_(None)).values(closed))
    _put(connection, rows)


def _row(change: SynonymPut, now: datetime) -> dict[str, object]:
    pair, at = change.pair, moment_of(change.at or now)
    return {
        "phrase": pair.phrase,
        "meaning": pair.meaning,
        "both_ways": int(pair.both_ways),
        "at": at,
        "by": change.by,
        "closed_at": at if change.is_closed else None,
        "closed_by": change.by if change.is_closed else None,
        "ver": change.ver,
    }


def _put(connection: Connection, rows: Sequence[dict[str, object]]) -> None:
    if not rows:
        return
    # One statement for all: there are more than a thousand of them in a new directory.
    new = upsert(synonym)
    kept: dict[str, ColumnElement[Any]] = {
        name: new.excluded[name] for name in ("both_ways", "closed_at", "closed_by", "ver")
    }
    # Who gave a pair is not who closed it.
    for name in ("at", "by"):
        kept[name] = case(
            (new.excluded.closed_at.is_(None), new.excluded[name]), else_=synonym.c[name]
        )
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
        .values(closed_at=moment_of(at), closed_by=by, ver=0)
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


def shared(connection: Connection) -> tuple[Synonym, ...]:
    """The pairs that hold and are the centre's."""
    query = select(synonym).where(synonym.c.closed_at.is_(None), synonym.c.ver > 0)
    return tuple(
        Synonym(row.phrase, row.meaning, bool(row.both_ways)) for row in connection.execute(query)
    )


def versions(connection: Connection, pairs: Iterable[Synonym]) -> dict[tuple[str, str], int]:
    """The centre's version of each of the pairs, 0 for one that it has not."""
    wanted = {(pair.phrase, pair.meaning): 0 for pair in pairs}
    for phrase, meaning in wanted:
        wanted[phrase, meaning] = (
            connection.scalar(
                select(synonym.c.ver).where(
                    synonym.c.phrase == phrase, synonym.c.meaning == meaning
                )
            )
            or 0
        )
    return wanted


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
