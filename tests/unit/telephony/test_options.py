"""The options of the command line as settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from telephony.errors import SettingsError
from telephony.options import Parser, add_phone_options, build_settings, option_of
from telephony.settings import PhoneSettings


def read(*arguments: str) -> PhoneSettings:
    parser = Parser()
    add_phone_options(parser)
    return build_settings(parser.parse_args(arguments))


@pytest.mark.parametrize(
    ("arguments", "host", "port"),
    [
        (("--server", "127.0.0.1"), "127.0.0.1", None),
        (("--server", "127.0.0.1:5099"), "127.0.0.1", 5099),
        (("--server", "[::1]:5099"), "::1", 5099),
        (("--server", "[::1]"), "::1", None),
        (("--server", "::1"), "::1", None),
        (("--server", "127.0.0.1", "--transport", "tls"), "127.0.0.1", None),
        (("--server", "127.0.0.1:5060", "--transport", "tls"), "127.0.0.1", 5060),
    ],
)
def test_the_server(arguments: tuple[str, ...], host: str, port: int | None) -> None:
    settings = read(*arguments)
    assert settings.account is not None
    assert (settings.account.server_host, settings.account.server_port) == (host, port)
    assert settings.listen_host == host, "the address that leads to a server on loopback"


def test_the_account() -> None:
    account = read(
        "--server", "127.0.0.1", "--user", "301", "--no-register", "--expires", "60",
        "--keep-alive", "0", "--keep-contact", "--backup-server", "127.0.0.2:5080",
    ).account  # fmt: skip
    assert account is not None
    assert (account.user, account.register, account.expires_s) == ("301", False, 60)
    assert (account.keep_alive_s, account.learn_contact) == (0, False)
    assert account.backup_servers == ("127.0.0.2:5080",)
    plain = read("--server", "127.0.0.1").account
    assert plain is not None
    assert (plain.register, plain.keep_alive_s, plain.learn_contact) == (True, 30, True)


def test_without_a_server_the_phone_is_on_loopback() -> None:
    settings = read("--user", "302")
    assert (settings.account, settings.local_user) == (None, "302")
    assert (settings.listen_host, settings.listen_port) == ("127.0.0.1", 0)
    assert settings.accept_from == ()


def test_a_name_that_is_not_known_yet_leaves_every_address() -> None:
    assert read("--server", "pbx.invalid").listen_host == "0.0.0.0"  # noqa: S104


@pytest.mark.parametrize(
    ("written", "password"),
    [("word\n", "word"), ("word\r\n", "word"), ("two words ", "two words "), ("a\n\n", "a\n")],
)
def test_a_newline_ends_the_password(tmp_path: Path, written: str, password: str) -> None:
    path = tmp_path / "password"
    path.write_text(written, newline="")
    account = read("--server", "127.0.0.1", "--password-file", str(path)).account
    assert account is not None
    assert account.password == password


def test_the_rest() -> None:
    settings = read(
        "--codecs", "G722,pcma", "--srtp", "require", "--auto-answer", "0", "--dnd",
        "--busy-status", "480", "--rtp-ports", "20000-20100", "--allow-any", "--tls-ca", "ca.pem",
        "--record", "heard.wav", "--session-expires", "0", "--ring-limit", "5",
    )  # fmt: skip
    assert settings.codecs == ("g722", "pcma")
    assert (settings.srtp, settings.auto_answer_ms, settings.do_not_disturb) == ("require", 0, True)
    assert (settings.rtp_port_first, settings.rtp_port_last) == (20000, 20100)
    assert (settings.accept_from, settings.busy_status) == (("*",), 480)
    assert settings.tls.ca_file == "ca.pem"
    assert (settings.audio.driver, settings.audio.output_file) == ("file", "heard.wav")
    assert not settings.audio.loop_input
    assert (settings.session_expires_s, settings.ring_limit_s) == (0, 5)


@pytest.mark.parametrize(
    ("arguments", "accept_from"),
    [
        ((), ()),
        (("--allow-any",), ("*",)),
        (("--accept-from", "192.0.2.7", "--allow-any"), ("192.0.2.7", "*")),
        (("--allow-any", "--accept-from", "192.0.2.7"), ("192.0.2.7", "*")),
    ],
)
def test_everybody_is_let_in_beside_those_who_are_named(
    arguments: tuple[str, ...], accept_from: tuple[str, ...]
) -> None:
    assert read(*arguments).accept_from == accept_from


def test_a_name_is_no_address_that_may_call() -> None:
    with pytest.raises(SettingsError) as caught:
        read("--accept-from", "pbx.example")
    assert option_of(caught.value.field) == "--accept-from"


def test_a_setting_that_cannot_work_is_named_by_its_option() -> None:
    with pytest.raises(SettingsError) as caught:
        read("--server", "127.0.0.1", "--expires", "1")
    assert option_of(caught.value.field) == "--expires"
