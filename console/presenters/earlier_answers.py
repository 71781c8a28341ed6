"""Which answers stand in a card that was begun before this start.

The directory still has its own, and the register every text that an incident ever had.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Executor
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject

from console import words
from console.bridge import Deliveries
from console.presenters.desk import DeskPresenter
from console.presenters.desk_state import DeskState
from console.presenters.hit_rows import unit_of
from kb.entries import Entry
from kb.errors import DirectoryError
from sync.errors import StoreError
from sync.register.calls import UsedEntry
from sync.register.incidents.incident import Incident
from sync.register.used_entries import INCIDENT_KEY, answer_of

LOG = logging.getLogger(__name__)


class EntriesPort(Protocol):
    """What is asked of the directory; on a reader thread."""

    def entry(self, entry_id: str) -> Entry | None: ...

    def titles(self, entry_ids: Collection[str]) -> Mapping[str, str]: ...


class IncidentsPort(Protocol):
    """What is asked of the register; on a reader thread."""

    def all(self) -> tuple[Incident, ...]: ...


class EarlierAnswers(QObject):
    """Reads the answers of each card that comes to the front with some; GUI thread.

    An entry that was changed since gives another text than stands in the card: what is not found
    there stays the operator's own.
    """

    def __init__(
        self,
        desk: DeskPresenter,
        directory: EntriesPort,
        incidents: IncidentsPort,
        readers: Executor,
        deliveries: Deliveries,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._directory = directory
        self._incidents = incidents
        self._readers = readers
        self._deliveries = deliveries
        self._newest: UUID | None = None
        desk.changed.connect(self._follow)

    def _follow(self, state: DeskState) -> None:
        card = state.card
        if card is None or card.id == self._newest:
            return
        self._newest = card.id
        used = [
            each
            for each in card.used_entries
            if each.kind != "script" or each.key.startswith(INCIDENT_KEY)
        ]
        if used and not self._desk.knows_answers(card.id):
            card_id = card.id
            self._deliveries.deliver(
                self._readers.submit(self._read, used),
                lambda texts: self._desk.tell_answers(card_id, texts),
                _not_read,
                (DirectoryError, StoreError),
            )

    def _read(self, used: Sequence[UsedEntry]) -> tuple[str, ...]:
        of_directory = [each for each in used if each.kind != "script"]
        of_incidents = [each for each in used if each.kind == "script"]
        return (*self._answers(of_directory), *self._official_texts(of_incidents))

    def _answers(self, used: Sequence[UsedEntry]) -> tuple[str, ...]:
        found = [(each.title, self._directory.entry(each.key)) for each in used]
        units = {unit for _title, entry in found if entry is not None and (unit := unit_of(entry))}
        titles = self._directory.titles(units) if units else {}
        return tuple(
            answer_of(title, words.directory.entry_texts(entry, titles.get(unit_of(entry), ""))[0])
            for title, entry in found
            if entry is not None
        )

    def _official_texts(self, used: Sequence[UsedEntry]) -> tuple[str, ...]:
        """All that was ever said of these: which of it stands in the card is seen there.

        Of two texts the longer one is taken out first, and so comes last: it may begin with the
        other.
        """
        titles = {UUID(each.key.removeprefix(INCIDENT_KEY)): each.title for each in used}
        incidents = self._incidents.all() if titles else ()
        texts = {
            answer_of(titles[id], version.text)
            for one in incidents
            for id in one.ids & titles.keys()
            for version in one.versions
        }
        return tuple(sorted(texts, key=len))


def _not_read(error: Exception) -> None:
    """A message of such a card begins with all that stands there, and she takes it out."""
    LOG.info("answers of a draft: %s", type(error).__name__)
