"""The SIP account page: connection test, storage, and a hidden password."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.core.settings.workplace import QueueChoice
from console.features.settings.form import OutcomeKind, SettingsForm
from telephony.findings import Part
from telephony.presence import GONE
from tests.fakes.settings import SettingsBench
from tests.fakes.settings_hands import Open, fill, finish_account, kind_of, problems, settle


def kept_account(bench: SettingsBench) -> SettingsForm:
    """The page, where an account has been saved."""
    form = bench.presenters.account
    fill(form, server="pbx.invalid", user="117", password="geheim-1")
    form.save()
    settle()
    return form


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
    form = kept_account(bench)
    form.edit("port", "5071")
    form.try_it()

    account = bench.account_test.orders[-1].settings.account
    assert account is not None
    assert (account.password, account.server_port) == ("geheim-1", 5071)


def test_an_account_that_is_taken_away_leaves_no_password(bench: SettingsBench) -> None:
    form = kept_account(bench)
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


# --- signalling of the operator's state to the PBX ---


def by_presence(bench: SettingsBench) -> SettingsForm:
    form = bench.presenters.account
    fill(form, server="pbx.invalid", user="117", password="geheim-1", told_by="presence")
    return form


def test_presence_is_tried_with_the_account_and_only_where_it_is_chosen(
    bench: SettingsBench,
) -> None:
    form = by_presence(bench)
    form.try_it()
    finish_account(bench, "presence_told")
    assert kind_of(form) is OutcomeKind.GOOD
    form.edit("told_by", "codes")
    form.try_it()
    assert [order.settings.presence for order in bench.account_test.orders] == [GONE, None]


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("presence_not_taken", 489.0, "Станция не принимает SIP presence (489)"),
        ("presence_failed", 403.0, "Станция не приняла состояние оператора (403)"),
        ("presence_failed", None, "Станция не ответила, когда ей сообщили состояние оператора"),
    ],
)
def test_a_system_that_takes_no_presence_is_told_apart_from_a_wrong_account(
    bench: SettingsBench, code: str, value: float | None, text: str
) -> None:
    form = by_presence(bench)
    form.try_it()
    finish_account(bench, code, value)
    assert problems(form) == {"told_by": text}
    outcome = form.state.outcome
    assert outcome is not None
    assert outcome.kind is OutcomeKind.DOUBTFUL
    assert "звонки приходят" in outcome.advice


def test_the_way_of_telling_is_kept_and_codes_leave_nothing_in_the_file(
    bench: SettingsBench,
) -> None:
    form = by_presence(bench)
    form.save()
    settle()
    assert bench.chosen.settings.queue.told_by == "presence"
    assert not form.state.needs_restart
    form.edit("told_by", "codes")
    form.save()
    settle()
    assert bench.chosen.settings.queue == QueueChoice()
    assert "told_by" not in bench.chosen.settings.own_file.read_text(encoding="utf-8")


def test_what_the_administrator_says_of_presence_is_only_read(laid_down: Open) -> None:
    form = laid_down('[queue]\ntold_by = "presence"\n').presenters.account
    form.edit("told_by", "codes")
    field = form.state.fields["told_by"]
    assert (field.value, field.is_fixed) == ("presence", True)
