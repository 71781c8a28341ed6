"""The page of devices: their purposes, tests, and permissions to change them."""

from __future__ import annotations

import pytest

from console.features.settings.form import OutcomeKind
from telephony.findings import Check, Finding, Part, Verdict
from tests.fakes.settings import HEADSET, HEADSET_MICROPHONE, SPEAKER, SettingsBench
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


def test_the_sound_of_a_promised_call_is_tried_on_the_ringer_that_the_page_has(
    bench: SettingsBench,
) -> None:
    form = bench.presenters.devices
    form.edit("ring_device", SPEAKER.name)
    form.try_device("promised_call")
    settle()
    (audio,) = bench.reminders
    assert audio.ring_device == SPEAKER.name
    assert bench.device_test.orders == []
    outcome = form.state.outcome
    assert outcome is not None
    assert (outcome.kind, outcome.text) == (OutcomeKind.GOOD, "Тихий сигнал прозвучал")

    form.edit("ring_device", "broken")
    form.try_device("promised_call")
    settle()
    outcome = form.state.outcome
    assert outcome is not None
    assert (outcome.kind, outcome.text) == (OutcomeKind.BAD, "Сигнал не прозвучал")
    assert not form.state.is_busy


def test_the_sound_of_a_promised_call_is_taken_away_and_given_back(bench: SettingsBench) -> None:
    form = bench.presenters.devices
    assert form.state.fields["promised_call"].value == "on"
    assert len(form.choices("promised_call")) == 2
    for value, is_wanted in (("off", False), ("on", True)):
        form.edit("promised_call", value)
        form.save()
        settle()
        assert bench.chosen.in_force.sounds.promised_call is is_wanted
        assert not bench.chosen.needs_restart


def test_the_administrator_says_whether_promised_calls_are_heard(laid_down: Open) -> None:
    bench = laid_down("[sounds]\npromised_call = false\n")
    form = bench.presenters.devices
    assert form.state.fields["promised_call"].is_fixed
    assert not bench.chosen.settings.sounds.promised_call
