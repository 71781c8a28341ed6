"""The pages of settings: what is fixed, what is wrong, what was tried, and what is kept."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from psycopg2.extensions import parse_dsn
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from console import words
from console.presenters.settings_form import OutcomeKind, SettingsForm
from sync.store.central_trial import TrialOutcome
from telephony.findings import Check, Finding, Part, Verdict
from tests.fakes.console_fakes import HeldExecutor, Told
from tests.fakes.settings import HEADSET, HEADSET_MICROPHONE, SettingsBench

Open = Callable[[str], SettingsBench]


@pytest.fixture
def bench(tmp_path: Path, owner: QObject, russian: None) -> SettingsBench:
    return SettingsBench(tmp_path, owner)


@pytest.fixture
def laid_down(tmp_path: Path, owner: QObject, russian: None) -> Open:
    return lambda text: SettingsBench(tmp_path, owner, text)


def fill(form: SettingsForm, **values: str) -> None:
    for name, text in values.items():
        form.edit(name, text)


def settle() -> None:
    for _round in range(4):
        QCoreApplication.processEvents()


def problems(form: SettingsForm) -> dict[str, str]:
    return {name: one.problem for name, one in form.state.fields.items() if one.problem}


def kind_of(form: SettingsForm) -> OutcomeKind | None:
    outcome = form.state.outcome
    return None if outcome is None else outcome.kind


def finish_account(bench: SettingsBench, code: str, value: float | None = None) -> None:
    verdict = Verdict.PASSED if code == "registered" else Verdict.FAILED
    bench.account_test.found.emit(Finding(Check.REGISTRATION, verdict, code, value))
    bench.account_test.ended.emit(True)


# --- the new start ---


def test_a_new_start_is_asked_for_where_settings_wait_for_it(bench: SettingsBench) -> None:
    asked = Told(bench.chosen.restart_asked)
    form = bench.presenters.centre
    form.restart()
    assert asked.values == []  # nothing waits
    form.edit("dsn", "host=centre.invalid dbname=register")
    form.save()
    settle()
    assert form.state.needs_restart
    assert not bench.presenters.account.state.needs_restart  # what is there holds at once
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
    assert refused() == words.settings.call_before_restart()
    bench.line_is_free = True
    fill(account, server="pbx.invalid", user="117", password="geheim-1")
    assert refused() == words.settings.typed_before_restart()
    account.save()
    assert refused() == words.settings.busy_before_restart()
    held.run(1)
    settle()
    bench.unkept_on = "инциденты"
    assert refused() == words.settings.unkept_before_restart("инциденты")
    assert "инциденты" in refused()
    bench.unkept_on = ""
    bench.may_configure = False
    form.restart()
    assert asked.values == []
    bench.may_configure = True
    form.restart()
    assert len(asked.values) == 1


# --- the account ---


def test_an_account_is_tried_as_it_stands_on_the_page_and_not_kept_by_that(
    bench: SettingsBench,
) -> None:
    form = bench.presenters.account
    fill(form, server="pbx.invalid", user="117", password="geheim-1", port="5070")
    form.edit("transport", "tcp")
    form.try_it()

    (order,) = bench.account_test.orders
    account = order.settings.account
    assert account is not None
    assert (account.server_host, account.server_port, account.user) == ("pbx.invalid", 5070, "117")
    assert (account.password, account.transport) == ("geheim-1", "tcp")
    assert order.part is Part.REGISTRATION
    assert kind_of(form) is OutcomeKind.BUSY
    finish_account(bench, "registered")
    assert kind_of(form) is OutcomeKind.GOOD
    assert bench.registered_again == 1
    assert not bench.chosen.settings.own_file.exists()


@pytest.mark.parametrize(
    ("code", "value", "field", "text"),
    [
        ("refused", 403.0, "password", "Неверен номер или пароль (403)"),
        ("refused", 401.0, "password", "Неверен номер или пароль (401)"),
        ("refused", 404.0, "user", "Такого номера на станции нет (404)"),
        ("name_unknown", None, "server", "Имя станции не найдено в сети"),
        ("connection_refused", None, "server", "Станция не принимает соединение"),
        ("no_answer", None, "server", "Станция не отвечает"),
        ("tls_certificate", None, "ca_file", ""),
        ("tls.ca_file", None, "ca_file", "Файла с сертификатами (PEM) здесь нет"),
        ("tls_failed", None, "transport", ""),
    ],
)
def test_what_is_wrong_with_an_account_stands_at_its_field(
    bench: SettingsBench, code: str, value: float | None, field: str, text: str
) -> None:
    form = bench.presenters.account
    fill(form, server="pbx.invalid", user="117", password="geheim-1")
    form.try_it()
    finish_account(bench, code, value)

    assert list(problems(form)) == [field]
    assert text in problems(form)[field]
    assert kind_of(form) is OutcomeKind.BAD


def test_a_trial_that_breaks_down_is_told(bench: SettingsBench) -> None:
    form = bench.presenters.account
    fill(form, server="pbx.invalid", user="117", password="geheim-1")
    form.try_it()
    bench.account_test.ended.emit(False)

    assert kind_of(form) is OutcomeKind.BAD
    assert not form.state.is_busy


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"user": ""}, ["user"]),
        ({"password": ""}, ["password"]),
        ({"port": "70000"}, ["port"]),
        ({"port": "пять"}, ["port"]),
        ({"port": "5" * 5000}, ["port"]),
        ({"user": "", "password": "", "port": "0"}, ["user", "password", "port"]),
        ({"server": "pbx invalid"}, ["server"]),
        ({"user": "11 7"}, ["user"]),
    ],
)
def test_bad_input_is_marked_and_nothing_of_it_lost(
    bench: SettingsBench, values: dict[str, str], wrong: list[str]
) -> None:
    form = bench.presenters.account
    good = {"server": "pbx.invalid", "user": "117", "password": "geheim-1", "port": ""}
    fill(form, **(good | values))
    form.save()
    settle()

    assert sorted(problems(form)) == sorted(wrong)
    assert bench.account_test.orders == []
    assert not bench.chosen.settings.own_file.exists()
    shown = {name: form.state.fields[name].value for name in good}
    assert shown == good | values


def test_what_is_saved_holds_at_once_and_the_password_is_shown_to_nobody(
    bench: SettingsBench,
) -> None:
    form = bench.presenters.account
    fill(form, server=" pbx.invalid ", user="117", password="geheim-1")
    form.save()
    settle()

    account = bench.chosen.settings.account
    assert account is not None
    assert (account.server, account.user, account.password) == ("pbx.invalid", "117", "geheim-1")
    assert kind_of(form) is OutcomeKind.GOOD
    state = form.state
    assert (state.is_changed, state.needs_restart) == (False, False)
    assert (state.fields["password"].value, state.fields["password"].is_kept) == ("", True)
    assert "geheim" not in repr(state)


def test_a_kept_password_goes_with_a_changed_port(bench: SettingsBench) -> None:
    form = bench.presenters.account
    fill(form, server="pbx.invalid", user="117", password="geheim-1")
    form.save()
    settle()
    form.edit("port", "5071")
    form.try_it()

    account = bench.account_test.orders[-1].settings.account
    assert account is not None
    assert (account.password, account.server_port) == ("geheim-1", 5071)


def test_an_account_that_is_taken_away_leaves_no_password(bench: SettingsBench) -> None:
    form = bench.presenters.account
    fill(form, server="pbx.invalid", user="117", password="geheim-1")
    form.save()
    settle()
    form.edit("server", "")
    form.save()
    settle()

    assert bench.chosen.settings.account is None
    assert "geheim" not in bench.chosen.settings.own_file.read_text(encoding="utf-8")


def test_what_the_administrator_has_laid_down_is_only_read(laid_down: Open) -> None:
    bench = laid_down('[phone]\nserver = "pbx.invalid"\ntransport = "tcp"\n')
    form = bench.presenters.account
    fill(form, server="other.invalid", transport="udp", user="117", password="geheim-1")
    form.save()
    settle()

    fixed = {name for name, one in form.state.fields.items() if one.is_fixed}
    assert fixed == {"server", "transport"}
    account = bench.chosen.settings.account
    assert account is not None
    assert (account.server, account.user) == ("pbx.invalid", "117")
    assert "pbx.invalid" not in bench.chosen.settings.own_file.read_text(encoding="utf-8")


def test_a_file_of_certificates_is_looked_at_before_it_is_kept(
    bench: SettingsBench, tmp_path: Path
) -> None:
    form = bench.presenters.account
    fill(form, server="pbx.invalid", user="117", password="geheim-1")
    fill(form, transport="tls", ca_file=str(tmp_path / "absent.pem"))
    form.save()
    settle()

    assert list(problems(form)) == ["ca_file"]
    assert not bench.chosen.settings.own_file.exists()
    assert form.state.fields["password"].value == "geheim-1"


def test_who_may_not_configure_changes_nothing(bench: SettingsBench) -> None:
    bench.may_configure = False
    form = bench.presenters.account
    fill(form, server="pbx.invalid", user="117", password="geheim-1")
    form.try_it()
    form.save()
    settle()

    assert kind_of(form) is OutcomeKind.BAD
    assert bench.account_test.orders == []
    assert not bench.chosen.settings.own_file.exists()


def test_nothing_is_tried_while_a_call_is_there(bench: SettingsBench) -> None:
    bench.line_is_free = False
    fill(bench.presenters.account, server="pbx.invalid", user="117", password="geheim-1")
    for form in (bench.presenters.account, bench.presenters.devices):
        form.try_it()
        assert kind_of(form) is OutcomeKind.DOUBTFUL

    assert bench.account_test.orders + bench.device_test.orders == []


def test_a_disk_that_refuses_is_told_and_what_is_typed_stays(
    bench: SettingsBench, tmp_path: Path
) -> None:
    bench.folder.write_text("a file where the folder should be", encoding="utf-8")
    form = bench.presenters.account
    fill(form, server="pbx.invalid", user="117", password="geheim-1")
    form.save()
    settle()

    assert kind_of(form) is OutcomeKind.BAD
    assert form.state.fields["password"].value == "geheim-1"


def test_dropping_brings_back_what_holds(bench: SettingsBench) -> None:
    form = bench.presenters.account
    form.edit("server", "pbx.invalid")
    assert form.state.is_changed
    form.drop()

    assert (form.state.fields["server"].value, form.state.is_changed) == ("", False)


# --- devices ---


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


# --- the centre ---


def test_a_pasted_password_goes_where_it_is_not_seen(bench: SettingsBench) -> None:
    form = bench.presenters.centre
    form.edit("dsn", "postgresql://workplace_0001:geheim-1@centre.invalid/register")

    assert "geheim" not in form.state.fields["dsn"].value
    form.try_it()
    settle()
    ((dsn, ca_file, station),) = bench.asked
    assert parse_dsn(dsn)["password"] == "geheim-1"
    assert (ca_file, station) == (None, "0001")
    assert kind_of(form) is OutcomeKind.GOOD


def test_the_centre_holds_from_the_next_start_on(bench: SettingsBench) -> None:
    form = bench.presenters.centre
    fill(form, dsn="host=centre.invalid dbname=register user=workplace_0001", password="geheim-1")
    form.save()
    settle()

    dsn = bench.chosen.settings.central_dsn
    assert dsn is not None
    assert parse_dsn(dsn)["password"] == "geheim-1"
    assert bench.chosen.in_force.central_dsn is None
    assert form.state.needs_restart
    assert kind_of(form) is OutcomeKind.DOUBTFUL
    assert form.state.fields["password"].is_kept
    assert "geheim" not in repr(form.state)


def test_a_dsn_of_the_administrator_fixes_its_password_too(laid_down: Open) -> None:
    bench = laid_down('[central]\ndsn = "host=centre.invalid user=w password=geheim-1"\n')
    form = bench.presenters.centre
    fill(form, dsn="host=other.invalid", password="geheim-2")
    form.try_it()
    settle()

    assert {name for name, one in form.state.fields.items() if one.is_fixed} == {"dsn", "password"}
    assert "geheim" not in form.state.fields["dsn"].value
    assert parse_dsn(bench.asked[0][0])["password"] == "geheim-1"


@pytest.mark.parametrize("outcome", list(TrialOutcome))
def test_every_outcome_is_told_and_all_but_one_are_bad(
    bench: SettingsBench, outcome: TrialOutcome
) -> None:
    bench.outcome = outcome
    form = bench.presenters.centre
    form.edit("dsn", "host=centre.invalid")
    form.try_it()
    settle()

    is_good = outcome is TrialOutcome.REACHED
    assert kind_of(form) is (OutcomeKind.GOOD if is_good else OutcomeKind.BAD)
    state = form.state.outcome
    assert state is not None
    assert state.text
    assert is_good or state.advice


def test_no_two_outcomes_of_the_centre_have_the_same_words(russian: None) -> None:
    told = [words.settings.centre_finding(outcome)[0] for outcome in TrialOutcome]

    assert [pair for pair in itertools.combinations(told, 2) if pair[0] == pair[1]] == []


def test_a_string_that_cannot_be_read_is_marked_and_stays(bench: SettingsBench) -> None:
    form = bench.presenters.centre
    form.edit("dsn", "centre.invalid please")
    form.save()
    settle()

    assert list(problems(form)) == ["dsn"]
    assert form.state.fields["dsn"].value == "centre.invalid please"
    assert "host=… dbname=… user=…" in form.state.fields["dsn"].problem
    assert bench.asked == []


def test_an_own_file_that_cannot_be_read_is_told_on_every_page(
    tmp_path: Path, owner: QObject, russian: None
) -> None:
    (tmp_path / "chosen").mkdir()
    (tmp_path / "chosen" / "settings.toml").write_text("[phone", encoding="utf-8")
    bench = SettingsBench(tmp_path, owner)

    notes = [form.state.note for form in (bench.presenters.account, bench.presenters.centre)]
    assert all("не читаются (file)" in note for note in notes)


@pytest.mark.parametrize("text", ["[desk]\ntheme = 'dark'\n", "[phone]\nport = 70000\n"])
def test_a_choice_is_not_put_beside_what_would_take_it_with_it(
    tmp_path: Path, owner: QObject, russian: None, text: str
) -> None:
    own = tmp_path / "chosen" / "settings.toml"
    own.parent.mkdir()
    own.write_text(text, encoding="utf-8")
    bench = SettingsBench(tmp_path, owner)
    fill(bench.presenters.account, server="pbx.invalid", user="117", password="geheim-1")
    bench.presenters.account.save()
    settle()

    assert bench.chosen.settings.account is not None
    assert bench.presenters.account.state.note == ""
    assert own.with_suffix(".toml.bad").read_text(encoding="utf-8") == text


# --- while something is on its way ---


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
    assert state.outcome is None  # not all that stands there is saved
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
    assert len(disk.jobs) == 1  # the second reads the file once the first has written it
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
    assert outcome.text == words.settings.administrators_file_wrong()
    assert not form.state.is_busy


def test_half_of_a_letter_is_refused_and_leaves_the_page_free(bench: SettingsBench) -> None:
    form = bench.presenters.devices
    form.edit("ring_device", "alsa.\ud800")
    form.save()
    settle()

    assert kind_of(form) is OutcomeKind.BAD
    assert not form.state.is_busy
