"""Display texts of screen reader announcements and of the window title."""

from PySide6.QtCore import QCoreApplication

from console.core.formats import Counted


def line(word: str, title: str, detail: str) -> str:
    """Text of the call block: state, caller, details."""
    said = ": ".join(part for part in (word, title) if part)
    return f"{said}. {detail}" if detail else said


def missed(count: int) -> str:
    return QCoreApplication.translate("Words", "Missed calls: %1").replace("%1", str(count))


def under_review(count: int) -> str:
    text = QCoreApplication.translate("Words", "Messages under review: %1")
    return text.replace("%1", str(count))


def to_call_back(count: int) -> str:
    return QCoreApplication.translate("Words", "Callbacks due: %1").replace("%1", str(count))


def incident(title: str, text: str, *, is_changed: bool) -> str:
    """Official text in full, because the operator reads it out."""
    head = (
        QCoreApplication.translate("Words", "The incident text has changed")
        if is_changed
        else QCoreApplication.translate("Words", "Incident")
    )
    return line(head, title, text)


def incident_ended(title: str) -> str:
    return line(QCoreApplication.translate("Words", "Incident ended"), title, "")


def wrap_up_ends(seconds: int, key: str) -> str:
    """``key`` extends the wrap-up; empty if it cannot be extended."""
    text = Counted().wrap_up_ends(seconds)
    if not key:
        return text
    longer = QCoreApplication.translate("Words", "%1 to extend").replace("%1", key)
    return f"{text}. {longer}"


def call_waits() -> str:
    return QCoreApplication.translate("Words", "Call coming in")


def titled(text: str, title: str) -> str:
    """Window title with the state that must be visible in the task bar."""
    return f"{text} — {title}"
