"""Drafts of editors in the directory's file, and the list of entries that editors see."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, exists, func, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kb.drafts import EntryDraft, EntrySummary
from kb.entries import EntryKind
from kb.store.tables import entry, entry_draft, moment_of, revision


def keep(connection: Connection, draft: EntryDraft, at: datetime) -> None:
    """Make this the editor's draft of the entry."""
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
    """Forget the editor's draft of the entry, if there is one."""
    connection.execute(
        delete(entry_draft).where(entry_draft.c.key == entry_id, entry_draft.c.by == by_id)
    )


def of_editor(connection: Connection, by_id: str) -> tuple[EntryDraft, ...]:
    """The editor's drafts, the newest first."""
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
    """Every entry or one, closed ones too, in the order they came in, as the editor sees them."""
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
