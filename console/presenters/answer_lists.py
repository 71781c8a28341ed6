"""Which messages wait for what after their registration, in the order they are worked through."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from operator import itemgetter
from uuid import UUID

from console.presenters.terms import NO_TERM, TermState, Urgency
from sync.register.handling.answers import Rating
from sync.register.handling.handled import HandledMessage
from sync.register.handling.states import State
from sync.register.handling.votes import Tally

SHOWN_SENT = 100
"""Of the answers already sent, the newest so many are listed."""


class AnswerList(StrEnum):
    """One list of the page, in the order of their urgency."""

    TO_SEND = "to_send"
    """An answer is there and is to be judged, checked, sent (9.5)."""
    OVER_MARK = "over_mark"
    """More than a thousand users voted; to be passed on (10.6)."""
    REWORK = "rework"
    """Rated negatively, or at the organ with the remarks (10.3)."""
    AT_ORGANS = "at_organs"
    """An answer is awaited, or the message is still to be sent to one who answers."""
    RETURNED = "returned"
    """The organ is to mend its answer (9.5)."""
    PROMISED = "promised"
    """A planned date is awaited (9.6)."""
    SENT = "sent"
    """The user has the answer: to be rated or closed (10.1)."""


_OF_STATES: Mapping[State, AnswerList] = {
    State.REGISTERED: AnswerList.AT_ORGANS,
    State.PUBLISHED: AnswerList.AT_ORGANS,
    State.AT_ORGAN: AnswerList.AT_ORGANS,
    State.PASSED_ON: AnswerList.AT_ORGANS,
    State.ANSWERED: AnswerList.TO_SEND,
    State.ANSWER_RETURNED: AnswerList.RETURNED,
    State.ANSWER_SENT: AnswerList.SENT,
    State.PLANNED: AnswerList.PROMISED,
    State.RATED: AnswerList.SENT,
    State.REWORK: AnswerList.REWORK,
}
SENT_STATES = frozenset({State.ANSWER_SENT, State.RATED})
"""Of these only the newest are listed: they grow for ever."""
OPEN_STATES = frozenset(_OF_STATES) - SENT_STATES
"""Every message that stands there is in some list."""
_ACTS_NOW = (AnswerList.TO_SEND, AnswerList.OVER_MARK)
"""Lists whose messages wait for the operator and nobody else."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A message of a list with its term, and its votes where it has any."""

    handled: HandledMessage
    list: AnswerList
    term: TermState | None
    votes: Tally | None = None


def listed(
    handled: HandledMessage, term: TermState | None, votes: Tally | None = None
) -> Listed | None:
    """The message in the one list it stands in, or None where nothing is to be done."""
    wanted = _list_of(handled, votes)
    return None if wanted is None else Listed(handled, wanted, term, votes)


def _list_of(handled: HandledMessage, votes: Tally | None) -> AnswerList | None:
    standing = handled.standing
    by_state = _OF_STATES.get(standing.state)
    if by_state is None or by_state is AnswerList.TO_SEND:
        return by_state
    if handled.unjudged_answer is not None and by_state is not AnswerList.SENT:
        return AnswerList.TO_SEND
    is_over_mark = votes is not None and votes.is_over_mark
    if is_over_mark and standing.is_published and standing.passed_on_at is None:
        return AnswerList.OVER_MARK
    given = standing.answer
    if standing.state is State.RATED and given is not None and given.rating is Rating.BAD:
        return AnswerList.REWORK
    return by_state


def waits_here(one: Listed) -> bool:
    """Whether the operator himself is to do something: also to remind a body that is late."""
    standing = one.handled.standing
    match one.list:
        case AnswerList.AT_ORGANS if not standing.organ:
            return True  # sent to nobody yet
        case AnswerList.REWORK if standing.state is State.RATED:
            return True  # the remarks are not at the body yet
        case _:
            is_late = one.term is not None and one.term.urgency is Urgency.OVER
            return is_late or one.list in _ACTS_NOW


def nearest_term(all_listed: Iterable[Listed]) -> TermState:
    """The term that ends first, or the promised day that comes first."""
    terms = ((one.term.due, one.term) for one in all_listed if one.term and one.term.due)
    return min(terms, key=itemgetter(0), default=(None, NO_TERM))[1]


def in_order(all_listed: Iterable[Listed]) -> Mapping[AnswerList, tuple[Listed, ...]]:
    """Every list with its messages: the nearest day first, sent ones the newest first."""
    lists: dict[AnswerList, list[Listed]] = {name: [] for name in AnswerList}
    for one in all_listed:
        lists[one.list].append(one)
    for name, rows in lists.items():
        if name is AnswerList.SENT:
            rows.sort(key=_moved_at, reverse=True)
        elif name is AnswerList.OVER_MARK:
            rows.sort(key=lambda one: -one.votes.users_in_time if one.votes else 0)
        else:
            rows.sort(key=lambda one: (_due(one), _moved_at(one)))
    lists[AnswerList.SENT] = lists[AnswerList.SENT][:SHOWN_SENT]
    return {name: tuple(rows) for name, rows in lists.items()}


def published_of(messages: Iterable[HandledMessage]) -> Mapping[UUID, datetime]:
    """Those whose votes may put them on the list, with the moment of their publication (10.6)."""
    return {
        one.id: one.standing.published_at
        for one in messages
        if one.standing.published_at is not None and one.standing.passed_on_at is None
    }


def _due(one: Listed) -> date:
    due = None if one.term is None else one.term.due
    return due or date.max


def _moved_at(one: Listed) -> datetime:
    at = one.handled.standing.last_at
    return one.handled.record.created_at if at is None else at
