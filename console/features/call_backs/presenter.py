"""Notifications to deliver by phone: tasks, texts to read to the person, and call results.

Source: Regulation 7.10 and 9.5. GUI thread only.
"""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.view_data import LONG_S, HistoryRow, Notice
from console.shared.messages import notice_words
from console.shared.session import control_words
from console.shared.session.live_calls import CallPurpose
from sync.errors import StoreError
from sync.exchange.mail.smtp import MailFailure
from sync.register.calls.calls import CallResult
from sync.register.people.operators import Action, Operator, may
from sync.store.local.messages.notices import CALLS_LIMIT, CallOutcome, KeptNotice, NoticeState

LOOK_MS = 20_000  # a task becomes due 15 s after its message action
FAILED_SHOWN = timedelta(days=7)


class CallBackPort(Protocol):
    """Outbox of notifications; its queries are called on a reader thread."""

    def due_calls(self, at: datetime) -> tuple[KeptNotice, ...]: ...

    def failed_since(self, since: datetime) -> tuple[KeptNotice, ...]: ...

    def note_call(
        self, id: UUID, outcome: CallOutcome, by: Operator, at: datetime
    ) -> "Future[KeptNotice]": ...


@dataclass(frozen=True, slots=True)
class CallBackState:
    """View state of the page; ``chosen`` is the row of the selected task, or -1.

    ``waiting`` counts the tasks, ``planned_due`` the due scheduled callbacks. Failed tasks are
    listed last. ``why`` is the reason why no e-mail was sent. ``attempts`` describes the call
    attempts, one per line.
    """

    rows: tuple[HistoryRow, ...] = ()
    waiting: int = 0
    planned_due: int = 0
    subtitle: str = ""
    chosen: int = -1
    recipient: str = ""
    about: str = ""
    phone: str = ""
    why: str = ""
    spoken: str = ""
    attempts: tuple[str, ...] = ()
    can_note: bool = False


class CallBacksPresenter(QObject):
    """Presenter of the notification tasks, in order of their due time. GUI thread only."""

    changed = Signal(object)  # CallBackState
    told = Signal(object)  # Notice
    noted = Signal()  # the result of a call is committed

    def __init__(
        self,
        outbox: CallBackPort,
        readers: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._readers = readers
        self._deliveries = deliveries
        self._operator = operator
        self._zone = zone
        self._clock = clock
        self._tasks: tuple[KeptNotice, ...] = ()
        self._chosen: UUID | None = None
        self._noting = False
        self._lost: MailFailure | None = None
        self._planned_due = 0
        self._state = CallBackState()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.reload)

    @property
    def state(self) -> CallBackState:
        return self._state

    def start(self) -> None:
        """Loads the tasks now and periodically."""
        self._timer.start()
        self.reload()

    def reload(self) -> None:
        now = self._clock()

        def read() -> tuple[KeptNotice, ...]:
            return (
                *self._outbox.due_calls(now),
                *reversed(self._outbox.failed_since(now - FAILED_SHOWN)),
            )

        self._deliveries.deliver(
            self._readers.submit(read), self._show_tasks, self._unread, (StoreError,)
        )

    def set_mail_lost(self, lost: MailFailure | None) -> None:
        """Shows above the list why e-mails cannot be sent; None if they can be sent."""
        self._lost = lost
        self._show()

    def set_planned_due(self, count: int) -> None:
        """Sets the number of due scheduled callbacks."""
        self._planned_due = count
        self._show()

    def choose(self, index: int) -> None:
        """Selects the task in this row."""
        if 0 <= index < len(self._tasks):
            self._chosen = self._tasks[index].id
            self._show()

    @property
    def chosen_number(self) -> str:
        """Phone number of the selected task; empty without a task."""
        task = self._task()
        return "" if task is None else task.told.phone or ""

    @property
    def purpose(self) -> CallPurpose:
        """Initial content and result for the record of a call about the selected task.

        The record is saved when the call ends.
        """
        task = self._task()
        if task is None:
            return CallPurpose()
        return CallPurpose(control_words.called_back(task.number), CallResult.ANSWERED)

    def note(self, outcome: CallOutcome) -> None:
        """Records the result of the call about the selected task."""
        task = self._task()
        if task is None or not self._state.can_note:
            return
        self._noting = True
        self._show()
        future = self._outbox.note_call(task.id, outcome, self._operator(), self._clock())
        self._deliveries.deliver(
            future, lambda kept: self._noted(kept, outcome), self._not_noted, (StoreError,)
        )

    def _noted(self, kept: KeptNotice, outcome: CallOutcome) -> None:
        self._noting = False
        if kept.state is NoticeState.FAILED:
            head, body = notice_words.given_up(kept)
            self.told.emit(Notice(head, body, LONG_S, problem=True))
        else:
            self.told.emit(Notice(notice_words.call_noted(outcome)))
        self._go_on()
        self.noted.emit()
        self.reload()

    def _go_on(self) -> None:
        """Selects the next task that waits for a call."""
        waiting = [task.id for task in self._tasks if task.state is NoticeState.WAITING]
        place = waiting.index(self._chosen) if self._chosen in waiting else -1
        rest = waiting[place + 1 :] or waiting[: max(0, place)]
        self._chosen = rest[0] if rest else None

    def _not_noted(self, _error: Exception) -> None:
        self._noting = False
        head, body = core_words.store_failed_head(), core_words.store_failed_body()
        self.told.emit(Notice(head, body, LONG_S, problem=True))
        self._show()

    def _unread(self, _error: Exception) -> None:
        head, body = notice_words.tasks_unread()
        self._state = replace(self._state, subtitle=f"{head}. {body}")
        self.changed.emit(self._state)

    def _show_tasks(self, tasks: tuple[KeptNotice, ...]) -> None:
        self._tasks = tasks
        if self._task() is None:
            self._chosen = tasks[0].id if tasks else None
        self._show()

    def _task(self) -> KeptNotice | None:
        return next((task for task in self._tasks if task.id == self._chosen), None)

    # --- view state ---

    def _show(self) -> None:
        waiting = sum(task.state is NoticeState.WAITING for task in self._tasks)
        task = self._task()
        state = CallBackState(
            rows=tuple(self._row(one, number) for number, one in enumerate(self._tasks, 1)),
            waiting=waiting,
            planned_due=self._planned_due,
            subtitle=notice_words.tasks_subtitle(waiting, len(self._tasks) - waiting, self._lost),
        )
        if task is not None:
            state = self._with_details(state, task)
        if state != self._state:
            self._state = state
            self.changed.emit(state)

    def _with_details(self, state: CallBackState, task: KeptNotice) -> CallBackState:
        is_waiting = task.state is NoticeState.WAITING
        allowed = may(self._operator().role, Action.TAKE_CALLS)
        return replace(
            state,
            chosen=self._tasks.index(task),
            recipient=notice_words.recipient(task),
            about=notice_words.about(task),
            phone=notice_words.phone(task),
            why=notice_words.why_sentence(task.last_error),
            spoken=task.told.words.spoken.strip(),
            attempts=tuple(
                notice_words.attempt(number, made, made.at.astimezone(self._zone))
                for number, made in enumerate(task.calls, 1)
            ),
            can_note=is_waiting and allowed and not self._noting,
        )

    def _row(self, task: KeptNotice, number: int) -> HistoryRow:
        is_waiting = task.state is NoticeState.WAITING
        return HistoryRow(
            number=number,
            what=notice_words.recipient(task),
            who=notice_words.kind_by_paragraph(task.told.kind),
            version=self._turn(task) if is_waiting else notice_words.not_reached(),
            icon="phone-outgoing" if is_waiting else "warning-octagon-fill",
            role="text-2" if is_waiting else "danger",
        )

    def _turn(self, task: KeptNotice) -> str:
        """Returns the time of the next attempt if it is in the future, otherwise the
        attempt count.
        """
        if task.next_try_at > self._clock():
            return notice_words.not_before(task.next_try_at.astimezone(self._zone))
        return f"{len(task.calls)}/{CALLS_LIMIT}" if task.calls else ""
