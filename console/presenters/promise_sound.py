"""The soft sound of a promised call whose time has come: not into a talk, and not lost by one."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from console.presenters.desk_state import DeskState
from console.presenters.live_calls import LineState

_ON_A_CALL = frozenset({LineState.RINGING, LineState.DIALLING, LineState.TALKING})


class PromiseSound(QObject):
    """Sounds once for each time that comes; of the GUI thread.

    ``play`` returns at once. ``is_wanted`` is what the settings say, ``is_due`` whether a promised
    call still waits.
    """

    def __init__(
        self,
        play: Callable[[], None],
        *,
        is_wanted: Callable[[], bool],
        is_due: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._play = play
        self._is_wanted = is_wanted
        self._is_due = is_due
        self._line = LineState.FREE
        self._waits = False

    def follow(self, desk: DeskState) -> None:
        """What came during a call sounds at its end, where nobody has made that call meanwhile."""
        self._line = desk.line
        if self._waits and self._line not in _ON_A_CALL:
            self._waits = False
            if self._is_due():
                self._sound()

    def time_has_come(self) -> None:
        """The time of a promised call has come, and is told on the screen."""
        if self._line in _ON_A_CALL:
            self._waits = True
        else:
            self._sound()

    def _sound(self) -> None:
        if self._is_wanted():
            self._play()
