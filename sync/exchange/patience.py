"""How long to wait after failures in a row."""

from __future__ import annotations

DOUBLINGS = 16  # further ones would only make the number larger than any limit


def grown_s(first_s: float, longest_s: float, failures: int) -> float:
    """Seconds, doubled with each failure before this one and never more than the longest."""
    return min(first_s * 2.0 ** min(failures, DOUBLINGS), longest_s)
