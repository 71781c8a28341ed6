"""Topics, categories and responsible bodies for form fields, reloaded after directory changes.

The objects are GUI thread only; the directory is read on reader threads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core.deliveries import Deliveries
from console.shared.directory import words as directory_words
from kb.entries.entries import AnswerTerm, Entry, UnitDetails
from kb.errors import DirectoryError
from kb.store.directory import Directory
from sync.register.thematic import Record, body_for

Filed = tuple[tuple[Entry, ...], tuple[Entry, ...], tuple[Entry, ...]]
"""Topics, categories of all topics, and units with their own answer deadline."""


def read_filed(directory: Directory) -> Filed:
    """Returns topics, categories and units from the directory. Blocks; call on a worker thread.

    Raises `DirectoryError`.
    """
    return *directory.topics_and_categories(), directory.units_with_term()


class Classifier(QObject):
    """Topics and categories for calls and messages. GUI thread only."""

    changed = Signal()

    def __init__(
        self,
        topics: Sequence[Entry],
        categories: Sequence[Entry],
        parent: QObject | None = None,
        *,
        units: Sequence[Entry] = (),
    ) -> None:
        """`units` are those with their own answer deadline."""
        super().__init__(parent)
        self._records: tuple[Record, ...] = ()
        self._use((tuple(topics), tuple(categories), tuple(units)))

    @property
    def texts(self) -> Mapping[str, str]:
        """«Тема › Категория» by category key."""
        return self._texts

    @property
    def topics(self) -> tuple[Entry, ...]:
        """Topics in force."""
        return self._read[0]

    @property
    def categories(self) -> tuple[Entry, ...]:
        """Categories in force, of all topics."""
        return self._read[1]

    @property
    def units(self) -> tuple[Entry, ...]:
        """Units in force that have their own answer deadline."""
        return self._read[2]

    def unit_term(self, key: str) -> AnswerTerm | None:
        """Answer deadline of a unit, used if the topic sets none (clause 3.2)."""
        return next(
            (
                unit.details.answer_term
                for unit in self.units
                if unit.id == key and isinstance(unit.details, UnitDetails)
            ),
            None,
        )

    def category(self, key: str) -> Entry | None:
        """Returns the category in force with this key, or None."""
        return self._by_key.get(key)

    def entry(self, key: str) -> Entry | None:
        """Returns the topic or category in force with this key, or None."""
        return self._by_key.get(key) or next((one for one in self.topics if one.id == key), None)

    def topic_title(self, key: str) -> str:
        """Title of the topic; empty if it is not in force."""
        return self._topic_titles.get(key, "")

    @property
    def records(self) -> tuple[Record, ...]:
        """Thematic regulations and technological maps of the city, including those not in force."""
        return self._records

    def follow(self, records: tuple[Record, ...]) -> None:
        """Replaces regulations and maps; emits `changed` only on a difference."""
        if records != self._records:
            self._records = records
            self.changed.emit()

    def organ_of(self, topic: str | None, category: str | None, on: date) -> str:
        """Returns the key of the responsible body, empty if none is set.

        The regulation in force on that day (clause 3.1) precedes the category and the topic (clause
        7.9).
        """
        ruled = body_for(self._records, topic, category, on)
        if ruled is not None:
            return ruled
        return self._organs.get(category or "", "") or self._organs.get(topic or "", "")

    def replace(self, read: Filed) -> None:
        """Replaces topics, categories and units; emits `changed` only on a difference."""
        if read != self._read:
            self._use(read)
            self.changed.emit()

    def _use(self, read: Filed) -> None:
        self._read = read
        topics, categories, _units = read
        self._topic_titles = {topic.id: topic.title for topic in topics}
        self._by_key = {category.id: category for category in categories}
        self._organs = {entry.id: entry.owner for entry in (*topics, *categories)}
        self._texts = directory_words.category_texts(topics, categories)


class ClassifierReader(QObject):
    """Reloads the classifier on a reader thread after directory changes."""

    def __init__(
        self,
        classifier: Classifier,
        directory: Directory,
        readers: Executor,
        deliveries: Deliveries,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._classifier = classifier
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries

    def read(self) -> None:
        """Starts reading; the classifier is updated asynchronously."""
        self._deliveries.deliver(
            self._readers.submit(read_filed, self._directory),
            self._classifier.replace,
            # The search panel reports an unreadable directory; the previous choices remain.
            lambda _error: None,
            expected=(DirectoryError,),
        )


class OrgansPort(Protocol):
    """Directory access. Blocks; call on a worker thread."""

    def unit_titles(self, today: date) -> Mapping[str, str]: ...

    def officials(self, today: date) -> Mapping[str, Mapping[str, str]]: ...


class Organs(QObject):
    """All units in force with their officials, by key. GUI thread only."""

    changed = Signal()

    def __init__(
        self,
        directory: OrgansPort,
        readers: Executor,
        deliveries: Deliveries,
        *,
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._zone = zone
        self._clock = clock
        self._titles: Mapping[str, str] = {}
        self._officials: Mapping[str, Mapping[str, str]] = {}

    @property
    def titles(self) -> Mapping[str, str]:
        return self._titles

    def title(self, key: str) -> str:
        """Name of the body; its key if it is not in force or not loaded yet."""
        return self._titles.get(key, key)

    def officials(self, key: str) -> Mapping[str, str]:
        """Name and position of the body's officials, by key."""
        return self._officials.get(key, {})

    def today(self) -> date:
        """Current date in the city."""
        return self._clock().astimezone(self._zone).date()

    def day_of(self, at: datetime | None) -> date:
        """Date in the city at this time; today if None."""
        return self.today() if at is None else at.astimezone(self._zone).date()

    def read(self) -> None:
        """Starts reading; the names are updated asynchronously."""
        today = self.today()
        self._deliveries.deliver(
            self._readers.submit(
                lambda: (self._directory.unit_titles(today), self._directory.officials(today))
            ),
            self._use,
            # The search panel reports an unreadable directory; the previous names remain.
            lambda _error: None,
            expected=(DirectoryError,),
        )

    def _use(self, read: tuple[Mapping[str, str], Mapping[str, Mapping[str, str]]]) -> None:
        if read != (self._titles, self._officials):
            self._titles, self._officials = read
            self.changed.emit()
