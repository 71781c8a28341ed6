"""Presenter of the review queue, sorted by deadline (Regulation 7.5, 7.6, 7.11).

GUI thread only; the queue is read on a reader thread every 20 s. The presenter claims messages for
a reviewer and releases them.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import formats
from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.view_data import LONG_S, Notice
from console.features.review import words as review_words
from console.shared.messages.classifier import Classifier
from console.shared.messages.message_detail import HandlingPort, Outcome
from console.shared.messages.terms import NO_TERM, Terms, TermState
from sync.errors import StoreError
from sync.register.handling.events import Event, Step, person
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.step_facts import Explained
from sync.register.messages import REVIEWED, State
from sync.register.people.operators import Action, Operator, Person, may

READ_AGAIN_MS = 20_000  # picks up changes of colleagues


@dataclass(frozen=True, slots=True)
class QueueRow:
    """View state of a message in the queue.

    `holder` is empty if no operator has claimed the message, `note` if there is no question to
    colleagues.
    """

    key: UUID
    number: str
    received: str
    about: str
    category: str
    place: str
    term: TermState
    holder: str
    since: str
    is_mine: bool
    note: str


@dataclass(frozen=True, slots=True)
class QueueState:
    """View state of the review queue; `selected` is None if there are no rows.

    `can_release`: the signed-in operator may release the selected message.
    """

    rows: tuple[QueueRow, ...] = ()
    selected: UUID | None = None
    subtitle: str = ""
    can_release: bool = False
    trouble: tuple[str, str] = ("", "")

    @property
    def nearest(self) -> TermState:
        """Earliest deadline of the messages in the queue."""
        return self.rows[0].term if self.rows else NO_TERM

    @property
    def index(self) -> int:
        """Index of the selected row, or -1."""
        keys = [row.key for row in self.rows]
        return keys.index(self.selected) if self.selected in keys else -1


class ReviewQueuePresenter(QObject):
    """Presenter of the review queue, read on a reader thread every 20 s. GUI thread only."""

    changed = Signal(object)  # QueueState
    opened = Signal(object)  # HandledMessage not under review by another operator
    taken = Signal(object)  # HandledMessage now under review by the signed-in operator
    read = Signal(object)  # tuple[HandledMessage, ...]: all messages under review
    empty = Signal()  # the next message was requested, but there is none
    told = Signal(object)  # Notice

    def __init__(
        self,
        handling: HandlingPort,
        terms: Terms,
        classifier: Classifier,
        readers: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._handling = handling
        self._terms = terms
        self._classifier = classifier
        self._readers = readers
        self._deliveries = deliveries
        self._operator = operator
        self._messages: tuple[HandledMessage, ...] = ()
        self._asked = 0
        self._taking: UUID | None = None
        self._once_read: Callable[[], None] | None = None
        self._state = QueueState(subtitle=review_words.queue_subtitle(0, ""))
        terms.changed.connect(self._show)
        classifier.changed.connect(self._show)
        timer = QTimer(self)
        timer.setInterval(READ_AGAIN_MS)
        timer.timeout.connect(self.reload)
        timer.start()

    @property
    def state(self) -> QueueState:
        return self._state

    def may_see(self) -> bool:
        """Whether the role of the signed-in operator permits reviews."""
        return may(self._operator().role, Action.REGISTER_MESSAGES)

    def reload(self, then: Callable[[], None] | None = None) -> None:
        """Reads the queue again, then calls `then`; results of older requests are ignored."""
        self._asked += 1
        asked = self._asked
        if then is not None:
            self._once_read = then

        def show(messages: tuple[HandledMessage, ...]) -> None:
            if asked != self._asked:
                return
            if not self.may_see():
                messages = ()  # another operator has signed in since
            self._messages = messages
            self._state = replace(self._state, trouble=("", ""))
            self._show()
            self.read.emit(messages)
            once_read, self._once_read = self._once_read, None
            if once_read is not None:
                once_read()

        self._deliveries.deliver(
            self._readers.submit(self._handling.in_states, REVIEWED),
            show,
            self._unread,
            (StoreError,),
        )

    def _unread(self, _error: Exception) -> None:
        self._once_read = None
        self._state = replace(self._state, trouble=review_words.queue_unread())
        self.changed.emit(self._state)

    # --- the selection ---

    def select(self, index: int) -> None:
        """Selects a row; when the order changes, the same message stays selected."""
        rows = self._state.rows
        if 0 <= index < len(rows) and rows[index].key != self._state.selected:
            self._state = replace(self._state, selected=rows[index].key)
            self._show()

    def open(self, message: HandledMessage) -> None:
        """Adds and opens a message just submitted at this workplace."""
        self._put(message)
        self._state = replace(self._state, selected=message.id)
        self._show()
        self.open_selected()

    def open_selected(self) -> None:
        """Opens the selected message, or shows which operator has it under review (clause 7.6).

        Opening creates no event: the message is claimed with the first action of a decision.
        """
        message = self._message(self._state.selected)
        if message is None or self._taking is not None:
            return
        holder = message.standing.taken_by
        if self.is_mine(message):
            self.opened.emit(message)
        elif isinstance(holder, Person):
            self._tell_holder(message)
        else:
            self.opened.emit(message)

    def open_next(self, after: UUID | None = None) -> None:
        """Opens the next unclaimed message about which this operator has not asked colleagues.

        With `after`, the search starts below that message, continues from the top, and skips that
        message.
        """
        self.reload(lambda: self._open_first(after))

    def _open_first(self, after: UUID | None) -> None:
        me = self._operator().id
        ordered = self._sorted()
        place = next((n for n, message in enumerate(ordered) if message.id == after), -1)
        for message in (*ordered[place + 1 :], *ordered[: max(place, 0)]):
            free = message.standing.state is State.SUBMITTED and not _asked_by(message, me)
            if free or self.is_mine(message):
                self._state = replace(self._state, selected=message.id)
                self._show()
                self.open_selected()
                return
        self.empty.emit()

    def take_up(self, message: HandledMessage) -> None:
        """Claims the message on the screen for the signed-in operator.

        Called at the first action of a decision.
        """
        if self._taking is not None or self.is_mine(message):
            return
        self._taking = message.id
        self._deliveries.deliver(
            self._handling.take(message.id, Step.TAKE_UP, person(self._operator())),
            lambda outcome: self._taken(message.id, outcome),
            self._not_written,
            (StoreError,),
        )

    def _taken(self, message_id: UUID, outcome: Outcome) -> None:
        self._taking = None
        if isinstance(outcome, StepDone):
            self._put(outcome.handled)
            self.taken.emit(outcome.handled)
            return
        # Another operator was faster; reload to show the name.
        self.reload(lambda: self._tell_taken(message_id))

    def _tell_taken(self, message_id: UUID) -> None:
        message = self._message(message_id)
        if message is None:
            self.told.emit(Notice(review_words.decided_already(), problem=True))
        else:
            self._tell_holder(message)

    def _tell_holder(self, message: HandledMessage) -> None:
        row = self._row(message)
        may_release = may(self._operator().role, Action.OVERRULE)
        head, body = review_words.held_by(row.holder, row.since, may_release)
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    def release_selected(self) -> None:
        """Releases the selected message of another operator if the signed-in operator may do so
        (clause 7.6).
        """
        message = self._message(self._state.selected)
        if message is not None and self._state.can_release:
            self.release(message)

    def release(self, message: HandledMessage) -> None:
        """Releases a message, which returns to the queue and remains selected."""
        self._deliveries.deliver(
            self._handling.take(message.id, Step.RELEASE, person(self._operator())),
            self._released,
            self._not_written,
            (StoreError,),
        )

    def _released(self, outcome: Outcome) -> None:
        if isinstance(outcome, StepDone):
            self._put(outcome.handled)
        self.reload()

    def _not_written(self, _error: Exception) -> None:
        self._taking = None
        head, body = core_words.store_failed_head(), core_words.store_failed_body()
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    # --- view state ---

    def take_in(self, changed: HandledMessage) -> None:
        """Updates the queue with the message after a completed action."""
        self._put(changed)

    def _put(self, changed: HandledMessage) -> None:
        """Updates one message without reading the queue again."""
        others = tuple(one for one in self._messages if one.id != changed.id)
        self._messages = (*others, changed) if changed.standing.state in REVIEWED else others
        self._show()

    def _message(self, key: UUID | None) -> HandledMessage | None:
        return next((one for one in self._messages if one.id == key), None)

    @property
    def operator_id(self) -> UUID:
        """Id of the signed-in operator."""
        return self._operator().id

    def is_taking(self, message: HandledMessage) -> bool:
        """Whether a request of this workplace to claim the message is pending."""
        return self._taking == message.id

    def is_mine(self, message: HandledMessage) -> bool:
        """Whether the signed-in operator has the message under review."""
        holder = message.standing.taken_by
        return isinstance(holder, Person) and holder.id == self._operator().id

    def _sorted(self) -> list[HandledMessage]:
        def order(message: HandledMessage) -> tuple[date, datetime]:
            term = self._terms.of(message.standing)
            due = None if term is None else term.due
            sent_at = message.standing.submitted_at or message.record.created_at
            return due or date.max, sent_at

        return sorted(self._messages, key=order)

    def _show(self) -> None:
        rows = tuple(self._row(message) for message in self._sorted())
        keys = [row.key for row in rows]
        selected = self._state.selected
        if selected not in keys:
            # The selected message has left the queue: select the next one, which is now in its
            # position.
            place = max(0, self._state.index)
            selected = keys[min(place, len(keys) - 1)] if keys else None
        nearest = rows[0].term.sentence if rows else ""
        held = next((row for row in rows if row.key == selected and row.holder), None)
        self._state = replace(
            self._state,
            rows=rows,
            selected=selected,
            subtitle=review_words.queue_subtitle(len(rows), nearest),
            can_release=held is not None
            and not held.is_mine
            and may(self._operator().role, Action.OVERRULE),
        )
        self.changed.emit(self._state)

    def _row(self, message: HandledMessage) -> QueueRow:
        record, standing = message.record, message.standing
        contents = standing.contents
        holder, taken = standing.taken_by, _last(message, Step.TAKE_UP)
        is_mine = self.is_mine(message)
        name = holder.name if isinstance(holder, Person) else ""
        sent_at = standing.submitted_at or record.created_at
        asked = last_question(message)
        return QueueRow(
            key=message.id,
            number=str(record.number or ""),
            received=self._terms.moment(sent_at),
            about=formats.first_line(contents.text) or review_words.only_photos(),
            category=self._classifier.texts.get(contents.category or "")
            or review_words.no_category(),
            place=contents.place.strip() or review_words.no_place(),
            term=self._terms.of(standing) or NO_TERM,
            holder=review_words.holder(name, is_mine) if name else "",
            since="" if taken is None else self._terms.moment(taken.at),
            is_mine=is_mine,
            note="" if asked is None else review_words.asks(*asked),
        )


def last_question(message: HandledMessage) -> tuple[str, str] | None:
    """Returns the name of the operator who asked the last question to colleagues, and its text; or
    None.
    """
    asked = _last(message, Step.ASK_COLLEAGUE)
    if asked is None or not isinstance(asked.facts, Explained):
        return None
    name = asked.by.name if isinstance(asked.by, Person) else ""
    return name, asked.facts.text


def _asked_by(message: HandledMessage, person_id: UUID) -> bool:
    asked = _last(message, Step.ASK_COLLEAGUE)
    return asked is not None and isinstance(asked.by, Person) and asked.by.id == person_id


def _last(message: HandledMessage, step: Step) -> Event | None:
    return next((one for one in reversed(message.history.events) if one.step is step), None)
