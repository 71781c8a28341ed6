"""Presenter of the message form, and the message steps that it requests from the register.

GUI thread only. It saves the draft during input, registers it, submits it for review, splits it,
or replaces it by a link to an open message.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from typing import Protocol, Unpack
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import formats
from console.core.deliveries import Deliveries
from console.core.drafts import DRAFT_DELAY_MS
from console.core.record_words import Record
from console.core.typed_moment import read_event
from console.core.view_data import LONG_S, Notice
from console.features.message_form.open_messages import MessageNearPresenter
from console.shared.messages import step_words
from console.shared.messages import words as messages_words
from console.shared.messages.classifier import Classifier
from console.shared.session.desk import DeskPresenter
from console.shared.session.message_links import Draft, WaitingDrafts
from console.shared.texts.findings import CheckedMessage, MessageChecksPresenter
from kb.entries.entries import Entry
from sync.errors import StoreError
from sync.register import messages
from sync.register.calls.calls import CallRecord
from sync.register.handling.contents import Confidential, confidential_of, missing_of
from sync.register.handling.events import Doer, Step, person
from sync.register.handling.handled import (
    Asked,
    HandledMessage,
    Question,
    SplitProblem,
    StepDone,
    contents_of,
    split,
)
from sync.register.handling.history import StepRefused
from sync.register.handling.step_facts import (
    CallLinked,
    ConfidentialFound,
    Explained,
    Link,
    Linked,
    LinkKind,
    SplitUp,
)
from sync.register.likeness.search import OpenMessage
from sync.register.messages import MessageChanges, MessageProblem, MessageRecord, Publicity
from sync.register.people.operators import Operator

LOG = logging.getLogger(__name__)


def cleared_reason(handled: HandledMessage) -> str:
    """Returns the reason stated why a draft contains no personal data; empty if this was not
    stated.
    """
    reasons = [
        event.facts.text
        for event in handled.history.events
        if event.step is Step.CLEAR_CONFIDENTIAL and isinstance(event.facts, Explained)
    ]
    return reasons[-1] if reasons else ""


class HandlingPort(Protocol):
    """Executes message steps; the future resolves after COMMIT, or with the refusal."""

    def take_all(
        self, message_id: UUID, steps: Sequence[Asked], by: Doer
    ) -> "Future[StepDone | StepRefused]": ...


class MessageSteps(QObject):
    """Requests steps on messages and reports refusals. GUI thread only."""

    told = Signal(object)  # Notice
    failed = Signal()  # the write failed; the view is unchanged

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
        """Records the personal data found in a draft, and the reason why an operator states that
        they are none (6.12).
        """
        self._take(
            message_id,
            (
                (Step.MARK_CONFIDENTIAL, ConfidentialFound(kinds)),
                (Step.CLEAR_CONFIDENTIAL, Explained(reason)),
            ),
        )

    def split(self, first: UUID, others: Sequence[UUID]) -> None:
        """Records in each of the messages that one draft was split (6.3)."""
        self._take(first, ((Step.SPLIT, SplitUp(tuple(others))),))
        for other in others:
            self._take(other, ((Step.LINK, Linked(Link(LinkKind.SPLIT_FROM, first))),))

    def discard(self, message_id: UUID) -> None:
        """Closes an emptied draft, because the caller wants no message (5.1)."""
        self._take(message_id, ((Step.DISCARD, Explained(Record().emptied())),))

    def join(
        self, known: UUID, draft: UUID, call_id: UUID, on_joined: Callable[[MessageRecord], None]
    ) -> None:
        """Links the call to the open message ``known``, which replaces the message
        ``draft`` (6.4).
        """

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
                head, body = step_words.refused(outcome)
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
        LOG.warning("message: cannot write event: %s", type(error).__name__)
        head, body = messages_words.not_written()
        self.told.emit(Notice(head, body, LONG_S, problem=True))
        self.failed.emit()


@dataclass(frozen=True, slots=True)
class MessageState:
    """View state of the message form."""

    id: UUID | None = None
    subtitle: str = ""
    part: str = ""
    author: str = ""
    text: str = ""
    place: str = ""
    date_text: str = ""
    time_text: str = ""
    when_note: str = ""
    when_is_ahead: bool = False
    category: str = ""
    category_text: str = ""
    unit: str = ""
    publicity: str = Publicity.NOT_STATED.value
    said_by: str = ""
    problems: dict[str, str] = field(default_factory=dict)


class MessagePresenter(QObject):
    """Presenter of the message of a call; data of the call card are not entered again.

    A message is restored together with the card of its call, also after other calls. Several
    questions of one caller become several messages of the call, one after the other (6.3).
    """

    changed = Signal(object)  # MessageState
    registered = Signal(object)  # MessageRecord
    handed_in = Signal(object)  # MessageRecord
    joined = Signal(object)  # MessageRecord that was already open
    told = Signal(object)  # Notice
    incomplete = Signal()
    categories_changed = Signal()

    def __init__(
        self,
        desk: DeskPresenter,
        classifier: Classifier,
        checks: MessageChecksPresenter,
        near: MessageNearPresenter,
        steps: MessageSteps,
        unit: Callable[[str], Entry | None],
        new_id: Callable[[], UUID],
        *,
        begun: tuple[MessageRecord, ...],
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._unit = unit
        self._new_id = new_id
        self._zone = zone
        self._clock = clock
        self._classifier = classifier
        self._checks = checks
        self._near = near
        self._steps = steps
        self._waiting = WaitingDrafts(begun)
        self._part = (1, 1)
        self._told_of_rest: UUID | None = None
        self._registering = False
        self._confirmed: UUID | None = None  # to be registered after the check of its text
        self._message: MessageRecord | None = None
        self._saved: CallRecord | None = None  # call of the message, if already closed
        self._is_typed = False  # there is input to be saved
        self._with_photo: UUID | None = None
        self._closes: UUID | None = None  # card that was to be saved at the end of its call
        self._date_text = ""
        self._time_text = ""
        self._problems: tuple[MessageProblem, ...] = ()
        self._state = MessageState()
        self._keep_timer = QTimer(self)
        self._keep_timer.setSingleShot(True)
        self._keep_timer.setInterval(DRAFT_DELAY_MS)
        self._keep_timer.timeout.connect(self.keep)
        desk.store_failed.connect(self._refused)
        steps.failed.connect(self._refused)
        steps.told.connect(self.told)
        classifier.changed.connect(self.categories_changed)

    @property
    def state(self) -> MessageState:
        return self._state

    def categories(self) -> dict[str, str]:
        return dict(self._classifier.texts)

    @property
    def call_id(self) -> UUID | None:
        """Id of the call card to which the message belongs."""
        return None if self._message is None else self._message.call_id

    @property
    def has_more(self) -> bool:
        """Whether the active call has a message that is not registered yet."""
        card = self._desk.state.card
        return card is not None and (
            (self._message is not None and self._message.call_id == card.id)
            or self._waiting.has(card.id)
        )

    def point_at_rest(self) -> bool:
        """Shows a notice if a message of the active call is unfinished; returns whether the notice
        was shown.

        It is shown once per call. A message without input does not count.
        """
        card = self._desk.state.card
        if card is None or not self._is_unfinished(card) or self._told_of_rest == card.id:
            return False
        self._told_of_rest = card.id
        told = (
            messages_words.unfinished_waits()
            if card.message_id is None
            else messages_words.rest_waits()
        )
        self.told.emit(Notice(*told, LONG_S, problem=True))
        return True

    def _is_unfinished(self, card: CallRecord) -> bool:
        is_shown = self._message is not None and self._message.call_id == card.id
        return (is_shown and self._is_typed) or self._waiting.has(card.id)

    def begin(self, operator: Operator) -> bool:
        """Starts or continues the message of the active card with the data of the card; returns
        False if there is no card or its message is finished.
        """
        card = self._desk.state.card
        if card is None or (card.message_id is not None and not self.has_more):
            return False
        if self._desk.stay_open(card.id):
            self._closes = card.id
        if self._message is None or self._message.call_id != card.id:
            self._put_away()
            self._part = (1, 1)
            waiting = self._waiting.take(card.id)
            self._use(waiting or self._new_draft(card, operator))
            self._is_typed = waiting is not None
        if self._message is None:
            return False
        message = messages.carry_over(self._message, card)
        body = self._body_of(message.topic, message.category)
        self._message = messages.edit(message, unit=body)
        self._show()
        return True

    def open_saved(self, draft: MessageRecord, call: CallRecord) -> None:
        """Continues an unfinished message of a closed call."""
        if self._registering:
            return
        self._put_away()
        self._part = (1, 1)
        self._use(self._waiting.take_message(draft))
        self._saved, self._is_typed = call, True
        self._show()

    @property
    def is_of_saved_call(self) -> bool:
        """Whether the message belongs to a closed call and needs no active card."""
        return self._saved is not None

    def _use(self, draft: Draft) -> None:
        self._saved, self._is_typed = None, False
        self._message = draft.message
        self._date_text, self._time_text = draft.date_text, draft.time_text
        self._problems = ()

    def _new_draft(self, card: CallRecord, operator: Operator) -> Draft:
        said = replace(card, content=self._desk.said_by_caller(card))
        message = messages.message_from_call(said, self._new_id(), self._clock(), operator)
        # The event is usually on the day of the call; the hour must be asked.
        day = card.arrived_at.astimezone(self._zone).date()
        return Draft(message, formats.date_text(day), "")

    def keep(self) -> None:
        """Saves pending input immediately."""
        self._keep_timer.stop()
        if self._message is not None and self._is_typed:
            self._desk.keep_message(self._as_typed(self._message))

    def keep_for_photo(self) -> None:
        """Saves the message to which a photo is about to be attached."""
        if self._message is not None:
            self._is_typed, self._with_photo = True, self._message.id
            self.keep()

    def _as_typed(self, message: MessageRecord) -> MessageRecord:
        """Returns the message with day and hour as entered in the fields."""
        told = read_event(self._date_text, self._time_text, self._now())
        return messages.edit(message, event_on=told.on, event_time=told.at)

    def _now(self) -> datetime:
        """Current time in the city."""
        return self._clock().astimezone(self._zone)

    def _put_away(self) -> None:
        if self._keep_timer.isActive():
            self.keep()
        self._saved = None
        if self._message is not None and self._is_typed:
            self._waiting.put_in_front(Draft(self._message, self._date_text, self._time_text))

    def set_text(self, text: str) -> None:
        self._edit(text=text)

    def set_place(self, place: str) -> None:
        self._edit(place=place)

    def set_date_text(self, text: str) -> None:
        self._date_text = text
        self._edit()

    def set_time_text(self, text: str) -> None:
        self._time_text = text
        self._edit()

    def choose_moment(self, text: str) -> None:
        """Enters a text such as a quick choice as the time of the event and converts it, as if the
        field had been left.
        """
        self._date_text = text
        self.settle_moment()

    def settle_moment(self) -> None:
        """Converts a date and time in words to figures, once the field is left."""
        if self._message is None:
            return
        told = read_event(self._date_text, self._time_text, self._now())
        if told.on is not None:
            self._date_text = formats.date_text(told.on)
        if told.at is not None:
            self._time_text = f"{told.at:%H:%M}"
        self._edit()

    def set_category(self, key: str) -> None:
        category = self._classifier.category(key)
        topic, chosen = (None, None) if category is None else (category.parent, category.id)
        self._edit(category=chosen, topic=topic, unit=self._body_of(topic, chosen))

    def _body_of(self, topic: str | None, category: str | None) -> str | None:
        """Returns the key of the authority responsible for topic and category (7.9); None if its
        entry is not valid today.
        """
        today = self._now().date()
        key = self._classifier.organ_of(topic, category, today)
        unit = self._unit(key) if key else None
        return key if unit is not None and unit.holds_on(today) else None

    def set_publicity(self, value: str) -> None:
        self._edit(publicity=Publicity(value))

    def clear_confidential(self, reason: str) -> None:
        """Records the operator's reason why the personal data found are none (6.12), and saves the
        draft.
        """
        kinds = confidential_of(self._checks.confidential)
        if self._message is not None and kinds and reason.strip():
            self._checks.clear(reason)
            self._is_typed = True
            self.keep()
            self._steps.clear(self._message.id, kinds, reason.strip())

    def split(self, start: int, end: int) -> None:
        """Moves the characters from ``start`` to ``end`` to another message (6.3); if nothing is
        selected, the further question found by the check.
        """
        message = self._in_front()
        if message is None or self._registering:
            return
        if start == end:
            start, end = self._checks.further_question or (0, 0)
        first = f"{message.text[:start].rstrip()} {message.text[end:].lstrip(' .,;')}".strip()
        further = message.text[start:end].strip()
        parts = split(
            message,
            (Question(first, message.topic, message.category), Question(further, None, None)),
            (self._new_id(),),
            self._clock(),
        )
        if isinstance(parts, SplitProblem):
            self.told.emit(Notice(*messages_words.not_split()))
            return
        self._message, other = parts
        other = messages.edit(other, unit=None)
        self._waiting.put_behind(Draft(other, self._date_text, self._time_text))
        self._part = (self._part[0], self._part[1] + 1)
        self._is_typed = True
        self.keep()
        self._desk.keep_message(other)
        self._steps.split(message.id, (other.id,))
        self._show()

    def join(self, known: UUID) -> None:
        """Links the call to the open message ``known`` instead of creating a new message (6.4)."""
        message, card = self._in_front(), self._saved or self._desk.state.card
        if message is None or card is None or self._registering:
            return
        self._registering = self._is_typed = True
        self.keep()

        def joined(record: MessageRecord) -> None:
            self._forget(message)
            self._desk.link_known(card, record, message)
            self.joined.emit(record)

        self._steps.join(known, message.id, card.id, joined)

    def register(self) -> None:
        """Registers message and call together, or shows the missing fields (6.1).

        The text is checked first: personal data make the message non-public, regardless of the
        selected publicity (6.12).
        """
        message = self._in_front()
        if message is None:
            return
        outcome = messages.register(message, self._clock(), self._desk.operator)
        if isinstance(outcome, tuple):
            self._problems = outcome
            self._show()
            self.incomplete.emit()
            return
        self._confirmed = message.id
        self._checks.when_read(lambda: self._register_checked(message.id))

    def hand_in(self) -> None:
        """Submits the message for review, because the operator does not decide on it (7.5). It may
        be incomplete.
        """
        message = self._in_front()
        if message is None:
            return
        if not contents_of(message).tells_something:
            self._problems = (MessageProblem.TEXT_MISSING,)
            self._show()
            self.incomplete.emit()
            return
        self._confirmed = message.id
        self._checks.when_read(lambda: self._hand_in_checked(message.id))

    def cancel(self) -> None:
        """Cancels the registration while the text is checked; the message remains a draft.

        An emptied draft is discarded.
        """
        self._confirmed = None
        message = self._message
        if message is None or self._registering:
            return
        is_emptied = not message.text.strip() and not message.place.strip()
        if self._is_typed and is_emptied and self._with_photo != message.id:
            self.keep()
            self._steps.discard(message.id)
            self._forget(message)
        elif not self._is_typed:
            self._message = None
        self._close_with_call()

    def _close_with_call(self) -> None:
        """Saves the card that was to be saved at the end of its call, once no message of the call
        is open.
        """
        if self._closes is not None and self._message is None:
            self._desk.close_at_end(self._closes)
            self._closes = None

    def _hand_in_checked(self, id: UUID) -> None:
        message = self._in_front()
        if message is None or self._confirmed != id or message.id != id or self._registering:
            return
        self._confirmed = None
        self._registering = True
        self._keep_timer.stop()
        confidential = confidential_of(self._checks.confidential)
        self._desk.hand_in_message(message, confidential, self._handed_in, self._saved)

    def _handed_in(self, outcome: StepDone | StepRefused) -> None:
        self._registering = False
        if isinstance(outcome, StepRefused):
            self.told.emit(Notice(*step_words.refused(outcome), LONG_S, problem=True))
            return
        self._forget(outcome.handled.record)
        self.handed_in.emit(outcome.handled.record)

    def _in_front(self) -> MessageRecord | None:
        """Returns the message as entered; None if it belongs neither to the active card nor to the
        closed call shown.
        """
        card = self._saved or self._desk.state.card
        if self._message is None or card is None or card.id != self._message.call_id:
            return None
        return self._as_typed(self._message)

    def _register_checked(self, id: UUID) -> None:
        message = self._in_front()
        if message is None or self._confirmed != id or message.id != id or self._registering:
            return
        self._confirmed = None
        # The draft may be old, and its authority no longer valid.
        message = messages.edit(message, unit=self._body_of(message.topic, message.category))
        if self._checks.is_unread:
            message = messages.edit(message, publicity=Publicity.NON_PUBLIC)
        outcome = messages.register(message, self._clock(), self._desk.operator)
        if isinstance(outcome, MessageRecord):
            self._registering = True
            self._keep_timer.stop()
            confidential = confidential_of(self._checks.confidential)
            self._desk.register_message(outcome, self._done, confidential, self._saved)

    def _refused(self) -> None:
        """Ends the registration after a failed write; the message is unchanged and can be
        registered again.
        """
        self._registering = False

    def _done(self, message: MessageRecord) -> None:
        self._forget(message)
        self.registered.emit(message)

    def _forget(self, message: MessageRecord) -> None:
        """Removes a finished draft and shows the next message of its call, if there is one."""
        self._registering = False
        self._checks.clearing.forget(str(message.id))
        if self._message is None or self._message.id != message.id:
            self._waiting.drop(message)
            return
        self._keep_timer.stop()
        self._message = self._saved = None
        self._is_typed = False
        following = None if message.call_id is None else self._waiting.take(message.call_id)
        if following is not None:
            self._part = (self._part[0] + 1, self._part[1])
            self._use(following)
            self._is_typed = True
            self._show()
        self._close_with_call()

    def _edit(self, **changes: Unpack[MessageChanges]) -> None:
        if self._message is None:
            return
        self._message = self._as_typed(messages.edit(self._message, **changes))
        self._is_typed = True
        # The timer is not restarted by every keystroke, because steady typing would postpone the
        # write.
        if not self._keep_timer.isActive():
            self._keep_timer.start()
        if self._problems:
            outcome = messages.register(self._message, self._clock(), self._desk.operator)
            found = outcome if isinstance(outcome, tuple) else ()
            self._problems = tuple(problem for problem in found if problem in self._problems)
        self._show()

    def _show(self) -> None:
        message = self._message
        if message is None:
            return
        unit = self._unit(message.unit) if message.unit else None
        typed = self._as_typed(message)
        when, is_ahead = self._when(typed)
        self._state = MessageState(
            id=message.id,
            subtitle=messages_words.message_subtitle(self._saved or self._desk.state.card),
            part=messages_words.part(*self._part) if self._part[1] > 1 else "",
            author=messages_words.author(message.name, message.phone, message.email),
            text=message.text,
            place=message.place,
            date_text=self._date_text,
            time_text=self._time_text,
            when_note=when,
            when_is_ahead=is_ahead,
            category=message.category or "",
            category_text=self._classifier.texts.get(message.category or "", ""),
            unit=unit.short_title if unit is not None else "",
            publicity=message.publicity.value,
            said_by=""
            if message.publicity is Publicity.NOT_STATED
            else messages_words.said_by(formats.short_name(self._desk.operator.name)),
            problems=messages_words.problems_by_field(self._problems),
        )
        self._checks.follow(_to_check(typed))
        asked = OpenMessage(typed.id, typed.text, typed.place, typed.category)
        self._near.follow(asked, typed.call_id)
        self.changed.emit(self._state)

    def _when(self, message: MessageRecord) -> tuple[str, bool]:
        """Returns the time of the event to be read back to the caller, and whether it is in the
        future.
        """
        if message.event_on is None:
            return "", False
        now = self._now()
        told = messages_words.when_told(message.event_on, message.event_time, now.date())
        at = datetime.combine(message.event_on, message.event_time or time(), self._zone)
        if at <= now:
            return told, False
        return f"{told} — {messages_words.when_ahead()}", True


def _to_check(message: MessageRecord) -> CheckedMessage:
    return CheckedMessage(
        key=str(message.id),
        text=message.text,
        place=message.place,
        publicity=message.publicity,
        missing=missing_of(contents_of(message)),
    )
