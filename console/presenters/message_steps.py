"""Steps that are taken from the message form: on its draft, and on a message that is known."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.presenters.notices import LONG_S, Notice
from sync.errors import StoreError
from sync.register.handling.confidential import Confidential
from sync.register.handling.events import Doer, Step, person
from sync.register.handling.facts import (
    CallLinked,
    ConfidentialFound,
    Explained,
    Link,
    Linked,
    LinkKind,
    SplitUp,
)
from sync.register.handling.handled import Asked, HandledMessage, StepDone
from sync.register.handling.history import StepRefused
from sync.register.messages import MessageRecord
from sync.register.operators import Operator

LOG = logging.getLogger(__name__)


def cleared_reason(handled: HandledMessage) -> str:
    """Why a draft was said to hold no personal data; empty for one of which it was not."""
    reasons = [
        event.facts.text
        for event in handled.history.events
        if event.step is Step.CLEAR_CONFIDENTIAL and isinstance(event.facts, Explained)
    ]
    return reasons[-1] if reasons else ""


class HandlingPort(Protocol):
    """What takes steps; a future resolves after COMMIT, or with the refusal."""

    def take_all(
        self, message_id: UUID, steps: Sequence[Asked], by: Doer
    ) -> "Future[StepDone | StepRefused]": ...


class MessageSteps(QObject):
    """Asks for the steps and tells of those that are not taken; GUI thread only."""

    told = Signal(object)  # Notice
    failed = Signal()  # the store could not write; the screen is as it was

    def __init__(
        self,
        handling: HandlingPort,
        deliveries: Deliveries,
        operator: Callable[[], Operator],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._handling = handling
        self._deliveries = deliveries
        self._operator = operator

    def clear(self, message_id: UUID, kinds: frozenset[Confidential], reason: str) -> None:
        """Write down what was found in a draft, and why a person says it is none (6.12)."""
        self._take(
            message_id,
            (
                (Step.MARK_CONFIDENTIAL, ConfidentialFound(kinds)),
                (Step.CLEAR_CONFIDENTIAL, Explained(reason)),
            ),
        )

    def split(self, first: UUID, others: Sequence[UUID]) -> None:
        """Write down that one draft became several, in each of them (6.3)."""
        self._take(first, ((Step.SPLIT, SplitUp(tuple(others))),))
        for other in others:
            self._take(other, ((Step.LINK, Linked(Link(LinkKind.SPLIT_FROM, first))),))

    def join(
        self, known: UUID, draft: UUID, call_id: UUID, on_joined: Callable[[MessageRecord], None]
    ) -> None:
        """Tie the call to a message that is known, in place of its draft (6.4)."""

        def tied(done: StepDone) -> None:
            self._take(draft, ((Step.JOIN, Linked(Link(LinkKind.JOINS, known))),))
            on_joined(done.handled.record)

        self._take(known, ((Step.LINK_CALL, CallLinked(call_id)),), tied)

    def _take(
        self,
        message_id: UUID,
        steps: Sequence[Asked],
        on_done: Callable[[StepDone], None] | None = None,
    ) -> None:
        def came(outcome: StepDone | StepRefused) -> None:
            if isinstance(outcome, StepRefused):
                head, body = words.steps.refused(outcome)
                self.told.emit(Notice(head, body, LONG_S, problem=True))
                self.failed.emit()
            elif on_done is not None:
                on_done(outcome)

        self._deliveries.deliver(
            self._handling.take_all(message_id, steps, person(self._operator())),
            came,
            self._not_written,
            (StoreError,),
        )

    def _not_written(self, error: Exception) -> None:
        LOG.warning("steps of a message: %s", type(error).__name__)
        head, body = words.messages.not_written()
        self.told.emit(Notice(head, body, LONG_S, problem=True))
        self.failed.emit()
