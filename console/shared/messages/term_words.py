"""Display texts of deadlines and their reasons; numbers and dates spelled out for reading aloud.

Spelled-out texts exist in Russian only. Review deadlines follow Regulation 7.11.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import assert_never

from PySide6.QtCore import QCoreApplication, QObject

from console.core.formats import Counted, date_text, day_words
from sync.register.calendar.calendar import DayKind, WorkingCalendar
from sync.register.calendar.terms import DayOfSending, DaysOf, ReviewTerm
from sync.register.handling.answers import AnswerTerm, AnswerTermRule, RuleSource
from sync.register.numbering import RegistrationNumber

_ONES = (
    *("ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
    *("десять", "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать"),
    *("шестнадцать", "семнадцать", "восемнадцать", "девятнадцать"),
)
_TENS = (
    *("", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят"),
    *("восемьдесят", "девяносто"),
)
_HUNDREDS = (
    *("", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот"),
    "девятьсот",
)
_DAY_LINES = """
первого второго третьего четвёртого пятого шестого седьмого восьмого девятого десятого одиннадцатого
двенадцатого тринадцатого четырнадцатого пятнадцатого шестнадцатого семнадцатого восемнадцатого
девятнадцатого двадцатого
"""
_OF_DAY = ("", *_DAY_LINES.split())
_TO_WEEKDAY = (
    *("понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья"),
)
_OF_MONTH = (
    *("", "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября"),
    *("октября", "ноября", "декабря"),
)


def number_aloud(number: RegistrationNumber) -> str:
    """Registration number in groups of two and three digits with all zeros spoken.

    «двадцать шесть одиннадцать, ноль четыре семнадцать, ноль ноль, сто восемьдесят восемь, один»
    """
    counter = f"{number.counter:05d}"
    groups = (
        f"{_digits(number.period[:2])} {_digits(number.period[2:])}",
        f"{_digits(number.station[:2])} {_digits(number.station[2:])}",
        _digits(counter[:2]),
        _digits(counter[2:]),
        _digits(str(number.check)),
    )
    return ", ".join(groups)


def until_aloud(day: date) -> str:
    """«до четверга, двадцать шестого ноября»."""
    return f"до {_TO_WEEKDAY[day.weekday()]}, {_of_day(day.day)} {_OF_MONTH[day.month]}"


def _digits(digits: str) -> str:
    """Dictated group of digits: leading zeros one by one, then the number."""
    rest = digits.lstrip("0")
    zeros = ["ноль"] * (len(digits) - len(rest))
    return " ".join([*zeros, *([_number(int(rest))] if rest else [])])


def _number(number: int) -> str:
    """A number from 1 to 999."""
    hundreds, rest = divmod(number, 100)
    words = [_HUNDREDS[hundreds]]
    if rest >= len(_ONES):
        tens, rest = divmod(rest, 10)
        words.append(_TENS[tens])
    if rest:
        words.append(_ONES[rest])
    return " ".join(word for word in words if word)


def _of_day(day: int) -> str:
    if day < len(_OF_DAY):
        return _OF_DAY[day]
    if day == 30:
        return "тридцатого"
    tens, ones = divmod(day, 10)
    return f"{_TENS[tens]} {_OF_DAY[ones]}"


_ONE_DAY = timedelta(days=1)


class Left(QObject):
    """Remaining time with its number."""

    def working_days(self, count: int) -> str:
        return self.tr("%n working day(s) left", "", count)

    def calendar_days(self, count: int) -> str:
        return self.tr("%n calendar day(s) left", "", count)


def day_text(day: date) -> str:
    """Weekday and date: «чт 26.11.2026»."""
    return f"{day_words(day, 'ddd')} {date_text(day)}"


def until(day: date) -> str:
    return QCoreApplication.translate("Words", "until %1").replace("%1", day_text(day))


def short_until(day: date, today: date) -> str:
    """Short date for a narrow row; the year is added if it is not the current one."""
    if day == today:
        return QCoreApplication.translate("Words", "today")
    pattern = "ddd dd.MM" if day.year == today.year else "ddd dd.MM.yyyy"
    return day_words(day, pattern)


def left(days: int, of: DaysOf) -> str:
    if days == 0:
        return QCoreApplication.translate("Words", "the last day")
    counted = Left()
    return counted.working_days(days) if of is DaysOf.WORKING else counted.calendar_days(days)


def over(days: int) -> str:
    return Counted().days_over(days)


def not_set() -> str:
    return QCoreApplication.translate("Words", "no term set")


def why_not_set() -> tuple[str, ...]:
    return (
        QCoreApplication.translate(
            "Words",
            "Neither the category nor its topic has an answer term in the directory (3.1–3.3).",
        ),
    )


def why_planned(day: date) -> tuple[str, ...]:
    text = QCoreApplication.translate(
        "Words",
        "The answer promised measures by %1. On that day the authority is reminded and "
        "the message reopens (9.6).",
    )
    return (text.replace("%1", day_text(day)),)


def planned_until(day: date) -> str:
    return QCoreApplication.translate("Words", "promised by %1").replace("%1", day_text(day))


def kind_of_day(kind: DayKind) -> str:
    match kind:
        case DayKind.WORKING:
            return QCoreApplication.translate("Words", "working day")
        case DayKind.SHORT:
            return QCoreApplication.translate("Words", "short day")
        case DayKind.WORKING_WEEKEND:
            return QCoreApplication.translate("Words", "working weekend day")
        case DayKind.WEEKEND:
            return QCoreApplication.translate("Words", "weekend")
        case DayKind.HOLIDAY:
            return QCoreApplication.translate("Words", "holiday")
        case DayKind.MOVED_DAY_OFF:
            return QCoreApplication.translate("Words", "moved day off")
        case DayKind.REGIONAL_HOLIDAY:
            return QCoreApplication.translate("Words", "regional day off")
        case DayKind.CITY_DAY_OFF:
            return QCoreApplication.translate("Words", "day off by order")
        case DayKind.CITY_WORKING_DAY:
            return QCoreApplication.translate("Words", "working day by order")


def why_review(
    term: ReviewTerm, sending: DayOfSending, calendar: WorkingCalendar
) -> tuple[str, ...]:
    """Explains the review deadline, one sentence each; both interpretations of clause 7.11."""
    # Includes days before the counted submission day, because they explain its choice.
    skipped = (
        each.day
        for each in term.days
        if each.day > term.sent_on and each.day != term.moment_day and not each.number
    )
    return (
        _sent(term, calendar),
        _counted(term, sending),
        *_left_out(skipped, calendar),
        _other_reading(term, sending),
        *_doubts(term.sent_on, term.due, calendar),
    )


def why_answer(
    term: AnswerTerm, calendar: WorkingCalendar, name: Callable[[str], str]
) -> tuple[str, ...]:
    """Explains the answer deadline, one sentence each; `name` returns the title of a
    directory key.
    """
    rule = term.rule
    counted = Counted()
    working = rule.days_of is DaysOf.WORKING
    days = counted.working_days(rule.days) if working else counted.calendar_days(rule.days)
    head = QCoreApplication.translate("Words", "Answer term: %1, %2 (3.1–3.3).")
    start = QCoreApplication.translate("Words", "It starts the day after %1.")
    return (
        head.replace("%1", days).replace("%2", _scope(rule, name)),
        *_document(rule, name),
        start.replace("%1", day_text(term.start)),
        *(_holidays(term, calendar) if working else _last_day_moved(term, calendar)),
        *_doubts(term.start, term.due, calendar),
    )


def _sent(term: ReviewTerm, calendar: WorkingCalendar) -> str:
    if term.moment_day == term.sent_on:
        text = QCoreApplication.translate("Words", "Sent on %1, a working day.")
        return text.replace("%1", day_text(term.sent_on))
    text = QCoreApplication.translate(
        "Words", "Sent on %1 — %2. Counts as sent on the next working day, %3 (7.12)."
    )
    return (
        text.replace("%1", day_text(term.sent_on))
        .replace("%2", _reason(term.sent_on, calendar))
        .replace("%3", day_text(term.moment_day))
    )


def _counted(term: ReviewTerm, sending: DayOfSending) -> str:
    if sending is DayOfSending.COUNTED:
        text = QCoreApplication.translate(
            "Words", "At most two working days, including the day of sending: %1 and %2 (7.11)."
        )
        first, second = term.moment_day, term.due_strict
    else:
        text = QCoreApplication.translate(
            "Words",
            "At most two working days after the day of sending: %1 and %2 (7.11).",
        )
        first, second = term.due_strict, term.due
    return text.replace("%1", day_text(first)).replace("%2", day_text(second))


def _other_reading(term: ReviewTerm, sending: DayOfSending) -> str:
    if sending is DayOfSending.COUNTED:
        text = QCoreApplication.translate(
            "Words", "If the day of sending did not count, it would be %1."
        )
        return text.replace("%1", day_text(term.due))
    text = QCoreApplication.translate(
        "Words", "If the day of sending counted, it would be %1: the clock warns from that day."
    )
    return text.replace("%1", day_text(term.due_strict))


def _holidays(term: AnswerTerm, calendar: WorkingCalendar) -> Iterator[str]:
    """Yields the days not counted, except regular weekends."""
    off = (
        day
        for day in _days(term.start, term.due)
        if not calendar.is_working_day(day) and calendar.kind_of(day) is not DayKind.WEEKEND
    )
    yield from _left_out(off, calendar)


def _last_day_moved(term: AnswerTerm, calendar: WorkingCalendar) -> Iterator[str]:
    ended = term.start + timedelta(days=term.rule.days)
    if ended != term.due:
        text = QCoreApplication.translate(
            "Words", "The last day would be %1 — %2; it moves to the next working day, %3."
        )
        yield (
            text.replace("%1", day_text(ended))
            .replace("%2", _reason(ended, calendar))
            .replace("%3", day_text(term.due))
        )


def _scope(rule: AnswerTermRule, name: Callable[[str], str]) -> str:
    if rule.category is not None:
        text = QCoreApplication.translate("Words", "set for the category “%1”")
        return text.replace("%1", name(rule.category))
    if rule.topic is not None:
        text = QCoreApplication.translate("Words", "set for the topic “%1”")
        return text.replace("%1", name(rule.topic))
    if rule.organ is not None:
        text = QCoreApplication.translate("Words", "set for the authority “%1”")
        return text.replace("%1", name(rule.organ))
    return QCoreApplication.translate("Words", "set for all messages")


def document_of(rule: AnswerTermRule) -> str:
    """Document of the rule with number and date; empty for a directory rule."""
    match rule.source:
        case RuleSource.REGULATION:
            text = QCoreApplication.translate("Words", "thematic regulation No. %1 of %2")
        case RuleSource.MAP:
            text = QCoreApplication.translate("Words", "process map No. %1 of %2")
        case RuleSource.DIRECTORY:
            return ""
        case _ as unreachable:
            assert_never(unreachable)
    dated = "" if rule.dated is None else date_text(rule.dated)
    return text.replace("%1", rule.number).replace("%2", dated)


def by_document(rule: AnswerTermRule) -> str:
    """Document of the rule as the end of a sentence."""
    return QCoreApplication.translate("Words", ", by %1").replace("%1", document_of(rule))


def _document(rule: AnswerTermRule, name: Callable[[str], str]) -> Iterator[str]:
    """Rule that applies and the rule it precedes (clause 3.3); nothing for a directory rule."""
    match rule.source:
        case RuleSource.REGULATION:
            text = QCoreApplication.translate(
                "Words", "By %1: in force on the registration day, it overrides the directory."
            )
        case RuleSource.MAP:
            text = QCoreApplication.translate(
                "Words",
                "By %1 of authority “%2”: it takes precedence over the thematic regulation (3.3).",
            )
        case RuleSource.DIRECTORY:
            text = QCoreApplication.translate(
                "Words",
                "By the directory: no regulation or map with a term was in force on that day.",
            )
        case _ as unreachable:
            assert_never(unreachable)
    body = "" if rule.organ is None else name(rule.organ)
    yield text.replace("%1", document_of(rule)).replace("%2", body)


def _left_out(days: Iterable[date], calendar: WorkingCalendar) -> Iterator[str]:
    """Yields one sentence with all days not counted, grouped by kind."""
    parts = [
        f"{_run_text(run)} — {_reason(run[0], calendar)}" for run in _runs(tuple(days), calendar)
    ]
    if parts:
        text = QCoreApplication.translate("Words", "Not counted: %1.")
        yield text.replace("%1", "; ".join(parts))


def _runs(days: Sequence[date], calendar: WorkingCalendar) -> Iterator[list[date]]:
    run: list[date] = list(days[:1])
    for before, day in pairwise(days):
        if day - before != _ONE_DAY or _reason(day, calendar) != _reason(before, calendar):
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _run_text(run: Sequence[date]) -> str:
    if len(run) == 1:
        return day_text(run[0])
    return f"{date_text(run[0])}–{date_text(run[-1])}"


def _reason(day: date, calendar: WorkingCalendar) -> str:
    """Kind of the day, with the reason if the city has set it."""
    kind = kind_of_day(calendar.kind_of(day))
    ordered = calendar.ordered_days.get(day)
    return f"{kind} ({ordered.reason})" if ordered is not None and ordered.reason else kind


def _doubts(first: date, last: date, calendar: WorkingCalendar) -> Iterator[str]:
    """Yields uncertainties about the calendars of the years affected."""
    for year in range(first.year, last.year + 1):
        if not calendar.covers(year):
            text = QCoreApplication.translate(
                "Words", "Moved days off for %1 are not known yet: the date may shift."
            )
            yield text.replace("%1", str(year))
        elif calendar.is_provisional(year):
            text = QCoreApplication.translate(
                "Words", "The %1 calendar is not yet checked against its decree."
            )
            yield text.replace("%1", str(year))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))
