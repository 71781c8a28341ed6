"""What a page of settings is for the frame that it hangs in."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.views.later import Later

ACCOUNT, DEVICES, BUTTONS, CENTRE = "account", "devices", "buttons", "centre"
LOOK, KEYS = "look", "keys"


class SectionPage(QWidget):
    """The right side of the settings; Esc is told as ``left`` and leads to the list at the left."""

    left = Signal()

    def open_page(self) -> None:
        """It is shown now: ask anew for whatever may have changed."""

    @abstractmethod
    def focus_first(self) -> None:
        """Take the keyboard, where there is something to choose or to type."""

    def confirm(self) -> None:
        """The key of saving was pressed; nothing where all holds at once."""

    def try_it(self) -> None:
        """The key of trying was pressed; nothing where there is nothing to try."""


@dataclass(frozen=True, slots=True)
class Section:
    """A page of settings with its row in the list; ``is_offered`` is asked at each opening.

    The page is made when it is first shown.
    """

    code: str
    title: str
    about: str
    icon: str
    page: Later[SectionPage]
    is_offered: Callable[[], bool] = lambda: True
