"""Reports of each kind of headset are decoded to button presses, once for each press."""

from __future__ import annotations

import pytest

from telephony.headset.descriptor import Button, ButtonMoved, Layout, ReportReader, read_layout
from tests.fakes.headset_models import (
    JABRA_LIKE,
    LISTED,
    MODELS,
    PLAIN,
    POLY_LIKE,
    HeadsetModel,
)


def reader_of(model: HeadsetModel) -> ReportReader:
    layout = read_layout(model.descriptor)
    assert isinstance(layout, Layout)
    return ReportReader(layout)


def downs(reader: ReportReader, reports: tuple[bytes, ...]) -> list[Button]:
    return [moved.button for report in reports for moved in reader.take(report) if moved.is_down]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.product)
def test_a_call_by_the_buttons_of_each_kind(model: HeadsetModel) -> None:
    reader = reader_of(model)

    assert downs(reader, model.hook_off) == [Button.HOOK]
    assert downs(reader, model.mute) == [Button.MUTE]
    assert downs(reader, model.mute) == [Button.MUTE]
    assert downs(reader, model.flash) == [Button.FLASH] * bool(model.flash)
    is_state = len(model.hook_on) == 1
    assert downs(reader, model.hook_on) == ([] if is_state else [Button.HOOK])


def test_a_state_comes_up_and_a_pulse_never_does() -> None:
    reader = reader_of(JABRA_LIKE)

    assert reader.take(b"\x02\x01\x00") == (ButtonMoved(Button.HOOK, True),)
    assert reader.take(b"\x02\x05\x00") == (ButtonMoved(Button.MUTE, True, is_pulse=True),)
    assert reader.take(b"\x02\x01\x00") == ()
    assert reader.take(b"\x02\x00\x00") == (ButtonMoved(Button.HOOK, False),)


def test_a_mute_that_is_never_let_go_is_pressed_again_by_the_same_report() -> None:
    reader = reader_of(POLY_LIKE)

    reader.take(b"\x08\x01")

    assert downs(reader, (b"\x08\x11", b"\x08\x11")) == [Button.MUTE, Button.MUTE]


def test_a_mute_held_while_the_hook_moves_is_pressed_once() -> None:
    reader = reader_of(POLY_LIKE)

    assert downs(reader, (b"\x08\x10", b"\x08\x11", b"\x08\x01")) == [Button.MUTE, Button.HOOK]


def test_reject_is_a_button_of_its_own() -> None:
    reader = reader_of(JABRA_LIKE)
    # bit 10 of the body: after two states, four pulses and the four bits of the keypad
    assert downs(reader, (b"\x02\x00\x04",)) == [Button.REJECT]


def test_volume_is_read_from_the_report_of_consumer_keys() -> None:
    assert downs(reader_of(POLY_LIKE), (b"\x01\x01", b"\x01\x00", b"\x01\x02")) == [
        Button.VOLUME_UP,
        Button.VOLUME_DOWN,
    ]


def test_a_number_out_of_a_list_is_one_button_and_all_others_are_up() -> None:
    reader = reader_of(LISTED)

    assert reader.take(b"\x02") == (ButtonMoved(Button.MUTE, True),)
    assert set(reader.take(b"\x01")) == {
        ButtonMoved(Button.MUTE, False),
        ButtonMoved(Button.HOOK, True),
    }
    assert reader.take(b"\xff") == (ButtonMoved(Button.HOOK, False),)


@pytest.mark.parametrize("report", [b"", b"\x02", b"\x77\xff\xff", b"\x08"])
def test_a_report_that_is_short_or_a_stranger_s_says_nothing(report: bytes) -> None:
    assert reader_of(JABRA_LIKE).take(report) == ()
    assert reader_of(POLY_LIKE).take(report) == ()
    assert reader_of(PLAIN).take(b"") == ()
