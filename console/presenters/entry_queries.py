"""By which words operators find the entry that the editor has open."""

from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.bridge import Deliveries
from kb.usage import QueryUse

SHOWN_DAYS = 30
SHOWN_QUERIES = 4


class QueriesPort(Protocol):
    """What the presenter needs of the directory; called on a reader thread."""

    def queries_of(
        self, entry_id: str, *, since: date, limit: int = ...
    ) -> tuple[QueryUse, ...]: ...


@dataclass(frozen=True, slots=True)
class QueriesState:
    """The queries of one entry, those that led to it first."""

    entry_id: str = ""
    queries: tuple[QueryUse, ...] = ()


class EntryQueriesPresenter(QObject):
    """Reads on a reader thread; the newest entry asked for wins. Belongs to the GUI thread."""

    changed = Signal(object)  # QueriesState

    def __init__(
        self,
        directory: QueriesPort,
        readers: Executor,
        deliveries: Deliveries,
        *,
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._zone = zone
        self._state = QueriesState()

    @property
    def state(self) -> QueriesState:
        return self._state

    def show_entry(self, entry_id: str) -> None:
        """Show the queries of the entry; the same one again asks nothing."""
        if entry_id == self._state.entry_id:
            return
        self._state = QueriesState(entry_id)
        self.changed.emit(self._state)
        if entry_id:
            since = datetime.now(self._zone).date() - timedelta(days=SHOWN_DAYS)
            future = self._readers.submit(
                lambda: self._directory.queries_of(entry_id, since=since, limit=SHOWN_QUERIES)
            )
            self._deliveries.deliver(future, lambda queries: self._read(entry_id, queries))

    def _read(self, entry_id: str, queries: tuple[QueryUse, ...]) -> None:
        if entry_id == self._state.entry_id:
            self._state = QueriesState(entry_id, queries)
            self.changed.emit(self._state)
