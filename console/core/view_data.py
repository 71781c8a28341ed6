"""Immutable data from presenters to widgets: toasts, list rows, versions, field hints, marks.

``SHORT_S`` and ``LONG_S`` are display times of a toast in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

SHORT_S = 4


LONG_S = 8


@dataclass(frozen=True, slots=True)
class Notice:
    """One message: what has happened, what it means, how long it stands."""

    head: str
    body: str = ""
    seconds: int = SHORT_S
    problem: bool = False


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A version: its number, what was changed, by whom and when; 0 is the draft."""

    number: int
    what: str
    who: str
    version: str
    icon: str
    role: str


@dataclass(frozen=True, slots=True)
class ReadLine:
    """``offer`` says what the key does, ``put`` is the text that it writes; empty without one."""

    text: str = ""
    warns: bool = False
    offer: str = ""
    put: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of the text that are underlined, "wave", "dash" or "solid".

    ``number`` is that of the row in the list, from 1.
    """

    start: int
    end: int
    look: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row: an entry, or with an empty ``key`` the head of a group and the number in it.

    ``mark`` is the icon and ``role`` the colour of what stands at the right.
    """

    key: str
    title: str
    note: str
    mark: str = ""
    role: str = "text-3"
