"""Reading what an operator types: layout, stop words, unfinished and mistyped words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """The words as they were understood, and what was corrected on the way."""

    words: tuple[str, ...]
    layout_corrected: bool
    typos_corrected: bool
