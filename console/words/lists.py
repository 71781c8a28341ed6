"""Titles of the lists and what is said when one is empty."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from console.words.formats import day_words


def list_title(name: str) -> str:
    return {
        "calls": QCoreApplication.translate("Words", "Calls today"),
        "missed": QCoreApplication.translate("Words", "Missed today"),
        "drafts": QCoreApplication.translate("Words", "Drafts"),
        "messages": QCoreApplication.translate("Words", "Messages today"),
        "answers": QCoreApplication.translate("Words", "Answers of bodies"),
    }[name]


def list_subtitle(name: str, today: date) -> str:
    if name == "drafts":
        return QCoreApplication.translate("Words", "Enter opens a draft; nothing typed is lost.")
    if name == "answers":
        return QCoreApplication.translate("Words", "To messages of the last 90 days")
    day = day_words(today, "dddd, d MMMM yyyy")
    return day[:1].upper() + day[1:]


def empty_list(name: str) -> tuple[str, str]:
    """What is so, and the next best thing to do."""
    return {
        "calls": (
            QCoreApplication.translate("Words", "No calls yet today"),
            QCoreApplication.translate(
                "Words", "A call appears here at its first ring. Ctrl+T rings you for training."
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
            QCoreApplication.translate("Words", "A card put aside with Ctrl+D waits here."),
        ),
        "messages": (
            QCoreApplication.translate("Words", "No messages yet today"),
            QCoreApplication.translate(
                "Words", "Ctrl+3 in a call's card makes a message for a written answer."
            ),
        ),
        "answers": (
            QCoreApplication.translate("Words", "No answers yet"),
            QCoreApplication.translate(
                "Words", "What bodies answer to messages on the platform appears here."
            ),
        ),
    }[name]
