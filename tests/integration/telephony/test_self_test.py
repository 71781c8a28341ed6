"""The self-test against a real server and a real sound server: successes and failures."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest

from telephony.events import (
    CallEnded,
    CallRinging,
    CommandRefused,
    EndCause,
    PhoneConnected,
    RegistrationChanged,
    RegistrationState,
    SelfCallExpected,
    ToConsole,
)
from telephony.findings import Check, Finding, SelfTestOrder, Verdict, finding_from, to_line
from telephony.process import PhoneProcess
from telephony.self_test import run_self_test
from telephony.settings import AudioSettings, PhoneSettings, SipAccount
from tests.fakes.audio_measure import speech_like
from tests.fakes.baresip import BaresipCaller
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.phone_bench import NEIGHBOURS
from tests.fakes.pulse_server import PulseServer

E = TypeVar("E")
PASSED = Verdict.PASSED
CALLER = "self-test"
CITIZEN = "89005550137"


@pytest.fixture(scope="module")
def proxy() -> Iterator[KamailioProxy]:
    with KamailioProxy({"301": "secret", "302": "secret"}) as running:
        yield running


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch) -> Iterator[PulseServer]:
    with PulseServer("headset", "speaker") as server:
        monkeypatch.setenv("PULSE_SERVER", server.address)
        yield server


class Desk:
    """The operator's phone process, and all its events to a console."""

    def __init__(self, process: PhoneProcess, told: queue.Queue[ToConsole]) -> None:
        self.process = process
        self.events: list[ToConsole] = []
        self._told = told

    def expect(self, kind: type[E], where: Callable[[E], bool] = lambda _: True) -> E:
        while True:
            event: Any = self._told.get(timeout=15)
            self.events.append(event)
            if isinstance(event, kind) and where(event):
                return event

    def expect_self_call(self) -> None:
        self.process.expect_self_call(CALLER)
        assert self.expect(SelfCallExpected).caller == CALLER

    def settle(self) -> list[ToConsole]:
        """Returns all events up to the reply to a command sent now."""
        self.process.answer("nobody")
        self.expect(CommandRefused)
        return self.events


@contextmanager
def desk_phone(folder: Path, settings: PhoneSettings) -> Iterator[Desk]:
    told: queue.Queue[ToConsole] = queue.Queue()
    process = PhoneProcess(settings, folder, told.put)
    process.start()
    try:
        yield Desk(process, told)
    finally:
        process.close(end_process=True)


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # The system's limit for socket paths is short; pytest's folders may be long.
    return tmp_path_factory.mktemp("p")


def settings_for(proxy: KamailioProxy, word: str = "secret") -> PhoneSettings:
    account = SipAccount(proxy.host, "301", word, proxy.port)
    audio = AudioSettings("pulse", "headset.monitor", "headset", "speaker")
    return PhoneSettings(account=account, audio=audio)


def by_check(findings: tuple[Finding, ...]) -> dict[Check, tuple[Verdict, str]]:
    assert [finding.check for finding in findings] == list(Check)[1:]
    return {finding.check: (finding.verdict, finding.code) for finding in findings}


def is_registered(event: RegistrationChanged) -> bool:
    return event.state is RegistrationState.REGISTERED


def calls_of(events: list[ToConsole]) -> list[ToConsole]:
    return [event for event in events if isinstance(event, (CallRinging, CallEnded))]


def test_everything_works_while_somebody_speaks(
    proxy: KamailioProxy, sound: PulseServer, folder: Path
) -> None:
    told: list[Finding] = []
    stopping = threading.Event()
    settings = settings_for(proxy)
    with desk_phone(folder, settings) as desk:
        desk.expect(RegistrationChanged, is_registered)
        desk.expect_self_call()
        speaker = threading.Thread(target=_speak, args=(sound, stopping))
        speaker.start()
        try:
            findings = run_self_test(SelfTestOrder(settings, CALLER, "301", 1.0), told.append)
        finally:
            stopping.set()
            speaker.join()
        # The desk has no trace of it: no ring, no card, nothing to confirm.
        assert calls_of(desk.settle()) == []
        # The server still sends calls only to the operator's phone.
        with BaresipCaller(CITIZEN) as citizen:
            citizen.dial(f"sip:301@{proxy.host}:{proxy.port}")
            call_id = desk.expect(CallRinging).call_id
            desk.process.reject(call_id)
            citizen.wait_for("CALL_CLOSED")
    assert list(findings) == told
    assert by_check(findings) == {
        Check.CALL: (PASSED, "answered"),
        Check.ECHO: (PASSED, "clear"),
        Check.MICROPHONE: (PASSED, "heard"),
        Check.RINGER: (PASSED, "played"),
    }
    echo = findings[1]
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
    findings = run_self_test(SelfTestOrder(settings, CALLER, "301", 0.5))
    assert by_check(findings) == {
        Check.CALL: (Verdict.FAILED, "refused"),
        Check.ECHO: (Verdict.NOT_TRIED, "depends"),
        Check.MICROPHONE: (Verdict.FAILED, "silent"),
        Check.RINGER: (Verdict.DOUBTFUL, "fallback"),
    }
    assert findings[0].value in (401, 403, 407)


def test_without_an_account_and_without_a_sound_server(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    with desk_phone(folder, NEIGHBOURS) as desk:
        address = desk.expect(PhoneConnected).local_address
        desk.expect_self_call()
        settings = replace(NEIGHBOURS, audio=AudioSettings("pulse"))
        findings = run_self_test(SelfTestOrder(settings, CALLER, f"sip:301@{address}", 0.5))
        assert calls_of(desk.settle()) == []
    assert by_check(findings) == {
        Check.CALL: (PASSED, "answered"),
        Check.ECHO: (PASSED, "clear"),
        Check.MICROPHONE: (Verdict.FAILED, "missing"),
        Check.RINGER: (Verdict.FAILED, "missing"),
    }


def test_a_call_that_nobody_expects_rings_as_any_other(proxy: KamailioProxy, folder: Path) -> None:
    settings = replace(settings_for(proxy), audio=AudioSettings())
    with desk_phone(folder, settings) as desk:
        desk.expect(RegistrationChanged, is_registered)
        desk.process.expect_self_call("somebody")
        desk.process.end_self_call()
        desk.settle()
        with BaresipCaller(CITIZEN) as citizen:
            citizen.dial(f"sip:301@{proxy.host}:{proxy.port}")
            assert desk.expect(CallRinging).caller_number == CITIZEN
            citizen.wait_for("CALL_RINGING")
            citizen.hang_up()
            assert desk.expect(CallEnded).cause is EndCause.CALLER_GAVE_UP


def test_a_caller_during_the_test_rings_and_the_test_s_call_is_hung_up(
    proxy: KamailioProxy, folder: Path
) -> None:
    settings = replace(settings_for(proxy), audio=AudioSettings())
    with desk_phone(folder, settings) as desk:
        desk.expect(RegistrationChanged, is_registered)
        desk.expect_self_call()
        order = SelfTestOrder(settings, CALLER, "301", 0.5)
        with started(order) as test, BaresipCaller(CITIZEN) as citizen:
            assert next(test) == Finding(Check.CALL, PASSED, "answered")
            citizen.dial(f"sip:301@{proxy.host}:{proxy.port}")
            assert desk.expect(CallRinging).caller_number == CITIZEN
            desk.process.end_self_call()
            citizen.wait_for("CALL_RINGING")
            # The audio of the call ended half way.
            assert next(test).verdict is not PASSED
            citizen.hang_up()
            desk.expect(CallEnded)


@contextmanager
def started(order: SelfTestOrder) -> Iterator[Iterator[Finding]]:
    """Runs the self-test in a separate process, started and ended as by the console."""
    command = [sys.executable, "-m", "telephony", "self-test"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(to_line(order).encode())
        process.stdin.flush()
        yield map(finding_from, process.stdout)
        process.terminate()
        assert process.wait(5) == 1
