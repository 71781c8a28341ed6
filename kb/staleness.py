"""Entries that nobody checked for too long, by kind and by the organ that answers for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kb.entries import Entry, EntryKind

STALE_AFTER_DAYS: Mapping[EntryKind, int] = {
    EntryKind.QUESTION: 365,
    EntryKind.UNIT: 365,
    EntryKind.SERVICE: 365,
    EntryKind.PERSON: 365,
}
"""After how many days an entry is stale; a kind that is not here never is."""


@dataclass(frozen=True, slots=True)
class StaleEntry:
    """An entry that nobody checked for longer than its kind may go; None: never checked."""

    entry_id: str
    kind: EntryKind
    title: str
    owner: str
    checked_on: date | None


def is_stale(
    entry: Entry, today: date, limit_days: Mapping[EntryKind, int] = STALE_AFTER_DAYS
) -> bool:
    """Whether the entry has not been checked for longer than its kind may go."""
    limit = limit_days.get(entry.kind)
    if limit is None:
        return False
    return entry.checked_on is None or (today - entry.checked_on).days > limit


def by_owner(stale: Iterable[StaleEntry]) -> dict[str, tuple[StaleEntry, ...]]:
    """The entries of each owner in their order, owners with most of them first; "" is nobody."""
    found: dict[str, list[StaleEntry]] = {}
    for entry in stale:
        found.setdefault(entry.owner, []).append(entry)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return {owner: tuple(entries) for owner, entries in ordered}
