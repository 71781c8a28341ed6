"""The page of devices: what each is for, how it is tried, and whose it is to choose."""

from __future__ import annotations

import pytest

from console.presenters.settings_form import OutcomeKind
from telephony.findings import Check, Finding, Part, Verdict
from tests.fakes.settings import HEADSET, HEADSET_MICROPHONE, SettingsBench
from tests.fakes.settings_hands import Open, fill, settle


def test_devices_are_listed_by_what_they_are_for_and_one_that_is_away_is_named(
    laid_down: Open,
) -> None:
    bench = laid_down("")
    form = bench.presenters.devices
    form.look()
    settle()
    form.edit("ring_device", "unplugged")

    assert [row.name for row in form.choices("input_device")] == ["", HEADSET_MICROPHONE.name]
    assert [row.label for row in form.choices("output_device")][1:] == ["Гарнитура", "Колонки"]
    assert form.choices("ring_device")[-1].label == "unplugged — не подключено"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("input_device", Part.MICROPHONE),
        ("output_device", Part.EARPIECE),
        ("ring_device", Part.RINGER),
    ],
)
def test_each_device_is_tried_by_itself_as_it_stands_on_the_page(
    bench: SettingsBench, name: str, part: Part
) -> None:
    form = bench.presenters.devices
    fill(form, input_device=HEADSET_MICROPHONE.name, output_device=HEADSET.name)
    form.try_device(name)

    (order,) = bench.device_test.orders
    assert order.part is part
    assert order.settings.account is None
    audio = order.settings.audio
    assert (audio.input_device, audio.output_device) == (HEADSET_MICROPHONE.name, HEADSET.name)


def test_the_level_is_shown_while_somebody_speaks_and_told_in_the_end(
    bench: SettingsBench,
) -> None:
    form = bench.presenters.devices
    form.try_device("input_device")
    bench.device_test.found.emit(Finding(Check.MICROPHONE, Verdict.NOT_TRIED, "listening", -31.0))
    heard = form.level_dbfs
    bench.device_test.found.emit(Finding(Check.MICROPHONE, Verdict.PASSED, "heard", -28.4))
    bench.device_test.ended.emit(True)

    assert (heard, form.level_dbfs) == (-31.0, None)
    outcome = form.state.outcome
    assert outcome is not None
    assert (outcome.kind, outcome.text) == (OutcomeKind.GOOD, "Вас хорошо слышно (уровень -28 дБ)")


def test_devices_are_everybody_s_to_choose(bench: SettingsBench) -> None:
    bench.may_configure = False
    form = bench.presenters.devices
    form.edit("output_device", HEADSET.name)
    form.save()
    settle()

    assert bench.chosen.settings.audio.output_device == HEADSET.name
    form.edit("output_device", "")
    form.save()
    settle()
    assert bench.chosen.settings.audio.output_device is None
