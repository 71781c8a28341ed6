"""The end of what was searched for: at its term, with an erasure, and where it tells of people."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from kb.errors import DirectoryError
from sync.errors import OfficialsUnreadable, StoreUnavailable

_READ_AT_ONCE = 50  # texts; a text of a call waits for no more of them


class KeptSearches(Protocol):
    """What is needed of the directory; called on the thread of the job."""

    def forget_searches_before(self, day: date) -> int: ...

    def forget_searches(self, is_meant: Callable[[str], bool]) -> int: ...

    def searches_to_read(self) -> tuple[str, ...]: ...

    def note_searches_read(self) -> None: ...


class SearchTerms:
    """Forgets searches; for a thread of its own."""

    def __init__(
        self,
        directory: KeptSearches,
        of_nobody: Callable[[Sequence[str]], Future[frozenset[str]]],
        days: int,
    ) -> None:
        """``of_nobody`` gives those of the texts that tell of no person; 0 days is for ever."""
        self._directory = directory
        self._of_nobody = of_nobody
        self._days = days

    def end(self, at: datetime) -> int:
        """Forget what is older than its term, and once what tells of people; how many rows.

        Raises StoreUnavailable where directory or people cannot be read now.
        """
        with _no_bug():
            count = self._forget_old(at.astimezone(UTC).date())
            try:
                return count + self._forget_people()
            except CancelledError:
                return count  # the program ends: the next start goes on

    def forget(self, is_meant: Callable[[str], bool]) -> int:
        """Forget the searches whose text is meant; how many rows. Raises StoreUnavailable."""
        with _no_bug():
            return self._directory.forget_searches(is_meant)

    def _forget_old(self, today: date) -> int:
        if not self._days:
            return 0
        return self._directory.forget_searches_before(today - timedelta(days=self._days))

    def _forget_people(self) -> int:
        """Forget what was kept of people before searches were read for them."""
        texts = self._directory.searches_to_read()
        kept: set[str] = set()
        for start in range(0, len(texts), _READ_AT_ONCE):
            kept |= self._of_nobody(texts[start : start + _READ_AT_ONCE]).result()
        told = set(texts) - kept
        count = self._directory.forget_searches(told.__contains__) if told else 0
        self._directory.note_searches_read()
        return count


@contextmanager
def _no_bug() -> Iterator[None]:
    """A directory that refuses is told as the store's refusals are: the job is tried again."""
    try:
        yield
    except (DirectoryError, OfficialsUnreadable) as error:
        raise StoreUnavailable(type(error).__name__) from error
