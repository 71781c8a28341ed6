"""The alarm of what must not be missed: no calls come, or records are not kept.

It sounds once a minute until somebody says that she has heard it; the banner stays as long as the
trouble does.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from console.presenters.status_state import StatusState

FIRST_MS = 5_000  # a phone that registers anew within seconds is nobody's alarm
AGAIN_MS = 60_000


class AlarmPresenter(QObject):
    """Goes by the banners of danger; belongs to the GUI thread.

    ``sound`` plays the alarm and returns at once.
    """

    changed = Signal(bool)  # whether it waits for somebody to hear it

    def __init__(self, sound: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sound = sound
        self._trouble = ""
        self._is_heard = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.ring)

    @property
    def waits(self) -> bool:
        """Whether there is trouble that nobody has acknowledged."""
        return bool(self._trouble) and not self._is_heard

    def status_changed(self, state: StatusState) -> None:
        """Another trouble than the one that was heard begins the alarm anew."""
        banner = state.banner
        trouble = banner.head if banner is not None and banner.kind == "danger" else ""
        if trouble == self._trouble:
            return
        self._trouble, self._is_heard = trouble, False
        if trouble:
            self._timer.start(FIRST_MS)
        else:
            self._timer.stop()
        self.changed.emit(self.waits)

    def acknowledge(self) -> None:
        """Somebody has heard it: no more sound for this trouble."""
        if self.waits:
            self._is_heard = True
            self._timer.stop()
            self.changed.emit(False)

    def ring(self) -> None:
        """Sound now, and again in a minute."""
        if self.waits:
            self._timer.start(AGAIN_MS)
            self._sound()
