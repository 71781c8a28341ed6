"""Effective appearance of the window: the operator's preferences, or else the defaults of the
workplace.
"""

from __future__ import annotations

from dataclasses import dataclass

from console.core.settings.workplace import ConsoleSettings
from sync.register.people.own_desk import OwnDesk


@dataclass(frozen=True, slots=True)
class Look:
    """Effective appearance of the window; ``right_px`` is the width of the side panel, None if the
    window calculates it.
    """

    theme: str
    text_percent: int
    language: str
    card_at: str
    left_folded: bool = False
    right_px: int | None = None

    @property
    def text_scale(self) -> float:
        return self.text_percent / 100


def look_of(own: OwnDesk, settings: ConsoleSettings) -> Look:
    """Merges the operator's preferences with the defaults of the settings file."""
    return Look(
        theme=own.theme or settings.theme,
        text_percent=own.text_percent or round(settings.text_scale * 100),
        language=own.language or settings.language,
        card_at=own.card_at or settings.card_at,
        left_folded=bool(own.left_folded),
        right_px=own.right_px,
    )
