"""The phone's settings: their JSON form, their checks, and the password's discretion."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from telephony.errors import SettingsError
from telephony.settings import (
    AudioSettings,
    PhoneSettings,
    SipAccount,
    check_settings,
    settings_from_json,
    settings_to_json,
)

ACCOUNT = SipAccount("pbx.example", "301", "secret word")
FULL = PhoneSettings(
    ACCOUNT,
    "192.0.2.10",
    5070,
    20000,
    20100,
    ("192.0.2.1",),
    60,
    AudioSettings("file", ring_device="x"),
)


@pytest.mark.parametrize("settings", [PhoneSettings(), FULL])
def test_json_round_trip(settings: PhoneSettings) -> None:
    assert settings_from_json(json.loads(json.dumps(settings_to_json(settings)))) == settings


def test_the_password_is_never_shown() -> None:
    assert "secret word" not in repr(FULL)
    with pytest.raises(SettingsError) as caught:
        check_settings(replace(FULL, account=replace(ACCOUNT, expires_s=0)))
    assert "secret word" not in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        (replace(FULL, listen_host="pbx.example"), "listen_host"),
        (replace(FULL, listen_port=70000), "listen_port"),
        (replace(FULL, accept_from=("192.0.2.1", "pbx.example")), "accept_from"),
        (replace(FULL, rtp_port_first=80), "rtp_port_first"),
        (replace(FULL, rtp_port_last=20001), "rtp_port_last"),
        (replace(FULL, ring_limit_s=0), "ring_limit_s"),
        (replace(FULL, console_wait_s=-1), "console_wait_s"),
        (replace(FULL, account=replace(ACCOUNT, server_host="")), "account.server_host"),
        (replace(FULL, account=replace(ACCOUNT, server_host="a b")), "account.server_host"),
        (replace(FULL, account=replace(ACCOUNT, server_port=0)), "account.server_port"),
        (replace(FULL, account=replace(ACCOUNT, user="a\r\nb")), "account.user"),
        (replace(FULL, account=replace(ACCOUNT, expires_s=1)), "account.expires_s"),
    ],
)
def test_settings_that_cannot_work(settings: PhoneSettings, field: str) -> None:
    with pytest.raises(SettingsError) as caught:
        check_settings(settings)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"listen_port": "5060"}, "listen_port"),
        ({"account": {"user": "x", "password": "y"}}, "account.server_host"),
        ({"audio": {"driver": "gramophone"}}, "audio.driver"),
        ({"accept_from": "192.0.2.1"}, "accept_from"),
        ({"listen_port": True}, "listen_port"),
    ],
)
def test_json_of_another_form(change: dict[str, object], field: str) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_from_json(settings_to_json(FULL) | change)
    assert caught.value.field == field


def test_fields_of_a_later_version_are_left_out() -> None:
    assert settings_from_json(settings_to_json(FULL) | {"hologram": True}) == FULL
