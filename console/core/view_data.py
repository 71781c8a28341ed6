"""Immutable data that presenters pass to widgets: toasts, list rows, versions, field hints,
underlined ranges.

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
    """Row of a version history: the change, its author and time; number 0 is the draft."""

    number: int
    what: str
    who: str
    version: str
    icon: str
    role: str


@dataclass(frozen=True, slots=True)
class ReadLine:
    """Hint below a field about how its text was parsed.

    ``offer`` describes the action of the insert key, and ``put`` is the text that the key inserts;
    both are empty without such an action.
    """

    text: str = ""
    warns: bool = False
    offer: str = ""
    put: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Underlined range of a text; ``look`` is "wave", "dash" or "solid".

    ``number`` is the row of the finding in the list, from 1; 0 if it has none.
    """

    start: int
    end: int
    look: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class ListRow:
    """Row of a list: an entry, or a group heading with the group's size if ``key`` is empty.

    ``mark`` is the icon, and ``role`` the colour role of the text on the right.
    """

    key: str
    title: str
    note: str
    mark: str = ""
    role: str = "text-3"
