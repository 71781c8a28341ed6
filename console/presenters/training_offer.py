"""The way from the working console to the training mode, which is a console of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from console import words
from console.presenters.notices import Notice


@dataclass(frozen=True, slots=True)
class OfferState:
    """What the page says beside its own words."""

    problem: str = ""


class TrainingOffer(QObject):
    """Offers training; no training call ever comes to this console and its register."""

    changed = Signal(object)  # OfferState
    offered = Signal()
    started = Signal()
    told = Signal(object)  # Notice

    def __init__(self, start: Callable[[], bool], parent: QObject | None = None) -> None:
        """``start`` starts the training mode and tells whether that was possible."""
        super().__init__(parent)
        self._start = start
        self._state = OfferState()

    @property
    def state(self) -> OfferState:
        return self._state

    def offer(self) -> None:
        """Show what training is; nothing is started before somebody says so."""
        self._show(OfferState())
        self.offered.emit()

    def begin(self) -> None:
        """Start the training mode in a window of its own."""
        if not self._start():
            self._show(OfferState(words.training.not_started()))
            return
        self._show(OfferState())
        self.told.emit(Notice(*words.training.opens_beside()))
        self.started.emit()

    def _show(self, state: OfferState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit(state)
