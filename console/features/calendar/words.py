"""Display texts of the calendar page: year, days, rules, and edits."""

from collections.abc import Collection
from datetime import date, datetime
from typing import assert_never

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from console.core.formats import (
    date_text,
    day_words,
    hours_text,
    line_hours_text,
    short_name,
    time_text,
)
from console.features.calendar import regulation_words
from console.shared.messages.term_words import day_text
from sync.errors import CalendarUnreadable
from sync.register.calendar.calendar import CalendarYear, OrderedDay, OrderedKind
from sync.register.calendar.line_hours import DAYS_OF_WEEK, ClosedAct, Intervals
from sync.register.checks.photo_formats import FileFormat
from sync.register.city import (
    CityChange,
    DaysOrdered,
    EditProblem,
    LineChosen,
    RegulationsGiven,
    Revoked,
    SettingsChosen,
    YearGiven,
)

SHOWN_DAYS = 12  # of a file; the rest is summarised


class Numbers(QObject):
    """Texts with a number, translated with plural forms."""

    def moved_terms(self, count: int) -> str:
        return self.tr("%n deadline(s) will move", "", count)

    def terms_moved(self, count: int) -> str:
        return self.tr("%n deadline(s) moved", "", count)

    def overdue(self, count: int) -> str:
        return self.tr("%n deadline(s) will be overdue immediately", "", count)

    def days(self, count: int) -> str:
        return self.tr("%n day(s)", "", count)

    def later(self, count: int) -> str:
        return self.tr("%n day(s) later", "", count)

    def earlier(self, count: int) -> str:
        return self.tr("%n day(s) earlier", "", count)

    def moved_days_off(self, count: int) -> str:
        return self.tr("%n moved day(s) off", "", count)

    def working_weekends(self, count: int) -> str:
        return self.tr("%n working weekend day(s)", "", count)

    def short_days(self, count: int) -> str:
        return self.tr("%n short day(s)", "", count)

    def more_days(self, count: int) -> str:
        return self.tr("and %n more day(s)", "", count)


# --- year and days ---


def day_title(day: date) -> str:
    text = day_words(day, "dddd, d MMMM yyyy")
    return text[:1].upper() + text[1:]


def month_title(month: int) -> str:
    text = QLocale().standaloneMonthName(month)
    return text[:1].upper() + text[1:]


def weekday(number: int) -> str:
    """Returns the short name of a weekday, 0 for Monday."""
    return day_words(date(2026, 6, 1 + number), "ddd")  # 1 June 2026 is a Monday


def decree(year: CalendarYear) -> str:
    """Returns the title of the government decree that moved days of a year."""
    if not year.decree_number:
        return QCoreApplication.translate("Words", "Decree number not specified")
    text = QCoreApplication.translate("Words", "Government Decree No. %1 of %2")
    return text.replace("%1", year.decree_number).replace("%2", date_text(year.decree_date))


def provisional_mark() -> str:
    return QCoreApplication.translate("Words", "provisional")


def no_year(year: int) -> str:
    text = QCoreApplication.translate("Words", "Moved days off for %1 are not entered")
    return text.replace("%1", str(year))


def missing_year(year: int) -> tuple[str, str, str]:
    """Returns title, text and button label of the warning about a missing year."""
    return (
        QCoreApplication.translate("Words", "There is no calendar for %1.").replace(
            "%1", str(year)
        ),
        QCoreApplication.translate(
            "Words", "Deadlines in that year may be wrong: load it from a file."
        ),
        QCoreApplication.translate("Words", "Load"),
    )


def provisional_year(year: int) -> tuple[str, str, str]:
    head = QCoreApplication.translate("Words", "The calendar for %1 is provisional.")
    return (
        head.replace("%1", str(year)),
        QCoreApplication.translate("Words", "Verify it against the decree and mark it."),
        QCoreApplication.translate("Words", "Mark as verified"),
    )


def by_law() -> str:
    return QCoreApplication.translate("Words", "Holiday under Labour Code, article 112")


def by_region() -> str:
    return QCoreApplication.translate("Words", "Regional day off; observed by the city")


def an_hour_shorter() -> str:
    return QCoreApplication.translate("Words", "One hour shorter (Labour Code, article 95)")


def ordered_because(reason: str, document: str) -> tuple[str, ...]:
    head = QCoreApplication.translate("Words", "Reason: %1").replace("%1", reason)
    if not document:
        return (head,)
    return head, QCoreApplication.translate("Words", "Document: %1").replace("%1", document)


def settled_by(name: str, at_local: datetime) -> str:
    return f"{short_name(name)}, {date_text(at_local.date())} {time_text(at_local)}"


# --- edits ---


def ordered_kind(kind: OrderedKind) -> str:
    match kind:
        case OrderedKind.OFF:
            return QCoreApplication.translate("Words", "Day off")
        case OrderedKind.WORKING:
            return QCoreApplication.translate("Words", "Working")
        case OrderedKind.SHORT:
            return QCoreApplication.translate("Words", "Short")


def change_text(change: CityChange, revoked: CityChange | None = None) -> str:
    """Returns the list text of an edit; ``revoked`` is the change that a revocation cancels."""
    match change:
        case DaysOrdered(days=(only,)):
            return f"{day_text(only.day)} — {ordered_kind(only.kind).lower()}"
        case DaysOrdered(days):
            return QCoreApplication.translate("Words", "From file: %1").replace(
                "%1", Numbers().days(len(days))
            )
        case YearGiven(year):
            text = QCoreApplication.translate("Words", "Calendar for %1").replace(
                "%1", str(year.year)
            )
            return f"{text}, {provisional_mark()}" if year.provisional else text
        case SettingsChosen():
            return QCoreApplication.translate("Words", "City rules")
        case LineChosen(hours, act, number):
            text = QCoreApplication.translate("Words", "Line hours: %1")
            text = text.replace("%1", line_hours_text(hours, date.min, date.max))
            return text if act is ClosedAct.RING else f"{text}; {_out_of_hours(act, number)}"
        case RegulationsGiven():
            return "; ".join(map(regulation_words.record_title, change.records))
        case Revoked():
            what = "" if revoked is None else change_text(revoked)
            return QCoreApplication.translate("Words", "Revoked: %1").replace("%1", what)


def rules_changed_meanwhile() -> str:
    """Heading of the rules that other operators changed while the form was open."""
    return QCoreApplication.translate("Words", "The rules have changed since; now in force:")


def orders_changed_meanwhile() -> str:
    """Heading of the orders that other operators changed while the form was open."""
    return QCoreApplication.translate("Words", "The orders have changed since; now in force:")


def ordered_now(change: CityChange, who: str) -> str:
    """Returns the text of the order that currently applies to a day or year, with its author."""
    return f"{change_text(change)} ({short_name(who)})"


def order_revoked(change: CityChange) -> str:
    """Returns the text for a day or year whose order another operator has revoked."""
    match change:
        case DaysOrdered(days=(only,)):
            name = day_text(only.day)
        case LineChosen():
            name = form_title(change)
        case _:
            name = change_text(change)
    text = QCoreApplication.translate("Words", "%1: order revoked")
    return text.replace("%1", name)


def look_first_at_orders() -> str:
    return QCoreApplication.translate(
        "Words", "See what has changed: press again to continue with your order"
    )


def look_first() -> str:
    return QCoreApplication.translate(
        "Words", "See what has changed: press again to continue with your rules"
    )


def is_revoked() -> str:
    return QCoreApplication.translate("Words", "revoked")


def form_title(change: CityChange) -> str:
    match change:
        case DaysOrdered(days=(only,)):
            return day_title(only.day)
        case DaysOrdered():
            return QCoreApplication.translate("Words", "Days from the file")
        case YearGiven(year):
            text = QCoreApplication.translate("Words", "Calendar for %1")
            return text.replace("%1", str(year.year))
        case SettingsChosen():
            return QCoreApplication.translate("Words", "City rules")
        case LineChosen():
            return QCoreApplication.translate("Words", "Line hours (5.4)")
        case RegulationsGiven():
            return QCoreApplication.translate("Words", "Regulations and maps (3.1–3.3)")
        case Revoked():
            return QCoreApplication.translate("Words", "Revoke the order")


def days_lines(days: Collection[OrderedDay]) -> tuple[str, ...]:
    """Returns the imported days with their new type, one a line; the rest is counted."""
    lines = []
    for each in list(days)[:SHOWN_DAYS]:
        line = f"{day_text(each.day)} — {ordered_kind(each.kind).lower()}"
        lines.append(f"{line} ({each.reason})" if each.reason else line)
    rest = len(days) - SHOWN_DAYS
    return (*lines, Numbers().more_days(rest)) if rest > 0 else tuple(lines)


def year_lines(year: CalendarYear) -> tuple[str, ...]:
    counted = Numbers()
    return (
        decree(year),
        counted.moved_days_off(len(year.days_off)),
        counted.working_weekends(len(year.working_days)),
        counted.short_days(len(year.short_days)),
    )


def year_question() -> tuple[str, str, str]:
    """Returns label and both options of the choice whether a year was compared with its decree."""
    return (
        QCoreApplication.translate("Words", "Verified against the decree"),
        QCoreApplication.translate("Words", "Not yet"),
        QCoreApplication.translate("Words", "Verified"),
    )


def day_question() -> str:
    return QCoreApplication.translate("Words", "New day type")


def yes_no() -> tuple[str, str]:
    return QCoreApplication.translate("Words", "Yes"), QCoreApplication.translate("Words", "No")


def sending_question() -> tuple[str, str, str]:
    return (
        QCoreApplication.translate("Words", "Sending day in the two working days (7.11)"),
        QCoreApplication.translate("Words", "Does not count"),
        QCoreApplication.translate("Words", "Counts"),
    )


def regional_question() -> str:
    return QCoreApplication.translate("Words", "Regional days off (Radonitsa) count as days off")


def told_question() -> str:
    return QCoreApplication.translate(
        "Words", "Notify the author that a non-public message is registered (7.8)"
    )


def photos_question() -> str:
    return QCoreApplication.translate("Words", "The operator may rotate photos (6.7)")


def list_names() -> dict[str, str]:
    """Returns the labels of the text fields, of rules and opening hours, by field key."""
    return {
        **{f"weekday-{number}": _whole_weekday(number) for number in range(DAYS_OF_WEEK)},
        "redirect": QCoreApplication.translate("Words", "Forwarding number"),
        "moved-day": QCoreApplication.translate("Words", "Working day off (moved)"),
        "single-days": QCoreApplication.translate("Words", "Single days, separated by semicolons"),
        "formats": QCoreApplication.translate("Words", "Answer attachment formats (9.9)"),
        "allowed": QCoreApplication.translate("Words", "Words allowed by the city (6.3)"),
        "denied": QCoreApplication.translate("Words", "Words forbidden by the city (6.3)"),
    }


def _out_of_hours(act: ClosedAct, number: str) -> str:
    if act is ClosedAct.ANNOUNCE:
        return QCoreApplication.translate("Words", "out of hours: announcement")
    return QCoreApplication.translate("Words", "out of hours: to %1").replace("%1", number)


def _whole_weekday(number: int) -> str:
    text = day_words(date(2026, 6, 1 + number), "dddd")  # 1 June 2026 is a Monday
    return text[:1].upper() + text[1:]


def how_hours_are_typed() -> str:
    return QCoreApplication.translate(
        "Words",
        "Day: “08:00–20:00, break 12:00–13:00”; empty: the line is closed. Single day: "
        "“31.12.2026 08:00–15:00” or “09.05.2026 closed”.",
    )


def holidays_question() -> str:
    return QCoreApplication.translate("Words", "Weekly hours also apply on calendar days off")


def act_question() -> str:
    return QCoreApplication.translate("Words", "Calls out of hours")


def closed_act(act: ClosedAct) -> str:
    match act:
        case ClosedAct.RING:
            return QCoreApplication.translate("Words", "Rings")
        case ClosedAct.ANNOUNCE:
            return QCoreApplication.translate("Words", "Announcement")
        case ClosedAct.REDIRECT:
            return QCoreApplication.translate("Words", "Forwarded")
        case _ as unreachable:
            assert_never(unreachable)


def no_hours(name: str, text: str) -> str:
    line = QCoreApplication.translate(
        "Words", "%1: “%2” are not valid hours; enter “08:00–20:00, break 12:00–13:00”"
    )
    return line.replace("%1", name).replace("%2", text)


def no_single_day(text: str) -> str:
    line = QCoreApplication.translate(
        "Words", "“%1” is not a valid day; enter “31.12.2026 08:00–15:00” or “09.05.2026 closed”"
    )
    return line.replace("%1", text)


def line_that_day(hours: Intervals) -> str:
    """Returns the text with the opening hours of the phone line on the selected day."""
    return QCoreApplication.translate("Words", "Line: %1").replace("%1", hours_text(hours))


def no_single_word(text: str) -> str:
    line = QCoreApplication.translate("Words", "“%1” is not one word; separate words with commas")
    return line.replace("%1", text)


def formats_text(formats: Collection[FileFormat]) -> str:
    return ", ".join(sorted(each.value for each in formats))


def unknown_format(name: str) -> str:
    text = QCoreApplication.translate("Words", "“%1” is not an attachment format; known: %2")
    return text.replace("%1", name).replace("%2", formats_text(tuple(FileFormat)))


def edit_problem(problem: EditProblem) -> str:
    match problem:
        case EditProblem.REASON_MISSING:
            return QCoreApplication.translate("Words", "Enter the reason")
        case EditProblem.NO_DAYS:
            return QCoreApplication.translate("Words", "The file has no days")
        case EditProblem.NOTHING_CHANGES:
            return QCoreApplication.translate("Words", "Already set: nothing would change")
        case EditProblem.UNKNOWN_EDIT:
            return QCoreApplication.translate("Words", "No such order")
        case EditProblem.ALREADY_REVOKED:
            return QCoreApplication.translate("Words", "This order is already revoked")
        case EditProblem.WORD_IN_BOTH_LISTS:
            return QCoreApplication.translate(
                "Words", "A word is in both lists: it is either obscene or not"
            )
        case EditProblem.NO_WORKING_DAYS:
            return QCoreApplication.translate(
                "Words", "No working day for over two months: deadlines would never end"
            )
        case EditProblem.HOURS_OVERLAP:
            return QCoreApplication.translate("Words", "Two intervals of one day overlap")
        case EditProblem.HOURS_DAY_TWICE:
            return QCoreApplication.translate("Words", "A single day is listed twice")
        case EditProblem.LINE_NEVER_OPEN:
            return QCoreApplication.translate("Words", "The line would never be open")
        case EditProblem.NO_REDIRECT_NUMBER:
            return QCoreApplication.translate(
                "Words", "Enter the forwarding number: up to 15 digits"
            )
        case _:
            return regulation_words.record_problem(problem)


def edit_refused() -> str:
    return QCoreApplication.translate(
        "Words", "Only supervisors and administrators can change the calendar"
    )


def not_stored() -> str:
    return QCoreApplication.translate(
        "Words", "Could not write to the disk; nothing changed. Try again."
    )


def not_read() -> str:
    return QCoreApplication.translate("Words", "Cannot read the messages; try again")


def file_problem(error: CalendarUnreadable) -> str:
    match error.code:
        case "unreadable":
            text = QCoreApplication.translate("Words", "Cannot read the file %1")
        case "not_json":
            text = QCoreApplication.translate("Words", "The file %1 is damaged: incomplete JSON")
        case "day_of_other_year":
            text = QCoreApplication.translate("Words", "The file %1 has days of another year")
        case "bad_row":
            text = QCoreApplication.translate(
                "Words", "Row %2 of %1: a DD.MM.YYYY date and off, working or short are required"
            ).replace("%2", str(error.row))
        case "bad_record":
            text = QCoreApplication.translate(
                "Words",
                "Record %2 of %1: a field is missing, unknown or invalid; see the guide",
            ).replace("%2", str(error.row))
        case _:
            text = QCoreApplication.translate("Words", "The file %1 is not a calendar")
    return text.replace("%1", error.name)


# --- preview of moved deadlines ---


def moved_title(count: int) -> str:
    if count == 0:
        return QCoreApplication.translate("Words", "No open deadlines move")
    return Numbers().moved_terms(count)


def moved_lead(overdue: int) -> str:
    text = QCoreApplication.translate("Words", "Everyone will see the new dates after you confirm.")
    return f"{text} {Numbers().overdue(overdue)}." if overdue else text


def nothing_moves_lead() -> str:
    return QCoreApplication.translate("Words", "Only future messages are affected.")


def from_to(before: date, after: date) -> str:
    text = QCoreApplication.translate("Words", "was %1, becomes %2")
    return text.replace("%1", day_text(before)).replace("%2", day_text(after))


def shift(before: date, after: date) -> str:
    days = (after - before).days
    counted = Numbers()
    return counted.later(days) if days > 0 else counted.earlier(-days)


def runs_out() -> str:
    return QCoreApplication.translate("Words", "overdue immediately")


def without_number() -> str:
    return QCoreApplication.translate("Words", "no number yet")


def changed_notice(change: CityChange, moved: int) -> tuple[str, str]:
    match change:
        case SettingsChosen():
            head = QCoreApplication.translate("Words", "City rules changed")
        case LineChosen():
            head = QCoreApplication.translate("Words", "Line hours changed")
        case RegulationsGiven():
            head = QCoreApplication.translate("Words", "Regulations changed")
        case _:
            head = QCoreApplication.translate("Words", "Calendar changed")
    return head, Numbers().terms_moved(moved) if moved else ""
