"""What is told before there is a desk to show it on."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class KeptNews(Generic[T]):
    """Hands on what it is told; until ``begin`` it keeps that, and hands it on then in its order.

    For one thread.
    """

    def __init__(self, hear: Callable[[T], object]) -> None:
        self._hear = hear
        self._kept: list[T] | None = []

    def tell(self, news: T) -> None:
        if self._kept is None:
            self._hear(news)
        else:
            self._kept.append(news)

    def begin(self) -> None:
        """There is somebody to hear it: from now on at once."""
        kept, self._kept = self._kept, None
        for news in kept or ():
            self._hear(news)
