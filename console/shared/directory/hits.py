"""Results of a directory search: order, rows for display, and phone numbers of entries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from os.path import commonprefix

from console.shared.directory import words as directory_words
from kb.entries.checks import is_stale
from kb.entries.entries import Entry, EntryKind, PersonDetails, Phone, UnitDetails
from kb.entries.hours import opening
from kb.search.search import Hit, Marker, Marks


def phones_of(entry: Entry) -> tuple[Phone, ...]:
    """Returns the phone numbers of a unit or an official; empty for other kinds."""
    match entry.details:
        case UnitDetails(phones=phones) | PersonDetails(phones=phones):
            return phones
        case _:
            return ()


BEST = 3  # listed first regardless of kind: they nearly always contain the answer
SHOWN_HITS = 9  # one for each digit key


def in_order(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Returns the best hits by rank, then the others grouped by kind in order of their best hit."""
    best, others = hits[:BEST], hits[BEST:]
    kinds = list(dict.fromkeys(hit.kind for hit in others))
    return (*best, *sorted(others, key=lambda hit: kinds.index(hit.kind)))


def around(held: Hit, place: int, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Returns the hits with the selected hit at its index `place`, even if it is no longer a
    result.
    """
    newest = next((hit for hit in hits if hit.entry_id == held.entry_id), held)
    others = in_order([hit for hit in hits if hit.entry_id != held.entry_id])
    return (*others[:place], newest, *others[place:])[:SHOWN_HITS]


def is_new_search(before: str, typed: str) -> bool:
    """Whether the text was replaced rather than continued or corrected, so a new search starts."""
    start = len(commonprefix([before, typed]))
    shorter = min(len(before), len(typed))
    end = len(commonprefix([before[start:][::-1], typed[start:][::-1]]))
    return len(typed) <= 1 or 2 * (start + end) < shorter


@dataclass(frozen=True, slots=True)
class MetaPart:
    """Detail below a hit's title: icon, text, colour role and the matched ranges.

    Details with `is_whole` are never shortened: numbers, times and warnings are shown completely or
    not at all.
    """

    icon: str
    text: str
    role: str
    marks: Marks = ()
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class HitRow:
    """Row of the results: digit key, title with matched ranges, kind and details.

    A row with a `heading` is the first of its kind below the best hits.
    """

    key: str
    digit: str
    title: str
    marks: Marks
    kind: EntryKind
    badge: str
    meta: tuple[MetaPart, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class CityDays:
    """Day predicates of the production calendar. Thread-safe."""

    is_working_day: Callable[[date], bool]
    is_short_day: Callable[[date], bool]


def hit_row(
    hit: Hit,
    now_local: datetime,
    days: CityDays,
    digit: str,
    unit_title: str = "",
    marker: Marker | None = None,
) -> HitRow:
    """Returns the row of a hit at a local time of the city.

    `unit_title` is the unit of an official; `marker` finds the query terms.
    """
    return HitRow(
        key=hit.entry_id,
        digit=digit,
        title=hit.title,
        marks=hit.marks,
        kind=hit.kind,
        badge=directory_words.entry_kind(hit.kind),
        meta=_meta(hit.entry, now_local, days, unit_title, marker),
    )


def unit_of(entry: Entry) -> str:
    """Returns the unit id of an official; empty for other kinds."""
    return entry.details.unit if isinstance(entry.details, PersonDetails) else ""


def with_headings(rows: Sequence[HitRow]) -> tuple[HitRow, ...]:
    """Adds the heading of each kind to its first row below the best hits."""
    if len({row.kind for row in rows}) <= 1:
        return tuple(rows)
    headed = list(rows[:BEST])
    for before, row in zip([None, *rows[BEST:]], rows[BEST:], strict=False):
        begins = before is None or before.kind is not row.kind
        headed.append(replace(row, heading=directory_words.kind_heading(row.kind) * begins))
    return tuple(headed)


def _meta(
    entry: Entry,
    now_local: datetime,
    days: CityDays,
    unit_title: str,
    marker: Marker | None,
) -> tuple[MetaPart, ...]:
    match entry.details:
        case UnitDetails() as unit:
            state = opening(unit.hours, now_local, days.is_working_day, days.is_short_day)
            word, icon, role = directory_words.opening_text(state, now_local)
            address, phone = _address_part(unit.address, marker), _phone_part(unit.phones, marker)
            # An address that matches the query replaces a phone number that does not.
            reached = address if address and not any(part.marks for part in phone) else phone
            first, *others = _asked_first(MetaPart(icon, word, role), *reached)
            return (first, *_stale_mark(entry, now_local.date()), *others)
        case PersonDetails() as person:
            place = ", ".join(part for part in (person.post, unit_title) if part)
            marks = marker.in_text(place) if marker else ()
            post = (MetaPart("identification-card", place, "text-3", marks, is_whole=False),)
            phone = _phone_part(person.phones, marker)
            # A long position leaves no space after it.
            shown = _asked_first(*(post if place else ()), *phone)
            return (*_stale_mark(entry, now_local.date()), *shown)
        case _ if entry.checked_on is not None:
            checked = directory_words.checked_on(entry.checked_on)
            stale = _stale_part(entry, now_local.date())
            return stale or (MetaPart("calendar-check", checked, "text-3"),)
        case _:
            return ()


def _asked_first(*parts: MetaPart) -> tuple[MetaPart, ...]:
    return tuple(sorted(parts, key=lambda part: not part.marks))


def _phone_part(phones: Sequence[Phone], marker: Marker | None) -> tuple[MetaPart, ...]:
    """Returns the number that matches the query, otherwise the first one."""
    parts = []
    for phone in phones:
        for text in directory_words.phone_texts(phone):
            marks = marker.in_number(text) if marker else ()
            parts.append(MetaPart("phone", text, "text-3", marks))
    return _asked_first(*parts)[:1]


def _address_part(address: str, marker: Marker | None) -> tuple[MetaPart, ...]:
    marks = marker.in_text(address) if marker else ()
    return (MetaPart("map-pin", address, "text-3", marks, is_whole=False),) if marks else ()


def _stale_mark(entry: Entry, today: date) -> tuple[MetaPart, ...]:
    """Returns a short warning for outdated entries of bodies and officials, which have other
    details.
    """
    return tuple(
        replace(part, text=directory_words.stale_mark()) for part in _stale_part(entry, today)
    )


def _stale_part(entry: Entry, today: date) -> tuple[MetaPart, ...]:
    """Returns a warning if the last check of the entry is older than its kind allows."""
    if entry.checked_on is None or not is_stale(entry, today):
        return ()
    checked = directory_words.checked_on(entry.checked_on)
    return (MetaPart("warning-fill", directory_words.stale(checked), "warn"),)
