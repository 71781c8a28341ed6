"""Messages on random paths through the real transition table, with reverted decisions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID

from sync.register.checks.finding import Ground
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, Rating
from sync.register.handling.contents import Confidential, Contents
from sync.register.handling.events import Doer, Event, Source, Step
from sync.register.handling.handled import HandledMessage, record_after
from sync.register.handling.history import StepTaken, begun, take
from sync.register.handling.standing import Standing
from sync.register.handling.step_facts import Facts, Link, LinkKind, NoFacts
from sync.register.messages import Publicity
from sync.register.numbering import next_number, period_of
from sync.register.people.operators import Person, Role
from tests.fakes.records import message_draft

TOPICS = ("roads", "waste", "light")
CATEGORIES = ("roads-pits", "roads-signs", "waste-yard", "waste-other", "light-lamp")
ORGANS = ("road-service", "waste-service", "parks", "lighting")
STREETS = ("ул. Мира", "улица Мира", "Кирова", "ул. Садовая", "пер. Речной")
PEOPLE = tuple(Person(UUID(int=low), f"Имя {low}", Role.MODERATOR) for low in (901, 902, 903))
NUMBER = next_number("2611", "0001", 1)
OTHER = UUID(int=7)
LETTERS = "абвгдежз"
TRIES = 150
EXPLAINED = (
    Step.DISCARD,
    Step.CLEAR_CONFIDENTIAL,
    Step.WITHHOLD,
    Step.RETURN_ANSWER,
    Step.ASK_COLLEAGUE,
)
ON_THE_WAY = (
    Step.TAKE_UP,
    Step.REGISTER,
    Step.REGISTER_AND_PUBLISH,
    Step.SEND_TO_ORGAN,
    Step.RECEIVE_ANSWER,
    Step.ANSWER_BY_OPERATOR,
    Step.SEND_ANSWER,
    Step.SEND_PLAN,
    Step.REOPEN_PLANNED,
    Step.RATE,
    Step.RATE_NEGATIVELY,
    Step.SEND_TO_REWORK,
    Step.FORWARD_BY_VOTES,
)


class Dice(random.Random):
    """Produces the same sequence for the same seed."""

    variety = 1

    def named(self, names: Sequence[str]) -> str:
        """Returns one of the names or of the variants derived from them."""
        further = self.randrange(self.variety)
        return self.choice(names) + (
            "" if not further else LETTERS[further // 8] + LETTERS[further % 8]
        )


def random_ways(
    seed: int, count: int, first: datetime, days: int, *, stations: int = 3, variety: int = 1
) -> list[HandledMessage]:
    """Returns numbered messages of a few workplaces, created within this number of days.

    ``variety`` multiplies the number of categories, bodies and streets.
    """
    dice = Dice(seed)
    dice.variety = variety
    return [_led(dice, index, first, days, stations) for index in range(1, count + 1)]


def _led(dice: Dice, index: int, first: datetime, days: int, stations: int) -> HandledMessage:
    began = first + timedelta(seconds=dice.randrange(days * 86_400), microseconds=index)
    numbered_at = began + timedelta(minutes=dice.choice((0, 0, 0, 90)))
    draft = message_draft(UUID(int=dice.getrandbits(128)), began)
    record = replace(
        draft,
        number=next_number(period_of(numbered_at), f"{index % stations + 1:04d}", index),
        call_id=draft.call_id if dice.random() < 0.6 else None,
    )
    sender: Doer = Source.PLATFORM if dice.random() < 0.3 else dice.choice(PEOPLE)
    handled, at = HandledMessage(record, begun(record.id)), began
    wanted = dice.randrange(1, 18)
    for _try in range(TRIES):
        if len(handled.history.events) >= wanted:
            break
        is_begun = bool(handled.history.events)
        step, told, by = _asked(dice, handled.standing, at, sender if not is_begun else None)
        event = Event(UUID(int=dice.getrandbits(128)), record.id, step, at, by, told)
        outcome = take(handled.history, event)
        if isinstance(outcome, StepTaken):
            handled = HandledMessage(record_after(handled, outcome.history), outcome.history)
            at += _pause(dice)
    return handled


def _pause(dice: Dice) -> timedelta:
    """Returns seconds, in which a decision can be reverted; hours; or days."""
    seconds = dice.choice((10, 10, 600, 7200, 86_400, 5 * 86_400, 20 * 86_400))
    return timedelta(seconds=dice.randrange(1, seconds), microseconds=dice.randrange(10**6))


def _asked(
    dice: Dice, standing: Standing, at: datetime, sender: Doer | None
) -> tuple[Step, Facts, Doer]:
    person = dice.choice(PEOPLE)
    if sender is not None:
        if dice.random() < 0.1:
            link = Link(LinkKind.JOINS, OTHER)
            return Step.JOIN, step_facts.Linked(link), person
        return Step.SUBMIT, step_facts.Told(_contents(dice, at)), sender
    if standing.decisions and dice.random() < 0.15:
        undone = dice.choice(standing.decisions).event.id
        return Step.TAKE_BACK, step_facts.TakenBack(undone), person
    step = dice.choice(ON_THE_WAY if dice.random() < 0.85 else list(Step))
    doer: Doer = dice.choice((person, person, Source.PLATFORM, Source.SYSTEM))
    if standing.planned_on is not None and dice.random() < 0.5:
        step, doer = Step.REOPEN_PLANNED, Source.SYSTEM
    return step, _facts(dice, step, standing, at), doer


def _contents(dice: Dice, at: datetime) -> Contents:
    category = dice.named(CATEGORIES)
    place = f"{dice.named(STREETS)}, {dice.randrange(1, 90)}"
    return Contents(
        "Яма на дороге.",
        0,
        at.date(),
        time(8, 30),
        dice.choice((place, place, place, "у пруда")),
        category.split("-")[0],
        category,
    )


def _facts(dice: Dice, step: Step, standing: Standing, at: datetime) -> Facts:
    organ = dice.named(ORGANS)
    made: dict[Step, Facts] = {
        Step.CORRECT: step_facts.Told(_contents(dice, at)),
        Step.STATE_PUBLICITY: step_facts.PublicityStated(dice.choice(list(Publicity))),
        Step.MARK_CONFIDENTIAL: step_facts.ConfidentialFound(
            frozenset({dice.choice(list(Confidential))})
        ),
        Step.LINK: step_facts.Linked(Link(LinkKind.SAME_MATTER, UUID(int=8))),
        Step.LINK_CALL: step_facts.CallLinked(UUID(int=9)),
        Step.REGISTER: step_facts.Numbered(NUMBER),
        Step.REGISTER_AND_PUBLISH: step_facts.Numbered(NUMBER),
        Step.REFUSE: step_facts.RefusedOn(
            frozenset(dice.sample(list(Ground), dice.randrange(1, 3))), "Что исправить.", OTHER
        ),
        Step.NOTIFY: step_facts.Notified(dice.choice(list(step_facts.NoticeOutcome))),
        Step.REMOVE_DUPLICATE: step_facts.Repeated(OTHER, is_in_term=True),
        Step.SEND_TO_REWORK: step_facts.Routed(standing.organ or organ, standing.organ),
        Step.ANSWER_BY_OPERATOR: step_facts.AnswerGiven(_answer(dice, None, at)),
        Step.RECEIVE_ANSWER: step_facts.AnswerGiven(_answer(dice, standing.organ or organ, at)),
        Step.RATE: step_facts.Rated(dice.choice((Rating.GOOD, Rating.FAIR))),
        Step.RATE_NEGATIVELY: step_facts.Rated(Rating.BAD, "Не исправлено."),
        Step.FORWARD_BY_VOTES: step_facts.VotesCounted(1001, organ),
        **dict.fromkeys(
            (Step.SEND_TO_ORGAN, Step.REDIRECT),
            step_facts.Routed(organ, dice.choice((None, *ORGANS)), "Так решено."),
        ),
        **dict.fromkeys(EXPLAINED, step_facts.Explained("Так решено.")),
    }
    return made.get(step, NoFacts())


def _answer(dice: Dice, organ: str | None, at: datetime) -> Answer:
    kind = dice.choice(list(AnswerKind))
    planned_on = at.date() + timedelta(days=dice.randrange(1, 30))
    return Answer(
        kind,
        "Ответ.",
        organ,
        planned_on=planned_on if kind is AnswerKind.PLANNED else None,
        measures="Закажут." if kind is AnswerKind.PLANNED else "",
        grounds="Земля частная." if kind is AnswerKind.IMPOSSIBLE else "",
    )
