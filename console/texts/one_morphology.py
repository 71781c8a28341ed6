"""One dictionary of Russian for all threads of the console: each of its own would take 6 MB."""

from collections.abc import Callable
from threading import Lock

from console.pacing.collector import not_looking
from sync.register.checks.morphology import Morphology


class OneMorphology:
    """Gives everybody the same Morphology, made when somebody first asks; for any thread."""

    def __init__(self) -> None:
        self._making = Lock()
        self._telling = Lock()  # never held while it is made: who must not wait takes it
        self._made: Morphology | None = None
        self._waiting: list[Callable[[Morphology], object]] = []

    def __call__(self) -> Morphology:
        with self._making:
            if self._made is None:
                with not_looking():
                    # pymorphy says nothing of threads
                    made = Morphology(one_at_a_time=Lock())
                with self._telling:
                    self._made = made
                    waiting, self._waiting = self._waiting, []
                for use in waiting:
                    use(made)
            return self._made

    def when_made(self, use: Callable[[Morphology], object]) -> None:
        """Hand it over as soon as somebody has asked for it, to who must not wait until it is made.

        ``use`` is called on the thread of who asked, or at once where it is made already, and asks
        for nothing here itself.
        """
        with self._telling:
            made = self._made
            if made is None:
                self._waiting.append(use)
        if made is not None:
            use(made)

    def rest(self) -> None:
        """Keep no pages of it in memory that were needed once."""
        if self._made is not None:
            self._made.rest()
