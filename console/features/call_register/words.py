"""Display texts of the call register: hints, sources, empty lists, export, columns."""

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.formats import Counted, number_text
from console.core.keymap import with_keys


def this_workplace() -> str:
    return QCoreApplication.translate("Words", "this workplace")


def all_workplaces() -> str:
    return QCoreApplication.translate("Words", "all workplaces")


def centre_away() -> str:
    """Warning that only calls of this workplace are listed, because the central database is
    down.
    """
    return QCoreApplication.translate(
        "Words", "The central database is not responding: only this workplace's calls are shown."
    )


def hint() -> str:
    return QCoreApplication.translate(
        "Words", "Enter opens the record, PgDn loads more; click a column heading to sort."
    )


def not_a_number() -> str:
    """Error for input with digits that is neither a call number nor a phone number."""
    return QCoreApplication.translate(
        "Words", "This is not a call number or a phone number. Check the digits."
    )


def not_a_period() -> str:
    return QCoreApplication.translate(
        "Words", "Enter two dates, e.g. 01.11.2026; the first must not be later than the second."
    )


def reading() -> str:
    return QCoreApplication.translate("Words", "Loading…")


def shown(count: int, *, has_more: bool, took_s: float) -> str:
    """Returns the text with the number of listed calls and the duration of the query."""
    calls = Counted().calls_listed(count)
    more = QCoreApplication.translate("Words", "more available") if has_more else ""
    took = QCoreApplication.translate("Words", "found in %1 s")
    took = took.replace("%1", number_text(max(took_s, 0.1)))
    return " · ".join(part for part in (calls, more, took) if part)


def nothing_found() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "No matching calls"),
        QCoreApplication.translate("Words", "Extend the period or remove a filter."),
    )


def not_read() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Could not read the call register"),
        with_keys(
            QCoreApplication.translate("Words", "Press Ctrl+Shift+R to retry."), Key.CALL_REGISTER
        ),
    )


def not_for_role() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Your role has no access to the call register"),
        QCoreApplication.translate("Words", "Ask a supervisor or the administrator."),
    )


def any_operator() -> str:
    return QCoreApplication.translate("Words", "All operators")


def any_workplace() -> str:
    return QCoreApplication.translate("Words", "All workplaces")


def any_topic() -> str:
    return QCoreApplication.translate("Words", "All topics")


def any_result() -> str:
    return QCoreApplication.translate("Words", "All results")


def workplace(code: str) -> str:
    return QCoreApplication.translate("Words", "Workplace %1").replace("%1", code)


def heads() -> tuple[str, ...]:
    """Returns the column headings of the list."""
    return (
        QCoreApplication.translate("Words", "Time"),
        QCoreApplication.translate("Words", "Number"),
        QCoreApplication.translate("Words", "Phone"),
        QCoreApplication.translate("Words", "About"),
        QCoreApplication.translate("Words", "Result"),
        QCoreApplication.translate("Words", "Operator"),
        QCoreApplication.translate("Words", "Talk"),
    )


def file_name() -> str:
    return QCoreApplication.translate("Words", "call register")


def sheet() -> str:
    return QCoreApplication.translate("Words", "Calls")


def file_heads() -> tuple[str, ...]:
    """Returns the column headings of the exported file: those of 7.3, then operator, workplace,
    topic.
    """
    return (
        QCoreApplication.translate("Words", "Registration number"),
        QCoreApplication.translate("Words", "Date"),
        QCoreApplication.translate("Words", "Time"),
        QCoreApplication.translate("Words", "Content of the call"),
        QCoreApplication.translate("Words", "Result"),
        QCoreApplication.translate("Words", "E-mail"),
        QCoreApplication.translate("Words", "Full name"),
        QCoreApplication.translate("Words", "Phone"),
        QCoreApplication.translate("Words", "Operator"),
        QCoreApplication.translate("Words", "Workplace"),
        QCoreApplication.translate("Words", "Topic"),
    )


def written(count: int, file: str) -> str:
    return f"{Counted().calls_exported(count)}: {file}"


def not_written() -> str:
    return QCoreApplication.translate("Words", "Could not export the call register")
