"""Messages for the tests of the statistics, built by the real transition table."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sync.register import messages
from sync.register.calendar.calendar import read_calendar
from sync.register.calendar.terms import DayOfSending, DaysOf
from sync.register.figures.reckoner import CountingRules
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, AnswerTermRule
from sync.register.handling.events import Source, Step
from sync.register.handling.handled import HandledMessage
from sync.register.numbering import MOSCOW
from tests.unit.sync.register.handling.way import BEGAN, CONTENTS, ORGAN, Way
from tests.unit.sync.register.records import card, number, operator

CALENDAR = read_calendar(Path(__file__).parents[5] / "resources" / "calendars")
TEN_DAYS = AnswerTermRule("light", None, None, 10, DaysOf.CALENDAR)
IMPOSSIBLE = step_facts.AnswerGiven(
    Answer(AnswerKind.IMPOSSIBLE, "Решить нельзя.", ORGAN, grounds="Земля частная.")
)


def rules(
    at: datetime = BEGAN,
    *terms: AnswerTermRule,
    sending: DayOfSending = DayOfSending.LEFT_OUT,
) -> CountingRules:
    """Ten days for an answer on lighting, unless other deadlines are given, as of this time."""
    return CountingRules(
        terms or (TEN_DAYS,), CALENDAR, sending, MOSCOW, at.astimezone(MOSCOW).date()
    )


def told(
    way: Way, *, low: int = 1, created_at: datetime = BEGAN, from_call: bool = True
) -> HandledMessage:
    """The message with a history; ``low`` makes its identity unique."""
    record = messages.message_from_call(card(identity=low), UUID(int=low), created_at, operator())
    call_id = record.call_id if from_call else None
    numbered = replace(record, number=number(counter=low), call_id=call_id)
    return HandledMessage(numbered, way.history)


def begun_by_platform() -> Way:
    return Way().step(Step.SUBMIT, step_facts.Told(CONTENTS), Source.PLATFORM)


def sent_on(way: Way, answer: step_facts.AnswerGiven) -> Way:
    """The body's answer, checked and sent to the author."""
    way.step(Step.RECEIVE_ANSWER, answer, Source.PLATFORM)
    planned = answer.answer.kind is AnswerKind.PLANNED
    return way.step(Step.SEND_PLAN if planned else Step.SEND_ANSWER)
