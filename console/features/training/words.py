"""Display strings of the training mode, its offer and its scores."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.keymap import with_keys
from console.core.regulation_words import mark
from console.shared.session.card_words import result_name
from sync.register.calls.calls import CallResult
from sync.register.training import Item, Point

GOOD_SHARE, FAIR_SHARE = 80, 50


def trainee() -> str:
    """Operator name used in the records of the training mode."""
    return QCoreApplication.translate("Words", "Trainee")


def opens_beside() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Training opens in a separate window"),
        with_keys(
            QCoreApplication.translate(
                "Words", "Real calls still arrive here: press F9 if you do not want them now."
            ),
            Key.STATE,
        ),
    )


def not_started() -> str:
    return QCoreApplication.translate(
        "Words", "Training mode could not start: call the administrator"
    )


def is_never_locked() -> str:
    return QCoreApplication.translate(
        "Words", "Training mode is not locked: all its data is fictional"
    )


def first_play(lesson: str) -> str:
    text = QCoreApplication.translate("Words", "This caller refers to an earlier call. First: {0}")
    return text.format(lesson)


def score_unread() -> str:
    return QCoreApplication.translate("Words", "The score cannot be read")


def score_head(earned: int, most: int) -> str:
    return QCoreApplication.translate("Words", "{0} of {1} points").format(earned, most)


def worth(earned: int, most: int) -> str:
    return QCoreApplication.translate("Words", "{0} of {1}").format(earned, most)


def verdict(share: int) -> str:
    """Rating as display text for a score in percent."""
    if share == 100:
        return QCoreApplication.translate("Words", "All correct")
    if share >= GOOD_SHARE:
        return QCoreApplication.translate("Words", "Good, with a few gaps")
    if share >= FAIR_SHARE:
        return QCoreApplication.translate(
            "Words", "Repeat it: the lines below show what was missing"
        )
    return QCoreApplication.translate("Words", "Read the lesson's task again and repeat it")


def standing(best: int, last: int) -> str:
    """Best and last result of a lesson, in percent."""
    return QCoreApplication.translate("Words", "best {0} %, last {1} %").format(best, last)


def not_played() -> str:
    return QCoreApplication.translate("Words", "not done yet")


def paragraph(number: str) -> str:
    if not number:
        return QCoreApplication.translate("Words", "work procedure")
    return mark(number)


def point(one: Point, place: int) -> str:
    """Label of a criterion; ``place`` is the position of the message, 0 if it is the only one."""
    text = _POINTS[one]()
    if place:
        return QCoreApplication.translate("Words", "Message {0}: {1}").format(place, text)
    return text


def wanted(item: Item, title_of: Callable[[str], str]) -> str:
    """Text with the correct value of a criterion, or advice; empty if the label of the criterion is
    sufficient.
    """
    match item.point:
        case Point.RESULT:
            names = (result_name(CallResult(value)) for value in item.wanted)
            text = QCoreApplication.translate("Words", "correct: {0}")
            return text.format(_or().join(names))
        case Point.ENTRY | Point.CATEGORY:
            titles = (title_of(key) for key in item.wanted)
            text = QCoreApplication.translate("Words", "correct: {0}")
            return text.format(_or().join(f"«{title}»" for title in titles if title))
        case Point.CONTENT | Point.TEXT | Point.PLACE:
            text = QCoreApplication.translate("Words", "not mentioned: {0}")
            return text.format(", ".join(f"«{word}…»" for word in item.wanted))
        case _:
            return _ADVICE[item.point]() if item.point in _ADVICE else ""


def _or() -> str:
    return QCoreApplication.translate("Words", " or ")


_POINTS: dict[Point, Callable[[], str]] = {
    Point.ANSWERED_SOON: lambda: QCoreApplication.translate("Words", "Answered within 20 seconds"),
    Point.REGISTERED: lambda: QCoreApplication.translate(
        "Words", "Registered with number, date and time"
    ),
    Point.CONTENT: lambda: QCoreApplication.translate("Words", "The content covers the matter"),
    Point.RESULT: lambda: QCoreApplication.translate("Words", "The result matches the call"),
    Point.ENTRY: lambda: QCoreApplication.translate("Words", "Answered from the directory"),
    Point.SCRIPT: lambda: QCoreApplication.translate(
        "Words", "Explained how to file a 59-FZ formal request"
    ),
    Point.DANGER_FIRST: lambda: QCoreApplication.translate(
        "Words", "Emergency number given first, within a minute"
    ),
    Point.NAME: lambda: QCoreApplication.translate("Words", "Name asked and recorded"),
    Point.EMAIL: lambda: QCoreApplication.translate(
        "Words", "E-mail asked: recorded, or “not given”"
    ),
    Point.NO_MESSAGE: lambda: QCoreApplication.translate(
        "Words", "No message created for what the platform does not accept"
    ),
    Point.TIED: lambda: QCoreApplication.translate(
        "Words", "The call is linked to the known message"
    ),
    Point.NOT_TWICE: lambda: QCoreApplication.translate("Words", "No second message created"),
    Point.MESSAGE: lambda: QCoreApplication.translate("Words", "One message created from the call"),
    Point.MESSAGES: lambda: QCoreApplication.translate("Words", "One question in each message"),
    Point.TEXT: lambda: QCoreApplication.translate("Words", "The text covers the matter"),
    Point.CLEAN: lambda: QCoreApplication.translate(
        "Words", "No insults, threats or obscene words in the text"
    ),
    Point.PLACE: lambda: QCoreApplication.translate("Words", "Place asked and correct"),
    Point.WHEN: lambda: QCoreApplication.translate("Words", "Date and time of the event"),
    Point.CATEGORY: lambda: QCoreApplication.translate("Words", "Correct category"),
    Point.PUBLICITY: lambda: QCoreApplication.translate(
        "Words", "Publicity asked and set as the caller wants"
    ),
    Point.CONFIDENTIAL: lambda: QCoreApplication.translate(
        "Words", "Personal data is not published"
    ),
    Point.DEALT_WITH: lambda: QCoreApplication.translate("Words", "Missed call handled"),
    Point.SAVED_SOON: lambda: QCoreApplication.translate(
        "Words", "Saved within a minute after the call"
    ),
}

_ADVICE: dict[Point, Callable[[], str]] = {
    Point.DANGER_FIRST: lambda: QCoreApplication.translate(
        "Words", "find it and insert it into the card before any question"
    ),
    Point.SCRIPT: lambda: with_keys(
        QCoreApplication.translate("Words", "Ctrl+9 inserts it into the card"), Key.FORMAL_APPEAL
    ),
    Point.EMAIL: lambda: with_keys(
        QCoreApplication.translate("Words", "Ctrl+E: “not given”"), Key.NOT_GIVEN
    ),
    Point.MESSAGE: lambda: with_keys(
        QCoreApplication.translate("Words", "Ctrl+3 creates it"), Key.MAKE_MESSAGE
    ),
    Point.MESSAGES: lambda: with_keys(
        QCoreApplication.translate("Words", "Alt+S creates a message from the selection"), Key.SPLIT
    ),
    Point.TIED: lambda: with_keys(
        QCoreApplication.translate("Words", "Ctrl+D in the message, or F4 and Alt+L"),
        Key.PUT_ASIDE,
        Key.LOOK_UP,
        Key.LINK,
    ),
    Point.DEALT_WITH: lambda: with_keys(
        QCoreApplication.translate("Words", "Ctrl+M, then 1…3"), Key.MISSED
    ),
    Point.CONFIDENTIAL: lambda: QCoreApplication.translate(
        "Words", "leave them out of the text, or make the message non-public"
    ),
}
