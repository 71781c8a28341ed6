"""Display strings of the review queue and of the message under review (Regulation 7.5, 7.6)."""

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QObject

from console.core.default_keys import Key
from console.core.formats import NO_VALUE, date_text, day_words, short_name, time_text
from console.core.keymap import with_keys
from console.shared.texts.ground_words import confidential_kind
from sync.register.handling.contents import Confidential
from sync.register.messages import Publicity


class Waiting(QObject):
    """Display texts that contain a number of messages."""

    def messages(self, count: int) -> str:
        return self.tr("%n message(s)", "", count)


def queue_subtitle(count: int, nearest: str) -> str:
    """Subtitle of the queue page: number of messages and the earliest deadline."""
    if not count:
        return QCoreApplication.translate("Words", "The par. 7.11 term runs from sending.")
    text = QCoreApplication.translate("Words", "%1 · next deadline: %2")
    return text.replace("%1", Waiting().messages(count)).replace("%2", nearest)


def queue_unread() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Cannot read the queue"),
        QCoreApplication.translate(
            "Words", "Data may be out of date. If this persists, call the administrator."
        ),
    )


def holder(name: str, is_mine: bool) -> str:
    return QCoreApplication.translate("Words", "with you") if is_mine else short_name(name)


def held_by(name: str, since: str, may_release: bool) -> tuple[str, str]:
    """Notice that another operator has the message under review, with advice."""
    head = QCoreApplication.translate("Words", "In review by %1 since %2")
    body = (
        with_keys(
            QCoreApplication.translate("Words", "Alt+R returns it to the queue (par. 7.6)."),
            Key.RELEASE,
        )
        if may_release
        else QCoreApplication.translate("Words", "A supervisor can return it to the queue.")
    )
    return head.replace("%1", name).replace("%2", since), body


def decided_already() -> str:
    return QCoreApplication.translate("Words", "A colleague has already decided this message")


def asks(name: str, question: str) -> str:
    """Question of a colleague about a message, in one line."""
    text = QCoreApplication.translate("Words", "%1 asks: %2")
    return text.replace("%1", short_name(name)).replace("%2", " ".join(question.split()))


def only_photos() -> str:
    return QCoreApplication.translate("Words", "Photos without text")


def no_category() -> str:
    return QCoreApplication.translate("Words", "no topic yet")


def no_place() -> str:
    return QCoreApplication.translate("Words", "place not stated")


def no_phone_number() -> str:
    return QCoreApplication.translate(
        "Words", "Not a phone number: check the digits or leave the field empty"
    )


def no_email_address() -> str:
    return QCoreApplication.translate(
        "Words", "Not an e-mail address: check it or leave the field empty"
    )


def begun_waits() -> tuple[str, str]:
    """Notice at sign-in that the operator has an unfinished message without a call."""
    return (
        QCoreApplication.translate("Words", "Your message without a call is not submitted yet"),
        with_keys(
            QCoreApplication.translate("Words", "It is as you left it: press F10, then Ins."),
            Key.REVIEW,
            Key.NEW,
        ),
    )


def nobody_waits() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Nothing to review"),
        QCoreApplication.translate(
            "Words",
            "User messages and those submitted by operators from calls appear here.",
        ),
    )


# --- message on the screen ---


def message_title(number: str) -> str:
    return f"№ {number}"


def received(at_local: datetime, *, from_call: bool) -> str:
    """Text with channel and time of receipt of a message."""
    text = (
        QCoreApplication.translate("Words", "by phone, %1, %2")
        if from_call
        else QCoreApplication.translate("Words", "sent %1, %2")
    )
    day = f"{day_words(at_local.date(), 'ddd')} {date_text(at_local.date())}"
    return text.replace("%1", day).replace("%2", time_text(at_local))


def publicity_pill(
    publicity: Publicity, confidential: Iterable[Confidential]
) -> tuple[str, str, str]:
    """Returns the visibility badge (text, icon, kind): the author's choice or the effect of clause
    6.12.
    """
    kinds = sorted(confidential)
    if kinds:
        text = QCoreApplication.translate("Words", "non-public under 6.12: %1")
        listed = ", ".join(confidential_kind(kind) for kind in kinds)
        return text.replace("%1", listed), "eye-slash", "wrap"
    match publicity:
        case Publicity.PUBLIC:
            text = QCoreApplication.translate("Words", "public")
            return text, "globe-hemisphere-east", "accent"
        case Publicity.NON_PUBLIC:
            return QCoreApplication.translate("Words", "non-public"), "eye-slash", "wrap"
        case Publicity.NOT_STATED:
            text = QCoreApplication.translate("Words", "non-public: not stated (6.10)")
            return text, "eye-slash", "wrap"


def text_unread() -> str:
    return QCoreApplication.translate(
        "Words", "The text was not checked: read it yourself, line by line"
    )


def elsewhere(value: str, who: str) -> str:
    """Text below a field that shows the value saved by another operator in the meantime."""
    text = QCoreApplication.translate("Words", "The message now has: %1 (%2)")
    take = with_keys(QCoreApplication.translate("Words", "Alt+R uses this"), Key.THEIR_TEXT)
    return f"{text.replace('%1', value or NO_VALUE).replace('%2', who)} · {take}"


def theirs_stays() -> tuple[str, str]:
    """Notice that a message was closed with unresolved conflicts, so a correction was not saved."""
    return (
        QCoreApplication.translate("Words", "Your correction was not saved"),
        QCoreApplication.translate(
            "Words", "Someone else edited the same field; the message keeps what it had."
        ),
    )


def nothing_disputed() -> str:
    return QCoreApplication.translate("Words", "No one else has edited what you type here")
