"""A text that speaks of another place than the one stated for the message (6.3, item 11)."""

from __future__ import annotations

import re
from dataclasses import replace

from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.wording import finding
from sync.register.likeness.place import contradicts, place_of

CONTRADICTION = "contradiction"
# «между домами 5 и 7», «от дома 3 до дома 9»: any house there may be the one.
_SEVERAL_HOUSES = re.compile(r"(?i)\bдом(?:ов|ами|ам|ах)\b|\bдома \d+\w?(?:,| и) |до дома|между \d")


def place_conflict(text: str, place: str) -> tuple[Finding, ...]:
    """One finding over the whole text where street, house or number cannot be the place's.

    A text that names the same street among others agrees: it tells a way, or a corner.
    """
    told, _ = place_of(text)
    stated, _ = place_of(place)
    if _SEVERAL_HOUSES.search(text):
        told = replace(told, houses=frozenset())
    if not contradicts(told, stated):
        return ()
    return (finding(FindingKind.NO_PLACE, Level.WARN, CONTRADICTION, text, 0, len(text)),)
