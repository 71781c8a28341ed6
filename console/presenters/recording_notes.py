"""Notes which file holds the sound of which call, as soon as the phone tells of one."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject

from console.bridge import Deliveries
from console.presenters.live_calls import LiveCall
from console.presenters.writes import Writes
from telephony.events import PhoneConnected, PhoneEvent, RecordingChanged, RecordingState


class RecordingsPort(Protocol):
    """Where it is written down; the future resolves after COMMIT."""

    def note(self, sip_call_id: str, file: str, at: datetime) -> "Future[None]": ...


class RecordingNotes(QObject):
    """The talk with somebody who is asked about a caller is a part of the caller's call."""

    def __init__(
        self,
        recordings: RecordingsPort,
        deliveries: Deliveries,
        call: Callable[[str], LiveCall | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._recordings = recordings
        self._writes = Writes(deliveries, self)
        self._call = call

    def receive(self, event: PhoneEvent) -> None:
        """Take in what the phone tells, after the desk has."""
        match event:
            case RecordingChanged(state=RecordingState.STARTED, call_id=call_id):
                call = self._call(call_id)
                asked_for = None if call is None else call.consultation_of
                self._note(asked_for or call_id, Path(event.path).name, event.at)
            case PhoneConnected(calls=calls):
                # what began while nobody was there to hear of it; what is known is the same again
                for known in calls:
                    for begun in known.recordings:
                        asked_for = known.consultation_of
                        self._note(asked_for or known.call_id, Path(begun.path).name, begun.at)
            case _:
                return

    def disk_is_back(self) -> None:
        self._writes.disk_is_back()

    def _note(self, call_id: str, file: str, at: datetime) -> None:
        self._writes.follow(
            f"recording {file}",
            self._recordings.note(call_id, file, at),
            lambda _none: None,
            again=lambda: self._note(call_id, file, at),
        )
