"""What an editor has to put right in a directory that can be used all the same."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.entries import Entry, EntryKind, UnitDetails
from kb.references import references_of
from kb.staleness import STALE_AFTER_DAYS, is_stale
from kb.text import words_of


class Flaw(StrEnum):
    """What is wrong with an entry."""

    BROKEN_REFERENCE = "broken_reference"
    """It names an entry that is not there, is of another kind, or is closed."""
    CIRCULAR_PARENT = "circular_parent"
    """It stands above itself."""
    MISSING_TITLE = "missing_title"
    MISSING_TEXT = "missing_text"
    """A question or a service has nothing to say and nothing to send."""
    DUPLICATE_TITLE = "duplicate_title"
    """Another entry of the kind has the same words for a title."""
    HOURS_NOT_STATED = "hours_not_stated"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw of one entry: the field it is in, and the id or day at fault."""

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
    """Every flaw of the entries that are in force today, entry by entry."""
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
