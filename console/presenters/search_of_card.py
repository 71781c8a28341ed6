"""The search beside the card in front: what was typed for its caller, and for nobody else."""

from typing import Protocol
from uuid import UUID

from console.presenters.desk_state import DeskState
from console.presenters.directory import DirectoryState
from console.presenters.live_calls import LineState


class Search(Protocol):
    """What is done to the search; GUI thread."""

    @property
    def state(self) -> DirectoryState: ...

    def start(self) -> None: ...

    def set_query(self, text: str) -> None: ...

    def hear(self, content: str) -> None: ...


class SearchOfCard:
    """Turns the search to another card as soon as that is in front; belongs to the GUI thread."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._card_id: UUID | None = None
        self._typed: dict[UUID, str] = {}

    def follow(self, desk: DeskState) -> None:
        """Look up what stands in the card; what was typed for the one before waits for him.

        A first card leaves alone what was typed before there was any.
        """
        if desk.card is None:
            if desk.line is not LineState.TALKING:  # else its record is only being read
                self._card_id = None
            return
        before, self._card_id = self._card_id, desk.card.id
        if before is None or before == desk.card.id:
            return
        self._typed[before] = self._search.state.query
        self._search.start()
        if typed := self._typed.pop(desk.card.id, ""):
            self._search.set_query(typed)
        self._search.hear(desk.card.content)
