"""The search beside the card in front: what was typed for its caller, and for nobody else."""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from console.presenters.desk_state import CardSaved, DeskState
from console.presenters.directory_state import DirectoryState
from console.presenters.live_calls import LineState
from sync.register.operators import Operator


class Search(Protocol):
    """What is done to the search; GUI thread."""

    @property
    def state(self) -> DirectoryState: ...

    def start(self) -> None: ...

    def set_query(self, text: str) -> None: ...

    def hear(self, content: str) -> None: ...

    def finish_search(self) -> None: ...


class SearchOfCard:
    """Turns the search to another card as soon as that is in front; belongs to the GUI thread."""

    def __init__(self, search: Search, operator: Callable[[], Operator]) -> None:
        self._search = search
        self._operator = operator
        self._typed_by = operator().id
        self._card_id: UUID | None = None
        self._typed: dict[UUID, str] = {}

    def follow(self, desk: DeskState) -> None:
        """Look up what stands in the card; what was typed for the one before waits for him.

        A first card leaves alone what was typed before there was any.
        """
        if self._typed_by != self._operator().id:
            self._typed_by = self._operator().id
            self._typed.clear()  # what another one has typed is not hers
        if desk.card is None:
            if desk.line is not LineState.TALKING:  # else its record is only being read
                self._card_id = None
            return
        before, self._card_id = self._card_id, desk.card.id
        if before is None or before == desk.card.id:
            return
        if query := self._search.state.query:
            self._typed[before] = query
        self._search.start()
        if typed := self._typed.pop(desk.card.id, ""):
            self._search.set_query(typed)
        self._search.hear(desk.card.content)

    def finish(self, saved: CardSaved) -> None:
        """The card has come to its end: nobody comes back to what was typed for its caller.

        Who has another card in front keeps what is found for that, and so does who searches while
        somebody rings and gives up.
        """
        self._typed.pop(saved.card.id, None)
        searches = saved.by_itself and self._search.state.query
        if self._card_id in (None, saved.card.id) and not searches:
            self._search.finish_search()
