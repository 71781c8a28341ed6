"""The recording of one call: both sides in one file, written by a thread of its own.

Left is the far side as it was heard here, right is what was sent to it: the operator, silence
while muted or on hold, or an announcement. A place in the file is the time since its beginning:
paused time, a stalled clock and the moment between two sessions of one call are silence. A pause
begins with a short tone in the file alone, so that its silence is seen to be wanted.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from telephony.events import RecordingState
from telephony.media.recordings.flac import FlacStream
from telephony.media.recordings.recording_file import create_recording_file
from telephony.media.resampling import RateAdapter
from telephony.media.samples import FRAME_MS, Samples, frame_samples, to_samples
from telephony.media.wav import read_wav
from telephony.settings import RecordingSettings

_log = logging.getLogger(__name__)
_DRAIN_S = 0.1
_FRAME_S = FRAME_MS / 1000
# A disk that hangs for longer has failed; until then the frames wait in memory.
_WAITING_LIMIT = 60 * 1000 // FRAME_MS
_MARK_HZ = 440.0
_MARK_S = 0.4
_MARK_PEAK = 3277.0
_SIDES = 2

_Entry = tuple[Samples, Samples] | int | RecordingState
"""Both sides of 20 ms, so many frames of silence, or a pause or its end."""


def recording_path(settings: RecordingSettings, at: datetime, identifier: str) -> Path:
    """Where the recording of a call at ``at`` goes: the name tells the time and nobody's number.

    ValueError when the settings name no folder.
    """
    if settings.directory is None:
        raise ValueError("directory")
    suffix = "sealed" if settings.key else "flac"
    name = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{identifier}.{suffix}"
    return Path(settings.directory) / name


def build_recorder(
    settings: RecordingSettings, at: datetime, on_state: Callable[[RecordingState], None]
) -> CallRecorder:
    """A recorder for a call at ``at``, not begun; ValueError when the settings name no folder."""
    path = recording_path(settings, at, secrets.token_hex(6))
    return CallRecorder(path, bytes.fromhex(settings.key) or None, on_state)


def read_announcement(settings: RecordingSettings) -> Samples | None:
    """What callers hear when a recording begins, 8 kHz; DeviceError as ``read_wav``'s."""
    if settings.announcement_file is None:
        return None
    return read_wav(Path(settings.announcement_file))


class CallRecorder:
    """Records until stop(), in whatever sessions it is put; see MediaSession.start_recording().

    pause(), resume() and stop() belong to the controlling thread and return at once; put() and
    skip() to the media thread, which they never hold up. ``on_state`` is called with STARTED,
    PAUSED, RESUMED and at last STOPPED or FAILED, on the recorder's thread, or FAILED on the
    media thread when the disk hangs; it must return at once.
    """

    def __init__(
        self, path: Path, key: bytes | None, on_state: Callable[[RecordingState], None]
    ) -> None:
        self.path = path
        self._key = key
        self._on_state = on_state
        self._entries: deque[_Entry] = deque()
        self._over = False
        self._over_lock = threading.Lock()
        self._stopping = threading.Event()
        self._last_put_s: float | None = None
        self._is_attached = False
        self._thread = threading.Thread(target=self._run, name="recording", daemon=True)
        # Recorder's thread only.
        self._far_rate = RateAdapter()
        self._near_rate = RateAdapter()
        self._stream: FlacStream | None = None
        self._frame = frame_samples()
        self._is_paused = False
        self._mark = _pause_mark(0)

    @property
    def is_over(self) -> bool:
        """Whether the file has got its last frame."""
        return self._over

    def attach(self) -> None:
        """A session takes the recorder: its thread starts, or time goes on that stood still."""
        self._is_attached = False
        if self._thread.ident is None:
            self._thread.start()

    def put(self, far: Samples, near: Samples) -> None:
        """Keep 20 ms of both sides."""
        if self._over:
            return
        now_s = time.monotonic()
        if not self._is_attached:
            self._is_attached = True
            if self._last_put_s is not None:
                self.skip(round((now_s - self._last_put_s) / _FRAME_S) - 1)
        self._last_put_s = now_s
        self._entries.append((far, near))
        if len(self._entries) > _WAITING_LIMIT:
            self._end(RecordingState.FAILED)

    def skip(self, frames: int) -> None:
        """So much time has passed without audio."""
        if frames > 0 and not self._over:
            self._entries.append(frames)

    def pause(self) -> None:
        """Nothing of what is said from now on is kept."""
        self._entries.append(RecordingState.PAUSED)

    def resume(self) -> None:
        """Keep what is said again."""
        self._entries.append(RecordingState.RESUMED)

    def stop(self) -> None:
        """Finish the file; is_over follows."""
        self._stopping.set()
        if self._thread.ident is None:
            self._over = True

    def join(self, timeout_s: float) -> bool:
        """Wait after stop() until the file is finished; False when it is not in time."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._write()
        except OSError as error:
            _log.warning("recording: %s", error.strerror)
            self._end(RecordingState.FAILED)
        else:
            self._end(RecordingState.STOPPED)

    def _end(self, state: RecordingState) -> None:
        with self._over_lock:
            if self._over:
                return
            self._over = True
        self._on_state(state)

    def _write(self) -> None:
        file = create_recording_file(self.path, self._key)
        try:
            self._on_state(RecordingState.STARTED)
            is_last = False
            while not is_last and not self._over:
                is_last = self._stopping.wait(_DRAIN_S)
                samples = self._drain()
                if self._stream is not None and samples is not None:
                    pieces = self._stream.append(samples)
                    if pieces:
                        file.write(pieces)
            if self._over:
                # The disk hung and goes on only now: the end is missing.
                file.abandon()
                return
            if self._stream is not None:
                file.write(self._stream.finish())
            file.finish()
        except OSError:
            file.abandon()
            raise

    def _drain(self) -> Samples | None:
        """Everything that has come in, of the shape (time, side); None when nothing has."""
        parts: list[Samples] = []
        while self._entries:
            entry = self._entries.popleft()
            match entry:
                case RecordingState():
                    self._note(entry)
                case int():
                    parts.append(self._silence(entry))
                case (far, near):
                    parts.append(self._both(far, near))
        return np.concatenate(parts) if parts else None

    def _note(self, state: RecordingState) -> None:
        pausing = state is RecordingState.PAUSED
        if pausing == self._is_paused:
            return
        self._is_paused = pausing
        self._mark = _pause_mark(50 * self._frame if pausing else 0)
        self._on_state(state)

    def _both(self, far: Samples, near: Samples) -> Samples:
        if self._stream is None:
            # The first frame sets the rate of the file.
            self._frame = far.size
            self._stream = FlacStream(50 * self._frame, _SIDES)
        if self._is_paused:
            return self._silence(1)
        sides = self._far_rate.fit(far, self._frame), self._near_rate.fit(near, self._frame)
        return np.stack(sides, axis=1)

    def _silence(self, frames: int) -> Samples:
        quiet = np.zeros((frames * self._frame, _SIDES), dtype=np.int16)
        mark = self._mark[: len(quiet)]
        self._mark = self._mark[len(mark) :]
        quiet[: len(mark)] = mark[:, np.newaxis]
        return quiet


def _pause_mark(rate_hz: int) -> Samples:
    time_s = np.arange(int(_MARK_S * rate_hz)) / max(1, rate_hz)
    return to_samples(_MARK_PEAK * np.sin(2 * np.pi * _MARK_HZ * time_s))
