"""Words of answers: the lists they wait in, their kinds, and what is said of each."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from console.words.formats import Counted, date_text, moment
from sync.register.handling.answers import AnswerKind, Rating
from sync.register.handling.confidential import Confidential
from sync.register.messages import Publicity


def list_name(name: str) -> str:
    """The head of a list of the page."""
    return {
        "to_send": QCoreApplication.translate("Words", "To check and send"),
        "over_mark": QCoreApplication.translate("Words", "More than a thousand votes"),
        "rework": QCoreApplication.translate("Words", "Rework"),
        "at_organs": QCoreApplication.translate("Words", "An answer is awaited"),
        "returned": QCoreApplication.translate("Words", "Returned to the body"),
        "promised": QCoreApplication.translate("Words", "Promised dates"),
        "sent": QCoreApplication.translate("Words", "Sent to the author"),
    }[name]


def subtitle(waiting: int, nearest: str) -> str:
    """How many messages wait for the operator, and the term that ends first."""
    nothing = QCoreApplication.translate("Words", "Nothing waits for you")
    head = Counted().wait_for_you(waiting) if waiting else nothing
    if not nearest:
        return head
    text = QCoreApplication.translate("Words", "%1 · the first term: %2")
    return text.replace("%1", head).replace("%2", nearest)


def kind_name(kind: AnswerKind) -> str:
    return {
        AnswerKind.SOLVED: QCoreApplication.translate("Words", "solved"),
        AnswerKind.PLANNED: QCoreApplication.translate("Words", "planned"),
        AnswerKind.IMPOSSIBLE: QCoreApplication.translate("Words", "impossible"),
    }[kind]


def rating_name(rating: Rating) -> str:
    return {
        Rating.GOOD: QCoreApplication.translate("Words", "good"),
        Rating.FAIR: QCoreApplication.translate("Words", "fair"),
        Rating.BAD: QCoreApplication.translate("Words", "bad"),
    }[rating]


def confidential_name(kind: Confidential) -> str:
    """What of 6.12 stands in a text."""
    return {
        Confidential.PERSONAL_DATA: QCoreApplication.translate("Words", "personal data"),
        Confidential.HEALTH: QCoreApplication.translate("Words", "data on health"),
        Confidential.CONFIDENTIAL_BY_LAW: QCoreApplication.translate(
            "Words", "confidential by law"
        ),
        Confidential.CLASSIFIED: QCoreApplication.translate("Words", "a secret protected by law"),
    }[kind]


def publicity_mark(publicity: Publicity, *, is_published: bool) -> tuple[str, str, str]:
    """Whether others see the message: word, icon and kind of the pill."""
    if is_published:
        return QCoreApplication.translate("Words", "published"), "globe-hemisphere-east", "ok"
    if publicity is Publicity.PUBLIC:
        text = QCoreApplication.translate("Words", "public, not published")
        return text, "globe-hemisphere-east", "neutral"
    return QCoreApplication.translate("Words", "not public"), "eye-slash", "wrap"


def answer_head(number: int, kind: AnswerKind, organ: str, at: str) -> str:
    """Which answer it is, what it tells, who gave it and when."""
    text = QCoreApplication.translate("Words", "Answer %1: %2")
    head = text.replace("%1", str(number)).replace("%2", kind_name(kind))
    who = organ or QCoreApplication.translate("Words", "the operator")
    return " · ".join(part for part in (head, who, at) if part)


def unjudged_head(organ: str) -> str:
    head = QCoreApplication.translate("Words", "New answer from the platform, its kind not told")
    return f"{head} · {organ}" if organ else head


def planned_line(day: date, measures: str) -> str:
    text = QCoreApplication.translate("Words", "Promised by %1: %2")
    return text.replace("%1", date_text(day)).replace("%2", measures)


def grounds_line(grounds: str) -> str:
    return QCoreApplication.translate("Words", "Grounds: %1").replace("%1", grounds)


def returned_line(note: str) -> str:
    return QCoreApplication.translate("Words", "Returned with the note: %1").replace("%1", note)


def rated_line(rating: Rating, remarks: str) -> str:
    text = QCoreApplication.translate("Words", "Rated by the author: %1").replace(
        "%1", rating_name(rating)
    )
    return f"{text}. {remarks}" if remarks else text


def sent_line() -> str:
    return QCoreApplication.translate("Words", "Sent to the author")


def event_line(day: date | None, hour: str, place: str) -> str:
    """When and where what the message tells has happened (6.1)."""
    at = " ".join(part for part in ("" if day is None else date_text(day), hour) if part)
    return " · ".join(part for part in (at, place) if part)


def votes_line(users: int, guests: int, in_time: int) -> str:
    """Votes as 10.5 and 10.6 count them."""
    text = QCoreApplication.translate("Words", "Votes: %1 (within three days %2), guests %3")
    return text.replace("%1", str(users)).replace("%2", str(in_time)).replace("%3", str(guests))


def reworks_line(count: int) -> str:
    return Counted().reworks(count)


def confidential_line(found: tuple[str, ...]) -> str:
    """What the check has found in an answer (6.12)."""
    text = QCoreApplication.translate("Words", "Look at it before it is sent (par. 6.12): %1")
    return text.replace("%1", ", ".join(found))


def answered_at(at_local: datetime, now_local: datetime) -> str:
    return moment(at_local, now_local)


def nothing_to_do() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Nothing waits for an answer"),
        QCoreApplication.translate(
            "Words", "Registered messages appear here, with the terms of their answers."
        ),
    )


def place_title() -> str:
    return QCoreApplication.translate("Words", "Answers and terms")


def organ_line(organ: str) -> str:
    """Who is to answer."""
    if organ:
        return QCoreApplication.translate("Words", "Answers: %1").replace("%1", organ)
    return QCoreApplication.translate("Words", "Sent to no body yet")


def kind_title(kind: AnswerKind) -> str:
    """The kind as a cell to choose."""
    return {
        AnswerKind.SOLVED: QCoreApplication.translate("Words", "Solved"),
        AnswerKind.PLANNED: QCoreApplication.translate("Words", "Planned"),
        AnswerKind.IMPOSSIBLE: QCoreApplication.translate("Words", "Impossible"),
    }[kind]


def kind_hint(kind: AnswerKind) -> str:
    """What the kind needs (9.4)."""
    return {
        AnswerKind.SOLVED: QCoreApplication.translate("Words", "what was done"),
        AnswerKind.PLANNED: QCoreApplication.translate("Words", "date and measures"),
        AnswerKind.IMPOSSIBLE: QCoreApplication.translate("Words", "with the grounds"),
    }[kind]


def rating_title(rating: Rating) -> str:
    """The rating as a cell to choose."""
    return {
        Rating.GOOD: QCoreApplication.translate("Words", "Content"),
        Rating.FAIR: QCoreApplication.translate("Words", "Partly content"),
        Rating.BAD: QCoreApplication.translate("Words", "Not content"),
    }[rating]


def held_back() -> str:
    """Why an answer with such data cannot go out as it is (6.12)."""
    return QCoreApplication.translate(
        "Words",
        "The message is published: with such data the answer cannot be sent. Take them out, or"
        " take the message out of publication (par. 6.12).",
    )


def begun(*, answer: bool, decision: bool) -> str:
    """Beside a message to which an answer is being written, or of which a decision is."""
    if answer:
        return QCoreApplication.translate("Words", "answer begun")
    return QCoreApplication.translate("Words", "decision begun") if decision else ""


def not_sent() -> str:
    """Beside the term of a message that no organ has."""
    return QCoreApplication.translate("Words", "no body has it")
