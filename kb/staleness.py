"""Entries that nobody checked for too long, by kind and by the organ that answers for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from kb.entries import EntryKind

STALE_AFTER_DAYS: Mapping[EntryKind, int] = {
    EntryKind.QUESTION: 365,
    EntryKind.UNIT: 365,
    EntryKind.SERVICE: 365,
    EntryKind.PERSON: 365,
}
"""After how many days an entry is stale; a kind that is not here never is."""


@dataclass(frozen=True, slots=True)
class StaleEntry:
    """An entry that nobody checked for longer than its kind may go.

    ``days_over`` says for how many days it has been so; both are None where it was never checked.
    """

    entry_id: str
    kind: EntryKind
    title: str
    owner: str
    checked_on: date | None
    days_over: int | None = None


class Checkable(Protocol):
    """What is checked from time to time."""

    @property
    def kind(self) -> EntryKind: ...

    @property
    def checked_on(self) -> date | None: ...


def stale_before(
    kind: EntryKind, today: date, limit_days: Mapping[EntryKind, int] = STALE_AFTER_DAYS
) -> date | None:
    """The day: an entry of the kind checked before it is stale; None: the kind never is."""
    limit = limit_days.get(kind)
    return None if limit is None else today - timedelta(days=limit)


def is_stale(
    entry: Checkable, today: date, limit_days: Mapping[EntryKind, int] = STALE_AFTER_DAYS
) -> bool:
    """Whether the entry has not been checked for longer than its kind may go."""
    since = stale_before(entry.kind, today, limit_days)
    return since is not None and (entry.checked_on is None or entry.checked_on < since)


def by_owner(stale: Iterable[StaleEntry]) -> dict[str, tuple[StaleEntry, ...]]:
    """The entries of each owner in their order, owners with most of them first; "" is nobody."""
    found: dict[str, list[StaleEntry]] = {}
    for entry in stale:
        found.setdefault(entry.owner, []).append(entry)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return {owner: tuple(entries) for owner, entries in ordered}
