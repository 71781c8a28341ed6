"""A gate that many pass at once, or one alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Who comes while one is alone waits; who is alone waits until all others have gone."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._passing = 0
        self._is_taken = False

    @contextmanager
    def passing(self) -> Iterator[None]:
        with self._condition:
            while self._is_taken:
                self._condition.wait()
            self._passing += 1
        try:
            yield
        finally:
            with self._condition:
                self._passing -= 1
                self._condition.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self._condition:
            while self._is_taken:
                self._condition.wait()
            self._is_taken = True
            while self._passing:
                self._condition.wait()
        try:
            yield
        finally:
            with self._condition:
                self._is_taken = False
                self._condition.notify_all()
