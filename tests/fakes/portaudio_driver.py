"""A fake sound driver for PortAudio that can be unplugged and can fail to restart."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any


class PortAudioError(Exception):
    """The error of ``sounddevice``."""


class PortAudioDriver:
    """One microphone and one earpiece; ``module`` replaces ``sounddevice``."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_initialised = True
        self._start_failures = 0
        self._stream_failures = 0
        self._open: list[_DriverStream] = []
        self.module = ModuleType("sounddevice")
        contents = {
            "PortAudioError": PortAudioError,
            "RawInputStream": self._stream,
            "RawOutputStream": self._stream,
            "_initialize": self._initialize,
            "_terminate": self._terminate,
            "default": SimpleNamespace(device=(0, 0)),
            "query_devices": self._query_devices,
            "query_hostapis": self._query_hostapis,
        }
        vars(self.module).update(contents)

    @property
    def open_streams(self) -> int:
        with self._lock:
            return len(self._open)

    def lose_device(self, *, start_failures: int, stream_failures: int = 0) -> None:
        """Ends all streams; the given numbers of next attempts to initialise and to start will
        fail.
        """
        with self._lock:
            self._start_failures, self._stream_failures = start_failures, stream_failures
            for stream in self._open:
                stream.active = False

    def _initialize(self) -> None:
        with self._lock:
            if self._start_failures:
                self._start_failures -= 1
                raise PortAudioError("Error initializing PortAudio: Unanticipated host error")
            self._is_initialised = True

    def _terminate(self) -> None:
        with self._lock:
            self._check()
            self._is_initialised = False

    def _check(self) -> None:
        if not self._is_initialised:
            raise PortAudioError("PortAudio not initialized")

    def _query_devices(self, _device: str | None, _direction: str) -> dict[str, int]:
        with self._lock:
            self._check()
        return {"hostapi": 0}

    def _query_hostapis(self, _index: int) -> dict[str, str]:
        return {"name": "Core Audio"}

    def _stream(self, **_options: object) -> _DriverStream:
        with self._lock:
            self._check()
            stream = _DriverStream(self._start, self._forget)
            self._open.append(stream)
            return stream

    def _start(self) -> None:
        with self._lock:
            if self._stream_failures:
                self._stream_failures -= 1
                raise PortAudioError("Error starting stream: Device unavailable")

    def _forget(self, stream: _DriverStream) -> None:
        with self._lock:
            self._open.remove(stream)


class _DriverStream:
    def __init__(self, start: Callable[[], None], forget: Callable[[Any], None]) -> None:
        self._start, self._forget = start, forget
        self.active = False

    def start(self) -> None:
        self._start()
        self.active = True

    def close(self, **_options: object) -> None:
        self.active = False
        self._forget(self)
