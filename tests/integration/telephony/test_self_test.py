"""The self-test against a real server and a real sound server: what works, and what does not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from telephony.self_test import Check, Finding, Verdict, run_self_test
from telephony.settings import AudioSettings, PhoneSettings, SipAccount
from tests.fakes.audio_measure import speech_like
from tests.fakes.pulse_server import PulseServer
from tests.fakes.sip_peers import KamailioProxy

PASSED = Verdict.PASSED


@pytest.fixture(scope="module")
def proxy() -> Iterator[KamailioProxy]:
    with KamailioProxy({"301": "secret"}) as running:
        yield running


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch) -> Iterator[PulseServer]:
    with PulseServer("headset", "speaker") as server:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        yield server


def settings_for(proxy: KamailioProxy, word: str = "secret") -> PhoneSettings:
    account = SipAccount(proxy.host, "301", word, proxy.port)
    audio = AudioSettings("pulse", "headset.monitor", "headset", "speaker")
    return PhoneSettings(account=account, audio=audio)


def by_check(findings: tuple[Finding, ...]) -> dict[Check, tuple[Verdict, str]]:
    assert [finding.check for finding in findings] == list(Check)
    return {finding.check: (finding.verdict, finding.code) for finding in findings}


def test_everything_works_while_somebody_speaks(proxy: KamailioProxy, sound: PulseServer) -> None:
    told: list[Finding] = []
    stopping = threading.Event()
    speaker = threading.Thread(target=_speak, args=(sound, stopping))
    speaker.start()
    try:
        findings = run_self_test(settings_for(proxy), told.append, speak_s=1.0)
    finally:
        stopping.set()
        speaker.join()
    assert list(findings) == told
    assert by_check(findings) == {
        Check.REGISTRATION: (PASSED, "registered"),
        Check.CALL: (PASSED, "answered"),
        Check.ECHO: (PASSED, "clear"),
        Check.MICROPHONE: (PASSED, "heard"),
        Check.RINGER: (PASSED, "played"),
    }
    echo = findings[2]
    assert echo.value is not None
    assert 20 < echo.value < 400


def _speak(sound: PulseServer, stopping: threading.Event) -> None:
    while not stopping.is_set():
        sound.play("headset", speech_like(1.0))


def test_a_wrong_password_a_silent_microphone_and_a_ringer_that_is_not_there(
    proxy: KamailioProxy, sound: PulseServer
) -> None:
    settings = settings_for(proxy, "wrong")
    settings = replace(settings, audio=replace(settings.audio, ring_device="unplugged"))
    findings = run_self_test(settings, speak_s=0.5)
    assert by_check(findings) == {
        Check.REGISTRATION: (Verdict.FAILED, "refused"),
        Check.CALL: (Verdict.NOT_TRIED, "depends"),
        Check.ECHO: (Verdict.NOT_TRIED, "depends"),
        Check.MICROPHONE: (Verdict.FAILED, "silent"),
        Check.RINGER: (Verdict.DOUBTFUL, "fallback"),
    }
    assert findings[0].value in (401, 403)


def test_without_an_account_and_without_a_sound_server(
    proxy: KamailioProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    settings = replace(settings_for(proxy), account=None)
    assert by_check(run_self_test(settings, speak_s=0.5)) == {
        Check.REGISTRATION: (Verdict.NOT_TRIED, "no_account"),
        Check.CALL: (PASSED, "answered"),
        Check.ECHO: (PASSED, "clear"),
        Check.MICROPHONE: (Verdict.FAILED, "missing"),
        Check.RINGER: (Verdict.FAILED, "missing"),
    }
