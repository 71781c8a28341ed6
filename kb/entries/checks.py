"""Finds stale entries, and flaws such as broken references and duplicate titles."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from kb.entries.entries import Entry, EntryKind, UnitDetails, references_of
from kb.text import words_of

STALE_AFTER_DAYS: Mapping[EntryKind, int] = {
    EntryKind.QUESTION: 365,
    EntryKind.UNIT: 365,
    EntryKind.SERVICE: 365,
    EntryKind.PERSON: 365,
}
"""Days after which an entry without a check is stale, by kind; entries of other kinds are never
stale.
"""


@dataclass(frozen=True, slots=True)
class StaleEntry:
    """Entry that was not checked within the limit of its kind.

    ``days_over`` is the number of days past the limit. Both ``days_over`` and ``checked_on`` are
    None if the entry was never checked.
    """

    entry_id: str
    kind: EntryKind
    title: str
    owner: str
    checked_on: date | None
    days_over: int | None = None


class Checkable(Protocol):
    """Object that must be checked periodically."""

    @property
    def kind(self) -> EntryKind: ...

    @property
    def checked_on(self) -> date | None: ...


def stale_before(
    kind: EntryKind, today: date, limit_days: Mapping[EntryKind, int] = STALE_AFTER_DAYS
) -> date | None:
    """Returns the day before which the last check of an entry of this kind makes it stale; None if
    entries of this kind are never stale.
    """
    limit = limit_days.get(kind)
    return None if limit is None else today - timedelta(days=limit)


def is_stale(
    entry: Checkable, today: date, limit_days: Mapping[EntryKind, int] = STALE_AFTER_DAYS
) -> bool:
    """Whether the entry was not checked within the limit of its kind."""
    since = stale_before(entry.kind, today, limit_days)
    return since is not None and (entry.checked_on is None or entry.checked_on < since)


def by_owner(stale: Iterable[StaleEntry]) -> dict[str, tuple[StaleEntry, ...]]:
    """Groups the entries by owner; the owner with the most entries is first. The key "" holds
    entries without an owner.
    """
    found: dict[str, list[StaleEntry]] = {}
    for entry in stale:
        found.setdefault(entry.owner, []).append(entry)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return {owner: tuple(entries) for owner, entries in ordered}


class Flaw(StrEnum):
    """Kind of error in an entry."""

    BROKEN_REFERENCE = "broken_reference"
    """Reference to an entry that is missing, closed or of another kind."""
    CIRCULAR_PARENT = "circular_parent"
    """The entry is its own ancestor."""
    MISSING_TITLE = "missing_title"
    MISSING_TEXT = "missing_text"
    """A question or service has neither a text to say nor a text to send."""
    DUPLICATE_TITLE = "duplicate_title"
    """Another entry of the kind has the same title, ignoring case and punctuation."""
    HOURS_NOT_STATED = "hours_not_stated"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw of an entry, with the affected field and the id or day that causes it."""

    entry_id: str
    flaw: Flaw
    field: str = ""
    value: str = ""

    def __str__(self) -> str:
        place = ":".join(part for part in (self.entry_id, self.field) if part)
        return f"{place}: {self.flaw}" + (f" ({self.value})" if self.value else "")


def check(
    entries: Iterable[Entry],
    today: date,
    limit_days: Mapping[EntryKind, int] = STALE_AFTER_DAYS,
) -> tuple[Finding, ...]:
    """Returns the flaws of all entries that are in force today, in order of the entries."""
    in_force = {entry.id: entry for entry in entries if entry.holds_on(today)}
    same_title = _by_title(in_force.values())
    return tuple(
        finding
        for entry in in_force.values()
        for finding in (
            *_broken_references(entry, in_force),
            *_circular(entry, in_force),
            *_texts(entry),
            *_duplicates(entry, same_title[_title_of(entry)]),
            *_hours(entry),
            *_staleness(entry, today, limit_days),
        )
    )


def _title_of(entry: Entry) -> tuple[EntryKind, str]:
    return entry.kind, " ".join(word.text for word in words_of(entry.title))


def _by_title(entries: Iterable[Entry]) -> dict[tuple[EntryKind, str], list[Entry]]:
    found: dict[tuple[EntryKind, str], list[Entry]] = {}
    for entry in entries:
        found.setdefault(_title_of(entry), []).append(entry)
    return found


def _broken_references(entry: Entry, in_force: Mapping[str, Entry]) -> Iterator[Finding]:
    for field, entry_id, kind in references_of(entry):
        other = in_force.get(entry_id)
        if other is None or other.kind is not kind:
            yield Finding(entry.id, Flaw.BROKEN_REFERENCE, field, entry_id)


def _circular(entry: Entry, in_force: Mapping[str, Entry]) -> Iterator[Finding]:
    seen: set[str] = set()
    parent = entry.parent
    while parent is not None and parent not in seen:
        if parent == entry.id:
            yield Finding(entry.id, Flaw.CIRCULAR_PARENT, "details.parent", entry.parent or "")
            return
        seen.add(parent)
        above = in_force.get(parent)
        parent = None if above is None else above.parent


def _texts(entry: Entry) -> Iterator[Finding]:
    if not entry.title:
        yield Finding(entry.id, Flaw.MISSING_TITLE, "title")
    if entry.kind in (EntryKind.QUESTION, EntryKind.SERVICE) and not (entry.body or entry.spoken):
        yield Finding(entry.id, Flaw.MISSING_TEXT, "body")


def _duplicates(entry: Entry, same_title: Sequence[Entry]) -> Iterator[Finding]:
    others = [one.id for one in same_title if one.id != entry.id and one.parent == entry.parent]
    if entry.title and others:
        yield Finding(entry.id, Flaw.DUPLICATE_TITLE, "title", others[0])


def _hours(entry: Entry) -> Iterator[Finding]:
    if entry.kind is not EntryKind.UNIT:
        return
    hours = entry.details.hours if isinstance(entry.details, UnitDetails) else None
    if hours is None or not (hours.around_the_clock or any(hours.days)):
        yield Finding(entry.id, Flaw.HOURS_NOT_STATED, "details.hours")


def _staleness(entry: Entry, today: date, limit_days: Mapping[EntryKind, int]) -> Iterator[Finding]:
    if is_stale(entry, today, limit_days):
        checked = "" if entry.checked_on is None else entry.checked_on.isoformat()
        yield Finding(entry.id, Flaw.STALE, "checked_on", checked)
