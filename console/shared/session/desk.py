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

PHONE_WAIT_MS = 10_000  # a phone process that died is replaced within a second
NO_PURPOSE = CallPurpose()


class DeskPresenter(MessageDesk):
    """Keeps calls and cards together; all its methods belong to the GUI thread."""

    rang = Signal(object)  # LiveCall that has just begun, while its card is being written

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
        self._early_ends: dict[str, CallEnded] = {}  # told before the card was on disk
        self._purposes: dict[str, CallPurpose] = {}  # of calls that go out
        self._phone_wait = QTimer(self)
        self._phone_wait.setSingleShot(True)
        self._phone_wait.setInterval(PHONE_WAIT_MS)
        self._phone_wait.timeout.connect(self._phone_gone)

    # --- what the operator is about to do ---

    def expect_dialled(self, call_id: str, purpose: CallPurpose) -> None:
        """A call of this id is about to go out; its record begins with the purpose."""
        self._purposes[call_id] = purpose

    def expect_consultation(self, call_id: str, caller_id: str) -> None:
        """A call of this id is about to be made about a caller; it gets no record."""
        self._calls.expect_consultation(call_id, caller_id)

    def call(self, call_id: str) -> LiveCall | None:
        """A call that is not over, or whose record is not safe yet."""
        return self._calls.get(call_id)

    # --- what the phone tells ---

    def receive(self, event: PhoneEvent) -> None:
        """Take in one event of the phone, in the order the phone told them."""
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
                # Perhaps only the line to it broke: its calls may be there when it is found again.
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
        """Something has happened to a call that is up, and the far side knows it."""
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
        """A call the phone kept while no console was there: live, or over and not yet recorded."""
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
        """A call has begun; its card is opened, unless it is a consultation."""
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
        """The card is on disk with its number; bring it up to what has happened meanwhile."""
        call = self._calls.get(call_id)
        purpose = self._purposes.pop(call_id, NO_PURPOSE)
        if call is None or card.state is CallState.CLOSED:
            # Recorded before, by a console that ended before it could tell the phone so.
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
        """The card of a call that goes out, with what is known of it before anybody answers."""
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
            return  # Told again while the missed call is being written.
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
        """Write the end into the call's card, which is there."""
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
        """The card of a call that nobody took, with how often its caller tried in vain."""
        call = self._calls.get(card.sip_call_id)
        if call is None or call.last_try_at is None:
            return card
        last_at = call.last_try_at.astimezone(self._zone)
        tries = call_words.further_tries(call.further_tries, last_at)
        return calls.edit(card, content=f"{card.content}\n{tries}".lstrip())

    def _close_with_call(self, card: CallRecord) -> None:
        """Saving was asked for while the call went on; behind another card it may stay a draft."""
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
            self._writes.leave(f"end {call_id}")  # It is written with the rest of the card.
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
        """The phone process tells its calls; one that it does not know any more is over."""
        self._phone_wait.stop()
        for snapshot in snapshots:
            self._take_over(snapshot)
        self._end_all_but({snapshot.call_id for snapshot in snapshots})
        self._choose_call()

    def _phone_gone(self) -> None:
        """The phone process stays away: calls it carried are over, their cards are not."""
        self._end_all_but(set())

    def _end_all_but(self, known: set[str]) -> None:
        now = self._clock()
        for call in self._calls:
            if call.ended_at is None and call.call_id not in known:
                self._ended(CallEnded(call.call_id, now, EndCause.FAILED))
