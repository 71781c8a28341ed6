"""Audio through PortAudio resumes after a driver failure."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.fakes.portaudio_driver import PortAudioDriver

LIMIT_S = 20.0


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> PortAudioDriver:
    """Installs the driver under the library's name."""
    driver = PortAudioDriver()
    monkeypatch.setitem(sys.modules, "sounddevice", driver.module)
    monkeypatch.delitem(sys.modules, "telephony.media.devices.portaudio", raising=False)
    return driver


def _device() -> Any:
    return importlib.import_module("telephony.media.devices.portaudio").PortAudioDevice()


def _until(holds: Callable[[], bool]) -> bool:
    end_s = time.monotonic() + LIMIT_S
    while time.monotonic() < end_s:
        if holds():
            return True
        time.sleep(0.02)
    return False


def _works(device: Any) -> bool:
    status = device.status()
    return bool(status.input_works and status.output_works)


def test_the_sound_of_a_call_comes_back_after_portaudio_failed_to_start(
    driver: PortAudioDriver, caplog: pytest.LogCaptureFixture
) -> None:
    device = _device()
    device.open(8000)
    assert _until(lambda: _works(device))

    driver.lose_device(start_failures=2)
    assert _until(lambda: driver.open_streams == 0)
    assert not _works(device)

    assert _until(lambda: _works(device))
    logged = [record for record in caplog.records if "portaudio: " in record.getMessage()]
    assert len(logged) == 1  # once per failure, not at each attempt
    device.close()
    assert _until(lambda: driver.open_streams == 0)


def test_a_stream_that_cannot_start_is_closed_and_opened_again(driver: PortAudioDriver) -> None:
    device = _device()
    device.open(8000)
    assert _until(lambda: _works(device))

    driver.lose_device(start_failures=0, stream_failures=3)

    assert _until(lambda: _works(device))
    assert driver.open_streams == 2
    device.close()
    assert _until(lambda: driver.open_streams == 0)


def test_the_next_call_has_sound_after_a_failure_in_the_call_before(
    driver: PortAudioDriver,
) -> None:
    device = _device()
    device.open(8000)
    assert _until(lambda: _works(device))
    driver.lose_device(start_failures=1)
    assert _until(lambda: driver.open_streams == 0)
    device.close()

    device.open(16000)

    assert _until(lambda: _works(device))
    device.close()
    assert _until(lambda: driver.open_streams == 0)
