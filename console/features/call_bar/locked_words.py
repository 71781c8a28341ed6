"""Display texts of the call on the lock page; no text can contain a name or a number."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.core.formats import time_text


def talk() -> str:
    return QCoreApplication.translate("Words", "Call in progress")


def caller_held() -> str:
    return QCoreApplication.translate("Words", "The caller is on hold")


def consultation() -> str:
    return QCoreApplication.translate("Words", "Consultation: the caller is on hold")


def three_on_the_line() -> str:
    return QCoreApplication.translate("Words", "Conference call")


def transfer() -> str:
    return QCoreApplication.translate("Words", "The caller is being transferred")


def outgoing() -> str:
    return QCoreApplication.translate("Words", "Outgoing call")


def over(at_local: datetime | None) -> str:
    if at_local is None:
        return QCoreApplication.translate("Words", "Call ended")
    text = QCoreApplication.translate("Words", "Call ended at %1")
    return text.replace("%1", time_text(at_local))


def record_waits() -> str:
    return QCoreApplication.translate("Words", "its record is saved and waiting for you")


def is_recorded() -> str:
    return QCoreApplication.translate("Words", "recording is on")


def recording_pauses() -> str:
    return QCoreApplication.translate("Words", "recording is paused")


def another_held() -> str:
    return QCoreApplication.translate("Words", "one more call is on hold")


def another_waits() -> str:
    return QCoreApplication.translate("Words", "one more call is waiting")


# --- microphone state ---


def heard() -> str:
    return QCoreApplication.translate("Words", "Microphone on: you can be heard")


def muted() -> str:
    return QCoreApplication.translate("Words", "Microphone muted: you cannot be heard")


def held_unheard() -> str:
    return QCoreApplication.translate("Words", "Hold: you cannot be heard")


def held_by_far() -> str:
    return QCoreApplication.translate("Words", "You are on hold")


def not_answered() -> str:
    return QCoreApplication.translate("Words", "Not answered yet")


def line_closed() -> str:
    return QCoreApplication.translate("Words", "No one is on the line: you cannot be heard")


# --- below the buttons ---


def hidden(saved_at_local: datetime | None) -> str:
    """Returns the notice that data is hidden and, with a time, that the input was saved."""
    text = QCoreApplication.translate(
        "Words", "The caller's name and number and the record text are hidden."
    )
    if saved_at_local is None:
        return text
    saved = QCoreApplication.translate("Words", "Your text was saved at %1.")
    return f"{text} {saved.replace('%1', time_text(saved_at_local))}"
