"""Keys that serve every text field of the desk: canned texts, and slips of the keyboard mended."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.keys.defaults import Key
from console.presenters.phrases import PhrasesPresenter
from console.views.key_reasons import KeyReasons
from console.views.phrase_list import PhraseList
from console.views.theme import Theme
from console.views.typed_place import typed_place
from kb.typing_slips import last_word, mended


class TypingKeys(QObject):
    """Ctrl+Space; Ctrl+Shift+L and Pause. One Ctrl+Z takes back what they did."""

    def __init__(
        self, theme: Theme, presenter: PhrasesPresenter, page: QWidget, reasons: KeyReasons
    ) -> None:
        super().__init__(page)
        self._presenter = presenter
        self._phrases = PhraseList(theme, presenter, page)
        keys: dict[str, Callable[[], object]] = {
            Key.CANNED_TEXT: self._phrases.press,
            Key.MEND_TYPING: self._mend,
            "Pause": self._mend,
        }
        for key, action in keys.items():
            reasons.bind(key, action)

    def _mend(self) -> None:
        """Mend what is selected, else the word before the caret."""
        place = typed_place()
        if place is None:
            return
        selected = place.selected()
        if selected:
            changed = mended(selected)
            if changed != selected:
                place.put_for_selected(changed)
                self._presenter.slip_mended()
            return
        before = place.before()
        span = last_word(before)
        if span is None:
            return
        word, behind = before[span[0] : span[1]], before[span[1] :]
        changed = mended(word)
        if changed != word:
            place.put(changed + behind, instead_of_before=len(word) + len(behind))
            self._presenter.slip_mended()
