"""City settings as append-only edits: ordered days, calendar years, rules, and the current state.

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
    """Options that the regulation leaves to the city; the defaults follow ``requirements``.

    ``sending`` is the city's interpretation of 7.11: whether the day of sending counts.
    ``counts_regional_days`` counts regional holidays (Radonitsa) as days off in deadlines.
    ``turns_photos`` allows an operator to rotate a photo (6.7). ``obscene_words`` extend the
    built-in lists (6.3). The other fields belong to ``CityRules``.
    """

    sending: DayOfSending = DayOfSending.LEFT_OUT
    counts_regional_days: bool = False
    tells_of_registration: bool = True
    turns_photos: bool = False
    attachment_formats: frozenset[FileFormat] = ATTACHMENT_FORMATS
    obscene_words: WordLists = WordLists()

    @property
    def rules(self) -> CityRules:
        """Options used by message actions."""
        return CityRules(self.tells_of_registration, self.attachment_formats)


@dataclass(frozen=True, slots=True)
class DaysOrdered:
    """Change: an order declares days to be working days, short days or days off."""

    days: tuple[OrderedDay, ...]


@dataclass(frozen=True, slots=True)
class YearGiven:
    """Change: the calendar of a year, which replaces the previous one for that year."""

    year: CalendarYear


@dataclass(frozen=True, slots=True)
class SettingsChosen:
    """Change: new city settings."""

    settings: CitySettings


@dataclass(frozen=True, slots=True)
class LineChosen:
    """Change: new opening hours of the phone line, and the treatment of calls outside them (5.4).

    ``redirect_to`` is the number to which callers are redirected.
    """

    hours: LineHours
    act: ClosedAct = ClosedAct.RING
    redirect_to: str = ""


@dataclass(frozen=True, slots=True)
class RegulationsGiven:
    """Change: thematic regulations and technological maps, new ones or further versions
    (3.1-3.3).
    """

    regulations: tuple[ThematicRegulation, ...] = ()
    maps: tuple[TechnologicalMap, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """All regulations and maps."""
        return (*self.regulations, *self.maps)


@dataclass(frozen=True, slots=True)
class Revoked:
    """Change: an earlier edit is revoked; the edits that it overrode apply again."""

    edit_id: UUID


CityChange = DaysOrdered | YearGiven | SettingsChosen | LineChosen | RegulationsGiven | Revoked


@dataclass(frozen=True, slots=True)
class CityEdit:
    """One change confirmed by an operator, with the deadlines that it shifts.

    ``id`` is a UUIDv7, ``at`` is timezone-aware; ``document`` names the order and may be empty.
    """

    id: UUID
    change: CityChange
    reason: str
    document: str
    by: Person
    at: datetime
    moved: tuple[MovedTerm, ...] = ()


class EditProblem(StrEnum):
    """Reason why a city edit is rejected."""

    REASON_MISSING = "reason_missing"
    NO_DAYS = "no_days"
    NOTHING_CHANGES = "nothing_changes"
    UNKNOWN_EDIT = "unknown_edit"
    """The edit to be revoked does not exist, or is a revocation."""
    ALREADY_REVOKED = "already_revoked"
    WORD_IN_BOTH_LISTS = "word_in_both_lists"
    """A word cannot be both allowed and obscene."""
    NO_WORKING_DAYS = "no_working_days"
    """More than two months without a working day: deadlines would never end."""
    HOURS_OVERLAP = "hours_overlap"
    """Two intervals of opening hours on one day overlap."""
    HOURS_DAY_TWICE = "hours_day_twice"
    LINE_NEVER_OPEN = "line_never_open"
    NO_REDIRECT_NUMBER = "no_redirect_number"
    """Callers are redirected, but the number is missing."""
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
    """Two regulations of one topic, or two maps of one pair of topic and authority, would be valid
    on the same day.
    """


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
    """All city edits, the oldest first, and the settings that result from them."""

    edits: tuple[CityEdit, ...] = ()

    @property
    def revoked(self) -> frozenset[UUID]:
        """Ids of the revoked edits."""
        return frozenset(
            edit.change.edit_id for edit in self.edits if isinstance(edit.change, Revoked)
        )

    @property
    def in_force(self) -> tuple[CityEdit, ...]:
        """The edits that are not revoked, the oldest first, without the revocations."""
        revoked = self.revoked
        return tuple(
            edit
            for edit in self.edits
            if edit.id not in revoked and not isinstance(edit.change, Revoked)
        )

    @property
    def settings(self) -> CitySettings:
        """The current settings."""
        chosen = [edit.change for edit in self.in_force if isinstance(edit.change, SettingsChosen)]
        return chosen[-1].settings if chosen else CitySettings()

    @property
    def line(self) -> LineChosen | None:
        """The current opening hours and the treatment of calls outside them; None if the city has
        not set them.
        """
        edit = self.edit_of_line()
        return edit.change if edit and isinstance(edit.change, LineChosen) else None

    def edit_of_line(self) -> CityEdit | None:
        """Returns the edit that set the opening hours; None if there is none."""
        chosen = (edit for edit in reversed(self.in_force) if isinstance(edit.change, LineChosen))
        return next(chosen, None)

    def lines_between(
        self, start: datetime, end: datetime
    ) -> tuple[tuple[datetime, LineHours | None], ...]:
        """Returns the opening hours valid from ``start`` to ``end``, each with its start time."""
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
        """The latest version of each regulation and map, from edits that are not revoked
        (3.1-3.3).
        """
        newest: dict[tuple[type[Record], str], Record] = {}
        for edit in self.in_force:
            if isinstance(edit.change, RegulationsGiven):
                for one in edit.change.records:
                    key = (type(one), one.id)
                    newest.pop(key, None)
                    newest[key] = one
        return tuple(newest.values())

    def edit_of_record(self, record: Record) -> CityEdit | None:
        """Returns the edit with the latest version of this record; None if there is none."""
        for edit in reversed(self.in_force):
            if isinstance(edit.change, RegulationsGiven) and any(
                type(one) is type(record) and one.id == record.id for one in edit.change.records
            ):
                return edit
        return None

    def edit_of(self, day: date) -> CityEdit | None:
        """Returns the edit that determines the type of the day; None if no order concerns it."""
        for edit in reversed(self.in_force):
            if isinstance(edit.change, DaysOrdered) and any(
                ordered.day == day for ordered in edit.change.days
            ):
                return edit
        return None

    def edit_of_year(self, year: int) -> CityEdit | None:
        """Returns the edit that set the year's calendar; None if there is none."""
        for edit in reversed(self.in_force):
            if isinstance(edit.change, YearGiven) and edit.change.year.year == year:
                return edit
        return None

    def calendar(self, built_in: WorkingCalendar) -> WorkingCalendar:
        """Returns the city's working calendar: the built-in one with the edits applied.

        ``built_in`` contains the regional days off; they are removed if the city does not count
        them.
        """
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
        """Returns the city with a further edit."""
        return City((*self.edits, edit))


def right_for(change: CityChange) -> Action:
    """Returns the permission required to make the change."""
    is_rule = isinstance(change, SettingsChosen | LineChosen)
    return Action.CONFIGURE if is_rule else Action.EDIT_CALENDAR


def problem_of(city: City, edit: CityEdit, built_in: WorkingCalendar) -> EditProblem | None:
    """Returns why the edit is rejected, or None."""
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
    """Whether the text is a number to which the PBX can redirect: 1 to 15 digits, optionally after
    a plus.
    """
    digits = text.removeprefix("+")
    return digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER


def _with_reason(days: tuple[OrderedDay, ...], reason: str) -> Iterator[OrderedDay]:
    """Yields the days; those without their own reason get the reason of the edit."""
    return (each if each.reason else replace(each, reason=reason) for each in days)
