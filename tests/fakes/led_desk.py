"""A desk with an operator who handles calls: fakes below it, and a clock that a test moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.shared.session.call_control import CallControl
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import RegisterPort
from console.shared.workplace.status import StatusPresenter, StorePort
from telephony.events import PhoneEvent
from tests.fakes.console_fakes import OPERATOR, Clock, InlineExecutor
from tests.fakes.console_phone import FakePhone
from tests.fakes.console_register import FakeRegister


def usual_desk(
    phone: FakePhone,
    register: RegisterPort,
    deliveries: Deliveries,
    milestones: Milestones,
    clock: Clock,
    owner: QObject,
) -> DeskPresenter:
    """Returns the desk of the test operator, within the service hours of the line."""
    return DeskPresenter(
        phone,
        register,
        deliveries,
        milestones,
        operator=OPERATOR,
        is_out_of_hours=lambda _at: False,
        clock=clock,
        parent=owner,
    )


def usual_status(
    store: StorePort,
    deliveries: Deliveries,
    clock: Clock,
    owner: QObject,
    *,
    has_registrar: bool = False,
    is_out_of_hours: Callable[[datetime], bool] = lambda _at: False,
) -> StatusPresenter:
    """Returns the status line of a workplace without a central database, within the service
    hours.
    """
    return StatusPresenter(
        store,
        InlineExecutor(),
        deliveries,
        has_central=False,
        has_registrar=has_registrar,
        is_out_of_hours=is_out_of_hours,
        zone=CITY_ZONE,
        clock=clock,
        parent=owner,
    )


class LedDesk:
    """Desk and call control; the monotonic clock moves only when the test sets it."""

    def __init__(
        self, owner: QObject, deliveries: Deliveries, milestones: Milestones, clock: Clock
    ) -> None:
        self.phone, self.register, self.clock, self.now_s = FakePhone(), FakeRegister(), clock, 0.0
        self.desk = usual_desk(self.phone, self.register, deliveries, milestones, clock, owner)
        self.calls = CallControl(
            self.phone,
            self.desk,
            milestones,
            can_call=lambda: True,
            monotonic_s=lambda: self.now_s,
            parent=owner,
        )

    def hear(self, *events: PhoneEvent) -> None:
        for event in events:
            self.desk.receive(event)
            self.calls.receive(event)
            for _round in range(4):  # replies of the register arrive by the event loop
                QCoreApplication.processEvents()

    def later(self, seconds: float = 2.0) -> None:
        self.now_s += seconds

    def sent(self) -> list[tuple[str, ...]]:
        """Returns the commands since the last call of this method."""
        sent = [command for command in self.phone.commands if command[0] != "forget"]
        self.phone.commands.clear()
        return sent
