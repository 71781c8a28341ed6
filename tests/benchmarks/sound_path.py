"""Delay of a voice from microphone to ear, through the sound server on both sides.

Run as ``python -m tests.benchmarks.sound_path [seconds]``. Two of the product's phones talk through
null sinks of a private PulseAudio, then two baresips through the same sinks by ALSA's pulse plugin.
Sent and received audio are the two channels of one sink, so their distance in its monitor's
recording is the delay of the complete path: capture, packets, network, jitter buffer, playback. The
sinks themselves add 50 ms of latency to both. The limit is baresip's figure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Self

import numpy as np
import pasimple

from telephony.media.devices.pulse import PulseDevice
from telephony.media.engine import MediaEngine, MediaTarget
from telephony.media.samples import TELEPHONE_RATE_HZ, Samples
from tests.fakes.audio_measure import align_and_correlate, speech_like
from tests.fakes.baresip import BaresipCaller
from tests.fakes.pulse_server import PulseServer

_SETTLE_S = 3.0
_WINDOW_S = 2.0
_LEAST_CORRELATION = 0.9


class SoundServer(PulseServer):
    """A sink of two channels: left is the sent audio, right the received audio."""

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    def __init__(self) -> None:
        super().__init__("idle", "both")

    def start(self) -> None:
        super().start()
        remap = "remix=no channels=1 channel_map=mono"
        for name, channel in (("said", "front-left"), ("heard", "front-right")):
            self.load(
                "module-remap-sink",
                f"sink_name={name} master=both master_channel_map={channel} {remap}",
            )
        self.load(
            "module-remap-source",
            f"source_name=microphone master=both.monitor master_channel_map=front-left {remap}",
        )

    def _arguments(self, sink: str) -> str:
        return f"sink_name={sink} rate=48000 channels=2 norewinds=1"

    def record_both(self, duration_s: float) -> tuple[Samples, Samples]:
        """Records the sent and the received audio."""
        with pasimple.PaSimple(
            pasimple.PA_STREAM_RECORD,
            pasimple.PA_SAMPLE_S16LE,
            2,
            TELEPHONE_RATE_HZ,
            app_name="test",
            server_name=self.address,
            device_name="both.monitor",
            fragsize=640,
        ) as stream:
            data = stream.read(4 * int(duration_s * TELEPHONE_RATE_HZ))
        sound = np.frombuffer(data, dtype="<i2").astype(np.int16).reshape(-1, 2)
        return sound[:, 0], sound[:, 1]


def phone(server: str, input_device: str, output_device: str) -> None:
    """Runs one phone as a process: reports its port, receives the other's, runs until the end."""
    device = PulseDevice(input_device=input_device, output_device=output_device, server=server)
    engine = MediaEngine(device, port_first=47000, port_last=47999)
    engine.start()
    session = engine.open("call")
    print(session.local_port, flush=True)
    session.connect(MediaTarget("127.0.0.1", int(sys.stdin.readline())))
    sys.stdin.read()
    engine.stop()


@contextmanager
def our_call(server: SoundServer) -> Iterator[None]:
    """Runs a call of two phones, from the first phone's microphone to the second phone's
    earpiece.
    """
    with ExitStack() as stack:
        phones = []
        for devices in (("microphone", "idle"), ("idle.monitor", "heard")):
            command = [sys.executable, "-m", __spec__.name, "phone", server.address, *devices]
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            stack.enter_context(process)
            phones.append(process)
        ports = [each.stdout.readline() for each in phones if each.stdout is not None]
        for each, port in zip(phones, reversed(ports), strict=True):
            assert each.stdin is not None
            each.stdin.write(port)
            each.stdin.flush()
        yield
        for each in phones:
            assert each.stdin is not None
            each.stdin.close()


def sound_baresip(
    user: str, source: str, player: str, *, auto_answer: bool = False
) -> BaresipCaller:
    """A baresip with ALSA devices, and its own defaults for all buffers."""
    configuration = (
        f"audio_source alsa,{source}",
        f"audio_player alsa,{player}",
        "audio_buffer 20-160",
        "module alsa.so",
    )
    return BaresipCaller(user, auto_answer=auto_answer, configuration=configuration)


@contextmanager
def baresip_call(server: SoundServer) -> Iterator[None]:
    """Runs a call of two baresips with the same devices."""
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as config, ExitStack() as stack:
        config.write("</usr/share/alsa/alsa.conf>\n")
        for name, device in (
            ("microphone", "microphone"),
            ("idle", "idle"),
            ("quiet", "idle.monitor"),
            ("heard", "heard"),
        ):
            config.write(
                f'pcm.{name} {{ type pulse server "{server.address}" device "{device}" }}\n'
            )
        config.flush()
        os.environ["ALSA_CONFIG_PATH"] = config.name
        listener = stack.enter_context(sound_baresip("2", "quiet", "heard", auto_answer=True))
        speaker = stack.enter_context(sound_baresip("1", "microphone", "idle"))
        speaker.dial(listener.uri)
        yield
        speaker.hang_up()


def measure(server: SoundServer, duration_s: float) -> list[tuple[float, float]]:
    """Delay in ms and correlation of each window of speech."""
    speech = speech_like(_SETTLE_S + duration_s + _WINDOW_S)
    thread = threading.Thread(target=server.play, args=("said", speech))
    thread.start()
    said, heard = server.record_both(_SETTLE_S + duration_s)
    thread.join()
    found = []
    size = int(_WINDOW_S * TELEPHONE_RATE_HZ)
    for place in range(int(_SETTLE_S * TELEPHONE_RATE_HZ), said.size - size + 1, size):
        part = align_and_correlate(said[place : place + size // 2], heard[place : place + size])
        found.append((part.delay_s * 1000, part.correlation))
    return found


def main() -> int:
    """Prints both; returns 1 if the product is slower or audio was lost."""
    duration_s = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    medians_ms = {}
    for name, call in (("ours", our_call), ("baresip", baresip_call)):
        with SoundServer() as server, call(server):
            time.sleep(1.0)
            found = measure(server, duration_s)
        delays_ms = [delay for delay, correlation in found if correlation >= _LEAST_CORRELATION]
        medians_ms[name] = float(np.median(delays_ms)) if delays_ms else float("inf")
        print(
            f"{name:8} {medians_ms[name]:6.1f} ms from said to heard "
            f"({min(delays_ms, default=0):.1f} to {max(delays_ms, default=0):.1f}), "
            f"{len(delays_ms)} of {len(found)} windows heard well"
        )
    return int(not medians_ms["ours"] <= medians_ms["baresip"] < float("inf"))


if __name__ == "__main__":
    if sys.argv[1:2] == ["phone"]:
        phone(*sys.argv[2:])
    else:
        sys.exit(main())
