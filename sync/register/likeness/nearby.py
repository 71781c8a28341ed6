"""Open messages that the caller may be speaking of: likely the same matter, or the same place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sync.register.likeness.matters import Matters
from sync.register.likeness.place import Place, agrees, contradicts, place_of
from sync.register.likeness.search import SimilarMessages
from sync.register.message_text import with_place

MOST = 5


@dataclass(frozen=True, slots=True)
class OpenMessage:
    """What is compared of a message; ``category`` is a directory key."""

    id: UUID
    text: str
    place: str
    category: str | None

    @property
    def told(self) -> str:
        """Text and place as one text, as the checks read them too."""
        return with_place(self.text, self.place)


class NearbyMessages:
    """Open messages by matter, and by category and place; used from one thread at a time."""

    def __init__(self, matters: Matters) -> None:
        self._messages: dict[UUID, OpenMessage] = {}
        self._places: dict[UUID, Place] = {}
        self._by_category: dict[str, set[UUID]] = defaultdict(set)
        self._similar: SimilarMessages[UUID] = SimilarMessages(
            matters, lambda id: self._messages[id].told
        )

    def put(self, message: OpenMessage) -> None:
        """Take a message in, or its newest words; one that says nothing new costs nothing."""
        if self._messages.get(message.id) == message:
            return
        self.remove(message.id)
        self._messages[message.id] = message
        self._places[message.id] = place_of(message.told)[0]
        if message.category is not None:
            self._by_category[message.category].add(message.id)
        self._similar.put(message.id, message.told)

    def remove(self, id: UUID) -> None:
        """Forget a message that is open no more; does nothing for one that is not there."""
        message = self._messages.pop(id, None)
        if message is not None:
            del self._places[id]
            if message.category is not None:
                self._by_category[message.category].discard(id)
            self._similar.remove(id)

    def find(self, asked: OpenMessage, limit: int = MOST) -> tuple[UUID, ...]:
        """The messages it may be about, the likest first, without itself."""
        # Whether they are by one user and in term decides about a ground, not about likeness.
        similar = self._similar.find(
            asked.told, in_term=lambda _id: False, same_user=lambda _id: False, limit=limit + 1
        )
        found = [each.key for each in similar]
        found += self._at_the_place(asked)
        return tuple(id for id in dict.fromkeys(found) if id != asked.id)[:limit]

    def _at_the_place(self, asked: OpenMessage) -> list[UUID]:
        place = place_of(asked.told)[0]
        return sorted(
            id
            for id in self._by_category.get(asked.category or "", ())
            if agrees(place, self._places[id]) and not contradicts(place, self._places[id])
        )
