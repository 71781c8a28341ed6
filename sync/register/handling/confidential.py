"""What makes a message non-public, whatever its author chose (Regulation 6.12)."""

from __future__ import annotations

from enum import StrEnum


class Confidential(StrEnum):
    """What text or photos hold; the value is the line of 6.12."""

    PERSONAL_DATA = "6.12-1"
    HEALTH = "6.12-2"
    CONFIDENTIAL_BY_LAW = "6.12-3"
    CLASSIFIED = "6.12-4"
