"""A part of the window that is made when somebody first needs it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

PartT_co = TypeVar("PartT_co", bound=QWidget, covariant=True)


class Later(Generic[PartT_co]):
    """Stands for the part from the beginning, so that it can be named and compared unmade.

    What the part missed until then it reads from its presenter. GUI thread only.
    """

    def __init__(self, make: Callable[[], PartT_co]) -> None:
        self._make = make
        self._made: PartT_co | None = None
        self._waiting: list[Callable[[PartT_co], object]] = []

    @property
    def widget(self) -> PartT_co:
        """The part itself; asking for it makes it."""
        if self._made is None:
            self._made = made = self._make()
            for do in self._waiting:
                do(made)
            self._waiting.clear()
        return self._made

    @property
    def made(self) -> PartT_co | None:
        """The part where it is there already."""
        return self._made

    @property
    def is_shown(self) -> bool:
        """Whether it is on the screen; to ask that makes nothing."""
        return self._made is not None and self._made.isVisible()

    def when_made(self, do: Callable[[PartT_co], object]) -> None:
        """Do this with the part: at once where it is there, else as soon as it is made."""
        if self._made is None:
            self._waiting.append(do)
        else:
            do(self._made)
