"""What can be done with the chosen message on the page of answers, and by which key."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.keys.defaults import Key
from console.presenters.answer_lists import AnswerList, Listed
from sync.register.handling.events import Step
from sync.register.handling.offered import offered
from sync.register.operators import Role


class AnswerAction(StrEnum):
    """One thing to do; the order is that of the buttons."""

    ENTER = "enter"
    """Write an organ's answer down, or answer oneself (9.3, 9.5)."""
    SEND = "send"
    """To the author, with its date where it promises one (9.5)."""
    RETURN = "return"
    ROUTE = "route"
    """To the organ, or to another one (7.9)."""
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
"""The same key for the same thing in every state: a hand finds it blind."""

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
    """What can be done, in the order of the buttons, and the one that Enter does."""

    all: tuple[AnswerAction, ...] = ()
    main: AnswerAction | None = None


def actions_of(listed: Listed, role: Role) -> Actions:
    """The actions for this role; passing on is one only where the votes are there (10.6)."""
    standing = listed.handled.standing
    possible = {_STEPS[step] for step in offered(standing, role) if step in _STEPS}
    if listed.votes is None or not listed.votes.is_over_mark:
        possible.discard(AnswerAction.FORWARD)
    first = _FIRST[listed.list]
    if listed.list is AnswerList.AT_ORGANS and standing.organ is not None:
        first = tuple(reversed(first))  # it has its organ: the answer is what comes next
    return Actions(
        tuple(action for action in AnswerAction if action in possible),
        next((action for action in first if action in possible), None),
    )
