"""The paragraphs of the Regulation by their numbers, and which of them a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LAST = {1: 3, 2: 7, 3: 3, 4: 2, 5: 5, 6: 12, 7: 12, 8: 3, 9: 11, 10: 6, 12: 4}
"""The last paragraph of each section that has any; section 11 is a paragraph of its own."""

PARAGRAPHS: tuple[str, ...] = tuple(
    number
    for section in range(1, 13)
    for number in (
        [f"{section}.{place}" for place in range(1, _LAST[section] + 1)]
        if section in _LAST
        else [str(section)]
    )
)
"""All of them in their order: «1.1» to «12.4»."""

ITEMS = {"6.3": 11}
"""The last item of the lists whose items have numbers here; 0 is what stands before the list."""

_KNOWN = frozenset(PARAGRAPHS)
# A date has a zero before a small number, or a point and a year behind: neither is a paragraph.
_NAMED = re.compile(r"(?<![\d.,:/-])(\d{1,2}\.\d{1,2}(?:-\d{1,2})?)(?![\d:]|\.\d)")
_SPAN = re.compile(r"(\d{1,2})\.(\d{1,2})\s*[\u2013\u2014-]\s*(\d{1,2})\.(\d{1,2})")


def paragraph_of(number: str) -> str:
    """The paragraph of a number that may name an item of its list: «6.3-1» is of «6.3»."""
    return number.partition("-")[0]


def is_paragraph(number: str) -> bool:
    """Whether the Regulation has a paragraph of this number."""
    return number in _KNOWN


def is_named(number: str) -> bool:
    """Whether the number is that of a paragraph, or of an item of a list in one."""
    paragraph, _, item = number.partition("-")
    if not item:
        return paragraph in _KNOWN
    return item.isdecimal() and int(item) <= ITEMS.get(paragraph, -1)


def order_of(number: str) -> tuple[int, int]:
    """Where a paragraph stands among others: by section, then by paragraph."""
    section, _, paragraph = paragraph_of(number).partition(".")
    return int(section), int(paragraph or 0)


def in_order(numbers: Iterable[str]) -> tuple[str, ...]:
    """Those that there are, each once, as they were named."""
    return tuple(dict.fromkeys(filter(is_named, numbers)))


def numbers_in(text: str) -> tuple[str, ...]:
    """The paragraphs that words on the screen name, «(3.1\u20133.3)» as three; no dates."""
    spelled_out = _SPAN.sub(_spell_out, text)
    return in_order(found[1] for found in _NAMED.finditer(spelled_out))


def _spell_out(span: re.Match[str]) -> str:
    section, first, last_section, last = map(int, span.groups())
    if section != last_section or first > last:
        return span[0]
    return ", ".join(f"{section}.{place}" for place in range(first, last + 1))
