"""Call records from phone events: one card for each call, created at the first ring.

A missed call is registered automatically. A consultation about a caller has no record. GUI
thread only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.settings.workplace import CITY_ZONE
from console.shared.session import call_words
from console.shared.session.live_calls import (
    CallFact,
    CallPurpose,
    CardSaved,
    LiveCall,
    PhonePort,
    RegisterPort,
    route_of,
)
from console.shared.session.message_links import MessageDesk
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, CallState, NewCall
from sync.register.people.operators import Operator
from telephony.events import (
    AudioDeviceChanged,
    CallAnswered,
    CallEnded,
    CallHeld,
    CallProgressed,
    CallResumed,
    CallRinging,
    CallSnapshot,
    CommandRefused,
    ConferenceChanged,
    DigitReceived,
    Direction,
    DoNotDisturbChanged,
    EndCause,
    MediaReported,
    MuteChanged,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
    PresenceChanged,
    RecordingChanged,
    RegistrationChanged,
    SelfCallExpected,
    Side,
    TransferProgressed,
    TransferState,
)

PHONE_WAIT_MS = 10_000  # a failed phone process is replaced within a second
NO_PURPOSE = CallPurpose()


class DeskPresenter(MessageDesk):
    """Creates and updates call cards from phone events. GUI thread only."""

    rang = Signal(object)  # LiveCall that has just started; its card is being saved

    def __init__(
        self,
        phone: PhonePort,
        register: RegisterPort,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        operator: Operator,
        is_out_of_hours: Callable[[datetime], bool],
        zone: ZoneInfo = CITY_ZONE,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(
            phone, register, deliveries, milestones, operator=operator, clock=clock, parent=parent
        )
        self._is_out_of_hours = is_out_of_hours
        self._zone = zone
        self._early_ends: dict[str, CallEnded] = {}  # received before the card was saved
        self._purposes: dict[str, CallPurpose] = {}  # of outgoing calls
        self._phone_wait = QTimer(self)
        self._phone_wait.setSingleShot(True)
        self._phone_wait.setInterval(PHONE_WAIT_MS)
        self._phone_wait.timeout.connect(self._phone_gone)

    # --- announced calls ---

    def expect_dialled(self, call_id: str, purpose: CallPurpose) -> None:
        """Sets the context of an outgoing call before it starts; its record starts with it."""
        self._purposes[call_id] = purpose

    def expect_consultation(self, call_id: str, caller_id: str) -> None:
        """Marks a call before it starts as a consultation, which gets no record."""
        self._calls.expect_consultation(call_id, caller_id)

    def call(self, call_id: str) -> LiveCall | None:
        """Returns a call that is active or whose record is not saved yet, otherwise None."""
        return self._calls.get(call_id)

    # --- phone events ---

    def receive(self, event: PhoneEvent) -> None:
        """Processes one phone event. Events must be passed in the order received."""
        match event:
            case PhoneConnected():
                self._phone_found(event.calls)
            case CallRinging():
                if event.call_id not in self._calls:
                    self._rang(self._calls.begin(event), is_new=True)
            case CallAnswered():
                self._answered(event.call_id, event.at)
            case CallEnded():
                self._ended(event)
            case PhoneDisconnected():
                # The connection may be lost only temporarily; the calls can still exist after a
                # reconnect.
                if not self._phone_wait.isActive():
                    self._phone_wait.start()
            case (
                CallProgressed()
                | CallHeld()
                | CallResumed()
                | MuteChanged()
                | TransferProgressed()
                | RecordingChanged()
                | ConferenceChanged()
            ):
                self._note(event)
            case (
                DigitReceived()
                | AudioDeviceChanged()
                | DoNotDisturbChanged()
                | PresenceChanged()
                | MediaReported()
                | RegistrationChanged()
                | SelfCallExpected()
                | CommandRefused()
            ):
                pass
            case _:
                assert_never(event)

    def _note(self, fact: CallFact) -> None:
        call = self._calls.take(fact)
        if call is not None:
            match fact:
                case CallHeld(by=Side.NEAR):
                    self._milestones.note(Milestone.HELD, call.call_id)
                case CallResumed(by=Side.NEAR):
                    self._milestones.note(Milestone.RESUMED, call.call_id)
                    self._bring_forward(call.call_id)
                case TransferProgressed(state=TransferState.FAILED):
                    self._milestones.note(Milestone.TRANSFER_FAILED, call.call_id)
                case _:
                    pass
        self._choose_call()

    def _take_over(self, snapshot: CallSnapshot) -> None:
        """Takes over a call from a phone that ran without a console: active, or ended and not
        recorded.
        """
        call = self._calls.get(snapshot.call_id)
        if call is None:
            call = self._calls.take_over(snapshot)
            self._rang(call, is_new=False)
        if snapshot.answered_at is not None and call.answered_at is None:
            self._answered(snapshot.call_id, snapshot.answered_at)
        self._calls.show_again(snapshot, self._clock())
        if snapshot.ended is not None:
            self._ended(snapshot.ended)

    def _rang(self, call: LiveCall, *, is_new: bool) -> None:
        """Opens the card of a new call, except for a consultation."""
        is_outgoing = call.direction is Direction.OUTGOING
        milestone = Milestone.DIALLED if is_outgoing else Milestone.OFFERED
        self._milestones.note(milestone, call.call_id)
        if call.consultation_of is None:
            self._open_card(call)
            if is_new:
                self.rang.emit(call)
            if is_outgoing:
                self._bring_forward(call.call_id)
        self._choose_call()

    def _open_card(self, call: LiveCall) -> None:
        new = NewCall(
            sip_call_id=call.call_id,
            direction=call.direction.value,
            arrived_at=call.rang_at,
            caller_number=call.number,
            caller_name=call.name,
            dialled_line=call.line,
            out_of_hours=call.facts.out_of_hours or self._is_out_of_hours(call.rang_at),
            route=route_of(call),
        )
        self._writes.follow(
            f"open {call.call_id}",
            self._register.open_card(new, self._operator),
            lambda card: self._card_opened(call.call_id, card),
            again=lambda: self._open_card(call),
        )

    def _card_opened(self, call_id: str, card: CallRecord) -> None:
        """Applies the events received while the new card was being saved."""
        call = self._calls.get(call_id)
        purpose = self._purposes.pop(call_id, NO_PURPOSE)
        if call is None or card.state is CallState.CLOSED:
            # Recorded by a previous console that ended before it notified the phone.
            self._calls.forget(call_id)
            self._early_ends.pop(call_id, None)
            self._phone.forget(call_id)
            self._choose_call()
            return
        card = self._begun_with(purpose, self._newest(card))
        self._cards[call_id] = card
        if call.answered_at is not None:
            self._cards[call_id] = calls.answered(card, call.answered_at)
        end = self._early_ends.pop(call_id, None)
        if end is not None:
            self._note_end(end)
        self._choose_call()
        self.register_changed.emit()

    def _begun_with(self, purpose: CallPurpose, card: CallRecord) -> CallRecord:
        """Returns the card of an outgoing call with content and disposition of its context."""
        if purpose == NO_PURPOSE or card.content:
            return card
        if purpose.result is not None:
            self._to_close.add(card.id)
        return calls.edit(card, content=purpose.content, result=purpose.result)

    def _answered(self, call_id: str, at: datetime) -> None:
        call = self._calls.get(call_id)
        if call is None:
            return
        self._milestones.note(Milestone.ANSWERED, call_id)
        self._calls.answered(call_id, at)
        if call_id in self._cards:
            self._cards[call_id] = calls.answered(self._current(call_id), at)
        self._bring_forward(call_id)
        self._choose_call()
        self._draft_soon()

    def _ended(self, event: CallEnded) -> None:
        call = self._calls.get(event.call_id)
        if call is None:
            self._phone.forget(event.call_id)
            return
        if call.ended_at is None:
            self._milestones.note(Milestone.ENDED, event.call_id)
            self._calls.ended(event.call_id, event.at)
        elif call.answered_at is None:
            return  # Repeated event while the missed call is being saved.
        if call.consultation_of is not None:
            self._calls.forget(event.call_id)
            self._phone.forget(event.call_id)
            self._choose_call()
            return
        self._unforgotten.add(event.call_id)
        if event.call_id in self._cards:
            self._note_end(event)
        else:
            self._early_ends[event.call_id] = event
            self._choose_call()

    def _note_end(self, event: CallEnded) -> None:
        call_id = event.call_id
        card = calls.ended(self._current(call_id), event.at, event.cause.value, event.status_code)
        self._cards[call_id] = card
        if card.answered_at is None:
            self._to_close.discard(card.id)
            card = self._with_tries(card)
            self._cards[call_id] = calls.missed(card, self._clock(), event.cause.value)
            self._register_missed(call_id)
            self._choose_call()
            return
        self._save_end(call_id)
        self._choose_call()
        if card.id in self._to_close:
            self._close_with_call(card)

    def _with_tries(self, card: CallRecord) -> CallRecord:
        call = self._calls.get(card.sip_call_id)
        if call is None or call.last_try_at is None:
            return card
        last_at = call.last_try_at.astimezone(self._zone)
        tries = call_words.further_tries(call.further_tries, last_at)
        return calls.edit(card, content=f"{card.content}\n{tries}".lstrip())

    def _close_with_call(self, card: CallRecord) -> None:
        """Closes a card at the end of its call; an incomplete card that is not active remains a
        draft.
        """
        self._to_close.discard(card.id)
        if self._is_in_front(card.sip_call_id):
            self.save()
            return
        outcome = calls.close(card, self._clock(), self._operator)
        if isinstance(outcome, CallRecord):
            self._close(card, outcome)

    def _save_end(self, call_id: str) -> None:
        card = self._cards.get(call_id)
        if card is None or card.state is CallState.CLOSED:
            self._writes.leave(f"end {call_id}")  # It is saved with the rest of the card.
            return
        self._writes.follow(
            f"end {call_id}",
            self._register.save_draft(card),
            self._end_kept,
            again=lambda: self._save_end(call_id),
        )

    def _register_missed(self, call_id: str) -> None:
        def registered(saved: CallRecord) -> None:
            self._end_kept(saved)
            self._calls.forget(call_id)
            self._cards.pop(call_id, None)
            self._choose_call()
            self.register_changed.emit()
            self.saved.emit(CardSaved(saved, by_itself=True))

        self._writes.follow(
            f"missed {call_id}",
            self._register.close(self._cards[call_id]),
            registered,
            again=lambda: self._register_missed(call_id),
        )

    def _phone_found(self, snapshots: tuple[CallSnapshot, ...]) -> None:
        """Takes over the calls of a connected phone and ends those that the phone does not
        report.
        """
        self._phone_wait.stop()
        for snapshot in snapshots:
            self._take_over(snapshot)
        self._end_all_but({snapshot.call_id for snapshot in snapshots})
        self._choose_call()

    def _phone_gone(self) -> None:
        """Ends all calls when the phone process does not return; their cards remain open."""
        self._end_all_but(set())

    def _end_all_but(self, known: set[str]) -> None:
        now = self._clock()
        for call in self._calls:
            if call.ended_at is None and call.call_id not in known:
                self._ended(CallEnded(call.call_id, now, EndCause.FAILED))
