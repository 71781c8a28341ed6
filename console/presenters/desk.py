"""The desk: which calls there are, which card belongs to which, and when a record is safe.

The desk turns what the phone reports into records, one card for each call, made at the first
ring. It keeps what is typed on disk within a second and closes the card when the operator says
so. A call that nobody answered is registered by itself.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from typing import assert_never
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.desk_state import (
    CardSaved,
    DeskState,
    LineState,
    LiveCall,
    PhonePort,
    RegisterPort,
)
from console.presenters.writes import Writes
from kb.entries import Entry, EntryKind
from sync.register import calls
from sync.register.calls import (
    CallProblem,
    CallRecord,
    CallResult,
    CallState,
    NewCall,
    UsedEntry,
)
from sync.register.handling.confidential import Confidential
from sync.register.handling.events import person
from sync.register.handling.handled import StepDone
from sync.register.handling.history import StepRefused
from sync.register.messages import MessageRecord
from sync.register.operators import Operator
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
    EndCause,
    MediaReported,
    PhoneConnected,
    PhoneDisconnected,
    PhoneEvent,
    RecordingChanged,
    RegistrationChanged,
    SelfCallExpected,
    TransferProgressed,
)

PHONE_WAIT_MS = 10_000  # a phone process that died is replaced within a second
DRAFT_DELAY_MS = 400  # what is typed reaches the disk within a second, also on a slow disk

NOTHING_FOUND: frozenset[Confidential] = frozenset()

_USED_KINDS: dict[EntryKind, calls.EntryKind] = {
    EntryKind.QUESTION: "question",
    EntryKind.UNIT: "unit",
    EntryKind.SERVICE: "service",
    EntryKind.PERSON: "person",
}


class DeskPresenter(QObject):
    """Keeps calls and cards together; all its methods belong to the GUI thread."""

    changed = Signal(object)  # DeskState
    saved = Signal(object)  # CardSaved
    incomplete = Signal()  # saving was asked for and something is missing
    store_failed = Signal(str)  # code of the error; what was typed is still on the screen
    card_put_aside = Signal(object)  # CallRecord that stays in the drafts
    register_changed = Signal()

    def __init__(
        self,
        phone: PhonePort,
        register: RegisterPort,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        operator: Operator,
        is_out_of_hours: Callable[[datetime], bool],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._phone = phone
        self._register = register
        self._writes = Writes(deliveries, self)
        self._writes.failing_changed.connect(self._store_failing)
        self._writes.refused.connect(self.store_failed)
        self._milestones = milestones
        self._operator = operator
        self._is_out_of_hours = is_out_of_hours
        self._clock = clock
        self._calls: dict[str, LiveCall] = {}
        self._cards: dict[str, CallRecord] = {}
        self._early_ends: dict[str, CallEnded] = {}  # told before the card was on disk
        self._unforgotten: set[str] = set()  # over, and the phone keeps them until that is on disk
        self._closing: dict[UUID, CallRecord] = {}  # as they were when closing was asked for
        self._aside: dict[UUID, CallRecord] = {}  # put aside and not on disk yet
        self._state = DeskState()
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(DRAFT_DELAY_MS)
        self._draft_timer.timeout.connect(self._save_draft)
        self._phone_wait = QTimer(self)
        self._phone_wait.setSingleShot(True)
        self._phone_wait.setInterval(PHONE_WAIT_MS)
        self._phone_wait.timeout.connect(self._phone_gone)

    @property
    def state(self) -> DeskState:
        return self._state

    @property
    def operator(self) -> Operator:
        return self._operator

    def set_operator(self, operator: Operator) -> None:
        """The one who signs the next records; a card in front keeps its own."""
        self._operator = operator

    # --- what the phone tells ---

    def receive(self, event: PhoneEvent) -> None:
        """Take in one event of the phone, in the order the phone told them."""
        match event:
            case PhoneConnected():
                self._phone_found(event.calls)
            case CallRinging():
                self._rang(
                    LiveCall(
                        call_id=event.call_id,
                        direction=event.direction,
                        number=event.caller_number,
                        name=event.caller_name,
                        line=event.dialled_line,
                        rang_at=event.at,
                    )
                )
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
                | TransferProgressed()
                | DigitReceived()
                | RecordingChanged()
                | ConferenceChanged()
                | AudioDeviceChanged()
                | MediaReported()
                | RegistrationChanged()
                | SelfCallExpected()
                | CommandRefused()
            ):
                pass
            case _:
                assert_never(event)

    def _take_over(self, snapshot: CallSnapshot) -> None:
        """A call the phone kept while no console was there: live, or over and not yet recorded."""
        if snapshot.call_id in self._calls:
            call = self._calls[snapshot.call_id]
        else:
            call = LiveCall(
                call_id=snapshot.call_id,
                direction=snapshot.direction,
                number=snapshot.caller_number,
                name=snapshot.caller_name,
                line=snapshot.dialled_line,
                rang_at=snapshot.rang_at,
            )
            self._rang(call)
        if snapshot.answered_at is not None and call.answered_at is None:
            self._answered(snapshot.call_id, snapshot.answered_at)
        if snapshot.ended is not None:
            self._ended(snapshot.ended)

    def _rang(self, call: LiveCall) -> None:
        if call.call_id in self._calls:
            return
        self._calls[call.call_id] = call
        self._milestones.note(Milestone.OFFERED, call.call_id)
        self._open_card(call)
        self._choose_call()

    def _open_card(self, call: LiveCall) -> None:
        new = NewCall(
            sip_call_id=call.call_id,
            direction=call.direction.value,
            arrived_at=call.rang_at,
            caller_number=call.number,
            caller_name=call.name,
            dialled_line=call.line,
            out_of_hours=self._is_out_of_hours(call.rang_at),
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
        if call is None or card.state is CallState.CLOSED:
            # Recorded before, by a console that ended before it could tell the phone so.
            self._calls.pop(call_id, None)
            self._early_ends.pop(call_id, None)
            self._phone.forget(call_id)
            self._choose_call()
            return
        card = self._newest(card)
        self._cards[call_id] = card
        if call.answered_at is not None:
            self._cards[call_id] = calls.answered(card, call.answered_at)
        end = self._early_ends.pop(call_id, None)
        if end is not None:
            self._note_end(end)
        self._choose_call()
        self.register_changed.emit()

    def _answered(self, call_id: str, at: datetime) -> None:
        call = self._calls.get(call_id)
        if call is None:
            return
        self._milestones.note(Milestone.ANSWERED, call_id)
        self._calls[call_id] = replace(call, answered_at=at)
        if call_id in self._cards:
            self._cards[call_id] = calls.answered(self._current(call_id), at)
        self._put_aside_finished(call_id)
        self._choose_call()
        self._draft_soon()

    def _ended(self, event: CallEnded) -> None:
        call = self._calls.get(event.call_id)
        if call is None:
            self._phone.forget(event.call_id)
            return
        if call.ended_at is None:
            self._milestones.note(Milestone.ENDED, event.call_id)
            self._calls[event.call_id] = replace(call, ended_at=event.at)
        elif call.answered_at is None:
            return  # Told again while the missed call is being written.
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
            self._cards[call_id] = calls.missed(card, self._clock(), event.cause.value)
            self._register_missed(call_id)
            self._choose_call()
            return
        self._save_end(call_id)
        closes = self._state.closes_at_end and self._is_in_front(call_id)
        self._choose_call()
        if closes:
            self.save()

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

    def _end_kept(self, card: CallRecord) -> None:
        """The end of this card's call is on disk: the phone need not keep it."""
        if card.ended_at is not None and card.sip_call_id in self._unforgotten:
            self._unforgotten.discard(card.sip_call_id)
            self._phone.forget(card.sip_call_id)

    def _register_missed(self, call_id: str) -> None:
        def registered(saved: CallRecord) -> None:
            self._end_kept(saved)
            self._calls.pop(call_id, None)
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

    def _phone_gone(self) -> None:
        """The phone process stays away: calls it carried are over, their cards are not."""
        self._end_all_but(set())

    def _end_all_but(self, known: set[str]) -> None:
        now = self._clock()
        for call in tuple(self._calls.values()):
            if call.ended_at is None and call.call_id not in known:
                self._ended(CallEnded(call.call_id, now, EndCause.FAILED))

    # --- which call and which card are in front ---

    def _is_in_front(self, call_id: str) -> bool:
        card, shown = self._cards.get(call_id), self._state.card
        return card is not None and shown is not None and shown.id == card.id

    def _current(self, call_id: str) -> CallRecord:
        """The newest version of a call's card: the one being typed into, where it is in front."""
        card = self._cards[call_id]
        shown = self._state.card
        return shown if shown is not None and shown.id == card.id else card

    def _newest(self, card: CallRecord) -> CallRecord:
        """The version with what was typed last, which may not be on disk yet."""
        shown = self._state.card
        return (
            shown if shown is not None and shown.id == card.id else self._aside.get(card.id, card)
        )

    def _put_aside_finished(self, answered_id: str) -> None:
        """A new call is answered while an older card waits: the older one goes to the drafts."""
        shown = self._state.card
        if shown is None or self._is_in_front(answered_id):
            return
        self.put_aside()

    def _choose_call(self) -> None:
        """Work out from the calls what the line is doing and which card stands in front."""
        live = [call for call in self._calls.values() if call.ended_at is None]
        talking = [call for call in live if call.answered_at is not None]
        ringing = [call for call in live if call.answered_at is None]
        finished = [
            call
            for call in self._calls.values()
            if call.ended_at is not None and call.answered_at is not None
        ]
        state = self._state
        if talking:
            state = replace(state, line=LineState.TALKING, call=talking[0], waiting=tuple(ringing))
        elif ringing:
            state = replace(
                state, line=LineState.RINGING, call=ringing[0], waiting=tuple(ringing[1:])
            )
        elif finished:
            last = finished[-1]
            state = replace(
                state,
                line=LineState.WRAP_UP,
                call=last,
                waiting=(),
            )
        else:
            state = replace(state, line=LineState.FREE, call=None, waiting=())
        self._state = self._with_card(state)
        self.changed.emit(self._state)

    def _with_card(self, state: DeskState) -> DeskState:
        """A card that is being worked on stays; else the card of the call in front appears."""
        call = state.call
        shown = state.card
        if shown is not None:
            # What the phone has told since is carried into the card that is being typed into.
            for call_id, known in self._cards.items():
                if known.id == shown.id:
                    self._cards[call_id] = known
                    if known.state is CallState.CLOSED:
                        return replace(state, card=None, problems=(), closes_at_end=False)
                    return replace(state, card=known)
            return state
        if call is None or call.call_id not in self._cards:
            return state
        card = self._cards[call.call_id]
        if card.state is CallState.CLOSED:
            return state
        return replace(state, card=card, problems=(), closes_at_end=False, saved_at=card.created_at)

    # --- what the operator does with the call ---

    def answer(self) -> None:
        """Answer the call that rings; while another is up the operator must end that one first."""
        if self._state.line is LineState.RINGING and self._state.call is not None:
            self._phone.answer(self._state.call.call_id)

    def hang_up(self) -> None:
        """End the call that is up, or turn away the one that rings."""
        call = self._state.call
        if call is None:
            return
        if self._state.line is LineState.TALKING:
            self._phone.hang_up(call.call_id)
        elif self._state.line is LineState.RINGING:
            self._phone.reject(call.call_id)

    def toggle_mute(self) -> None:
        call = self._state.call
        if self._state.line is not LineState.TALKING or call is None:
            return
        muted = not call.muted
        self._phone.set_muted(call.call_id, muted)
        self._calls[call.call_id] = replace(call, muted=muted)
        self._choose_call()

    # --- what the operator does with the card ---

    def change_card(self, card: CallRecord) -> None:
        """Put a new version of the card in front and keep it on disk within a second."""
        self._milestones.note_first_key(card.sip_call_id)
        self._show_card(card)
        self._draft_soon()

    def _show_card(self, card: CallRecord) -> None:
        for call_id, known in self._cards.items():
            if known.id == card.id:
                self._cards[call_id] = card
        self._state = replace(
            self._state,
            card=card,
            problems=self._still_missing(card) if self._state.problems else (),
        )
        self.changed.emit(self._state)

    def _still_missing(self, card: CallRecord) -> tuple[CallProblem, ...]:
        """Of what was found missing at saving, what still is; nothing new appears while typing."""
        outcome = calls.close(card, self._clock(), self._operator)
        found = outcome if isinstance(outcome, tuple) else ()
        return tuple(problem for problem in found if problem in self._state.problems)

    def accept_entry(self, entry: Entry, spoken: str) -> bool:
        """Use a directory entry for the answer; False when no card is in front."""
        card = self._state.card
        if card is None:
            return False
        self._milestones.note(Milestone.HIT_ACCEPTED, card.sip_call_id)
        if entry.kind is EntryKind.TOPIC:
            self.set_topic(entry)
            return True
        used = UsedEntry(entry.id, _USED_KINDS[entry.kind], entry.title)
        changed = calls.accept_entry(card, used, spoken)
        if changed.topic is None and entry.topic:
            changed = calls.edit(changed, topic=entry.topic, category=entry.section or None)
        self.change_card(changed)
        return True

    def use_script(self, key: str, title: str) -> None:
        """Note on the card in front that a text of the program was read out to the caller."""
        card = self._state.card
        if card is not None:
            self.change_card(calls.read_out(card, UsedEntry(key, "script", title)))

    def set_topic(self, topic: Entry | None) -> None:
        """Give the card a topic, or a category with its topic; None takes both away."""
        card = self._state.card
        if card is None:
            return
        if topic is None:
            self.change_card(calls.edit(card, topic=None, category=None))
        elif topic.parent is None:
            self.change_card(calls.edit(card, topic=topic.id, category=None))
        else:
            self.change_card(calls.edit(card, topic=topic.parent, category=topic.id))

    def set_result(self, result: CallResult) -> None:
        card = self._state.card
        if card is not None:
            self.change_card(calls.edit(card, result=result))

    def save(self) -> None:
        """Close the card in front; during the call this waits until the call is over."""
        card = self._state.card
        if card is None:
            return
        outcome = calls.close(card, self._clock(), self._operator)
        if isinstance(outcome, tuple):
            self._state = replace(self._state, problems=outcome, closes_at_end=False)
            self.changed.emit(self._state)
            self.incomplete.emit()
            return
        if self._is_live(card):
            self._state = replace(self._state, closes_at_end=True, problems=())
            self.changed.emit(self._state)
            self._save_draft()
            return
        if card.id not in self._closing:
            self._draft_timer.stop()
            self._close(card, outcome)

    def _close(self, card: CallRecord, closed: CallRecord) -> None:
        self._closing[card.id] = card
        self._writes.follow(
            f"close {card.id}",
            self._register.close(closed),
            lambda saved: self._closed(card, saved),
            on_refused=lambda: self._not_closed(card),
        )

    def _not_closed(self, card: CallRecord) -> None:
        """The disk refused: the card stays in front, or among those that wait for the disk."""
        self._closing.pop(card.id, None)
        if card.id in self._aside:
            self._save_aside(card.id)

    def _is_live(self, card: CallRecord) -> bool:
        return any(
            call.ended_at is None
            and self._cards.get(call.call_id, None) is not None
            and self._cards[call.call_id].id == card.id
            for call in self._calls.values()
        )

    def _closed(self, asked: CallRecord, card: CallRecord) -> None:
        """The record is on disk; what was typed into it meanwhile follows as a further revision."""
        self._closing.pop(card.id, None)
        newest = self._newest(asked)
        if newest != asked:
            outcome = calls.close(newest, self._clock(), self._operator)
            if isinstance(outcome, CallRecord):
                self._close(newest, outcome)
                return
        self._aside.pop(card.id, None)
        self._drop(card.id)
        self._end_kept(card)
        self._milestones.note(Milestone.SAVED, card.sip_call_id)
        if self._state.card is not None and self._state.card.id == card.id:
            self._state = replace(self._state, card=None, problems=(), closes_at_end=False)
        self._choose_call()
        self.register_changed.emit()
        self.saved.emit(CardSaved(card, by_itself=False))

    def _drop(self, card_id: UUID) -> None:
        """The call of this card needs the desk no more."""
        for call_id, known in tuple(self._cards.items()):
            if known.id == card_id:
                self._cards.pop(call_id)
                self._calls.pop(call_id, None)

    def register_message(
        self,
        message: MessageRecord,
        on_registered: Callable[[MessageRecord], None],
        confidential: frozenset[Confidential] = NOTHING_FOUND,
    ) -> None:
        """Register a message made from the card in front; both are written together.

        ``confidential`` is what stands in it of 6.12: it is then published to nobody.
        """
        card = self._state.card
        if card is None:
            return
        linked = _linked(card, message)

        def registered(saved: tuple[MessageRecord, CallRecord]) -> None:
            done, _card_on_disk = saved
            self._milestones.note(Milestone.MESSAGE_REGISTERED, card.sip_call_id)
            current = self._state.card
            if current is not None and current.id == card.id:
                self._show_card(_linked(current, done))
                self._draft_soon()
            self.register_changed.emit()
            on_registered(done)

        self._writes.follow(
            f"message {message.id}",
            self._register.register_message(
                message, linked, by=self.operator, confidential=confidential
            ),
            registered,
        )

    def hand_in_message(
        self,
        draft: MessageRecord,
        confidential: frozenset[Confidential],
        on_done: Callable[[StepDone | StepRefused], None],
    ) -> None:
        """Hand a message made from the card in front to review; both are written together (7.5)."""
        card = self._state.card
        if card is None:
            return
        linked = _linked(card, draft)

        def handed_in(outcome: StepDone | StepRefused) -> None:
            if isinstance(outcome, StepDone):
                self._milestones.note(Milestone.MESSAGE_HANDED_IN, card.sip_call_id)
                current = self._state.card
                if current is not None and current.id == card.id:
                    self._show_card(_linked(current, outcome.handled.record))
                    self._draft_soon()
                self.register_changed.emit()
            on_done(outcome)

        by = person(self._operator)
        future = self._register.hand_in(draft, by, confidential=confidential, card=linked)
        self._writes.follow(f"message {draft.id}", future, handed_in)

    def link_known(self, card: CallRecord, known: MessageRecord, typed: MessageRecord) -> None:
        """The call was about a message that is known: its card says so, in the words typed."""
        current = self._state.card
        if current is not None and current.id == card.id:
            linked = calls.link_message(current, known.id, typed.text)
            if linked.category is None:
                linked = calls.edit(linked, topic=known.topic, category=known.category)
            self._milestones.note(Milestone.CALL_TIED, linked.sip_call_id)
            self.change_card(linked)
            self.register_changed.emit()

    def keep_message(self, message: MessageRecord) -> None:
        """Keep an unfinished message on disk; one that is registered already stays registered."""
        self._writes.follow(
            f"draft of message {message.id}",
            self._register.save_message(message),
            lambda _kept: None,
            again=lambda: self.keep_message(message),
        )

    # --- drafts ---

    def open_draft(self, card: CallRecord) -> None:
        """Bring a draft to the front; the one in front goes back to the drafts."""
        shown = self._state.card
        card = self._newest(card)
        for known in self._cards.values():
            if known.id == card.id:
                card = known
        if card.state is CallState.CLOSED:
            return  # The list is older than the record: a missed call is being registered.
        if shown is not None and shown.id != card.id:
            self._save_draft()
            self.put_aside()
        unsaved = self._aside.pop(card.id, None) is not None
        self._state = replace(
            self._state, card=card, problems=(), closes_at_end=False, saved_at=None
        )
        self.changed.emit(self._state)
        if unsaved:
            self._draft_soon()

    def put_aside(self) -> None:
        """Leave the card in front to the drafts, unless its call is still on; nothing is lost."""
        card = self._state.card
        if card is None or self._is_live(card):
            return
        self._draft_timer.stop()
        self._aside[card.id] = card
        if card.id not in self._closing:
            self._save_aside(card.id)
        self._drop(card.id)
        self._state = replace(self._state, card=None, problems=(), closes_at_end=False)
        self._choose_call()

    def _save_aside(self, card_id: UUID) -> None:
        card = self._aside.get(card_id)
        if card is None:
            self._writes.leave(f"aside {card_id}")  # It is in front again, and kept from there.
            return

        def kept(saved: CallRecord) -> None:
            if self._aside.get(card_id) == card:
                del self._aside[card_id]
            self._end_kept(saved)
            self.register_changed.emit()
            self.card_put_aside.emit(card)

        self._writes.follow(
            f"aside {card_id}",
            self._register.save_draft(card),
            kept,
            again=lambda: self._save_aside(card_id),
        )

    def disk_is_back(self) -> None:
        """The store takes records again: write what may be repeated, and drop the alarm."""
        self._writes.disk_is_back()

    def flush(self) -> "Future[CallRecord] | None":
        """Write what was typed last, for the end of the program; the future of that write.

        What the disk has refused so far is written before it.
        """
        self._draft_timer.stop()
        self._writes.try_again()
        card = self._state.card
        return None if card is None else self._register.save_draft(card)

    def _draft_soon(self) -> None:
        # Not restarted by every key: steady typing must not postpone the write.
        if not self._draft_timer.isActive():
            self._draft_timer.start()

    def _save_draft(self) -> None:
        self._draft_timer.stop()
        card = self._state.card
        if card is None:
            self._writes.leave("front")
            return
        self._writes.follow(
            "front",
            self._register.save_draft(card),
            self._draft_saved,
            again=self._save_draft,
        )

    def _draft_saved(self, card: CallRecord) -> None:
        self._end_kept(card)
        shown = self._state.card
        if shown is not None and shown.id == card.id:
            self._state = replace(self._state, saved_at=self._clock())
            self.changed.emit(self._state)

    def _store_failing(self, failing: bool) -> None:
        """The store cannot take it: what was typed is kept here, and the screen says so."""
        self._state = replace(self._state, store_failed=failing)
        self.changed.emit(self._state)


def _linked(card: CallRecord, message: MessageRecord) -> CallRecord:
    """The card that knows its message, with the topic chosen there where it had none.

    Of several messages of one call it knows the first; the others know their call.
    """
    own = message.id if card.message_id is None else card.message_id
    linked = calls.link_message(card, own, message.text)
    if linked.category is None:
        linked = calls.edit(linked, topic=message.topic, category=message.category)
    return linked
