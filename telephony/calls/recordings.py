"""Recordings of a phone's calls: start, pause, resume, stop, and move to a replacing call.

At most one recording per call. All methods run on the event loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from telephony.calls.media import CallMedia
from telephony.commands import RecordingAction
from telephony.errors import DeviceError
from telephony.events import RecordingChanged, RecordingState
from telephony.media.recording import CallRecorder, build_recorder, read_announcement
from telephony.settings import RecordingSettings

_log = logging.getLogger(__name__)
# A complete file is reported before the end of its call, unless writing takes longer than this.
_FINISH_TIMEOUT_S = 0.3


@dataclass(slots=True)
class _Recording:
    """Recording of one call. ``states`` were reported by the recorder's threads and are not
    processed yet.
    """

    call_id: str
    recorder: CallRecorder
    states: deque[RecordingState] = field(default_factory=deque)
    paused: bool = False


class CallRecordings:
    """Recordings, at most one per call. All methods must be called on the running loop."""

    def __init__(
        self,
        settings: RecordingSettings,
        media: CallMedia,
        on_change: Callable[[RecordingChanged], None],
        now: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._media = media
        self._on_change = on_change
        self._now = now
        self._running: dict[str, _Recording] = {}

    def use(self, settings: RecordingSettings) -> None:
        """Sets the settings of subsequent recordings."""
        self._settings = settings

    def established(self, call_id: str, replaced: str | None) -> None:
        """Continues the recording of the replaced call, or starts an automatic recording."""
        recording = None if replaced is None else self._running.pop(replaced, None)
        if recording is not None:
            self._media.move_recorder(recording.call_id, call_id)
            recording.call_id = call_id
            self._running[call_id] = recording
        elif self._settings.automatic:
            self.command(call_id, RecordingAction.START)

    def command(self, call_id: str, action: RecordingAction) -> str | None:
        """Executes an action; returns the code of CommandRefused, or None on success."""
        recording = self._running.get(call_id)
        if action is RecordingAction.START:
            return self._start(call_id) if recording is None else "wrong_state"
        if recording is None:
            return "wrong_state"
        match action:
            case RecordingAction.PAUSE if not recording.paused:
                recording.paused = True
                recording.recorder.pause()
            case RecordingAction.RESUME if recording.paused:
                recording.paused = False
                recording.recorder.resume()
            case RecordingAction.STOP:
                self._media.stop_recording(call_id)
            case _:
                return "wrong_state"
        return None

    def ended(self, call_id: str) -> None:
        """Waits briefly for the recording to finish and reports its end.

        Call it after the media are closed and before the end of the call is reported.
        """
        recording = self._running.get(call_id)
        if recording is not None:
            if not recording.recorder.join(_FINISH_TIMEOUT_S):
                _log.warning("recording: not finished at end of call")
            self._take(recording)

    def _start(self, call_id: str) -> str | None:
        if self._settings.directory is None:
            return "no_media"
        try:
            announcement = read_announcement(self._settings)
        except DeviceError as error:
            # If an announcement is configured, calls must not be recorded without it.
            _log.warning("announcement: cannot read: %s", error.code)
            return "no_media"
        loop = asyncio.get_running_loop()

        def on_state(state: RecordingState) -> None:
            recording.states.append(state)
            loop.call_soon_threadsafe(self._take, recording)

        recorder = build_recorder(self._settings, self._now(), on_state)
        recording = _Recording(call_id, recorder)
        self._running[call_id] = recording
        self._media.start_recording(call_id, recorder, announcement)
        return None

    def _take(self, recording: _Recording) -> None:
        while recording.states:
            state = recording.states.popleft()
            if state in (RecordingState.STOPPED, RecordingState.FAILED):
                self._running.pop(recording.call_id, None)
            path = str(recording.recorder.path)
            self._on_change(RecordingChanged(recording.call_id, self._now(), state, path))
