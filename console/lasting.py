"""News of what is there as long as the program, for widgets that come and go."""

import sys
from collections.abc import Callable
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject
from shiboken6 import isValid


class LastingSignal:
    """Calls the methods of the objects that are still there; belongs to the GUI thread.

    In place of a signal of Qt: PySide notes each of its receivers until the sender goes, here
    never, and goes through all these notes at the end of every object that has told anything.
    """

    def __init__(self) -> None:
        self._heard: WeakKeyDictionary[QObject, list[Callable[[QObject], object]]]
        self._heard = WeakKeyDictionary()

    def connect(self, method: Callable[[], object]) -> None:
        """Call this method of an object, which is not kept by it, from now on."""
        receiver = getattr(method, "__self__", None)
        if not isinstance(receiver, QObject):
            raise TypeError("only a method of an object of Qt can hear this")
        # methods that are Qt's own have no function of their own
        how = getattr(method, "__func__", None) or getattr(type(receiver), method.__name__)
        self._heard.setdefault(receiver, []).append(how)

    def emit(self) -> None:
        for receiver, hows in tuple(self._heard.items()):
            for how in tuple(hows):
                if not isValid(receiver):
                    break
                try:
                    how(receiver)
                except Exception:
                    # as after a signal of Qt: the crash handler has it, and the others hear
                    sys.excepthook(*sys.exc_info())
