"""A desk with its operator's state and the connection of its phone, driven by a test."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.view_data import Notice
from console.features.operator_state.phone_gate import ByPresence, QueueCodes
from sync.register.calls import calls
from sync.register.calls.calls import CallResult
from sync.register.people.operator_states import Doing, StateRules
from telephony.events import CallSnapshot, DoNotDisturbChanged, PhoneEvent, PresenceChanged
from telephony.presence import Presence, PublicationState
from tests.fakes.console_fakes import Clock, Told
from tests.fakes.console_phone import Call, FakePhone, connected
from tests.fakes.console_register import FakeRegister
from tests.fakes.led_desk import usual_desk, usual_status
from tests.fakes.operator_state import StateBench


class Desk:
    """A desk with a connected phone and its operator's state, wired as in the application."""

    def __init__(
        self,
        owner: QObject,
        milestones: Milestones,
        clock: Clock,
        *,
        rules: StateRules | None = None,
        telling: QueueCodes | ByPresence | None = None,
        refuses_calls: bool = True,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.clock, self.phone, self.register = clock, FakePhone(), FakeRegister()
        deliveries = Deliveries(owner)
        self.desk = usual_desk(self.phone, self.register, deliveries, milestones, clock, owner)
        self.status = usual_status(self.register, deliveries, clock, owner)
        bench = StateBench(
            self.phone,
            self.desk,
            self.status,
            deliveries,
            clock,
            owner,
            rules=rules,
            telling=telling,
            refuses_calls=refuses_calls,
            monotonic_s=monotonic_s,
        )
        self.states, self.state, self.gate = bench.states, bench.state, bench.gate
        self._told = Told(self.state.told)
        self.connect()

    def hear(self, *events: PhoneEvent) -> None:
        for event in events:
            self.clock.now = max(self.clock.now, getattr(event, "at", self.clock.now))
            told = self.gate.take(event)
            if told is not None:
                self.status.receive_phone(told)
                self.state.receive_phone(told)
                self.desk.receive(told)
            self.settle()

    def connect(self, *calls: CallSnapshot) -> None:
        """Connects the phone, which reports the last do-not-disturb setting."""
        refuses = self.disturbed()[-1:] == ["on"]
        self.hear(connected(*calls), DoNotDisturbChanged(self.clock.now, refuses))

    def says(self, *, refuses: bool) -> None:
        self.hear(DoNotDisturbChanged(self.clock.now, refuses))

    def settle(self) -> None:
        for _ in range(5):
            QCoreApplication.processEvents()

    def call(self, index: int = 1) -> Call:
        return Call(f"call-{index}@test.invalid", f"8900555010{index}", rang_at=self.clock.now)

    def talk(self) -> Call:
        call = self.call()
        self.hear(call.ringing(), call.answered())
        return call

    def save(self) -> None:
        card = self.desk.state.card
        assert card is not None
        filled = calls.edit(card, content="Справка", result=CallResult.ANSWERED)
        self.desk.change_card(filled)
        self.desk.save()
        self.settle()

    @property
    def notices(self) -> list[Notice]:
        return self._told.values

    def doing(self) -> Doing:
        return self.state.status.doing

    def disturbed(self) -> list[str]:
        return [command[1] for command in self.phone.commands if command[0] == "do_not_disturb"]

    def published(self) -> list[Presence | None]:
        return self.phone.presences

    def presence_is(self, state: PublicationState, status_code: int | None = None) -> None:
        self.hear(PresenceChanged(self.clock.now, state, status_code=status_code))

    def dialled(self) -> list[str]:
        return [command[1] for command in self.phone.commands if command[0] == "call"]
