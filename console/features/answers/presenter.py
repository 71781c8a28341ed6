"""Message lists of the answers page, and the actions on the selected message with their keys.

GUI thread only.
"""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console.core import formats
from console.core import words as core_words
from console.core.default_keys import Key
from console.core.deliveries import Deliveries
from console.shared.messages import step_words
from console.shared.messages import words as messages_words
from console.shared.messages.audience_words import INSIDE, Audience, Reader
from console.shared.messages.message_detail import (
    OPEN_STATES,
    SENT_STATES,
    SHOWN_SENT,
    AnswerList,
    Listed,
    MessageDetail,
    Naming,
    detail_of,
    in_order,
    listed,
    nearest_term,
    published_of,
    waits_here,
)
from console.shared.messages.terms import NO_TERM, Terms, TermState
from sync.errors import StoreError
from sync.register.handling.events import Step
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.offered import offered
from sync.register.handling.votes import Tally
from sync.register.messages import State
from sync.register.people.operators import Action, Operator, Role, may


class AnswerAction(StrEnum):
    """Actions on a message, in the order of their buttons."""

    ENTER = "enter"
    """Enters the answer of an authority, or the operator's own answer (9.3, 9.5)."""
    SEND = "send"
    """Sends the answer to the author, with its promised date if any (9.5)."""
    RETURN = "return"
    ROUTE = "route"
    """Routes the message to an authority, or redirects it to another one (7.9)."""
    RATE = "rate"
    REWORK = "rework"
    FORWARD = "forward"
    PUBLISH = "publish"
    WITHHOLD = "withhold"
    CLOSE = "close"


KEYS: Mapping[AnswerAction, Key] = {
    AnswerAction.ENTER: Key.NEW,
    AnswerAction.SEND: Key.SEND_ANSWER,
    AnswerAction.RETURN: Key.RETURN_ANSWER,
    AnswerAction.ROUTE: Key.ROUTE,
    AnswerAction.RATE: Key.RATE,
    AnswerAction.REWORK: Key.REWORK,
    AnswerAction.FORWARD: Key.FORWARD,
    AnswerAction.PUBLISH: Key.PUBLISH,
    AnswerAction.WITHHOLD: Key.WITHHOLD,
    AnswerAction.CLOSE: Key.CLOSE_MESSAGE,
}
"""Keyboard shortcuts by action, the same in every message state."""

_STEPS: Mapping[Step, AnswerAction] = {
    Step.RECEIVE_ANSWER: AnswerAction.ENTER,
    Step.ANSWER_BY_OPERATOR: AnswerAction.ENTER,
    Step.SEND_ANSWER: AnswerAction.SEND,
    Step.SEND_PLAN: AnswerAction.SEND,
    Step.RETURN_ANSWER: AnswerAction.RETURN,
    Step.SEND_TO_ORGAN: AnswerAction.ROUTE,
    Step.REDIRECT: AnswerAction.ROUTE,
    Step.RATE: AnswerAction.RATE,
    Step.RATE_NEGATIVELY: AnswerAction.RATE,
    Step.SEND_TO_REWORK: AnswerAction.REWORK,
    Step.FORWARD_BY_VOTES: AnswerAction.FORWARD,
    Step.PUBLISH: AnswerAction.PUBLISH,
    Step.WITHHOLD: AnswerAction.WITHHOLD,
    Step.CLOSE: AnswerAction.CLOSE,
}
_FIRST: Mapping[AnswerList, tuple[AnswerAction, ...]] = {
    AnswerList.TO_SEND: (AnswerAction.SEND, AnswerAction.ENTER),
    AnswerList.OVER_MARK: (AnswerAction.FORWARD,),
    AnswerList.REWORK: (AnswerAction.REWORK, AnswerAction.ENTER),
    AnswerList.AT_ORGANS: (AnswerAction.ROUTE, AnswerAction.ENTER),
    AnswerList.RETURNED: (AnswerAction.ENTER,),
    AnswerList.PROMISED: (AnswerAction.ENTER,),
    AnswerList.SENT: (AnswerAction.RATE, AnswerAction.CLOSE),
}


@dataclass(frozen=True, slots=True)
class Actions:
    """Possible actions in the order of their buttons; ``main`` is started with Enter."""

    all: tuple[AnswerAction, ...] = ()
    main: AnswerAction | None = None


def actions_of(listed: Listed, role: Role) -> Actions:
    """Returns the actions on a message for the role.

    Escalation is possible only if the votes exceed the threshold (10.6).
    """
    standing = listed.handled.standing
    possible = {_STEPS[step] for step in offered(standing, role) if step in _STEPS}
    if listed.votes is None or not listed.votes.is_over_mark:
        possible.discard(AnswerAction.FORWARD)
    first = _FIRST[listed.list]
    if listed.list is AnswerList.AT_ORGANS and standing.organ is not None:
        first = tuple(reversed(first))  # the authority is already set: its answer is next
    return Actions(
        tuple(action for action in AnswerAction if action in possible),
        next((action for action in first if action in possible), None),
    )


class AnswersPort(Protocol):
    """Queries for the message lists; called on a reader thread."""

    def in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]: ...

    def newest_in_states(
        self, states: Collection[State], limit: int
    ) -> tuple[HandledMessage, ...]: ...

    def in_states_after(
        self, states: Collection[State], step: Step
    ) -> tuple[HandledMessage, ...]: ...


class VotesPort(Protocol):
    """Source of the votes for published messages; called on a reader thread."""

    def tallies(self, published: Mapping[UUID, datetime]) -> Mapping[UUID, Tally]: ...


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """Row of a message or, if ``key`` is None, a list heading with the number of its messages.

    ``key_hint`` is the digit key of the list; ``extra`` is shown next to the deadline.
    """

    list: AnswerList
    key: UUID | None
    title: str
    note: str
    term: TermState | None = None
    state: str = ""
    extra: str = ""
    key_hint: str = ""


@dataclass(frozen=True, slots=True)
class AnswersState:
    """View state of the page; ``waiting`` counts the messages that the operator must act on.

    ``nearest`` is the earliest deadline in all lists; ``subtitle`` contains both values.
    """

    rows: tuple[AnswerRow, ...] = ()
    waiting: int = 0
    nearest: TermState = NO_TERM
    subtitle: str = ""
    chosen: UUID | None = None
    detail: MessageDetail | None = None
    actions: Actions = field(default_factory=Actions)
    trouble: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class _Read:
    messages: tuple[HandledMessage, ...]
    votes: Mapping[UUID, Tally]


class AnswersPresenter(QObject):
    """Presenter of the message lists and the selection. GUI thread only."""

    changed = Signal(object)  # AnswersState
    loaded = Signal(int)  # number of messages read
    opened = Signal(object)  # HandledMessage shown on the screen

    def __init__(
        self,
        handling: AnswersPort,
        votes: VotesPort,
        terms: Terms,
        naming: Naming,
        readers: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._handling = handling
        self._votes = votes
        self._terms = terms
        self._naming = naming
        self._readers = readers
        self._deliveries = deliveries
        self._operator = operator
        self._messages: dict[UUID, HandledMessage] = {}
        self._tallies: Mapping[UUID, Tally] = {}
        self._lists: Mapping[AnswerList, tuple[Listed, ...]] = {}
        self._begun: frozenset[UUID] = frozenset()  # messages with a draft answer
        self._decided: frozenset[UUID] = frozenset()  # messages with a draft decision
        self._asked = 0
        self._state = AnswersState()
        self._is_on_screen = False
        terms.changed.connect(self.show_again)

    @property
    def state(self) -> AnswersState:
        return self._state

    @property
    def chosen(self) -> Listed | None:
        """The selected message; None without a selection."""
        return self._listed(self._state.chosen)

    def known(self, message_id: UUID) -> HandledMessage | None:
        """Returns the message as of the last load; None if it was not loaded."""
        return self._messages.get(message_id)

    def may_see(self) -> bool:
        """Whether the signed-in operator's role may work with messages."""
        return may(self._operator().role, Action.REGISTER_MESSAGES)

    # --- loading ---

    def reload(self) -> None:
        """Reloads the lists on a reader thread; results of outdated requests are ignored."""
        if not self.may_see():
            self._show_nothing()
            return
        self._asked += 1
        asked = self._asked

        def read() -> _Read:
            handling = self._handling
            found = (
                *handling.in_states(OPEN_STATES),
                *handling.newest_in_states(SENT_STATES, SHOWN_SENT),
                # Negatively rated messages may need rework, so the limit must not cut them off.
                *handling.in_states_after({State.RATED}, Step.RATE_NEGATIVELY),
            )
            messages = tuple({one.id: one for one in found}.values())
            return _Read(messages, self._votes.tallies(published_of(messages)))

        def loaded(read: _Read) -> None:
            if asked == self._asked:
                self._messages = {one.id: one for one in read.messages}
                self._tallies = read.votes
                self._state = replace(self._state, trouble=("", ""))
                self.show_again()
                self.loaded.emit(len(read.messages))

        self._deliveries.deliver(
            self._readers.submit(read), loaded, self._not_read, expected=(StoreError,)
        )

    def _not_read(self, error: Exception) -> None:
        if isinstance(error, StoreError):
            self._state = replace(self._state, trouble=core_words.store_problem(error))
            self.changed.emit(self._state)

    def _show_nothing(self) -> None:
        """Clears the page if the signed-in operator may not see messages."""
        self._messages, self._tallies, self._lists = {}, {}, {}
        self._state = AnswersState()
        self.changed.emit(self._state)

    def take_in(self, done: StepDone) -> None:
        """Updates a message after an action; if it left its list, the next message is selected."""
        known = self._listed(done.handled.id)
        following = self._following(known) if known is not None else None
        self._messages[done.handled.id] = done.handled
        self._sort()
        moved = self._listed(done.handled.id)
        stays = moved is not None and known is not None and moved.list is known.list
        if self._state.chosen == done.handled.id and not stays:
            self._state = replace(self._state, chosen=following or done.handled.id)
        self._show()

    def show_again(self) -> None:
        """Rebuilds the lists with the current deadlines."""
        self._sort()
        self._show()

    # --- selection ---

    def choose(self, key: UUID) -> None:
        if key != self._state.chosen and self._listed(key) is not None:
            self._state = replace(self._state, chosen=key)
            self._show()

    def show_message(self, handled: HandledMessage) -> bool:
        """Selects a message found on another page; returns False if no action on it is possible."""
        self._messages[handled.id] = handled
        self._sort()
        is_listed = self._listed(handled.id) is not None
        if is_listed:
            self._state = replace(self._state, chosen=handled.id)
        self._show()
        return is_listed

    def go_to(self, number: int) -> None:
        """Selects the first message of the list with this number, from 1."""
        names = tuple(AnswerList)
        if 1 <= number <= len(names):
            rows = self._lists.get(names[number - 1], ())
            if rows:
                self.choose(rows[0].handled.id)

    def _following(self, one: Listed) -> UUID | None:
        """Returns the next message of the same list, or the previous one after the last."""
        keys = [row.handled.id for row in self._lists.get(one.list, ())]
        place = keys.index(one.handled.id) if one.handled.id in keys else -1
        rest = [key for key in keys if key != one.handled.id]
        return rest[min(max(place, 0), len(rest) - 1)] if rest else None

    # --- view state ---

    def _listed(self, key: UUID | None) -> Listed | None:
        rows = (row for rows in self._lists.values() for row in rows)
        return next((row for row in rows if row.handled.id == key), None)

    def _sort(self) -> None:
        found = (
            listed(one, self._terms.of(one.standing), self._tallies.get(one.id))
            for one in self._messages.values()
        )
        self._lists = in_order(one for one in found if one is not None)

    def _show(self) -> None:
        chosen = self._listed(self._state.chosen)
        if chosen is None:
            rows = (row for rows in self._lists.values() for row in rows)
            chosen = next(rows, None)
        every = [row for rows in self._lists.values() for row in rows]
        waiting, nearest = sum(map(waits_here, every)), nearest_term(every)
        self._state = replace(
            self._state,
            rows=tuple(self._rows()),
            waiting=waiting,
            nearest=nearest,
            subtitle=messages_words.subtitle(waiting, nearest.sentence),
            chosen=None if chosen is None else chosen.handled.id,
            detail=None if chosen is None else detail_of(chosen, self._naming),
            actions=(Actions() if chosen is None else actions_of(chosen, self._operator().role)),
        )
        self.changed.emit(self._state)
        self._tell_opened()

    def set_on_screen(self, is_on_screen: bool) -> None:
        """Sets whether the page is visible; a selected message counts as opened only if it is
        visible.
        """
        self._is_on_screen = is_on_screen
        self._tell_opened()

    def _tell_opened(self) -> None:
        chosen = self._listed(self._state.chosen)
        if self._is_on_screen and chosen is not None:
            self.opened.emit(chosen.handled)

    def _rows(self) -> list[AnswerRow]:
        rows = []
        for number, name in enumerate(AnswerList, start=1):
            found = self._lists.get(name, ())
            head = messages_words.list_name(name.value)
            rows.append(AnswerRow(name, None, head, str(len(found)), key_hint=str(number)))
            rows += [self._row(one) for one in found]
        return rows

    def mark_begun(self, answers: frozenset[UUID], decisions: frozenset[UUID]) -> None:
        """Marks the messages that have draft answers or draft decisions in the lists."""
        if (answers, decisions) != (self._begun, self._decided):
            self._begun, self._decided = answers, decisions
            self._show()

    def _row(self, one: Listed) -> AnswerRow:
        standing = one.handled.standing
        id = one.handled.id
        begun = messages_words.begun(answer=id in self._begun, decision=id in self._decided)
        not_sent = "" if standing.organ else messages_words.not_sent()
        return AnswerRow(
            one.list,
            one.handled.id,
            formats.first_line(standing.contents.text),
            str(one.handled.record.number),
            one.term,
            " · ".join(filter(None, (step_words.state_name(standing.state), begun))),
            " · ".join(filter(None, (begun, not_sent))),
        )


def reader_of_note(action: AnswerAction, *, has_organ: bool) -> Reader:
    """Returns the recipients of a decision's note (9.5, 10.2, 6.11)."""
    match action:
        case AnswerAction.RETURN if has_organ:
            return Reader(Audience.ORGAN)
        case AnswerAction.RATE:
            return Reader(Audience.ORGAN_AND_AUTHOR)
        case _:
            return INSIDE
