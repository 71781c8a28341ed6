"""For any order of events and write errors, each call has a record and no text is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtTest import QTest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from console.core import services
from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.shared.session.live_calls import CardSaved, LineState
from console.shell.notices import NoticesPresenter
from sync.register import messages
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, CallResult, CallState
from sync.register.messages import MessageRecord
from telephony.events import CallSnapshot, EndCause
from tests.fakes.console_fakes import OPERATOR, RANG_AT, Clock, Told
from tests.fakes.console_phone import Call, FakePhone, connected, disconnected
from tests.fakes.console_register import FakeRegister
from tests.fakes.led_desk import usual_desk

LIMIT_MS = 4000
STEP_MS = 5
RETRY_MS = 20  # instead of the two seconds before a failed write is repeated
EVENT_ROUNDS = 5  # the result of a write may request another write
SECOND = Call("two@test.invalid", "89005550102", rang_at=RANG_AT + timedelta(seconds=90))


class Bench:
    """A workspace over a register whose writes the test controls, with its notices."""

    def __init__(self, owner: QObject, milestones: Milestones, clock: Clock) -> None:
        self.phone = FakePhone()
        self.register = FakeRegister()
        self.desk = usual_desk(
            self.phone, self.register, Deliveries(owner), milestones, clock, owner
        )
        self.saved = Told(self.desk.saved)
        self.failed = Told(self.desk.store_failed)
        self.notices = NoticesPresenter(self.desk, owner)
        self.told = Told(self.notices.told)

    def tell(self, *events: object) -> None:
        for event in events:
            self.desk.receive(event)  # type: ignore[arg-type]
        self.settle()

    def settle(self) -> None:
        with capture_exceptions() as caught:
            for _ in range(EVENT_ROUNDS):
                QCoreApplication.processEvents()
        for _kind, error, _trace in caught:
            raise error

    def release(self, count: int | None = None) -> None:
        self.register.release(count)
        self.settle()

    @property
    def card(self) -> CallRecord:
        card = self.desk.state.card
        assert card is not None
        return card

    def in_front(self) -> str:
        card = self.desk.state.card
        return "" if card is None else card.sip_call_id

    def type_content(self, text: str) -> None:
        self.desk.change_card(calls.edit(self.card, content=text))

    def complete(self, text: str) -> None:
        self.desk.change_card(calls.edit(self.card, content=text, result=CallResult.ANSWERED))

    def stored(self, call: Call) -> CallRecord:
        card = self.register.of_call(call.call_id)
        assert card is not None
        return card


@pytest.fixture
def bench(
    owner: QObject, milestones: Milestones, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> Bench:
    monkeypatch.setattr(services, "RETRY_MS", RETRY_MS)
    return Bench(owner, milestones, clock)


# --- slow writes ---


def test_a_call_over_before_its_card_is_written_loses_nothing(bench: Bench) -> None:
    call = Call()
    bench.register.held = True
    bench.tell(call.ringing(), call.answered(), call.ended())
    assert bench.desk.state.line is LineState.WRAP_UP
    assert bench.desk.state.card is None

    bench.register.held = False
    bench.release()

    assert bench.in_front() == call.call_id
    assert bench.card.answered_at == call.answered().at
    assert bench.card.ended_at == call.ended().at
    assert bench.phone.forgotten() == [call.call_id]


def test_saving_twice_on_a_slow_disk_writes_once(bench: Bench) -> None:
    call = Call()
    bench.tell(call.ringing(), call.answered(), call.ended())
    bench.complete("Справка")
    bench.register.held = True

    bench.desk.save()
    bench.desk.save()

    assert bench.register.waiting() == 1
    bench.release()
    assert len(bench.saved.values) == 1


def test_what_is_typed_while_the_record_is_being_closed_is_in_the_record(bench: Bench) -> None:
    call = Call()
    bench.tell(call.ringing(), call.answered(), call.ended())
    bench.complete("Справка")
    bench.register.held = True
    bench.desk.save()
    bench.type_content("Справка о составе семьи")

    bench.register.held = False
    bench.release()

    assert bench.stored(call).content == "Справка о составе семьи"
    assert bench.stored(call).state is CallState.CLOSED
    assert len(bench.saved.values) == 1
    assert bench.desk.state.card is None


def test_a_slow_save_does_not_take_the_next_card_away(bench: Bench) -> None:
    first = Call()
    bench.tell(first.ringing(), first.answered(), first.ended())
    bench.complete("Справка")
    bench.tell(SECOND.ringing())
    bench.register.held = True
    bench.desk.save()

    bench.tell(SECOND.answered())
    bench.complete("Второй звонок")
    bench.desk.save()
    bench.release()

    assert bench.in_front() == SECOND.call_id
    assert bench.card.content == "Второй звонок"
    assert bench.desk.state.closes_at_end
    assert bench.stored(first).state is CallState.CLOSED


def test_a_draft_opened_over_a_slow_save_stays_in_front(bench: Bench) -> None:
    first = Call()
    bench.tell(first.ringing(), first.answered(), first.ended())
    bench.desk.put_aside()
    bench.settle()
    bench.tell(SECOND.ringing(), SECOND.answered(), SECOND.ended())
    bench.complete("Второй звонок")
    bench.register.held = True
    bench.desk.save()
    bench.desk.open_draft(bench.stored(first))
    bench.type_content("Дописано")

    bench.register.held = False
    bench.release()

    assert bench.in_front() == first.call_id
    assert bench.card.content == "Дописано"
    assert bench.stored(SECOND).state is CallState.CLOSED


def test_a_missed_call_leaves_the_front_at_once(bench: Bench) -> None:
    call = Call()
    bench.tell(call.ringing())
    bench.register.held = True

    bench.tell(call.ended(EndCause.CALLER_GAVE_UP))

    assert bench.desk.state.card is None
    assert bench.saved.values == []
    bench.release()
    assert [saved.by_itself for saved in bench.saved.values] == [True]


def test_a_message_and_its_call_are_written_together(bench: Bench) -> None:
    call = Call()
    bench.tell(call.ringing(), call.answered())
    bench.type_content("Яма на дороге")
    made: list[MessageRecord] = []
    draft = messages.message_from_call(bench.card, OPERATOR.id, RANG_AT, OPERATOR)

    bench.desk.register_message(draft, made.append)
    bench.settle()

    assert [message.id for message in made] == [draft.id]
    assert made[0].number is not None
    assert bench.card.message_id == draft.id
    assert bench.stored(call).message_id == draft.id
    assert bench.card.result is CallResult.MESSAGE


# --- failing writes ---


def test_a_refused_draft_stays_in_front_and_is_told_once(bench: Bench) -> None:
    call = Call()
    bench.tell(call.ringing(), call.answered())
    bench.register.refusing = True
    bench.type_content("Не потеряйте")

    wait_for(lambda: bench.desk.state.store_failed)

    assert bench.failed.values == ["StoreUnavailable"]
    assert bench.card.content == "Не потеряйте"
    assert [notice.head for notice in bench.told.values] == ["Не сохранено."]
    assert bench.told.values[0].problem


def test_while_the_register_refuses_others_nothing_says_saved(bench: Bench) -> None:
    """The banner reports "not saved": the card must not claim otherwise."""
    call = Call()
    bench.tell(call.ringing(), call.answered())
    bench.type_content("Не потеряйте")
    wait_for(lambda: bench.desk.state.saved_at is not None)

    bench.desk.set_store_trouble(True)
    assert bench.desk.state.store_failed
    bench.register.refusing = True
    bench.type_content("Не потеряйте и это")
    wait_for(lambda: bool(bench.failed.values))
    bench.register.refusing = False
    wait_for(lambda: bench.stored(call).content == "Не потеряйте и это")
    bench.settle()
    assert bench.desk.state.store_failed  # a single successful write does not clear the alarm

    bench.desk.set_store_trouble(False)
    assert not bench.desk.state.store_failed


def test_what_was_told_as_not_saved_is_withdrawn_once_it_is_over(bench: Bench) -> None:
    withdrawn = Told(bench.notices.overtaken)
    call = Call()
    bench.tell(call.ringing(), call.answered())
    bench.register.refusing = True
    bench.type_content("Не потеряйте")
    wait_for(lambda: bench.desk.state.store_failed)
    assert [notice.head for notice in bench.told.values] == ["Не сохранено."]
    assert withdrawn.values == []

    bench.register.refusing = False
    wait_for(lambda: not bench.desk.state.store_failed)
    assert withdrawn.values == bench.told.values


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(LIMIT_MS // STEP_MS):
        if condition():
            return
        QTest.qWait(STEP_MS)
    raise AssertionError("it did not happen in time")


def test_a_refused_save_is_never_told_as_saved(bench: Bench) -> None:
    call = Call()
    bench.tell(call.ringing(), call.answered(), call.ended())
    bench.complete("Справка")
    bench.register.refusing = True

    bench.desk.save()
    bench.settle()
    bench.desk.save()
    bench.settle()

    assert bench.saved.values == []
    assert bench.desk.state.store_failed
    assert bench.card.content == "Справка"
    assert bench.failed.values == ["StoreUnavailable", "StoreUnavailable"]
    assert all(
        "сохран" not in notice.head.replace("Не сохранено", "") for notice in bench.told.values
    )

    bench.register.refusing = False
    bench.desk.disk_is_back()
    assert not bench.desk.state.store_failed  # only the operator repeats the save
    assert bench.saved.values == []
    bench.desk.save()
    bench.settle()
    assert len(bench.saved.values) == 1
    assert bench.stored(call).state is CallState.CLOSED


def test_a_card_put_aside_on_a_full_disk_is_kept_and_written_later(bench: Bench) -> None:
    call = Call()
    aside = Told(bench.desk.card_put_aside)
    bench.tell(call.ringing(), call.answered(), call.ended())
    bench.type_content("Не потеряйте")
    bench.register.refusing = True

    bench.desk.put_aside()
    bench.settle()

    assert aside.values == []
    assert bench.desk.state.store_failed
    bench.desk.open_draft(bench.stored(call))
    assert bench.card.content == "Не потеряйте"
    bench.desk.put_aside()
    bench.register.refusing = False
    bench.settle()
    wait_for(lambda: bench.stored(call).content == "Не потеряйте")
    wait_for(lambda: not bench.desk.state.store_failed)
    assert len(aside.values) == 1


def test_a_call_whose_card_was_refused_gets_its_record(bench: Bench, qtbot: QtBot) -> None:
    call = Call()
    bench.register.refusing = True
    bench.tell(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    assert bench.desk.state.store_failed
    assert bench.register.of_call(call.call_id) is None

    bench.register.refusing = False
    qtbot.waitUntil(lambda: len(bench.saved.values) == 1, timeout=LIMIT_MS)

    assert bench.stored(call).result is CallResult.NOT_ANSWERED
    assert not bench.desk.state.store_failed
    assert bench.phone.forgotten() == [call.call_id]


# --- any order of events ---


class AnyOrder(RuleBasedStateMachine):
    """Calls, answers, ends, input, saving and suspending, with delayed and failing writes."""

    def __init__(self, owner: QObject, milestones: Milestones) -> None:
        super().__init__()
        self.bench = Bench(owner, milestones, Clock())
        self.calls: dict[str, Call] = {}
        self.answered: set[str] = set()
        self.ended: dict[str, EndCause] = {}
        self.lost: set[str] = set()
        self.typed: dict[str, list[str]] = {}
        self.count = 0

    def live(self) -> list[str]:
        return [call_id for call_id in self.calls if call_id not in self.ended]

    # --- the phone ---

    @precondition(lambda self: len(self.live()) < 3)
    @rule()
    def ring(self) -> None:
        self.count += 1
        call = Call(
            f"call-{self.count}@test.invalid", rang_at=RANG_AT + timedelta(minutes=self.count)
        )
        self.calls[call.call_id] = call
        self.bench.tell(call.ringing())

    @precondition(lambda self: bool(self.live()))
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        call_id = data.draw(st.sampled_from(self.live()))
        self.answered.add(call_id)
        self.bench.tell(self.calls[call_id].answered())

    @precondition(lambda self: bool(self.live()))
    @rule(data=st.data(), cause=st.sampled_from([EndCause.FAR_END, EndCause.CALLER_GAVE_UP]))
    def end(self, data: st.DataObject, cause: EndCause) -> None:
        call_id = data.draw(st.sampled_from(self.live()))
        self.ended[call_id] = cause
        self.bench.tell(self.calls[call_id].ended(cause))

    @rule()
    def lose_phone(self) -> None:
        for call_id in self.live():
            self.ended[call_id] = EndCause.FAILED
            self.lost.add(call_id)
        self.bench.tell(disconnected())
        self._connect()

    @rule()
    def line_breaks(self) -> None:
        self.bench.tell(disconnected())
        self._connect()

    @rule()
    def meet_phone(self) -> None:
        self._connect()

    def _connect(self) -> None:
        known = set(self.calls) - set(self.bench.phone.forgotten()) - self.lost
        self.bench.tell(connected(*(self.snapshot(call_id) for call_id in sorted(known))))

    def snapshot(self, call_id: str) -> CallSnapshot:
        return self.calls[call_id].snapshot(
            answered=call_id in self.answered, ended=self.ended.get(call_id)
        )

    # --- the operator ---

    @precondition(lambda self: self.bench.desk.state.card is not None)
    @rule()
    def type_word(self) -> None:
        self.count += 1
        word = f"<{self.count}>"
        card = self.bench.card
        self.typed.setdefault(card.sip_call_id, []).append(word)
        self.bench.type_content(card.content + word)

    @precondition(lambda self: self.bench.desk.state.card is not None)
    @rule()
    def choose_result(self) -> None:
        self.bench.desk.set_result(CallResult.ANSWERED)

    @rule()
    def save(self) -> None:
        self.bench.desk.save()
        self.bench.settle()

    @rule()
    def put_aside(self) -> None:
        self.bench.desk.put_aside()
        self.bench.settle()

    @rule(data=st.data())
    def open_draft(self, data: st.DataObject) -> None:
        drafts = [
            card
            for card in self.bench.register.records.values()
            if card.state is CallState.DRAFT and card.sip_call_id != self.bench.in_front()
        ]
        if drafts:
            self.bench.desk.open_draft(data.draw(st.sampled_from(drafts)))
            self.bench.settle()

    # --- the storage ---

    @rule(held=st.booleans())
    def hold(self, held: bool) -> None:
        self.bench.register.held = held
        if not held:
            self.bench.release()

    @rule(count=st.integers(1, 3))
    def release(self, count: int) -> None:
        self.bench.release(count)

    @rule(refusing=st.booleans())
    def refuse(self, refusing: bool) -> None:
        self.bench.register.refusing = refusing

    # --- invariants ---

    @invariant()
    def the_line_says_what_the_calls_do(self) -> None:
        line = self.bench.desk.state.line
        talking = [call_id for call_id in self.live() if call_id in self.answered]
        if talking:
            assert line is LineState.TALKING
        elif self.live():
            assert line is LineState.RINGING
        else:
            assert line in (LineState.FREE, LineState.WRAP_UP)

    @invariant()
    def what_is_told_as_saved_is_closed_on_disk(self) -> None:
        for told in self.bench.saved.values:
            assert isinstance(told, CardSaved)
            assert self.bench.register.records[told.card.id].state is CallState.CLOSED

    def teardown(self) -> None:
        bench = self.bench
        for call_id in self.live():
            self.ended[call_id] = EndCause.FAR_END
            bench.tell(self.calls[call_id].ended())
        bench.register.held = bench.register.refusing = False
        for _ in range(4):
            bench.release()
            bench.desk.put_aside()
            bench.desk.flush()
            bench.settle()
        for call_id in self.calls:
            card = bench.register.of_call(call_id)
            assert card is not None
            assert card.ended_at is not None
            assert (card.answered_at is not None) == (call_id in self.answered)
            if call_id not in self.answered:
                assert card.result is CallResult.NOT_ANSWERED
                assert card.state is CallState.CLOSED
            for word in self.typed.get(call_id, ()):
                assert word in card.content
        assert not bench.desk.state.store_failed
        assert self.calls.keys() - set(bench.phone.forgotten()) == set()
        bench.desk.deleteLater()


def test_no_order_of_events_loses_text_or_a_record(owner: QObject, milestones: Milestones) -> None:
    class Here(AnyOrder):
        def __init__(self) -> None:
            super().__init__(owner, milestones)

    run_state_machine_as_test(
        Here,
        settings=settings(
            stateful_step_count=40,
            suppress_health_check=list(HealthCheck),
        ),
    )
