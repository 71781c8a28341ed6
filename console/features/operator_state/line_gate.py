"""Has the phone see to calls by itself while the line is closed (Regulation 5.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from telephony.settings import ClosedLine

LOOK_MS = 1000  # how long after its hour the line may be found open or closed


class LinePhonePort(Protocol):
    """What is asked of the phone."""

    def set_closed_line(self, closed: ClosedLine | None) -> None: ...


class LineGate(QObject):
    """Tells the phone each time that something else is to become of calls; GUI thread.

    A phone that was away is told by its own handle, which keeps what was asked for last.
    """

    def __init__(
        self,
        phone: LinePhonePort,
        wanted: Callable[[datetime], ClosedLine | None],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        """``wanted`` tells of a moment what is done with calls then; None: they ring."""
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
        """The hour may have come, or the hours of the line may be others."""
        wanted = self._wanted(self._clock())
        if wanted != self._told:
            self._told = wanted
            self._phone.set_closed_line(wanted)
