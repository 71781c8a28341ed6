"""Effects of real sound servers on a call: other defaults, suspended sinks, echo and its
canceller.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from telephony.media.devices.buffer import FileDevice
from telephony.media.devices.choice import list_audio_devices
from telephony.media.devices.device import DeviceStatus
from telephony.media.devices.microphone_check import MicrophoneVerdict, measure_microphone
from telephony.media.devices.pulse import PulseDevice
from telephony.media.engine import MediaEngine, MediaTarget
from telephony.media.samples import Samples, level_dbfs
from telephony.media.wav import read_wav, write_wav
from telephony.settings import AudioSettings
from tests.fakes.audio_measure import sinad_db, sinad_windows_db, speech_like, tone
from tests.fakes.pulse_server import PipeWireServer, PulseServer
from tests.fakes.rtp_peer import wait_until

CALLER_HZ, OPERATOR_HZ = 1004.0, 700.0
CANCELLER = "module-echo-cancel"
SINKS = ("speaker", "headset", "voice")


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[PulseServer]:
    kind = getattr(request, "param", PulseServer)
    with kind(*SINKS) as server:
        # A microphone is no monitor: the phone lists it, and the servers accept it as a default.
        server.load("module-remap-source", "source_name=microphone master=voice.monitor")
        yield server


on_pipewire = pytest.mark.parametrize("server", [PipeWireServer], indirect=True, ids=["PipeWire"])
on_both = pytest.mark.parametrize(
    "server", [PulseServer, PipeWireServer], indirect=True, ids=["PulseAudio", "PipeWire"]
)
ports = count(44100, 20)


@contextmanager
def call(device: PulseDevice, folder: Path, caller_says: Samples) -> Iterator[Path]:
    """Runs a call of the workplace with a caller; yields the file of the audio that the caller
    receives.
    """
    write_wav(folder / "caller.wav", caller_says)
    heard = folder / "heard.wav"
    caller = FileDevice(str(folder / "caller.wav"), str(heard))
    engines = []
    for each in (device, caller):
        first = next(ports)
        engines.append(MediaEngine(each, port_first=first, port_last=first + 19))
        engines[-1].start()
    sessions = [engine.open("call") for engine in engines]
    for session, other in zip(sessions, reversed(sessions), strict=True):
        session.connect(MediaTarget("127.0.0.1", other.local_port))
    try:
        yield heard
    finally:
        for engine in engines:
            engine.stop()


@contextmanager
def noise_on(server: PulseServer, sink: str, sound: Samples) -> Iterator[None]:
    """Plays speech into the microphone of the sink."""
    thread = threading.Thread(target=server.play, args=(sink, sound))
    thread.start()
    yield
    thread.join()


def has_tone(samples: Samples, tone_hz: float) -> bool:
    return samples.size >= 1600 and sinad_db(samples[-1600:], 8000, tone_hz) > 15


def wait_for_tone(server: PulseServer, sink: str, tone_hz: float) -> None:
    wait_until(lambda: has_tone(server.record(sink, 0.25), tone_hz), timeout_s=10)


@on_both
def test_a_call_follows_the_default_devices(server: PulseServer, tmp_path: Path) -> None:
    server.make_default("speaker", "speaker.monitor")
    device = PulseDevice(server=server.address)
    with call(device, tmp_path, tone(CALLER_HZ, -10, 1.0)) as heard:
        wait_for_tone(server, "speaker", CALLER_HZ)
        server.make_default("headset", "microphone")
        wait_for_tone(server, "headset", CALLER_HZ)
        server.play("voice", tone(OPERATOR_HZ, -10, 1.5))
        assert level_dbfs(server.record("speaker", 0.25)) < -90
        # Unplugged, and without a configured device: the next default is used.
        server.unplug("headset")
        wait_for_tone(server, "speaker", CALLER_HZ)
        assert not device.status().is_fallback
    # only audible at all: on a busy machine the player leaves gaps
    assert sinad_windows_db(read_wav(heard), 8000, OPERATOR_HZ, 0.2).max() > 15


def test_a_sleeping_sink_is_told_and_wakes_up(server: PulseServer, tmp_path: Path) -> None:
    device = PulseDevice(output_device="headset", input_device="microphone", server=server.address)
    with call(device, tmp_path, tone(CALLER_HZ, -10, 1.0)):
        wait_for_tone(server, "headset", CALLER_HZ)
        server.suspend("headset", True)
        wait_until(lambda: not device.status().output_works)
        assert device.status().input_works
        server.suspend("headset", False)
        wait_until(lambda: device.status() == DeviceStatus())
        wait_for_tone(server, "headset", CALLER_HZ)


@on_pipewire
def test_the_caller_s_echo_is_taken_out(server: PulseServer, tmp_path: Path) -> None:
    # The earpiece is coupled to the microphone, as with a loudspeaker.
    server.load("module-loopback", "source=headset.monitor sink=voice latency_msec=30")
    device = PulseDevice(
        input_device="microphone",
        output_device="headset",
        server=server.address,
        echo_cancellation=True,
    )
    with call(device, tmp_path, speech_like(8.0)) as heard:
        wait_until(lambda: read_wav(heard).size >= 3 * 8000)
        echo_dbfs = level_dbfs(server.record("voice", 2.0))
        assert device.status() == DeviceStatus()
        assert len(server.modules(CANCELLER)) == 1
    assert echo_dbfs > -30
    assert level_dbfs(read_wav(heard)[-16000:]) < echo_dbfs - 20
    wait_until(lambda: not server.modules(CANCELLER))


def test_the_operator_is_heard_through_the_canceller_also_after_unplugging(
    server: PulseServer, tmp_path: Path
) -> None:
    device = PulseDevice(
        input_device="microphone",
        output_device="headset",
        server=server.address,
        echo_cancellation=True,
    )
    with call(device, tmp_path, tone(CALLER_HZ, -30, 1.0)) as heard:
        wait_until(lambda: len(server.modules(CANCELLER)) == 1)
        wait_for_tone(server, "headset", CALLER_HZ)
        server.unplug("headset")
        wait_until(lambda: "sink_master=speaker" in "".join(server.modules(CANCELLER)))
        wait_for_tone(server, "speaker", CALLER_HZ)
        wait_until(lambda: device.status().is_fallback)
        server.plug("headset")
        wait_until(lambda: "sink_master=headset" in "".join(server.modules(CANCELLER)))
        wait_for_tone(server, "headset", CALLER_HZ)
        wait_until(lambda: not device.status().is_fallback)
        assert len(server.modules(CANCELLER)) == 1
        said = speech_like(2.0)
        server.play("voice", said)
    # As loud as it was sent, and no louder.
    assert level_dbfs(read_wav(heard)[-12000:]) == pytest.approx(level_dbfs(said), abs=3)
    wait_until(lambda: not server.modules(CANCELLER))


def test_a_server_without_echo_cancellation_is_told_and_the_call_goes_on(tmp_path: Path) -> None:
    with PulseServer(*SINKS, loads_modules=False) as server:
        device = PulseDevice(output_device="headset", server=server.address, echo_cancellation=True)
        with call(device, tmp_path, tone(CALLER_HZ, -10, 1.0)):
            wait_until(lambda: device.status() == DeviceStatus(echo_cancellation_works=False))
            wait_for_tone(server, "headset", CALLER_HZ)


def test_the_canceller_of_a_dead_phone_is_taken_out(server: PulseServer, tmp_path: Path) -> None:
    dead = os.fork()
    if dead == 0:
        os._exit(0)
    os.waitpid(dead, 0)
    server.load(
        CANCELLER,
        f"source_name=edinyi_nomer_echo_{dead}_abc_source source_master=microphone "
        f"sink_name=edinyi_nomer_echo_{dead}_abc_sink sink_master=headset",
    )
    server.load(CANCELLER, "source_name=of_another source_master=microphone sink_master=headset")
    device = PulseDevice(server=server.address, echo_cancellation=True)
    with call(device, tmp_path, tone(CALLER_HZ, -10, 1.0)):
        wait_until(lambda: any(str(os.getpid()) in each for each in server.modules(CANCELLER)))
        assert not any(f"_{dead}_" in each for each in server.modules(CANCELLER))
    wait_until(lambda: len(server.modules(CANCELLER)) == 1)
    assert "of_another" in server.modules(CANCELLER)[0]


@on_both
def test_the_settings_can_show_the_devices(
    server: PulseServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", server.address)
    server.make_default("headset", "microphone")
    server.load(
        CANCELLER, "source_name=edinyi_nomer_echo_1_a_source sink_name=edinyi_nomer_echo_1_a_sink"
    )

    def is_default() -> dict[tuple[str, bool], bool]:
        return {(each.name, each.is_input): each.is_default for each in list_audio_devices()}

    expected = {(sink, False): sink == "headset" for sink in SINKS}
    wait_until(lambda: is_default() == {**expected, ("microphone", True): True})
    assert all(each.description for each in list_audio_devices())
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent/socket")
    assert list_audio_devices() == ()


@on_pipewire
def test_the_microphone_is_measured(server: PulseServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", server.address)
    settings = AudioSettings(driver="pulse", input_device="microphone")
    with noise_on(server, "voice", tone(OPERATOR_HZ, -20, 3.0)):
        found = measure_microphone(settings, duration_s=1.0)
    assert found.verdict is MicrophoneVerdict.GOOD
    assert found.level_dbfs == pytest.approx(-20, abs=1)
    server.kill()
    assert measure_microphone(settings).verdict is MicrophoneVerdict.MISSING
