"""The key that opens the paragraphs of what the keyboard is on, and the way back from them."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from console.presenters.paragraphs import ParagraphsPresenter
from console.views.components.paragraphs import ParagraphMark, paragraphs_at
from console.views.desk_columns import DeskColumns


class ParagraphKeys(QObject):
    """Whoever opens the panel gets the caret back when it closes; the same key closes it."""

    def __init__(self, page: QWidget, presenter: ParagraphsPresenter, columns: DeskColumns) -> None:
        super().__init__(page)
        self._presenter = presenter
        self._columns = columns
        self._return_to: QWidget | None = None
        presenter.opened.connect(self._show)
        presenter.closed.connect(self._leave)
        for mark in page.findChildren(ParagraphMark):
            mark.asked.connect(presenter.open)

    def press(self) -> None:
        """Open the paragraphs of what has the keyboard; from the panel itself, close it."""
        focused, panel = QApplication.focusWidget(), self._columns.paragraphs
        if focused is panel:
            self._presenter.close()
        else:
            self._presenter.open(paragraphs_at(focused))

    def _show(self) -> None:
        focused, panel = QApplication.focusWidget(), self._columns.paragraphs
        if focused is not panel:
            self._return_to = focused
        self._columns.show_right(panel)
        panel.setFocus()

    def _leave(self) -> None:
        panel, target = self._columns.paragraphs, self._return_to
        if not panel.isVisible():
            return  # Another column has taken its place.
        had_caret = QApplication.focusWidget() is panel
        self._columns.show_usual_right()
        if not had_caret:
            return
        # a list that was read anew has other lines by now
        if target is not None and isValid(target) and target.isVisible():
            target.setFocus()
        else:
            self._columns.current.setFocus()
