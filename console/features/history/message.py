"""Presenter of a message history: actor, time, clause and notices of each step, latest first.

GUI thread only; events are read on a reader thread. Clauses are cited in the edition of the
Regulation under which a step was decided.
"""

from collections.abc import Collection, Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console.core import formats, regulation_words
from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.features.history import words as history_words
from console.features.history.words import Names
from console.shared.messages import notice_words, step_words
from console.shared.messages.message_detail import Naming
from console.shared.session import card_words
from console.shared.texts.ground_words import Cited
from sync.errors import StoreError
from sync.register.calls.calls import CallRecord
from sync.register.calls.scripts import TickedStep
from sync.register.checks.finding import Ground
from sync.register.handling.events import Event, Source, Step
from sync.register.handling.handled import HandledMessage
from sync.register.handling.history import Overtaken, in_force
from sync.register.handling.step_facts import (
    CallLinked,
    Linked,
    RefusedOn,
    Repeated,
    SplitUp,
    TakenBack,
)
from sync.register.handling.steps import paragraphs_of
from sync.store.local.messages.notices import KeptNotice


class HistoryPort(Protocol):
    """Reads messages; called on a reader thread."""

    def handled(self, message_id: UUID) -> HandledMessage | None: ...

    def overtaken(self, message_id: UUID) -> tuple[Overtaken, ...]: ...


class CallsPort(Protocol):
    """Reads call records; called on a reader thread."""

    def call(self, id: UUID) -> CallRecord | None: ...


class StepsPort(Protocol):
    """Reads the completed script steps of a call; called on a reader thread."""

    def of(self, call_id: UUID) -> tuple[TickedStep, ...]: ...


class NoticesPort(Protocol):
    """Reads the notices of a message; called on a reader thread."""

    def of_message(self, message_id: UUID) -> tuple[KeptNotice, ...]: ...


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """Item of the history page; ``is_undone`` if its event was withdrawn, or superseded by another
    workplace.
    """

    at: str
    what: str
    who: str
    paragraph: str
    icon: str
    role: str
    lines: tuple[str, ...] = ()
    is_undone: bool = False
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryState:
    """View state of the page, newest first; ``cited`` contains all clauses of the events."""

    title: str = ""
    about: str = ""
    items: tuple[HistoryItem, ...] = ()
    trouble: tuple[str, str] = ("", "")

    @property
    def cited(self) -> tuple[Cited, ...]:
        return tuple(dict.fromkeys(one for item in self.items for one in item.cited))


@dataclass(frozen=True, slots=True)
class _Read:
    handled: HandledMessage
    notices: tuple[KeptNotice, ...]
    overtaken: tuple[Overtaken, ...] = ()
    numbers: dict[UUID, str] = field(default_factory=dict)
    asked: tuple[TickedStep, ...] = ()


DECISIONS = frozenset(
    {
        Step.REGISTER,
        Step.REGISTER_AND_PUBLISH,
        Step.PUBLISH,
        Step.WITHHOLD,
        Step.REFUSE,
        Step.REMOVE_DUPLICATE,
        Step.SEND_TO_ORGAN,
        Step.REDIRECT,
        Step.CLOSE,
    }
)
"""Steps whose history item cites the edition of the Regulation, because they may have to be
justified by its text.
"""
_ICONS = {
    Step.TAKE_BACK: ("arrow-counter-clockwise", "text-2"),
    Step.RETURN_ANSWER: ("arrow-u-up-left", "warn"),
    Step.WITHHOLD: ("eye-slash", "warn"),
    Step.RATE_NEGATIVELY: ("thumbs-down", "danger"),
    Step.RATE: ("thumbs-up", "ok"),
    Step.LINK_CALL: ("phone", "text-2"),
    Step.LINK: ("link", "text-2"),
    Step.SEND_TO_ORGAN: ("bank", "accent"),
    Step.REDIRECT: ("bank", "accent"),
    Step.RECEIVE_ANSWER: ("chat-centered-text", "accent"),
    Step.ANSWER_BY_OPERATOR: ("chat-centered-text", "accent"),
    Step.SEND_ANSWER: ("paper-plane-tilt", "ok"),
    Step.SEND_PLAN: ("paper-plane-tilt", "ok"),
    Step.REGISTER: ("check-circle-fill", "ok"),
    Step.REGISTER_AND_PUBLISH: ("check-circle-fill", "ok"),
    Step.PUBLISH: ("globe-hemisphere-east", "ok"),
    Step.REFUSE: ("x-circle-fill", "danger"),
    Step.NOTIFY: ("envelope-simple", "text-2"),
    Step.REMOVE_DUPLICATE: ("copy", "warn"),
    Step.SEND_TO_REWORK: ("arrows-counter-clockwise", "warn"),
    Step.FORWARD_BY_VOTES: ("megaphone", "warn"),
    Step.MARK_CONFIDENTIAL: ("eye-slash", "text-2"),
    Step.CLOSE: ("check", "text-2"),
}


class MessageHistoryPresenter(QObject):
    """Reads a message with its related records and formats its events. GUI thread only."""

    changed = Signal(object)  # HistoryState
    opened = Signal(object)  # HandledMessage that is now visible

    def __init__(
        self,
        handling: HistoryPort,
        calls: CallsPort,
        notices: NoticesPort,
        script_steps: StepsPort,
        naming: Naming,
        readers: Executor,
        deliveries: Deliveries,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._handling = handling
        self._calls = calls
        self._notices = notices
        self._script_steps = script_steps
        self._naming = naming
        self._readers = readers
        self._deliveries = deliveries
        self._asked = 0
        self._state = HistoryState()

    @property
    def state(self) -> HistoryState:
        return self._state

    def show(self, handled: HandledMessage) -> None:
        """Shows the history of this message as currently stored."""
        self._asked += 1
        asked = self._asked
        self._state = HistoryState(title=history_words.title(str(handled.record.number)))
        self.changed.emit(self._state)
        self.opened.emit(handled)

        def loaded(read: _Read) -> None:
            if asked == self._asked:
                self._put(read)

        def failed(error: Exception) -> None:
            if asked == self._asked and isinstance(error, StoreError):
                trouble = core_words.store_problem(error)
                self._state = replace(self._state, trouble=trouble)
                self.changed.emit(self._state)

        future = self._readers.submit(self._read, handled)
        self._deliveries.deliver(future, loaded, failed, expected=(StoreError,))

    def _read(self, shown: HandledMessage) -> _Read:
        """Reads the latest state, and the numbers of all related messages and calls, on a reader
        thread.
        """
        handled = self._handling.handled(shown.id) or shown
        numbers: dict[UUID, str] = {}
        overtaken = self._handling.overtaken(handled.id)
        lost = [one.event for one in overtaken]
        for other in _messages_of((*handled.history.events, *lost)):
            known = self._handling.handled(other)
            if known is not None and known.record.number is not None:
                numbers[other] = str(known.record.number)
        for call_id in _calls_of(handled):
            call = self._calls.call(call_id)
            if call is not None:
                numbers[call_id] = str(call.number)
        own = handled.record.call_id
        asked = () if own is None else self._script_steps.of(own)
        return _Read(handled, self._notices.of_message(handled.id), overtaken, numbers, asked)

    def _put(self, read: _Read) -> None:
        handled = read.handled
        events = handled.history.events
        names = Names(self._naming.organ, read.numbers, {event.id: event for event in events})
        standing = {event.id for event in in_force(events)}
        items = [
            (event, self._item(event, names, read.notices, is_undone=_is_undone(event, standing)))
            for event in events
        ]
        for lost in read.overtaken:
            item = self._item(lost.event, names, read.notices, is_undone=True)
            why = history_words.does_not_hold(lost.by, self._naming.moment)
            items.append((lost.event, replace(item, lines=(why, *item.lines))))
        items.sort(key=lambda item: item[0].at)  # stable: equal times keep their order
        shown = tuple(item for _event, item in reversed(items))
        contents = handled.standing.contents
        self._state = HistoryState(
            title=history_words.title(str(handled.record.number)),
            about=" · ".join(
                part
                for part in (
                    self._naming.category(contents.category),
                    step_words.standing_mark(handled.standing)[0],
                    formats.first_line(contents.text),
                )
                if part
            ),
            items=(*shown, self._beginning(handled, names, read.asked)),
        )
        self.changed.emit(self._state)

    def _item(
        self, event: Event, names: Names, notices: Iterable[KeptNotice], *, is_undone: bool
    ) -> HistoryItem:
        told = tuple(
            notice_words.history_line(kept, self._naming.moment)
            for kept in notices
            if kept.told.event_id == event.id
        )
        icon, role = _ICONS.get(event.step, ("circle", "text-2"))
        return HistoryItem(
            at=self._naming.moment(event.at),
            what=step_words.step_done(event.step),
            who=step_words.doer(event.by),
            paragraph=regulation_words.mark(paragraphs_of(event.step)[0]),
            icon=icon,
            role=role,
            lines=(*history_words.told(event.facts, names), *_edition(event), *told),
            is_undone=is_undone,
            cited=_cited(event),
        )

    def _beginning(
        self, handled: HandledMessage, names: Names, asked: tuple[TickedStep, ...]
    ) -> HistoryItem:
        """Returns the first item: the origin of the message and the script questions that were
        asked.
        """
        record = handled.record
        who = f"{record.operator_name}, {step_words.role_name(record.operator_role)}"
        if record.call_id is not None:
            what, icon = history_words.call_taken(), "phone"
            told = (names.number(record.call_id), card_words.asked(asked))
            lines = tuple(filter(None, told))
        elif record.platform_id is not None and _begins_on_platform(handled):
            what, icon, lines = history_words.came_from_platform(), "globe-hemisphere-east", ()
            who = step_words.doer(Source.PLATFORM)  # not entered by an operator
        else:
            what, icon, lines = history_words.written_down(), "note-pencil", ()
        return HistoryItem(
            at=self._naming.moment(record.created_at),
            what=what,
            who=who,
            paragraph=regulation_words.mark("7.5" if record.call_id is None else "7.4"),
            icon=icon,
            role="text-2",
            lines=lines,
        )


def _edition(event: Event) -> tuple[str, ...]:
    """Line with the edition of the Regulation under which a decision was taken; empty for other
    steps.
    """
    is_told = event.step in DECISIONS and event.edition
    return (regulation_words.by_edition(event.edition),) if is_told else ()


def _cited(event: Event) -> tuple[Cited, ...]:
    """Clauses of the step and of its grounds for refusal, in the edition valid at that time."""
    grounds = event.facts.grounds if isinstance(event.facts, RefusedOn) else frozenset()
    numbers = (paragraphs_of(event.step)[0], *(one.value for one in Ground if one in grounds))
    return tuple(Cited(number, event.edition) for number in numbers)


def _messages_of(events: Iterable[Event]) -> list[UUID]:
    found: list[UUID] = []
    for event in events:
        match event.facts:
            case Linked(link):
                found.append(link.message_id)
            case SplitUp(into):
                found.extend(into)
            case Repeated(original_id):
                found.append(original_id)
            case _:
                continue
    return found


def _calls_of(handled: HandledMessage) -> list[UUID]:
    calls = [
        event.facts.call_id
        for event in handled.history.events
        if isinstance(event.facts, CallLinked)
    ]
    own = handled.record.call_id
    return calls if own is None else [*calls, own]


def _is_undone(event: Event, standing: Collection[UUID]) -> bool:
    """Whether a later step withdrew the event; a withdrawal itself never counts as withdrawn."""
    return event.id not in standing and not isinstance(event.facts, TakenBack)


def _begins_on_platform(handled: HandledMessage) -> bool:
    events = handled.history.events
    return bool(events) and events[0].by is Source.PLATFORM
