"""A faked phone with its register: calls, the operator's state and the line status."""

from __future__ import annotations

from console.core.settings.workplace import CITY_ZONE
from console.features.dialing.presenter import KeypadPresenter
from console.features.shift_check.phone_check import PhoneCheckPresenter
from console.shared.session.call_control import CallControl
from console.shared.session.desk import DeskPresenter
from console.shared.workplace.status import StatusPresenter
from console.shell.notices import NoticesPresenter
from telephony.settings import PhoneSettings
from tests.fakes.console_fakes import SUPERVISOR
from tests.fakes.console_phone import FakePhone, FakeSelfTest
from tests.fakes.console_register import FakeMissed, FakeRegister
from tests.fakes.faked_parts.shared import FakedShared
from tests.fakes.operator_state import StateBench


class PhonePart:
    """The desk and the presenters closest to the phone; created before all others."""

    def __init__(self, shared: FakedShared) -> None:
        owner, clock, milestones = shared.owner, shared.clock, shared.milestones
        self.phone, self.register = FakePhone(), FakeRegister()
        self.register.now = clock
        self.missed = FakeMissed(self.register)
        self.is_after_hours = False  # of calls that ring now
        self.desk = desk = DeskPresenter(
            self.phone,
            self.register,
            shared.deliveries,
            milestones,
            operator=SUPERVISOR,
            is_out_of_hours=lambda _at: self.is_after_hours,
            clock=clock,
            parent=owner,
        )
        self.status = status = StatusPresenter(
            self.register,
            shared.readers,
            shared.deliveries,
            has_central=True,
            has_registrar=False,
            is_out_of_hours=lambda _at: False,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.state_bench = StateBench(self.phone, desk, status, shared.deliveries, clock, owner)
        self.notices = NoticesPresenter(desk, owner)
        self.self_test = FakeSelfTest(owner)
        self._pressed_s = 0.0
        self.calls = CallControl(
            self.phone,
            desk,
            milestones,
            can_call=lambda: status.state.phone_ready,
            monotonic_s=self._seconds,
            parent=owner,
        )
        self.keypad = KeypadPresenter(self.calls, owner)
        self.phone_check = PhoneCheckPresenter(
            self.phone,
            self.self_test,
            desk,
            status,
            self.notices.tell,
            milestones,
            PhoneSettings(),
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )

    def _seconds(self) -> float:
        """Returns a time far enough from the last press that each press of a test counts as
        intended.
        """
        self._pressed_s += 10
        return self._pressed_s
