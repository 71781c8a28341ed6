"""Read-only presenter of a saved call record, with its script steps and message number.

GUI thread only; message and script steps are read on a reader thread. Source: Regulation 7.3.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core.deliveries import Deliveries
from console.core.view_data import Notice
from console.features.history import words as history_words
from console.shared.messages.classifier import Classifier
from console.shared.session import card_words
from sync.errors import StoreError
from sync.register.calls.calls import CallRecord
from sync.register.calls.scripts import TickedStep
from sync.register.handling.handled import HandledMessage
from sync.register.messages import MessageRecord


class MessagesPort(Protocol):
    """Reads the message of a call; called on a reader thread."""

    def handled(self, message_id: UUID) -> HandledMessage | None: ...


class UnfinishedPort(Protocol):
    """Reads the messages started in a call and not submitted; called on a reader thread."""

    def messages_unfinished_of(self, call_id: UUID) -> tuple[MessageRecord, ...]: ...


class StepsPort(Protocol):
    """Reads the completed script steps of a call; called on a reader thread."""

    def of(self, call_id: UUID) -> tuple[TickedStep, ...]: ...


@dataclass(frozen=True, slots=True)
class RecordState:
    """View state of the page; each fact consists of field name, content and clause of the
    Regulation.
    """

    title: str = ""
    subtitle: str = ""
    facts: tuple[tuple[str, str, str], ...] = ()
    phone: str = ""
    message: str = ""
    unfinished: bool = False


class ShownRecordPresenter(QObject):
    """Formats a saved record as read-only text. GUI thread only."""

    changed = Signal(object)  # RecordState
    opened = Signal(object)  # CallRecord that is now visible
    message_asked = Signal(str)  # registration number of the message
    unfinished_asked = Signal(object)  # MessageRecord started in the call
    told = Signal(object)  # Notice

    def __init__(
        self,
        messages: MessagesPort,
        unfinished: UnfinishedPort,
        steps: StepsPort,
        classifier: Classifier,
        readers: Executor,
        deliveries: Deliveries,
        *,
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        elsewhere: Callable[[CallRecord], HandledMessage | None] = lambda _card: None,
        parent: QObject | None = None,
    ) -> None:
        """``elsewhere`` returns the message of a call taken at another workplace; None if it is not
        found.
        """
        super().__init__(parent)
        self._elsewhere = elsewhere
        self._messages = messages
        self._unfinished = unfinished
        self._begun: tuple[MessageRecord, ...] = ()
        self._steps = steps
        self._classifier = classifier
        self._readers = readers
        self._deliveries = deliveries
        self._zone = zone
        self._clock = clock
        self._asked = 0
        self._state = RecordState()

    @property
    def state(self) -> RecordState:
        return self._state

    def show(self, card: CallRecord) -> None:
        """Shows the record; the message number and script steps are added once they are read."""
        self._asked += 1
        asked = self._asked
        self._put(card, "", (), ())
        self.opened.emit(card)

        def read() -> tuple[str, tuple[TickedStep, ...], tuple[MessageRecord, ...]]:
            made = None if card.message_id is None else self._messages.handled(card.message_id)
            if made is None and card.message_id is not None:
                made = self._elsewhere(card)
            number = "" if made is None or made.record.number is None else str(made.record.number)
            begun = self._unfinished.messages_unfinished_of(card.id)
            return number, self._steps.of(card.id), begun

        def show(found: tuple[str, tuple[TickedStep, ...], tuple[MessageRecord, ...]]) -> None:
            if asked == self._asked:
                self._put(card, *found)

        self._deliveries.deliver(
            self._readers.submit(read),
            show,
            lambda _error: None,  # the banner reports an unreadable store
            expected=(StoreError,),
        )

    def forget(self) -> None:
        """Clears the page, for example when another operator signs in."""
        self._asked += 1
        self._begun = ()
        self._state = RecordState()
        self.changed.emit(self._state)

    def ask_message(self) -> None:
        """Requests to open the message of the call; an unfinished message has priority."""
        if self._begun:
            self.unfinished_asked.emit(self._begun[0])
        elif self._state.message:
            self.message_asked.emit(self._state.message)
        else:
            self.told.emit(Notice(history_words.no_message()))

    def _put(
        self,
        card: CallRecord,
        message: str,
        asked: tuple[TickedStep, ...],
        begun: tuple[MessageRecord, ...],
    ) -> None:
        self._begun = begun
        topic = self._classifier.texts.get(card.category or "", "")
        topic = topic or self._classifier.topic_title(card.topic or "")
        self._state = replace(
            self._state,
            title=card_words.card_title(card),
            subtitle=card_words.card_subtitle(card, self._zone),
            facts=history_words.facts(
                card, topic, message, asked, begun, self._zone, self._clock()
            ),
            phone=card.caller_number_raw if not isinstance(card.phone, str) else str(card.phone),
            message=message,
            unfinished=bool(begun),
        )
        self.changed.emit(self._state)
