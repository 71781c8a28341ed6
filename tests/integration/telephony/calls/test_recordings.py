"""Recordings of real calls, of killed programs, and on full disks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from telephony.events import RecordingState
from telephony.media.devices.buffer import FileDevice
from telephony.media.engine import MediaEngine, MediaSession, MediaTarget
from telephony.media.recording import CallRecorder, RecordingEnd, decrypt_recording
from telephony.media.samples import Samples
from telephony.media.wav import write_wav
from tests.fakes.audio_measure import align_and_correlate, speech_like
from tests.fakes.rtp_peer import wait_until

KEY = bytes(range(32))
keys = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])


def read(path: Path, key: bytes | None) -> tuple[Samples, RecordingEnd]:
    """Returns both sides of the recording and how it ends."""
    end = RecordingEnd.WHOLE
    if key is not None:
        opened = path.with_suffix(".opened")
        end = decrypt_recording(path, opened, key)
        path = opened
    samples, _rate_hz = soundfile.read(path, dtype="int16")
    return np.asarray(samples, dtype=np.int16), end


@contextmanager
def child(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.fakes.recording_child", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == word:
            return
    raise AssertionError(word)


@keys
def test_what_was_said_before_a_kill_is_kept(tmp_path: Path, key: bytes | None) -> None:
    path = tmp_path / "call"
    with child(str(path), "" if key is None else key.hex()) as process:
        wait_for(process, "second 2")
        process.kill()
        process.wait()
    found, end = read(path, key)
    assert end is (RecordingEnd.WHOLE if key is None else RecordingEnd.CUT_OFF)
    # At most a block of the encoder, a turn of the writer and a stall of the machine are missing.
    assert len(found) >= (2.0 - 0.6) * 8000
    chance = np.random.default_rng(7)
    for place in range(0, len(found) - 159, 160):
        far, near = chance.integers(-5000, 5000, (2, 160), dtype=np.int16)
        assert np.array_equal(found[place : place + 160], np.stack((far, near), axis=1))


@keys
def test_a_full_disk_ends_the_recording_and_not_the_program(
    tmp_path: Path, key: bytes | None
) -> None:
    path = tmp_path / "call"
    with child(str(path), "" if key is None else key.hex(), "40000") as process:
        wait_for(process, "failed")
        wait_for(process, "going on")
    assert path.stat().st_size <= 40000
    found, end = read(path, key)
    assert end is (RecordingEnd.WHOLE if key is None else RecordingEnd.CUT_OFF)
    assert len(found) > 8000
    assert np.abs(found[-160:]).max() > 1000


@contextmanager
def call(folder: Path, far: Samples, near: Samples) -> Iterator[tuple[MediaSession, MediaSession]]:
    """Yields an operator's session, and the session of a caller who has just started to speak."""
    write_wav(folder / "far.wav", far)
    write_wav(folder / "near.wav", near)
    engines = [
        MediaEngine(
            FileDevice(str(folder / f"{name}.wav"), None), port_first=port, port_last=port + 99
        )
        for name, port in (("near", 46500), ("far", 46600))
    ]
    for engine in engines:
        engine.start()
    operator, caller = (engine.open("call") for engine in engines)
    operator.connect(MediaTarget("127.0.0.1", caller.local_port))
    caller.connect(MediaTarget("127.0.0.1", operator.local_port))
    yield operator, caller
    for engine in engines:
        engine.stop()


def test_both_sides_of_a_call_are_kept_in_step(tmp_path: Path) -> None:
    far, near = speech_like(6.0, seed=1), speech_like(6.0, seed=2)
    states: list[RecordingState] = []
    recorder = CallRecorder(tmp_path / "recordings" / "call", KEY, states.append)
    with call(tmp_path, far, near) as (operator, caller):
        operator.start_recording(recorder)
        wait_until(lambda: caller.statistics().packets_received > 100)
        # Hold by a re-INVITE, and resume.
        target = MediaTarget("127.0.0.1", caller.local_port)
        held = MediaTarget("127.0.0.1", caller.local_port, sending=False, receiving=False)
        operator.connect(held)
        packets = operator.statistics().packets_received + 25
        wait_until(lambda: operator.statistics().packets_received > packets)
        operator.connect(target)
        packets = operator.statistics().packets_received + 100
        wait_until(lambda: operator.statistics().packets_received > packets)
    assert recorder.join(5.0)
    assert states == [RecordingState.STARTED, RecordingState.STOPPED]
    found, end = read(recorder.path, KEY)
    assert end is RecordingEnd.WHOLE
    # The caller is delayed by a jitter buffer, before and after the hold.
    for part in (found[1600:15000], found[-14000:-1600]):
        delays_s = [
            align_and_correlate(said, part[:, side]).delay_s for side, said in ((0, far), (1, near))
        ]
        assert 0.02 <= delays_s[0] - delays_s[1] <= 0.12
    loud = np.flatnonzero(np.abs(found).max(axis=1))
    assert np.diff(loud).max() >= 20 * 160
