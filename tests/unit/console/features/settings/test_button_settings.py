"""The page of buttons and keys: storage, required restart, and the headset test."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from console.features.settings.account import ButtonSettings
from console.features.settings.form import OutcomeKind
from console.shared.workplace.global_key_trouble import GrabTrouble
from telephony.headset.descriptor import Button, ButtonMoved
from telephony.headset.watch import (
    HeadsetEvent,
    HeadsetFound,
    HeadsetGone,
    HeadsetPressed,
    HeadsetTrouble,
    HeadsetUnusable,
)
from tests.fakes.console_fakes import Told
from tests.fakes.settings import SettingsBench
from tests.fakes.settings_hands import settle

KEY = b"/dev/hidraw3"
FOUND = HeadsetFound(KEY, "Wireless 75", frozenset({Button.HOOK, Button.MUTE}), frozenset())


def pressed(button: Button, *, is_down: bool = True) -> HeadsetPressed:
    return HeadsetPressed(KEY, ButtonMoved(button, is_down))


@pytest.fixture
def form(bench: SettingsBench) -> ButtonSettings:
    return bench.presenters.buttons


def tell(bench: SettingsBench, *events: HeadsetEvent) -> None:
    bench.headsets[-1].tell(*events)
    settle()


def told(form: ButtonSettings) -> tuple[OutcomeKind, str]:
    outcome = form.state.outcome
    assert outcome is not None
    return outcome.kind, outcome.text


def test_both_are_kept_and_hold_from_the_next_start(
    bench: SettingsBench, form: ButtonSettings
) -> None:
    form.edit("buttons", "off")
    form.edit("global", "on")
    form.save()
    settle()

    chosen = bench.chosen
    assert (chosen.settings.headset.buttons, chosen.settings.keys.is_global) == (False, True)
    assert (chosen.in_force.headset.buttons, chosen.in_force.keys.is_global) == (True, False)
    assert told(form)[0] is OutcomeKind.DOUBTFUL
    assert form.state.needs_restart

    form.edit("buttons", "on")
    form.edit("global", "off")
    form.save()
    settle()
    assert not form.state.needs_restart
    assert told(form) == (OutcomeKind.GOOD, "Сохранено и уже действует")
    assert "buttons" not in chosen.settings.own_file.read_text(encoding="utf-8")


def test_what_the_administrator_has_laid_down_is_only_read(
    tmp_path: Path, owner: QObject, russian: None
) -> None:
    bench = SettingsBench(tmp_path, owner, "[keys]\nglobal = true\n")
    form = bench.presenters.buttons
    form.edit("global", "off")
    form.edit("buttons", "off")
    form.save()
    settle()

    assert form.state.fields["global"].is_fixed
    assert bench.chosen.settings.keys.is_global
    assert not bench.chosen.settings.headset.buttons


def test_who_may_not_configure_takes_no_keys_from_other_programs(
    bench: SettingsBench, form: ButtonSettings
) -> None:
    bench.may_configure = False
    form.edit("global", "on")
    form.save()
    settle()

    assert told(form)[0] is OutcomeKind.BAD
    assert not bench.chosen.settings.keys.is_global


def test_a_desktop_that_gives_no_keys_is_told_before_they_are_kept(
    bench: SettingsBench, form: ButtonSettings
) -> None:
    bench.grab_trouble = GrabTrouble.WAYLAND
    assert form.state.note == ""
    form.edit("global", "on")

    assert "Wayland" in form.state.note


def test_a_button_that_is_pressed_is_named_and_the_trial_ends(
    bench: SettingsBench, form: ButtonSettings
) -> None:
    codes = Told(form.tried)
    form.try_it()
    assert told(form) == (OutcomeKind.BUSY, "Ищем гарнитуру с кнопками…")
    tell(bench, FOUND)
    assert told(form) == (OutcomeKind.BUSY, "Wireless 75: нажмите любую её кнопку")
    tell(bench, pressed(Button.HOOK, is_down=False))
    assert form.state.is_busy
    tell(bench, pressed(Button.MUTE))

    assert told(form) == (OutcomeKind.GOOD, "Нажата «микрофон»")
    assert not bench.headsets[-1].is_running
    assert codes.values == ["pressed"]


def test_no_headset_no_press_and_one_that_is_kept_away_each_have_their_words(
    bench: SettingsBench, form: ButtonSettings
) -> None:
    form.try_it()
    form.give_up()
    assert told(form)[1] == "Гарнитуры с кнопками нет"
    form.try_it()
    tell(bench, FOUND)
    form.give_up()
    assert told(form) == (OutcomeKind.DOUBTFUL, "Ни одна кнопка не нажата")
    form.try_it()
    tell(bench, HeadsetUnusable(KEY, "Wireless 75", HeadsetTrouble.NO_PERMISSION))
    form.give_up()
    assert told(form) == (OutcomeKind.BAD, "Кнопки гарнитуры не работают: Wireless 75")
    assert [watch.is_running for watch in bench.headsets] == [False, False, False]


def test_one_that_is_pulled_out_during_the_trial_may_come_back(
    bench: SettingsBench, form: ButtonSettings
) -> None:
    form.try_it()
    tell(bench, FOUND, HeadsetGone(KEY))
    assert told(form) == (OutcomeKind.BUSY, "Ищем гарнитуру с кнопками…")
    tell(bench, FOUND, pressed(Button.FLASH))
    assert told(form)[0] is OutcomeKind.GOOD


def test_one_that_is_pulled_out_takes_nothing_from_another(
    bench: SettingsBench, form: ButtonSettings
) -> None:
    other = b"/dev/hidraw4"
    form.try_it()
    tell(bench, HeadsetUnusable(other, "Старая", HeadsetTrouble.NO_PERMISSION), FOUND)
    tell(bench, HeadsetGone(other))
    assert told(form) == (OutcomeKind.BUSY, "Wireless 75: нажмите любую её кнопку")
    form.give_up()
    assert told(form) == (OutcomeKind.DOUBTFUL, "Ни одна кнопка не нажата")

    form.try_it()
    tell(bench, HeadsetUnusable(other, "Старая", HeadsetTrouble.NO_PERMISSION), FOUND)
    tell(bench, HeadsetGone(KEY))
    form.give_up()
    assert told(form) == (OutcomeKind.BAD, "Кнопки гарнитуры не работают: Старая")


def test_what_an_ended_trial_tells_too_late_is_passed_over(
    bench: SettingsBench, form: ButtonSettings
) -> None:
    form.try_it()
    first = bench.headsets[-1]
    form.drop()  # another operator signs in
    assert (form.state.outcome, form.state.is_busy, first.is_running) == (None, False, False)
    form.try_it()
    first.tell(FOUND, pressed(Button.HOOK))
    settle()

    assert told(form)[0] is OutcomeKind.BUSY
    tell(bench, FOUND)
    assert "Wireless 75" in told(form)[1]


def test_nothing_is_tried_while_a_call_is_there(bench: SettingsBench, form: ButtonSettings) -> None:
    bench.line_is_free = False
    form.try_it()

    assert told(form)[0] is OutcomeKind.DOUBTFUL
    assert bench.headsets == []
