"""The key that asks who is calling, and the way to the panel and back to the card."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from console.presenters.caller_persons import CallerPersonsPresenter
from console.views.call_card import CallCard
from console.views.components.kept_caret import KeptCaret
from console.views.desk_columns import DeskColumns


class PersonKeys(QObject):
    """Whoever opens the panel gets the caret back when it closes."""

    def __init__(
        self, page: QWidget, presenter: CallerPersonsPresenter, columns: DeskColumns
    ) -> None:
        super().__init__(page)
        self._presenter = presenter
        self._columns = columns
        self._caret = KeptCaret()
        presenter.opened.connect(self._show)
        presenter.closed.connect(self._leave)
        columns.card.when_made(self._connect_card)

    def _connect_card(self, card: CallCard) -> None:
        self._presenter.name_asked.connect(card.focus_name)
        card.person_asked.connect(self.ask)

    def ask(self) -> None:
        """Ask who is calling, while his card is on the screen."""
        if self._columns.current is self._columns.card:
            self._presenter.open()

    def _show(self) -> None:
        focused, panel = QApplication.focusWidget(), self._columns.persons
        if focused is not None and not panel.widget.isAncestorOf(focused):
            self._caret.keep(focused)
        self._columns.show_right(panel)
        panel.widget.focus_first()

    def _leave(self) -> None:
        panel, focused = self._columns.persons, QApplication.focusWidget()
        if not panel.is_shown:
            return  # Another column has taken its place.
        had_caret = focused is not None and panel.widget.isAncestorOf(focused)
        self._columns.show_usual_right()
        if not had_caret or self._caret.give_back():
            return
        if self._columns.current is self._columns.card:
            self._columns.card.widget.focus_content()
