"""The table of a benchmark: the product's figure, the peer's in the same run, and the limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan

_WIDTH = 46


@dataclass(frozen=True, slots=True)
class Figure:
    """One line; without a limit it is for comparison only. NaN means not measured.

    ``least`` and ``greatest`` are the limits for the product.
    """

    name: str
    unit: str
    ours: float
    peer: float = float("nan")
    least: float | None = None
    greatest: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the product's figure is within its limits."""
        if isnan(self.ours):
            return False
        return (self.least is None or self.ours >= self.least) and (
            self.greatest is None or self.ours <= self.greatest
        )

    @property
    def limit(self) -> str:
        """The limits as text."""
        parts = []
        if self.least is not None:
            parts.append(f">= {self.least:.2f}")
        if self.greatest is not None:
            parts.append(f"<= {self.greatest:.2f}")
        return " ".join(parts) or "-"


def print_figures(figures: Iterable[Figure], peer: str = "baresip") -> bool:
    """Prints the table; returns whether all figures are within limits."""
    print(f"{'':{_WIDTH}} {'ours':>9} {peer:>9}  {'limit':20}")
    good = True
    for each in figures:
        good = good and each.holds
        peers = "-" if isnan(each.peer) else f"{each.peer:.2f}"
        print(
            f"{f'{each.name}, {each.unit}':{_WIDTH}} {each.ours:9.2f} {peers:>9}  {each.limit:20}"
            f"{'' if each.holds else ' MISSED'}",
            flush=True,
        )
    return good
