"""What the desk shows, and what it asks of the phone and of the register."""

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from console.presenters.live_calls import LineState, LiveCall
from sync.register.calls import CallProblem, CallRecord, CallResult, NewCall
from sync.register.handling.confidential import Confidential
from sync.register.handling.events import Doer
from sync.register.handling.handled import StepDone
from sync.register.handling.history import StepRefused
from sync.register.messages import MessageRecord
from sync.register.operators import Operator
from sync.register.ways import RequestWay


class PhonePort(Protocol):
    """What the desk asks of the phone; what the operator asks of it is ``CallControl``'s."""

    def forget(self, call_id: str) -> None: ...


class RegisterPort(Protocol):
    """What the desk asks of the register; a future resolves after COMMIT and not before."""

    def open_card(self, call: NewCall, operator: Operator) -> "Future[CallRecord]": ...

    def open_by_hand(self, way: RequestWay, operator: Operator) -> "Future[CallRecord]": ...

    def open_further(self, card: CallRecord, operator: Operator) -> "Future[CallRecord]": ...

    def save_draft(self, card: CallRecord) -> "Future[CallRecord]": ...

    def close(self, card: CallRecord) -> "Future[CallRecord]": ...

    def save_message(self, message: MessageRecord) -> "Future[MessageRecord]": ...

    def drop_message(self, id: UUID) -> "Future[None]": ...

    def register_message(
        self,
        message: MessageRecord,
        card: CallRecord,
        *,
        by: Operator | None = None,
        confidential: frozenset[Confidential] = frozenset(),
    ) -> "Future[tuple[MessageRecord, CallRecord]]": ...

    def hand_in(
        self,
        draft: MessageRecord,
        by: Doer,
        *,
        confidential: frozenset[Confidential] = ...,
        card: CallRecord | None = ...,
    ) -> "Future[StepDone | StepRefused]": ...


@dataclass(frozen=True, slots=True)
class DeskState:
    """All that the window shows of calls and the card in front; see ``Lines`` for the calls."""

    line: LineState = LineState.FREE
    call: LiveCall | None = None
    waiting: tuple[LiveCall, ...] = ()
    others: tuple[LiveCall, ...] = ()
    conference: tuple[str, ...] = ()
    card: CallRecord | None = None
    closes_at_end: bool = False
    saved_at: datetime | None = None
    problems: tuple[CallProblem, ...] = ()
    store_failed: bool = False

    @property
    def of_calls(self) -> tuple[object, ...]:
        """What stays as it is while somebody only types into the card in front."""
        return (
            self.line,
            self.call,
            self.waiting,
            self.others,
            self.conference,
            self.closes_at_end,
        )


@dataclass(frozen=True, slots=True)
class CardSaved:
    """A record is safe on disk; ``by_itself`` when nobody asked, as for a missed call.

    ``goes_on``: another record of the same call is in front.
    """

    card: CallRecord
    by_itself: bool
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class CallPurpose:
    """Why somebody is called: what the record of that call begins with.

    With a ``result`` the record is complete and closes with the call.
    """

    content: str = ""
    result: CallResult | None = None
