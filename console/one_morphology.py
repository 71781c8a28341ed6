"""One dictionary of Russian for all threads of the console: each of its own would take 6 MB."""

from collections.abc import Callable
from threading import Lock

from console.collector import not_looking
from sync.register.checks.morphology import Morphology


class OneMorphology:
    """Gives everybody the same Morphology, made when somebody first asks; for any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: Morphology | None = None
        self._waiting: list[Callable[[Morphology], object]] = []

    def __call__(self) -> Morphology:
        with self._lock:
            if self._made is None:
                # pymorphy says nothing of threads
                with not_looking():
                    self._made = Morphology(one_at_a_time=Lock())
                for use in self._waiting:
                    use(self._made)
                self._waiting.clear()
            return self._made

    def when_made(self, use: Callable[[Morphology], object]) -> None:
        """Hand it over as soon as somebody has asked for it, to who must not wait until it is made.

        ``use`` is called on the thread of who asked, and asks for nothing here itself.
        """
        with self._lock:
            if self._made is None:
                self._waiting.append(use)
            else:
                use(self._made)

    def rest(self) -> None:
        """Keep no pages of it in memory that were needed once."""
        if self._made is not None:
            self._made.rest()
