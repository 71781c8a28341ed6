"""The workspace over a real encrypted store: calls become records, and no input is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.drafts import DRAFT_DELAY_MS
from console.core.formats import time_text
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.shared.session import call_words
from console.shared.session.call_control import CallControl
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import CardSaved, LineState
from sync.register.calls import calls
from sync.register.calls.calls import CallProblem, CallRecord, CallResult, CallState
from sync.register.figures.call_statistics import CallFigures, figures_of
from sync.register.people.values import Absence
from sync.store.local.register import RegisterStore
from telephony.events import CallFacts, EndCause
from tests.fakes.console_fakes import OPERATOR, RANG_AT, SUPERVISOR, Clock, Told
from tests.fakes.console_phone import Call, FakePhone, connected, disconnected
from tests.fakes.led_desk import usual_desk

LIMIT_MS = 3000
DRAFT_LIMIT_MS = 500  # input is saved within a second; the remainder is for the write
SECOND = Call("two@test.invalid", "89005550102", rang_at=RANG_AT + timedelta(seconds=90))


@dataclass
class Desk:
    """A workspace with its phone and store, and methods to wait for them."""

    presenter: DeskPresenter
    calls: CallControl
    phone: FakePhone
    store: RegisterStore
    bot: QtBot

    def tell(self, *events: object) -> None:
        for event in events:
            self.presenter.receive(event)  # type: ignore[arg-type]

    def until(self, condition: Callable[[], bool]) -> None:
        self.bot.waitUntil(condition, timeout=LIMIT_MS)

    @property
    def card(self) -> CallRecord:
        card = self.presenter.state.card
        assert card is not None
        return card

    def until_in_front(self, call: Call) -> CallRecord:
        self.until(lambda: self.shown_call() == call.call_id)
        return self.card

    def shown_call(self) -> str:
        card = self.presenter.state.card
        return "" if card is None else card.sip_call_id

    def line(self) -> LineState:
        return self.presenter.state.line

    def problems(self) -> tuple[CallProblem, ...]:
        return self.presenter.state.problems

    def type_content(self, text: str) -> None:
        self.presenter.change_card(calls.edit(self.card, content=text))

    def stored(self, call: Call) -> CallRecord:
        card = self.store.call_by_sip_id(call.call_id)
        assert card is not None
        return card

    def until_stored(self, call: Call, condition: Callable[[CallRecord], bool]) -> CallRecord:
        def holds() -> bool:
            card = self.store.call_by_sip_id(call.call_id)
            return card is not None and condition(card)

        self.until(holds)
        return self.stored(call)

    def ring(self, call: Call) -> CallRecord:
        self.tell(call.ringing())
        return self.until_in_front(call)

    def talk(self, call: Call) -> CallRecord:
        self.ring(call)
        self.tell(call.answered())
        return self.card


@pytest.fixture
def desk(
    qtbot: QtBot,
    store: RegisterStore,
    deliveries: Deliveries,
    milestones: Milestones,
    clock: Clock,
    owner: QObject,
) -> Desk:
    phone = FakePhone()
    presenter = usual_desk(phone, store, deliveries, milestones, clock, owner)
    # There are ten seconds between any two presses.
    calls = CallControl(
        phone,
        presenter,
        milestones,
        can_call=lambda: True,
        monotonic_s=count(0, 10).__next__,
        parent=owner,
    )
    return Desk(presenter, calls, phone, store, qtbot)


def test_a_ring_opens_a_card_with_its_number(desk: Desk) -> None:
    card = desk.ring(Call())

    assert desk.presenter.state.line is LineState.RINGING
    assert card == desk.stored(Call())
    assert str(card.number).startswith("2611-0001-00001-")
    assert (card.arrived_at, card.phone) == (RANG_AT, "+79005550101")
    assert (card.operator_id, card.out_of_hours) == (OPERATOR.id, False)


@pytest.mark.parametrize(
    "cause", [EndCause.ANNOUNCED_OUT_OF_HOURS, EndCause.REDIRECTED_OUT_OF_HOURS]
)
def test_a_call_that_the_phone_saw_to_out_of_hours_is_registered_with_what_was_done(
    desk: Desk, cause: EndCause
) -> None:
    """The phone reports it, although business hours began before the announcement ended."""
    call = Call()
    ringing = replace(call.ringing(), facts=CallFacts(out_of_hours=True))
    desk.tell(ringing, call.ended(cause, after_s=12))

    stored = desk.until_stored(call, lambda card: card.state is CallState.CLOSED)
    assert stored.out_of_hours
    assert (stored.end_cause, stored.result) == (cause.value, CallResult.NOT_ANSWERED)
    assert stored.answered_at is None
    assert desk.line() is LineState.FREE
    assert figures_of(stored) == CallFigures(missed_out_of_hours=1)


def test_the_line_rings_before_the_disk_has_answered(desk: Desk) -> None:
    desk.tell(Call().ringing())

    state = desk.presenter.state
    assert state.line is LineState.RINGING
    assert state.call is not None
    assert state.call.number == "89005550101"


def test_a_hidden_number_leaves_the_phone_unasked(desk: Desk) -> None:
    card = desk.ring(Call(number=""))

    assert card.phone is Absence.NOT_ASKED
    assert card.caller_number_raw == ""


def test_answer_and_end_are_facts_of_the_record(desk: Desk) -> None:
    call = Call()
    desk.talk(call)
    assert desk.line() is LineState.TALKING

    desk.tell(call.ended(EndCause.FAR_END))

    assert desk.line() is LineState.WRAP_UP
    saved = desk.until_stored(call, lambda card: card.ended_at is not None)
    assert saved.answered_at == call.answered().at
    assert (saved.ended_at, saved.end_cause) == (call.ended().at, "far_end")
    assert saved.state is CallState.DRAFT
    desk.until(lambda: desk.phone.forgotten() == [call.call_id])


def test_the_phone_is_told_what_the_operator_presses(desk: Desk) -> None:
    call = Call()
    desk.calls.answer()
    desk.calls.hang_up()
    desk.ring(call)
    desk.calls.toggle_mute()
    desk.calls.answer()
    desk.tell(call.answered())
    desk.calls.toggle_mute()
    desk.tell(call.muted())
    desk.calls.toggle_mute()
    desk.calls.hang_up()

    assert desk.phone.commands == [
        ("answer", call.call_id),
        ("mute", call.call_id),
        ("unmute", call.call_id),
        ("hang_up", call.call_id),
    ]


def test_a_missed_call_is_registered_by_itself(desk: Desk) -> None:
    call, saved = Call(), Told(desk.presenter.saved)
    desk.ring(call)

    desk.tell(call.ended(EndCause.CALLER_GAVE_UP))
    desk.until(lambda: len(saved.values) == 1)

    told = saved.values[0]
    assert isinstance(told, CardSaved)
    assert told.by_itself
    record = desk.stored(call)
    assert (record.state, record.result) == (CallState.CLOSED, CallResult.NOT_ANSWERED)
    assert (record.end_cause, record.closed_by_id) == ("caller_gave_up", None)
    assert desk.presenter.state.card is None
    assert desk.presenter.state.line is LineState.FREE
    assert desk.phone.forgotten() == [call.call_id]


@pytest.mark.parametrize(
    "cause", [EndCause.CALLER_GAVE_UP, EndCause.NOT_ANSWERED, EndCause.ANSWERED_ELSEWHERE]
)
def test_a_call_that_ends_before_its_card_is_on_disk_is_registered(
    desk: Desk, cause: EndCause
) -> None:
    call = Call()

    desk.tell(call.ringing(), call.ended(cause))

    record = desk.until_stored(call, lambda card: card.state is CallState.CLOSED)
    assert (record.result, record.end_cause) == (CallResult.NOT_ANSWERED, cause.value)
    desk.until(lambda: desk.phone.forgotten() == [call.call_id])
    assert desk.presenter.state.card is None


def test_the_end_is_noted_once_however_slow_the_disk(
    desk: Desk, milestones: Milestones, deliveries: Deliveries
) -> None:
    call = Call()
    desk.tell(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    desk.until_stored(call, lambda card: card.state is CallState.CLOSED)
    desk.until(lambda: desk.phone.forgotten() == [call.call_id])

    assert desk.phone.forgotten() == [call.call_id]


def test_a_rejected_call_is_registered_with_that_cause(desk: Desk) -> None:
    call = Call()
    desk.ring(call)
    desk.calls.hang_up()
    assert desk.phone.commands == [("reject", call.call_id)]

    desk.tell(call.ended(EndCause.REJECTED))

    record = desk.until_stored(call, lambda card: card.state is CallState.CLOSED)
    assert (record.result, record.end_cause) == (CallResult.NOT_ANSWERED, "rejected")


def test_what_is_typed_while_ringing_is_kept_when_the_call_is_missed(desk: Desk) -> None:
    call = Call()
    desk.ring(call)
    desk.type_content("Звонили ещё вчера, прорвало трубу")

    desk.tell(call.ended(EndCause.CALLER_GAVE_UP))

    record = desk.until_stored(call, lambda card: card.state is CallState.CLOSED)
    assert record.content == "Звонили ещё вчера, прорвало трубу"
    desk.until(lambda: desk.presenter.state.card is None)


def test_a_ring_in_wrap_up_leaves_the_first_card_in_front(desk: Desk) -> None:
    first = Call()
    desk.talk(first)
    desk.tell(first.ended())
    desk.type_content("Не вывозят мусор")

    desk.tell(SECOND.ringing())
    desk.until_stored(SECOND, lambda _card: True)
    desk.bot.waitUntil(lambda: desk.presenter.state.line is LineState.RINGING)

    assert desk.shown_call() == first.call_id
    assert desk.card.content == "Не вывозят мусор"
    assert desk.presenter.state.call is not None
    assert desk.presenter.state.call.call_id == SECOND.call_id


def test_answering_the_second_call_puts_the_first_card_aside(desk: Desk) -> None:
    first, aside = Call(), Told(desk.presenter.card_put_aside)
    desk.talk(first)
    desk.tell(first.ended())
    desk.type_content("Не вывозят мусор")
    desk.tell(SECOND.ringing())
    desk.until_stored(SECOND, lambda _card: True)

    desk.calls.answer()
    desk.tell(SECOND.answered())
    desk.until_in_front(SECOND)

    kept = desk.until_stored(first, lambda card: card.content == "Не вывозят мусор")
    assert kept.state is CallState.DRAFT
    desk.until(lambda: [card.id for card in aside.values] == [kept.id])
    assert desk.card.content == ""


def test_a_ring_during_a_talk_waits(desk: Desk) -> None:
    first = Call()
    desk.talk(first)

    desk.tell(SECOND.ringing())
    desk.until_stored(SECOND, lambda _card: True)

    state = desk.presenter.state
    assert state.line is LineState.TALKING
    assert [call.call_id for call in state.waiting] == [SECOND.call_id]
    assert desk.shown_call() == first.call_id
    desk.calls.answer()
    assert ("answer", SECOND.call_id) not in desk.phone.commands


def test_saving_during_the_call_closes_the_card_at_its_end(desk: Desk) -> None:
    call, saved = Call(), Told(desk.presenter.saved)
    card = desk.talk(call)
    desk.presenter.change_card(calls.edit(card, content="Часы приёма", result=CallResult.ANSWERED))

    desk.presenter.save()
    assert desk.presenter.state.closes_at_end
    desk.until_stored(call, lambda card: card.content == "Часы приёма")
    assert desk.stored(call).state is CallState.DRAFT
    desk.type_content("Часы приёма паспортного стола")
    desk.tell(call.ended())
    desk.until(lambda: len(saved.values) == 1)

    record = desk.stored(call)
    assert record.state is CallState.CLOSED
    assert record.content == "Часы приёма паспортного стола"
    assert record.ended_at == call.ended().at
    assert desk.presenter.state.card is None
    assert desk.presenter.state.line is LineState.FREE


def test_an_incomplete_card_tells_what_is_missing_and_stays_open(desk: Desk) -> None:
    call, incomplete = Call(), Told(desk.presenter.incomplete)
    desk.talk(call)
    desk.tell(call.ended())

    desk.presenter.save()

    assert set(desk.problems()) == {
        CallProblem.RESULT_MISSING,
        CallProblem.CONTENT_MISSING,
    }
    assert len(incomplete.values) == 1
    assert desk.stored(call).state is CallState.DRAFT
    desk.presenter.set_result(CallResult.ANSWERED)
    assert desk.problems() == (CallProblem.CONTENT_MISSING,)
    desk.type_content("Справка")
    assert desk.problems() == ()


def test_no_problem_appears_while_typing(desk: Desk) -> None:
    desk.talk(Call())
    desk.type_content("С")
    desk.type_content("")

    assert desk.problems() == ()


def test_saving_after_the_end_closes_at_once(desk: Desk) -> None:
    call, saved = Call(), Told(desk.presenter.saved)
    desk.talk(call)
    desk.tell(call.ended())
    desk.type_content("Справка")
    desk.presenter.set_result(CallResult.ANSWERED)

    desk.presenter.save()
    desk.until(lambda: len(saved.values) == 1)

    assert not saved.values[0].by_itself
    record = desk.stored(call)
    assert (record.state, record.closed_by_id) == (CallState.CLOSED, OPERATOR.id)
    assert desk.presenter.state.line is LineState.FREE


def test_what_is_typed_is_on_disk_within_a_second_of_steady_typing(desk: Desk) -> None:
    call = Call()
    desk.ring(call)

    def typing() -> bool:
        desk.type_content(desk.card.content + "а")
        return desk.stored(call).content != ""

    desk.bot.waitUntil(typing, timeout=LIMIT_MS)

    assert DRAFT_DELAY_MS < DRAFT_LIMIT_MS


def test_the_end_of_the_program_writes_the_last_letters(desk: Desk) -> None:
    call = Call()
    desk.ring(call)
    desk.type_content("последние буквы")

    future = desk.presenter.flush()

    assert future is not None
    assert future.result(LIMIT_MS / 1000).content == "последние буквы"
    assert desk.stored(call).content == "последние буквы"


def test_the_next_operators_records_carry_her_and_the_open_card_keeps_its_own(desk: Desk) -> None:
    first = Call()
    desk.talk(first)
    desk.presenter.set_operator(SUPERVISOR)
    desk.tell(first.ended(), SECOND.ringing())

    second = desk.until_stored(SECOND, lambda _card: True)

    assert second.operator_id == SUPERVISOR.id
    assert desk.card.operator_id == OPERATOR.id


# --- a phone that ran before the console ---


def test_a_live_call_is_taken_over(desk: Desk) -> None:
    call = Call()
    desk.tell(connected(call.snapshot(answered=True)))

    card = desk.until_in_front(call)

    assert desk.presenter.state.line is LineState.TALKING
    assert card.answered_at == call.answered().at
    assert card.arrived_at == call.rang_at


def test_a_call_missed_while_away_is_registered(desk: Desk) -> None:
    call = Call()
    desk.tell(connected(call.snapshot(ended=EndCause.CALLER_GAVE_UP)))

    record = desk.until_stored(call, lambda card: card.state is CallState.CLOSED)

    assert record.result is CallResult.NOT_ANSWERED
    desk.until(lambda: desk.phone.forgotten() == [call.call_id])


def test_who_called_in_vain_again_and_again_is_one_record_that_says_so(desk: Desk) -> None:
    call, others = Call(), Call("others@test.invalid", "89005550139")
    last_at = RANG_AT + timedelta(seconds=75)
    snapshot = replace(
        call.snapshot(ended=EndCause.NOBODY_THERE), further_tries=4, last_try_at=last_at
    )
    desk.tell(others.ringing(), connected(snapshot, others.snapshot(ended=EndCause.NOBODY_THERE)))
    stored = desk.until_stored(call, lambda card: card.state is CallState.CLOSED)
    assert stored.result is CallResult.NOT_ANSWERED
    assert stored.content == call_words.further_tries(4, last_at.astimezone(CITY_ZONE))
    assert time_text(last_at.astimezone(CITY_ZONE)) in stored.content
    other = desk.until_stored(others, lambda card: card.state is CallState.CLOSED)
    assert other.content == ""


def test_a_call_answered_and_ended_while_away_stays_a_draft(desk: Desk) -> None:
    call = Call()
    desk.tell(connected(call.snapshot(answered=True, ended=EndCause.FAR_END)))

    record = desk.until_stored(call, lambda card: card.ended_at is not None)

    assert record.state is CallState.DRAFT
    assert record.answered_at == call.answered().at
    desk.until(lambda: desk.shown_call() == call.call_id)
    assert desk.presenter.state.line is LineState.WRAP_UP


@pytest.mark.parametrize("answered", [True, False])
def test_the_same_snapshot_twice_is_harmless(desk: Desk, answered: bool) -> None:
    call, saved = Call(), Told(desk.presenter.saved)
    snapshot = call.snapshot(answered=answered, ended=EndCause.FAR_END)

    desk.tell(connected(snapshot), connected(snapshot))
    desk.until(lambda: call.call_id in desk.phone.forgotten())
    desk.tell(connected(snapshot))
    desk.until_stored(call, lambda card: card.ended_at is not None)
    desk.bot.waitUntil(lambda: desk.phone.forgotten().count(call.call_id) >= 2, timeout=LIMIT_MS)

    record = desk.stored(call)
    assert record.state is (CallState.DRAFT if answered else CallState.CLOSED)
    assert len(saved.values) == (0 if answered else 1)
    assert len(desk.store.calls_between(RANG_AT, RANG_AT + timedelta(days=1))) == 1


def test_a_call_recorded_before_the_restart_is_forgotten(desk: Desk) -> None:
    call = Call()
    card = desk.talk(call)
    desk.tell(call.ended())
    desk.presenter.change_card(calls.edit(desk.card, content="Справка", result=CallResult.ANSWERED))
    desk.presenter.save()
    desk.until_stored(call, lambda card: card.state is CallState.CLOSED)
    desk.until(lambda: desk.presenter.state.card is None)
    desk.phone.commands.clear()

    desk.tell(connected(call.snapshot(answered=True, ended=EndCause.FAR_END)))

    desk.until(lambda: desk.phone.forgotten() == [call.call_id])
    assert desk.presenter.state.card is None
    assert desk.presenter.state.line is LineState.FREE
    assert desk.stored(call).id == card.id


def test_the_loss_of_the_phone_ends_the_talk_and_keeps_the_card(desk: Desk, clock: Clock) -> None:
    call = Call()
    desk.talk(call)
    desk.type_content("Обрыв на полуслове")
    clock.advance(30)

    desk.tell(disconnected())
    meanwhile = desk.presenter.state.line
    desk.tell(connected())

    assert meanwhile is LineState.TALKING
    assert desk.presenter.state.line is LineState.WRAP_UP
    record = desk.until_stored(call, lambda card: card.ended_at is not None)
    assert (record.content, record.end_cause) == ("Обрыв на полуслове", "failed")
    assert record.ended_at == clock.now
    assert desk.shown_call() == call.call_id


def test_the_loss_of_the_phone_registers_a_ringing_call(desk: Desk) -> None:
    call = Call()
    desk.ring(call)

    desk.tell(disconnected())
    desk.tell(connected())

    record = desk.until_stored(call, lambda card: card.state is CallState.CLOSED)
    assert (record.result, record.end_cause) == (CallResult.NOT_ANSWERED, "failed")


def test_a_call_goes_on_when_only_the_line_to_the_phone_broke(desk: Desk) -> None:
    call = Call()
    desk.talk(call)
    desk.type_content("Говорим дальше")

    desk.tell(disconnected())
    desk.tell(connected(call.snapshot(answered=True)))

    assert desk.presenter.state.line is LineState.TALKING
    assert desk.shown_call() == call.call_id
    assert desk.card.content == "Говорим дальше"
    assert desk.card.ended_at is None


# --- drafts ---


def test_a_draft_put_aside_comes_back_whole(desk: Desk) -> None:
    call = Call()
    desk.talk(call)
    desk.tell(call.ended())
    desk.type_content("Дозвонюсь и допишу")

    desk.presenter.put_aside()

    assert desk.presenter.state.card is None
    assert desk.presenter.state.line is LineState.FREE
    draft = desk.until_stored(call, lambda card: card.content == "Дозвонюсь и допишу")
    desk.presenter.open_draft(draft)
    assert desk.card.content == "Дозвонюсь и допишу"
    desk.presenter.set_result(CallResult.ANSWERED)
    desk.presenter.save()
    desk.until_stored(call, lambda card: card.state is CallState.CLOSED)


def test_a_live_card_is_not_put_aside(desk: Desk) -> None:
    call, aside = Call(), Told(desk.presenter.card_put_aside)
    desk.talk(call)

    desk.presenter.put_aside()

    assert desk.shown_call() == call.call_id
    assert aside.values == []
