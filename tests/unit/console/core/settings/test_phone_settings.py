"""Phone settings of the settings file are passed to the phone."""

from __future__ import annotations

from pathlib import Path

from console.core.settings.adapters import phone_settings
from console.core.settings.file import read_settings
from telephony.settings import PhoneSettings, TlsSettings, check_settings

ACCOUNT = '[phone]\nserver = "sip.test.invalid"\nuser = "117"\npassword = "geheim-1"\n'


def read(folder: Path, text: str, **environment: str) -> PhoneSettings:
    file = folder / "console.toml"
    file.write_text(text, encoding="utf-8")
    settings = phone_settings(read_settings(file, environment, folder))
    check_settings(settings)
    return settings


def test_what_is_not_said_is_left_to_the_phone(tmp_path: Path) -> None:
    settings = read(tmp_path, "[audio]\ndriver = 'null'\n")

    assert settings == PhoneSettings(accept_from=("127.0.0.1", "::1"))


def test_with_a_registrar_only_it_may_call(tmp_path: Path) -> None:
    assert read(tmp_path, ACCOUNT).accept_from == ()


def test_every_choice_reaches_the_phone(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        ACCOUNT
        + """
        transport = "tls"
        ca_file = "ca.pem"
        srtp = "require"
        codecs = ["g722", "pcma"]
        auth_user = "u117"
        expires_s = 120
        keep_alive_s = 0
        learn_contact = false
        backup_servers = ["sip2.test.invalid:5071"]
        accept_from = ["192.0.2.7"]
        ring_limit_s = 30
        call_limit = 2
        do_not_disturb = true
        busy_status = 480
        console_wait_s = 0
        auto_answer_ms = 0
        auto_answer_on_request = true
        accept_refer = true
        session_expires_s = 0
        [audio]
        driver = "null"
        echo_cancellation = true
        [recording]
        automatic = true
        directory = "records"
        """,
        EDINYI_NOMER_RECORDING_KEY="ab" * 32,
    )

    account = settings.account
    assert account is not None
    assert (account.transport, account.server_port, account.auth_user) == ("tls", None, "u117")
    assert (account.expires_s, account.keep_alive_s) == (120, 0)
    assert not account.learn_contact
    assert account.backup_servers == ("sip2.test.invalid:5071",)
    assert settings.tls == TlsSettings("ca.pem")
    assert (settings.srtp, settings.codecs) == ("require", ("g722", "pcma"))
    assert (settings.accept_from, settings.ring_limit_s) == (("192.0.2.7",), 30)
    assert (settings.call_limit, settings.busy_status, settings.auto_answer_ms) == (2, 480, 0)
    assert settings.do_not_disturb
    assert settings.console_wait_s == 0
    assert settings.auto_answer_on_request
    assert settings.accept_refer
    assert settings.session_expires_s == 0
    assert settings.audio.echo_cancellation
    assert settings.recording.automatic
    assert (settings.recording.directory, settings.recording.key) == ("records", "ab" * 32)
    assert "ab" * 32 not in repr(settings)


def test_refused_calls_are_told_of_but_where_others_ring_too(tmp_path: Path) -> None:
    assert read(tmp_path, ACCOUNT).tells_refused
    quiet = read(tmp_path, ACCOUNT + "[queue]\nregister_refused = false\n")

    assert not quiet.tells_refused
