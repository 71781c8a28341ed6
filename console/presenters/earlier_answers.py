"""Which answers stand in a card that was begun before this start: the directory still has them."""

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
from sync.register.calls import UsedEntry, answer_of

LOG = logging.getLogger(__name__)


class EntriesPort(Protocol):
    """What is asked of the directory; on a reader thread."""

    def entry(self, entry_id: str) -> Entry | None: ...

    def titles(self, entry_ids: Collection[str]) -> Mapping[str, str]: ...


class EarlierAnswers(QObject):
    """Reads the answers of each card that comes to the front with some; GUI thread.

    An entry that was changed since gives another text than stands in the card: what is not found
    there stays the operator's own.
    """

    def __init__(
        self,
        desk: DeskPresenter,
        directory: EntriesPort,
        readers: Executor,
        deliveries: Deliveries,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._newest: UUID | None = None
        desk.changed.connect(self._follow)

    def _follow(self, state: DeskState) -> None:
        card = state.card
        if card is None or card.id == self._newest:
            return
        self._newest = card.id
        used = [each for each in card.used_entries if each.kind != "script"]
        if used and not self._desk.knows_answers(card.id):
            card_id = card.id
            self._deliveries.deliver(
                self._readers.submit(self._read, used),
                lambda texts: self._desk.tell_answers(card_id, texts),
                _not_read,
                (DirectoryError,),
            )

    def _read(self, used: Sequence[UsedEntry]) -> tuple[str, ...]:
        found = [(each.title, self._directory.entry(each.key)) for each in used]
        units = {unit for _title, entry in found if entry is not None and (unit := unit_of(entry))}
        titles = self._directory.titles(units) if units else {}
        return tuple(
            answer_of(title, words.directory.entry_texts(entry, titles.get(unit_of(entry), ""))[0])
            for title, entry in found
            if entry is not None
        )


def _not_read(error: Exception) -> None:
    """A message of such a card begins with all that stands there, and she takes it out."""
    LOG.info("answers of a draft: %s", type(error).__name__)
