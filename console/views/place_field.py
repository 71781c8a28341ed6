"""The place of a message: a street, house or landmark, gone on from what is typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from console.presenters.places import PlacesPresenter, written
from console.views.components.match_list import MatchingField
from console.views.theme import Theme


class PlaceField(MatchingField):
    """A free line; the list below it is only an offer, taken after an arrow has chosen."""

    edited = Signal(str)

    def __init__(
        self,
        theme: Theme,
        placeholder: str,
        places: PlacesPresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, placeholder, parent)
        self._places = places
        self.textEdited.connect(self._edited)
        self.left.connect(self.settle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An arrow opens the list again where it was closed, its first line chosen."""
        wants_list = event.key() == Qt.Key.Key_Down and not event.modifiers()
        if wants_list and not self._list.isVisible():
            self._offer(self.text())
            if self._list.isVisible():
                self._list.step(1)
                return
        super().keyPressEvent(event)

    def settle(self) -> None:
        """What was begun by a choice and not gone on with is taken away again."""
        self._list.close_list()
        whole = written(self.text())
        if whole != self.text().rstrip():
            self.setText(whole)
            self.edited.emit(whole)

    def _edited(self, text: str) -> None:
        self._offer(text)
        self.edited.emit(text)

    def _offer(self, text: str) -> None:
        found = self._places.matches(text)
        self._list.show_matches([(place, place) for place in found], is_chosen=False)

    def _take(self, key: str) -> None:
        text = self._places.chosen(key)
        self.setText(text)
        self.setModified(True)
        self._list.close_list()
        self.edited.emit(text)
