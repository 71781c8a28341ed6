"""An in-memory register with the rules of the store, for the console's presenters."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sync.errors import StoreUnavailable
from sync.register.calls import by_hand as hand_made
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, CallResult, CallState, NewCall, RequestWay
from sync.register.calls.missed import Missed, MissedElsewhere, MissedOutcome
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Doer
from sync.register.handling.handled import StepDone
from sync.register.handling.history import StepRefused
from sync.register.handling.reopening import ReopenProblem, reopened
from sync.register.messages import MessageRecord, State
from sync.register.numbering import RegistrationNumber, next_number, period_of
from sync.register.people.operators import Operator
from sync.register.people.values import Absence
from sync.store.local.outbox import OutboxStatus
from sync.store.local.reopening import Reopened
from tests.fakes.console_fakes import AREA_CODE, RANG_AT
from tests.fakes.handling import FakeHandling

T = TypeVar("T")


class FakeRegister:
    """An in-memory register with the rules of the store, whose writes may be slow or fail.

    While ``held`` every write waits, in order, for ``release``. While ``refusing`` writes fail with
    StoreUnavailable and change nothing. While ``unreadable`` the calls of the day cannot be read.
    """

    def __init__(self) -> None:
        self.records: dict[UUID, CallRecord] = {}
        self.messages: dict[UUID, MessageRecord] = {}
        self.writes: list[str] = []
        self.confidential: list[frozenset[Confidential]] = []  # of the registered messages
        self.outbox = OutboxStatus(0, None, 0)
        self.handling = FakeHandling(lambda: RANG_AT)
        self.now: Callable[[], datetime] = lambda: RANG_AT
        self.held = False
        self.refusing = False
        self.unreadable = False
        self._waiting: deque[Callable[[], None]] = deque()
        self._made = 0

    # --- control by the test ---

    def release(self, count: int | None = None) -> None:
        """Performs ``count`` of the waiting writes, or all of them."""
        done = 0
        while self._waiting and (count is None or done < count):
            self._waiting.popleft()()
            done += 1

    def take_waiting(self) -> Callable[[], None]:
        """Removes and returns the oldest waiting write, for the test to perform after the
        others.
        """
        return self._waiting.popleft()

    def waiting(self) -> int:
        return len(self._waiting)

    def of_call(self, sip_call_id: str) -> CallRecord | None:
        found = [card for card in self.records.values() if card.sip_call_id == sip_call_id]
        assert len(found) <= 1
        return found[0] if found else None

    # --- reads of lists, report and status ---

    def call(self, id: UUID) -> CallRecord | None:
        return self.records.get(id)

    def call_by_number(self, number: RegistrationNumber) -> CallRecord | None:
        return next((card for card in self.records.values() if card.number == number), None)

    def calls_between(self, start: datetime, end: datetime) -> tuple[CallRecord, ...]:
        found = (card for card in self.records.values() if start <= card.arrived_at < end)
        return tuple(sorted(found, key=lambda card: card.arrived_at))

    def calls_of_day(self, start: datetime, end: datetime) -> tuple[CallRecord, ...]:
        if self.unreadable:
            raise StoreUnavailable("SQLITE_IOERR")
        by_hand = (
            card
            for card in self.records.values()
            if card.way is not None and start <= card.created_at < end
        )
        found = {card.id: card for card in (*self.calls_between(start, end), *by_hand)}
        return tuple(sorted(found.values(), key=lambda card: card.arrived_at))

    def drafts(self) -> tuple[CallRecord, ...]:
        return tuple(card for card in self.records.values() if card.state is CallState.DRAFT)

    def messages_begun(self) -> tuple[MessageRecord, ...]:
        begun = (
            one
            for one in self.messages.values()
            if one.state is State.DRAFT and one.call_id is None
        )
        return tuple(sorted(begun, key=lambda one: one.created_at))

    def messages_unfinished(self) -> tuple[MessageRecord, ...]:
        begun = (one for one in self.messages.values() if one.state is State.DRAFT)
        return tuple(sorted(begun, key=lambda one: one.created_at))

    def messages_unfinished_of(self, call_id: UUID) -> tuple[MessageRecord, ...]:
        return tuple(one for one in self.messages_unfinished() if one.call_id == call_id)

    def messages_of_day(self, start: datetime, end: datetime) -> tuple[MessageRecord, ...]:
        def is_of_day(one: MessageRecord) -> bool:
            moments = (one.created_at, one.submitted_at, one.registered_at)
            return any(at is not None and start <= at < end for at in moments)

        found = (one for one in self.messages.values() if is_of_day(one))
        return tuple(sorted(found, key=lambda one: one.created_at))

    def messages_answered(self, since: datetime) -> tuple[MessageRecord, ...]:
        found = (one for one in self.messages.values() if one.created_at >= since)
        return tuple(one for one in found if one.answer_text is not None)

    def outbox_status(self) -> OutboxStatus:
        return self.outbox

    def try_disk(self) -> Future[None]:
        future: Future[None] = Future()
        future.set_result(None)
        return future

    # --- calls of the desk ---

    def open_card(self, call: NewCall, operator: Operator) -> Future[CallRecord]:
        def work() -> CallRecord:
            known = self.of_call(call.sip_call_id)
            if known is not None:
                return known
            self._made += 1
            card = calls.open_card(
                call,
                id=UUID(int=self._made),
                number=next_number(period_of(call.arrived_at), "0001", self._made),
                at=call.arrived_at,
                operator=operator,
                workplace="0001",
                home_area_code=AREA_CODE,
            )
            self.records[card.id] = card
            return card

        return self._submit("open", work)

    def open_by_hand(self, way: RequestWay, operator: Operator) -> Future[CallRecord]:
        def work() -> CallRecord:
            self._made += 1
            card = hand_made.open_by_hand(
                way,
                id=UUID(int=self._made),
                number=next_number(period_of(RANG_AT), "0001", self._made),
                at=RANG_AT,
                operator=operator,
                workplace="0001",
            )
            self.records[card.id] = card
            return card

        return self._submit("open by hand", work)

    def open_further(self, card: CallRecord, operator: Operator) -> Future[CallRecord]:
        def work() -> CallRecord:
            first = self.call_by_number(hand_made.first_of(card))
            assert first is not None
            self._made += 1
            made = hand_made.open_further(
                first,
                id=UUID(int=self._made),
                number=next_number(period_of(RANG_AT), "0001", self._made),
                at=RANG_AT,
                operator=operator,
            )
            self.records[made.id] = made
            return made

        return self._submit("open further", work)

    def save_draft(self, card: CallRecord) -> Future[CallRecord]:
        if card.state is not CallState.DRAFT:
            raise ValueError("a closed card is no draft")
        return self._submit("draft", lambda: self._write(card))

    def close(self, card: CallRecord) -> Future[CallRecord]:
        if card.state is not CallState.CLOSED:
            raise ValueError("the card is a draft")
        return self._submit("close", lambda: self._write(card))

    def reopen(self, saved: CallRecord, by: Operator) -> Future[Reopened | ReopenProblem]:
        def work() -> Reopened | ReopenProblem:
            outcome = reopened(self.records[saved.id], saved.revision, self.now(), by)
            if isinstance(outcome, ReopenProblem):
                return outcome
            card = replace(outcome, revision=outcome.revision + 1)
            self.records[card.id] = card
            return Reopened(card)

        return self._submit("reopen", work)

    def save_message(self, message: MessageRecord) -> Future[MessageRecord]:
        def work() -> MessageRecord:
            known = self.messages.get(message.id)
            if known is not None and known.number is not None:
                return known
            self.messages[message.id] = message
            return message

        return self._submit("keep message", work)

    def drop_message(self, id: UUID) -> Future[None]:
        def work() -> None:
            self.messages.pop(id, None)

        return self._submit("drop message", work)

    def register_message(
        self,
        message: MessageRecord,
        card: CallRecord,
        *,
        by: Operator | None = None,
        confidential: frozenset[Confidential] = frozenset(),
    ) -> Future[tuple[MessageRecord, CallRecord]]:
        def work() -> tuple[MessageRecord, CallRecord]:
            number = next_number(period_of(RANG_AT), "0001", 900 + len(self.messages))
            known = self.messages.get(message.id)
            self.confidential.append(confidential)
            had = None if known is None else known.number
            state = State.AT_ORGAN if message.unit else message.state
            saved = replace(message, number=had or number, state=state)
            self.messages[saved.id] = saved
            return saved, self._write(card)

        return self._submit("message", work)

    def hand_in(
        self,
        draft: MessageRecord,
        by: Doer,
        *,
        confidential: frozenset[Confidential] = frozenset(),
        card: CallRecord | None = None,
    ) -> Future[StepDone | StepRefused]:
        def work() -> StepDone | StepRefused:
            outcome = self.handling.submit(draft, by, confidential=confidential).result()
            if isinstance(outcome, StepDone) and card is not None:
                self.messages[draft.id] = outcome.handled.record
                self._write(card)
            return outcome

        return self._submit("hand in", work)

    def _write(self, card: CallRecord) -> CallRecord:
        stored = self.records[card.id]
        if stored.state is CallState.CLOSED and card.state is CallState.DRAFT:
            return stored
        saved = replace(calls.keep_link(card, stored), revision=stored.revision + 1)
        self.records[card.id] = saved
        return saved

    def _submit(self, name: str, work: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()

        def perform() -> None:
            if self.refusing:
                future.set_exception(StoreUnavailable("SQLITE_FULL"))
                return
            self.writes.append(name)
            future.set_result(work())

        if self.held:
            self._waiting.append(perform)
        else:
            perform()
        return future


def _deals_with(talk: CallRecord, missed: Missed) -> bool:
    if isinstance(talk.phone, Absence):
        return False
    since = talk.answered_at if isinstance(missed, MissedElsewhere) else talk.arrived_at
    return missed.phone == talk.phone and since is not None and since > missed.arrived_at


class FakeMissed:
    """The missed calls of an in-memory register until they are resolved."""

    def __init__(self, register: FakeRegister) -> None:
        self._register = register
        self.handled: dict[UUID, MissedOutcome] = {}
        self.elsewhere: list[MissedElsewhere] = []

    def still_open(self) -> tuple[Missed, ...]:
        missed: list[Missed] = [
            card
            for card in self._register.records.values()
            if card.result is CallResult.NOT_ANSWERED and card.direction == "incoming"
        ]
        missed = [one for one in (*missed, *self.elsewhere) if one.id not in self.handled]
        talks = [card for card in self._register.records.values() if card.answered_at is not None]
        return tuple(
            sorted(
                (one for one in missed if not any(_deals_with(talk, one) for talk in talks)),
                key=lambda one: one.arrived_at,
            )
        )

    def handle(self, ids: Sequence[UUID], by: Operator, outcome: MissedOutcome) -> Future[int]:
        fresh = [id for id in ids if id not in self.handled]
        self.handled |= dict.fromkeys(fresh, outcome)
        future: Future[int] = Future()
        future.set_result(len(fresh))
        return future
