"""Call control over a phone driven by a test, with all announcements."""

from __future__ import annotations

from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.core.view_data import Notice
from console.features.call_bar.block_content import CallView
from console.shared.session.live_calls import DeskState, LiveCall
from sync.register.calls.calls import CallRecord
from sync.register.people.operator_states import OperatorStatus
from tests.fakes.console_fakes import AREA_CODE, Clock, Told
from tests.fakes.console_phone import CONSULTATION, Call, connected
from tests.fakes.led_desk import LedDesk, usual_status

FIRST = Call()


SECOND = Call("two@test.invalid", "89005550102")


THIRD = Call("three@test.invalid", "89005550103")


ASKED = Call(CONSULTATION, "301")


class LedCalls(LedDesk):
    """Adds the status line at the bottom and all announcements."""

    def __init__(
        self, owner: QObject, deliveries: Deliveries, milestones: Milestones, clock: Clock
    ) -> None:
        super().__init__(owner, deliveries, milestones, clock)
        self.status = usual_status(self.register, deliveries, clock, owner)
        self.status.receive_phone(connected())
        self.told = Told(self.calls.told)
        self.overtaken = Told(self.calls.overtaken)

    def talk(self, call: Call = FIRST) -> None:
        self.hear(call.ringing(), call.answered())
        self.later()

    @property
    def state(self) -> DeskState:
        return self.desk.state

    @property
    def call(self) -> LiveCall:
        """The active call."""
        call = self.state.call
        assert call is not None
        return call

    @property
    def typed(self) -> CallRecord:
        """The active card."""
        card = self.state.card
        assert card is not None
        return card

    @property
    def notices(self) -> list[Notice]:
        return self.told.values

    def view(self, held_s: float = 0) -> CallView:
        self.clock.advance(held_s)
        return CallView(
            self.state,
            self.status.state,
            self.clock(),
            CITY_ZONE,
            AREA_CODE,
            self.calls.title_of,
            OperatorStatus(self.clock()),
            pending=self.calls.pending,
        )

    def card(self, call: Call) -> CallRecord:
        found = self.register.of_call(call.call_id)
        assert found is not None
        return found

    def front(self) -> str:
        card = self.state.card
        return "" if card is None else card.sip_call_id

    def consult(self) -> None:
        self.calls.consult("301", "Дежурный")
        self.hear(FIRST.held(), ASKED.dialled())
