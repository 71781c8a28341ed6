"""What becomes of work on the directory that a reader thread has done."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from console.bridge import Deliveries
from kb.errors import DirectoryError

LOG = logging.getLogger(__name__)
T = TypeVar("T")


class DirectoryOutcomes:
    """Brings results to the GUI thread; a directory that refuses is no bug but told there."""

    def __init__(self, deliveries: Deliveries, not_read: Callable[[Exception], None]) -> None:
        self._deliveries = deliveries
        self._not_read = not_read

    def read(self, future: "Future[T]", on_result: Callable[[T], None]) -> None:
        """Give what was read, or ``not_read`` the reason why it could not be."""

        def not_read(error: Exception) -> None:
            LOG.warning("directory not read: %s", type(error).__name__)
            self._not_read(error)

        self._deliveries.deliver(future, on_result, not_read, expected=(DirectoryError,))

    def note(
        self, future: "Future[T]", on_result: Callable[[T], object] = lambda _result: None
    ) -> None:
        """Work that nobody asked for on the screen: a refusal is logged and disturbs nobody."""

        def noted(result: T) -> None:
            on_result(result)

        def not_noted(error: Exception) -> None:
            LOG.warning("directory not written: %s", type(error).__name__)

        self._deliveries.deliver(future, noted, not_noted, expected=(DirectoryError,))
