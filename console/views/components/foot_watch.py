"""Whether something lies over the foot of a page: what was just done, or can be taken back."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget


class FootWatch(QObject):
    """Watches widgets that come and go by themselves."""

    covered = Signal(int)  # how many of them lie there now

    def __init__(self, page: QWidget, *strips: QWidget) -> None:
        super().__init__(page)
        self._strips = strips
        for strip in strips:
            strip.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.covered.emit(sum(not strip.isHidden() for strip in self._strips))
        return False
