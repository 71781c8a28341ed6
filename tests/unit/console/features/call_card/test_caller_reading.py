"""Records of a phone number are read once per call, from the first ring on, and are never stale."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.features.call_card.caller_history import MOST_AHEAD, CallerReading
from console.shared.session.live_calls import DeskState
from sync.register.calls import calls
from sync.register.people.persons import KnownPerson
from sync.register.people.values import Absence
from sync.store.local.callers import KnownCaller
from tests.fakes.console_fakes import AREA_CODE, Clock, HeldExecutor
from tests.fakes.console_phone import Call, FakePhone, connected
from tests.fakes.console_register import FakeRegister
from tests.fakes.led_desk import usual_desk

PHONE, OTHER = "+79005550101", "+79005550102"


class Bench:
    """A workspace and two consumers that request the records whenever the phone number of the card
    changes.
    """

    def __init__(self, owner: QObject, milestones: Milestones, clock: Clock) -> None:
        self.register = FakeRegister()
        self.desk = usual_desk(
            FakePhone(), self.register, Deliveries(owner), milestones, clock, owner
        )
        self.readers = HeldExecutor()
        self.asked: list[tuple[str, UUID | None]] = []
        self.reading = CallerReading(
            self.desk,
            self.read,
            lambda _phone, _call: (),
            self.readers,
            area_code=AREA_CODE,
            parent=owner,
        )
        self.shown: list[KnownCaller] = []
        self.named: list[tuple[KnownPerson, ...]] = []
        for _who in range(2):
            self.desk.changed.connect(self.ask)

    def read(self, phone: str, call_id: UUID | None) -> KnownCaller:
        self.asked.append((phone, call_id))
        return KnownCaller()

    def ask(self, state: DeskState) -> None:
        if state.card is not None and not isinstance(state.card.phone, Absence):
            answer = self.reading.of(state.card.phone, state.card.id)
            answer.caller.add_done_callback(lambda done: self.shown.append(done.result()))
            answer.persons.add_done_callback(lambda done: self.named.append(done.result()))

    def ring(self, call: Call) -> None:
        self.desk.receive(call.ringing())
        QCoreApplication.processEvents()

    def run(self) -> None:
        """Runs all pending reads."""
        jobs, self.readers.jobs = self.readers.jobs, []
        for job in jobs:
            job()
        QCoreApplication.processEvents()

    @property
    def card_id(self) -> UUID:
        card = self.desk.state.card
        assert card is not None
        return card.id


@pytest.fixture
def bench(owner: QObject, milestones: Milestones, clock: Clock) -> Bench:
    return Bench(owner, milestones, clock)


def test_it_is_read_while_the_card_is_written_and_once_for_all(bench: Bench) -> None:
    bench.register.held = True
    bench.ring(Call())
    assert bench.desk.state.card is None
    bench.run()
    assert bench.asked == [(PHONE, None)]

    bench.register.held = False
    bench.register.release()
    QCoreApplication.processEvents()
    assert bench.desk.state.card is not None
    assert len(bench.shown) == len(bench.named) >= 2
    bench.run()
    assert bench.asked == [(PHONE, None)]


def test_another_telephone_is_read_without_the_call_itself(bench: Bench) -> None:
    bench.ring(Call())
    bench.run()
    card = bench.desk.state.card
    assert card is not None

    bench.desk.change_card(calls.edit(card, phone=OTHER))
    bench.desk.change_card(calls.edit(card, content="Слова", phone=OTHER))
    bench.run()
    assert bench.asked == [(PHONE, None), (OTHER, card.id)]


def test_a_card_that_comes_back_is_read_anew(bench: Bench) -> None:
    call = Call()
    bench.ring(call)
    bench.desk.receive(call.answered())
    bench.desk.receive(call.ended())
    QCoreApplication.processEvents()
    bench.run()
    card = bench.desk.state.card
    assert card is not None

    bench.desk.put_aside()
    QCoreApplication.processEvents()
    bench.desk.open_draft(card)
    bench.run()
    assert bench.asked == [(PHONE, None), (PHONE, card.id)]


def test_what_was_read_before_the_register_changed_is_not_shown(bench: Bench) -> None:
    """Two calls ring simultaneously: the second card becomes active when the first one is
    finished.
    """
    first, second = Call(), Call("two@test.invalid", "89005550102")
    bench.ring(first)
    bench.ring(second)
    bench.run()
    assert bench.asked == [(PHONE, None), (OTHER, None)]

    bench.desk.receive(first.ended())
    QCoreApplication.processEvents()
    assert bench.desk.state.card is not None
    bench.run()
    assert bench.asked[2:] == [(OTHER, bench.card_id)]


@pytest.mark.parametrize(("others", "reads"), [(MOST_AHEAD - 1, 0), (MOST_AHEAD, 1)])
def test_no_more_is_kept_ahead_than_calls_ring_at_once(
    bench: Bench, others: int, reads: int
) -> None:
    """The oldest result is dropped, and read again when its card is opened."""
    bench.register.held = True
    bench.ring(Call())
    for number in range(others):
        bench.ring(Call(f"{number}@test.invalid", f"890055501{number + 10}"))
    bench.run()
    bench.register.held = False
    bench.register.release()
    QCoreApplication.processEvents()
    bench.run()

    assert bench.asked[others + 1 :] == [(PHONE, bench.card_id)] * reads


def test_a_call_that_the_phone_kept_may_have_a_card_and_is_read_without_it(bench: Bench) -> None:
    bench.desk.receive(connected(Call().snapshot()))
    QCoreApplication.processEvents()
    bench.run()

    assert bench.asked == [(PHONE, bench.card_id)]


def test_a_hidden_number_is_not_asked_for(bench: Bench) -> None:
    bench.ring(Call(number="anonymous"))
    bench.run()

    assert bench.desk.state.card is not None
    assert bench.asked == []
