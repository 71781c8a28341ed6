"""Display texts of messages and answers: lists, form problems, results, sentences to read out."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.formats import Counted, date_text, day_words, moment, phone_text
from console.core.keymap import with_keys
from console.shared.messages.term_words import number_aloud, until_aloud
from sync.register.calls.calls import CallRecord
from sync.register.handling.answers import AnswerKind, Rating
from sync.register.handling.contents import Confidential
from sync.register.handling.step_facts import Official
from sync.register.messages import MessageProblem, Publicity
from sync.register.numbering import RegistrationNumber
from sync.register.people.values import Absence, PersonName, Stated


def list_name(name: str) -> str:
    """Heading of a list."""
    return {
        "to_send": QCoreApplication.translate("Words", "Review and send"),
        "over_mark": QCoreApplication.translate("Words", "Over a thousand votes"),
        "rework": QCoreApplication.translate("Words", "Rework"),
        "at_organs": QCoreApplication.translate("Words", "Awaiting answer"),
        "returned": QCoreApplication.translate("Words", "Returned to authority"),
        "promised": QCoreApplication.translate("Words", "Promised dates"),
        "sent": QCoreApplication.translate("Words", "Sent to the author"),
    }[name]


def subtitle(waiting: int, nearest: str) -> str:
    """Number of messages that require action, and the earliest deadline."""
    nothing = QCoreApplication.translate("Words", "You have no tasks")
    head = Counted().wait_for_you(waiting) if waiting else nothing
    if not nearest:
        return head
    text = QCoreApplication.translate("Words", "%1 · next deadline: %2")
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
    """Name of a category of non-public data (clause 6.12)."""
    return {
        Confidential.PERSONAL_DATA: QCoreApplication.translate("Words", "personal data"),
        Confidential.HEALTH: QCoreApplication.translate("Words", "health data"),
        Confidential.CONFIDENTIAL_BY_LAW: QCoreApplication.translate(
            "Words", "legally confidential"
        ),
        Confidential.CLASSIFIED: QCoreApplication.translate("Words", "legally protected secret"),
    }[kind]


def publicity_mark(publicity: Publicity, *, is_published: bool) -> tuple[str, str, str]:
    """Publication status of a message: text, icon and badge kind."""
    if is_published:
        return QCoreApplication.translate("Words", "published"), "globe-hemisphere-east", "ok"
    if publicity is Publicity.PUBLIC:
        text = QCoreApplication.translate("Words", "public, not published")
        return text, "globe-hemisphere-east", "neutral"
    return QCoreApplication.translate("Words", "non-public"), "eye-slash", "wrap"


def answer_head(number: int, kind: AnswerKind, organ: str, at: str) -> str:
    """Heading of an answer: number, kind, body and time."""
    text = QCoreApplication.translate("Words", "Answer %1: %2")
    head = text.replace("%1", str(number)).replace("%2", kind_name(kind))
    who = organ or QCoreApplication.translate("Words", "the operator")
    return " · ".join(part for part in (head, who, at) if part)


def unjudged_head(organ: str) -> str:
    head = QCoreApplication.translate("Words", "New answer from the platform, type not given")
    return f"{head} · {organ}" if organ else head


def planned_line(day: date, measures: str) -> str:
    text = QCoreApplication.translate("Words", "Promised by %1: %2")
    return text.replace("%1", date_text(day)).replace("%2", measures)


def grounds_line(grounds: str) -> str:
    return QCoreApplication.translate("Words", "Grounds: %1").replace("%1", grounds)


def returned_line(note: str) -> str:
    return QCoreApplication.translate("Words", "Returned with a note: %1").replace("%1", note)


def rated_line(rating: Rating, remarks: str) -> str:
    text = QCoreApplication.translate("Words", "Author's rating: %1").replace(
        "%1", rating_name(rating)
    )
    return f"{text}. {remarks}" if remarks else text


def sent_line() -> str:
    return QCoreApplication.translate("Words", "Sent to the author")


def event_line(day: date | None, hour: str, place: str) -> str:
    """Time and place of the reported event (clause 6.1)."""
    at = " ".join(part for part in ("" if day is None else date_text(day), hour) if part)
    return " · ".join(part for part in (at, place) if part)


def votes_line(users: int, guests: int, in_time: int) -> str:
    """Votes as counted by clauses 10.5 and 10.6."""
    text = QCoreApplication.translate("Words", "Votes: %1 (%2 within three days), guests: %3")
    return text.replace("%1", str(users)).replace("%2", str(in_time)).replace("%3", str(guests))


def reworks_line(count: int) -> str:
    return Counted().reworks(count)


def confidential_line(found: tuple[str, ...]) -> str:
    """Non-public data found in an answer (clause 6.12)."""
    text = QCoreApplication.translate("Words", "Check before sending (par. 6.12): %1")
    return text.replace("%1", ", ".join(found))


def answered_at(at_local: datetime, now_local: datetime) -> str:
    return moment(at_local, now_local)


def nothing_to_do() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "No answers pending"),
        QCoreApplication.translate(
            "Words", "Registered messages appear here with their answer deadlines."
        ),
    )


def place_title() -> str:
    return QCoreApplication.translate("Words", "Answers and deadlines")


def organ_line(organ: str) -> str:
    """Body that answers."""
    if organ:
        return QCoreApplication.translate("Words", "Answer by: %1").replace("%1", organ)
    return QCoreApplication.translate("Words", "No authority yet")


def official_line(official: Official) -> str:
    """Responsible official of the body and the date of notification (clause 12.3)."""
    text = QCoreApplication.translate("Words", "Responsible official: %1, told on %2")
    told_on = date_text(official.told_on)
    return text.replace("%2", told_on).replace("%1", official.full_name)


def kind_title(kind: AnswerKind) -> str:
    """Kind of an answer as a choice."""
    return {
        AnswerKind.SOLVED: QCoreApplication.translate("Words", "Solved"),
        AnswerKind.PLANNED: QCoreApplication.translate("Words", "Planned"),
        AnswerKind.IMPOSSIBLE: QCoreApplication.translate("Words", "Impossible"),
    }[kind]


def kind_hint(kind: AnswerKind) -> str:
    """Requirements of the kind (clause 9.4)."""
    return {
        AnswerKind.SOLVED: QCoreApplication.translate("Words", "what was done"),
        AnswerKind.PLANNED: QCoreApplication.translate("Words", "date and measures"),
        AnswerKind.IMPOSSIBLE: QCoreApplication.translate("Words", "with grounds"),
    }[kind]


def rating_title(rating: Rating) -> str:
    """Rating as a choice."""
    return {
        Rating.GOOD: QCoreApplication.translate("Words", "Content"),
        Rating.FAIR: QCoreApplication.translate("Words", "Partly satisfied"),
        Rating.BAD: QCoreApplication.translate("Words", "Not satisfied"),
    }[rating]


def held_back() -> str:
    """Reason why an answer with such data cannot be sent (clause 6.12)."""
    return QCoreApplication.translate(
        "Words",
        "The message is published: an answer with such data cannot be sent. Remove the "
        "data or unpublish the message (par. 6.12).",
    )


def begun(*, answer: bool, decision: bool) -> str:
    """Label of a message with an unfinished answer or decision."""
    if answer:
        return QCoreApplication.translate("Words", "answer started")
    return QCoreApplication.translate("Words", "decision started") if decision else ""


def not_sent() -> str:
    """Label next to the deadline of a message without a body."""
    return QCoreApplication.translate("Words", "not assigned")


def message_subtitle(card: CallRecord | None) -> str:
    if card is None:
        return ""
    text = QCoreApplication.translate(
        "Words", "from call № %1; gets its own number on registration"
    )
    return text.replace("%1", str(card.number))


def person_name(name: PersonName | Absence) -> str:
    if isinstance(name, Absence):
        return QCoreApplication.translate("Words", "name not given")
    return " ".join(part for part in (name.surname, name.given_name, name.patronymic) if part)


def author(name: PersonName | Absence, phone: Stated, email: Stated) -> str:
    """Author of a message in one line; an e-mail address that was not requested is not reported as
    missing.
    """
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
    """Validation errors by row of the form; the first one if a row has several."""
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
                "Words", "Describe what happened: a message needs text (par. 6.1)"
            )
        case MessageProblem.DATE_MISSING:
            return QCoreApplication.translate("Words", "Enter the date: DD.MM.YYYY (par. 6.1)")
        case MessageProblem.TIME_MISSING:
            return QCoreApplication.translate(
                "Words", "Enter the time, at least roughly: HH:MM (par. 6.1)"
            )
        case MessageProblem.PLACE_MISSING:
            return QCoreApplication.translate(
                "Words",
                "Enter a house or landmark: it cannot be registered without a place (par. 6.1)",
            )
        case MessageProblem.CATEGORY_MISSING:
            return QCoreApplication.translate(
                "Words", "Choose a category: it decides who answers (par. 5.3, 7.9)"
            )
        case MessageProblem.ALREADY_REGISTERED:
            return QCoreApplication.translate("Words", "This message is already registered")
        case MessageProblem.NOT_ALLOWED:
            return QCoreApplication.translate("Words", "Your role cannot register messages")
        case _:
            assert_never(problem)


def message_left(platform_id: str) -> tuple[str, str]:
    """Notice that a message without text remains on the platform, with advice."""
    head = QCoreApplication.translate("Words", "Platform message %1 has no text")
    body = QCoreApplication.translate("Words", "Photos are not transferred: review it there")
    return head.replace("%1", platform_id), body


def message_handed_in(number: str) -> str:
    return QCoreApplication.translate("Words", "Message № %1 is awaiting review").replace(
        "%1", number
    )


def handed_in_more() -> str:
    return with_keys(
        QCoreApplication.translate("Words", "It is in the “Under review” list: F10."),
        Key.REVIEW,
    )


def promise(number: RegistrationNumber, body: str, answered: date | None) -> str:
    """Text read to the caller after a message was registered and sent (clauses 7.4 and 7.9).

    `body` is the name of the responsible body, empty if it is not loaded yet.
    """
    text = QCoreApplication.translate(
        "Words",
        "“Your message is registered and sent to the responsible authority%3. Write down "
        "its number: %1.%2”",
    )
    named = f": {body}" if body else ""
    told = text.replace("%1", number_aloud(number)).replace("%2", _answer(answered))
    return told.replace("%3", named)


def unsent_promise(number: RegistrationNumber, answered: date | None) -> str:
    """Text read to the caller after a message was registered but no body is set for its topic."""
    text = QCoreApplication.translate(
        "Words",
        "“Your message is registered. Write down its number: %1. The responsible "
        "authority will be chosen later.%2”",
    )
    due = "" if answered is None else _answer(answered)
    return text.replace("%1", number_aloud(number)).replace("%2", due)


def message_unsent(number: str) -> tuple[str, str]:
    """Notice of a message that was registered but not sent, with advice."""
    head = QCoreApplication.translate("Words", "Message № %1 is registered but not sent to anyone")
    return head.replace("%1", number), with_keys(
        QCoreApplication.translate(
            "Words",
            "The topic has no active authority. Choose one: Ctrl+O, then Alt+O.",
        ),
        Key.ANSWERS,
        Key.ROUTE,
    )


def handed_in_promise(number: RegistrationNumber, decided: date) -> str:
    """Text read to the caller of a message whose registration is decided later (clause 7.11)."""
    text = QCoreApplication.translate(
        "Words",
        "“Your message is accepted. Write down its number: %1. We will decide on registration %2.”",
    )
    return text.replace("%1", number_aloud(number)).replace("%2", until_aloud(decided))


def _answer(answered: date | None) -> str:
    if answered is None:
        return QCoreApplication.translate(
            "Words", " The responsible authority will prepare a written answer."
        )
    text = QCoreApplication.translate("Words", " The answer will be ready %1.")
    return text.replace("%1", until_aloud(answered))


def joined_promise(number: RegistrationNumber, answered: date | None) -> str:
    """Text read to a caller whose subject is already registered (clause 6.4)."""
    text = QCoreApplication.translate(
        "Words", "“This is already known: your call is linked to message %1.%2”"
    )
    return text.replace("%1", number_aloud(number)).replace("%2", _answer(answered))


def joined(number: str) -> str:
    text = QCoreApplication.translate("Words", "The call is linked to message № %1")
    return text.replace("%1", number)


def part(number: int, count: int) -> str:
    text = QCoreApplication.translate("Words", "message %1 of %2")
    return text.replace("%1", str(number)).replace("%2", str(count))


def rest_waits() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "The second message of this call is not registered"),
        with_keys(
            QCoreApplication.translate(
                "Words",
                "Register it, or press Ctrl+Enter in the card again to close the call without it.",
            ),
            Key.SAVE,
        ),
    )


def unfinished_waits() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "A message from this call is not finished"),
        with_keys(
            QCoreApplication.translate(
                "Words",
                "Register it, or clear it and press Esc. Ctrl+Enter in the card again "
                "closes the call; the message stays in drafts.",
            ),
            Key.SAVE,
        ),
    )


def not_split() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "There is only one question here"),
        with_keys(
            QCoreApplication.translate(
                "Words", "Select the second one in the text, then press Alt+S."
            ),
            Key.SPLIT,
        ),
    )


def not_written() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Cannot write to disk: nothing was changed"),
        QCoreApplication.translate("Words", "Try again; your input is still here."),
    )


def said_by(operator: str) -> str:
    text = QCoreApplication.translate("Words", "In the caller's words, recorded by %1")
    return text.replace("%1", operator)


def when_told(on: date, at: time | None, today: date) -> str:
    """Event date to read back: «вчера, вторник 24 ноября, 18:30»."""
    near = {
        0: QCoreApplication.translate("Words", "today"),
        1: QCoreApplication.translate("Words", "yesterday"),
        2: QCoreApplication.translate("Words", "the day before yesterday"),
    }.get((today - on).days, "")
    pattern = "dddd d MMMM" if on.year == today.year else "dddd d MMMM yyyy"
    parts = [near, day_words(on, pattern), "" if at is None else f"{at:%H:%M}"]
    return ", ".join(part for part in parts if part)


def when_ahead() -> str:
    return QCoreApplication.translate("Words", "this time is in the future: ask again")


def message_answered(number: str) -> str:
    text = QCoreApplication.translate("Words", "Message № %1 has news from the platform")
    return text.replace("%1", number)


def message_rejected(number: str, code: str) -> str:
    text = QCoreApplication.translate("Words", "The platform rejects message № %1 (%2)")
    return text.replace("%1", number).replace("%2", code)


def message_rejected_more() -> str:
    return QCoreApplication.translate("Words", "It is registered here; tell the administrator.")
