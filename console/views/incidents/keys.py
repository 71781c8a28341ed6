"""The keys of incidents, the strip above the card and the page they open."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.keys.defaults import Key
from console.views.desk_columns import DeskColumns, Page
from console.views.desk_presenters import DeskPresenters
from console.views.incidents.strip import NEXT_KEY, OPEN_KEY, TELL_KEY
from console.views.key_reasons import KeyReasons


class IncidentKeys(QObject):
    """Binds the keys to the page of the desk, which shows pages and saves cards."""

    def __init__(
        self,
        page: QWidget,
        presenters: DeskPresenters,
        columns: DeskColumns,
        reasons: KeyReasons,
        *,
        show: Callable[[Page], None],
        leave: Callable[[], None],
        save: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._presenters = presenters
        self._columns = columns
        self._show = show
        self._save = save
        keys: dict[Key, Callable[[], object]] = {
            TELL_KEY: self.tell_caller,
            OPEN_KEY: self.open_page,
            NEXT_KEY: presenters.incidents.show_next,
        }
        for key, action in keys.items():
            reasons.bind(key, action)
        columns.incident_strip.tell_asked.connect(self.tell_caller)
        columns.incident_strip.open_asked.connect(self.open_page)
        columns.navigation.incidents_asked.connect(self.open_page)
        columns.incidents.when_made(lambda page: page.closed.connect(leave))
        presenters.incident_page.proposed.connect(leave)

    def tell_caller(self) -> None:
        """The caller was told the text: his call is closed with it, at once or when it is over."""
        self._columns.card.widget.settle()
        if self._presenters.incidents.tell_caller():
            self._save()

    def open_page(self) -> None:
        if self._presenters.incident_page.may_propose():
            self._show(self._columns.incidents)
            self._columns.incidents.widget.open_page()
