"""An asyncio loop in a thread of its own, for programs that have no loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")

_JOIN_TIMEOUT_S = 5.0


class LoopThread:
    """Runs coroutines and functions for other threads until stop(); keeps the process alive."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Result], timeout_s: float) -> Result:
        """The coroutine's result; its exceptions, and TimeoutError, are raised here."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout_s)

    def call(self, work: Callable[[], Result], timeout_s: float) -> Result:
        """The function's result; called at once when this is the loop's own thread."""
        if threading.current_thread() is self._thread:
            return work()

        async def done() -> Result:
            return work()

        return self.run(done(), timeout_s)

    def call_soon(self, work: Callable[[], object]) -> None:
        """Have the function called after what is being done now."""
        self._loop.call_soon_threadsafe(work)

    def stop(self) -> None:
        """End the thread; not from the thread itself."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_JOIN_TIMEOUT_S)
        if not self._thread.is_alive():
            self._loop.close()
