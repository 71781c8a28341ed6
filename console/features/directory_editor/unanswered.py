"""Failed searches, and search for the directory entry that each should have found.

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
    """Sort order of the failed searches."""

    OFTEN = "often"
    NEWEST = "newest"


class UnansweredPort(Protocol):
    """Directory operations for failed searches; called on worker threads."""

    def unanswered_searches(self, *, limit: int = ...) -> tuple[UnansweredSearch, ...]: ...

    def find(self, text: str, limit: int = ...) -> SearchResult: ...

    def answer_found(self, query: str) -> None: ...


@dataclass(frozen=True, slots=True)
class UnansweredState:
    """View state of the section of failed searches.

    ``chosen`` (failed search) and ``selected`` (entry) are -1 without a selection. ``count`` is the
    number of all failed searches; only the first of them are listed.
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
    """Presenter of the failed searches and of the search for the entry that each should have found.

    GUI thread only.
    """

    changed = Signal(object)  # UnansweredState
    told = Signal(object)  # Notice
    loaded = Signal(int)  # number of searches listed

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
        """Whether the shown entries are the result of the latest query."""
        return self._asked == self._answered

    @property
    def is_reading(self) -> bool:
        """Whether the list of failed searches is being read."""
        return self._readings > 0

    @property
    def chosen_title(self) -> str:
        """Title of the entry selected as the expected result; empty if none is selected."""
        state = self._state
        return state.hits[state.selected].title if state.selected >= 0 else ""

    @property
    def chosen_entry(self) -> str:
        """Id of the entry selected as the expected result; empty if none is selected."""
        state = self._state
        return state.hits[state.selected].key if state.selected >= 0 else ""

    def reload(self) -> None:
        """Reloads the failed searches."""
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
        """Sorts the failed searches by frequency or by the day of the last search."""
        self._state = replace(self._state, order=SearchOrder(name))
        self._list()
        self._show(self._state.query)

    def choose(self, index: int) -> None:
        """Selects a failed search of the list and shows its current results."""
        listed = self._listed
        if 0 <= index < len(listed) and listed[index].query != self._state.query:
            self._show(listed[index].query)

    def look_for(self, text: str) -> None:
        """Searches for the entry that the selected failed search should have found."""
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
        """Selects one of the found entries as the expected result."""
        if 0 <= index < len(self._state.hits):
            self._state = replace(self._state, selected=index)
            self.changed.emit(self._state)

    def move(self, steps: int) -> None:
        """Moves the selection of the found entries by this number of rows."""
        last = len(self._state.hits) - 1
        if last >= 0:
            self.select(max(0, min(last, self._state.selected + steps)))

    def settle(self) -> None:
        """Marks the selected failed search as resolved."""
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
        # The next search is selected: keyboard users continue at the same position.
        self._show(rest[min(place, len(rest) - 1)] if rest else "")
        self.reload()

    # --- view state ---

    def _list(self) -> None:
        """Sorts the failed searches; called when the list or its order changes, not at every
        selection.
        """
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
            self.look_for(self._state.query)  # the entry often exists, but ranks low
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
