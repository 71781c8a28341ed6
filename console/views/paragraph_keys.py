"""The key that opens the paragraphs of what the keyboard is on, and the way back from them."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from console.presenters.message_history import HistoryState, MessageHistoryPresenter
from console.presenters.paragraphs import ParagraphsPresenter
from console.views.components.kept_caret import KeptCaret
from console.views.components.paragraphs import ParagraphPlace, paragraphs_at
from console.views.desk_columns import DeskColumns
from console.views.review.review_page import ReviewPage


class ParagraphKeys(QObject):
    """Whoever opens the panel gets the caret back when it closes; the same key closes it."""

    def __init__(
        self,
        page: ParagraphPlace,
        presenter: ParagraphsPresenter,
        history: MessageHistoryPresenter,
        columns: DeskColumns,
    ) -> None:
        """What a decision in a history rests on opens in the words that it was made under."""
        super().__init__(page)
        self._history = history
        self._waits_for_history = False
        history.changed.connect(self._history_changed)
        self._presenter = presenter
        self._columns = columns
        self._caret = KeptCaret()
        presenter.opened.connect(self._show)
        presenter.closed.connect(self._leave)
        columns.review.when_made(self._show_editions)
        page.paragraphs_asked.connect(presenter.open)

    def _show_editions(self, review: ReviewPage) -> None:
        self._presenter.edition_changed.connect(review.show_edition)
        review.show_edition(self._presenter.edition_text)

    def press(self) -> None:
        """Open the paragraphs of what has the keyboard; from the panel itself, close it."""
        focused = QApplication.focusWidget()
        if focused is not None and focused is self._columns.paragraphs.made:
            self._presenter.close()
        elif self._has_history_caret():
            self._open_history(self._history.state)
        else:
            self._presenter.open(paragraphs_at(focused))

    def _open_history(self, state: HistoryState) -> None:
        """What all of it rests on; it may still be on its way from the store."""
        self._waits_for_history = not state.cited
        if state.cited:
            self._presenter.open_cited(state.cited)

    def _has_history_caret(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and focused is self._columns.history.made

    def _history_changed(self, state: HistoryState) -> None:
        if self._waits_for_history and self._has_history_caret():
            self._open_history(state)

    def _show(self) -> None:
        focused, panel = QApplication.focusWidget(), self._columns.paragraphs
        if focused is not panel.widget:
            self._caret.keep(focused)
        self._columns.show_right(panel)
        panel.widget.setFocus()

    def _leave(self) -> None:
        panel = self._columns.paragraphs
        if not panel.is_shown:
            return  # Another column has taken its place.
        had_caret = QApplication.focusWidget() is panel.widget
        self._columns.show_usual_right()
        if had_caret and not self._caret.give_back():
            self._columns.current.widget.setFocus()
