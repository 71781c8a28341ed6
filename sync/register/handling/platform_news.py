"""What the platform is told of a message's way, so that its users see it there (7.8-7.10, 9.10)."""

from __future__ import annotations

from dataclasses import dataclass

from sync.register.handling.events import Event, Step
from sync.register.handling.facts import RefusedOn
from sync.register.handling.standing import Standing
from sync.register.handling.states import ENDS, State

_TOLD = frozenset(
    {
        Step.REGISTER,
        Step.REGISTER_AND_PUBLISH,
        Step.PUBLISH,
        Step.WITHHOLD,
        Step.REFUSE,
        Step.REMOVE_DUPLICATE,
        Step.SEND_TO_ORGAN,
        Step.SEND_ANSWER,
        Step.SEND_PLAN,
        Step.REOPEN_PLANNED,
        Step.SEND_TO_REWORK,
        Step.FORWARD_BY_VOTES,
        Step.CLOSE,
    }
)


@dataclass(frozen=True, slots=True)
class PlatformNews:
    """One piece of news; ``state`` is our word for where the message stands now.

    ``text`` is for the author: what is to be corrected, or the answer; else empty.
    ``is_public`` tells whether others may see message and answer (6.9-6.11).
    """

    state: State
    is_over: bool
    is_public: bool
    text: str


def news_of(event: Event, standing: Standing) -> PlatformNews | None:
    """The news that a step makes, given the message after it; None for what is the city's own."""
    if event.step not in _TOLD:
        return None
    return PlatformNews(
        standing.state, standing.state in ENDS, standing.is_published, _text(event, standing)
    )


def _text(event: Event, standing: Standing) -> str:
    if isinstance(event.facts, RefusedOn):
        return event.facts.explanation
    if event.step in {Step.SEND_ANSWER, Step.SEND_PLAN} and standing.answer is not None:
        return standing.answer.answer.text
    return ""
