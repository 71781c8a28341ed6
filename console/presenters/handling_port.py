"""What the screens of messages need of the register's message handling."""

from collections.abc import Collection, Sequence
from concurrent.futures import Future
from typing import Protocol
from uuid import UUID

from sync.register.handling.confidential import Confidential
from sync.register.handling.events import Doer, Step
from sync.register.handling.facts import Facts, Routed
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.history import StepRefused
from sync.register.handling.states import State
from sync.register.messages import MessageRecord
from sync.register.numbering import RegistrationNumber
from sync.register.operators import Operator

Outcome = StepDone | StepRefused


class HandlingPort(Protocol):
    """Reading is for reader threads and raises StoreError; futures are done after the commit."""

    def handled(self, message_id: UUID) -> HandledMessage | None: ...

    def by_number(self, number: RegistrationNumber) -> HandledMessage | None: ...

    def in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]: ...

    def take(
        self, message_id: UUID, step: Step, by: Doer, facts: Facts = ...
    ) -> Future[Outcome]: ...

    def take_all(
        self, message_id: UUID, steps: Sequence[tuple[Step, Facts]], by: Doer
    ) -> Future[Outcome]: ...

    def register(
        self, message_id: UUID, by: Operator, route: Routed | None = None
    ) -> Future[Outcome]: ...

    def submit(
        self,
        draft: MessageRecord,
        by: Doer,
        *,
        confidential: frozenset[Confidential] = ...,
    ) -> Future[Outcome]: ...

    def take_back(self, message_id: UUID, event_id: UUID, by: Operator) -> Future[Outcome]: ...
