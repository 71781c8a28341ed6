"""A private sound server of the test: null sinks, a private folder, nothing of the user's."""

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
    """A PulseAudio with the named null sinks, the first of them the default; ended by its pid.

    With ``loads_modules`` False its administrator allows no further modules.
    """

    def __init__(self, *sinks: str, rate_hz: int = 48000, loads_modules: bool = True) -> None:
        self._sinks = sinks
        self._rate_hz = rate_hz
        self._loads_modules = loads_modules
        # Short, because AF_UNIX paths are limited; and not named "pulse", which PulseAudio takes
        # for its own runtime folder.
        self._folder = Path(tempfile.mkdtemp(prefix="pa-"))
        self._processes: list[subprocess.Popen[bytes]] = []
        self.address = f"unix:{self._folder / 'native'}"

    def __enter__(self) -> PulseServer:
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        shutil.rmtree(self._folder)

    def start(self) -> None:
        """Starts the daemon and waits until it responds."""
        (self._folder / "native").unlink(missing_ok=True)
        modules = [f"module-native-protocol-unix socket={self._folder / 'native'} auth-anonymous=1"]
        modules += [f"module-null-sink {self._arguments(sink)}" for sink in self._sinks]
        modules += ["module-rescue-streams"]
        self._launch(
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--disable-shm=yes",
            "--realtime=no",
            "--high-priority=no",
            f"--disallow-module-loading={'no' if self._loads_modules else 'yes'}",
            *(part for module in modules for part in ("-L", module)),
        )
        self._wait()
        with self.connect() as pulse:
            pulse.sink_default_set(self._sinks[0])

    def _launch(self, *command: str) -> None:
        runtime = self._folder / "run"
        runtime.mkdir(mode=0o700, exist_ok=True)
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "XDG_RUNTIME_DIR": str(runtime),
            "PULSE_RUNTIME_PATH": str(runtime),
        }
        with (self._folder / f"{command[0]}.log").open("wb") as log:
            self._processes.append(
                subprocess.Popen(
                    command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
                )
            )

    def _wait(self) -> None:
        until = time.monotonic() + _START_TIMEOUT_S
        while True:
            try:
                with self.connect():
                    return
            except pulsectl.PulseError:
                alive = all(each.poll() is None for each in self._processes)
                logs = [each.read_text() for each in self._folder.glob("*.log")]
                assert alive, logs
                assert time.monotonic() < until, logs
                time.sleep(0.02)

    def kill(self) -> None:
        """Kills the server immediately, as a crash would."""
        processes, self._processes = self._processes, []
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()

    def connect(self) -> Any:
        """Returns a pulsectl connection, to be used as a context manager."""
        return pulsectl.Pulse("test", server=self.address)

    def unplug(self, sink: str) -> None:
        """Removes a sink and its monitor."""
        with self.connect() as pulse:
            wanted = pulse.get_sink_by_name(sink)
            pulse.module_unload(wanted.owner_module)

    def plug(self, sink: str) -> None:
        """Adds a removed sink again."""
        with self.connect() as pulse:
            pulse.module_load("module-null-sink", self._arguments(sink))

    def record(self, sink: str, duration_s: float) -> Samples:
        """Records the sink for this duration, at 8 kHz."""
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
        """Plays the samples on the sink and waits until they are nearly finished."""
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

    def load(self, module: str, arguments: str) -> None:
        with self.connect() as pulse:
            pulse.module_load(module, arguments)

    def suspend(self, sink: str, suspended: bool) -> None:
        """Stops the sink's clock, as an idle or hanging device does, or resumes it."""
        with self.connect() as pulse:
            pulse.sink_suspend(pulse.get_sink_by_name(sink).index, int(suspended))

    def make_default(self, sink: str, source: str) -> None:
        """Sets the default devices."""
        with self.connect() as pulse:
            pulse.sink_default_set(sink)
            pulse.source_default_set(source)

    def modules(self, name: str) -> list[str]:
        """Returns the arguments of every loaded module of that name."""
        with self.connect() as pulse:
            return [each.argument or "" for each in pulse.module_list() if each.name == name]

    def _arguments(self, sink: str) -> str:
        return f"sink_name={sink} rate={self._rate_hz} channels=1 norewinds=1"


class PipeWireServer(PulseServer):
    """PipeWire with its session manager and its pulse server, without any D-Bus."""

    def __init__(self, *sinks: str) -> None:
        super().__init__(*sinks)
        self.address = f"unix:{self._folder / 'run' / 'native'}"

    def start(self) -> None:
        """Starts the three daemons and waits until they respond."""
        shutil.rmtree(self._folder / "run", ignore_errors=True)
        until = time.monotonic() + _START_TIMEOUT_S
        self._launch("pipewire")
        while not (self._folder / "run" / "pipewire-0").exists():
            assert time.monotonic() < until, "no PipeWire"
            time.sleep(0.01)
        self._launch("wireplumber")
        self._launch("pipewire-pulse")
        self._wait()
        for sink in self._sinks:
            self._plug_when_ready(sink, until)
        with self.connect() as pulse:
            while {each.name for each in pulse.sink_list()} < set(self._sinks):
                assert time.monotonic() < until, "no sinks"
                time.sleep(0.02)
            self._choose_default(pulse, until)

    def _choose_default(self, pulse: pulsectl.Pulse, until: float) -> None:
        """Selects the first sink; the session manager may start a little after the sinks."""
        while True:
            try:
                pulse.sink_default_set(self._sinks[0])
            except pulsectl.PulseOperationFailed:
                assert time.monotonic() < until, "no default sink"
                time.sleep(0.05)
            else:
                return

    def _plug_when_ready(self, sink: str, until: float) -> None:
        """Adds the sink; the pulse server responds a little before it can load modules."""
        while True:
            try:
                self.plug(sink)
            except pulsectl.PulseOperationFailed:
                assert time.monotonic() < until, "no modules"
                time.sleep(0.05)
            else:
                return
