"""An in-memory call register that can be held, unavailable or slow."""

from __future__ import annotations

from collections.abc import Sequence

from sync.errors import CentreUnread
from sync.register.calls.call_search import CallQuery
from sync.register.calls.calls import CallRecord
from sync.store.local.calls.search_stop import SearchStop


class FakeCallSource:
    """Filters by period, number, telephone and text; records its queries."""

    def __init__(self, cards: Sequence[CallRecord] = ()) -> None:
        self.cards = list(cards)
        self.asked: list[tuple[CallQuery, CallRecord | None, int, SearchStop]] = []
        self.is_away = False

    def find_calls(
        self, query: CallQuery, after: CallRecord | None, most: int, stop: SearchStop
    ) -> tuple[CallRecord, ...]:
        self.asked.append((query, after, most, stop))
        if self.is_away:
            raise CentreUnread("unreachable")
        found = sorted(
            (card for card in self.cards if _fits(query, card)),
            key=lambda card: (card.arrived_at, card.id),
            reverse=query.is_descending,
        )
        start = 0 if after is None else found.index(after) + 1
        return tuple(found[start : start + most])

    def operator_names(self) -> tuple[str, ...]:
        if self.is_away:
            raise CentreUnread("unreachable")
        return tuple(sorted({card.operator_name for card in self.cards}))

    def workplace_codes(self) -> tuple[str, ...]:
        return tuple(sorted({card.number.station for card in self.cards}))


def _fits(query: CallQuery, card: CallRecord) -> bool:
    if query.number is not None:
        return card.number == query.number
    return (
        query.start <= card.arrived_at < query.end
        and query.phone in ("", card.phone)
        and query.operator in ("", card.operator_name)
        and query.words.lower() in card.content.lower()
    )
