"""Tables of drafts, topic proposals and synonyms, and the list of entries for editors."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from kb.entries.changes import (
    Decision,
    EntryDraft,
    EntrySummary,
    Proposal,
    ProposalPut,
    ProposedTopic,
    Synonym,
    SynonymPut,
)
from kb.entries.entries import EntryKind
from kb.search.rewording import KeptSynonym
from kb.store.reading import entry, entry_draft, moment_of, proposal, revision, synonym


def keep(connection: Connection, draft: EntryDraft, at: datetime) -> None:
    """Saves the editor's draft of the entry and replaces the previous one."""
    values = {
        "kind": draft.kind.value,
        "based_on": draft.based_on,
        "at": moment_of(at),
        "fields": json.dumps(dict(draft.fields), ensure_ascii=False),
        "unsent": int(draft.is_unsent),
    }
    row = upsert(entry_draft).values(key=draft.entry_id, by=draft.by_id, **values)
    connection.execute(row.on_conflict_do_update(index_elements=["key", "by"], set_=values))


def drop(connection: Connection, entry_id: str, by_id: str) -> None:
    """Deletes the editor's draft of the entry, if there is one."""
    connection.execute(
        delete(entry_draft).where(entry_draft.c.key == entry_id, entry_draft.c.by == by_id)
    )


def of_editor(connection: Connection, by_id: str) -> tuple[EntryDraft, ...]:
    """Returns the editor's drafts, the latest first."""
    query = select(entry_draft).where(entry_draft.c.by == by_id).order_by(entry_draft.c.at.desc())
    return tuple(_draft_of(row) for row in connection.execute(query))


def of_entry(connection: Connection, entry_id: str, by_id: str) -> EntryDraft | None:
    query = select(entry_draft).where(entry_draft.c.key == entry_id, entry_draft.c.by == by_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else _draft_of(row)


def _draft_of(row: Row[Any]) -> EntryDraft:
    return EntryDraft(
        entry_id=row.key,
        kind=EntryKind(row.kind),
        by_id=row.by,
        based_on=row.based_on,
        fields=json.loads(row.fields),
        is_unsent=bool(row.unsent),
    )


def summaries(
    connection: Connection, by_id: str, entry_id: str | None = None
) -> Iterator[EntrySummary]:
    """Yields one entry or all for the editor's list, closed ones included, by creation."""
    older = exists().where(and_(revision.c.key == entry.c.key, revision.c.by_id == by_id))
    drafted = exists().where(and_(entry_draft.c.key == entry.c.key, entry_draft.c.by == by_id))
    unsent = drafted.where(entry_draft.c.unsent == 1)
    query = select(
        entry.c.key,
        entry.c.kind,
        entry.c.topic,
        entry.c.checked_on,
        entry.c.valid_from,
        entry.c.valid_to,
        entry.c.at,
        func.json_extract(entry.c.payload, "$.title").label("title"),
        func.json_extract(entry.c.payload, "$.details.parent").label("parent"),
        or_(entry.c.by_id == by_id, older).label("touched"),
        drafted.label("has_draft"),
        unsent.label("is_unsent"),
    ).order_by(entry.c.id)
    if entry_id is not None:
        query = query.where(entry.c.key == entry_id)
    for row in connection.execute(query):
        yield EntrySummary(
            entry_id=row.key,
            kind=EntryKind(row.kind),
            title=row.title,
            topic=row.topic,
            parent=row.parent or "",
            checked_on=_day(row.checked_on),
            valid_from=_day(row.valid_from),
            valid_to=_day(row.valid_to),
            at=datetime.fromisoformat(row.at),
            touched=bool(by_id) and bool(row.touched),
            has_draft=bool(row.has_draft),
            is_unsent=bool(row.is_unsent),
        )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def put(connection: Connection, new: Proposal) -> None:
    """Inserts an open proposal."""
    connection.execute(
        insert(proposal).values(
            key=new.id,
            organ=new.organ,
            by=new.by,
            at=moment_of(new.at),
            topic=json.dumps(asdict(new.topic), ensure_ascii=False),
        )
    )


def take(connection: Connection, changes: Iterable[ProposalPut]) -> None:
    """Applies proposals from the central database; older versions are ignored."""
    for change in changes:
        new, decision = change.proposal, change.proposal.decision
        known = connection.scalar(select(proposal.c.ver).where(proposal.c.key == new.id))
        if known is None:
            put(connection, new)
        elif known >= change.ver:
            continue
        connection.execute(update(proposal).where(proposal.c.key == new.id).values(ver=change.ver))
        if decision is not None:
            decide(connection, new.id, decision)


def version(connection: Connection, proposal_id: str) -> int:
    """Returns the central database's version of the proposal, 0 if it has none."""
    query = select(proposal.c.ver).where(proposal.c.key == proposal_id)
    return connection.scalar(query) or 0


def shared(connection: Connection) -> tuple[Proposal, ...]:
    """Returns the proposals that were received from the central database."""
    query = select(proposal).where(proposal.c.ver > 0)
    return tuple(_proposal_of(row) for row in connection.execute(query))


def all_of(connection: Connection) -> tuple[Proposal, ...]:
    """Returns all proposals, open ones first, each group with the latest first."""
    query = select(proposal).order_by(proposal.c.accepted.is_not(None), proposal.c.id.desc())
    return tuple(_proposal_of(row) for row in connection.execute(query))


def by_id(connection: Connection, proposal_id: str) -> Proposal | None:
    row = connection.execute(select(proposal).where(proposal.c.key == proposal_id)).one_or_none()
    return None if row is None else _proposal_of(row)


def decide(connection: Connection, proposal_id: str, decision: Decision) -> None:
    connection.execute(
        update(proposal)
        .where(proposal.c.key == proposal_id)
        .values(
            accepted=int(decision.accepted),
            reason=decision.reason,
            decided_by=decision.by,
            decided_at=moment_of(decision.at),
        )
    )


def _proposal_of(row: Row[Any]) -> Proposal:
    topic = json.loads(row.topic)
    decision = None
    if row.accepted is not None:
        decided_at = datetime.fromisoformat(row.decided_at)
        decision = Decision(bool(row.accepted), row.reason, row.decided_by, decided_at)
    return Proposal(
        id=row.key,
        topic=ProposedTopic(**(topic | {"participants": tuple(topic["participants"])})),
        organ=row.organ,
        by=row.by,
        at=datetime.fromisoformat(row.at),
        decision=decision,
    )


def put_synonyms(connection: Connection, pairs: Iterable[Synonym], by: str, at: datetime) -> None:
    """Adds synonyms or reopens closed ones; the pair of phrase and meaning is the key."""
    _put(connection, [_row(SynonymPut(pair, 0, by, at), at) for pair in pairs])


def take_synonyms(connection: Connection, changes: Iterable[SynonymPut], now: datetime) -> None:
    """Applies synonyms from the central database; older versions are ignored."""
    query = select(synonym.c.phrase, synonym.c.meaning, synonym.c.ver)
    known = {(row.phrase, row.meaning): row.ver for row in connection.execute(query)}
    newer = [one for one in changes if one.ver > known.get((one.pair.phrase, one.pair.meaning), 0)]
    _put(connection, [_row(one, now) for one in newer])


def take_all(connection: Connection, changes: Iterable[SynonymPut], now: datetime) -> None:
    """Replaces all synonyms by those of the central database; every other pair is closed.

    If the central database has never had a synonym, the local ones are retained.
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
    # One statement for all rows: a new directory has more than a thousand.
    new = upsert(synonym)
    kept: dict[str, ColumnElement[Any]] = {
        name: new.excluded[name] for name in ("both_ways", "closed_at", "closed_by", "ver")
    }
    # Closing a pair must not overwrite its author and time.
    for name in ("at", "by"):
        kept[name] = case(
            (new.excluded.closed_at.is_(None), new.excluded[name]), else_=synonym.c[name]
        )
    connection.execute(
        new.on_conflict_do_update(index_elements=["phrase", "meaning"], set_=kept), rows
    )


def close(connection: Connection, pair: Synonym, by: str, at: datetime) -> bool:
    """Closes the pair; False if it is not valid."""
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
    """Returns the valid pairs, sorted by phrase."""
    query = (
        select(synonym)
        .where(synonym.c.closed_at.is_(None))
        .order_by(synonym.c.phrase, synonym.c.meaning)
    )
    return tuple(
        Synonym(row.phrase, row.meaning, bool(row.both_ways)) for row in connection.execute(query)
    )


def shared_synonyms(connection: Connection) -> tuple[Synonym, ...]:
    """Returns the valid pairs that were received from the central database."""
    query = select(synonym).where(synonym.c.closed_at.is_(None), synonym.c.ver > 0)
    return tuple(
        Synonym(row.phrase, row.meaning, bool(row.both_ways)) for row in connection.execute(query)
    )


def versions(connection: Connection, pairs: Iterable[Synonym]) -> dict[tuple[str, str], int]:
    """Returns the central database's version of each pair, 0 for a local pair."""
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
    """Returns all pairs, closed ones included, sorted by phrase."""
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
    """Whether the table has any pair, closed ones included."""
    return bool(connection.scalar(select(func.count()).select_from(synonym)))
