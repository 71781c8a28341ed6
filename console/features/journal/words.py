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
        "answers": QCoreApplication.translate("Words", "Answers of bodies"),
    }[name]


def list_subtitle(name: str, today: date) -> str:
    if name == "drafts":
        return QCoreApplication.translate("Words", "Enter opens a draft; nothing typed is lost.")
    if name == "answers":
        return QCoreApplication.translate("Words", "To messages of the last 90 days")
    if name == "missed":
        return QCoreApplication.translate(
            "Words", "Of all days, until somebody has dealt with them"
        )
    day = day_words(today, "dddd, d MMMM yyyy")
    return day[:1].upper() + day[1:]


def empty_list(name: str) -> tuple[str, str]:
    """Text for an empty list: the fact, and advice."""
    return {
        "calls": (
            QCoreApplication.translate("Words", "No calls yet today"),
            with_keys(
                QCoreApplication.translate(
                    "Words", "A call appears here at its first ring. Ctrl+T leads to training."
                ),
                Key.TRAINING,
            ),
        ),
        "missed": (
            QCoreApplication.translate("Words", "Nobody was missed"),
            QCoreApplication.translate(
                "Words", "A call that nobody answers is registered here by itself."
            ),
        ),
        "drafts": (
            QCoreApplication.translate("Words", "No unfinished records"),
            with_keys(
                QCoreApplication.translate("Words", "A card put aside with Ctrl+D waits here."),
                Key.PUT_ASIDE,
            ),
        ),
        "messages": (
            QCoreApplication.translate("Words", "No messages yet today"),
            with_keys(
                QCoreApplication.translate(
                    "Words", "Ctrl+3 in a call's card makes a message for a written answer."
                ),
                Key.MAKE_MESSAGE,
            ),
        ),
        "answers": (
            QCoreApplication.translate("Words", "No answers yet"),
            QCoreApplication.translate(
                "Words", "What bodies answer to messages on the platform appears here."
            ),
        ),
    }[name]


def not_for_role() -> tuple[str, str]:
    """Text shown instead of records to a role that may not see them, with an alternative."""
    return (
        QCoreApplication.translate("Words", "Your role does not see the records of calls"),
        with_keys(
            QCoreApplication.translate(
                "Words", "At the left is all that it may open; F5 searches the directory."
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
            return QCoreApplication.translate("Words", "could not be reached")
        case MissedOutcome.NOT_NEEDED:
            return QCoreApplication.translate("Words", "no need to call back")
        case MissedOutcome.BEFORE:
            return QCoreApplication.translate("Words", "older than this list")
        case MissedOutcome.ELSEWHERE:
            return QCoreApplication.translate("Words", "dealt with at another workplace")
        case _:
            assert_never(outcome)


def unfinished() -> str:
    """Shown instead of a registration number for a message started in a call."""
    return QCoreApplication.translate("Words", "unfinished message")


def without_call() -> str:
    """Shown instead of a registration number for a message without a call, before its review."""
    return QCoreApplication.translate("Words", "without a call")


def missed_elsewhere(workplace: str) -> tuple[str, str, str]:
    """Text, icon and colour role of a call that rang only at another workplace."""
    text = QCoreApplication.translate("Words", "at workplace %1").replace("%1", workplace)
    return text, "phone-x", "danger"


def missed_handled(count: int) -> str:
    return Counted().missed_handled(count)


def handled_elsewhere() -> str:
    return QCoreApplication.translate("Words", "A colleague has dealt with it already")
