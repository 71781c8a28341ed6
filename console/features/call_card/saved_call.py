"""Undo of a saved call (Regulation 7.3), and links from calls to their recordings."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.services import Writes
from console.core.view_data import LONG_S, Notice
from console.shared.session import call_words, card_words
from console.shared.session.desk import DeskPresenter
from console.shared.session.live_calls import CardSaved, LiveCall
from console.shared.session.undo import Offer, Undo
from sync.errors import StoreError
from sync.register.calls.by_hand import is_apart
from sync.register.calls.calls import CallRecord
from sync.register.handling.handled import HandledMessage
from sync.register.handling.reopening import ReopenProblem
from sync.register.messages import MessageRecord
from sync.register.people.operators import Operator
from sync.store.local.reopening import Reopened
from telephony.events import PhoneConnected, PhoneEvent, RecordingChanged, RecordingState


class RecordingsPort(Protocol):
    """Stores links to recordings; the future resolves after COMMIT."""

    def note(self, sip_call_id: str, file: str, at: datetime) -> "Future[None]": ...


class RecordingNotes(QObject):
    """Links calls to their recordings.

    The recording of a consultation belongs to the call for which the operator consulted.
    """

    def __init__(
        self,
        recordings: RecordingsPort,
        deliveries: Deliveries,
        call: Callable[[str], LiveCall | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._recordings = recordings
        self._writes = Writes(deliveries, self)
        self._call = call

    def receive(self, event: PhoneEvent) -> None:
        """Handles a phone event; must be called after ``DeskPresenter`` has handled it."""
        match event:
            case RecordingChanged(state=RecordingState.STARTED, call_id=call_id):
                call = self._call(call_id)
                asked_for = None if call is None else call.consultation_of
                self._note(asked_for or call_id, Path(event.path).name, event.at)
            case PhoneConnected(calls=calls):
                # Links recordings that started while no console was connected; repeated links have
                # no effect.
                for known in calls:
                    for begun in known.recordings:
                        asked_for = known.consultation_of
                        self._note(asked_for or known.call_id, Path(begun.path).name, begun.at)
            case _:
                return

    def disk_is_back(self) -> None:
        self._writes.disk_is_back()

    def _note(self, call_id: str, file: str, at: datetime) -> None:
        self._writes.follow(
            f"recording {file}",
            self._recordings.note(call_id, file, at),
            lambda _none: None,
            again=lambda: self._note(call_id, file, at),
        )


class ReopenPort(Protocol):
    """Reopens saved calls as drafts; the future resolves after COMMIT."""

    def reopen(self, saved: CallRecord, by: Operator) -> "Future[Reopened | ReopenProblem]": ...


class FindPort(Protocol):
    """Reads messages; called on a reader thread."""

    def handled(self, message_id: UUID) -> HandledMessage | None: ...


class SavedCallPresenter(QObject):
    """Offers to reopen the call that was just saved. GUI thread only."""

    reopened = Signal(object)  # CallRecord that is active again
    told = Signal(object)  # Notice
    messages_taken_back = Signal(object)  # CallRecord with messages under review again

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
        """``record_reopened`` restores the operator state from before the call was saved."""
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
        """Offers to undo the registration of a message."""

        def offer(handled: HandledMessage | None) -> None:
            decisions = () if handled is None else handled.standing.decisions
            if decisions:
                self._undo.offer_decision(decisions[0].event, str(message.number))

        self._deliveries.deliver(
            self._readers.submit(self._messages.handled, message.id),
            offer,
            lambda _error: None,  # the status area reports a read error
            expected=(StoreError,),
        )

    def _saved(self, saved: CardSaved) -> None:
        card = saved.card
        if saved.by_itself or card.saved_at is None:
            return
        told = call_words.record_saved() if is_apart(card) else card_words.saved()
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
            head, body = card_words.not_reopened(outcome)
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
        if numbers or not is_in_front:  # otherwise the reopened card is feedback enough
            told = card_words.reopened(str(card.number), numbers, is_in_front=is_in_front)
            self.told.emit(Notice(*told, LONG_S))
