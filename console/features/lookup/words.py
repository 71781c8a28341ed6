"""Display strings of the message lookup: query hints, and sentences to read to the caller.

Source of the sentences: Regulation 6.11 and 9.11.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from console.core.formats import Counted, date_text, phone_text, short_name
from console.core.record_words import Record
from console.shared.messages.term_words import until_aloud
from console.shared.messages.words import person_name
from console.shared.session import card_words
from sync.register.calls.calls import CallRecord
from sync.register.messages import REVIEWED, State
from sync.register.numbering import DIGITS, NumberProblem
from sync.register.people.values import Absence, PersonName, Stated


def place_title() -> str:
    return QCoreApplication.translate("Words", "Find a message")


def hint() -> str:
    """Hint that lists the possible input of the search field."""
    return QCoreApplication.translate(
        "Words",
        "A message or call number, with or without dashes, a phone, a name or words",
    )


def number_problem(problem: NumberProblem, digits: int) -> str:
    """Reason why the input is not a registration number, and the question to ask the caller."""
    match problem:
        case NumberProblem.CHECK_DIGIT:
            return QCoreApplication.translate(
                "Words", "No such number: a digit is wrong or two are swapped. Ask for it again."
            )  # fmt: skip
        case NumberProblem.WRONG_LENGTH if digits < DIGITS:
            return Counted().digits_missing(DIGITS - digits)
        case NumberProblem.WRONG_LENGTH:
            return Counted().digits_too_many(digits - DIGITS)
        case NumberProblem.NO_SUCH_MONTH | NumberProblem.NO_SUCH_COUNTER:
            return QCoreApplication.translate("Words", "Invalid message number. Ask for it again.")
        case NumberProblem.NOT_DIGITS:
            return QCoreApplication.translate("Words", "Enter digits: a message number or a phone")


def not_found() -> str:
    return QCoreApplication.translate(
        "Words", "The number is valid, but this workplace has no such message"
    )


def not_anywhere() -> str:
    return QCoreApplication.translate("Words", "The number is valid, but there is no such message")


def only_here() -> str:
    """Note that the central database was not searched."""
    return QCoreApplication.translate(
        "Words", "The central database is not responding: only this workplace was searched."
    )


def enter_finds_words() -> str:
    return QCoreApplication.translate("Words", "Enter searches for this name or words")


def found_by_words(count: int) -> str:
    return Counted().records_found(count)


def nothing_by_words() -> str:
    return QCoreApplication.translate("Words", "No messages or calls with this name or words")


def of_call() -> str:
    return QCoreApplication.translate("Words", "phone call")


def call_line(card: CallRecord, zone: ZoneInfo) -> str:
    """Line about a call found: number, time, phone number, operator and content. A call has no
    message to read out.
    """
    parts = (
        f"{card_words.card_title(card)}, {card_words.card_subtitle(card, zone)}",
        card_words.card_phone(card),
        short_name(card.operator_name),
        card.content,
    )
    return " · ".join(part for part in parts if part)


def number_of_call(at_local: datetime) -> str:
    text = QCoreApplication.translate(
        "Words", "This is the number of a phone call on %1; it has no message"
    )
    return text.replace("%1", date_text(at_local.date()))


def nothing_by_phone(number: str) -> str:
    text = QCoreApplication.translate("Words", "No messages from phone %1")
    return text.replace("%1", phone_text(number))


def found_by_phone(count: int) -> str:
    return Counted().messages_of_phone(count)


# --- caller ---


def phone_match(calling: Stated | None, known: Stated) -> tuple[str, str, str]:
    """Compares the caller's phone number with that of the message; returns text, icon and colour
    role.
    """
    if calling is None:
        return QCoreApplication.translate("Words", "No current call"), "phone-x", "text-2"
    if isinstance(known, Absence):
        text = QCoreApplication.translate("Words", "The message has no phone")
        return text, "minus-circle", "text-2"
    if isinstance(calling, Absence):
        text = QCoreApplication.translate("Words", "The caller's number is unknown")
        return text, "question-fill", "warn"
    if calling == known:
        text = QCoreApplication.translate("Words", "Calling from %1, the number in the message")
        return text.replace("%1", phone_text(calling)), "check-circle-fill", "ok"
    text = QCoreApplication.translate("Words", "Calling from %1; the message has %2")
    text = text.replace("%1", phone_text(calling)).replace("%2", phone_text(known))
    return text, "warning-fill", "warn"


def name_match(
    said: PersonName | Absence | None, known: PersonName | Absence
) -> tuple[str, str, str]:
    """Compares the caller's name with that of the author; returns text, icon and colour role."""
    if isinstance(known, Absence):
        text = QCoreApplication.translate("Words", "The author did not give a name")
        return text, "minus-circle", "text-2"
    if said is None or isinstance(said, Absence):
        text = QCoreApplication.translate("Words", "Ask for the full name; the author is %1")
        return text.replace("%1", person_name(known)), "question-fill", "warn"
    if _same(said, known):
        text = QCoreApplication.translate("Words", "Same name as the author: %1")
        return text.replace("%1", person_name(known)), "check-circle-fill", "ok"
    text = QCoreApplication.translate("Words", "Gave the name %1; the author is %2")
    text = text.replace("%1", person_name(said)).replace("%2", person_name(known))
    return text, "warning-fill", "warn"


def _same(said: PersonName, known: PersonName) -> bool:
    """Whether surname and first name match, and also the patronymic if both names have one."""
    pairs = [(said.surname, known.surname), (said.given_name, known.given_name)]
    if said.patronymic and known.patronymic:
        pairs.append((said.patronymic, known.patronymic))
    return all(_levelled(one) == _levelled(other) for one, other in pairs)


def _levelled(text: str) -> str:
    return text.strip().casefold().replace("ё", "е")


# --- sentences for the caller ---


def exists(number: str, submitted_on: date | None) -> str:
    """Sentence with the only fact about a non-public message that other callers than its author may
    hear (6.11).
    """
    if submitted_on is None:
        text = QCoreApplication.translate("Words", "Message № %1 exists.")
        return text.replace("%1", number)
    text = QCoreApplication.translate("Words", "Message № %1 was received on %2.")
    return text.replace("%1", number).replace("%2", date_text(submitted_on))


def only_to_author() -> str:
    return QCoreApplication.translate(
        "Words", "Its content and answer may be given only to the author (par. 6.11)."
    )


def about(category: str) -> str:
    text = QCoreApplication.translate("Words", "It is about: %1.")
    return text.replace("%1", category.replace(" › ", ", "))


def stands(state: State, organ: str) -> str:
    """Status of the message as a sentence for the caller."""
    text = {
        State.DRAFT: QCoreApplication.translate("Words", "It has not been submitted yet."),
        State.SUBMITTED: QCoreApplication.translate("Words", "It is awaiting review."),
        State.UNDER_REVIEW: QCoreApplication.translate("Words", "It is being reviewed."),
        State.REGISTERED: QCoreApplication.translate(
            "Words", "It is registered; the answer is being prepared."
        ),
        State.PUBLISHED: QCoreApplication.translate(
            "Words", "It is registered and published; the answer is being prepared."
        ),
        State.REFUSED: QCoreApplication.translate("Words", "Registration was refused."),
        State.REMOVED_AS_DUPLICATE: QCoreApplication.translate(
            "Words", "It repeats an earlier message and will be answered there."
        ),
        State.AT_ORGAN: QCoreApplication.translate("Words", "The answer is being prepared by %1."),
        State.ANSWERED: QCoreApplication.translate(
            "Words", "The answer has arrived and is being checked."
        ),
        State.ANSWER_RETURNED: QCoreApplication.translate(
            "Words", "The answer is being corrected by %1."
        ),
        State.ANSWER_SENT: QCoreApplication.translate("Words", "The answer was sent."),
        State.PLANNED: QCoreApplication.translate(
            "Words", "The answer gives a date by which the issue will be solved."
        ),
        State.RATED: QCoreApplication.translate("Words", "The answer was sent and rated."),
        State.REWORK: QCoreApplication.translate("Words", "Being reworked: %1."),
        State.CLOSED: QCoreApplication.translate("Words", "Work on it is finished."),
        State.PASSED_ON: QCoreApplication.translate(
            "Words", "More than a thousand people supported it; %1 is considering it."
        ),
    }[state]
    who = organ or QCoreApplication.translate("Words", "the operator")
    return text.replace("%1", who)


def term(state: State, due: date) -> str:
    """Sentence with the day by which the next step of a message with this status is due."""
    if state in REVIEWED:
        text = QCoreApplication.translate("Words", "It will be decided %1.")
    elif state is State.PLANNED:
        text = QCoreApplication.translate("Words", "The issue will be solved %1.")
    else:
        text = QCoreApplication.translate("Words", "The answer will be ready %1.")
    return text.replace("%1", until_aloud(due))


def term_over(state: State, due: date) -> str:
    """Sentence that the day ``due`` has passed and that the next step of the message is late."""
    if state in REVIEWED:
        text = QCoreApplication.translate("Words", "It was due for a decision by %1 and is late.")
    elif state is State.PLANNED:
        text = QCoreApplication.translate(
            "Words", "The promised date, %1, has passed; a further answer is awaited."
        )
    else:
        text = QCoreApplication.translate("Words", "The answer was due %1 and is late.")
    return text.replace("%1", date_text(due))


def refused(grounds: str, explanation: str) -> str:
    text = QCoreApplication.translate("Words", "Grounds: par. %1. %2")
    return text.replace("%1", grounds).replace("%2", explanation)


def answer_head(sent_on: str) -> str:
    text = QCoreApplication.translate("Words", "Answer sent on %1")
    return text.replace("%1", sent_on)


def no_answer_yet() -> str:
    return QCoreApplication.translate("Words", "No answer sent yet: nothing to read out")


def call_linked(number: str) -> str:
    text = QCoreApplication.translate("Words", "The call is linked to message № %1")
    return text.replace("%1", number)


def asked_about(number: str) -> str:
    """Default content for the card of a call about this message."""
    return Record().asked_about().replace("%1", number)
