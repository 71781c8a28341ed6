"""Jobs for mail, reminders and planned dates, and the thread that runs them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from sync.errors import MailboxUnreadable
from sync.exchange.mail.delivery import (
    BouncesUnread,
    DeliverySettings,
    MailLost,
    MailReached,
    NoticeEvent,
    NoticeNotMailed,
    NoticeSent,
    PlannedDateCame,
    ReviewTermsNear,
    deliver,
)
from sync.exchange.mail.smtp import MailFailure, MailPort, NotNow, Undeliverable
from sync.exchange.supervision import RestartPace
from sync.jobs.notices import CityDays, NoticeJobs, NoticePace, keep_plans, remind_of_reworks
from sync.register.calendar.terms import DayOfSending
from sync.register.handling import step_facts
from sync.register.handling.answers import Answer, AnswerKind, Rating
from sync.register.handling.events import Source, Step
from sync.register.handling.step_facts import NoticeOutcome, Notified
from sync.register.messages import State
from sync.register.people.values import Absence
from sync.store.local.messages.notices import Channel, NoticeState
from tests.fakes.events import Heard
from tests.fakes.notices import CALENDAR, ZONE, Clock, NoticeBench, ScriptedMail
from tests.fakes.returned_letters import report
from tests.fakes.store_template import StoreTemplate

TRY_LATER = NotNow(MailFailure.TRY_LATER, may_have_it=False, code="451")
LOST_ANSWER = NotNow(MailFailure.UNREACHABLE, may_have_it=True)
UNREACHABLE = NotNow(MailFailure.UNREACHABLE, may_have_it=False)
SENDER = NotNow(MailFailure.SENDER_REFUSED, may_have_it=False, code="554")
DAYS = CityDays(lambda: CALENDAR, lambda: DayOfSending.LEFT_OUT, ZONE)
WAIT_S = 10

E = TypeVar("E")


@pytest.fixture
def bench(tmp_path: Path, store_template: StoreTemplate) -> Iterator[NoticeBench]:
    made = NoticeBench(tmp_path / "register.db", store_template)
    yield made
    assert made.store.close_store()


def test_what_becomes_of_a_letter_by_what_the_server_says(bench: NoticeBench) -> None:
    """The first letter is sent; each other letter has a different outcome and blocks no
    later one.
    """
    ids = [bench.registered() for _ in range(3)]
    bench.clock.put_on(seconds=20)
    mail = ScriptedMail(TRY_LATER, Undeliverable("550"))

    result = deliver(bench.outbox, mail, bench.clock.at)

    later, refused, sent = (bench.notices(message_id)["registered"] for message_id in ids)
    assert (later.state, later.last_error, later.doubtful) == (
        NoticeState.WAITING,
        "try_later 451",
        0,
    )
    assert timedelta(seconds=30) <= later.next_try_at - bench.clock.at <= timedelta(seconds=61)
    assert (refused.channel, refused.state) == (Channel.CALL, NoticeState.WAITING)
    assert (sent.state, sent.tries) == (NoticeState.SENT, 1)
    assert sent.header_id == f"<{sent.id}@test.invalid>"
    assert [type(event) for event in result.events] == [NoticeNotMailed, NoticeSent]
    assert (result.is_reached, result.is_more, result.failure) == (True, False, None)
    assert mail.closed == 1
    bench.clock.put_on(hours=1)
    assert [type(one) for one in deliver(bench.outbox, mail, bench.clock.at).events] == [NoticeSent]
    assert len(mail.letters) == 4


@pytest.mark.parametrize("failure", [UNREACHABLE, SENDER])
def test_a_server_that_does_not_serve_us_ends_the_round(
    bench: NoticeBench, failure: NotNow
) -> None:
    first, second = bench.registered(), bench.registered()
    bench.clock.put_on(seconds=20)
    mail = ScriptedMail(failure)

    result = deliver(bench.outbox, mail, bench.clock.at)

    assert (result.failure, result.is_reached, len(mail.letters)) == (failure, False, 1)
    assert bench.notices(first)["registered"].state is NoticeState.WAITING
    assert bench.notices(second)["registered"].tries == 0
    bench.clock.put_on(hours=1)
    deliver(bench.outbox, mail, bench.clock.at)
    assert len(mail.letters) == 3


def test_a_lost_answer_costs_one_more_copy_and_no_third(bench: NoticeBench) -> None:
    message_id = bench.registered()
    mail = ScriptedMail(LOST_ANSWER, LOST_ANSWER)
    for _ in range(6):
        bench.clock.put_on(minutes=3)
        deliver(bench.outbox, mail, bench.clock.at)

    kept = bench.notices(message_id)["registered"]
    assert [header for _to, _subject, header in mail.letters] == [kept.header_id] * 2
    assert (kept.channel, kept.last_error) == (Channel.CALL, "outcome_unknown")


def test_a_letter_under_way_at_a_crash_is_sent_once_more(bench: NoticeBench) -> None:
    message_id = bench.registered()
    bench.clock.put_on(seconds=20)
    with pytest.raises(KeyboardInterrupt):
        deliver(bench.outbox, ScriptedMail(KeyboardInterrupt()), bench.clock.at)
    mail = ScriptedMail()
    deliver(bench.outbox, mail, bench.clock.at)
    assert mail.letters == []  # the server may have received the first one
    bench.clock.put_on(minutes=3)
    deliver(bench.outbox, mail, bench.clock.at)
    deliver(bench.outbox, mail, bench.clock.at + timedelta(days=2))
    assert len(mail.letters) == 1
    assert bench.notices(message_id)["registered"].state is NoticeState.SENT


def test_letters_without_a_server_or_after_a_day_become_calls(bench: NoticeBench) -> None:
    unset = bench.registered()
    bench.clock.put_on(seconds=20)
    result = deliver(bench.outbox, None, bench.clock.at)
    assert [(one.code, one.is_call) for one in not_mailed(result.events)] == [
        ("mail_not_set", True)
    ]
    assert bench.notices(unset)["registered"].channel is Channel.CALL

    patient, silent = bench.registered(), bench.registered(phone=Absence.NOT_GIVEN)
    bench.clock.put_on(seconds=20)
    mail = ScriptedMail(TRY_LATER, TRY_LATER)
    deliver(bench.outbox, mail, bench.clock.at)
    bench.clock.put_on(days=1, seconds=1)
    events = not_mailed(deliver(bench.outbox, mail, bench.clock.at).events)
    assert sorted((one.code, one.is_call) for one in events) == [
        ("try_later 451", False),
        ("try_later 451", True),
    ]
    assert bench.notices(patient)["registered"].channel is Channel.CALL
    assert bench.notices(silent)["registered"].state is NoticeState.FAILED
    assert len(mail.letters) == 2


def not_mailed(events: tuple[NoticeSent | NoticeNotMailed, ...]) -> list[NoticeNotMailed]:
    return [event for event in events if isinstance(event, NoticeNotMailed)]


def test_one_round_takes_so_many_and_stops_when_asked(bench: NoticeBench) -> None:
    for _ in range(3):
        bench.registered()
    bench.clock.put_on(seconds=20)
    mail, few = ScriptedMail(), DeliverySettings(batch_size=2)
    assert deliver(bench.outbox, mail, bench.clock.at, few, lambda: True).events == ()
    assert deliver(bench.outbox, mail, bench.clock.at, few).is_more
    assert not deliver(bench.outbox, mail, bench.clock.at, few).is_more
    assert len(mail.letters) == 3


def test_a_planned_date_is_reminded_of_once_and_then_opens_the_message(bench: NoticeBench) -> None:
    """On a Wednesday: the planned date is Monday, so the reminder is sent on Friday."""
    message_id = bench.answered(AnswerKind.PLANNED, bench.clock.at + timedelta(days=5))
    bench.take(message_id, (Step.SEND_PLAN, step_facts.NoFacts()))

    def kept() -> tuple[PlannedDateCame, ...]:
        return keep_plans(bench.handling, bench.outbox, bench.composer, DAYS, bench.clock.at)

    assert kept() == ()
    assert "planned_date_near" not in bench.notices(message_id)
    bench.clock.put_on(days=2)
    assert (kept(), kept()) == ((), ())
    reminder = bench.notices(message_id)["planned_date_near"]
    assert reminder.told.due_at == bench.clock.at
    assert "30.11.2026 наступит срок" in reminder.told.words.text
    assert bench.outbox.due_emails(bench.clock.at, 10)[-1] == reminder

    bench.clock.put_on(days=3)
    number = str(bench.handled(message_id).record.number)
    assert kept() == (PlannedDateCame(bench.clock.at, message_id, number),)
    assert bench.handled(message_id).standing.state is State.AT_ORGAN
    assert "further_answer_due" in bench.notices(message_id)
    assert kept() == ()


def test_a_negative_rating_starts_a_rework_whose_end_its_body_is_reminded_of(
    bench: NoticeBench,
) -> None:
    """Rated on a Wednesday, 25 November: ten working days end on 9 December, a Wednesday."""
    message_id = bench.answered(AnswerKind.SOLVED)
    bench.take(message_id, (Step.SEND_ANSWER, step_facts.NoFacts()))
    bad = step_facts.Rated(Rating.BAD, "Яма на месте.")
    bench.take(message_id, (Step.RATE_NEGATIVELY, bad), by=Source.PLATFORM)

    assert bench.handled(message_id).standing.state is State.REWORK
    assert {"rework_for_organ", "rework_for_user"} <= set(bench.notices(message_id))
    due = bench.composer.answer_due(bench.handled(message_id).standing)
    assert due == date(2026, 12, 9)

    def remind() -> None:
        remind_of_reworks(bench.handling, bench.outbox, bench.composer, DAYS, bench.clock.at)

    bench.clock.put_on(days=12)
    remind()
    assert "rework_term_near" not in bench.notices(message_id)
    bench.clock.put_on(days=1)
    remind()
    remind()
    reminder = bench.notices(message_id)["rework_term_near"]
    assert "доработки — 09.12.2026" in reminder.told.words.subject
    assert "Яма на месте." in reminder.told.words.text
    assert bench.outbox.due_emails(bench.clock.at, 10)[-1] == reminder


def test_a_rework_that_is_over_is_not_reminded_of(bench: NoticeBench) -> None:
    message_id = bench.answered(AnswerKind.SOLVED)
    bench.take(message_id, (Step.SEND_ANSWER, step_facts.NoFacts()))
    bad = step_facts.Rated(Rating.BAD, "Яма на месте.")
    bench.take(message_id, (Step.RATE_NEGATIVELY, bad))
    given = step_facts.AnswerGiven(Answer(AnswerKind.SOLVED, "Заделали.", "road-service"))
    bench.take(message_id, (Step.RECEIVE_ANSWER, given))
    bench.clock.put_on(days=30)
    remind_of_reworks(bench.handling, bench.outbox, bench.composer, DAYS, bench.clock.at)
    assert "rework_term_near" not in bench.notices(message_id)


class Ticking:
    """The register's clock, advanced by a second or more at each read."""

    def __init__(self, clock: Clock, seconds: float = 1) -> None:
        self._clock = clock
        self._seconds = seconds

    def __call__(self) -> datetime:
        self._clock.put_on(seconds=self._seconds)
        return self._clock.at


def jobs_of(
    bench: NoticeBench,
    mail: MailPort,
    heard: Heard[NoticeEvent],
    clock: Callable[[], datetime] | None = None,
) -> NoticeJobs:
    return NoticeJobs(
        bench.handling,
        bench.outbox,
        bench.composer,
        mail,
        DAYS,
        heard,
        settings=DeliverySettings(patience_s=1e6),
        pace=NoticePace(tick_s=0.01, days_s=3, plans_s=1e6, first_delay_s=5),
        clock=clock or Ticking(bench.clock),
    )


def of(events: list[NoticeEvent], kind: type[E]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]


def test_the_thread_sends_tells_and_comes_back_after_a_loss(bench: NoticeBench) -> None:
    """The message under review was sent a day ago: its decision is due by tomorrow."""
    bench.submitted()
    message_id = bench.registered()
    bench.clock.put_on(days=1)
    heard: Heard[NoticeEvent] = Heard()
    jobs = jobs_of(bench, ScriptedMail(UNREACHABLE, UNREACHABLE), heard)
    assert not jobs.is_running()
    jobs.start()
    try:
        heard.wait_for(lambda events: bool(of(events, NoticeSent)), WAIT_S)
        assert jobs.is_running()
    finally:
        assert jobs.stop(WAIT_S)
    events = heard.all()
    assert [lost.kind for lost in of(events, MailLost)] == [MailFailure.UNREACHABLE]
    assert [(one.near, one.over) for one in of(events, ReviewTermsNear)] == [(1, 0)]
    assert len(of(events, MailReached)) == 1
    assert bench.notices(message_id)["registered"].state is NoticeState.SENT


def test_the_thread_opens_a_planned_message_when_its_day_comes(bench: NoticeBench) -> None:
    """The clock advances by an hour at each read: the day arrives within a round."""
    message_id = bench.answered(AnswerKind.PLANNED, bench.clock.at + timedelta(days=1))
    bench.take(message_id, (Step.SEND_PLAN, step_facts.NoFacts()))
    heard: Heard[NoticeEvent] = Heard()
    jobs = jobs_of(bench, ScriptedMail(), heard, Ticking(bench.clock, 3600))
    jobs.start()
    try:
        events = heard.wait_for(lambda events: bool(of(events, PlannedDateCame)), WAIT_S)
    finally:
        assert jobs.stop(WAIT_S)
    assert [came.message_id for came in of(events, PlannedDateCame)] == [message_id]
    assert bench.handled(message_id).standing.state is State.AT_ORGAN


def test_a_store_that_is_closed_is_told_and_the_thread_goes_on(
    tmp_path: Path, store_template: StoreTemplate
) -> None:
    bench = NoticeBench(tmp_path / "register.db", store_template)
    bench.registered()
    bench.clock.put_on(seconds=20)
    assert bench.store.close_store()
    (tmp_path / "register.db").rename(tmp_path / "gone.db")
    heard: Heard[NoticeEvent] = Heard()
    jobs = jobs_of(bench, ScriptedMail(), heard)
    jobs.start()
    try:
        events = heard.wait_for(lambda events: bool(of(events, MailLost)), WAIT_S)
    finally:
        assert jobs.stop(WAIT_S)
    assert [lost.kind for lost in of(events, MailLost)] == [MailFailure.STORE]


def test_a_clock_set_back_does_not_stop_the_letters(bench: NoticeBench) -> None:
    """The clock is a day ahead at first, and the mail server is unreachable."""
    bench.registered()
    heard: Heard[NoticeEvent] = Heard()
    jobs = jobs_of(bench, ScriptedMail(UNREACHABLE), heard, bench.clock)
    bench.clock.put_on(days=1)
    jobs._round(bench.clock.at)
    assert of(heard.all(), MailLost)

    bench.clock.put_on(days=-1, minutes=1)
    jobs._round(bench.clock.at)

    assert of(heard.all(), NoticeSent)


def test_a_clock_set_back_does_not_stop_the_look_at_the_days(bench: NoticeBench) -> None:
    heard: Heard[NoticeEvent] = Heard()
    jobs = jobs_of(bench, ScriptedMail(), heard, bench.clock)
    bench.clock.put_on(days=1000)
    jobs._round(bench.clock.at)
    bench.clock.put_on(days=-1000)
    message_id = bench.answered(AnswerKind.PLANNED, bench.clock.at + timedelta(days=1))
    bench.take(message_id, (Step.SEND_PLAN, step_facts.NoFacts()))

    bench.clock.put_on(days=1)
    jobs._round(bench.clock.at)

    assert [came.message_id for came in of(heard.all(), PlannedDateCame)] == [message_id]


def test_a_review_over_the_holidays_is_told_of_once_when_its_day_begins(
    bench: NoticeBench,
) -> None:
    """Sent on Wednesday, 30 December: the last day is 12 January."""
    bench.clock.at = datetime(2026, 12, 30, 9, tzinfo=UTC)
    bench.submitted()
    heard: Heard[NoticeEvent] = Heard()
    jobs = jobs_of(bench, ScriptedMail(), heard, bench.clock)

    def told_at(day: int, hour: int, minute: int) -> list[tuple[int, int]]:
        """Reports so far, after the jobs ran at this time of January in the city."""
        bench.clock.at = datetime(2027, 1, day, hour, minute, tzinfo=ZONE).astimezone(UTC)
        for _look in range(2):
            jobs._round(bench.clock.at)
            bench.clock.put_on(seconds=10)
        return [(one.near, one.over) for one in of(heard.all(), ReviewTermsNear)]

    assert told_at(10, 23, 59) == []
    assert told_at(11, 0, 0) == [(1, 0)]
    assert told_at(11, 23, 59) == [(1, 0)]
    assert told_at(12, 23, 59) == [(1, 0)]
    assert told_at(13, 0, 0) == [(1, 0), (0, 1)]
    assert told_at(13, 12, 0) == [(1, 0), (0, 1)]


def test_letters_go_on_after_a_bug(bench: NoticeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    bugs: list[str] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: bugs.append(args.exc_type.__name__))
    bench.submitted()
    bench.registered()
    heard: Heard[NoticeEvent] = Heard()
    jobs = jobs_of(bench, ScriptedMail(), heard, FailingOnce(bench.clock))
    jobs.restart_pace = RestartPace(0.01, 0.01)
    jobs.start()
    try:
        heard.wait_for(lambda events: bool(of(events, NoticeSent)), WAIT_S)
    finally:
        assert jobs.stop(WAIT_S)

    assert bugs == ["ZeroDivisionError"]
    assert (jobs.health.name, jobs.health.restarts) == ("notices", 1)


class FailingOnce(Ticking):
    """A clock whose first read raises an exception."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self._has_failed = False

    def __call__(self) -> datetime:
        if not self._has_failed:
            self._has_failed = True
            raise ZeroDivisionError
        return super().__call__()


class Returned:
    """A mailbox that is unreadable at first, and then contains one letter."""

    def __init__(self, raw: Callable[[], bytes], *, refusals: int) -> None:
        self._raw = raw
        self._refusals = refusals

    def new_letters(self, since: datetime) -> Iterator[bytes]:
        assert since.tzinfo is not None
        if self._refusals:
            self._refusals -= 1
            raise MailboxUnreadable(MailFailure.UNREACHABLE)
        yield self._raw()


def test_a_letter_that_came_back_is_told_and_noted(bench: NoticeBench) -> None:
    message_id = bench.refused(phone=Absence.NOT_GIVEN)
    bench.clock.put_on(seconds=20)

    def raw() -> bytes:
        return report(bench.notices(message_id)["refused"].header_id or "")

    heard: Heard[NoticeEvent] = Heard()
    jobs = NoticeJobs(
        bench.handling,
        bench.outbox,
        bench.composer,
        ScriptedMail(),
        DAYS,
        heard,
        bounces=Returned(raw, refusals=3),
        pace=NoticePace(tick_s=0.01, bounces_s=1),
        clock=Ticking(bench.clock),
    )
    jobs.start()
    try:
        heard.wait_for(lambda events: bool(of(events, NoticeNotMailed)), WAIT_S)
    finally:
        assert jobs.stop(WAIT_S)
    assert len(of(heard.all(), BouncesUnread)) == 1
    (told,) = of(heard.all(), NoticeNotMailed)
    assert (told.message_id, told.code, told.is_call) == (message_id, "bounced 5.1.1", False)
    assert bench.handled(message_id).standing.notified == Notified(
        NoticeOutcome.NOBODY, "bounced 5.1.1"
    )
