"""Words that stand outside of the window."""

from PySide6.QtCore import QCoreApplication


def call_waits() -> str:
    return QCoreApplication.translate("Words", "A call comes in")


def titled(text: str, title: str) -> str:
    """The window's title with what must be seen in the task bar."""
    return f"{text} — {title}"
