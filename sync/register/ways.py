"""How somebody asked who did not call the line: his request is written down by hand."""

from __future__ import annotations

from enum import StrEnum


class RequestWay(StrEnum):
    """The way a request came that no telephone of the line has told of."""

    WALK_IN = "walk_in"
    MOBILE = "mobile"
    """A call to a telephone that is none of the line's."""
    LETTER = "letter"
    """On paper or as an e-mail."""
    OTHER = "other"
