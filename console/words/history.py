"""Words of what happened to a message: what was told with each step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from console.keys.defaults import Key
from console.keys.installed import with_keys
from console.words import answers, steps
from console.words.regulation import mark
from sync.register.checks.grounds import Ground
from sync.register.handling.events import Event
from sync.register.handling.facts import (
    AnswerFacts,
    AnswerGiven,
    CallLinked,
    ConfidentialFound,
    Explained,
    Facts,
    IntakeFacts,
    Linked,
    LinkKind,
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
from sync.register.handling.merging import Overtaken
from sync.register.messages import Publicity


@dataclass(frozen=True, slots=True)
class Names:
    """What gives words to keys and identities; an identity without a number is left out."""

    organ: Callable[[str], str]
    numbers: Mapping[UUID, str]
    events: Mapping[UUID, Event]

    def number(self, of: UUID) -> str:
        number = self.numbers.get(of)
        return "" if number is None else f"№ {number}"


def told(facts: Facts, names: Names) -> tuple[str, ...]:
    """What was told with a step, line by line; nothing where the step says all."""
    if isinstance(facts, IntakeFacts):
        lines = _of_intake(facts, names)
    elif isinstance(facts, AnswerFacts):
        lines = _of_answers(facts, names)
    elif isinstance(facts, TakenBack):
        undone = names.events.get(facts.event_id)
        lines = () if undone is None else (steps.step_done(undone.step),)
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
        case Repeated(original_id):
            return (names.number(original_id),)
        case _ as unreachable:
            assert_never(unreachable)


def _of_answers(facts: AnswerFacts, names: Names) -> tuple[str, ...]:
    match facts:
        case Routed(organ, _, reason):
            return names.organ(organ), reason
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
        Publicity.PUBLIC: QCoreApplication.translate("Words", "to be shown to everybody"),
        Publicity.NON_PUBLIC: QCoreApplication.translate("Words", "not to be shown to others"),
        Publicity.NOT_STATED: QCoreApplication.translate(
            "Words", "not asked: not shown to others (par. 6.10)"
        ),
    }[publicity]


def link_name(kind: LinkKind) -> str:
    """What the other message is to this one."""
    return {
        LinkKind.SPLIT_INTO: QCoreApplication.translate("Words", "another question of the author:"),
        LinkKind.SPLIT_FROM: QCoreApplication.translate("Words", "told together with"),
        LinkKind.JOINS: QCoreApplication.translate("Words", "joins"),
        LinkKind.REPEATS: QCoreApplication.translate("Words", "repeats"),
        LinkKind.CORRECTS: QCoreApplication.translate("Words", "mends the refused"),
        LinkKind.SAME_MATTER: QCoreApplication.translate("Words", "of the same matter as"),
    }[kind]


def votes(users: int) -> str:
    text = QCoreApplication.translate("Words", "Users who voted within three days: %1")
    return text.replace("%1", str(users))


def title(number: str) -> str:
    return QCoreApplication.translate("Words", "History of message № %1").replace("%1", number)


def call_taken() -> str:
    """The first thing that happened: somebody called."""
    return QCoreApplication.translate("Words", "The message was written down in a call")


def written_down() -> str:
    return QCoreApplication.translate("Words", "The message was written down")


def does_not_hold(by: Event, moment: Callable[[datetime], str]) -> str:
    """Why a step of here is not in the history: what had happened elsewhere before it."""
    text = QCoreApplication.translate("Words", "does not hold; before it, elsewhere: %1")
    return text.replace("%1", f"{steps.step_done(by.step)} — {steps.doer(by.by)}, {moment(by.at)}")


def overtaken(number: str, lost: Overtaken, moment: Callable[[datetime], str]) -> tuple[str, str]:
    """A decision that does not hold, and who was first."""
    head = QCoreApplication.translate("Words", "Message № %1: the decision made here does not hold")
    body = with_keys(
        QCoreApplication.translate(
            "Words", "%1. What you wrote is kept in the history of the message (Alt+H)."
        ),
        Key.HISTORY,
    )
    by = lost.by
    first = f"{steps.step_done(by.step)} — {steps.doer(by.by)}, {moment(by.at)}"
    return head.replace("%1", number), body.replace("%1", first)


def came_from_platform() -> str:
    return QCoreApplication.translate("Words", "The message came from the platform")
