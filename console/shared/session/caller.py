"""Summary of the known facts about the caller of a call card."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CallerKnown:
    """Known facts about the caller of a card; both texts are empty if there are none."""

    card_id: UUID
    line: str
    detail: str
