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
    """The numbers of a unit or an official."""
    match entry.details:
        case UnitDetails(phones=phones) | PersonDetails(phones=phones):
            return phones
        case _:
            return ()


BEST = 3  # stand first whatever their kinds: the right answer is nearly always among them
SHOWN_HITS = 9  # as many as there are digit keys


def in_order(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The best hits as the search ranks them, then the others by kind, the better kind first."""
    best, others = hits[:BEST], hits[BEST:]
    kinds = list(dict.fromkeys(hit.kind for hit in others))
    return (*best, *sorted(others, key=lambda hit: kinds.index(hit.kind)))


def around(held: Hit, place: int, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits in order, but the held one in this place, whether they have it or not."""
    newest = next((hit for hit in hits if hit.entry_id == held.entry_id), held)
    others = in_order([hit for hit in hits if hit.entry_id != held.entry_id])
    return (*others[:place], newest, *others[place:])[:SHOWN_HITS]


def is_new_search(before: str, typed: str) -> bool:
    """Whether the text was replaced, not written on or mended: a search of its own begins."""
    start = len(commonprefix([before, typed]))
    shorter = min(len(before), len(typed))
    end = len(commonprefix([before[start:][::-1], typed[start:][::-1]]))
    return len(typed) <= 1 or 2 * (start + end) < shorter


@dataclass(frozen=True, slots=True)
class MetaPart:
    """One remark under a hit's title: icon, words, colour role and the ranges asked for.

    What is not ``is_whole`` may be cut short; a number, a time or a warning is shown whole or not.
    """

    icon: str
    text: str
    role: str
    marks: Marks = ()
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class HitRow:
    """One row of the results: digit of its key, title with marked ranges, kind and remarks.

    With a ``heading`` the row is the first of its kind below the best ones.
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
    """What the production calendar says of a day; both may be called from any thread."""

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
    """The row of a hit at a moment of the city's time.

    ``unit_title`` is an official's unit; the marker tells what was asked for.
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
    """The id of the unit at which an official works; empty for any other entry."""
    return entry.details.unit if isinstance(entry.details, PersonDetails) else ""


def with_headings(rows: Sequence[HitRow]) -> tuple[HitRow, ...]:
    """The rows with the name of each kind above its first one below the best."""
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
            # Where it was the address that was asked for, it has the room of a number that was not.
            reached = address if address and not any(part.marks for part in phone) else phone
            first, *others = _asked_first(MetaPart(icon, word, role), *reached)
            return (first, *_stale_mark(entry, now_local.date()), *others)
        case PersonDetails() as person:
            place = ", ".join(part for part in (person.post, unit_title) if part)
            marks = marker.in_text(place) if marker else ()
            post = (MetaPart("identification-card", place, "text-3", marks, is_whole=False),)
            phone = _phone_part(person.phones, marker)
            # A long post leaves no room behind it.
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
    """The number that was asked for, else the first."""
    parts = []
    for phone in phones:
        for text in directory_words.phone_texts(phone):
            marks = marker.in_number(text) if marker else ()
            parts.append(MetaPart("phone", text, "text-3", marks))
    return _asked_first(*parts)[:1]


def _address_part(address: str, marker: Marker | None) -> tuple[MetaPart, ...]:
    """The address where it was asked for."""
    marks = marker.in_text(address) if marker else ()
    return (MetaPart("map-pin", address, "text-3", marks, is_whole=False),) if marks else ()


def _stale_mark(entry: Entry, today: date) -> tuple[MetaPart, ...]:
    """The same in a word, beside what else is to be seen of a body or an official."""
    return tuple(
        replace(part, text=directory_words.stale_mark()) for part in _stale_part(entry, today)
    )


def _stale_part(entry: Entry, today: date) -> tuple[MetaPart, ...]:
    """A warning where the entry was not checked for longer than its kind may go."""
    if entry.checked_on is None or not is_stale(entry, today):
        return ()
    checked = directory_words.checked_on(entry.checked_on)
    return (MetaPart("warning-fill", directory_words.stale(checked), "warn"),)
