"""Records of the desk that no ring begins: requests without a call, further questions of one call.

A call that is answered meanwhile puts such a record aside, and it is in front again when the call's
own record is done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from PySide6.QtCore import Signal

from console.presenters.card_desk import CardDesk
from console.presenters.live_calls import LineState
from sync.register import calls
from sync.register.calls import CallRecord
from sync.register.hand_made import first_of, is_apart, telephone_call_of
from sync.register.operators import Operator
from sync.register.ways import RequestWay


@dataclass(frozen=True, slots=True)
class _Before:
    """How the desk stood when a record was asked for."""

    front_id: UUID | None
    talks_with: str | None


class RecordDesk(CardDesk):
    """Opens such records, and brings back those that a call has interrupted."""

    record_opened = Signal(object)  # CallRecord that was asked for, in front now

    _saved_last: CallRecord | None = None
    _interrupted: tuple[CallRecord, ...] = ()
    _is_opening = False

    def set_operator(self, operator: Operator) -> None:
        if operator.id != self._operator.id:
            self._saved_last = None  # The caller of somebody else's call is nobody's here.
            self._interrupted = ()  # They wait among the drafts of who began them.
        super().set_operator(operator)

    # --- what the operator opens ---

    def open_by_hand(self, way: RequestWay = RequestWay.WALK_IN) -> None:
        """Begin the record of a request that came without a call; what is in front is kept."""
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
        """Begin a further question of the call in front, or of the one saved last.

        The record whose call it is; None where there is none, or one is being begun already.
        """
        card = self._state.card or self._saved_last
        if card is None or self._is_opening:
            return None
        self._save_draft()  # The question takes over what is known of the caller by now.
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
        """The call that the operator is turned to; None at a line at rest, or that only rings."""
        call = self._state.call
        is_up = self._state.line in (LineState.TALKING, LineState.DIALLING)
        return call.call_id if is_up and call is not None else None

    def _asked_at(self) -> _Before:
        return _Before(self._front_id(), self._talks_with())

    def _begun(self, record: CallRecord, asked_at: _Before) -> None:
        """The record is on disk with its number: it comes to the front, what was there waits."""
        self._is_opening = False
        if record.operator_id != self._operator.id:
            self.register_changed.emit()  # Somebody else works here by now.
            return
        former, talks_with = self._state.card, self._talks_with()
        is_answered = talks_with is not None and talks_with != asked_at.talks_with
        if is_answered or (former is not None and former.id != asked_at.front_id):
            # A call was answered while it was written, its card may not be there yet: the record
            # waits until that is done.
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
        """Make room for the record; the closed former one where that is to be saved now.

        A question that is whole is saved, with its call where that goes on; all else is in front
        again when the record is done.
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

    # --- what comes between ---

    def open_draft(self, card: CallRecord) -> None:
        self._interrupted = tuple(one for one in self._interrupted if one.id != card.id)
        super().open_draft(card)

    def _bring_forward(self, call_id: str) -> None:
        shown = self._state.card
        if shown is not None and telephone_call_of(shown) == call_id:
            return  # A question of the very call that is taken up again.
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
