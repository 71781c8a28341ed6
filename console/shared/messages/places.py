"""Completion and checks of addresses against the city's list of places.

The list is read on a reader thread; lookups use the last version read. A doubt is only a hint.
"""

import logging
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from console.core.deliveries import Deliveries
from console.core.view_data import LONG_S, Notice
from console.shared.messages import place_words
from sync.errors import PlacesUnreadable
from sync.register.places import PlaceBook, PlaceList
from sync.store.local.sidecar_files import read_places

LOG = logging.getLogger(__name__)
GOES_ON = ", д. "


@dataclass(frozen=True, slots=True)
class _Read:
    book: PlaceBook
    changed_ns: int


class PlacesPresenter(QObject):
    """Completes and checks addresses by the list loaded last. GUI thread only."""

    changed = Signal()
    told = Signal(object)  # Notice

    def __init__(
        self, file: Path, readers: Executor, deliveries: Deliveries, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._readers = readers
        self._deliveries = deliveries
        self._read = _Read(PlaceBook(PlaceList()), 0)

    def look(self) -> None:
        """Reloads the list on a reader thread if its file has changed."""
        known_ns = self._read.changed_ns

        def read() -> _Read | None:
            try:
                changed_ns = self._file.stat().st_mtime_ns
            except OSError:
                return None  # No list was imported.
            if changed_ns == known_ns:
                return None
            return _Read(PlaceBook(read_places(self._file)), changed_ns)

        self._deliveries.deliver(
            self._readers.submit(read), self._took, self._not_read, (PlacesUnreadable,)
        )

    def matches(self, typed: str) -> tuple[str, ...]:
        """Returns matching places; empty if the input is already a complete match."""
        found = self._read.book.matches(typed)
        return () if found == (typed.strip(),) else found

    def chosen(self, place: str) -> str:
        """Returns the text of a selected place; after a street, the house number follows."""
        return place + GOES_ON if self._read.book.wants_house(place) else place

    def remark(self, place: str, *, is_typed: bool) -> str:
        """Returns a hint if the list does not contain the place; not a reason for refusal.

        The hint on an incomplete street appears only after the input has ended.
        """
        doubt = self._read.book.doubt(place)
        if doubt is not None:
            return place_words.doubt(doubt)
        begun = None if is_typed else self._read.book.begun(place)
        return "" if begun is None else place_words.meant(begun)

    def _took(self, read: _Read | None) -> None:
        if read is not None:
            self._read = read
            self.changed.emit()

    def _not_read(self, error: Exception) -> None:
        LOG.warning("places: cannot read: %s", error)
        self.told.emit(Notice(*place_words.unread(), LONG_S, problem=True))


def written(place: str) -> str:
    """Returns the place without the separator of a missing house number."""
    return place.removesuffix(GOES_ON.rstrip()).removesuffix(GOES_ON).rstrip(" ,")
