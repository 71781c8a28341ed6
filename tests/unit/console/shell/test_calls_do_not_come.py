"""Every reason why calls do not reach the operator is shown, with its consequence."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.core.settings.workplace import CITY_ZONE
from console.features.call_bar.block_content import CallView, quiet_block
from console.shared.session.live_calls import DeskState
from console.shared.workplace.status import StatusPresenter
from console.shell.attention import AlarmPresenter
from sync.exchange.platform.events import PlatformLost, PlatformReached
from sync.exchange.platform.port import FailureKind
from sync.register.people.operator_states import OperatorStatus
from sync.store.local.outbox import OutboxStatus
from telephony.events import RegistrationState
from telephony.phone_devices import DevicePresence, Presence
from tests.fakes.console_fakes import Clock, InlineExecutor
from tests.fakes.console_phone import connected, disconnected, registration


class SoundStore:
    """A store without errors."""

    def outbox_status(self) -> OutboxStatus:
        return OutboxStatus(0, None, 0)

    def try_disk(self) -> Future[None]:
        return Future()


def status_of(owner: QObject, clock: Clock, *, refuses: bool = False) -> StatusPresenter:
    made = StatusPresenter(
        SoundStore(),
        InlineExecutor(),
        Deliveries(owner),
        has_central=False,
        has_registrar=True,
        has_platform=True,
        refuses_calls=refuses,
        is_out_of_hours=lambda _at: False,
        zone=CITY_ZONE,
        clock=clock,
        parent=owner,
    )
    made.receive_phone(connected())
    made.receive_phone(registration(RegistrationState.REGISTERED))
    return made


NOTHING = DevicePresence(Presence.MISSING, Presence.MISSING, Presence.MISSING)
DUMB = DevicePresence(microphone=Presence.MISSING)


@pytest.mark.parametrize(
    ("happens", "head"),
    [
        (lambda status: status.receive_phone(disconnected()), "Звонки не поступают."),
        (
            lambda status: status.receive_phone(registration(RegistrationState.FAILED)),
            "Звонки не поступают.",
        ),
        (lambda status: status.receive_devices(NOTHING), "Вы не услышите вызовы."),
        (lambda status: status.receive_devices(DUMB), "Абоненты вас не услышат."),
    ],
    ids=["phone process", "registration", "no sound device", "no microphone"],
)
def test_the_banner_says_what_it_means_and_the_alarm_waits(
    owner: QObject, clock: Clock, happens: Callable[[StatusPresenter], None], head: str
) -> None:
    status = status_of(owner, clock)
    alarm = AlarmPresenter(lambda: None, owner)
    status.changed.connect(alarm.status_changed)
    assert status.state.banner is None

    happens(status)

    banner = status.state.banner
    assert banner is not None
    assert (banner.kind, banner.head) == ("danger", head)
    assert banner.body
    assert alarm.waits


def test_a_phone_that_is_set_to_refuse_all_calls_is_told_from_the_start(
    owner: QObject, clock: Clock
) -> None:
    banner = status_of(owner, clock, refuses=True).state.banner

    assert banner is not None
    assert (banner.kind, banner.head) == ("danger", "Звонки не поступают.")
    assert "отклонять все вызовы" in banner.body


def test_an_account_that_lacks_its_password_is_told_as_one_that_no_call_reaches(
    owner: QObject, clock: Clock
) -> None:
    status = status_of(owner, clock)
    status.health.is_account_unfinished = True
    banner = status.state.banner

    assert banner is not None
    assert (banner.kind, banner.head) == ("danger", "Звонки не поступают.")
    assert "номера или пароля" in banner.body


def test_a_platform_that_is_away_says_what_becomes_of_messages(
    owner: QObject, clock: Clock
) -> None:
    status = status_of(owner, clock)
    status.receive_platform(PlatformLost(clock.now, FailureKind.UNREACHABLE))
    light = status.state.platform
    assert light is not None
    assert light.role == "warn"
    assert "уйдут на платформу сами" in light.detail

    status.receive_platform(PlatformReached(clock.now))
    light = status.state.platform
    assert light is not None
    assert (light.role, light.detail) == ("ok", "")


def test_a_line_that_is_closed_says_what_becomes_of_a_call(owner: QObject, clock: Clock) -> None:
    state = replace(status_of(owner, clock).state, out_of_hours=True)
    view = CallView(
        desk=DeskState(),
        status=state,
        now=clock.now,
        zone=CITY_ZONE,
        area_code="87999",
        title_of=str,
        operator=OperatorStatus(clock.now),
    )

    block = quiet_block(view)

    assert block.pill == ("Вне рабочих часов", "clock-fill", "warn")
    assert block.detail.startswith("Линия закрыта: ")
