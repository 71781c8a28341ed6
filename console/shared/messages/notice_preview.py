"""Preview of the notifications that an action on a message would send.

GUI thread only; the notifications are composed on another thread.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console.core.deliveries import Deliveries
from console.shared.messages import notice_words
from sync.errors import StoreError
from sync.register.handling.events import Doer, person
from sync.register.handling.handled import Asked, HandledMessage
from sync.register.handling.history import StepRefused
from sync.register.handling.notices import PARAGRAPHS
from sync.register.people.operators import Operator
from sync.store.local.messages.notices import FindMessage, OutgoingNotice


class PreviewPort(Protocol):
    """Composes notifications. Blocks; call on a worker thread."""

    def preview(
        self,
        handled: HandledMessage,
        asked: Sequence[Asked],
        by: Doer,
        at: datetime,
        find: FindMessage,
    ) -> tuple[OutgoingNotice, ...] | StepRefused: ...


class FindPort(Protocol):
    """Reads other messages that a notification mentions; raises `StoreError`."""

    def handled(self, message_id: UUID) -> HandledMessage | None: ...


@dataclass(frozen=True, slots=True)
class SeenNotice:
    """Notification in the preview: `title` is its kind, `way` its recipient and channel."""

    title: str
    paragraphs: tuple[str, ...]
    way: str
    is_call: bool
    subject: str
    text: str
    html: str
    spoken: str


@dataclass(frozen=True, slots=True)
class PreviewState:
    """View state; `remark` is the reason why there is no notification."""

    notices: tuple[SeenNotice, ...] = ()
    remark: str = ""


class NoticePreviewPresenter(QObject):
    """Shows the preview requested last. GUI thread only."""

    changed = Signal(object)  # PreviewState

    def __init__(
        self,
        composer: PreviewPort,
        messages: FindPort,
        readers: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._composer = composer
        self._messages = messages
        self._readers = readers
        self._deliveries = deliveries
        self._operator = operator
        self._clock = clock
        self._asked = 0
        self._state = PreviewState()

    @property
    def state(self) -> PreviewState:
        return self._state

    def clear(self) -> None:
        """Clears the preview and ignores results that are still pending."""
        self._asked += 1
        self._put(PreviewState())

    def show(self, handled: HandledMessage, steps: Sequence[Asked]) -> None:
        """Shows the notifications that these actions would send now."""
        self._asked += 1
        asked, by, now = self._asked, person(self._operator()), self._clock()
        # Like the action itself, the preview is not dated before the last event if the clock was
        # set back.
        at = max(now, handled.standing.last_at or now)
        chosen = tuple(steps)

        def look() -> tuple[OutgoingNotice, ...] | StepRefused:
            return self._composer.preview(handled, chosen, by, at, self._messages.handled)

        def seen(outcome: tuple[OutgoingNotice, ...] | StepRefused) -> None:
            if asked == self._asked:
                self._put(_seen(outcome))

        def unread(_error: Exception) -> None:
            if asked == self._asked:
                self._put(PreviewState(remark=notice_words.no_preview()))

        self._deliveries.deliver(self._readers.submit(look), seen, unread, (StoreError,))

    def _put(self, state: PreviewState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit(state)


def _seen(outcome: tuple[OutgoingNotice, ...] | StepRefused) -> PreviewState:
    if isinstance(outcome, StepRefused):
        return PreviewState(remark=notice_words.nothing_to_send_yet())
    if not outcome:
        return PreviewState(remark=notice_words.nothing_to_send())
    return PreviewState(
        tuple(
            SeenNotice(
                title=notice_words.kind_name(made.kind),
                paragraphs=PARAGRAPHS[made.kind],
                way=notice_words.way(made),
                is_call=made.email is None,
                subject=made.words.subject,
                text=made.words.text,
                html=made.words.html,
                spoken=made.words.spoken,
            )
            for made in outcome
        )
    )
