"""Display texts for the recipients of a text, and for the choice of the responsible body.

Recipients are stated because an internal note must not pass for a text to a citizen.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from sync.register.people.values import Absence, Stated


class Audience(StrEnum):
    """Recipients of a text other than the operators."""

    COLLEAGUES = "colleagues"
    """None: an internal note."""
    AUTHOR = "author"
    ORGAN = "organ"
    ORGAN_AND_AUTHOR = "organ_and_author"
    MESSAGE = "message"
    """Of a message: authority and author, and the public if it is published."""
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Reader:
    """Recipients of a text, with the delivery channel if it is known."""

    audience: Audience
    way: str = ""


INSIDE = Reader(Audience.COLLEAGUES)


def line(reader: Reader) -> tuple[str, str, str]:
    """Text, icon and colour role of a recipient line."""
    match reader.audience:
        case Audience.COLLEAGUES:
            told = QCoreApplication.translate(
                "Words", "Internal note: hidden from author and authority"
            )
            return told, "lock-simple", "warn"
        case Audience.AUTHOR:
            told = QCoreApplication.translate("Words", "Visible to the author")
            icon = "envelope-simple"
        case Audience.ORGAN:
            told = QCoreApplication.translate("Words", "Visible to the authority")
            icon = "bank"
        case Audience.ORGAN_AND_AUTHOR:
            told = QCoreApplication.translate("Words", "Visible to the authority and the author")
            icon = "envelope-simple"
        case Audience.MESSAGE:
            told = QCoreApplication.translate(
                "Words", "Visible to the authority, the author, and everyone if public"
            )
            icon = "envelope-simple"
        case Audience.EVERYBODY:
            told = QCoreApplication.translate(
                "Words", "Visible to the author and everyone: the message is published"
            )
            icon = "eye"
        case _:
            assert_never(reader.audience)
    return f"{told}: {reader.way}" if reader.way else told, icon, "text-2"


def way_to_author(email: Stated) -> str:
    """Delivery channel to the author of a message."""
    if isinstance(email, Absence):
        return QCoreApplication.translate("Words", "no e-mail, notify by phone")
    return QCoreApplication.translate("Words", "letter to %1").replace("%1", email)


def told_on_is_needed() -> str:
    return QCoreApplication.translate(
        "Words", "Enter when the official was told: DD.MM.YYYY, not after today (par. 12.3)"
    )


def organ_is_needed() -> str:
    return QCoreApplication.translate("Words", "Choose the answering authority (par. 7.9)")


def reason_is_needed(has_route: bool) -> str:
    if has_route:
        return QCoreApplication.translate(
            "Words", "Explain why it goes to an authority other than the topic's (par. 7.9)"
        )
    return QCoreApplication.translate(
        "Words", "The topic has no authority: explain why it goes to this one (par. 7.9)"
    )


def by_route() -> str:
    return QCoreApplication.translate("Words", "by topic")


def another() -> str:
    return QCoreApplication.translate("Words", "another authority")


def no_route() -> str:
    return QCoreApplication.translate("Words", "topic has no authority")


def route(title: str) -> str:
    """Note that the body was set by the topic, and how to restore it."""
    text = QCoreApplication.translate("Words", "By topic: %1. Clear the field to restore it.")
    return text.replace("%1", title)
