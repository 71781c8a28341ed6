"""Writes to the directory that an editor asks for: one at a time, and told where they fail."""

from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

from console import words
from console.bridge import Deliveries
from console.presenters.notices import Notice
from kb.errors import DirectoryError

T = TypeVar("T")


class DirectoryWrites:
    """Follows each write of one presenter to its end; belongs to the GUI thread."""

    def __init__(
        self, writer: Executor, deliveries: Deliveries, tell: Callable[[Notice], None]
    ) -> None:
        """``writer`` has one thread, so that writes come in the order they were asked for."""
        self._writer = writer
        self._deliveries = deliveries
        self._tell = tell
        self._is_busy = False

    @property
    def is_busy(self) -> bool:
        """Whether a write is on its way: a second press of the key must not repeat it."""
        return self._is_busy

    def write(
        self,
        work: Callable[[], T],
        on_result: Callable[[T], None],
        on_failure: Callable[[Exception], object] = lambda _error: None,
    ) -> None:
        """Do the work on the writer thread, then ``on_result`` here; else tell why not.

        ``on_failure`` comes after that was told.
        """

        def written(result: T) -> None:
            self._is_busy = False
            on_result(result)

        def failed(error: Exception) -> None:
            self._is_busy = False
            head, body = words.editing.not_written(error)
            self._tell(Notice(head, body, problem=True))
            on_failure(error)

        self._is_busy = True
        future = self._writer.submit(work)
        self._deliveries.deliver(future, written, failed, expected=(DirectoryError,))
