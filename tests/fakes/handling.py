"""In-memory message workflow with the real transition table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from itertools import count
from uuid import UUID

from sync.errors import StoreUnavailable
from sync.register.handling.contents import NOTHING_FOUND, Confidential
from sync.register.handling.events import Doer, Step, person
from sync.register.handling.handled import (
    HandledMessage,
    StepDone,
    handed_in,
    registration,
    taken_together,
)
from sync.register.handling.history import Overtaken, StepRefused, begun
from sync.register.handling.step_facts import Facts, NoFacts, Routed, TakenBack
from sync.register.messages import MessageRecord, State
from sync.register.numbering import RegistrationNumber, next_number, period_of
from sync.register.people.operators import Operator
from sync.store.local.messages.handling import ChangedMessages
from tests.fakes.records import message_draft

NOTHING = NoFacts()


class FakeHandling:
    """Stores messages by id; an unknown id is an empty draft.

    While ``refusing`` every write fails with StoreUnavailable, while ``unreadable`` reading the
    list does.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.messages: dict[UUID, HandledMessage] = {}
        self.taken: list[UUID] = []
        self.displaced: dict[UUID, tuple[Overtaken, ...]] = {}
        self.refusing = False
        self.unreadable = False
        self.edition = ""
        self._clock = clock
        self._event_numbers = count(90_001)
        self._numbers = 500

    # --- reading ---

    def handled(self, message_id: UUID) -> HandledMessage | None:
        return self.messages.get(message_id)

    def overtaken(self, message_id: UUID) -> tuple[Overtaken, ...]:
        return self.displaced.get(message_id, ())

    def by_number(self, number: RegistrationNumber) -> HandledMessage | None:
        found = (one for one in self.messages.values() if one.record.number == number)
        return next(found, None)

    def by_phone(self, phone: str) -> tuple[HandledMessage, ...]:
        return tuple(one for one in self.messages.values() if one.record.phone == phone)

    def in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]:
        if self.unreadable:
            raise StoreUnavailable("SQLITE_IOERR")
        found = (one for one in self.messages.values() if one.standing.state in states)
        return tuple(sorted(found, key=lambda one: one.standing.submitted_at or self._clock()))

    def changed(self, after: int, limit: int) -> ChangedMessages:
        """The cursor counts the events of all messages in the order they were applied."""
        if self.unreadable:
            raise StoreUnavailable("SQLITE_IOERR")
        taken = self.taken[after : after + limit]
        ids = dict.fromkeys(taken)
        return ChangedMessages(
            after + len(taken), tuple(self.messages[id].record for id in ids if id in self.messages)
        )

    def newest_in_states(self, states: Collection[State], limit: int) -> tuple[HandledMessage, ...]:
        found = self.in_states(states)
        found = tuple(sorted(found, key=lambda one: one.standing.last_at or self._clock()))
        return found[-limit:]

    def in_states_after(self, states: Collection[State], step: Step) -> tuple[HandledMessage, ...]:
        return tuple(
            one
            for one in self.in_states(states)
            if any(event.step is step for event in one.history.events)
        )

    def between(self, start: datetime, end: datetime) -> tuple[HandledMessage, ...]:
        found = self.messages.values()
        return tuple(one for one in found if start <= one.record.created_at < end)

    def steps_of(self, message_id: UUID) -> list[str]:
        """Returns the applied actions of a message in order; empty for an unknown message."""
        known = self.messages.get(message_id)
        return [] if known is None else [event.step.value for event in known.history.events]

    # --- writing ---

    def submit(
        self,
        draft: MessageRecord,
        by: Doer,
        *,
        photos: int = 0,
        confidential: frozenset[Confidential] = NOTHING_FOUND,
    ) -> Future[StepDone | StepRefused]:
        self._numbers += 1
        number = next_number(period_of(self._clock()), "0001", self._numbers)
        record = replace(draft, number=number)
        self.messages[record.id] = HandledMessage(record, begun(record.id))
        return self.take_all(record.id, handed_in(record, photos, confidential), by)

    def take(
        self, message_id: UUID, step: Step, by: Doer, facts: Facts = NOTHING
    ) -> Future[StepDone | StepRefused]:
        return self.take_all(message_id, ((step, facts),), by)

    def take_all(
        self, message_id: UUID, steps: Sequence[tuple[Step, Facts]], by: Doer
    ) -> Future[StepDone | StepRefused]:
        future: Future[StepDone | StepRefused] = Future()
        if self.refusing:
            future.set_exception(StoreUnavailable("SQLITE_FULL"))
        else:
            future.set_result(self._taken(message_id, steps, by))
        return future

    def register(
        self, message_id: UUID, by: Operator, route: Routed | None = None
    ) -> Future[StepDone | StepRefused]:
        known = self.messages[message_id]
        number = known.record.number
        assert number is not None
        standing = known.standing
        steps: list[tuple[Step, Facts]] = [
            registration(number, standing.publicity, standing.confidential)
        ]
        if route is not None:
            steps.append((Step.SEND_TO_ORGAN, route))
        return self.take_all(message_id, steps, person(by))

    def take_back(
        self, message_id: UUID, event_id: UUID, by: Operator
    ) -> Future[StepDone | StepRefused]:
        return self.take(message_id, Step.TAKE_BACK, person(by), TakenBack(event_id))

    def _taken(
        self, message_id: UUID, steps: Sequence[tuple[Step, Facts]], by: Doer
    ) -> StepDone | StepRefused:
        draft = HandledMessage(message_draft(message_id, self._clock()), begun(message_id))
        known = self.messages.get(message_id, draft)
        outcome = taken_together(
            known,
            steps,
            by,
            self._clock(),
            self._next_id,
            edition_at=lambda _at: self.edition,
        )
        if isinstance(outcome, StepDone):
            self.messages[message_id] = outcome.handled
            self.taken += [message_id] * len(outcome.steps)
        return outcome

    def _next_id(self) -> UUID:
        return UUID(int=next(self._event_numbers))
