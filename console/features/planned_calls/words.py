"""Display strings of scheduled callbacks.

Reminders contain no phone number and no name, because they appear without a request.
"""

from typing import assert_never
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.formats import Counted, short_name
from console.core.keymap import with_keys
from console.core.record_words import Record
from sync.register.calls.planned import PlannedCall, PlannedOutcome, PlanProblem


def subtitle(due: int) -> str:
    if due:
        return Counted().calls_due(due)
    return QCoreApplication.translate("Words", "Earliest first")


def whose(call: PlannedCall, operator_id: UUID) -> str:
    """Assignee of the callback, as display text; operators can assign a callback only to
    themselves.
    """
    if call.for_id is None:
        return QCoreApplication.translate("Words", "anyone's")
    if call.for_id == operator_id:
        return QCoreApplication.translate("Words", "yours")
    return short_name(call.made_by_name)


def promised_by(call: PlannedCall, day: str) -> str:
    text = QCoreApplication.translate("Words", "Promised by %1, %2")
    return text.replace("%1", call.made_by_name).replace("%2", day)


def tried(count: int) -> str:
    text = QCoreApplication.translate("Words", "Not reached so far: %1")
    return text.replace("%1", str(count)) if count else ""


def purpose(note: str) -> str:
    """Initial content of the record of a scheduled callback."""
    text = Record().promised_call()
    return f"{text}: {note}" if note else text


def time_has_come() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "A promised call is due"),
        with_keys(QCoreApplication.translate("Words", "See who to call: Shift+F11."), Key.PLANNED),
    )


def is_planned(moment: str) -> str:
    return QCoreApplication.translate("Words", "Call scheduled: %1").replace("%1", moment)


def noted(outcome: PlannedOutcome) -> str:
    match outcome:
        case PlannedOutcome.TALKED:
            return QCoreApplication.translate("Words", "Marked: talked")
        case PlannedOutcome.NOT_REACHED:
            return QCoreApplication.translate("Words", "Marked: not reached, retry in half an hour")
        case PlannedOutcome.NOT_NEEDED:
            return QCoreApplication.translate("Words", "Marked: call not needed")
        case _:
            assert_never(outcome)


def noted_before(outcome: PlannedOutcome) -> tuple[str, str]:
    """Notice that another operator closed the callback, which voids the outcome recorded here."""
    head = QCoreApplication.translate("Words", "A colleague has already handled this call")
    match outcome:
        case PlannedOutcome.TALKED:
            body = QCoreApplication.translate("Words", "Marked as talked.")
        case PlannedOutcome.NOT_NEEDED:
            body = QCoreApplication.translate("Words", "Marked as not needed.")
        case PlannedOutcome.NOT_REACHED:
            body = ""  # this outcome does not close a callback
        case _:
            assert_never(outcome)
    return head, body


def is_gone() -> str:
    return QCoreApplication.translate("Words", "This call is no longer in the list")


def problem(of: PlanProblem) -> str:
    match of:
        case PlanProblem.PHONE_MISSING:
            return QCoreApplication.translate("Words", "Enter the phone to call")
        case PlanProblem.PAST:
            return QCoreApplication.translate("Words", "This time has already passed")
        case PlanProblem.TOO_FAR:
            return QCoreApplication.translate("Words", "More than a year ahead: is the year right?")
        case _:
            assert_never(of)


def moment_unread() -> str:
    return QCoreApplication.translate(
        "Words", "Enter a date and time: 27.11.2026 14:30, today 14:30, tomorrow 9:00"
    )
