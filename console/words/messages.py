"""Words of a message: its author, what is missing, how it stands."""

from collections.abc import Iterable
from datetime import date, time
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.keys.defaults import Key
from console.keys.installed import with_keys
from console.words.formats import day_words, phone_text
from console.words.spoken import number_aloud, until_aloud
from sync.register.calls import CallRecord
from sync.register.messages import MessageProblem
from sync.register.numbering import RegistrationNumber
from sync.register.values import Absence, PersonName, Stated


def message_subtitle(card: CallRecord | None) -> str:
    if card is None:
        return ""
    text = QCoreApplication.translate(
        "Words", "from call № %1; its own number comes on registration"
    )
    return text.replace("%1", str(card.number))


def person_name(name: PersonName | Absence) -> str:
    if isinstance(name, Absence):
        return QCoreApplication.translate("Words", "name not given")
    return " ".join(part for part in (name.surname, name.given_name, name.patronymic) if part)


def author(name: PersonName | Absence, phone: Stated, email: Stated) -> str:
    """The author of a message in one line; who was not asked for his e-mail may well have one."""
    not_asked = Absence.NOT_ASKED
    parts = [
        QCoreApplication.translate("Words", "name not asked")
        if name is not_asked
        else person_name(name)
    ]
    if phone is not_asked:
        parts.append(QCoreApplication.translate("Words", "phone not asked"))
    elif isinstance(phone, Absence):
        parts.append(QCoreApplication.translate("Words", "no phone"))
    else:
        parts.append(phone_text(phone))
    if email is not_asked:
        parts.append(QCoreApplication.translate("Words", "e-mail not asked"))
    elif isinstance(email, Absence):
        parts.append(QCoreApplication.translate("Words", "no e-mail"))
    else:
        parts.append(email)
    return " · ".join(parts)


def problems_by_field(problems: Iterable[MessageProblem]) -> dict[str, str]:
    """What is wrong, by the row of the form: of several at one row what comes first there."""
    told: dict[str, str] = {}
    for problem in problems:
        told.setdefault(_field(problem), message_problem(problem))
    return told


def _field(problem: MessageProblem) -> str:
    match problem:
        case MessageProblem.TEXT_MISSING:
            return "text"
        case MessageProblem.DATE_MISSING | MessageProblem.TIME_MISSING:
            return "when"
        case MessageProblem.PLACE_MISSING:
            return "place"
        case (
            MessageProblem.CATEGORY_MISSING
            | MessageProblem.ALREADY_REGISTERED
            | MessageProblem.NOT_ALLOWED
        ):
            return "category"
        case _:
            assert_never(problem)


def message_problem(problem: MessageProblem) -> str:
    match problem:
        case MessageProblem.TEXT_MISSING:
            return QCoreApplication.translate(
                "Words", "Write what has happened: without a text there is no message (par. 6.1)"
            )
        case MessageProblem.DATE_MISSING:
            return QCoreApplication.translate("Words", "State the day as DD.MM.YYYY (par. 6.1)")
        case MessageProblem.TIME_MISSING:
            return QCoreApplication.translate(
                "Words", "State the hour, at least roughly, as HH:MM (par. 6.1)"
            )
        case MessageProblem.PLACE_MISSING:
            return QCoreApplication.translate(
                "Words",
                "State the house or a landmark: without a place it cannot be registered (par. 6.1)",
            )
        case MessageProblem.CATEGORY_MISSING:
            return QCoreApplication.translate(
                "Words", "Choose the category: it decides who answers (par. 5.3, 7.9)"
            )
        case MessageProblem.ALREADY_REGISTERED:
            return QCoreApplication.translate("Words", "This message is registered already")
        case MessageProblem.NOT_ALLOWED:
            return QCoreApplication.translate("Words", "Your role does not register messages")
        case _:
            assert_never(problem)


def message_left(platform_id: str) -> tuple[str, str]:
    """A message without a text stays on the platform: what it is, and what to do."""
    head = QCoreApplication.translate("Words", "Message %1 on the platform has no text")
    body = QCoreApplication.translate("Words", "Photos do not come along: judge it there")
    return head.replace("%1", platform_id), body


def message_handed_in(number: str) -> str:
    return QCoreApplication.translate("Words", "Message № %1 waits for review").replace(
        "%1", number
    )


def handed_in_more() -> str:
    return with_keys(
        QCoreApplication.translate("Words", "It stands in the list “Under review”: F10."),
        Key.REVIEW,
    )


def promise(number: RegistrationNumber, answered: date | None) -> str:
    """What the operator tells the caller of a message just registered (7.4)."""
    text = QCoreApplication.translate(
        "Words", "“Your message is registered. Write down its number: %1.%2”"
    )
    return text.replace("%1", number_aloud(number)).replace("%2", _answer(answered))


def handed_in_promise(number: RegistrationNumber, decided: date) -> str:
    """What the operator tells the caller of a message that another one will decide (7.11)."""
    text = QCoreApplication.translate(
        "Words",
        "“Your message is taken in. Write down its number: %1. We decide on its registration %2.”",
    )
    return text.replace("%1", number_aloud(number)).replace("%2", until_aloud(decided))


def _answer(answered: date | None) -> str:
    if answered is None:
        return QCoreApplication.translate(
            "Words", " The body responsible prepares a written answer."
        )
    text = QCoreApplication.translate("Words", " The answer will be ready %1.")
    return text.replace("%1", until_aloud(answered))


def joined_promise(number: RegistrationNumber, answered: date | None) -> str:
    """What the operator tells a caller whose matter is known already (6.4)."""
    text = QCoreApplication.translate(
        "Words", "“This is known already: your call is tied to message %1.%2”"
    )
    return text.replace("%1", number_aloud(number)).replace("%2", _answer(answered))


def joined(number: str) -> str:
    text = QCoreApplication.translate("Words", "The call is tied to message № %1")
    return text.replace("%1", number)


def part(number: int, count: int) -> str:
    text = QCoreApplication.translate("Words", "message %1 of %2 of this call")
    return text.replace("%1", str(number)).replace("%2", str(count))


def rest_waits() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "A further question of this call is not registered"),
        with_keys(
            QCoreApplication.translate(
                "Words", "Register it; Ctrl+Enter in the card once more closes the call without it."
            ),
            Key.SAVE,
        ),
    )


def not_split() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "There is one question here"),
        with_keys(
            QCoreApplication.translate("Words", "Select the second one in the text, then Alt+S."),
            Key.SPLIT,
        ),
    )


def not_written() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The disk refuses: nothing was changed"),
        QCoreApplication.translate("Words", "Try again; what was typed is still here."),
    )


def said_by(operator: str) -> str:
    text = QCoreApplication.translate("Words", "In the caller's words, written down by %1")
    return text.replace("%1", operator)


def when_told(on: date, at: time | None, today: date) -> str:
    """The day of an event to be read back: «вчера, вторник 24 ноября, 18:30»."""
    near = {
        0: QCoreApplication.translate("Words", "today"),
        1: QCoreApplication.translate("Words", "yesterday"),
        2: QCoreApplication.translate("Words", "the day before yesterday"),
    }.get((today - on).days, "")
    pattern = "dddd d MMMM" if on.year == today.year else "dddd d MMMM yyyy"
    parts = [near, day_words(on, pattern), "" if at is None else f"{at:%H:%M}"]
    return ", ".join(part for part in parts if part)


def when_ahead() -> str:
    return QCoreApplication.translate("Words", "this moment has not come yet: ask again")


def message_answered(number: str) -> str:
    text = QCoreApplication.translate("Words", "Message № %1 has news from the platform")
    return text.replace("%1", number)


def message_rejected(number: str, code: str) -> str:
    text = QCoreApplication.translate("Words", "The platform refuses message № %1 (%2)")
    return text.replace("%1", number).replace("%2", code)


def message_rejected_more() -> str:
    return QCoreApplication.translate(
        "Words", "The message is registered here; tell the administrator."
    )
