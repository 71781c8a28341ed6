"""A window that paints what has changed once, in its last place."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

# Qt asks for the painting of what was shown by events, as it does for the layout. A frame that was
# asked for before overtakes them: a page that has just been turned to was painted in it as it lay
# before, and once more in the next one, from its first row to its last.
_BEFORE_A_FRAME = (QEvent.Type.LayoutRequest, QEvent.Type.UpdateLater)


class WholeFrames(QObject):
    """Has a window laid out before it is painted, however its events stand in line."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.UpdateRequest:
            for kind in _BEFORE_A_FRAME:
                QCoreApplication.sendPostedEvents(None, kind.value)
        return False
