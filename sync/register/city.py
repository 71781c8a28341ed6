"""City settings as append-only edits: ordered days, calendar years, rules; the state they give.

An incorrect edit is revoked by a further edit, never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from sync.register.calendar.calendar import CalendarYear, OrderedDay, WorkingCalendar
from sync.register.calendar.line_hours import ClosedAct, HoursProblem, LineHours, hours_problem
from sync.register.calendar.terms import (
    CalendarWithoutWorkingDays,
    DayOfSending,
    next_working_day,
)
from sync.register.checks.obscene import WordLists
from sync.register.checks.photo_formats import FileFormat
from sync.register.handling.answers import ATTACHMENT_FORMATS
from sync.register.handling.clocks import MovedTerm
from sync.register.handling.needs import CityRules
from sync.register.people.operators import Action, Person
from sync.register.thematic import (
    Record,
    RecordProblem,
    TechnologicalMap,
    ThematicRegulation,
    overlapping,
    problem_of_records,
)

LONGEST_NUMBER = 15  # digits (ITU-T E.164)


@dataclass(frozen=True, slots=True)
class CitySettings:
    """What the regulation leaves to the city, at first as ``requirements`` reads it.

    ``sending`` is the reading of 7.11. ``counts_regional_days`` makes the region's own days off
    (Radonitsa) days off of the terms. ``turns_photos`` lets an operator turn a photo upright
    (6.7). ``obscene_words`` are the city's own beside the program's (6.3). The rest is of
    ``CityRules``.
    """

    sending: DayOfSending = DayOfSending.LEFT_OUT
    counts_regional_days: bool = False
    tells_of_registration: bool = True
    turns_photos: bool = False
    attachment_formats: frozenset[FileFormat] = ATTACHMENT_FORMATS
    obscene_words: WordLists = WordLists()

    @property
    def rules(self) -> CityRules:
        """What the steps of a message ask of it."""
        return CityRules(self.tells_of_registration, self.attachment_formats)


@dataclass(frozen=True, slots=True)
class DaysOrdered:
    """Days that an order makes working, short or days off."""

    days: tuple[OrderedDay, ...]


@dataclass(frozen=True, slots=True)
class YearGiven:
    """The moved days of a year in place of what was known of it."""

    year: CalendarYear


@dataclass(frozen=True, slots=True)
class SettingsChosen:
    """The city's rules from now on."""

    settings: CitySettings


@dataclass(frozen=True, slots=True)
class LineChosen:
    """The hours of the line from now on, and what becomes of calls out of them (5.4).

    ``redirect_to`` is the number that callers are sent to.
    """

    hours: LineHours
    act: ClosedAct = ClosedAct.RING
    redirect_to: str = ""


@dataclass(frozen=True, slots=True)
class RegulationsGiven:
    """Thematic regulations and technological maps, new ones or next editions (3.1-3.3)."""

    regulations: tuple[ThematicRegulation, ...] = ()
    maps: tuple[TechnologicalMap, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """All of them."""
        return (*self.regulations, *self.maps)


@dataclass(frozen=True, slots=True)
class Revoked:
    """An earlier edit counts no more; what it stood above counts again."""

    edit_id: UUID


CityChange = DaysOrdered | YearGiven | SettingsChosen | LineChosen | RegulationsGiven | Revoked


@dataclass(frozen=True, slots=True)
class CityEdit:
    """One change that a person confirmed, with the terms that he saw it move.

    ``id`` is a UUIDv7, ``at`` is aware; ``document`` names the order and may be empty.
    """

    id: UUID
    change: CityChange
    reason: str
    document: str
    by: Person
    at: datetime
    moved: tuple[MovedTerm, ...] = ()


class EditProblem(StrEnum):
    """Why an edit is not taken."""

    REASON_MISSING = "reason_missing"
    NO_DAYS = "no_days"
    NOTHING_CHANGES = "nothing_changes"
    UNKNOWN_EDIT = "unknown_edit"
    """The one to be revoked is not there, or is a revocation itself."""
    ALREADY_REVOKED = "already_revoked"
    WORD_IN_BOTH_LISTS = "word_in_both_lists"
    """A word cannot be allowed and obscene."""
    NO_WORKING_DAYS = "no_working_days"
    """Two months and more without one: terms would never end."""
    HOURS_OVERLAP = "hours_overlap"
    """One interval of a day begins before another one ends."""
    HOURS_DAY_TWICE = "hours_day_twice"
    LINE_NEVER_OPEN = "line_never_open"
    NO_REDIRECT_NUMBER = "no_redirect_number"
    """Callers are to be sent on, and it is not said where to."""
    NO_RECORDS = "no_records"
    """Neither a regulation nor a map was given."""
    RECORD_NUMBER_MISSING = "record_number_missing"
    RECORD_APPROVAL_MISSING = "record_approval_missing"
    RECORD_ENDS_BEFORE = "record_ends_before"
    RECORD_WITHOUT_TOPIC = "record_without_topic"
    RECORD_WITHOUT_BODY = "record_without_body"
    RECORD_TERM_TOO_SHORT = "record_term_too_short"
    RECORD_WITHOUT_FILE = "record_without_file"
    RECORD_TWICE = "record_twice"
    REGULATIONS_OVERLAP = "regulations_overlap"
    """Two regulations of one topic, or two maps of one pair, would be in force on one day."""


_RECORD_PROBLEMS = {
    RecordProblem.NUMBER_MISSING: EditProblem.RECORD_NUMBER_MISSING,
    RecordProblem.APPROVAL_MISSING: EditProblem.RECORD_APPROVAL_MISSING,
    RecordProblem.ENDS_BEFORE: EditProblem.RECORD_ENDS_BEFORE,
    RecordProblem.NO_TOPIC: EditProblem.RECORD_WITHOUT_TOPIC,
    RecordProblem.BODY_MISSING: EditProblem.RECORD_WITHOUT_BODY,
    RecordProblem.TERM_TOO_SHORT: EditProblem.RECORD_TERM_TOO_SHORT,
    RecordProblem.FILE_MISSING: EditProblem.RECORD_WITHOUT_FILE,
    RecordProblem.ID_TWICE: EditProblem.RECORD_TWICE,
}
_HOURS_PROBLEMS = {
    HoursProblem.OVERLAP: EditProblem.HOURS_OVERLAP,
    HoursProblem.DAY_TWICE: EditProblem.HOURS_DAY_TWICE,
    HoursProblem.NEVER_OPEN: EditProblem.LINE_NEVER_OPEN,
}


@dataclass(frozen=True, slots=True)
class City:
    """All edits, the oldest first, and what they come to."""

    edits: tuple[CityEdit, ...] = ()

    @property
    def revoked(self) -> frozenset[UUID]:
        """The edits that count no more."""
        return frozenset(
            edit.change.edit_id for edit in self.edits if isinstance(edit.change, Revoked)
        )

    @property
    def in_force(self) -> tuple[CityEdit, ...]:
        """The edits that count, the oldest first."""
        revoked = self.revoked
        return tuple(
            edit
            for edit in self.edits
            if edit.id not in revoked and not isinstance(edit.change, Revoked)
        )

    @property
    def settings(self) -> CitySettings:
        """The city's rules as they are now."""
        chosen = [edit.change for edit in self.in_force if isinstance(edit.change, SettingsChosen)]
        return chosen[-1].settings if chosen else CitySettings()

    @property
    def line(self) -> LineChosen | None:
        """What holds of the line; None until the city has chosen it."""
        edit = self.edit_of_line()
        return edit.change if edit and isinstance(edit.change, LineChosen) else None

    def edit_of_line(self) -> CityEdit | None:
        """The edit that gave the hours of the line; None where no one has."""
        chosen = (edit for edit in reversed(self.in_force) if isinstance(edit.change, LineChosen))
        return next(chosen, None)

    def lines_between(
        self, start: datetime, end: datetime
    ) -> tuple[tuple[datetime, LineHours | None], ...]:
        """The hours that were in force from ``start`` up to ``end``, each with its beginning."""
        changes = (edit for edit in self.edits if isinstance(edit.change, LineChosen | Revoked))
        moments = [start, *sorted(edit.at for edit in changes if start < edit.at < end)]
        found: list[tuple[datetime, LineHours | None]] = []
        for moment in moments:
            chosen = City(tuple(edit for edit in self.edits if edit.at <= moment)).line
            line = None if chosen is None else chosen.hours
            if not found or found[-1][1] != line:
                found.append((moment, line))
        return tuple(found)

    @property
    def records(self) -> tuple[Record, ...]:
        """The newest edition of each regulation and map that is not revoked (3.1-3.3)."""
        newest: dict[tuple[type[Record], str], Record] = {}
        for edit in self.in_force:
            if isinstance(edit.change, RegulationsGiven):
                for one in edit.change.records:
                    key = (type(one), one.id)
                    newest.pop(key, None)
                    newest[key] = one
        return tuple(newest.values())

    def edit_of_record(self, record: Record) -> CityEdit | None:
        """The edit that gave the newest edition of a record with its id; None where none has."""
        for edit in reversed(self.in_force):
            if isinstance(edit.change, RegulationsGiven) and any(
                type(one) is type(record) and one.id == record.id for one in edit.change.records
            ):
                return edit
        return None

    def edit_of(self, day: date) -> CityEdit | None:
        """The edit that makes the day what it is; None where no order does."""
        for edit in reversed(self.in_force):
            if isinstance(edit.change, DaysOrdered) and any(
                ordered.day == day for ordered in edit.change.days
            ):
                return edit
        return None

    def edit_of_year(self, year: int) -> CityEdit | None:
        """The edit that gave the moved days of the year; None where no one has."""
        for edit in reversed(self.in_force):
            if isinstance(edit.change, YearGiven) and edit.change.year.year == year:
                return edit
        return None

    def calendar(self, built_in: WorkingCalendar) -> WorkingCalendar:
        """The calendar the city lives by; ``built_in`` has the days off of the region."""
        calendar = built_in
        if not self.settings.counts_regional_days:
            calendar = replace(calendar, regional_days_off=frozenset())
        for edit in self.in_force:
            match edit.change:
                case DaysOrdered(days):
                    calendar = calendar.with_orders(_with_reason(days, edit.reason))
                case YearGiven(year):
                    calendar = calendar.with_year(year)
                case _:
                    pass
        return calendar

    def with_edit(self, edit: CityEdit) -> City:
        """The city after one more edit."""
        return City((*self.edits, edit))


def right_for(change: CityChange) -> Action:
    """What a person must be allowed to make the change."""
    is_rule = isinstance(change, SettingsChosen | LineChosen)
    return Action.CONFIGURE if is_rule else Action.EDIT_CALENDAR


def problem_of(city: City, edit: CityEdit, built_in: WorkingCalendar) -> EditProblem | None:
    """Why the edit cannot be taken, or None."""
    if not edit.reason.strip():
        return EditProblem.REASON_MISSING
    problem = _problem_of_change(city, edit.change)
    if problem is not None:
        return problem
    changed = city.with_edit(edit)
    calendar = changed.calendar(built_in)
    before = (city.calendar(built_in), city.settings, city.line, city.records)
    if (calendar, changed.settings, changed.line, changed.records) == before:
        return EditProblem.NOTHING_CHANGES
    if overlapping(changed.records) - overlapping(city.records):
        return EditProblem.REGULATIONS_OVERLAP
    try:
        for ordered in calendar.ordered_days:
            next_working_day(ordered, calendar)
    except CalendarWithoutWorkingDays:
        return EditProblem.NO_WORKING_DAYS
    return None


def _problem_of_change(city: City, change: CityChange) -> EditProblem | None:
    match change:
        case DaysOrdered(days):
            return None if days else EditProblem.NO_DAYS
        case Revoked(edit_id):
            known = {edit.id for edit in city.edits if not isinstance(edit.change, Revoked)}
            if edit_id not in known:
                return EditProblem.UNKNOWN_EDIT
            return EditProblem.ALREADY_REVOKED if edit_id in city.revoked else None
        case SettingsChosen(settings):
            lists = settings.obscene_words
            return EditProblem.WORD_IN_BOTH_LISTS if lists.allowed & lists.denied else None
        case LineChosen(hours, act, redirect_to):
            problem = hours_problem(hours)
            if problem is not None:
                return _HOURS_PROBLEMS[problem]
            lacks_number = act is ClosedAct.REDIRECT and not _is_number(redirect_to)
            return EditProblem.NO_REDIRECT_NUMBER if lacks_number else None
        case RegulationsGiven():
            if not change.records:
                return EditProblem.NO_RECORDS
            wrong = problem_of_records(change.records)
            return None if wrong is None else _RECORD_PROBLEMS[wrong]
        case YearGiven():
            return None
        case _ as unreachable:
            assert_never(unreachable)


def _is_number(text: str) -> bool:
    """Whether a telephone can be asked to send a caller there: digits, perhaps with a plus."""
    digits = text.removeprefix("+")
    return digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER


def _with_reason(days: tuple[OrderedDay, ...], reason: str) -> Iterator[OrderedDay]:
    """The days, those that no file gave a reason of their own with the edit's one."""
    return (each if each.reason else replace(each, reason=reason) for each in days)
