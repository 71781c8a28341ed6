"""Records paint events and counts them."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget


class Painted(QObject):
    """``with Painted() as painted`` records each paint event of each widget."""

    def __init__(self) -> None:
        super().__init__()
        self.widgets: list[QWidget] = []

    def __enter__(self) -> Painted:
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        return self

    def __exit__(self, *_error: object) -> None:
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            self.widgets.append(watched)
        return False

    @property
    def counts(self) -> Counter[str]:
        """Number of paint events by class name."""
        return Counter(type(widget).__name__ for widget in self.widgets)
