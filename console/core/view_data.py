"""Immutable data from presenters to widgets: toasts, list rows, versions, field hints, marks.

``SHORT_S`` and ``LONG_S`` are display times of a toast in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

SHORT_S = 4


LONG_S = 8


@dataclass(frozen=True, slots=True)
class Notice:
    """Toast with title, text and display time."""

    head: str
    body: str = ""
    seconds: int = SHORT_S
    problem: bool = False


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A version with its change, author and time; number 0 is the draft."""

    number: int
    what: str
    who: str
    version: str
    icon: str
    role: str


@dataclass(frozen=True, slots=True)
class ReadLine:
    """Parse hint; ``offer`` describes the key's action, ``put`` is the text it inserts. Empty
    without one.
    """

    text: str = ""
    warns: bool = False
    offer: str = ""
    put: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Underlined range of a text: "wave", "dash" or "solid".

    ``number`` is the row in the list, from 1.
    """

    start: int
    end: int
    look: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class ListRow:
    """Row of an entry, or with an empty ``key`` a group heading with its size.

    ``mark`` is the icon and ``role`` the colour of the text on the right.
    """

    key: str
    title: str
    note: str
    mark: str = ""
    role: str = "text-3"
