"""Display texts of the call on the lock page; none has a placeholder for a name or a number."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.core.formats import time_text


def talk() -> str:
    return QCoreApplication.translate("Words", "A call is on the line")


def caller_held() -> str:
    return QCoreApplication.translate("Words", "The caller is on hold")


def consultation() -> str:
    return QCoreApplication.translate("Words", "Consultation: the caller is on hold")


def three_on_the_line() -> str:
    return QCoreApplication.translate("Words", "Three are on the line")


def transfer() -> str:
    return QCoreApplication.translate("Words", "The caller is being transferred")


def outgoing() -> str:
    return QCoreApplication.translate("Words", "Outgoing call")


def over(at_local: datetime | None) -> str:
    if at_local is None:
        return QCoreApplication.translate("Words", "The call is over")
    text = QCoreApplication.translate("Words", "The call ended at %1")
    return text.replace("%1", time_text(at_local))


def record_waits() -> str:
    return QCoreApplication.translate("Words", "its record is kept and waits for you")


def is_recorded() -> str:
    return QCoreApplication.translate("Words", "the call is recorded")


def recording_pauses() -> str:
    return QCoreApplication.translate("Words", "the recording is paused")


def another_held() -> str:
    return QCoreApplication.translate("Words", "one more call is on hold")


def another_waits() -> str:
    return QCoreApplication.translate("Words", "one more call waits for an answer")


# --- microphone state ---


def heard() -> str:
    return QCoreApplication.translate("Words", "The microphone is on: you are heard")


def muted() -> str:
    return QCoreApplication.translate("Words", "The microphone is off: you are not heard")


def held_unheard() -> str:
    return QCoreApplication.translate("Words", "Hold: you are not heard")


def held_by_far() -> str:
    return QCoreApplication.translate("Words", "You are put on hold")


def not_answered() -> str:
    return QCoreApplication.translate("Words", "Nobody has answered yet")


def line_closed() -> str:
    return QCoreApplication.translate("Words", "Nobody is on the line: you are not heard")


# --- below the buttons ---


def hidden(saved_at_local: datetime | None) -> str:
    """Notice that data is hidden and that the input is saved."""
    text = QCoreApplication.translate(
        "Words", "Name and number of the caller and the text of the record are hidden."
    )
    if saved_at_local is None:
        return text
    saved = QCoreApplication.translate("Words", "What you typed was saved at %1.")
    return f"{text} {saved.replace('%1', time_text(saved_at_local))}"
