"""What the page of the calendar shows: a year, the chosen day, the edits, and one in the making."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from console.presenters.entry_state import HistoryRow
from sync.register.calendar import DayKind


class Stage(StrEnum):
    """What the side of the page is for."""

    LOOK = "look"
    FILE = "file"
    """The path of a file is asked for."""
    FORM = "form"
    """What changes, and why."""
    CONFIRM = "confirm"
    """Which terms move; a person confirms it."""


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the year; ``is_ordered`` where an order made it what it is."""

    day: date
    kind: DayKind
    is_ordered: bool


@dataclass(frozen=True, slots=True)
class DayState:
    """The chosen day in words; ``lines`` say why it is what it is."""

    title: str = ""
    kind: str = ""
    pill: str = "neutral"
    lines: tuple[str, ...] = ()
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class YearWarning:
    """What is to be done about the years; ``action`` may be empty."""

    head: str
    body: str
    action: str


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to choose in the form: its key, its name, and (value, word) pairs."""

    key: str
    name: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class TypedList:
    """A list of the form that is typed with commas: its key, its name, and what stands in it."""

    key: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class FormState:
    """An edit in the making; ``lines`` say what it changes."""

    title: str = ""
    lines: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    lists: tuple[TypedList, ...] = ()
    reason: str = ""
    document: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class MovedState:
    """The terms that the edit moves, and what is said of them together."""

    title: str = ""
    lead: str = ""
    rows: tuple[HistoryRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarState:
    """All that the page shows; ``form_key`` is another one when other texts stand in the form.

    ``lacks_year`` is whether a year is missing that should be there by now. ``found`` says that an
    earlier start has left what stands in the form.
    """

    today: date
    chosen: date
    cells: tuple[DayCell, ...] = ()
    subtitle: str = ""
    warning: YearWarning | None = None
    lacks_year: bool = False
    day: DayState = DayState()
    edits: tuple[HistoryRow, ...] = ()
    stage: Stage = Stage.LOOK
    path: str = ""
    path_problem: str = ""
    form_key: int = 0
    form: FormState = FormState()
    moved: MovedState = MovedState()
    may_edit: bool = False
    is_busy: bool = False
    found: str = ""
