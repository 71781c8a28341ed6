"""The device whose ends are a program's read and write."""

from __future__ import annotations

import threading
import time

import numpy as np

from telephony.media.devices.buffer import BufferDevice
from telephony.media.samples import Samples


def ramp(first: int, count: int) -> Samples:
    return np.arange(first, first + count, dtype=np.int16)


def test_what_is_written_is_sent_in_frames_and_silence_fills_up() -> None:
    device = BufferDevice()
    device.write(ramp(1, 100))
    device.write(ramp(101, 100))
    assert not device.read_frame().any(), "nothing goes out before the call"
    device.open(8000)
    assert device.read_frame().tolist() == list(range(1, 161))
    assert device.unsent == 40
    assert device.read_frame().tolist() == [*range(161, 201), *[0] * 120]
    assert not device.read_frame().any()


def test_unsent_audio_can_be_dropped() -> None:
    device = BufferDevice()
    device.open(8000)
    device.write(ramp(1, 1000))
    device.flush()
    assert not device.read_frame().any()


def test_reading_takes_any_number_in_order() -> None:
    device = BufferDevice()
    device.open(8000)
    for start in (0, 160, 320):
        device.write_frame(ramp(start, 160))
    assert device.read(200, 0.0).tolist() == list(range(200))
    assert device.read(100, 0.0).tolist() == list(range(200, 300))
    assert device.read(200, 0.0).tolist() == [*range(300, 480), *[0] * 20]


def test_a_reader_waits_for_audio_and_is_woken_by_it() -> None:
    device = BufferDevice()
    device.open(8000)
    got: list[Samples] = []
    reader = threading.Thread(target=lambda: got.append(device.read(320, None)))
    reader.start()
    device.write_frame(ramp(0, 160))
    device.write_frame(ramp(160, 160))
    reader.join(5)
    assert got[0].tolist() == list(range(320))


def test_a_reader_waits_no_longer_than_it_may() -> None:
    device = BufferDevice()
    device.open(8000)
    started_s = time.monotonic()
    assert not device.read(160, 0.05).any()
    assert 0.05 <= time.monotonic() - started_s < 2


def test_the_end_of_the_call_wakes_readers_with_what_there_is() -> None:
    device = BufferDevice()
    device.open(8000)
    device.write_frame(ramp(1, 160))
    got: list[Samples] = []
    reader = threading.Thread(target=lambda: got.append(device.read(320, None)))
    reader.start()
    device.close()
    reader.join(5)
    assert got[0].tolist() == [*range(1, 161), *[0] * 160]
    assert not device.read(160, None).any()


def test_of_unread_audio_the_last_minute_is_kept() -> None:
    device = BufferDevice()
    device.open(8000)
    for second in range(70):
        for _ in range(50):
            device.write_frame(np.full(160, second, dtype=np.int16))
    assert device.read(1, 0.0).tolist() == [10]
