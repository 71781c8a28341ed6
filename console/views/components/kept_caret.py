"""Where the keyboard was, for when it is given back."""

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class KeptCaret:
    """What had the keyboard before a panel, a menu or a strip took it."""

    def __init__(self, widget: QWidget | None = None) -> None:
        self._widget = widget

    def keep(self, widget: QWidget | None) -> None:
        """Remember what has it now."""
        self._widget = widget

    def give_back(self) -> bool:
        """Whether it is there again: once, and not where nobody would see it.

        A list that was read anew meanwhile has other lines, and those of before are no more.
        """
        widget, self._widget = self._widget, None
        if widget is None or not isValid(widget) or not widget.isVisible():
            return False
        widget.setFocus()
        return True
