"""Summary of the known facts about the caller of a call card."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CallerKnown:
    """What is shown of the caller of a card; both texts are empty where nothing is known."""

    card_id: UUID
    line: str
    detail: str
