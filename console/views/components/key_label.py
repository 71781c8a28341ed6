"""A sentence that names keys: it names those that hold now."""

from PySide6.QtWidgets import QWidget

from console.keys.defaults import Key
from console.keys.installed import KEYS, with_keys
from console.views.components.labels import ThemedLabel
from console.views.theme import Theme


class KeyLabel(ThemedLabel):
    """Words written with the default keys, shown with those that the operator has."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *keys: Key,
        style: str = "body",
        role: str = "text",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, style=style, role=role, wrap=wrap, parent=parent)
        self._written = text
        self._keys = keys
        KEYS.changed.connect(self._keys_changed)
        self._keys_changed()

    def _keys_changed(self) -> None:
        self.setText(with_keys(self._written, *self._keys))
