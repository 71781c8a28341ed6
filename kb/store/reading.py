"""What the directory holds, read within one transaction."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from kb.changes import Revision
from kb.entries import Entry, EntryKind
from kb.staleness import StaleEntry, stale_before
from kb.store.tables import entry, entry_of, meta_value, revision, revision_of


@dataclass(frozen=True, slots=True)
class DirectoryStats:
    """How much there is: entries in force by kind, the others, older versions, and the mark."""

    kinds: Mapping[EntryKind, int]
    closed: int
    revisions: int
    mark: str


def entry_by_id(connection: Connection, entry_id: str) -> Entry | None:
    payload = connection.scalar(select(entry.c.payload).where(entry.c.key == entry_id))
    return None if payload is None else entry_of(payload)


def entries(connection: Connection) -> tuple[Entry, ...]:
    """All entries, closed ones too, in the order they came in."""
    payloads = connection.scalars(select(entry.c.payload).order_by(entry.c.id))
    return tuple(entry_of(payload) for payload in payloads)


def people_and_units(connection: Connection) -> tuple[Entry, ...]:
    """The same of persons and units."""
    kinds = (EntryKind.PERSON.value, EntryKind.UNIT.value)
    query = select(entry.c.payload).where(entry.c.kind.in_(kinds)).order_by(entry.c.id)
    return tuple(entry_of(payload) for payload in connection.scalars(query))


def has_own_entries(connection: Connection) -> bool:
    """Whether an entry without an end is of no version of the centre."""
    own = select(entry.c.id).where(entry.c.ver == 0, entry.c.valid_to.is_(None)).limit(1)
    return connection.scalar(own) is not None


def versions(connection: Connection, entry_ids: Collection[str]) -> dict[str, int]:
    """The centre's number of the newest version of each entry that is here, 0 for an own one."""
    query = select(entry.c.key, entry.c.ver).where(entry.c.key.in_(entry_ids))
    return {key: ver for key, ver in connection.execute(query)}


def titles(connection: Connection, entry_ids: Collection[str]) -> dict[str, str]:
    title = func.json_extract(entry.c.payload, "$.title")
    query = select(entry.c.key, title).where(entry.c.key.in_(entry_ids))
    return {key: text for key, text in connection.execute(query)}


def unit_titles(connection: Connection, today: date) -> dict[str, str]:
    """The titles of units in force by id, in the order they came in."""
    day = today.isoformat()
    title = func.json_extract(entry.c.payload, "$.title")
    query = select(entry.c.key, title).where(
        entry.c.kind == EntryKind.UNIT.value,
        or_(entry.c.valid_from.is_(None), entry.c.valid_from <= day),
        or_(entry.c.valid_to.is_(None), entry.c.valid_to > day),
    )
    return {key: text for key, text in connection.execute(query.order_by(entry.c.id))}


def topic_entries(connection: Connection, today: date) -> Iterator[Entry]:
    """Topics and categories in force, in the order they came in."""
    query = select(entry.c.payload).where(entry.c.kind == EntryKind.TOPIC.value)
    return _in_force(connection, query, today)


def units_with_term(connection: Connection, today: date) -> Iterator[Entry]:
    """Units in force that have an answer term of their own, in the order they came in."""
    term = func.json_extract(entry.c.payload, "$.details.answer_term")
    query = select(entry.c.payload).where(entry.c.kind == EntryKind.UNIT.value, term.is_not(None))
    return _in_force(connection, query, today)


def _in_force(connection: Connection, query: Select[str], today: date) -> Iterator[Entry]:
    for payload in connection.scalars(query.order_by(entry.c.id)).all():
        found = entry_of(payload)
        if found.holds_on(today):
            yield found


def revisions(connection: Connection, entry_id: str) -> tuple[Revision, ...]:
    """Every version of the entry, the newest last."""
    older = select(revision).where(revision.c.key == entry_id).order_by(revision.c.number)
    newest = select(entry).where(entry.c.key == entry_id)
    found = [revision_of(row) for row in connection.execute(older)]
    found.extend(revision_of(row) for row in connection.execute(newest))
    return tuple(found)


def newest_revision(connection: Connection, entry_id: str) -> Revision | None:
    row = connection.execute(select(entry).where(entry.c.key == entry_id)).one_or_none()
    return None if row is None else revision_of(row)


def stats(connection: Connection, today: date) -> DirectoryStats:
    day = today.isoformat()
    in_force = select(entry.c.kind, func.count()).where(
        or_(entry.c.valid_from.is_(None), entry.c.valid_from <= day),
        or_(entry.c.valid_to.is_(None), entry.c.valid_to > day),
    )
    counted = {
        EntryKind(kind): number for kind, number in connection.execute(in_force.group_by("kind"))
    }
    kinds = {kind: counted.get(kind, 0) for kind in EntryKind}
    all_entries = connection.scalar(select(func.count()).select_from(entry)) or 0
    return DirectoryStats(
        kinds=kinds,
        closed=all_entries - sum(kinds.values()),
        revisions=connection.scalar(select(func.count()).select_from(revision)) or 0,
        mark=meta_value(connection, "mark") or "",
    )


def stale_entries(
    connection: Connection, today: date, limit_days: Mapping[EntryKind, int]
) -> Iterator[StaleEntry]:
    """Entries in force whose kind has a limit and whose last check is older, oldest first."""
    payload = entry.c.payload
    for kind, since in _limits(today, limit_days):
        query = (
            select(
                entry.c.key,
                entry.c.checked_on,
                func.json_extract(payload, "$.title").label("title"),
                func.json_extract(payload, "$.owner").label("owner"),
            )
            .where(*_is_stale(kind, since, today))
            .order_by(entry.c.checked_on.nulls_first(), entry.c.id)
        )
        for row in connection.execute(query).all():
            checked_on = None if row.checked_on is None else date.fromisoformat(row.checked_on)
            yield StaleEntry(
                entry_id=row.key,
                kind=kind,
                title=row.title,
                owner=row.owner or "",
                checked_on=checked_on,
                days_over=None if checked_on is None else (since - checked_on).days,
            )


def count_stale(connection: Connection, today: date, limit_days: Mapping[EntryKind, int]) -> int:
    """How many such entries there are."""
    return sum(
        connection.scalar(
            select(func.count()).select_from(entry).where(*_is_stale(kind, since, today))
        )
        or 0
        for kind, since in _limits(today, limit_days)
    )


def _limits(today: date, limit_days: Mapping[EntryKind, int]) -> Iterator[tuple[EntryKind, date]]:
    for kind in limit_days:
        since = stale_before(kind, today, limit_days)
        if since is not None:
            yield kind, since


def _is_stale(kind: EntryKind, since: date, today: date) -> tuple[ColumnElement[bool], ...]:
    """As ``kb.staleness.is_stale`` has it, of entries in force."""
    day = today.isoformat()
    return (
        entry.c.kind == kind.value,
        or_(entry.c.checked_on.is_(None), entry.c.checked_on < since.isoformat()),
        or_(entry.c.valid_from.is_(None), entry.c.valid_from <= day),
        or_(entry.c.valid_to.is_(None), entry.c.valid_to > day),
    )
