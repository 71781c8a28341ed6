"""An operator's state over fakes: her actions are stored in a list, and the phone is a fake."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime

from PySide6.QtCore import QObject

from console.assembly.state_part import connect_state
from console.core.deliveries import Deliveries
from console.features.operator_state.phone_gate import ByPresence, PhoneGate, QueueCodes
from console.shared.session.desk import DeskPresenter
from console.shared.session.operator_state import OperatorStatePresenter, StateChoices
from console.shared.workplace.status import StatusPresenter
from console.shell.attention import AlarmPresenter, AttentionPresenter
from sync.errors import StoreUnavailable
from sync.register.people.operator_states import Cause, Doing, StateChange, StateRules
from sync.register.people.operators import Operator
from tests.fakes.console_phone import FakePhone


class FakeStates:
    """Stores an operator's actions; writes may fail."""

    def __init__(self) -> None:
        self.changes: list[tuple[str, StateChange]] = []
        self.refusing = False

    def note(self, operator: Operator, change: StateChange) -> Future[None]:
        future: Future[None] = Future()
        if self.refusing:
            future.set_exception(StoreUnavailable("SQLITE_FULL"))
        else:
            self.changes.append((operator.login, change))
            future.set_result(None)
        return future

    def told(self) -> list[tuple[Doing, Cause]]:
        return [(change.doing, change.cause) for _login, change in self.changes]


class StateBench:
    """The presenter with its neighbours, connected as in the application."""

    def __init__(
        self,
        phone: FakePhone,
        desk: DeskPresenter,
        status: StatusPresenter,
        deliveries: Deliveries,
        clock: Callable[[], datetime],
        owner: QObject,
        *,
        rules: StateRules | None = None,
        telling: QueueCodes | ByPresence | None = None,
        refuses_calls: bool = True,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.states = FakeStates()
        self.gate = PhoneGate(
            phone, refuses_calls=refuses_calls, telling=telling or QueueCodes(), parent=owner
        )
        self.state = OperatorStatePresenter(
            self.states,
            self.gate,
            deliveries,
            rules=rules or StateRules(),
            choices=StateChoices(),
            operator=desk.operator,
            clock=clock,
            monotonic_s=monotonic_s,
            parent=owner,
        )
        connect_state(self.state, self.gate, desk, status)
        phone.confirms = self.gate.take
        self.gate.told.connect(self.state.told)
        self.alarms = 0
        self.alarm = AlarmPresenter(self._sound, owner)
        status.changed.connect(self.alarm.status_changed)
        self.attention = AttentionPresenter(desk, status, self.state, owner)
        self.state.sign_in(desk.operator)

    def _sound(self) -> None:
        self.alarms += 1
