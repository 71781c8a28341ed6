"""Display texts of the call card, its results, its script steps, and greetings for the caller."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.formats import NO_VALUE, date_and_time, date_text, phone_text, time_text
from console.core.keymap import with_keys
from console.shared.session import call_words
from console.shared.session.call_words import end_cause, hidden_number, unanswered
from sync.register.calls.by_hand import is_apart
from sync.register.calls.calls import (
    ANSWERED_ELSEWHERE,
    CallProblem,
    CallRecord,
    CallResult,
    CallState,
)
from sync.register.calls.phrases import PartOfDay
from sync.register.calls.scripts import TickedStep, Way
from sync.register.handling.reopening import ReopenProblem
from sync.register.people.values import Absence


def script() -> str:
    """Label of the official incident text on a call card."""
    return QCoreApplication.translate("Words", "official incident text")


def way(done: Way) -> str:
    """Outcome of a script step for a screen reader."""
    match done:
        case Way.DONE:
            return QCoreApplication.translate("Words", "done")
        case Way.YES:
            return QCoreApplication.translate("Words", "yes")
        case Way.NO:
            return QCoreApplication.translate("Words", "no")
        case _:
            assert_never(done)


def asked(steps: Sequence[TickedStep]) -> str:
    """Completed script steps with the answers; empty if there are none."""
    if not steps:
        return ""
    told = (each.text if each.way is Way.DONE else f"{each.text} {way(each.way)}" for each in steps)
    text = QCoreApplication.translate("Words", "By the script: %1")
    return text.replace("%1", "; ".join(told))


TURNED_AWAY = frozenset({"no_common_codec", "no_common_encryption"})
"""Call ends caused by the phone itself, independent of the operator."""


def save() -> str:
    return QCoreApplication.translate("Words", "Save")


def save_at_end() -> str:
    return QCoreApplication.translate("Words", "Saves at the end")


def saves_itself() -> str:
    """Status while a technical disposition chosen after the call is saved automatically."""
    return QCoreApplication.translate("Words", "Autosaving…")


def typical_answer() -> str:
    return QCoreApplication.translate("Words", "standard answer")


def contacts() -> str:
    return QCoreApplication.translate("Words", "contacts")


def formal_appeal() -> str:
    """Button for a statutory appeal (script, clause 1.3)."""
    return QCoreApplication.translate("Words", "Formal appeal under 59-FZ")


def service() -> str:
    return QCoreApplication.translate("Words", "service")


def card_title(card: CallRecord) -> str:
    if card.part_of is not None:
        return call_words.question_title()
    if card.way is not None:
        return call_words.record_title()
    if card.direction == "outgoing":
        return QCoreApplication.translate("Words", "Outgoing call")
    if card.answered_at is None and card.ended_at is None:
        return QCoreApplication.translate("Words", "New call")
    return QCoreApplication.translate("Words", "Phone call")


def card_subtitle(card: CallRecord, zone: ZoneInfo) -> str:
    local = card.arrived_at.astimezone(zone)
    told = [f"№ {card.number}", f"{date_text(local.date())}, {local:%H:%M:%S}"]
    if card.way is not None:
        told[1] = date_and_time(local)
        told.append(call_words.made_by_hand())
    if card.part_of is not None:
        told.append(call_words.question_of(card.part_of))
    return " · ".join(told)


def draft_saved(at: datetime | None, zone: ZoneInfo) -> str:
    if at is None:
        return ""
    text = QCoreApplication.translate("Words", "Draft saved %1")
    return text.replace("%1", time_text(at.astimezone(zone)))


def problem_field(problem: CallProblem) -> str:
    """Field of the card to which a problem belongs."""
    match problem:
        case CallProblem.CONTENT_MISSING:
            return "content"
        case CallProblem.CONTACTS_MISSING:
            return "used"
        case (
            CallProblem.RESULT_MISSING
            | CallProblem.MESSAGE_MISSING
            | CallProblem.ALREADY_CLOSED
            | CallProblem.NOT_ALLOWED
        ):
            return "result"
        case _:
            assert_never(problem)


def card_problem(problem: CallProblem) -> str:
    """Problem, advice, and clause of the regulation."""
    match problem:
        case CallProblem.CONTENT_MISSING:
            return QCoreApplication.translate(
                "Words", "Describe what the call was about: it is required (par. 7.3)"
            )
        case CallProblem.RESULT_MISSING:
            return QCoreApplication.translate(
                "Words", "Choose a result: Ctrl and a digit (par. 7.3, 7.4)"
            )
        case CallProblem.CONTACTS_MISSING:
            return QCoreApplication.translate(
                "Words", "Insert the contacts you gave, or type them above (par. 7.4)"
            )
        case CallProblem.MESSAGE_MISSING:
            return with_keys(
                QCoreApplication.translate(
                    "Words", "No message yet: create it with Ctrl+3 (par. 7.4)"
                ),
                Key.MAKE_MESSAGE,
            )
        case CallProblem.ALREADY_CLOSED:
            return QCoreApplication.translate("Words", "This record is already closed")
        case CallProblem.NOT_ALLOWED:
            return QCoreApplication.translate("Words", "Your role cannot take calls")
        case _:
            assert_never(problem)


def card_phone(card: CallRecord) -> str:
    if isinstance(card.phone, str) and not isinstance(card.phone, Absence):
        return phone_text(card.phone)
    if card.caller_number_raw:
        return card.caller_number_raw
    return NO_VALUE if card.way is not None else hidden_number()


def used_titles(card: CallRecord) -> str:
    return "; ".join(entry.title for entry in card.used_entries)


def about(card: CallRecord, first_line: str, *, tells_hours: bool = True) -> str:
    """Content of a call in a list, with a label if it is not a regular incoming call.

    `tells_hours` adds the note that the hotline was closed to a missed call without other text.
    """
    told = first_line or used_titles(card)
    if card.part_of is not None:
        text = call_words.further_question()
    elif card.way is not None:
        text = f"{call_words.way_name(card.way)}, {call_words.made_by_hand()}"
    elif card.direction == "outgoing":
        text = QCoreApplication.translate("Words", "Outgoing")
    else:
        is_at_night = card.result is CallResult.NOT_ANSWERED and card.out_of_hours
        return told or after_hours(is_so=is_at_night and tells_hours)
    return f"{text}: {told}" if told else text


def after_hours(*, is_so: bool) -> str:
    """Label of a missed call outside business hours; empty otherwise."""
    return QCoreApplication.translate("Words", "after hours") if is_so else ""


def result_name(result: CallResult) -> str:
    match result:
        case CallResult.ANSWERED:
            return QCoreApplication.translate("Words", "answered")
        case CallResult.CONTACTS:
            return QCoreApplication.translate("Words", "gave contacts")
        case CallResult.MESSAGE:
            return QCoreApplication.translate("Words", "message")
        case CallResult.NOT_ANSWERED:
            return QCoreApplication.translate("Words", "not answered")
        case CallResult.DROPPED:
            return QCoreApplication.translate("Words", "cut off")
        case CallResult.SILENT:
            return QCoreApplication.translate("Words", "silence")
        case CallResult.WRONG_NUMBER:
            return QCoreApplication.translate("Words", "wrong number")
        case _:
            assert_never(result)


def result_mark(card: CallRecord) -> tuple[str, str, str]:
    """Text, icon and colour role of a call's disposition in lists."""
    if card.state is CallState.DRAFT:
        return QCoreApplication.translate("Words", "draft"), "note-pencil", "warn"
    if card.result is None:
        return NO_VALUE, "", "text-2"
    text = result_name(card.result)
    if card.result is CallResult.WRONG_NUMBER and is_apart(card):
        text = call_words.opened_by_mistake()
    if card.result is CallResult.NOT_ANSWERED:
        if card.direction == "outgoing":
            return QCoreApplication.translate("Words", "not reached"), "phone-outgoing", "text-2"
        told = unanswered(card.end_cause)
        if card.end_cause == ANSWERED_ELSEWHERE:
            return told, "headset", "text-2"
        is_fault = card.end_cause in ("failed", *TURNED_AWAY)
        return told, "warning-octagon-fill" if is_fault else "phone-x", "danger"
    if card.result.is_technical:
        return text, "minus-circle", "text-2"
    icon = "envelope-simple" if card.result is CallResult.MESSAGE else "check-circle-fill"
    return text, icon, "ok"


def saved() -> str:
    """Notice after saving a call, shown with its number and an undo button."""
    return QCoreApplication.translate("Words", "Call saved")


def reopened(number: str, messages: tuple[str, ...], *, is_in_front: bool) -> tuple[str, str]:
    """Notice that a saved call was reopened: heading, and further consequences."""
    head = QCoreApplication.translate("Words", "Call № %1 is a draft again").replace("%1", number)
    told = [] if is_in_front else [put_aside_where()]
    if messages:
        more = with_keys(
            QCoreApplication.translate("Words", "Message № %1 is back in your review: F10."),
            Key.REVIEW,
        )
        told.append(more.replace("%1", ", ".join(messages)))
    return head, " ".join(told)


def not_reopened(problem: ReopenProblem) -> tuple[str, str]:
    """Reason why a saved call cannot be reopened, and advice."""
    head = QCoreApplication.translate("Words", "The call remains saved")
    match problem:
        case ReopenProblem.TOO_LATE:
            return head, QCoreApplication.translate("Words", "The 15 seconds have passed.")
        case ReopenProblem.CHANGED:
            return head, QCoreApplication.translate("Words", "Its record has changed since.")
        case ReopenProblem.NOT_OWN:
            return head, QCoreApplication.translate("Words", "Someone else saved it.")
        case _:
            assert_never(problem)


def missed_registered(number: str) -> str:
    text = QCoreApplication.translate("Words", "Missed call № %1 registered")
    return text.replace("%1", number)


def not_reached(number: str) -> str:
    """Notice of an outgoing call that was not answered."""
    text = QCoreApplication.translate("Words", "No answer: call № %1 registered")
    return text.replace("%1", number)


def turned_away(number: str, cause: str) -> tuple[str, str]:
    """Notice of a call that the phone could not accept, with its cause and advice."""
    head = QCoreApplication.translate("Words", "Call № %1: %2")
    advice = QCoreApplication.translate(
        "Words",
        "The phone cannot take it. It is in missed calls; tell the administrator.",
    )
    return head.replace("%1", number).replace("%2", end_cause(cause)), advice


def missed_where() -> str:
    return QCoreApplication.translate("Words", "It is in the missed calls list.")


def card_incomplete() -> str:
    return QCoreApplication.translate("Words", "The card cannot be closed yet")


def see_marked_fields() -> str:
    return QCoreApplication.translate("Words", "Missing items are marked in the card.")


def put_aside(number: str) -> str:
    return QCoreApplication.translate("Words", "Call № %1 set aside").replace("%1", number)


def put_aside_where() -> str:
    return QCoreApplication.translate("Words", "It is in drafts.")


_GREETINGS = {
    PartOfDay.MORNING: "Доброе утро",
    PartOfDay.DAY: "Добрый день",
    PartOfDay.EVENING: "Добрый вечер",
    PartOfDay.NIGHT: "Здравствуйте",
}


def greeting(part: PartOfDay) -> str:
    return _GREETINGS[part]


def greeting_by_name(part: PartOfDay, called: str) -> str:
    """Greeting with the caller's name («Добрый день, Анна Петровна»); empty if the name is
    unknown.
    """
    return f"{_GREETINGS[part]}, {called}" if called else ""
