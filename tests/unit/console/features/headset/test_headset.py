"""Headset buttons run the same commands as keys; the headset LEDs follow the workspace."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.features.headset.presenter import HeadsetPresenter
from console.shared.workplace.devices import HeadsetState
from telephony.events import PhoneEvent
from telephony.headset.agreement import AGAIN_S
from telephony.headset.descriptor import Button, ButtonMoved, Lamp
from telephony.headset.watch import (
    HeadsetFound,
    HeadsetGone,
    HeadsetPressed,
    HeadsetTrouble,
    HeadsetUnusable,
)
from tests.fakes.console_fakes import Clock, Told
from tests.fakes.console_phone import Call
from tests.fakes.led_desk import LedDesk

KEY, OTHER = b"/dev/hidraw3", b"/dev/hidraw4"
FIRST, SECOND = Call(), Call("two@test.invalid", "89005550102")
STATE = frozenset({Lamp.OFF_HOOK, Lamp.RING, Lamp.MUTE, Lamp.HOLD})
HAS = frozenset({Button.HOOK, Button.MUTE, Button.FLASH})


class Bench(LedDesk):
    """Headset and keys over one workspace."""

    def __init__(
        self, owner: QObject, deliveries: Deliveries, milestones: Milestones, clock: Clock
    ) -> None:
        super().__init__(owner, deliveries, milestones, clock)
        self.may_act = True
        self.lamps: dict[bytes, frozenset[Lamp]] = {}
        self.headset = HeadsetPresenter(
            self.desk,
            self.calls,
            self,
            milestones,
            may_act=lambda: self.may_act,
            monotonic_s=lambda: self.now_s,
            parent=owner,
        )
        self.told = Told(self.headset.told)

    def light(self, key: bytes, lit: frozenset[Lamp]) -> None:
        self.lamps[key] = lit

    def plug(self, key: bytes = KEY, model: str = "Wireless 75") -> None:
        self.headset.receive(HeadsetFound(key, model, HAS, STATE))

    def hear(self, *events: PhoneEvent) -> None:
        super().hear(*events)
        self.later()

    def press(self, button: Button, *, is_down: bool = True, key: bytes = KEY) -> None:
        pulse = button is not Button.HOOK
        self.headset.receive(HeadsetPressed(key, ButtonMoved(button, is_down, pulse)))


@pytest.fixture
def bench(owner: QObject, deliveries: Deliveries, milestones: Milestones, clock: Clock) -> Bench:
    return Bench(owner, deliveries, milestones, clock)


def test_a_call_from_ring_to_end_by_the_headset(bench: Bench) -> None:
    bench.plug()
    bench.hear(FIRST.ringing())
    assert bench.lamps[KEY] == {Lamp.RING}
    bench.press(Button.HOOK)
    assert bench.sent() == [("answer", FIRST.call_id)]
    bench.hear(FIRST.answered())
    assert bench.lamps[KEY] == {Lamp.OFF_HOOK}
    bench.press(Button.MUTE)
    assert bench.sent() == [("mute", FIRST.call_id)]
    bench.hear(FIRST.muted())
    assert bench.lamps[KEY] == {Lamp.OFF_HOOK, Lamp.MUTE}
    bench.press(Button.FLASH)
    assert bench.sent() == [("hold", FIRST.call_id)]
    bench.hear(FIRST.held())
    assert Lamp.HOLD in bench.lamps[KEY]
    bench.press(Button.HOOK, is_down=False)
    assert bench.sent() == [("hang_up", FIRST.call_id)]
    bench.hear(FIRST.ended())
    assert bench.lamps[KEY] == frozenset()


def test_key_and_button_at_one_moment_are_one_command(bench: Bench) -> None:
    bench.plug()
    bench.hear(FIRST.ringing())
    bench.calls.answer()
    bench.press(Button.HOOK)
    assert bench.sent() == [("answer", FIRST.call_id)]
    bench.hear(FIRST.answered())
    bench.calls.hang_up()
    bench.press(Button.HOOK, is_down=False)
    assert bench.sent() == [("hang_up", FIRST.call_id)]


def test_flash_takes_a_second_call(bench: Bench) -> None:
    bench.plug()
    bench.hear(FIRST.ringing(), FIRST.answered(), SECOND.ringing())
    bench.press(Button.FLASH)
    assert bench.sent() == [("answer", SECOND.call_id)]


def test_redial_offers_a_number_and_calls_nobody(bench: Bench) -> None:
    asked = Told(bench.headset.redial_asked)
    bench.plug()
    bench.press(Button.REDIAL)
    bench.hear(FIRST.ringing())
    bench.press(Button.REDIAL)
    bench.hear(FIRST.answered())
    bench.press(Button.REDIAL)

    assert len(asked.values) == 1
    assert bench.sent() == []


def test_behind_the_lock_a_press_does_nothing_and_lamps_go_on(bench: Bench) -> None:
    bench.plug()
    bench.may_act = False
    bench.hear(FIRST.ringing())
    bench.press(Button.HOOK)
    assert bench.sent() == []
    assert bench.lamps[KEY] == {Lamp.RING}


def test_behind_the_lock_the_call_that_is_up_is_led(bench: Bench) -> None:
    bench.plug()
    bench.hear(FIRST.ringing(), FIRST.answered())
    bench.may_act = False
    bench.press(Button.MUTE)
    bench.press(Button.REDIAL)
    bench.hear(SECOND.ringing())
    assert bench.sent() == [("mute", FIRST.call_id)]
    bench.press(Button.HOOK, is_down=False)
    assert bench.sent()[-1] == ("hang_up", FIRST.call_id)


def test_one_found_in_mid_call_shows_it_and_both_show_the_end(bench: Bench) -> None:
    bench.hear(FIRST.ringing(), FIRST.answered())
    bench.plug()
    bench.plug(OTHER, "Corded")
    assert bench.lamps == {KEY: {Lamp.OFF_HOOK}, OTHER: {Lamp.OFF_HOOK}}
    bench.hear(FIRST.ended())
    assert bench.lamps == {KEY: frozenset(), OTHER: frozenset()}
    assert bench.headset.state.models == ("Wireless 75", "Corded")


def test_lamps_that_a_killed_console_has_left_lit_are_put_out(bench: Bench) -> None:
    bench.plug()
    assert bench.lamps == {KEY: frozenset()}


def test_a_headset_that_went_its_own_way_is_told_once_more(bench: Bench) -> None:
    bench.plug()
    bench.lamps.clear()
    bench.press(Button.HOOK)
    assert bench.lamps == {}
    bench.now_s += AGAIN_S
    bench.headset.light_again()
    assert bench.lamps == {KEY: frozenset()}


def test_what_was_pressed_last_is_shown_until_the_headset_is_gone(bench: Bench) -> None:
    shown = Told(bench.headset.changed)
    bench.plug()
    bench.press(Button.VOLUME_UP)
    assert shown.values[-1].last is Button.VOLUME_UP
    assert bench.sent() == []
    bench.headset.receive(HeadsetGone(KEY))
    assert shown.values[-1] == HeadsetState()
    bench.press(Button.HOOK)  # sent before removal, received after it
    assert bench.sent() == []


def test_buttons_that_the_system_keeps_are_told_with_what_to_do(bench: Bench) -> None:
    bench.headset.receive(HeadsetUnusable(KEY, "Wireless 75", HeadsetTrouble.NO_PERMISSION))
    (notice,) = bench.told.values

    assert notice.problem
    assert notice.head == "Кнопки гарнитуры не работают: Wireless 75"
    assert "udev" in notice.body
    assert bench.headset.state.unusable == ("Wireless 75", HeadsetTrouble.NO_PERMISSION)
    bench.plug()
    assert bench.headset.state.unusable is None


@pytest.mark.parametrize("trouble", HeadsetTrouble)
def test_each_trouble_has_words_of_its_own(bench: Bench, trouble: HeadsetTrouble) -> None:
    bench.headset.receive(HeadsetUnusable(KEY, "Wireless 75", trouble))
    (notice,) = bench.told.values

    assert notice.body.endswith("Клавиши работают.")
    assert bench.headset.facts["unusable"] == [("Wireless 75", trouble.value)]
