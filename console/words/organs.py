"""Words about the body that answers a message."""

from PySide6.QtCore import QCoreApplication


def organ_is_needed() -> str:
    return QCoreApplication.translate("Words", "Choose the body that is to answer (par. 7.9)")


def reason_is_needed(has_route: bool) -> str:
    if has_route:
        return QCoreApplication.translate(
            "Words", "Write why it goes to another body than the topic's (par. 7.9)"
        )
    return QCoreApplication.translate(
        "Words", "The topic names no body: write why it goes to this one (par. 7.9)"
    )


def by_route() -> str:
    return QCoreApplication.translate("Words", "by the topic")


def another() -> str:
    return QCoreApplication.translate("Words", "another body")


def no_route() -> str:
    return QCoreApplication.translate("Words", "the topic names no body")


def route(title: str) -> str:
    """Where the topic points, and how to take that back."""
    text = QCoreApplication.translate(
        "Words", "By the topic: %1. Empty the field to go back to it."
    )
    return text.replace("%1", title)
