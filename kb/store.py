"""The directory in its file: entries, classifier, search index and usage, changed together."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from kb.changes import Change
from kb.entries import Category, DirectoryContent, Entry, Topic, Unit
from kb.search import Hit, SearchResult


def _now() -> datetime:
    return datetime.now(UTC)


class Directory:
    """The directory of one file.

    Every method may be called from any thread: each thread reads on a connection of its own,
    writes wait for each other. ``close`` comes after the last call of any other method.
    """

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], datetime] = _now) -> "Directory":
        """The directory of the file, which is made where there is none."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def replace_content(self, content: DirectoryContent, mark: str) -> None:
        """Put the content in place of all there was, in one transaction."""
        raise NotImplementedError

    def apply(self, changes: Iterable[Change], mark: str) -> None:
        """Make the changes, their index rows and the mark true in one transaction."""
        raise NotImplementedError

    def mark(self) -> str:
        """The mark of the last content or changes; empty before the first."""
        raise NotImplementedError

    def entry(self, key: str) -> Entry | None:
        raise NotImplementedError

    def unit(self, key: str) -> Unit | None:
        raise NotImplementedError

    def topics(self) -> tuple[Topic, ...]:
        """Topics in the order they came in."""
        raise NotImplementedError

    def categories(self, topic: str | None = None) -> tuple[Category, ...]:
        """Categories in the order they came in, of one topic or of all."""
        raise NotImplementedError

    def search(self, text: str, limit: int = 9) -> SearchResult:
        """The best entries for what was typed so far."""
        raise NotImplementedError

    def frequent(self, limit: int = 9) -> tuple[Hit, ...]:
        """What was picked most of late, filled up with a question of each topic."""
        raise NotImplementedError

    def record_pick(self, key: str, at: datetime) -> None:
        """Count that an entry was used for an answer."""
        raise NotImplementedError
