"""Titles of the bodies that a message can go to, read anew when the directory has changed."""

from collections.abc import Mapping
from concurrent.futures import Executor
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.bridge import Deliveries
from kb.errors import DirectoryError


class OrgansPort(Protocol):
    """What is needed of the directory; called on a reader thread."""

    def unit_titles(self, today: date) -> Mapping[str, str]: ...


class Organs(QObject):
    """Every unit in force by its key; belongs to the GUI thread."""

    changed = Signal()

    def __init__(
        self,
        directory: OrgansPort,
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
        self._titles: Mapping[str, str] = {}

    @property
    def titles(self) -> Mapping[str, str]:
        return self._titles

    def title(self, key: str) -> str:
        """The body's name; its key where it is not in force or not read yet."""
        return self._titles.get(key, key)

    def read(self) -> None:
        """Read them now; whoever offers them has them in a moment."""
        today = datetime.now(self._zone).date()
        self._deliveries.deliver(
            self._readers.submit(self._directory.unit_titles, today),
            self._use,
            # The search panel tells of a directory that cannot be read; the names stay.
            lambda _error: None,
            expected=(DirectoryError,),
        )

    def _use(self, titles: Mapping[str, str]) -> None:
        if titles != self._titles:
            self._titles = titles
            self.changed.emit()
