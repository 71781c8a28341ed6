"""The settings file: errors are reported by position, secrets remain hidden."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from console.core.settings.file import SettingsProblem, read_settings
from console.core.settings.workplace import ConsoleSettings

ACCOUNT = '[phone]\nserver = "sip.test.invalid"\nuser = "117"\npassword = "geheim-1"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "console.toml"


def read(file: Path, text: str, **environment: str) -> ConsoleSettings:
    file.write_text(text, encoding="utf-8")
    return read_settings(file, environment, file.parent / "data")


def test_without_a_file_everything_is_on_this_machine(file: Path) -> None:
    settings = read_settings(file, {}, file.parent / "data")

    assert (settings.retention.notes_days, settings.retention.searches_days) == (90, 90)
    assert (settings.account, settings.central_dsn) == (None, None)
    assert (settings.listen_host, settings.listen_port) == ("127.0.0.1", 0)
    assert settings.register_file == file.parent / "data" / "register.db"


def test_a_registrar_makes_the_phone_reachable(file: Path) -> None:
    settings = read(file, ACCOUNT)

    assert settings.account is not None
    assert (settings.account.server, settings.account.port) == ("sip.test.invalid", None)
    assert settings.listen_port == 5060


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[phone", "file"),
        ("[telephone]\n", "telephone"),
        ("phone = 1\n", "phone"),
        ("[phone]\nsever = 'x'\n", "phone.sever"),
        ("[phone]\nport = '5060'\n", "phone.port"),
        ("[phone]\nport = true\n", "phone.port"),
        ("[audio]\ndriver = 'alsa'\n", "audio.driver"),
        ("[workplace]\ncode = '17'\n", "workplace.code"),
        ("[workplace]\ncode = 417\n", "workplace.code"),
        ("[workplace]\narea_code = '8-79'\n", "workplace.area_code"),
        ("[mail]\nport = 0\n", "mail.port"),
        ("[mail]\nsecurity = 'ssl'\n", "mail.security"),
        ("[mail]\nremind_days = 11\n", "mail.remind_days"),
        ("[retention]\nnotes_days = 7\n", "retention.notes_days"),
        ("[retention]\nsearches_days = 7\n", "retention.searches_days"),
        ("[retention]\nsearches_days = 36501\n", "retention.searches_days"),
        ("[retention]\ncalls_days = 1000000\n", "retention.calls_days"),
        ("[retention]\nsearches_days = '90'\n", "retention.searches_days"),
        ("[retention]\ncalls_days = 36501\n", "retention.calls_days"),
        ("[retention]\nsynced_days = 1000000\n", "retention.synced_days"),
        ("[line]\nopens = 'восемь'\n", "line.opens"),
        ("[line]\ncloses = '25:00'\n", "line.closes"),
        ("[line]\ndays = [1, 8]\n", "line.days"),
        ("[line]\ndays = ['mon']\n", "line.days"),
        ("[line]\nopens = '20:00'\ncloses = '08:00'\n", "line.closes"),
        ("[desk]\ntheme = 'pink'\n", "desk.theme"),
        ("[desk]\ncard_at = 'dial'\n", "desk.card_at"),
        ("[desk]\nlock_after_min = 0\n", "desk.lock_after_min"),
        ("[desk]\nlock_after_min = 10081\n", "desk.lock_after_min"),
        ("[desk]\nlock_after_min = 525600\n", "desk.lock_after_min"),
        ("[desk]\ntext_scale = 3\n", "desk.text_scale"),
        ("[phone]\nport = 70000\n", "phone.port"),
        ("[phone]\nlisten_port = -1\n", "phone.listen_port"),
        ("[phone]\ntransport = 'sctp'\n", "phone.transport"),
        ("[phone]\ncodecs = ['mp3']\n", "phone.codecs"),
        ("[phone]\naccept_from = [1]\n", "phone.accept_from"),
        ("[phone]\ndo_not_disturb = 1\n", "phone.do_not_disturb"),
        ('[queue]\ntold_by = "letters"\n', "queue.told_by"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(file: Path, text: str, place: str) -> None:
    with pytest.raises(SettingsProblem) as caught:
        read(file, text)

    assert caught.value.key == place
    assert str(caught.value).startswith(f"console.toml: {place}: ")


def test_the_longest_terms_are_taken(file: Path) -> None:
    settings = read(file, "[desk]\nlock_after_min = 10080\n[retention]\ncalls_days = 36500\n")

    assert settings.lock_after_min * 60 * 1000 < 2**31  # milliseconds of a QTimer
    assert datetime(2026, 11, 25) - timedelta(days=settings.retention.calls_days) > datetime.min


def test_bytes_that_are_no_text_are_a_problem_of_the_file(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(SettingsProblem) as caught:
        read_settings(file, {})
    assert caught.value.key == "file"


def test_the_environment_wins_and_may_hold_every_secret(file: Path) -> None:
    settings = read(
        file,
        ACCOUNT + "[central]\ndsn = 'from-the-file'\n[platform]\nkey = 'from-the-file'\n",
        EDINYI_NOMER_SIP_PASSWORD="geheim-2",
        EDINYI_NOMER_CENTRAL_DSN="postgresql://u:geheim-3@test.invalid/x",
        EDINYI_NOMER_PLATFORM_KEY="geheim-4",
    )

    assert settings.account is not None
    assert settings.account.password == "geheim-2"
    assert settings.central_dsn == "postgresql://u:geheim-3@test.invalid/x"
    assert settings.platform_key == "geheim-4"


def test_secrets_are_not_in_what_a_log_would_show(file: Path) -> None:
    settings = read(
        file,
        ACCOUNT,
        EDINYI_NOMER_CENTRAL_DSN="postgresql://u:geheim-3@test.invalid/x",
        EDINYI_NOMER_PLATFORM_KEY="geheim-4",
    )

    assert "geheim" not in repr(settings)


def test_a_problem_does_not_repeat_the_value(file: Path) -> None:
    with pytest.raises(SettingsProblem) as caught:
        read(file, "[phone]\npassword = ['geheim-5']\n")

    assert "geheim" not in str(caught.value)
