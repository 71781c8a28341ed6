"""Who is calling: what this workplace and others know of the telephone, from the first ring."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.presenters.classifier import Classifier
from console.presenters.desk import DeskPresenter
from console.presenters.desk_state import DeskState
from sync.errors import StoreError
from sync.store.known_callers import KnownCaller

Find = Callable[[str, UUID], Future[KnownCaller]]
"""What is known of a telephone (E.164), but for this call; read on a reader thread."""


@dataclass(frozen=True, slots=True)
class CallerKnown:
    """What is shown of the caller of a card; both texts are empty where nothing is known."""

    card_id: UUID
    line: str
    detail: str


class CallerHistoryPresenter(QObject):
    """Looks a caller up when the card has a telephone, and again when it is changed."""

    found = Signal(object)  # CallerKnown

    def __init__(
        self,
        desk: DeskPresenter,
        find: Find,
        deliveries: Deliveries,
        classifier: Classifier,
        *,
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._find = find
        self._deliveries = deliveries
        self._classifier = classifier
        self._zone = zone
        self._asked: tuple[UUID, str] | None = None
        desk.changed.connect(self._look)

    def _look(self, desk: DeskState) -> None:
        card = desk.card
        asked = None
        if card is not None and isinstance(card.phone, str) and card.phone:
            asked = (card.id, card.phone)
        if asked == self._asked:
            return
        self._asked = asked
        if card is None:
            return
        if asked is None:
            self.found.emit(CallerKnown(card.id, "", ""))
            return
        found = self._find(asked[1], asked[0])
        if found.done() and found.exception() is None:
            # read while the card was written: it appears with it, and is laid out once
            self._tell(asked, found.result())
            return
        self._deliveries.deliver(
            found,
            lambda known: self._tell(asked, known),
            # The journal tells of a store that cannot be read.
            lambda _error: None,
            expected=(StoreError,),
        )

    def _tell(self, asked: tuple[UUID, str], known: KnownCaller) -> None:
        if asked != self._asked:
            return
        line = words.callers.known_line(known, self._category, self._zone)
        detail = words.callers.known_detail(known, self._category, self._zone)
        self.found.emit(CallerKnown(asked[0], line, detail))

    def _category(self, key: str | None) -> str:
        return self._classifier.texts.get(key or "", "")
