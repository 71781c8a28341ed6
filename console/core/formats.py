"""Display formats: dates, times, numbers, phone numbers, person names and counted phrases.

The local area code for phone numbers, ``HOME_AREA``, is set once at start.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject

from console.core.default_keys import Key
from console.core.keymap import with_keys
from sync.register.calendar.line_hours import DAYS_OF_WEEK, Intervals, LineHours
from sync.register.people.phones import display_phone


class HomeArea:
    """Local area code, set once at start from the settings. GUI thread only."""

    def __init__(self) -> None:
        self.code = ""  # empty until set: no number is local


HOME_AREA = HomeArea()


NO_VALUE = "—"
HOUR_MIN, DAY_MIN = 60, 24 * 60
WORDS_PER_SECOND = 2.3  # pace of a calm voice on the phone


class Counted(QObject):
    """Translated phrases with a number.

    A class is needed because Qt's tools find plural forms only in ``self.tr``.
    """

    def calls_listed(self, count: int) -> str:
        return self.tr("%n call(s)", "", count)

    def records_found(self, count: int) -> str:
        return self.tr("%n record(s) found", "", count)

    def calls_exported(self, count: int) -> str:
        return self.tr("%n call(s) exported", "", count)

    def wrap_up_ends(self, seconds: int) -> str:
        return self.tr("Wrap-up ends in %n second(s)", "", seconds)

    def calls_waiting(self, count: int) -> str:
        return self.tr("%n more call(s) waiting", "", count)

    def calls_due(self, count: int) -> str:
        return self.tr("%n call(s) due now", "", count)

    def wait_for_you(self, count: int) -> str:
        return self.tr("%n waiting for you", "", count)

    def further_messages(self, count: int) -> str:
        return self.tr("%n more open message(s)", "", count)

    def further_calls(self, count: int) -> str:
        return self.tr("%n more previous call(s)", "", count)

    def one_of_people(self, count: int) -> str:
        return self.tr("Possibly %1; %n people use this number", "", count)

    def records_of_person(self, count: int) -> str:
        return self.tr("%n record(s)", "", count)

    def unsent(self, count: int) -> str:
        return self.tr("%n unsent", "", count)

    def oldest(self, minutes: int) -> str:
        """Returns the age of the oldest item in days, hours or minutes: the largest unit of which
        at least one is complete.
        """
        if minutes < HOUR_MIN:
            return self.tr("oldest %n min", "", minutes)
        if minutes < DAY_MIN:
            return self.tr("oldest %n h", "", minutes // HOUR_MIN)
        return self.tr("oldest %n day(s)", "", minutes // DAY_MIN)

    def refused(self, count: int) -> str:
        return self.tr("%n record(s) rejected by the database", "", count)

    def will_go(self, count: int) -> str:
        return self.tr("%n unsent record(s) will be sent automatically.", "", count)

    def password_characters(self, count: int) -> str:
        return self.tr("The password needs at least %n character(s)", "", count)

    def try_again(self, seconds: int) -> str:
        return self.tr("try again in %n second(s)", "", seconds)

    def working_days(self, count: int) -> str:
        return self.tr("%n working day(s)", "", count)

    def calendar_days(self, count: int) -> str:
        return self.tr("%n calendar day(s)", "", count)

    def ago(self, minutes: int) -> str:
        """Returns an age in days, hours or minutes: the largest unit of which at least one is
        complete.
        """
        if minutes < HOUR_MIN:
            return self.tr("%n min ago", "", minutes)
        if minutes < DAY_MIN:
            return self.tr("%n h ago", "", minutes // HOUR_MIN)
        return self.tr("%n day(s) ago", "", minutes // DAY_MIN)

    def troubles(self, count: int) -> str:
        return self.tr("%n item(s) need attention: see below.", "", count)

    def times(self, count: int) -> str:
        return self.tr("%n time(s)", "", count)

    def days_over(self, count: int) -> str:
        return self.tr("%n day(s) overdue", "", count)

    def seconds_aloud(self, seconds: int) -> str:
        return self.tr("%n second(s) spoken", "", seconds)

    def words(self, count: int) -> str:
        return self.tr("%n word(s)", "", count)

    def good_to(self, seconds: int) -> str:
        return self.tr("up to %n second(s) — good", "", seconds)

    def too_long(self, seconds: int) -> str:
        return self.tr("longer than %n second(s): shorten it", "", seconds)

    def entries_wait(self, count: int) -> str:
        return with_keys(
            self.tr("%n unsent entry(ies): open and press Ctrl+Enter", "", count), Key.SAVE
        )

    def calls_about(self, count: int) -> str:
        return self.tr("%n call(s) about this", "", count)

    def photos(self, count: int) -> str:
        return self.tr("%n photo(s)", "", count)

    def calls_told(self, count: int) -> str:
        return self.tr("%n call(s) informed", "", count)

    def callers(self, count: int) -> str:
        return self.tr("%n caller(s)", "", count)

    def callers_within(self, count: int) -> str:
        return self.tr("%n caller(s) in %1 min about the same issue", "", count)

    def incidents_on(self, count: int) -> str:
        return self.tr("%n active incident(s)", "", count)

    def further_incidents(self, count: int) -> str:
        return self.tr("%n more incident(s)", "", count)

    def missing(self, count: int) -> str:
        return self.tr("%n missing", "", count)

    def hints(self, count: int) -> str:
        return self.tr("%n hint(s)", "", count)

    def reworks(self, count: int) -> str:
        return self.tr("Sent for rework %n time(s)", "", count)

    def larger_than(self, megabytes: int) -> str:
        return self.tr("It is larger than %n MB.", "", megabytes)

    def most_files(self, count: int) -> str:
        return self.tr("You can attach up to %n file(s) to an answer.", "", count)

    def digits_missing(self, count: int) -> str:
        return self.tr("Message number: %n more digit(s) needed", "", count)

    def digits_too_many(self, count: int) -> str:
        return self.tr("Message number: %n digit(s) too many", "", count)

    def messages_of_phone(self, count: int) -> str:
        return self.tr("%n message(s) from this phone", "", count)

    def out_of_hours_apart(self, count: int) -> str:
        return self.tr("plus %n out of hours", "", count)

    def under_review(self, count: int) -> str:
        return self.tr("%n under review", "", count)

    def missed_handled(self, count: int) -> str:
        return self.tr("%n missed call(s) handled", "", count)

    def further_lines(self, count: int) -> str:
        return self.tr("and %n more", "", count)

    def messages(self, count: int) -> str:
        return self.tr("%n message(s)", "", count)


def date_text(day: date) -> str:
    # Lists call this thousands of times. strftime takes seven times as long, because it imports on
    # each call, through PySide's import hook.
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def day_words(day: date, pattern: str) -> str:
    """Formats a day by a QLocale pattern, with day and month names of the window language."""
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def time_text(at_local: datetime) -> str:
    return f"{at_local.hour:02}:{at_local.minute:02}"


def date_and_time(at_local: datetime) -> str:
    return f"{date_text(at_local.date())} {time_text(at_local)}"


def moment(at_local: datetime, now_local: datetime) -> str:
    """Returns the time of day, preceded by the date if it is not the date of ``now_local``."""
    if at_local.date() == now_local.date():
        return time_text(at_local)
    return date_and_time(at_local)


def since(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Returns the start time of a state in the time zone, with the date if it is not today."""
    return moment(at.astimezone(zone), now.astimezone(zone))


def duration_text(seconds: float | None) -> str:
    """Returns a duration as minutes and seconds, with hours if needed; a dash for None."""
    if seconds is None:
        return NO_VALUE
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def phone_text(number: str) -> str:
    """Formats a number as ``+7 (900) 555-01-37``; other text is returned unchanged.

    A local number is shown with the code of the local area, as in the directory. An extension
    (``;ext=12``, RFC 3966) is appended as text.
    """
    extension = QCoreApplication.translate("Words", "ext. %1")
    return display_phone(number, HOME_AREA.code, extension)


def speaking_seconds(text: str) -> int:
    """Returns the seconds needed to read the text aloud, rounded, at least 1."""
    return max(1, round(len(text.split()) / WORDS_PER_SECOND))


def with_time(text: str, at: datetime | None) -> str:
    return text.replace("%1", NO_VALUE if at is None else time_text(at))


def short_name(name: str) -> str:
    """Returns surname and initials for a full name in the order surname, first name, patronymic."""
    parts = name.split()
    if len(parts) < 2:
        return name
    return f"{parts[0]} " + " ".join(f"{part[0]}." for part in parts[1:3])


def first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0]


def period_text(first: date, last: date) -> str:
    if first == last:
        day = day_words(first, "dddd, d MMMM yyyy")
        return day[:1].upper() + day[1:]
    text = QCoreApplication.translate("Words", "From %1 to %2")
    return text.replace("%1", date_text(first)).replace("%2", date_text(last))


def day_text(day: date) -> str:
    return f"{date_text(day)}, {day_words(day, 'ddd')}"


def number_text(value: float) -> str:
    """Formats a number with one decimal digit and the decimal separator of the window language."""
    return f"{value:.1f}".replace(".", QLocale().decimalPoint())


def percent_text(share: float | None) -> str:
    if share is None:
        return NO_VALUE
    return f"{number_text(share * 100)} %"


def hours_text(intervals: Intervals) -> str:
    """Returns the opening hours of one day with the breaks between them: «08:00–20:00, перерыв
    12:00–13:00».
    """
    if not intervals:
        return QCoreApplication.translate("Words", "closed", "hours of a day")
    pause = QCoreApplication.translate("Words", "break %1")
    first, last = intervals[0], intervals[-1]
    breaks = (
        pause.replace("%1", _span_text(before.closes, after.opens))
        for before, after in pairwise(intervals)
    )
    return ", ".join((_span_text(first.opens, last.closes), *breaks))


def _span_text(start: time, end: time) -> str:
    until = "24:00" if end == time() else f"{end:%H:%M}"
    return f"{start:%H:%M}–{until}"


def line_hours_text(hours: LineHours, first: date, last: date) -> str:
    """Returns the weekly opening hours of the phone line (5.4), and its exceptions from ``first``
    to ``last``.
    """
    groups: dict[Intervals, list[int]] = {}
    for weekday, intervals in enumerate(hours.week):
        if intervals:
            groups.setdefault(intervals, []).append(weekday)
    week = (f"{_weekdays_text(days)} {hours_text(each)}" for each, days in groups.items())
    single = (
        f"{date_text(one.day)} {hours_text(one.hours)}"
        for one in hours.single_days
        if first <= one.day <= last
    )
    return "; ".join((*week, *single)) or QCoreApplication.translate("Words", "no days")


def _weekdays_text(days: Sequence[int]) -> str:
    """Returns weekday names with consecutive days joined: «пн–ср, пт»."""
    if len(days) == DAYS_OF_WEEK:
        return QCoreApplication.translate("Words", "every day")
    spans: list[list[int]] = []
    for day in days:
        if spans and spans[-1][-1] == day - 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    return ", ".join(
        "–".join(_short_day(day) for day in dict.fromkeys((span[0], span[-1]))) for span in spans
    )


def _short_day(weekday: int) -> str:
    return QLocale().dayName(weekday + 1, QLocale.FormatType.ShortFormat)
