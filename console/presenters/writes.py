"""Writes to the register that are not given up: what the disk refuses is tried again."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from console.bridge import Deliveries
from sync.errors import StoreError, StoreUnavailable

T = TypeVar("T")

RETRY_MS = 2000


class Writes(QObject):
    """Follows each write to its end; all methods belong to the GUI thread.

    A write has a key that names what it is about. While its newest attempt has failed it counts
    as failing; one with ``again`` is then repeated every two seconds until the disk takes it.
    """

    failing_changed = Signal(bool)  # whether anything is not on disk for the disk's fault
    refused = Signal(str)  # code of the error; once a trouble, and for each write a person asked

    def __init__(self, deliveries: Deliveries, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deliveries = deliveries
        self._failing: dict[str, Callable[[], None] | None] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RETRY_MS)
        self._timer.timeout.connect(self.try_again)

    def follow(
        self,
        key: str,
        future: "Future[T]",
        on_result: Callable[[T], None],
        *,
        again: Callable[[], None] | None = None,
        on_refused: Callable[[], None] | None = None,
    ) -> None:
        """Call ``on_result`` once the write is on disk; else tell, and repeat it by ``again``."""

        def written(result: T) -> None:
            was_failing = bool(self._failing)
            self._failing.pop(key, None)
            # The disk takes records again: what a person asked for is his to ask again.
            self._failing = {name: repeat for name, repeat in self._failing.items() if repeat}
            if was_failing and not self._failing:
                self.failing_changed.emit(False)
            on_result(result)

        def failed(error: Exception) -> None:
            known = key in self._failing
            was_failing = bool(self._failing)
            repeat = again if isinstance(error, StoreUnavailable) else None
            self._failing[key] = repeat
            if repeat is not None and not self._timer.isActive():
                self._timer.start()
            if on_refused is not None:
                on_refused()
            if not was_failing:
                self.failing_changed.emit(True)
            if repeat is None or not known:
                self.refused.emit(type(error).__name__)

        self._deliveries.deliver(future, written, failed, expected=(StoreError,))

    def leave(self, key: str) -> None:
        """This write is needed no more: another one carries what it had."""
        if self._failing.pop(key, None) is not None and not self._failing:
            self.failing_changed.emit(False)

    def disk_is_back(self) -> None:
        """The disk takes records again: what a person asked for is his to ask again."""
        was_failing = bool(self._failing)
        self._failing = {name: repeat for name, repeat in self._failing.items() if repeat}
        if was_failing and not self._failing:
            self.failing_changed.emit(False)
        self.try_again()

    def try_again(self) -> None:
        """Repeat every write that is failing and may be repeated."""
        for repeat in tuple(self._failing.values()):
            if repeat is not None:
                repeat()
