"""A PulseAudio of the test's own: null sinks, a private folder, nothing of the user's."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pasimple
import pulsectl

from telephony.media.samples import TELEPHONE_RATE_HZ, Samples

_START_TIMEOUT_S = 10.0


class PulseServer:
    """One daemon with the named null sinks, the first of them the default; ended by its pid."""

    def __init__(self, *sinks: str, rate_hz: int = 48000) -> None:
        self._sinks = sinks
        self._rate_hz = rate_hz
        # Short, because AF_UNIX paths are; and not named "pulse", which PulseAudio takes for its
        # own runtime folder.
        self._folder = Path(tempfile.mkdtemp(prefix="pa-"))
        self._process: subprocess.Popen[bytes] | None = None
        self.address = f"unix:{self._folder / 'native'}"

    def __enter__(self) -> PulseServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        shutil.rmtree(self._folder)

    def start(self) -> None:
        """Start the daemon and wait until it answers."""
        (self._folder / "native").unlink(missing_ok=True)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "XDG_RUNTIME_DIR": str(self._folder / "run"),
            "PULSE_RUNTIME_PATH": str(self._folder / "run"),
        }
        (self._folder / "run").mkdir(mode=0o700, exist_ok=True)
        modules = [f"module-native-protocol-unix socket={self._folder / 'native'} auth-anonymous=1"]
        modules += [f"module-null-sink {self._arguments(sink)}" for sink in self._sinks]
        modules += ["module-rescue-streams"]
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [
                    "pulseaudio",
                    "-n",
                    "--daemonize=no",
                    "--exit-idle-time=-1",
                    "--use-pid-file=no",
                    "--disable-shm=yes",
                    "--realtime=no",
                    "--high-priority=no",
                    *(part for module in modules for part in ("-L", module)),
                ],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + _START_TIMEOUT_S
        while True:
            try:
                with self.connect() as pulse:
                    pulse.sink_default_set(self._sinks[0])
                    return
            except pulsectl.PulseError:
                alive = self._process.poll() is None
                assert alive, (self._folder / "log").read_text()
                assert time.monotonic() < until, "PulseAudio did not start in time"
                time.sleep(0.05)

    def kill(self) -> None:
        """End the daemon at once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def connect(self) -> Any:
        """A pulsectl connection, to be used as a context."""
        return pulsectl.Pulse("test", server=self.address)

    def unplug(self, sink: str) -> None:
        """Take a sink and its monitor away."""
        with self.connect() as pulse:
            wanted = pulse.get_sink_by_name(sink)
            pulse.module_unload(wanted.owner_module)

    def plug(self, sink: str) -> None:
        """Bring a sink back."""
        with self.connect() as pulse:
            pulse.module_load("module-null-sink", self._arguments(sink))

    def record(self, sink: str, duration_s: float) -> Samples:
        """What is played on the sink in the next seconds, at 8 kHz."""
        with pasimple.PaSimple(
            pasimple.PA_STREAM_RECORD,
            pasimple.PA_SAMPLE_S16LE,
            1,
            TELEPHONE_RATE_HZ,
            app_name="test",
            server_name=self.address,
            device_name=f"{sink}.monitor",
            fragsize=320,
        ) as stream:
            data = stream.read(2 * int(duration_s * TELEPHONE_RATE_HZ))
        return np.frombuffer(data, dtype="<i2").astype(np.int16)

    def play(self, sink: str, samples: Samples) -> None:
        """Play the samples on the sink and wait until they are nearly over."""
        with pasimple.PaSimple(
            pasimple.PA_STREAM_PLAYBACK,
            pasimple.PA_SAMPLE_S16LE,
            1,
            TELEPHONE_RATE_HZ,
            app_name="test",
            server_name=self.address,
            device_name=sink,
            tlength=1600,
        ) as stream:
            stream.write(samples.astype("<i2").tobytes())

    def _arguments(self, sink: str) -> str:
        return f"sink_name={sink} rate={self._rate_hz} channels=1"
