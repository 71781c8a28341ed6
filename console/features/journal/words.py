"""Display strings of the lists of the day: titles, empty lists, outcomes of missed calls."""

from datetime import date
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.formats import Counted, day_words
from console.core.keymap import with_keys
from sync.register.calls.missed import MissedOutcome


def list_title(name: str) -> str:
    return {
        "calls": QCoreApplication.translate("Words", "Calls today"),
        "missed": QCoreApplication.translate("Words", "Missed calls"),
        "drafts": QCoreApplication.translate("Words", "Drafts"),
        "messages": QCoreApplication.translate("Words", "Messages today"),
        "answers": QCoreApplication.translate("Words", "Authorities' answers"),
    }[name]


def list_subtitle(name: str, today: date) -> str:
    if name == "drafts":
        return QCoreApplication.translate("Words", "Enter opens a draft; nothing typed is lost.")
    if name == "answers":
        return QCoreApplication.translate("Words", "To messages of the last 90 days")
    if name == "missed":
        return QCoreApplication.translate("Words", "All days, until handled")
    day = day_words(today, "dddd, d MMMM yyyy")
    return day[:1].upper() + day[1:]


def empty_list(name: str) -> tuple[str, str]:
    """Heading and advice for an empty list."""
    return {
        "calls": (
            QCoreApplication.translate("Words", "No calls yet today"),
            with_keys(
                QCoreApplication.translate(
                    "Words", "Calls appear here at the first ring. Ctrl+T opens training mode."
                ),
                Key.TRAINING,
            ),
        ),
        "missed": (
            QCoreApplication.translate("Words", "No missed calls"),
            QCoreApplication.translate(
                "Words", "Unanswered calls are registered here automatically."
            ),
        ),
        "drafts": (
            QCoreApplication.translate("Words", "No unfinished records"),
            with_keys(
                QCoreApplication.translate("Words", "Cards set aside with Ctrl+D appear here."),
                Key.PUT_ASIDE,
            ),
        ),
        "messages": (
            QCoreApplication.translate("Words", "No messages yet today"),
            with_keys(
                QCoreApplication.translate(
                    "Words", "Ctrl+3 in a call card creates a message for a written answer."
                ),
                Key.MAKE_MESSAGE,
            ),
        ),
        "answers": (
            QCoreApplication.translate("Words", "No answers yet"),
            QCoreApplication.translate(
                "Words", "Authorities' answers to platform messages appear here."
            ),
        ),
    }[name]


def not_for_role() -> tuple[str, str]:
    """Text shown instead of records to a role that may not see them, with an alternative."""
    return (
        QCoreApplication.translate("Words", "Your role cannot see call records"),
        with_keys(
            QCoreApplication.translate(
                "Words", "Available pages are on the left; F5 searches the directory."
            ),
            Key.SEARCH,
        ),
    )


def missed_outcome(outcome: MissedOutcome) -> str:
    """Display text of the outcome of a missed call."""
    match outcome:
        case MissedOutcome.CALLED_BACK:
            return QCoreApplication.translate("Words", "called back")
        case MissedOutcome.NOT_REACHED:
            return QCoreApplication.translate("Words", "not reached")
        case MissedOutcome.NOT_NEEDED:
            return QCoreApplication.translate("Words", "no need to call back")
        case MissedOutcome.BEFORE:
            return QCoreApplication.translate("Words", "older than this list")
        case MissedOutcome.ELSEWHERE:
            return QCoreApplication.translate("Words", "handled at another workplace")
        case _:
            assert_never(outcome)


def unfinished() -> str:
    """Text shown instead of a registration number for an unsubmitted message that was started in a
    call.
    """
    return QCoreApplication.translate("Words", "unfinished message")


def without_call() -> str:
    """Text shown instead of a registration number for an unsubmitted message without a call."""
    return QCoreApplication.translate("Words", "without a call")


def missed_elsewhere(workplace: str) -> tuple[str, str, str]:
    """Text, icon and colour role of a call that rang only at another workplace."""
    text = QCoreApplication.translate("Words", "at workplace %1").replace("%1", workplace)
    return text, "phone-x", "danger"


def missed_handled(count: int) -> str:
    return Counted().missed_handled(count)


def handled_elsewhere() -> str:
    return QCoreApplication.translate("Words", "Already handled by a colleague")
