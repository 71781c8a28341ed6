"""Settings chosen in the window: overridden by the administrator's file, stored in a file that only
its owner can read.
"""

from __future__ import annotations

import logging
import stat
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.settings.file import read_settings, toml_text, write_choices
from console.core.settings.workplace import ConsoleSettings

SERVER, USER, PASSWORD = ("phone", "server"), ("phone", "user"), ("phone", "password")
PORT, RINGER = ("phone", "port"), ("audio", "ring_device")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "settings.toml"


def read(tmp_path: Path, laid_down: str = "", **environment: str) -> ConsoleSettings:
    path = tmp_path / "console.toml"
    path.write_text(laid_down, encoding="utf-8")
    return read_settings(path, environment, tmp_path / "data")


def test_what_was_chosen_holds_where_the_administrator_is_silent(
    tmp_path: Path, file: Path
) -> None:
    write_choices(file, {SERVER: "mine.invalid", USER: "117", PASSWORD: "geheim-1", PORT: 5070})

    settings = read(tmp_path)
    assert settings.account is not None
    assert (settings.account.server, settings.account.port) == ("mine.invalid", 5070)
    assert settings.account.password == "geheim-1"
    assert settings.fixed == frozenset()


def test_the_administrator_wins_key_by_key_and_the_environment_over_both(
    tmp_path: Path, file: Path
) -> None:
    write_choices(file, {SERVER: "mine.invalid", USER: "117", PASSWORD: "geheim-1"})

    settings = read(
        tmp_path, '[phone]\nserver = "theirs.invalid"\n', EDINYI_NOMER_SIP_PASSWORD="geheim-2"
    )
    assert settings.account is not None
    assert settings.account.server == "theirs.invalid"
    assert settings.account.user == "117"
    assert settings.account.password == "geheim-2"
    assert settings.fixed == {SERVER, PASSWORD}


def test_a_server_that_is_laid_down_alone_waits_for_user_and_password(
    tmp_path: Path, file: Path
) -> None:
    settings = read(tmp_path, '[phone]\nserver = "theirs.invalid"\n')
    assert (settings.account, settings.has_registrar) == (None, True)
    assert settings.known_account is not None
    assert settings.known_account.server == "theirs.invalid"

    write_choices(file, {USER: "117", PASSWORD: "geheim-1"})
    whole = read(tmp_path, '[phone]\nserver = "theirs.invalid"\n')
    assert whole.account is not None
    assert (whole.account.server, whole.account.user) == ("theirs.invalid", "117")


def test_a_choice_taken_back_is_gone_and_others_stay(tmp_path: Path, file: Path) -> None:
    write_choices(file, {RINGER: "speaker", SERVER: "mine.invalid"})
    write_choices(file, {RINGER: None})

    assert tomllib.loads(file.read_text(encoding="utf-8")) == {"phone": {"server": "mine.invalid"}}
    assert read(tmp_path).audio.ring_device is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[phone", "file"),
        ("[phone]\nport = 70000\n", "phone.port"),
        ("[phone]\nserver = 5\n", "phone.server"),
        ("[desk]\nlock_after_min = 600\n", "desk.lock_after_min"),
        ("[workplace]\ncode = '0002'\n", "workplace.code"),
    ],
)
def test_an_own_file_that_says_what_it_may_not_holds_as_a_whole_not_and_is_named(
    tmp_path: Path, file: Path, text: str, place: str
) -> None:
    file.parent.mkdir()
    file.write_text(f"{text}\n[audio]\nring_device = 'speaker'\n", encoding="utf-8")

    settings = read(tmp_path)
    assert settings.own_problem == place
    assert (settings.audio.ring_device, settings.account) == (None, None)


def test_what_cannot_be_read_is_put_aside_and_not_written_over(tmp_path: Path, file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\xff half of a file")
    write_choices(file, {RINGER: "speaker"})

    assert file.with_suffix(".toml.bad").read_bytes() == b"\xff half of a file"
    assert (read(tmp_path).own_problem, read(tmp_path).audio.ring_device) == ("", "speaker")

    file.write_bytes(b"\xff another one")
    write_choices(file, {RINGER: "speaker"})
    assert file.with_suffix(".toml.bad").read_bytes() == b"\xff half of a file"
    assert file.with_name("settings.toml.bad.2").read_bytes() == b"\xff another one"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode of a file")
def test_only_its_owner_reads_the_file(file: Path) -> None:
    write_choices(file, {PASSWORD: "geheim-1"})
    file.chmod(0o644)  # another user has made it readable in the meantime
    write_choices(file, {USER: "117"})

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [other.name for other in file.parent.iterdir()] == [file.name]


def test_what_cannot_be_written_leaves_the_file_as_it_was(file: Path) -> None:
    write_choices(file, {USER: "117"})
    before = file.read_bytes()
    with pytest.raises(UnicodeEncodeError):
        write_choices(file, {USER: "\ud800"})

    assert file.read_bytes() == before
    assert [other.name for other in file.parent.iterdir()] == [file.name]


def test_no_secret_in_the_log_nor_in_what_stands_for_the_settings(
    tmp_path: Path, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        write_choices(file, {SERVER: "mine.invalid", USER: "117", PASSWORD: "geheim-1"})
        shown = repr(read(tmp_path))
        file.write_text("[phone]\npassword = 'geheim-2'\nuser = 5\n", encoding="utf-8")
        shown += repr(read(tmp_path))
        write_choices(file, {USER: "118"})

    assert "geheim" not in caplog.text + shown


@given(st.text(st.characters(codec="utf-8")), st.integers(1, 65535))
def test_every_text_comes_back_as_it_was(text: str, number: int) -> None:
    tables: dict[str, dict[str, str | int]] = {
        "phone": {"user": text, "port": number},
        "audio": {},
    }

    assert tomllib.loads(toml_text(tables)) == {"phone": {"user": text, "port": number}}
