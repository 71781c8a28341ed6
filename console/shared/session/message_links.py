"""Messages created from the active call card, and the queue of message drafts of each call.

A message and its call record are written in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from uuid import UUID

from console.core import formats
from console.core.milestones import Milestone
from console.shared.session.cards import RecordDesk
from sync.register.calls import calls
from sync.register.calls.calls import CallRecord, CallState
from sync.register.handling.contents import NOTHING_FOUND, Confidential
from sync.register.handling.events import person
from sync.register.handling.handled import StepDone
from sync.register.handling.history import StepRefused
from sync.register.messages import MessageRecord


class MessageDesk(RecordDesk):
    """Registers messages of call cards and links them to the cards."""

    def register_message(
        self,
        message: MessageRecord,
        on_registered: Callable[[MessageRecord], None],
        confidential: frozenset[Confidential] = NOTHING_FOUND,
        saved: CallRecord | None = None,
    ) -> None:
        """Registers a message of the active card; both are saved in one transaction.

        `confidential` contains the reasons of clause 6.12 why the message is not published. `saved`
        is the call record if it was closed before the message was finished.
        """
        card = saved or self._state.card
        if card is None:
            return
        linked = _linked(card, message)

        def registered(saved: tuple[MessageRecord, CallRecord]) -> None:
            done, _card_on_disk = saved
            self._milestones.note(Milestone.MESSAGE_REGISTERED, card.sip_call_id)
            self._change_copies(card.id, lambda copy: _linked(copy, done))
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
        saved: CallRecord | None = None,
    ) -> None:
        """Submits a message of the active card for review; both are saved in one transaction
        (clause 7.5).

        `saved` is the call record if it was closed before the message was finished.
        """
        card = saved or self._state.card
        if card is None:
            return
        linked = _linked(card, draft)

        def handed_in(outcome: StepDone | StepRefused) -> None:
            if isinstance(outcome, StepDone):
                self._milestones.note(Milestone.MESSAGE_HANDED_IN, card.sip_call_id)
                record = outcome.handled.record
                self._change_copies(card.id, lambda copy: _linked(copy, record))
                self.register_changed.emit()
            on_done(outcome)

        by = person(self._operator)
        future = self._register.hand_in(draft, by, confidential=confidential, card=linked)
        self._writes.follow(f"message {draft.id}", future, handed_in)

    def link_known(self, card: CallRecord, known: MessageRecord, typed: MessageRecord) -> None:
        """Links the card to an existing message and adopts the text entered."""
        current = self._state.card
        if card.state is CallState.CLOSED:
            self._writes.follow(
                f"link {card.id}",
                self._register.close(calls.link_saved(card, known.id)),
                lambda _saved: self.register_changed.emit(),
                again=lambda: self.link_known(card, known, typed),
            )
        elif current is not None and current.id == card.id:
            linked = calls.link_message(current, known.id, typed.text)
            if linked.category is None:
                linked = calls.edit(linked, topic=known.topic, category=known.category)
            self._milestones.note(Milestone.CALL_TIED, linked.sip_call_id)
            self.change_card(linked)
            self.register_changed.emit()

    def keep_message(self, message: MessageRecord) -> None:
        """Saves an unfinished message; a registered message remains registered."""
        self._writes.follow(
            f"draft of message {message.id}",
            self._register.save_message(message),
            self._message_kept,
            again=lambda: self.keep_message(message),
        )

    def _message_kept(self, message: MessageRecord) -> None:
        """Announces a new draft of a message without a call."""
        of_whom = (message.id, message.operator_id)
        if message.call_id is None and of_whom not in self._kept_messages:
            self._kept_messages.add(of_whom)
            self.register_changed.emit()

    def drop_message(self, message: MessageRecord) -> None:
        """Deletes the draft of a message without a call after its form was cleared."""
        self.carry(
            f"draft of message {message.id}",
            lambda: self._register.drop_message(message.id),
            lambda: self._message_dropped(message),
        )

    def _message_dropped(self, message: MessageRecord) -> None:
        self._kept_messages.discard((message.id, message.operator_id))
        self.register_changed.emit()

    def carry(
        self,
        key: str,
        write: Callable[[], Future[None]],
        written: Callable[[], None] = lambda: None,
    ) -> None:
        """Saves the input of another component; replaces an unfinished write with the same
        `key`.
        """
        self._writes.leave(key)  # a failed write must not overwrite this one later
        self._writes.follow(
            key,
            write(),
            lambda _none: written(),
            again=lambda: self.carry(key, write, written),
        )


def _linked(card: CallRecord, message: MessageRecord) -> CallRecord:
    """Returns the card linked to its message; takes over the message's topic if it has none.

    A call with several messages is linked to the first; each message is linked to the call.
    """
    if card.state is CallState.CLOSED:
        return calls.link_saved(card, message.id)
    own = message.id if card.message_id is None else card.message_id
    linked = calls.link_message(card, own, message.text)
    if linked.category is None:
        linked = calls.edit(linked, topic=message.topic, category=message.category)
    return linked


@dataclass(frozen=True, slots=True)
class Draft:
    """Unsaved message, with date and time as text of their fields."""

    message: MessageRecord
    date_text: str
    time_text: str


class WaitingDrafts:
    """Pending message drafts by call; initially those of the previous session in order of
    creation.
    """

    def __init__(self, kept: Iterable[MessageRecord]) -> None:
        self._by_call: dict[UUID, list[Draft]] = {}
        for message in kept:
            self.put_behind(_as_kept(message))

    def has(self, call_id: UUID) -> bool:
        return bool(self._by_call.get(call_id))

    def take_message(self, message: MessageRecord) -> Draft:
        """Removes and returns the latest draft of this message, or the saved version if there is
        none.
        """
        waiting = self._by_call.get(message.call_id, []) if message.call_id is not None else []
        found = next((one for one in waiting if one.message.id == message.id), None)
        self.drop(message)
        return _as_kept(message) if found is None else found

    def take(self, call_id: UUID) -> Draft | None:
        """Removes and returns the next draft of this call, or None."""
        waiting = self._by_call.get(call_id)
        return waiting.pop(0) if waiting else None

    def put_in_front(self, draft: Draft) -> None:
        if draft.message.call_id is not None:
            self._by_call.setdefault(draft.message.call_id, []).insert(0, draft)

    def put_behind(self, draft: Draft) -> None:
        if draft.message.call_id is not None:
            self._by_call.setdefault(draft.message.call_id, []).append(draft)

    def drop(self, message: MessageRecord) -> None:
        """Removes the draft of this message."""
        if message.call_id in self._by_call:
            self._by_call[message.call_id] = [
                one for one in self._by_call[message.call_id] if one.message.id != message.id
            ]


def _as_kept(message: MessageRecord) -> Draft:
    """Returns the draft of a saved message, with date and time formatted for input."""
    day, hour = message.event_on, message.event_time
    return Draft(
        message,
        "" if day is None else formats.date_text(day),
        "" if hour is None else f"{hour:%H:%M}",
    )
