"""Single checks: an account at a real registrar, a device of a real sound server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from telephony.findings import Check, Finding, Part, SelfTestOrder, Verdict
from telephony.phone_devices import list_sound_devices
from telephony.presence import GONE
from telephony.self_test import run_self_test
from telephony.settings import AudioSettings, PhoneSettings, SipAccount, TlsSettings
from tests.fakes.audio_measure import speech_like
from tests.fakes.baresip import BaresipCaller
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.kamailio_presence import PresenceServer, Seen, Watcher
from tests.fakes.pulse_server import PulseServer

USER, WORD = "301", "secret"


@pytest.fixture(scope="module")
def proxy() -> Iterator[KamailioProxy]:
    with KamailioProxy({USER: WORD}) as running:
        yield running


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch) -> Iterator[PulseServer]:
    with PulseServer("headset", "speaker") as server:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        yield server


def try_account(account: SipAccount, tls: TlsSettings | None = None) -> Finding:
    settings = PhoneSettings(account=account, tls=tls or TlsSettings())
    (found,) = run_self_test(SelfTestOrder(settings, "trial", None, part=Part.REGISTRATION))
    assert found.check is Check.REGISTRATION
    return found


def hear(audio: AudioSettings, part: Part) -> tuple[Finding, ...]:
    order = SelfTestOrder(PhoneSettings(audio=audio), "trial", None, 0.5, part)
    return run_self_test(order)


def test_a_right_account_is_let_in_and_leaves_nothing_behind(proxy: KamailioProxy) -> None:
    found = try_account(SipAccount(proxy.host, USER, WORD, proxy.port))

    assert (found.verdict, found.code) == (Verdict.PASSED, "registered")
    with BaresipCaller("89005550137") as citizen:
        citizen.dial(f"sip:{USER}@{proxy.host}:{proxy.port}")
        assert "404" in str(citizen.wait_for("CALL_CLOSED"))


def test_presence_is_tried_with_the_account_and_taken_back(proxy: KamailioProxy) -> None:
    def tried(server: KamailioProxy) -> Finding:
        account = SipAccount(server.host, USER, WORD, server.port)
        settings = PhoneSettings(account=account, presence=GONE)
        (found,) = run_self_test(SelfTestOrder(settings, "trial", None, part=Part.REGISTRATION))
        return found

    assert tried(proxy) == Finding(Check.REGISTRATION, Verdict.DOUBTFUL, "presence_not_taken", 489)
    with KamailioProxy({USER: WORD}, presence=PresenceServer()) as server:
        assert tried(server) == Finding(Check.REGISTRATION, Verdict.PASSED, "presence_told")
        with Watcher(server.host, server.port, USER) as watcher:
            watcher.wait_for(Seen())


def test_a_wrong_word_a_closed_port_and_an_unknown_name_are_told_apart(
    proxy: KamailioProxy,
) -> None:
    refused = try_account(SipAccount(proxy.host, USER, "wrong", proxy.port))
    closed = try_account(SipAccount(proxy.host, USER, WORD, 9, transport="tcp"))
    unknown = try_account(SipAccount("no-such-host.invalid", USER, WORD))

    assert (refused.code, refused.value) in {("refused", code) for code in (401, 403, 407)}
    assert closed.code == "connection_refused"
    assert unknown.code == "name_unknown"
    assert {one.verdict for one in (refused, closed, unknown)} == {Verdict.FAILED}


def test_a_file_of_certificates_that_is_none_is_named(proxy: KamailioProxy, tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("no certificate")
    account = SipAccount(proxy.host, USER, WORD, proxy.port, transport="tls")

    assert try_account(account, TlsSettings(str(file))).code == "tls.ca_file"


def test_the_microphone_tells_its_level_while_it_listens(sound: PulseServer) -> None:
    stopping = threading.Event()

    def speak() -> None:
        while not stopping.is_set():
            sound.play("headset", speech_like(1.0))

    speaker = threading.Thread(target=speak)
    speaker.start()
    try:
        *levels, outcome = hear(AudioSettings("pulse", "headset.monitor"), Part.MICROPHONE)
    finally:
        stopping.set()
        speaker.join()

    assert len(levels) == 5
    assert {one.code for one in levels} == {"listening"}
    assert max(one.value or -100 for one in levels) > -45
    assert (outcome.verdict, outcome.code) == (Verdict.PASSED, "heard")


def test_earpiece_and_ringer_play_each_on_its_own_device(sound: PulseServer) -> None:
    audio = AudioSettings("pulse", None, "headset", "unplugged")

    (earpiece,), (ringer,) = hear(audio, Part.EARPIECE), hear(audio, Part.RINGER)
    (away,) = hear(replace(audio, output_device="unplugged"), Part.EARPIECE)

    assert (earpiece.check, earpiece.code) == (Check.RINGER, "played")
    assert (ringer.check, ringer.code) == (Check.RINGER, "fallback")
    assert away.code == "fallback"


def test_the_devices_of_the_sound_server_are_listed_without_its_monitors(
    sound: PulseServer,
) -> None:
    found = list_sound_devices()

    assert {one.name for one in found if not one.is_input} >= {"headset", "speaker"}
    assert not any(one.name.endswith(".monitor") for one in found)
    assert all(one.label for one in found)


def test_without_a_sound_server_no_device_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")

    assert list_sound_devices() == ()
