"""The settings pages together: the required restart, and pending operations."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.features.settings import words as settings_words
from console.features.settings.form import OutcomeKind
from telephony.findings import Check, Finding, Verdict
from tests.fakes.console_fakes import HeldExecutor, Told
from tests.fakes.settings import HEADSET, HEADSET_MICROPHONE, SettingsBench
from tests.fakes.settings_hands import fill, finish_account, kind_of, problems, settle

# --- restart ---


def test_a_new_start_is_asked_for_where_settings_wait_for_it(bench: SettingsBench) -> None:
    asked = Told(bench.chosen.restart_asked)
    form = bench.presenters.centre
    form.restart()
    assert asked.values == []  # no setting requires a restart
    form.edit("dsn", "host=centre.invalid dbname=register")
    form.save()
    settle()
    assert form.state.needs_restart
    assert not bench.presenters.account.state.needs_restart  # these need no restart
    form.restart()

    assert len(asked.values) == 1


def test_what_stands_in_the_way_of_a_new_start_is_said(
    tmp_path: Path, owner: QObject, russian: None
) -> None:
    held = HeldExecutor()
    bench = SettingsBench(tmp_path, owner, held=held)
    asked = Told(bench.chosen.restart_asked)
    form, account = bench.presenters.centre, bench.presenters.account
    form.edit("dsn", "host=centre.invalid dbname=register")
    form.save()
    held.run(0)
    settle()

    def refused() -> str:
        form.restart()
        assert kind_of(form) is OutcomeKind.DOUBTFUL
        assert form.state.outcome is not None
        return form.state.outcome.text

    bench.line_is_free = False
    assert refused() == settings_words.call_before_restart()
    bench.line_is_free = True
    fill(account, server="pbx.invalid", user="117", password="geheim-1")
    assert refused() == settings_words.typed_before_restart()
    account.save()
    assert refused() == settings_words.busy_before_restart()
    held.run(1)
    settle()
    bench.may_configure = False
    form.restart()
    assert asked.values == []
    bench.may_configure = True
    form.restart()
    assert len(asked.values) == 1


# --- while an operation is pending ---


@pytest.fixture
def slow(tmp_path: Path, owner: QObject, russian: None) -> tuple[SettingsBench, HeldExecutor]:
    held = HeldExecutor()
    return SettingsBench(tmp_path, owner, held=held), held


def test_what_is_typed_while_the_page_is_saved_stays(
    slow: tuple[SettingsBench, HeldExecutor],
) -> None:
    bench, disk = slow
    form = bench.presenters.account
    fill(form, server="pbx.invalid", user="117", password="geheim-1")
    form.save()
    fill(form, display_name="Стойка 3", password="geheim-2")
    disk.run(0)
    settle()

    state = form.state
    assert state.is_changed
    assert state.outcome is None  # some fields have unsaved changes
    assert (state.fields["display_name"].value, state.fields["password"].value) == (
        "Стойка 3",
        "geheim-2",
    )
    account = bench.chosen.settings.account
    assert account is not None
    assert (account.password, account.display_name) == ("geheim-1", "")


def test_of_two_pages_saved_at_once_neither_loses_what_it_saves(
    slow: tuple[SettingsBench, HeldExecutor],
) -> None:
    bench, disk = slow
    account, devices = bench.presenters.account, bench.presenters.devices
    fill(account, server="pbx.invalid", user="117", password="geheim-1")
    account.save()
    devices.edit("ring_device", "alsa.speaker")
    devices.save()
    assert len(disk.jobs) == 1  # the second operation reads the file after the first has written it
    disk.run(0)
    settle()
    disk.run(1)
    settle()

    settings = bench.chosen.settings
    assert settings.account is not None
    assert settings.audio.ring_device == "alsa.speaker"
    assert (kind_of(account), kind_of(devices)) == (OutcomeKind.GOOD, OutcomeKind.GOOD)


def test_a_refusal_holds_up_no_other_page(
    slow: tuple[SettingsBench, HeldExecutor], tmp_path: Path
) -> None:
    bench, disk = slow
    account, devices = bench.presenters.account, bench.presenters.devices
    fill(account, server="pbx.invalid", user="117", password="geheim-1")
    fill(account, transport="tls", ca_file=str(tmp_path / "absent.pem"))
    account.save()
    devices.edit("ring_device", "alsa.speaker")
    devices.save()
    bench.folder.write_text("a file where the folder should be", encoding="utf-8")
    disk.run(0)
    settle()
    disk.run(1)
    settle()

    assert list(problems(account)) == ["ca_file"]
    assert kind_of(devices) is OutcomeKind.BAD
    bench.folder.unlink()
    devices.save()
    disk.run(2)
    settle()
    assert kind_of(devices) is OutcomeKind.GOOD


def test_a_bug_in_one_save_holds_up_no_other_page(
    slow: tuple[SettingsBench, HeldExecutor], qtbot: QtBot
) -> None:
    bench, disk = slow
    told: list[str] = []

    def check() -> str:
        raise ZeroDivisionError

    bench.chosen.write({}, check, lambda: told.append("written"), told.append)
    devices = bench.presenters.devices
    devices.edit("ring_device", "alsa.speaker")
    devices.save()
    with qtbot.captureExceptions() as caught:
        disk.run(0)
        settle()
    disk.run(1)
    settle()

    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]
    assert told == []
    assert kind_of(devices) is OutcomeKind.GOOD


def test_a_trial_says_nothing_of_what_was_typed_after_it_began(bench: SettingsBench) -> None:
    form = bench.presenters.account
    fill(form, server="pbx.invalid", user="117", password="geheim-1")
    form.try_it()
    form.edit("password", "geheim-2")
    finish_account(bench, "registered")

    assert kind_of(form) is OutcomeKind.DOUBTFUL
    form.try_it()
    form.edit("password", "geheim-3")
    finish_account(bench, "refused", 403.0)
    assert (kind_of(form), problems(form)) == (OutcomeKind.DOUBTFUL, {})


def test_a_trial_of_who_sat_here_before_is_told_to_nobody(bench: SettingsBench) -> None:
    form = bench.presenters.account
    fill(form, server="pbx.invalid", user="117", password="geheim-1")
    form.try_it()
    bench.presenters.forget_typed()
    finish_account(bench, "refused", 403.0)

    state = form.state
    assert (state.outcome, problems(form), state.is_busy) == (None, {}, False)


def test_another_list_of_devices_is_no_change_of_the_one_that_is_tried(
    bench: SettingsBench,
) -> None:
    form = bench.presenters.devices
    form.try_device("ring_device")
    form.edit("input_device", HEADSET_MICROPHONE.name)
    bench.device_test.found.emit(Finding(Check.RINGER, Verdict.PASSED, "played"))
    bench.device_test.ended.emit(True)
    assert kind_of(form) is OutcomeKind.GOOD

    form.try_device("ring_device")
    form.edit("ring_device", HEADSET.name)
    bench.device_test.found.emit(Finding(Check.RINGER, Verdict.PASSED, "played"))
    bench.device_test.ended.emit(True)
    assert kind_of(form) is OutcomeKind.DOUBTFUL


def test_an_administrators_file_that_went_wrong_is_not_laid_on_the_disk(
    bench: SettingsBench,
) -> None:
    form = bench.presenters.account
    fill(form, server="pbx.invalid", user="117", password="geheim-1")
    bench.file.write_text("[phone", encoding="utf-8")
    form.save()
    settle()

    outcome = form.state.outcome
    assert outcome is not None
    assert outcome.text == settings_words.administrators_file_wrong()
    assert not form.state.is_busy


def test_half_of_a_letter_is_refused_and_leaves_the_page_free(bench: SettingsBench) -> None:
    form = bench.presenters.devices
    form.edit("ring_device", "alsa.\ud800")
    form.save()
    settle()

    assert kind_of(form) is OutcomeKind.BAD
    assert not form.state.is_busy
