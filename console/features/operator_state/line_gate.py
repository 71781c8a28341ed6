"""Makes the phone process handle calls automatically outside line hours (Regulation 5.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from telephony.settings import ClosedLine

LOOK_MS = 1000  # longest delay at the start or end of line hours


class LinePhonePort(Protocol):
    """Operations of the phone process."""

    def set_closed_line(self, closed: ClosedLine | None) -> None: ...


class LineGate(QObject):
    """Sends the phone process each change of the call handling outside line hours. GUI thread only.

    After a reconnection, the handle of the phone process sends the last value again.
    """

    def __init__(
        self,
        phone: LinePhonePort,
        wanted: Callable[[datetime], ClosedLine | None],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        """``wanted`` returns the call handling at a given time; None if calls ring at that time."""
        super().__init__(parent)
        self._phone = phone
        self._wanted = wanted
        self._clock = clock
        self._told: ClosedLine | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Checks the current time against the line hours, which may have changed."""
        wanted = self._wanted(self._clock())
        if wanted != self._told:
            self._told = wanted
            self._phone.set_closed_line(wanted)
