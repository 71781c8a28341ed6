"""Searches without a useful result, and search for the entry that should have been found.

GUI thread only; the directory is read on a reader thread.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core.deliveries import Deliveries
from console.core.view_data import HistoryRow, Notice
from console.features.directory_editor import finding_words
from console.shared.directory import words as directory_words
from console.shared.directory.documents import DirectoryWrites
from console.shared.directory.hits import CityDays, HitRow, hit_row
from kb.errors import DirectoryError
from kb.search.search import Hit, SearchResult
from kb.search.usage import MOST_UNANSWERED, UnansweredSearch
from sync.register.people.operators import Action, Operator, may

SHOWN_HITS = 9
SHOWN_SEARCHES = 500


class SearchOrder(StrEnum):
    """What comes first in the list."""

    OFTEN = "often"
    NEWEST = "newest"


class UnansweredPort(Protocol):
    """What the presenter needs of the directory; never called on the GUI thread."""

    def unanswered_searches(self, *, limit: int = ...) -> tuple[UnansweredSearch, ...]: ...

    def find(self, text: str, limit: int = ...) -> SearchResult: ...

    def answer_found(self, query: str) -> None: ...


@dataclass(frozen=True, slots=True)
class UnansweredState:
    """All that the section shows; ``chosen`` and ``selected`` are -1 where nothing is.

    ``count`` is of all searches, of which the first ones are listed.
    """

    rows: tuple[HistoryRow, ...] = ()
    count: int = 0
    order: SearchOrder = SearchOrder.OFTEN
    chosen: int = -1
    query: str = ""
    status: str = ""
    looked_for: str = ""
    hits: tuple[HitRow, ...] = ()
    selected: int = -1


class UnansweredPresenter(QObject):
    """The list, and beside it a search for the entry that should have been found.

    Belongs to the GUI thread.
    """

    changed = Signal(object)  # UnansweredState
    told = Signal(object)  # Notice
    loaded = Signal(int)  # how many searches are listed now

    def __init__(
        self,
        directory: UnansweredPort,
        readers: Executor,
        writer: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        zone: ZoneInfo,
        days: CityDays,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._operator = operator
        self._zone = zone
        self._days = days
        self._writes = DirectoryWrites(writer, deliveries, self.told.emit)
        self._searches: tuple[UnansweredSearch, ...] = ()
        self._listed: list[UnansweredSearch] = []
        self._asked = 0
        self._answered = 0
        self._readings = 0
        self._state = UnansweredState()

    @property
    def state(self) -> UnansweredState:
        return self._state

    @property
    def is_settled(self) -> bool:
        """Whether the entries shown are the answer to what was looked for last."""
        return self._asked == self._answered

    @property
    def is_reading(self) -> bool:
        """Whether the list that was asked for last is still on its way."""
        return self._readings > 0

    @property
    def chosen_title(self) -> str:
        """The title of the entry that is selected as the one to be found, if any."""
        state = self._state
        return state.hits[state.selected].title if state.selected >= 0 else ""

    @property
    def chosen_entry(self) -> str:
        """The id of that entry."""
        state = self._state
        return state.hits[state.selected].key if state.selected >= 0 else ""

    def reload(self) -> None:
        """Read the searches anew."""
        self._readings += 1
        future = self._readers.submit(
            lambda: self._directory.unanswered_searches(limit=MOST_UNANSWERED)
        )
        self._deliveries.deliver(future, self._loaded, self._not_loaded, expected=(DirectoryError,))

    def _loaded(self, searches: tuple[UnansweredSearch, ...]) -> None:
        self._readings -= 1
        self._searches = searches
        self._list()
        self._show(self._state.query)
        self.loaded.emit(len(searches))

    def _not_loaded(self, error: Exception) -> None:
        self._readings -= 1
        self._not_read(error)

    def _not_read(self, error: Exception) -> None:
        self.told.emit(Notice(*directory_words.not_read(error), problem=True))

    def set_order(self, name: str) -> None:
        """List what was asked most often first, or what was asked last."""
        self._state = replace(self._state, order=SearchOrder(name))
        self._list()
        self._show(self._state.query)

    def choose(self, index: int) -> None:
        """Show a search of the list, with what its words find now."""
        listed = self._listed
        if 0 <= index < len(listed) and listed[index].query != self._state.query:
            self._show(listed[index].query)

    def look_for(self, text: str) -> None:
        """Search for the entry that should have been found."""
        self._asked += 1
        asked = self._asked
        self._state = replace(self._state, looked_for=text)
        if text.strip():
            future = self._readers.submit(self._directory.find, text, SHOWN_HITS)
            self._deliveries.deliver(
                future,
                lambda found: self._found(asked, found),
                lambda error: self._not_found(asked, error),
                expected=(DirectoryError,),
            )
        else:
            self._answered = asked
            self._show_hits(())

    def _found(self, asked: int, found: SearchResult) -> None:
        if asked == self._asked:
            self._answered = asked
            self._show_hits(found.hits)

    def _not_found(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._answered = asked
            self._show_hits(())
            self._not_read(error)

    def _show_hits(self, hits: tuple[Hit, ...]) -> None:
        now = datetime.now(self._zone)
        rows = tuple(hit_row(hit, now, self._days, "") for hit in hits)
        self._state = replace(self._state, hits=rows, selected=0 if rows else -1)
        self.changed.emit(self._state)

    def select(self, index: int) -> None:
        """Choose one of the entries found."""
        if 0 <= index < len(self._state.hits):
            self._state = replace(self._state, selected=index)
            self.changed.emit(self._state)

    def move(self, steps: int) -> None:
        """Move the choice by rows, as arrow keys do from within the search field."""
        last = len(self._state.hits) - 1
        if last >= 0:
            self.select(max(0, min(last, self._state.selected + steps)))

    def settle(self) -> None:
        """The chosen search needs nothing more."""
        query = self._state.query
        if not query or self._writes.is_busy:
            return
        if may(self._operator().role, Action.EDIT_DIRECTORY):
            self._writes.write(
                lambda: self._directory.answer_found(query), lambda _none: self._settled(query)
            )

    def _settled(self, query: str) -> None:
        self.told.emit(Notice(finding_words.settled(query)))
        ordered = [one.query for one in self._listed]
        place = ordered.index(query) if query in ordered else 0
        rest = [one for one in ordered if one != query]
        self._searches = tuple(one for one in self._searches if one.query != query)
        self._list()
        # The keyboard stays where it was, on the search that comes after.
        self._show(rest[min(place, len(rest) - 1)] if rest else "")
        self.reload()

    # --- what is shown ---

    def _list(self) -> None:
        """Put the searches in their order; done once, and not at every step through the list."""
        if self._state.order is SearchOrder.OFTEN:
            ordered = sorted(
                self._searches, key=lambda one: (-one.times, -one.last_on.toordinal(), one.query)
            )
        else:
            ordered = sorted(
                self._searches, key=lambda one: (-one.last_on.toordinal(), -one.times, one.query)
            )
        self._listed = ordered[:SHOWN_SEARCHES]
        self._state = replace(
            self._state,
            rows=tuple(_row(one, number) for number, one in enumerate(self._listed, start=1)),
            count=len(ordered),
        )

    def _show(self, query: str) -> None:
        listed = self._listed
        queries = [one.query for one in listed]
        chosen = queries.index(query) if query in queries else -1
        other = (query if chosen >= 0 else "") != self._state.query
        self._state = replace(
            self._state,
            chosen=chosen,
            query=query if chosen >= 0 else "",
            status=finding_words.looked_for_in_vain(listed[chosen]) if chosen >= 0 else "",
        )
        if other:
            self.look_for(self._state.query)  # often the entry is there, but far below
        self.changed.emit(self._state)


def _row(search: UnansweredSearch, number: int) -> HistoryRow:
    nothing = search.found == 0
    return HistoryRow(
        number=number,
        what=search.query,
        who=finding_words.asked_last(search),
        version=finding_words.times(search.times),
        icon="magnifying-glass-minus" if nothing else "magnifying-glass",
        role="danger" if nothing else "text-2",
    )
