"""In-memory messages that tests bring step by step to an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID

from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, Attachment
from sync.register.handling.events import Doer, Step, person
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.step_facts import Facts, NoFacts, Routed
from sync.register.handling.votes import Tally
from sync.register.messages import MessageRecord, Publicity, edit, message_from_call
from sync.register.people.operators import Operator
from sync.register.people.values import Absence, PersonName, Stated
from sync.store.local.messages.photos import AnswerFile
from tests.fakes.handling import FakeHandling
from tests.fakes.records import OPERATOR, RANG_AT
from tests.unit.sync.register.records import card

ORGAN = "road-service"
NOTHING = NoFacts()
SOLVED = Answer(AnswerKind.SOLVED, "Яма заделана 25 ноября.", ORGAN)
PLANNED = Answer(
    AnswerKind.PLANNED,
    "Яма будет заделана.",
    ORGAN,
    planned_on=date(2026, 12, 10),
    measures="Заказан асфальт.",
)


class FakeVotes:
    def __init__(self) -> None:
        self.of: dict[UUID, Tally] = {}

    def tallies(self, published: Mapping[UUID, datetime]) -> Mapping[UUID, Tally]:
        return {key: tally for key, tally in self.of.items() if key in published}


class FakeAnswerFiles:
    """Keeps files in memory under their original names."""

    def __init__(self) -> None:
        self.kept: dict[tuple[UUID, str], bytes] = {}
        self.is_slow = False
        self.waiting: list[Callable[[], None]] = []

    def keep(
        self, message_id: UUID, files: Sequence[AnswerFile], by: Operator
    ) -> Future[tuple[Attachment, ...]]:
        for file in files:
            self.kept[message_id, file.attachment.name] = file.content
        future: Future[tuple[Attachment, ...]] = Future()
        saved = tuple(file.attachment for file in files)
        if self.is_slow:
            self.waiting.append(lambda: future.set_result(saved))
        else:
            future.set_result(saved)
        return future


class Led:
    """A message whose workflow steps are applied by a test."""

    def __init__(self, handling: FakeHandling, id: UUID) -> None:
        self._handling = handling
        self.id = id

    @property
    def handled(self) -> HandledMessage:
        return self._handling.messages[self.id]

    def step(self, step: Step, told: Facts = NOTHING, by: Doer | None = None) -> Led:
        outcome = self._handling.take(self.id, step, by or person(OPERATOR), told).result()
        assert isinstance(outcome, StepDone), outcome
        return self

    def to_organ(self, organ: str = ORGAN) -> Led:
        return self.step(Step.SEND_TO_ORGAN, Routed(organ, organ))

    def answered(self, answer: Answer = SOLVED) -> Led:
        return self.step(Step.RECEIVE_ANSWER, step_facts.AnswerGiven(answer))

    def answered_here(self, text: str = "Яма заделана.") -> Led:
        """Adds an answer written by the operator; no body has the message (9.3)."""
        own = Answer(AnswerKind.SOLVED, text, None)
        return self.step(Step.ANSWER_BY_OPERATOR, step_facts.AnswerGiven(own))

    def from_platform(self, text: str) -> Led:
        """Adds an answer from the platform that is not yet evaluated."""
        known = self.handled
        record = replace(known.record, answer_text=text)
        self._handling.messages[self.id] = HandledMessage(record, known.history)
        return self


def registered(
    handling: FakeHandling,
    index: int = 1,
    text: str = "Яма на дороге у школы",
    *,
    publicity: Publicity = Publicity.PUBLIC,
    phone: Stated = "+79005550137",
    email: Stated = Absence.NOT_GIVEN,
) -> Led:
    """Returns a message that is submitted, reviewed and registered; a public one is published."""
    record = draft(index, text, publicity=publicity, phone=phone, email=email)
    outcome = handling.submit(record, person(OPERATOR)).result()
    assert isinstance(outcome, StepDone), outcome
    led = Led(handling, record.id).step(Step.TAKE_UP)
    assert isinstance(handling.register(record.id, OPERATOR).result(), StepDone)
    return led


def draft(
    index: int, text: str, *, publicity: Publicity, phone: Stated, email: Stated
) -> MessageRecord:
    made = message_from_call(card(), UUID(int=7_000 + index), RANG_AT, OPERATOR)
    return edit(
        replace(made, call_id=None),
        text=text,
        topic="roads",
        category="roads-pits",
        event_on=date(2026, 11, 24),
        event_time=time(7, 30),
        place="ул. Садовая, 5",
        publicity=publicity,
        name=PersonName("Пробова", "Анна", "Петровна"),
        phone=phone,
        email=email,
    )
