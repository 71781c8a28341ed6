"""Content of recording files, and the states that the recorder reports."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
import soundfile

from telephony.events import RecordingState
from telephony.media.recording import (
    CallRecorder,
    RecordingEnd,
    build_recorder,
    decrypt_recording,
    read_announcement,
    recording_path,
)
from telephony.media.samples import Samples, level_dbfs, silence
from telephony.media.wav import write_wav
from telephony.settings import RecordingSettings
from tests.fakes.audio_measure import sinad_db, speech_like, tone
from tests.fakes.rtp_peer import wait_until

KEY = bytes(range(32))
FAR = speech_like(3.0, seed=1)
NEAR = speech_like(3.0, seed=2)
LONGEST_FRAMES = 1_000_000


class Recording:
    """A recorder with its file and the reported states."""

    def __init__(self, path: Path, key: bytes | None = None) -> None:
        self.states: list[RecordingState] = []
        self.recorder = CallRecorder(path, key, self.states.append)

    def put(self, far: Samples, near: Samples, frame: int = 160) -> None:
        for place in range(0, far.size - frame + 1, frame):
            self.recorder.put(far[place : place + frame], near[place : place + frame])

    def finish(self) -> Samples:
        self.recorder.stop()
        assert self.recorder.join(5.0)
        return read(self.recorder.path)


def read(path: Path, rate_hz: int = 8000) -> Samples:
    # While the file is being written its header may not contain the length yet.
    samples, found_hz = soundfile.read(path, frames=LONGEST_FRAMES, dtype="int16")
    assert found_hz == rate_hz
    return np.asarray(samples, dtype=np.int16)


@pytest.fixture
def recording(tmp_path: Path) -> Iterator[Recording]:
    recording = Recording(tmp_path / "call.flac")
    recording.recorder.attach()
    yield recording
    recording.recorder.stop()
    assert recording.recorder.join(5.0)
    assert not [each for each in threading.enumerate() if each.name == "recording"]


def test_the_far_side_is_left_and_the_near_side_right(recording: Recording) -> None:
    recording.put(FAR, NEAR)
    assert np.array_equal(recording.finish(), np.stack((FAR, NEAR), axis=1))
    assert recording.states == [RecordingState.STARTED, RecordingState.STOPPED]


def test_a_pause_is_silence_that_begins_with_a_tone(recording: Recording) -> None:
    recording.put(FAR, NEAR)
    recording.recorder.pause()
    recording.put(FAR, NEAR)
    recording.recorder.resume()
    recording.put(FAR, NEAR)
    both = np.stack((FAR, NEAR), axis=1)
    found = recording.finish()
    size = FAR.size
    assert np.array_equal(found[:size], both)
    assert np.array_equal(found[2 * size :], both)
    for side in (0, 1):
        assert sinad_db(found[size : size + 3200, side], 8000, 440.0) > 40
    assert not found[size + 3200 : 2 * size].any()
    assert recording.states == [
        RecordingState.STARTED,
        RecordingState.PAUSED,
        RecordingState.RESUMED,
        RecordingState.STOPPED,
    ]


def test_a_tone_never_outlasts_its_pause(recording: Recording) -> None:
    recording.put(FAR[:1600], NEAR[:1600])
    recording.recorder.pause()
    recording.recorder.pause()
    recording.put(FAR[:320], NEAR[:320])
    recording.recorder.resume()
    recording.put(FAR[:1600], NEAR[:1600])
    found = recording.finish()
    assert np.array_equal(found[1920:], np.stack((FAR[:1600], NEAR[:1600]), axis=1))
    assert recording.states.count(RecordingState.PAUSED) == 1


def test_time_without_audio_is_silence(recording: Recording) -> None:
    recording.put(FAR[:1600], NEAR[:1600])
    recording.recorder.skip(25)
    recording.put(FAR[:1600], NEAR[:1600])
    found = recording.finish()
    assert len(found) == 1600 + 25 * 160 + 1600
    assert not found[1600:5600].any()
    assert np.array_equal(found[5600:, 0], FAR[:1600])


def test_between_two_sessions_time_goes_on(recording: Recording) -> None:
    recording.put(FAR[:1600], NEAR[:1600])
    left_s = time.monotonic()
    wait_until(lambda: time.monotonic() - left_s >= 0.3)
    recording.recorder.attach()
    recording.put(FAR[:1600], NEAR[:1600])
    found = recording.finish()
    gap = len(found) - 3200
    assert 0.24 * 8000 <= gap <= 0.6 * 8000
    assert not found[1600 : 1600 + gap].any()
    assert recording.states.count(RecordingState.STARTED) == 1


def test_the_first_frame_sets_the_rate_and_others_are_brought_to_it(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "call.flac")
    recording.recorder.attach()
    wide = tone(1004.0, -10, 1.0, rate_hz=16000)
    narrow = tone(1004.0, -10, 1.0)
    recording.put(wide, wide, frame=320)
    recording.put(narrow, narrow)
    recording.recorder.stop()
    assert recording.recorder.join(5.0)
    found = read(tmp_path / "call.flac", 16000)
    assert len(found) == 2 * wide.size
    for part in (found[1600:15000], found[17600:31000]):
        for side in (0, 1):
            assert level_dbfs(part[:, side]) == pytest.approx(-10, abs=0.1)
            assert sinad_db(part[:, side], 16000, 1004.0) > 45


def test_with_a_key_nothing_readable_is_on_the_disk(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "call.sealed", KEY)
    recording.recorder.attach()
    recording.put(FAR, NEAR)
    recording.recorder.stop()
    assert recording.recorder.join(5.0)
    assert [each.name for each in tmp_path.iterdir()] == ["call.sealed"]
    end = decrypt_recording(tmp_path / "call.sealed", tmp_path / "out.flac", KEY)
    assert end is RecordingEnd.WHOLE
    assert np.array_equal(read(tmp_path / "out.flac"), np.stack((FAR, NEAR), axis=1))


def test_what_was_put_is_soon_in_the_file(recording: Recording) -> None:
    path = recording.recorder.path
    recording.put(FAR, NEAR)
    wait_until(path.exists, timeout_s=10)
    wait_until(lambda: path.stat().st_size > 20000, timeout_s=10)
    wait_until(lambda: len(read(path)) >= FAR.size - 1153, timeout_s=10)
    recording.finish()


def test_a_folder_that_cannot_be_made_fails_the_recording_alone(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file in its place")
    recording = Recording(tmp_path / "folder" / "call.flac")
    recording.recorder.attach()
    wait_until(lambda: recording.recorder.is_over)
    recording.put(FAR, NEAR)
    recording.recorder.stop()
    assert recording.recorder.join(5.0)
    assert recording.states == [RecordingState.FAILED]


def test_a_recorder_that_was_never_put_to_use_leaves_nothing(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "call.flac")
    recording.recorder.stop()
    assert recording.recorder.join(1.0)
    assert recording.recorder.is_over
    assert not list(tmp_path.iterdir())


def test_a_disk_that_hangs_fails_the_recording_and_holds_up_nobody(tmp_path: Path) -> None:
    # A writer that hangs, as on an unavailable network drive: it never handles "started".
    release = threading.Event()
    states: list[RecordingState] = []

    def on_state(state: RecordingState) -> None:
        states.append(state)
        if state is RecordingState.STARTED:
            release.wait(20.0)

    recorder = CallRecorder(tmp_path / "call.flac", None, on_state)
    recorder.attach()
    try:
        wait_until(lambda: bool(states))
        quiet = silence(160)
        began_s = time.monotonic()
        for _ in range(3100):
            recorder.put(quiet, quiet)
        assert time.monotonic() - began_s < 3.0
        assert recorder.is_over
        assert states == [RecordingState.STARTED, RecordingState.FAILED]
    finally:
        release.set()
    assert recorder.join(5.0)
    assert states == [RecordingState.STARTED, RecordingState.FAILED]


def test_the_name_tells_the_time_and_nobodys_number(tmp_path: Path) -> None:
    settings = RecordingSettings(directory=str(tmp_path))
    at = datetime(2026, 11, 25, 3, 4, 5, tzinfo=timezone(timedelta(hours=3)))
    assert recording_path(settings, at, "a1b2") == tmp_path / "20261125T000405Z-a1b2.flac"
    sealed = replace(settings, key=KEY.hex())
    assert recording_path(sealed, at, "a1b2").name == "20261125T000405Z-a1b2.sealed"
    first, second = (build_recorder(sealed, at, lambda _state: None).path for _ in range(2))
    assert first != second
    with pytest.raises(ValueError, match="directory"):
        recording_path(RecordingSettings(), at, "a1b2")


def test_the_announcement_is_read_where_there_is_one(tmp_path: Path) -> None:
    write_wav(tmp_path / "notice.wav", FAR)
    assert read_announcement(RecordingSettings()) is None
    found = read_announcement(RecordingSettings(announcement_file=str(tmp_path / "notice.wav")))
    assert found is not None
    assert np.array_equal(found, FAR)
