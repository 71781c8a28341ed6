"""An entry as the operator sees it among the results: title, kind, and how it stands now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from console import words
from kb.entries import Entry, EntryKind, PersonDetails, Phone, UnitDetails
from kb.hours import opening
from kb.search import Hit
from kb.staleness import is_stale


@dataclass(frozen=True, slots=True)
class MetaPart:
    """One remark under a hit's title: icon, words and colour role."""

    icon: str
    text: str
    role: str


@dataclass(frozen=True, slots=True)
class HitRow:
    """One row of the results: digit of its key, title with marked ranges, kind and remarks."""

    key: str
    digit: str
    title: str
    marks: tuple[tuple[int, int], ...]
    kind: EntryKind
    badge: str
    meta: tuple[MetaPart, ...]


@dataclass(frozen=True, slots=True)
class CityDays:
    """What the production calendar says of a day; both may be called from any thread."""

    is_working_day: Callable[[date], bool]
    is_short_day: Callable[[date], bool]


def hit_row(
    hit: Hit, now_local: datetime, days: CityDays, digit: str, unit_title: str = ""
) -> HitRow:
    """The row of a hit at a moment of the city's time; ``unit_title`` is an official's unit."""
    return HitRow(
        key=hit.entry_id,
        digit=digit,
        title=hit.title,
        marks=hit.marks,
        kind=hit.kind,
        badge=words.directory.entry_kind(hit.kind),
        meta=_meta(hit.entry, now_local, days, unit_title),
    )


def unit_of(entry: Entry) -> str:
    """The id of the unit at which an official works; empty for any other entry."""
    return entry.details.unit if isinstance(entry.details, PersonDetails) else ""


def _meta(
    entry: Entry, now_local: datetime, days: CityDays, unit_title: str
) -> tuple[MetaPart, ...]:
    match entry.details:
        case UnitDetails() as unit:
            state = opening(unit.hours, now_local, days.is_working_day, days.is_short_day)
            word, icon, role = words.directory.opening_text(state, now_local)
            shown = (MetaPart(icon, word, role), *_phone_part(unit.phones))
            return (*shown, *_stale_part(entry, now_local.date()))
        case PersonDetails() as person:
            place = ", ".join(part for part in (person.post, unit_title) if part)
            post = (MetaPart("identification-card", place, "text-3"),)
            shown = (*(post if place else ()), *_phone_part(person.phones))
            return (*shown, *_stale_part(entry, now_local.date()))
        case _ if entry.checked_on is not None:
            checked = words.directory.checked_on(entry.checked_on)
            stale = _stale_part(entry, now_local.date())
            return stale or (MetaPart("calendar-check", checked, "text-3"),)
        case _:
            return ()


def _phone_part(phones: Sequence[Phone]) -> tuple[MetaPart, ...]:
    """The number that is asked for first."""
    if not phones:
        return ()
    return (MetaPart("phone", words.directory.unit_phone(phones[0]), "text-3"),)


def _stale_part(entry: Entry, today: date) -> tuple[MetaPart, ...]:
    """A warning where the entry was not checked for longer than its kind may go."""
    if entry.checked_on is None or not is_stale(entry, today):
        return ()
    checked = words.directory.checked_on(entry.checked_on)
    return (MetaPart("warning-fill", words.directory.stale(checked), "warn"),)
