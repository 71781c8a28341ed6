"""In-memory records of one workplace for the search over all workplaces."""

from __future__ import annotations

from uuid import UUID

from sync.register.calls.call_search import CallQuery
from sync.register.calls.calls import CallRecord
from sync.register.handling.handled import HandledMessage
from sync.register.numbering import RegistrationNumber
from sync.store.local.calls.search_stop import SearchStop
from tests.fakes.call_register import FakeCallSource
from tests.fakes.console_register import FakeRegister
from tests.fakes.handling import FakeHandling


class FakeMessagesHere:
    """Searches messages of a desk by number, telephone and text."""

    def __init__(self, handling: FakeHandling) -> None:
        self._handling = handling

    def by_number(self, number: RegistrationNumber) -> HandledMessage | None:
        return self._handling.by_number(number)

    def by_phone(self, phone: str) -> tuple[HandledMessage, ...]:
        return self._handling.by_phone(phone)

    def by_text(self, text: str, most: int) -> tuple[HandledMessage, ...]:
        found = (one for one in self._handling.messages.values() if text in one.record.text)
        return tuple(found)[:most]

    def handled(self, message_id: UUID) -> HandledMessage | None:
        return self._handling.handled(message_id)


class FakeCalls(FakeCallSource):
    """Searches calls of a desk by number, and the calls added by a test."""

    def __init__(self, register: FakeRegister) -> None:
        super().__init__()
        self._register = register

    def find_calls(
        self, query: CallQuery, after: CallRecord | None, most: int, stop: SearchStop
    ) -> tuple[CallRecord, ...]:
        if query.number is not None:
            found = self._register.call_by_number(query.number)
            return () if found is None else (found,)
        return super().find_calls(query, after, most, stop)
