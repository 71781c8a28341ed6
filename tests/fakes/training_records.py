"""Records of training calls for the tests of their score: a perfect and an empty one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from console.features.training.lessons import Lesson
from sync.errors import StoreUnavailable
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, NewCall, UsedEntry
from sync.register.messages import MessageRecord, Publicity
from sync.register.numbering import next_number, period_of
from sync.register.people.values import Absence, PersonName, Stated
from sync.register.training import (
    Expected,
    ExpectedMessage,
    Given,
    MessageWork,
    WantedPublicity,
    Words,
    Work,
)
from tests.fakes.records import OPERATOR, message_draft

RANG_AT = datetime(2026, 11, 25, 9, 0, 0, tzinfo=UTC)
NAME = PersonName("Пробный", "Проб", "Пробович")


def empty_call(lesson: Lesson) -> CallRecord:
    """Returns the call of a trainee who answered late and left everything empty."""
    card = calls.open_card(
        NewCall(
            sip_call_id="lesson@test.invalid",
            direction="incoming",
            arrived_at=RANG_AT,
            caller_number=lesson.caller_number,
            caller_name=lesson.caller_name,
            dialled_line="100",
            out_of_hours=False,
        ),
        id=UUID(int=1),
        number=next_number(period_of(RANG_AT), "0001", 1),
        at=RANG_AT,
        operator=OPERATOR,
        workplace="0001",
        home_area_code="87999",
    )
    card = calls.answered(card, RANG_AT + timedelta(seconds=50))
    return calls.ended(card, RANG_AT + timedelta(seconds=90), "far_end")


def perfect_work(lesson: Lesson) -> Work:
    """Returns a record with everything that the lesson expects."""
    expected = lesson.expected
    call = replace(
        empty_call(lesson),
        answered_at=RANG_AT + timedelta(seconds=4),
        first_key_at=RANG_AT + timedelta(seconds=9),
        hit_accepted_at=RANG_AT + timedelta(seconds=20),
        ended_at=RANG_AT + timedelta(seconds=80),
        saved_at=RANG_AT + timedelta(seconds=95),
        content=_text(expected.content),
        result=expected.results[0],
        used_entries=_entries(expected),
        name=Absence.NOT_GIVEN if expected.name is Given.NOT_GIVEN else NAME,
        email=_email(expected),
    )
    return Work(
        call=call,
        messages=tuple(
            MessageWork(_message(wanted, place), ())
            for place, wanted in enumerate(expected.messages, 1)
        ),
        is_tied=expected.tied,
        is_dealt_with=expected.dealt_with,
    )


def empty_work(lesson: Lesson) -> Work:
    """Returns only the ring, and a message if the lesson forbids one."""
    expected = lesson.expected
    needless = expected.no_message or expected.tied
    made = (MessageWork(message_draft(UUID(int=9), RANG_AT), ()),) if needless else ()
    return Work(call=empty_call(lesson), messages=made)


def _text(words: Words) -> str:
    return " ".join(group[0] for group in words)


def _email(expected: Expected) -> Stated:
    return Absence.NOT_GIVEN if expected.email is Given.NOT_GIVEN else "proba@test.invalid"


def _entries(expected: Expected) -> tuple[UsedEntry, ...]:
    if expected.script:
        return (UsedEntry(expected.script, "script", "Официальное обращение"),)
    return tuple(UsedEntry(key, "question", "Вопрос") for key in expected.entries[:1])


def _message(wanted: ExpectedMessage, place: int) -> MessageRecord:
    stated = {
        WantedPublicity.PUBLIC: Publicity.PUBLIC,
        WantedPublicity.NON_PUBLIC: Publicity.NON_PUBLIC,
        WantedPublicity.NO_PERSONAL_DATA: Publicity.NON_PUBLIC,
    }
    return replace(
        message_draft(UUID(int=10 + place), RANG_AT),
        text=_text(wanted.text),
        place=_text(wanted.place),
        category=wanted.categories[0],
        event_on=date(2026, 11, 24),
        event_time=time(18, 30),
        publicity=stated[wanted.publicity],
    )


class KnownWork:
    """Stored work by call; empty if a test has set none."""

    def __init__(self) -> None:
        self.work: Work | None = None
        self.asked: list[UUID] = []

    def read(self, call: CallRecord) -> Work:
        self.asked.append(call.id)
        if self.work is None:
            raise StoreUnavailable("closed")
        return self.work
