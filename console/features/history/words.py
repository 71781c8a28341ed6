"""Display strings of the message history and of the saved call record."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.formats import NO_VALUE, duration_text, first_line, moment, phone_text
from console.core.keymap import with_keys
from console.core.regulation_words import mark
from console.shared.messages import notice_words, step_words
from console.shared.messages import words as answers
from console.shared.session import call_words, card_words
from console.shared.session.card_words import asked as scripts_asked
from sync.register.calls.calls import CallRecord
from sync.register.calls.scripts import TickedStep
from sync.register.checks.finding import Ground
from sync.register.handling.events import Event
from sync.register.handling.history import Overtaken
from sync.register.handling.step_facts import (
    AnswerFacts,
    AnswerGiven,
    CallLinked,
    ConfidentialFound,
    Explained,
    Facts,
    IntakeFacts,
    Linked,
    LinkKind,
    Notified,
    Numbered,
    PublicityStated,
    Rated,
    RefusedOn,
    Repeated,
    Routed,
    SplitUp,
    TakenBack,
    Told,
    VotesCounted,
)
from sync.register.messages import MessageRecord, Publicity
from sync.register.people.persons import name_text
from sync.register.people.values import Absence, Stated


@dataclass(frozen=True, slots=True)
class Names:
    """Display texts for the ids in events; a message or call without a known number has an empty
    text.
    """

    organ: Callable[[str], str]
    numbers: Mapping[UUID, str]
    events: Mapping[UUID, Event]

    def number(self, of: UUID) -> str:
        number = self.numbers.get(of)
        return "" if number is None else f"№ {number}"


def told(facts: Facts, names: Names) -> tuple[str, ...]:
    """Returns the details of a step, one per line; empty if there are none."""
    if isinstance(facts, IntakeFacts):
        lines = _of_intake(facts, names)
    elif isinstance(facts, AnswerFacts):
        lines = _of_answers(facts, names)
    elif isinstance(facts, TakenBack):
        undone = names.events.get(facts.event_id)
        lines = () if undone is None else (step_words.step_done(undone.step),)
    else:
        lines = (facts.text,) if isinstance(facts, Explained) else ()
    return tuple(line for line in lines if line)


def _of_intake(facts: IntakeFacts, names: Names) -> tuple[str, ...]:
    match facts:
        case Told():
            return ()
        case PublicityStated(publicity):
            return (publicity_name(publicity),)
        case ConfidentialFound(kinds):
            return (", ".join(answers.confidential_name(kind) for kind in sorted(kinds)),)
        case Linked(link):
            return (f"{link_name(link.kind)} {names.number(link.message_id)}".strip(),)
        case SplitUp(into):
            return tuple(names.number(one) for one in into)
        case CallLinked(call_id):
            return (names.number(call_id),)
        case Numbered(number):
            return (f"№ {number}",)
        case RefusedOn(grounds, explanation):
            numbers = ", ".join(ground.value for ground in Ground if ground in grounds)
            return mark(numbers), explanation
        case Notified():
            return (notice_words.notified(facts),)
        case Repeated(original_id):
            return (names.number(original_id),)
        case _ as unreachable:
            assert_never(unreachable)


def _of_answers(facts: AnswerFacts, names: Names) -> tuple[str, ...]:
    match facts:
        case Routed(organ, _, reason, official):
            named = "" if official is None else answers.official_line(official)
            return names.organ(organ), named, reason
        case AnswerGiven(answer):
            return answers.kind_title(answer.kind), answer.text
        case Rated(rating, remarks):
            return answers.rating_title(rating), remarks
        case VotesCounted(users, organ):
            return votes(users), names.organ(organ)
        case _ as unreachable:
            assert_never(unreachable)


def publicity_name(publicity: Publicity) -> str:
    return {
        Publicity.PUBLIC: QCoreApplication.translate("Words", "show to everyone"),
        Publicity.NON_PUBLIC: QCoreApplication.translate("Words", "do not show to others"),
        Publicity.NOT_STATED: QCoreApplication.translate(
            "Words", "not asked: not shown to others (par. 6.10)"
        ),
    }[publicity]


def link_name(kind: LinkKind) -> str:
    """Relation of the other message to this one, as display text."""
    return {
        LinkKind.SPLIT_INTO: QCoreApplication.translate(
            "Words", "another question from the author:"
        ),
        LinkKind.SPLIT_FROM: QCoreApplication.translate("Words", "reported with"),
        LinkKind.JOINS: QCoreApplication.translate("Words", "joins"),
        LinkKind.REPEATS: QCoreApplication.translate("Words", "repeats"),
        LinkKind.CORRECTS: QCoreApplication.translate("Words", "corrects the refused"),
        LinkKind.SAME_MATTER: QCoreApplication.translate("Words", "about the same issue as"),
    }[kind]


def votes(users: int) -> str:
    text = QCoreApplication.translate("Words", "Users who voted within three days: %1")
    return text.replace("%1", str(users))


def title(number: str) -> str:
    return QCoreApplication.translate("Words", "History of message № %1").replace("%1", number)


def call_taken() -> str:
    """Text of the first history item of a message that was created during a call."""
    return QCoreApplication.translate("Words", "Message recorded from a call")


def written_down() -> str:
    return QCoreApplication.translate("Words", "Message recorded")


def does_not_hold(by: Event, moment: Callable[[datetime], str]) -> str:
    """Reason shown for a local step that is not in effect: the earlier step at another
    workplace.
    """
    text = QCoreApplication.translate("Words", "not in effect; earlier elsewhere: %1")
    return text.replace(
        "%1", f"{step_words.step_done(by.step)} — {step_words.doer(by.by)}, {moment(by.at)}"
    )


def overtaken(number: str, lost: Overtaken, moment: Callable[[datetime], str]) -> tuple[str, str]:
    """Notice that a local decision is not in effect, with the earlier step that replaced it."""
    head = QCoreApplication.translate(
        "Words", "Message № %1: the decision made here is not in effect"
    )
    body = with_keys(
        QCoreApplication.translate(
            "Words", "%1. Your text is kept in the message history (Alt+H)."
        ),
        Key.HISTORY,
    )
    by = lost.by
    first = f"{step_words.step_done(by.step)} — {step_words.doer(by.by)}, {moment(by.at)}"
    return head.replace("%1", number), body.replace("%1", first)


def came_from_platform() -> str:
    return QCoreApplication.translate("Words", "Message received from the platform")


Fact = tuple[str, str, str]  # field name, content, clause or empty


def facts(
    card: CallRecord,
    topic: str,
    message: str,
    asked: tuple[TickedStep, ...],
    begun: tuple[MessageRecord, ...],
    zone: ZoneInfo,
    now: datetime,
) -> tuple[Fact, ...]:
    """Returns the facts of a call record in the order of the card; ``message`` is the number of the
    call's message, or empty.

    ``begun`` contains unfinished messages that were started in the call.
    """
    name = card.name if isinstance(card.name, Absence) else name_text(card.name)
    phone = card.phone if isinstance(card.phone, Absence) else phone_text(card.phone)
    told: tuple[tuple[str, str, str], ...] = (
        (QCoreApplication.translate("Words", "Caller"), _stated(name), "7.3"),
        (QCoreApplication.translate("Words", "About whom"), card.concerned, "6.2"),
        (QCoreApplication.translate("Words", "Phone"), _stated(phone), "7.3"),
        (QCoreApplication.translate("Words", "E-mail"), _stated(card.email), "7.3"),
        (QCoreApplication.translate("Words", "What?"), card.content or NO_VALUE, "7.3"),
        (QCoreApplication.translate("Words", "Topic"), topic or NO_VALUE, "4.1"),
        (
            QCoreApplication.translate("Words", "Answer"),
            card_words.used_titles(card) or NO_VALUE,
            "8.1",
        ),
        (QCoreApplication.translate("Words", "Result"), _result(card, message), "7.4"),
        (
            QCoreApplication.translate("Words", "Unfinished message"),
            "\n".join(first_line(one.text) or NO_VALUE for one in begun),
            "7.4",
        ),
        (QCoreApplication.translate("Words", "Script"), scripts_asked(asked), ""),
        (QCoreApplication.translate("Words", "Call"), " · ".join(_course(card)), ""),
        (QCoreApplication.translate("Words", "Operator"), _who(card, zone, now), ""),
    )
    return tuple((head, text, mark(at) if at else "") for head, text, at in told if text)


def _stated(value: Stated) -> str:
    match value:
        case Absence.NOT_ASKED:
            return QCoreApplication.translate("Words", "not asked")
        case Absence.NOT_GIVEN:
            return QCoreApplication.translate("Words", "not given")
        case Absence.ERASED:
            return QCoreApplication.translate("Words", "erased")
        case _:
            return value


def _result(card: CallRecord, message: str) -> str:
    text, _icon, _role = card_words.result_mark(card)
    return f"{text}, № {message}" if message else text


def _course(card: CallRecord) -> Iterator[str]:
    """Yields the route of the call, the duration of each part, and the reason for its end."""
    if card.dialled_line and card.direction == "incoming":
        yield call_words.line(card.dialled_line)
    if route := call_words.route(card.route):
        yield route
    answered, ended = card.answered_at, card.ended_at
    if answered is not None and card.direction == "incoming":
        yield call_words.waited(duration_text((answered - card.arrived_at).total_seconds()))
    if answered is not None and ended is not None:
        talk = QCoreApplication.translate("Words", "talk %1")
        yield talk.replace("%1", duration_text((ended - answered).total_seconds()))
        if card.saved_at is not None:
            wrap_up = QCoreApplication.translate("Words", "wrap-up %1")
            yield wrap_up.replace("%1", duration_text((card.saved_at - ended).total_seconds()))
    if card.end_cause == "near_end":
        yield QCoreApplication.translate("Words", "the operator hung up")
    elif card.end_cause is not None:
        yield call_words.end_cause(card.end_cause)


def _who(card: CallRecord, zone: ZoneInfo, now: datetime) -> str:
    """Returns the operator of the call, the time of saving, and the operator who saved the record
    if it was another one.
    """
    parts = [card.operator_name]
    if card.saved_at is not None:
        saved = QCoreApplication.translate("Words", "saved %1")
        at = moment(card.saved_at.astimezone(zone), now.astimezone(zone))
        is_other = card.closed_by_id not in (None, card.operator_id)
        by = f", {card.closed_by_name}" if is_other and card.closed_by_name else ""
        parts.append(saved.replace("%1", at) + by)
    return " · ".join(parts)


def no_message() -> str:
    """Notice that the call has no message."""
    return QCoreApplication.translate("Words", "No message created from this call")
