"""A message processed step by step in tests: each step a minute after the last one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sync.register.checks.finding import Ground
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, Rating
from sync.register.handling.contents import Contents
from sync.register.handling.events import Doer, Event, Source, Step, person
from sync.register.handling.history import (
    DEFAULT_RULES,
    Outcome,
    StepRefused,
    StepTaken,
    begun,
    take,
)
from sync.register.handling.needs import CityRules, Lack
from sync.register.handling.notices import Notice
from sync.register.handling.standing import Standing
from sync.register.handling.step_facts import Facts, NoFacts
from sync.register.messages import Publicity
from sync.register.people.operators import Role
from tests.unit.sync.register.records import number, operator

BEGAN = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MESSAGE = UUID(int=77)
OTHER = UUID(int=78)
ORGAN = "lighting"
CONTENTS = Contents(
    text="Не горит фонарь.",
    photos=0,
    event_on=date(2026, 11, 23),
    event_time=time(19, 30),
    place="улица Садовая, 5",
    topic="light",
    category="light/lamp",
)
MODERATOR = person(operator(Role.MODERATOR, low=1))
COLLEAGUE = person(operator(Role.OPERATOR, low=2))
SUPERVISOR = person(operator(Role.SUPERVISOR, low=3))
OBSERVER = person(operator(Role.OBSERVER, low=4))

NOTHING = NoFacts()
NUMBERED = step_facts.Numbered(number())
ROUTED = step_facts.Routed(ORGAN, ORGAN)
EXPLAINED = step_facts.Explained("Нет номера дома.")
REFUSED_ON = step_facts.RefusedOn(frozenset({Ground.NO_PLACE}), "Назовите дом.")
SOLVED = step_facts.AnswerGiven(Answer(AnswerKind.SOLVED, "Фонарь исправлен.", ORGAN))
PLANNED = step_facts.AnswerGiven(
    Answer(
        AnswerKind.PLANNED,
        "Фонарь будет исправлен.",
        ORGAN,
        planned_on=date(2026, 12, 1),
        measures="Закажут лампу.",
    )
)
OWN = step_facts.AnswerGiven(Answer(AnswerKind.SOLVED, "Работы по улице окончены.", None))
GOOD = step_facts.Rated(Rating.GOOD)
BAD = step_facts.Rated(Rating.BAD, "Фонарь снова не горит.")
VOTED = step_facts.VotesCounted(1_001, ORGAN)


class Way:
    """One message; ``history`` and ``notices`` are those after the last step."""

    def __init__(self, city: CityRules = DEFAULT_RULES) -> None:
        self.city = city
        self.history = begun(MESSAGE)
        self.notices: tuple[Notice, ...] = ()
        self.at = BEGAN
        self._count = 0

    @property
    def standing(self) -> Standing:
        return self.history.standing

    def event(self, step: Step, told: Facts = NOTHING, by: Doer = MODERATOR) -> Event:
        """The next event, a minute after the last one."""
        self._count += 1
        return Event(UUID(int=1000 + self._count), MESSAGE, step, self.at + MINUTE, by, told)

    def try_step(self, step: Step, told: Facts = NOTHING, by: Doer = MODERATOR) -> Outcome:
        """Outcome of a step; an accepted step is applied."""
        return self.try_event(self.event(step, told, by))

    def try_event(self, event: Event) -> Outcome:
        outcome = take(self.history, event, self.city)
        if isinstance(outcome, StepTaken):
            self.at = event.at
            self.history = outcome.history
            self.notices = outcome.notices
        return outcome

    def step(self, step: Step, told: Facts = NOTHING, by: Doer = MODERATOR) -> Way:
        outcome = self.try_step(step, told, by)
        assert isinstance(outcome, StepTaken), outcome
        return self

    def lacks(self, step: Step, told: Facts = NOTHING, by: Doer = MODERATOR) -> tuple[Lack, ...]:
        """Facts missing from a refused step."""
        outcome = self.try_step(step, told, by)
        assert isinstance(outcome, StepRefused), outcome
        return tuple(missing.lack for missing in outcome.missing)

    def later(self, days: int) -> Way:
        self.at += timedelta(days=days)
        return self


def submitted(publicity: Publicity = Publicity.NOT_STATED, city: CityRules = DEFAULT_RULES) -> Way:
    way = Way(city).step(Step.STATE_PUBLICITY, step_facts.PublicityStated(publicity))
    return way.step(Step.SUBMIT, step_facts.Told(CONTENTS))


def under_review(
    publicity: Publicity = Publicity.NOT_STATED, city: CityRules = DEFAULT_RULES
) -> Way:
    return submitted(publicity, city).step(Step.TAKE_UP)


def registered(city: CityRules = DEFAULT_RULES) -> Way:
    return under_review(city=city).step(Step.REGISTER, NUMBERED)


def published(city: CityRules = DEFAULT_RULES) -> Way:
    return under_review(Publicity.PUBLIC, city).step(Step.REGISTER_AND_PUBLISH, NUMBERED)


def at_organ() -> Way:
    return published().step(Step.SEND_TO_ORGAN, ROUTED)


def answered(answer: step_facts.AnswerGiven = SOLVED) -> Way:
    return at_organ().step(Step.RECEIVE_ANSWER, answer, Source.PLATFORM)


def answer_sent() -> Way:
    return answered().step(Step.SEND_ANSWER)


def planned() -> Way:
    return answered(PLANNED).step(Step.SEND_PLAN)


def rated_negatively() -> Way:
    return answer_sent().step(Step.RATE_NEGATIVELY, BAD, Source.PLATFORM)


def rework() -> Way:
    return rated_negatively().step(Step.SEND_TO_REWORK, ROUTED, Source.SYSTEM)


def passed_on() -> Way:
    return at_organ().step(Step.FORWARD_BY_VOTES, VOTED)
