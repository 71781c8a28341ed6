"""Searches calls and messages of all workplaces, or only of this one offline (Regulation 9.11).

Local records are always included, because unsent records are not yet in the central database.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from sync.errors import CentreUnread
from sync.register.calls.call_search import CallQuery, words_of
from sync.register.calls.calls import CallRecord
from sync.register.handling.handled import HandledMessage
from sync.register.numbering import RegistrationNumber
from sync.store.local.calls.search_stop import SearchStop

MOST = 50
_EVER = CallQuery(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """Search by one criterion: registration number, phone number (E.164), or words or a name."""

    number: RegistrationNumber | None = None
    phone: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class FoundRecords:
    """Found records, the latest first.

    ``is_here``: only this workplace was searched although a central database is configured.
    ``elsewhere``: ids of messages and calls that this workplace does not have.
    """

    messages: tuple[HandledMessage, ...]
    calls: tuple[CallRecord, ...]
    elsewhere: frozenset[UUID] = frozenset()
    is_here: bool = False


class MessagesHere(Protocol):
    """Messages of this workplace."""

    def by_number(self, number: RegistrationNumber) -> HandledMessage | None: ...

    def by_phone(self, phone: str) -> tuple[HandledMessage, ...]: ...

    def by_text(self, text: str, most: int) -> tuple[HandledMessage, ...]: ...

    def handled(self, message_id: UUID) -> HandledMessage | None: ...


class CallsOf(Protocol):
    """Calls of this workplace or of all workplaces."""

    def find_calls(
        self, query: CallQuery, after: CallRecord | None, most: int, stop: SearchStop
    ) -> tuple[CallRecord, ...]: ...


class CentralRecords(CallsOf, Protocol):
    """Records of all workplaces; raises CentreUnread."""

    def find_messages(self, asked: dict[str, Any], most: int) -> tuple[HandledMessage, ...]: ...


class RecordSearch:
    """Search for calls and messages. Thread-safe. Blocks; raises StoreError."""

    def __init__(
        self,
        messages: MessagesHere,
        calls: CallsOf,
        centre: CentralRecords | None = None,
        can_ask: Callable[[], bool] = lambda: True,
    ) -> None:
        """Creates the search; ``can_ask`` returns whether the operator signed in centrally."""
        self._messages = messages
        self._calls = calls
        self._centre = centre
        self._can_ask = can_ask

    def find(self, query: RecordQuery) -> FoundRecords:
        """Returns at most ``MOST`` messages and calls each, local and central ones merged."""
        messages, calls = self._messages_here(query), _calls_of(self._calls, query)
        if self._centre is None:
            return self._with_message_of_call(FoundRecords(messages, calls))
        if not self._can_ask():
            return self._with_message_of_call(FoundRecords(messages, calls, is_here=True))
        try:
            told = _messages_of(self._centre, query)
            called = _calls_of(self._centre, query)
            if query.number is not None and called and not (told or messages):
                told = self._centre.find_messages({"call": str(called[0].id)}, 1)
        except CentreUnread:
            return self._with_message_of_call(FoundRecords(messages, calls, is_here=True))
        known = {one.id for one in messages}
        known_calls = {one.id for one in calls}
        further = tuple(one for one in told if one.id not in known)
        further_calls = tuple(one for one in called if one.id not in known_calls)
        elsewhere = {one.id for one in further if self._messages.handled(one.id) is None}
        elsewhere |= {one.id for one in further_calls if not self._has_call(one)}
        return self._with_message_of_call(
            FoundRecords(
                _newest_messages((*messages, *further)),
                _newest_calls((*calls, *further_calls)),
                frozenset(elsewhere),
            )
        )

    def message_of(self, card: CallRecord) -> HandledMessage | None:
        """Returns the message created from a call of any workplace."""
        if card.message_id is None:
            return None
        own = self._messages.handled(card.message_id)
        if own is not None or self._centre is None or not self._can_ask():
            return own
        try:
            found = self._centre.find_messages({"call": str(card.id)}, 1)
        except CentreUnread:
            return None
        return found[0] if found else None

    def _has_call(self, card: CallRecord) -> bool:
        """Whether this workplace has the call; a text search may have found it only in the central
        database.
        """
        return bool(_calls_of(self._calls, RecordQuery(number=card.number)))

    def _with_message_of_call(self, found: FoundRecords) -> FoundRecords:
        """Adds the message of a call if a search by number found only the call."""
        if found.messages or len(found.calls) != 1 or found.calls[0].message_id is None:
            return found
        made = self._messages.handled(found.calls[0].message_id)
        return found if made is None else replace(found, messages=(made,))

    def _messages_here(self, query: RecordQuery) -> tuple[HandledMessage, ...]:
        if query.number is not None:
            one = self._messages.by_number(query.number)
            return () if one is None else (one,)
        if query.phone:
            return _newest_messages(self._messages.by_phone(query.phone))
        return self._messages.by_text(query.text, MOST)


def _calls_of(source: CallsOf, query: RecordQuery) -> tuple[CallRecord, ...]:
    def asked(**filters: Any) -> tuple[CallRecord, ...]:
        return source.find_calls(replace(_EVER, **filters), None, MOST, SearchStop())

    if query.number is not None:
        return asked(number=query.number)
    if query.phone:
        return asked(phone=query.phone)
    found = [*asked(name=query.text.strip())]
    if words_of(query.text):
        found += asked(words=query.text)
    return _newest_calls(found)


def _messages_of(centre: CentralRecords, query: RecordQuery) -> tuple[HandledMessage, ...]:
    if query.number is not None:
        return centre.find_messages({"number": str(query.number)}, 1)
    if query.phone:
        return centre.find_messages({"phone": query.phone}, MOST)
    found = [*centre.find_messages({"name": query.text.split()}, MOST)]
    if words := words_of(query.text):
        found += centre.find_messages({"words": words}, MOST)
    return _newest_messages(found)


def _newest_messages(found: Sequence[HandledMessage]) -> tuple[HandledMessage, ...]:
    single = {one.id: one for one in found}.values()
    newest = sorted(
        single, key=lambda one: (one.record.created_at, str(one.record.number)), reverse=True
    )
    return tuple(newest[:MOST])


def _newest_calls(found: Sequence[CallRecord]) -> tuple[CallRecord, ...]:
    single = {one.id: one for one in found}.values()
    return tuple(sorted(single, key=lambda one: one.arrived_at, reverse=True)[:MOST])
