"""Directory search of each call card, and recognition of inserted directory texts in a draft.

After a restart, inserted texts are found by comparing the draft with directory entries and
incidents. A text that has changed since it was inserted counts as the operator's own.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.shared.directory import words as directory_words
from console.shared.directory.hits import unit_of
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import CardSaved, DeskState, LineState
from kb.entries.entries import Entry
from kb.errors import DirectoryError
from sync.errors import StoreError
from sync.register.calls.by_hand import INCIDENT_KEY, answer_of
from sync.register.calls.calls import CallRecord, UsedEntry
from sync.register.incidents import Incident
from sync.register.people.operators import Operator

LOG = logging.getLogger(__name__)


class EntriesPort(Protocol):
    """Directory queries; called on a reader thread."""

    def entry(self, entry_id: str) -> Entry | None: ...

    def titles(self, entry_ids: Collection[str]) -> Mapping[str, str]: ...


class IncidentsPort(Protocol):
    """Queries for published incidents; called on a reader thread."""

    def all(self) -> tuple[Incident, ...]: ...


class EarlierAnswers(QObject):
    """Finds the inserted directory texts in each card that becomes active. GUI thread only.

    If an entry has changed since its text was inserted, the text counts as the operator's own.
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
            answer_of(title, directory_words.entry_texts(entry, titles.get(unit_of(entry), ""))[0])
            for title, entry in found
            if entry is not None
        )

    def _official_texts(self, used: Sequence[UsedEntry]) -> tuple[str, ...]:
        """Returns all published texts of the incidents used in a card, shortest first.

        The card determines which of them it contains and removes the last one first, because a
        longer text may start with a shorter one.
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
    """Logs a read error.

    Inserted texts then remain in a message created from the card; the operator must remove them.
    """
    LOG.info("call card: cannot read draft answers: %s", type(error).__name__)


class SearchedText(Protocol):
    """State of the directory search, of which only the query is needed here."""

    @property
    def query(self) -> str: ...


class Search(Protocol):
    """Directory search. GUI thread only."""

    @property
    def state(self) -> SearchedText: ...

    def start(self) -> None: ...

    def set_apart(self) -> None: ...

    def set_query(self, text: str) -> None: ...

    def hear(self, content: str) -> None: ...

    def finish_search(self) -> None: ...


class SearchOfCard:
    """Gives each record its own directory search. GUI thread only.

    A query entered without a record is retained while a call rings; answering the call starts a new
    search.
    """

    def __init__(self, search: Search, operator: Callable[[], Operator]) -> None:
        self._search = search
        self._operator = operator
        self._typed_by = operator().id
        self._card_id: UUID | None = None  # record of the current query and results
        self._awaits_card = False  # call answered, record not written yet
        self._typed: dict[UUID, str] = {}

    def follow(self, desk: DeskState) -> None:
        """Shows the search of the active record; saves the query of the previous record."""
        if self._typed_by != self._operator().id:
            self._typed_by = self._operator().id
            self._typed.clear()  # queries of the previous operator
        card = desk.card
        if card is None and desk.line is LineState.TALKING:
            if not self._awaits_card:
                self._turn_to(None)
                self._awaits_card = True
        elif card is None:
            self._keep_query()
            self._card_id, self._awaits_card = None, False
        elif self._awaits_card:
            self._card_id, self._awaits_card = card.id, False
            self._search.hear(card.content)
        elif card.id != self._card_id:
            if self._card_id is None and _only_rings(card) and self._search.state.query:
                self._search.set_apart()
                return
            self._turn_to(card.id)
            if typed := self._typed.pop(card.id, ""):
                self._search.set_query(typed)
            self._search.hear(card.content)

    def _turn_to(self, card_id: UUID | None) -> None:
        self._keep_query()
        self._card_id = card_id
        self._search.start()

    def _keep_query(self) -> None:
        if self._card_id is not None and (query := self._search.state.query):
            self._typed[self._card_id] = query

    def finish(self, saved: CardSaved) -> None:
        """Ends the search of a saved card.

        The search continues if another card is active, or if a ringing caller hangs up while the
        operator is searching.
        """
        self._typed.pop(saved.card.id, None)
        searches = saved.by_itself and self._search.state.query
        if self._card_id in (None, saved.card.id) and not searches:
            self._search.finish_search()


def _only_rings(card: CallRecord) -> bool:
    return card.direction == "incoming" and card.answered_at is None and card.ended_at is None
