"""What is written down of searches: what led to an answer, what led to nothing, and of nobody.

An operator may type a caller's name or address into the search. A text is read for that before it
is written: one that tells of a person is not kept, and a pick then counts for its entry alone.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Executor, Future
from typing import Protocol

from console.bridge import Deliveries
from kb.errors import DirectoryError
from sync.errors import OfficialsUnreadable

LOG = logging.getLogger(__name__)

OfNobody = Callable[[Sequence[str]], Future[frozenset[str]]]
"""Which of the texts tell of no person, found on a thread beside."""


class LearningPort(Protocol):
    """What is needed of the directory; called on the writer."""

    def abandoned(self, query: str) -> None: ...

    def picked(self, query: str, entry_id: str, *, after: Sequence[str] = ...) -> None: ...


class SearchNotes:
    """Belongs to the GUI thread; what is written waits for nobody there.

    Writing is done in its turn on the thread of the directory's editors: it waits while a whole
    file is loaded, and until the texts are read, and a search must not wait with it. A directory
    that refuses is logged and disturbs nobody.
    """

    def __init__(
        self,
        directory: LearningPort,
        of_nobody: OfNobody,
        writer: Executor,
        deliveries: Deliveries,
    ) -> None:
        self._directory = directory
        self._of_nobody = of_nobody
        self._writer = writer
        self._deliveries = deliveries

    def given_up(self, texts: Sequence[str]) -> None:
        """These texts have led to nothing: the editor is to know of it."""

        def write(kept: frozenset[str]) -> None:
            for text in texts:
                if text in kept:
                    self._directory.abandoned(text)

        if texts:
            self._read(texts, write)

    def picked(self, query: str, entry_id: str, before: Sequence[str]) -> None:
        """An entry that the query has found was of use, after texts that had led to nothing."""

        def write(kept: frozenset[str]) -> None:
            after = [text for text in before if text in kept]
            if not query or query in kept:
                self._directory.picked(query, entry_id, after=after)
            else:
                self._directory.picked("", entry_id)

        self._read([text for text in (query, *before) if text], write)

    def _read(self, texts: Sequence[str], write: Callable[[frozenset[str]], None]) -> None:
        """Read the texts, and then write; what is asked for is done also after the last event.

        The window's thread may end before the texts are read, so nothing goes back to it between.
        """
        reading = self._of_nobody(texts) if texts else None
        written = self._writer.submit(lambda: write(_kept_of(reading)))
        self._deliveries.deliver(
            written, lambda _none: None, _not_written, expected=(DirectoryError,)
        )


def _kept_of(reading: Future[frozenset[str]] | None) -> frozenset[str]:
    """Which texts may be kept; none of those that were not read, as at the end of the program."""
    if reading is None:
        return frozenset()
    try:
        return reading.result()
    except CancelledError:
        return frozenset()
    except (DirectoryError, OfficialsUnreadable) as error:
        LOG.warning("searches not read: %s", type(error).__name__)
        return frozenset()


def _not_written(error: Exception) -> None:
    LOG.warning("directory not written: %s", type(error).__name__)
