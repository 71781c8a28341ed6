"""Topic and category in one field: beginnings of words of either name find it, Enter takes it."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.views.components.match_list import SHOWN, MatchingField
from console.views.theme import Theme


def matching(typed: str, choices: Mapping[str, str]) -> list[str]:
    """Keys of the choices in which every typed word begins some word, in their own order.

    «Тема › Категория» that begins with what was typed comes first; ё and е are the same.
    """
    wanted = _words(typed)
    if not wanted:
        return []
    found = [
        key
        for key, text in choices.items()
        if all(any(word.startswith(start) for word in _words(text)) for start in wanted)
    ]
    category_first = " ".join(wanted)
    return sorted(
        found,
        key=lambda key: (
            not " ".join(_words(choices[key].split("›")[-1])).startswith(category_first)
        ),
    )


def _words(text: str) -> list[str]:
    folded = text.casefold().replace("ё", "е")
    return "".join(letter if letter.isalnum() else " " for letter in folded).split()


class CategoryField(MatchingField):
    """A line with a list of what matches, inside the window and without a window of its own."""

    chosen = Signal(str)  # key of the category, empty when the field was cleared

    def __init__(
        self,
        theme: Theme,
        choices: Mapping[str, str],
        *,
        name: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``name`` is what a screen reader says; without one the field is for a category."""
        super().__init__(theme, "", parent)
        self.setPlaceholderText(placeholder or self.tr("Start typing the topic or the category"))
        self.setAccessibleName(name or self.tr("Topic and category"))
        self._choices = choices
        self._key = ""
        self._text = ""
        self.textEdited.connect(self._edited)
        self.left.connect(self.settle)

    def set_choices(self, choices: Mapping[str, str]) -> None:
        """What can be chosen from now on; what is chosen stays."""
        self._choices = choices

    def show_value(self, key: str, text: str) -> None:
        """Show a category from elsewhere; never over the letters of one who types."""
        if key != self._key or (not self.hasFocus() and text != self.text()):
            self._key, self._text = key, text
            self.replace_text(text)

    def settle(self) -> None:
        """The best match is taken for what was typed; what matches nothing goes back."""
        self._list.close_list()
        typed = self.text().strip()
        if typed == self._text:
            return
        if not typed:
            self._take("")
            return
        found = matching(typed, self._choices)
        if len(found) == 1:
            self._take(found[0])
        else:
            self.setText(self._text)

    def _edited(self, text: str) -> None:
        keys = matching(text, self._choices)[:SHOWN]
        self._list.show_matches([(key, self._choices[key]) for key in keys], is_chosen=True)

    def _take(self, key: str) -> None:
        self._key = key
        self._text = self._choices.get(key, "")
        self.setText(self._text)
        self.setModified(False)
        self._list.close_list()
        self.chosen.emit(key)
