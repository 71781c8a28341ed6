"""A decision about a message that is not taken yet: what was typed of it, and how it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from console.presenters.answer_actions import AnswerAction
from sync.register.handling.answers import Rating
from sync.register.kept_words import FormPlace, KeptForm, KeptWords, Typed


@dataclass(frozen=True, slots=True)
class BegunDecision:
    """It is there again when its action is begun for its message.

    ``reason`` is why another body than the topic's. ``found_at`` is when an earlier start has
    written it.
    """

    note: str = ""
    rating: Rating | None = None
    organ: str = ""
    reason: str = ""
    found_at: datetime | None = None

    @property
    def is_typed(self) -> bool:
        """Whether there is anything to be kept: what is only chosen is chosen again by a key."""
        return bool(self.note.strip() or self.reason.strip())

    def words(self) -> dict[str, Any]:
        rating = None if self.rating is None else self.rating.value
        return {"note": self.note, "rating": rating, "organ": self.organ, "reason": self.reason}


class BegunDecisions:
    """Of each operator and message, by action: each action asks for words of its own."""

    def __init__(self) -> None:
        self._of: dict[UUID, dict[tuple[UUID, AnswerAction], BegunDecision]] = {}

    def get(self, operator_id: UUID, message_id: UUID, action: AnswerAction) -> BegunDecision:
        """What is typed for it; nothing where it is not begun."""
        return self._of.get(operator_id, {}).get((message_id, action), BegunDecision())

    def put(
        self, operator_id: UUID, message_id: UUID, action: AnswerAction, begun: BegunDecision
    ) -> None:
        """Have what is typed now, or nothing."""
        own = self._of.setdefault(operator_id, {})
        own.pop((message_id, action), None)
        if begun.is_typed:
            own[message_id, action] = begun

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Have what an earlier start left, where nothing is typed."""
        left = {
            (UUID(kept.place.subject), AnswerAction(action)): _begun(words, kept.at)
            for kept in found
            for action, words in kept.typed.words.items()
        }
        self._of[operator_id] = left | self._of.get(operator_id, {})

    def messages_of(self, operator_id: UUID) -> frozenset[UUID]:
        """About which this operator has typed something."""
        return frozenset(message_id for message_id, _action in self._of.get(operator_id, {}))

    def as_kept(self, operator_id: UUID) -> dict[FormPlace, Typed]:
        """What stands on the disk of it: all actions of a message together."""
        words: dict[UUID, dict[str, Any]] = {}
        for (message_id, action), one in sorted(self._of.get(operator_id, {}).items()):
            words.setdefault(message_id, {})[action.value] = one.words()
        return {
            FormPlace(KeptForm.DECISION, str(message_id)): Typed(actions)
            for message_id, actions in words.items()
        }


def _begun(words: Mapping[str, Any], at: datetime) -> BegunDecision:
    rating = words["rating"]
    return BegunDecision(
        note=words["note"],
        rating=None if rating is None else Rating(rating),
        organ=words["organ"],
        reason=words["reason"],
        found_at=at,
    )
