"""The keys of records that no ring begins; the caret goes where their first words belong."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.keys.defaults import Key
from console.views.desk_columns import DeskColumns, Page
from console.views.desk_presenters import DeskPresenters
from console.views.key_reasons import KeyReasons
from sync.register.calls import CallRecord


class RecordKeys(QObject):
    """Ctrl+N: a record without a call; Ctrl+Shift+N: a further question of the call."""

    def __init__(
        self,
        page: QWidget,
        presenters: DeskPresenters,
        columns: DeskColumns,
        reasons: KeyReasons,
        show_page: Callable[[Page], None],
    ) -> None:
        super().__init__(page)
        self._presenters = presenters
        self._columns = columns
        self._show_page = show_page
        reasons.bind(Key.NEW_RECORD, self._open_by_hand)
        reasons.bind(Key.FURTHER_QUESTION, self._open_further)
        columns.card.when_made(lambda card: card.further_asked.connect(self._open_further))
        presenters.desk.record_opened.connect(self._show_record)

    def may_save(self) -> bool:
        """False, with the caret there, where a request has no moment that it can be of."""
        if not self._presenters.by_hand.state.problem:
            return True
        self._show_page(self._columns.card)
        self._columns.by_hand.widget.focus_moment()
        return False

    def _open_by_hand(self) -> None:
        self._columns.card.widget.settle()
        self._presenters.by_hand.open()

    def _open_further(self) -> None:
        self._columns.card.widget.settle()
        self._presenters.by_hand.open_further()

    def _show_record(self, record: CallRecord) -> None:
        self._show_page(self._columns.card)
        if record.part_of is None:
            self._columns.by_hand.widget.focus_way()
        else:
            self._columns.card.widget.focus_content()
