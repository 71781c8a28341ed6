"""Call cards: edits, drafts, saving, manual records, and inserted directory texts.

The presenter classes form one inheritance chain: ``CardDesk``, ``RecordDesk``, ``MessageDesk``,
``DeskPresenter``. GUI thread only.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console.core.deliveries import Deliveries
from console.core.drafts import DRAFT_DELAY_MS
from console.core.milestones import Milestone, Milestones
from console.core.services import Writes
from console.shared.session.live_calls import (
    CardSaved,
    DeskState,
    LineState,
    LiveCalls,
    PhonePort,
    RegisterPort,
)
from kb.entries.entries import Entry, EntryKind
from sync.register.calls import by_hand, calls
from sync.register.calls.by_hand import first_of, is_apart, telephone_call_of
from sync.register.calls.calls import (
    CallProblem,
    CallRecord,
    CallResult,
    CallState,
    RequestWay,
    UsedEntry,
)
from sync.register.people.operators import Operator

MOST_CARDS = 32  # number of recent calls remembered


class InsertedAnswers:
    """Directory texts inserted into recent cards since the start of the application."""

    def __init__(self) -> None:
        self._texts: dict[UUID, tuple[str, ...]] = {}

    def note(self, before: CallRecord, after: CallRecord) -> None:
        """Records the text by which `after` extends `before`."""
        added = after.content.removeprefix(before.content.rstrip()).strip()
        if not added or after.content == before.content:
            return
        self._remember(after.id, (*self._texts.pop(after.id, ()), added))

    def knows(self, card_id: UUID) -> bool:
        """Whether inserted texts of the card are known."""
        return card_id in self._texts

    def tell(self, card_id: UUID, texts: tuple[str, ...]) -> None:
        """Adds texts inserted into the card before the application was started."""
        known = self._texts.pop(card_id, ())
        self._remember(card_id, (*(text for text in texts if text not in known), *known))

    def _remember(self, card_id: UUID, texts: tuple[str, ...]) -> None:
        self._texts[card_id] = texts
        while len(self._texts) > MOST_CARDS:
            self._texts.pop(next(iter(self._texts)))

    def said_by_caller(self, card: CallRecord) -> str:
        """Returns the content without the inserted texts, or all of it if nothing else remains.

        An inserted text that the operator edited counts as the operator's own text.
        """
        said = card.content
        # Last text first, each searched from the end: a short text may also occur in the caller's
        # words.
        for text in reversed(self._texts.get(card.id, ())):
            before, found, after = said.rpartition(text)
            if found:
                said = "\n".join(part for part in (before.rstrip(), after.strip()) if part)
        return said if said.strip() else card.content


_USED_KINDS: dict[EntryKind, calls.EntryKind] = {
    EntryKind.QUESTION: "question",
    EntryKind.UNIT: "unit",
    EntryKind.SERVICE: "service",
    EntryKind.PERSON: "person",
}


class CardDesk(QObject):
    """Manages the call cards. GUI thread only."""

    changed = Signal(object)  # DeskState
    saved = Signal(object)  # CardSaved
    incomplete = Signal()  # saving was requested but required fields are missing
    store_failed = Signal(str)  # error code; the input is still on the screen
    card_put_aside = Signal(object)  # CallRecord that remains a draft
    register_changed = Signal()
    talk_kept = Signal(object)  # CallRecord of an answered call, as saved

    def __init__(
        self,
        phone: PhonePort,
        register: RegisterPort,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        operator: Operator,
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._phone = phone
        self._register = register
        self._writes = Writes(deliveries, self)
        self._writes.failing_changed.connect(self._store_failing)
        self._writes.refused.connect(self.store_failed)
        # ids of saved messages without a call, with their operators
        self._kept_messages: set[tuple[UUID, UUID]] = set()
        self._milestones = milestones
        self._operator = operator
        self._clock = clock
        self._calls = LiveCalls()
        self._cards: dict[str, CallRecord] = {}
        self._unforgotten: set[str] = set()  # ended calls that the phone retains until saved
        self._closing: dict[UUID, CallRecord] = {}  # version at the time of the close request
        self._aside: dict[UUID, CallRecord] = {}  # suspended and not saved yet
        self._answers = InsertedAnswers()
        self._is_failing = self._has_trouble = False
        self._to_close: set[UUID] = set()  # to be closed at the end of their calls
        self._state = DeskState()
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(DRAFT_DELAY_MS)
        self._draft_timer.timeout.connect(self._save_draft)

    @property
    def state(self) -> DeskState:
        return self._state

    @property
    def operator(self) -> Operator:
        return self._operator

    def set_operator(self, operator: Operator) -> None:
        """Sets the operator of further records; the active card is not changed."""
        self._operator = operator

    # --- active call and card ---

    def _is_in_front(self, call_id: str) -> bool:
        card, shown = self._cards.get(call_id), self._state.card
        return card is not None and shown is not None and shown.id == card.id

    def _current(self, call_id: str) -> CallRecord:
        card = self._cards[call_id]
        shown = self._state.card
        return shown if shown is not None and shown.id == card.id else card

    def _newest(self, card: CallRecord) -> CallRecord:
        """Returns the latest version of the card, which may not be saved yet."""
        shown = self._state.card
        return (
            shown if shown is not None and shown.id == card.id else self._aside.get(card.id, card)
        )

    def _bring_forward(self, call_id: str) -> None:
        """Activates the card of a call and suspends the active one.

        The suspended card remains with its call if that continues, and becomes a draft otherwise. A
        consultation has no card and leaves the caller's card active.
        """
        call, shown = self._calls.get(call_id), self._state.card
        if call is None or call.consultation_of is not None:
            return
        if shown is None or self._is_in_front(call_id):
            return
        if self._is_live(shown):
            self._draft_timer.stop()
            self._keep_behind(shown.sip_call_id)
            self._state = replace(self._state, card=None, problems=())
        else:
            self.put_aside()

    def _keep_behind(self, call_id: str) -> None:
        """Saves the card of a current call while another card is active."""
        card = self._cards.get(call_id)
        if card is None or card.state is CallState.CLOSED:
            self._writes.leave(f"behind {call_id}")
            return
        self._writes.follow(
            f"behind {call_id}",
            self._register.save_draft(card),
            self._end_kept,
            again=lambda: self._keep_behind(call_id),
        )

    def _end_kept(self, card: CallRecord) -> None:
        """Releases the call in the phone process once its end is saved."""
        if card.ended_at is not None and card.sip_call_id in self._unforgotten:
            self._unforgotten.discard(card.sip_call_id)
            self._phone.forget(card.sip_call_id)
        if card.answered_at is not None:
            self.talk_kept.emit(card)

    def _choose_call(self) -> None:
        """Derives the line state and the active card from the current calls."""
        lines = self._calls.lines()
        self._state = self._with_card(
            replace(
                self._state,
                line=lines.line,
                call=lines.call,
                waiting=lines.waiting,
                others=lines.others,
                conference=lines.conference,
            )
        )
        self.changed.emit(self._state)

    def _with_card(self, state: DeskState) -> DeskState:
        """Retains the card being edited; otherwise shows the card of the active call."""
        call = state.call
        shown = state.card
        if shown is not None:
            # merge later phone events into the card that is being edited
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
        return replace(
            state,
            card=card,
            problems=(),
            closes_at_end=card.id in self._to_close,
            saved_at=card.created_at,
        )

    # --- card editing ---

    def change_card(self, card: CallRecord) -> None:
        """Replaces the active card; the draft is saved within a second."""
        self._milestones.note_first_key(card.sip_call_id)
        self._show_card(calls.touched(card, self._clock()))
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

    def _change_copies(self, card_id: UUID, change: Callable[[CallRecord], CallRecord]) -> None:
        """Changes all copies of a draft in memory, including suspended ones."""
        shown = self._state.card
        if shown is not None and shown.id == card_id:
            self._show_card(change(shown))
            self._draft_soon()
        for call_id, known in self._cards.items():
            is_behind = known.id == card_id and known is not self._state.card
            if is_behind and known.state is CallState.DRAFT:
                self._cards[call_id] = change(known)
                self._keep_behind(call_id)
        aside = self._aside.get(card_id)
        if aside is not None:
            self._aside[card_id] = change(aside)
            if card_id not in self._closing:
                self._save_aside(card_id)

    def _still_missing(self, card: CallRecord) -> tuple[CallProblem, ...]:
        """Returns the problems reported at saving that still exist. No new problems appear while
        typing.
        """
        outcome = calls.close(card, self._clock(), self._operator)
        found = outcome if isinstance(outcome, tuple) else ()
        return tuple(problem for problem in found if problem in self._state.problems)

    def accept_entry(self, entry: Entry, spoken: str) -> bool:
        """Adds a directory entry to the answer; returns False if no card is active."""
        card = self._state.card
        if card is None:
            return False
        self._milestones.note(Milestone.HIT_ACCEPTED, card.sip_call_id)
        card = calls.helped_by_directory(card, self._clock())
        self._state = replace(self._state, card=card)
        if entry.kind is EntryKind.TOPIC:
            self.set_topic(entry)
            return True
        used = UsedEntry(entry.id, _USED_KINDS[entry.kind], entry.title)
        changed = by_hand.accept_entry(card, used, spoken)
        self._answers.note(card, changed)
        if changed.topic is None and entry.topic:
            changed = calls.edit(changed, topic=entry.topic, category=entry.section or None)
        self.change_card(changed)
        return True

    def use_script(self, script: UsedEntry) -> None:
        """Records on the active card that an official text was read out to the caller."""
        card = self._state.card
        if card is not None:
            self.change_card(by_hand.read_out(card, script))

    def take_back_script(self, before: CallRecord, script: UsedEntry) -> None:
        """Removes an official text from the card; `before` is the card as it was without
        the text.
        """
        card = self._state.card
        if card is not None and card.id == before.id:
            self.change_card(by_hand.take_back_script(card, before, script))

    def tell_incident(self, incident_id: UUID, title: str, text: str) -> None:
        """Records on the active card that the official text of an incident was read out to the
        caller.
        """
        card = self._state.card
        if card is not None:
            changed = by_hand.told_of_incident(card, incident_id, title, text)
            self._answers.note(card, changed)
            self.change_card(changed)

    def said_by_caller(self, card: CallRecord) -> str:
        """Returns the content of the card without inserted directory texts, for a message."""
        return self._answers.said_by_caller(card)

    def knows_answers(self, card_id: UUID) -> bool:
        """Whether the directory texts inserted into the card are known."""
        return self._answers.knows(card_id)

    def tell_answers(self, card_id: UUID, texts: tuple[str, ...]) -> None:
        """Adds directory texts inserted into the card before the application was started."""
        self._answers.tell(card_id, texts)

    def set_topic(self, topic: Entry | None) -> None:
        """Sets topic and category from a directory entry; None clears both."""
        card = self._state.card
        if card is None:
            return
        if topic is None:
            self.change_card(calls.edit(card, topic=None, category=None))
        elif topic.parent is None:
            self.change_card(calls.edit(card, topic=topic.id, category=None))
        else:
            self.change_card(calls.edit(card, topic=topic.parent, category=topic.id))

    def close_at_end(self, card_id: UUID) -> None:
        """Closes the active card at the end of its call, as requested earlier."""
        card = self._state.card
        if card is not None and card.id == card_id and self._is_live(card):
            self._to_close.add(card_id)
            self._state = replace(self._state, closes_at_end=True)
            self.changed.emit(self._state)

    def stay_open(self, card_id: UUID) -> bool:
        """Cancels closing the card at the end of its call; returns whether closing was
        requested.
        """
        was_to_close = card_id in self._to_close
        self._to_close.discard(card_id)
        card = self._state.card
        if card is not None and card.id == card_id and self._state.closes_at_end:
            self._state = replace(self._state, closes_at_end=False)
            self.changed.emit(self._state)
        return was_to_close

    def set_result(self, result: CallResult) -> None:
        card = self._state.card
        if card is not None:
            self.change_card(calls.edit(card, result=result))

    def save(self) -> None:
        """Closes the active card. During the call, closing is deferred to the end of the call."""
        card = self._state.card
        if card is None:
            return
        outcome = calls.close(card, self._clock(), self._operator)
        if isinstance(outcome, tuple):
            self._to_close.discard(card.id)
            self._state = replace(self._state, problems=outcome, closes_at_end=False)
            self.changed.emit(self._state)
            self.incomplete.emit()
            return
        if self._is_live(card):
            self._to_close.add(card.id)
            self._state = replace(self._state, closes_at_end=True, problems=())
            self.changed.emit(self._state)
            self._save_draft()
            return
        if card.id not in self._closing:
            self._draft_timer.stop()
            self._close(card, outcome)

    def _close(self, card: CallRecord, closed: CallRecord) -> None:
        self._closing[card.id] = card
        self._to_close.discard(card.id)
        self._writes.follow(
            f"close {card.id}",
            self._register.close(closed),
            lambda saved: self._closed(card, saved),
            on_refused=lambda: self._not_closed(card),
        )

    def _not_closed(self, card: CallRecord) -> None:
        """Retains a card that could not be closed because of an I/O error."""
        self._closing.pop(card.id, None)
        if card.id in self._aside:
            self._save_aside(card.id)

    def _is_live(self, card: CallRecord) -> bool:
        return any(
            call.ended_at is None
            and self._cards.get(call.call_id, None) is not None
            and self._cards[call.call_id].id == card.id
            for call in self._calls
        )

    def _closed(self, asked: CallRecord, card: CallRecord) -> None:
        """Handles a saved record; input since the save request is saved as a further revision."""
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
        shown = self._state.card
        goes_on = shown is not None and first_of(shown) == first_of(card)
        self.saved.emit(CardSaved(card, by_itself=False, goes_on=goes_on))

    def _drop(self, card_id: UUID) -> None:
        for call_id, known in tuple(self._cards.items()):
            if known.id == card_id:
                self._cards.pop(call_id)
                self._calls.forget(call_id)

    # --- drafts ---

    def open_draft(self, card: CallRecord) -> None:
        """Activates a draft; the active card becomes a draft."""
        shown = self._state.card
        card = self._newest(card)
        for known in self._cards.values():
            if known.id == card.id:
                card = known
        if card.state is CallState.CLOSED:
            return  # The list may be outdated: the missed call is being registered.
        if shown is not None and shown.id != card.id:
            self._save_draft()
            self._lay_aside()
        unsaved = self._aside.pop(card.id, None) is not None
        self._state = replace(
            self._state,
            card=card,
            problems=(),
            closes_at_end=card.id in self._to_close,
            saved_at=None,
        )
        self._choose_call()
        if unsaved:
            self._draft_soon()

    def reopened(self, card: CallRecord) -> bool:
        """Handles a reopened card; returns False if it remains a draft because a call is in
        progress.
        """
        is_in_front = self._state.line not in (LineState.TALKING, LineState.DIALLING)
        if is_in_front:
            self.open_draft(card)
        self.register_changed.emit()
        return is_in_front

    def put_aside(self) -> None:
        """Suspends the active card as a draft, unless its call is in progress."""
        if self._lay_aside():
            self._choose_call()

    def put_all_aside(self) -> None:
        """Suspends the cards of all ended calls, including those that are not active."""
        has_room = self._lay_aside()
        behind = [
            card
            for card in self._cards.values()
            if card.state is CallState.DRAFT and not self._is_live(card)
        ]
        for card in behind:
            self._leave_to_drafts(card)
        if has_room or behind:
            self._choose_call()

    def _lay_aside(self) -> bool:
        """Suspends the active card; returns False if there is none or its call is in progress.

        Selects no other card, because the caller of this method activates one immediately.
        """
        card = self._state.card
        if card is None or self._is_live(card):
            return False
        self._draft_timer.stop()
        self._leave_to_drafts(card)
        self._state = replace(self._state, card=None, problems=(), closes_at_end=False)
        return True

    def _leave_to_drafts(self, card: CallRecord) -> None:
        """Removes the card's call from memory; the card is retained until it is saved."""
        self._aside[card.id] = card
        if card.id not in self._closing:
            self._save_aside(card.id)
        self._drop(card.id)

    def _save_aside(self, card_id: UUID) -> None:
        card = self._aside.get(card_id)
        if card is None:
            self._writes.leave(f"aside {card_id}")  # The active card is saved elsewhere.
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
        """Repeats failed writes and clears the alarm after the database has recovered."""
        self._writes.disk_is_back()

    def flush(self) -> Future[CallRecord] | None:
        """Saves all unsaved input at shutdown; returns the future of the last write.

        Failed writes are repeated first.
        """
        self._draft_timer.stop()
        self._writes.try_again()
        card = self._state.card
        return None if card is None else self._register.save_draft(card)

    def _draft_soon(self) -> None:
        # Not restarted by every key: continuous typing must not postpone the write.
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
        """Shows that unsaved input is retained because the database rejects writes."""
        self._is_failing = failing
        self._tell_store()

    def set_store_trouble(self, has_trouble: bool) -> None:
        """Sets whether the database rejects writes of any component; then the card is not shown as
        saved.
        """
        self._has_trouble = has_trouble
        self._tell_store()

    def _tell_store(self) -> None:
        failed = self._is_failing or self._has_trouble
        if failed != self._state.store_failed:
            self._state = replace(self._state, store_failed=failed)
            self.changed.emit(self._state)


@dataclass(frozen=True, slots=True)
class _Before:
    """Active card and call at the time when a record was requested."""

    front_id: UUID | None
    talks_with: str | None


class RecordDesk(CardDesk):
    """Opens manual records and additional questions, and reactivates interrupted ones."""

    record_opened = Signal(object)  # requested CallRecord, now the active card

    _saved_last: CallRecord | None = None
    _interrupted: tuple[CallRecord, ...] = ()
    _is_opening = False

    def set_operator(self, operator: Operator) -> None:
        if operator.id != self._operator.id:
            self._saved_last = None  # Applies to the calls of the previous operator only.
            self._interrupted = ()  # They remain drafts of their operators.
        super().set_operator(operator)

    # --- opening records ---

    def open_by_hand(self, way: RequestWay = RequestWay.WALK_IN) -> None:
        """Opens a manual record for a request without a call; the active card is suspended."""
        if self._is_opening:
            return
        self._is_opening = True
        asked_at = self._asked_at()
        self._writes.follow(
            "by hand",
            self._register.open_by_hand(way, self._operator),
            lambda record: self._begun(record, asked_at),
            on_refused=self._not_begun,
        )

    def open_further(self) -> CallRecord | None:
        """Opens an additional question about the active call, or about the last saved one.

        Returns the card of that call, or None if there is none or a record is already being opened.
        """
        card = self._state.card or self._saved_last
        if card is None or self._is_opening:
            return None
        self._save_draft()  # The question copies the saved caller data.
        self._is_opening = True
        asked_at = self._asked_at()
        self._writes.follow(
            f"further question of {card.id}",
            self._register.open_further(card, self._operator),
            lambda question: self._begun(question, asked_at),
            on_refused=self._not_begun,
        )
        return card

    def _not_begun(self) -> None:
        self._is_opening = False

    def _front_id(self) -> UUID | None:
        card = self._state.card
        return None if card is None else card.id

    def _talks_with(self) -> str | None:
        """Returns the id of the call in conversation or being dialled; None otherwise."""
        call = self._state.call
        is_up = self._state.line in (LineState.TALKING, LineState.DIALLING)
        return call.call_id if is_up and call is not None else None

    def _asked_at(self) -> _Before:
        return _Before(self._front_id(), self._talks_with())

    def _begun(self, record: CallRecord, asked_at: _Before) -> None:
        """Activates a new record that was saved with its number; the previous card is suspended."""
        self._is_opening = False
        if record.operator_id != self._operator.id:
            self.register_changed.emit()  # Another operator has signed in.
            return
        former, talks_with = self._state.card, self._talks_with()
        is_answered = talks_with is not None and talks_with != asked_at.talks_with
        if is_answered or (former is not None and former.id != asked_at.front_id):
            # A call was answered in the meantime, and its card may not exist yet. The record is
            # activated afterwards.
            self._interrupted = (*self._interrupted, record)
            self.register_changed.emit()
            return
        whole = None if former is None else self._leave_for(record, former)
        self._state = replace(
            self._state, card=record, problems=(), closes_at_end=False, saved_at=record.created_at
        )
        self._choose_call()
        if former is not None and whole is not None:
            self._close(former, whole)
        self.register_changed.emit()
        self.record_opened.emit(record)

    def _leave_for(self, record: CallRecord, former: CallRecord) -> CallRecord | None:
        """Suspends the active card for a new record; returns it if it must be closed now.

        A complete question is saved, or saved with its call if that continues. Any other card is
        reactivated after the record.
        """
        self._save_draft()
        has_call = any(known.id == former.id for known in self._cards.values())
        if first_of(former) == first_of(record):
            outcome = calls.close(former, self._clock(), self._operator)
            if isinstance(outcome, CallRecord):
                if not self._is_live(former):
                    return None if former.id in self._closing else outcome
                self._to_close.add(former.id)
                return None
            if has_call:
                return None
        if not self._is_live(former):
            self._lay_aside()
            self._interrupted = (*self._interrupted, former)
        return None

    # --- interruptions ---

    def _change_copies(self, card_id: UUID, change: Callable[[CallRecord], CallRecord]) -> None:
        super()._change_copies(card_id, change)
        self._interrupted = tuple(
            change(one) if one.id == card_id else one for one in self._interrupted
        )

    def open_draft(self, card: CallRecord) -> None:
        self._interrupted = tuple(one for one in self._interrupted if one.id != card.id)
        super().open_draft(card)

    def _bring_forward(self, call_id: str) -> None:
        shown = self._state.card
        if shown is not None and telephone_call_of(shown) == call_id:
            return  # additional question about the resumed call
        super()._bring_forward(call_id)
        if shown is not None and is_apart(shown) and self._front_id() != shown.id:
            self._interrupted = (*self._interrupted, shown)

    def _choose_call(self) -> None:
        super()._choose_call()
        is_idle = self._state.card is None and self._state.line is LineState.FREE
        if is_idle and self._interrupted:
            self.open_draft(self._interrupted[-1])

    def _closed(self, asked: CallRecord, card: CallRecord) -> None:
        self._saved_last = card
        super()._closed(asked, card)
