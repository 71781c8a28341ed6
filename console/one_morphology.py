"""One dictionary of Russian for all threads of the console: each of its own would take 6 MB."""

from threading import Lock

from console.collector import not_looking
from sync.register.checks.morphology import Morphology


class OneMorphology:
    """Gives everybody the same Morphology, made when somebody first asks; for any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: Morphology | None = None

    def __call__(self) -> Morphology:
        with self._lock:
            if self._made is None:
                # pymorphy says nothing of threads
                with not_looking():
                    self._made = Morphology(one_at_a_time=Lock())
            return self._made

    def rest(self) -> None:
        """Keep no pages of it in memory that were needed once."""
        if self._made is not None:
            self._made.rest()
