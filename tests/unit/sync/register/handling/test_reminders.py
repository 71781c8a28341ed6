"""Reminder days before a planned date, the plan in force, and reviews that are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from sync.register.calendar.calendar import read_calendar
from sync.register.calendar.terms import LONGEST_REST_DAYS, DayOfSending
from sync.register.handling.answers import Answer, AnswerKind
from sync.register.handling.clocks import (
    plan_in_force,
    reviews_due,
    rework_in_force,
    working_days_before,
)
from sync.register.handling.events import Event, Source, Step
from sync.register.handling.handled import HandledMessage
from sync.register.handling.history import History, recalled
from sync.register.handling.standing import Standing
from sync.register.handling.step_facts import AnswerGiven, TakenBack
from sync.register.messages import State
from tests.fakes.records import answered_message

CALENDAR = read_calendar(Path(__file__).resolve().parents[5] / "resources" / "calendars")
ZONE = ZoneInfo("Europe/Moscow")
MESSAGE = UUID(int=71)


def test_the_day_of_the_reminder_is_a_working_day() -> None:
    tuesday = date(2026, 12, 1)
    assert working_days_before(tuesday, 1, CALENDAR) == date(2026, 11, 30)
    assert working_days_before(tuesday, 2, CALENDAR) == date(2026, 11, 27)
    assert working_days_before(tuesday, 0, CALENDAR) == tuesday
    # over New Year's holidays
    assert working_days_before(date(2026, 1, 12), 1, CALENDAR) == date(2025, 12, 30)
    # the search is limited
    assert working_days_before(tuesday, 1000, CALENDAR) == tuesday - timedelta(
        days=LONGEST_REST_DAYS
    )


def planned(*steps: Step) -> History:
    at = datetime(2026, 11, 25, 9, tzinfo=UTC)
    answer = Answer(AnswerKind.PLANNED, "Будет.", "roads", date(2026, 12, 1), "Закажут.")
    begun = Standing(MESSAGE, state=State.ANSWERED)
    history = recalled(
        MESSAGE,
        [
            Event(
                UUID(int=number),
                MESSAGE,
                step,
                at + timedelta(seconds=number),
                Source.SYSTEM,
                TakenBack(UUID(int=number - 1)) if step is Step.TAKE_BACK else AnswerGiven(answer),
            )
            for number, step in enumerate(steps, 1)
        ],
    )
    sent = replace(begun, state=State.PLANNED, answers=history.standing.answers)
    return History(history.events, sent)


def test_the_plan_in_force_is_the_last_one_that_was_not_taken_back() -> None:
    answered = Step.RECEIVE_ANSWER
    twice = planned(answered, Step.SEND_PLAN, Step.TAKE_BACK, Step.SEND_PLAN)
    found = plan_in_force(twice)
    assert found is not None
    assert found.id == UUID(int=4)
    assert plan_in_force(planned(answered, Step.SEND_PLAN, Step.TAKE_BACK)) is None
    assert plan_in_force(History((), Standing(MESSAGE))) is None


def waiting(number: int, sent_at: datetime | None) -> HandledMessage:
    record = replace(answered_message("", datetime(2026, 11, 25, 9, tzinfo=UTC)))
    record = replace(record, id=UUID(int=number))
    return HandledMessage(record, History((), Standing(record.id, submitted_at=sent_at)))


def test_reviews_are_near_on_the_last_day_and_the_working_day_before() -> None:
    """Sent on a Thursday: the last day is Monday, or Friday if the day of sending counts."""
    sent_at = datetime(2026, 11, 26, 9, tzinfo=UTC)
    messages = (waiting(1, sent_at), waiting(2, sent_at + timedelta(days=14)), waiting(3, None))

    def due(day: int, month: int, sending: DayOfSending) -> tuple[int, int]:
        at = datetime(2026, month, day, 20, 59, tzinfo=UTC)  # a minute to midnight in the city
        found = reviews_due(messages, at, CALENDAR, sending, ZONE)
        return len(found.near), len(found.over)

    left_out, counted = DayOfSending.LEFT_OUT, DayOfSending.COUNTED
    assert [due(day, 11, left_out) for day in (26, 27, 28, 30)] == [(0, 0), (1, 0), (1, 0), (1, 0)]
    assert due(1, 12, left_out) == (0, 1)
    assert [due(day, 11, counted) for day in (25, 26, 27, 28)] == [(0, 0), (1, 0), (1, 0), (0, 1)]


def test_the_rework_in_force_is_the_latest_that_was_not_reverted() -> None:
    reworked = History(
        planned(Step.SEND_TO_REWORK, Step.RECEIVE_ANSWER, Step.SEND_TO_REWORK).events,
        Standing(MESSAGE, state=State.REWORK),
    )
    found = rework_in_force(reworked)
    assert found is not None
    assert found.id == UUID(int=3)
    assert rework_in_force(History(reworked.events, Standing(MESSAGE))) is None
    assert rework_in_force(History((), Standing(MESSAGE, state=State.REWORK))) is None
