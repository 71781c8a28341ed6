"""Call audio through a real PulseAudio, and loss of its devices."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from telephony.alarm import sound_alarm, sound_reminder
from telephony.media.devices.buffer import FileDevice
from telephony.media.devices.device import DeviceStatus
from telephony.media.devices.pulse import PulseDevice
from telephony.media.devices.pulse_watch import list_pulse_devices
from telephony.media.engine import MediaEngine, MediaSession, MediaTarget
from telephony.media.samples import Samples, level_dbfs
from telephony.media.wav import read_wav, write_wav
from telephony.settings import AudioSettings
from tests.fakes.audio_measure import sinad_db, sinad_windows_db, tone
from tests.fakes.pulse_server import PipeWireServer, PulseServer
from tests.fakes.rtp_peer import wait_until

CALLER_HZ = 1004.0
OPERATOR_HZ = 700.0


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[PulseServer]:
    kind = getattr(request, "param", PulseServer)
    with kind("speaker", "headset", "voice", "ringer") as server:
        yield server


on_both = pytest.mark.parametrize(
    "server", [PulseServer, PipeWireServer], indirect=True, ids=["PulseAudio", "PipeWire"]
)


class Call:
    """A caller who sends an endless tone, and a workplace with a headset."""

    def __init__(self, server: PulseServer, folder: Path) -> None:
        write_wav(folder / "caller.wav", tone(CALLER_HZ, -10, 2.0))
        self.device = PulseDevice(
            input_device="voice.monitor",
            output_device="headset",
            ring_device="ringer",
            server=server.address,
        )
        self.heard_by_caller = folder / "heard.wav"
        caller = FileDevice(str(folder / "caller.wav"), str(self.heard_by_caller))
        self.engines = [
            MediaEngine(self.device, port_first=44000, port_last=44999),
            MediaEngine(caller, port_first=45000, port_last=45999),
        ]
        self.sessions: list[MediaSession] = []

    @contextmanager
    def up(self) -> Iterator[None]:
        for engine in self.engines:
            engine.start()
            self.sessions.append(engine.open("call"))
        for session, other in zip(self.sessions, reversed(self.sessions), strict=True):
            session.connect(MediaTarget("127.0.0.1", other.local_port))
        wait_until(lambda: self.device.status().output_works and self.device.status().input_works)
        try:
            yield
        finally:
            for engine in self.engines:
                engine.stop()


@pytest.fixture
def call(server: PulseServer, tmp_path: Path) -> Call:
    return Call(server, tmp_path)


def has_tone(samples: Samples, tone_hz: float) -> bool:
    return samples.size >= 1600 and sinad_db(samples[-1600:], 8000, tone_hz) > 15


def wait_for_tone(server: PulseServer, sink: str, tone_hz: float) -> None:
    """Waits, because a null sink's monitor is silent at first."""
    wait_until(lambda: has_tone(server.record(sink, 0.25), tone_hz), timeout_s=10)


@on_both
def test_both_directions_come_through_the_sound_server(server: PulseServer, call: Call) -> None:
    with call.up():
        wait_for_tone(server, "headset", CALLER_HZ)
        operator = threading.Thread(target=server.play, args=("voice", tone(OPERATOR_HZ, -10, 4.0)))
        operator.start()
        earpiece = server.record("headset", 3.0)
        operator.join()
    assert np.median(sinad_windows_db(earpiece, 8000, CALLER_HZ)) >= 30
    assert level_dbfs(earpiece) == pytest.approx(-10, abs=1.0)
    windows = sinad_windows_db(read_wav(call.heard_by_caller), 8000, OPERATOR_HZ)
    assert np.median(np.sort(windows)[-8:]) >= 30


def test_the_ring_tone_is_on_its_own_device(server: PulseServer, call: Call) -> None:
    with call.up():
        wait_for_tone(server, "headset", CALLER_HZ)
        call.engines[0].play_ring(True)
        wait_until(lambda: level_dbfs(server.record("ringer", 0.25)) > -30, timeout_s=10)
        assert has_tone(server.record("headset", 0.5), CALLER_HZ)
        assert level_dbfs(server.record("speaker", 0.5)) < -90
        call.engines[0].play_ring(False)
        wait_until(lambda: level_dbfs(server.record("ringer", 0.25)) < -90, timeout_s=10)


@on_both
def test_a_headset_that_is_unplugged_does_not_end_the_call(server: PulseServer, call: Call) -> None:
    told: list[DeviceStatus] = []
    call.engines[0].on_device_status = told.append
    with call.up():
        wait_for_tone(server, "headset", CALLER_HZ)
        server.unplug("headset")
        wait_for_tone(server, "speaker", CALLER_HZ)
        wait_until(lambda: DeviceStatus(is_fallback=True) in told)
        server.plug("headset")
        wait_for_tone(server, "headset", CALLER_HZ)
        wait_until(lambda: told[-1] == DeviceStatus())
        statistics = call.sessions[1].statistics()
        assert statistics.packets_lost == 0
        assert statistics.packets_received >= statistics.packets_sent - 5


def test_a_microphone_that_comes_later_is_taken(server: PulseServer, call: Call) -> None:
    server.unplug("voice")
    with call.up():
        assert call.device.status().is_fallback
        server.plug("voice")
        wait_until(lambda: not call.device.status().is_fallback, timeout_s=10)
        server.play("voice", tone(OPERATOR_HZ, -10, 5.0))
    windows = sinad_windows_db(read_wav(call.heard_by_caller), 8000, OPERATOR_HZ)
    assert windows.max() >= 30


@on_both
def test_the_sound_server_may_crash_and_come_back(server: PulseServer, call: Call) -> None:
    with call.up():
        wait_for_tone(server, "headset", CALLER_HZ)
        server.kill()
        wait_until(lambda: not call.device.status().output_works)
        before = call.sessions[1].statistics().packets_received
        wait_until(lambda: call.sessions[1].statistics().packets_received >= before + 50)
        server.start()
        wait_until(lambda: call.device.status().output_works)
        wait_for_tone(server, "headset", CALLER_HZ)
        assert call.sessions[1].statistics().packets_lost == 0


def test_opening_and_closing_keep_nobody_waiting(server: PulseServer, call: Call) -> None:
    # They are called on the loop that handles SIP.
    for _ in range(3):
        started_s = time.monotonic()
        call.device.open(8000)
        call.device.play_ring(True)
        opened_s = time.monotonic()
        wait_until(lambda: call.device.status().output_works)
        closing_s = time.monotonic()
        call.device.play_ring(False)
        call.device.close()
        assert time.monotonic() - closing_s < 0.05
        assert opened_s - started_s < 0.05
    wait_until(lambda: not [each for each in threading.enumerate() if "pulse-" in each.name])


def test_without_a_server_there_is_silence_and_an_end(tmp_path: Path) -> None:
    device = PulseDevice(server=f"unix:{tmp_path / 'none'}")
    device.open(8000)
    assert not device.read_frame().any()
    device.write_frame(np.zeros(160, dtype=np.int16))
    device.play_ring(True)
    assert not device.status().output_works
    device.play_ring(False)
    device.close()
    wait_until(lambda: not [each for each in threading.enumerate() if "pulse-" in each.name])


def test_the_devices_are_listed_without_monitors(server: PulseServer) -> None:
    names = {(each.name, each.is_input) for each in list_pulse_devices(server.address)}
    assert names == {(name, False) for name in ("speaker", "headset", "voice", "ringer")}
    assert list_pulse_devices("unix:/nonexistent/socket") == ()


def test_the_alarm_is_heard_on_the_ringer_without_a_phone(
    server: PulseServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", server.address)
    heard: list[bool] = []
    settings = AudioSettings(driver="pulse", ring_device="ringer")
    alarm = threading.Thread(target=lambda: heard.append(sound_alarm(settings, 3.0)))
    alarm.start()
    wait_until(lambda: level_dbfs(server.record("ringer", 0.25)) > -30, timeout_s=10)
    assert level_dbfs(server.record("speaker", 0.25)) < -90
    alarm.join(10)

    assert heard == [True]
    wait_until(lambda: level_dbfs(server.record("ringer", 0.25)) < -90, timeout_s=10)


def test_a_reminder_is_softer_than_an_alarm_and_heard_once(
    server: PulseServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", server.address)
    heard: list[bool] = []
    settings = AudioSettings(driver="pulse", ring_device="ringer")
    reminder = threading.Thread(target=lambda: heard.append(sound_reminder(settings, 3.0)))
    reminder.start()
    levels: list[float] = []

    def sounds() -> bool:
        levels.append(level_dbfs(server.record("ringer", 0.25)))
        return levels[-1] > -45

    wait_until(sounds, timeout_s=10)
    while reminder.is_alive():
        sounds()
    first = next(at for at, level in enumerate(levels) if level > -45)
    assert max(levels) < -20
    assert max(levels[first + 4 :], default=-100.0) < -90, "it is not played over and over"
    assert heard == [True]
