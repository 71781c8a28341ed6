"""A call that was just saved, or a message that was just registered from it, taken back (7.3)."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.desk import DeskPresenter
from console.presenters.desk_state import CardSaved
from console.presenters.notices import LONG_S, Notice
from console.presenters.undo import Offer, Undo
from sync.errors import StoreError
from sync.register.calls import CallRecord
from sync.register.hand_made import is_apart
from sync.register.handling.handled import HandledMessage
from sync.register.messages import MessageRecord
from sync.register.operators import Operator
from sync.register.reopening import ReopenProblem
from sync.store.reopening import Reopened


class ReopenPort(Protocol):
    """Where saved calls become drafts again; the future resolves after COMMIT."""

    def reopen(self, saved: CallRecord, by: Operator) -> "Future[Reopened | ReopenProblem]": ...


class FindPort(Protocol):
    """Where a message stands; called on a reader thread."""

    def handled(self, message_id: UUID) -> HandledMessage | None: ...


class SavedCallPresenter(QObject):
    """Offers to take back what was saved at this desk; belongs to the GUI thread."""

    reopened = Signal(object)  # CallRecord that stands in front again
    told = Signal(object)  # Notice
    messages_taken_back = Signal(object)  # CallRecord whose messages are under review again

    def __init__(
        self,
        desk: DeskPresenter,
        undo: Undo,
        calls: ReopenPort,
        messages: FindPort,
        readers: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        record_reopened: Callable[[CallRecord], None],
        parent: QObject | None = None,
    ) -> None:
        """``record_reopened`` brings the operator back to what she did before it was saved."""
        super().__init__(parent)
        self._desk = desk
        self._undo = undo
        self._calls = calls
        self._messages = messages
        self._readers = readers
        self._deliveries = deliveries
        self._milestones = milestones
        self._record_reopened = record_reopened
        desk.saved.connect(self._saved)

    def message_registered(self, message: MessageRecord) -> None:
        """Offer to take back that it was registered, by the event that says so."""

        def offer(handled: HandledMessage | None) -> None:
            decisions = () if handled is None else handled.standing.decisions
            if decisions:
                self._undo.offer_decision(decisions[0].event, str(message.number))

        self._deliveries.deliver(
            self._readers.submit(self._messages.handled, message.id),
            offer,
            lambda _error: None,  # the foot of the window tells of the store
            expected=(StoreError,),
        )

    def _saved(self, saved: CardSaved) -> None:
        card = saved.card
        if saved.by_itself or card.saved_at is None:
            return
        told = words.by_hand.record_saved() if is_apart(card) else words.cards.saved()
        self._undo.show(Offer(told, str(card.number), card.saved_at, lambda: self._take_back(card)))

    def _take_back(self, card: CallRecord) -> None:
        self._deliveries.deliver(
            self._calls.reopen(card, self._desk.operator),
            self._taken_back,
            self._undo.tell_unwritten,
            expected=(StoreError,),
        )

    def _taken_back(self, outcome: Reopened | ReopenProblem) -> None:
        if isinstance(outcome, ReopenProblem):
            head, body = words.cards.not_reopened(outcome)
            self.told.emit(Notice(head, body, LONG_S, problem=True))
            return
        card = outcome.card
        self._milestones.note(Milestone.SAVE_UNDONE, card.sip_call_id)
        self._record_reopened(card)
        is_in_front = self._desk.reopened(card)
        numbers = tuple(str(done.handled.record.number) for done in outcome.messages)
        if numbers:
            self.messages_taken_back.emit(card)
        if is_in_front:
            self.reopened.emit(card)
        if numbers or not is_in_front:  # else the card itself says it
            told = words.cards.reopened(str(card.number), numbers, is_in_front=is_in_front)
            self.told.emit(Notice(*told, LONG_S))
