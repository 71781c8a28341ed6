"""What the directory holds: one entry for everything, with the details of its kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from kb.hours import UNSTATED, WeekHours


class EntryKind(StrEnum):
    """The five kinds of entries that one search finds."""

    QUESTION = "question"
    UNIT = "unit"
    SERVICE = "service"
    PERSON = "person"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is dialled, with its extension and what it is for."""

    number: str
    extension: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class AnswerTerm:
    """How many days an organ has for an answer, working or calendar."""

    days: int
    kind: Literal["working", "calendar"]


@dataclass(frozen=True, slots=True)
class UnitDetails:
    """A body, enterprise or service: its place in the tree and how to reach it (1.2, 2.7).

    ``answer_term`` is what its technological map gives it (3.2), where no topic sets another.
    """

    parent: str | None = None
    unit_kind: str = ""
    short_title: str = ""
    address: str = ""
    phones: tuple[Phone, ...] = ()
    email: str = ""
    hours: WeekHours = UNSTATED
    answer_term: AnswerTerm | None = None


@dataclass(frozen=True, slots=True)
class ServiceDetails:
    """A service procedure: what to do, what to bring, how long it takes, what it costs (8.3)."""

    steps: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    term: str = ""
    fee: str = ""


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """A responsible official: unit, post, room, contacts, and when visitors are received."""

    unit: str = ""
    post: str = ""
    phones: tuple[Phone, ...] = ()
    email: str = ""
    reception: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class TopicDetails:
    """A topic of messages, or with ``parent`` a category of that topic (Regulation 4.1).

    The entry's owner is the organ responsible; ``participants`` are others that take part.
    ``checklist`` is what the operator looks at by the thematic regulation (3.1-3.3).
    """

    parent: str | None = None
    participants: tuple[str, ...] = ()
    route: str = ""
    answer_term: AnswerTerm | None = None
    checklist: tuple[str, ...] = ()


Details = UnitDetails | ServiceDetails | PersonDetails | TopicDetails

DETAILS_OF: Mapping[EntryKind, type[Details]] = {
    EntryKind.UNIT: UnitDetails,
    EntryKind.SERVICE: ServiceDetails,
    EntryKind.PERSON: PersonDetails,
    EntryKind.TOPIC: TopicDetails,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the directory; ``id`` is its key in the outside world and never changes.

    ``kind`` may be given as its plain word. ``body`` is the text to send, a unit's powers or a
    person's biography; ``spoken`` the short text to say. ``topic`` and ``section`` are free words,
    the ids of topic entries where such exist; ``owner`` is the id of the organ that answers for
    the entry. It holds from ``valid_from`` on, and on ``valid_to`` no more. Raises ValueError for
    an unknown kind, details of another kind, or an empty id.
    """

    id: str
    kind: EntryKind
    title: str
    body: str
    topic: str = ""
    section: str = ""
    names: tuple[str, ...] = ()
    spoken: str = ""
    owner: str = ""
    author: str = ""
    source: str = ""
    source_url: str = ""
    checked_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    details: Details | None = field(default=None)

    def __post_init__(self) -> None:
        kind = EntryKind(self.kind)
        object.__setattr__(self, "kind", kind)
        if not self.id:
            raise ValueError("an entry needs an id")
        wanted = DETAILS_OF.get(kind)
        if self.details is not None and type(self.details) is not wanted:
            raise ValueError(f"{type(self.details).__name__} are no details of a {kind}")

    @property
    def parent(self) -> str | None:
        """The unit above a unit, or the topic of a category."""
        match self.details:
            case UnitDetails(parent=parent) | TopicDetails(parent=parent):
                return parent
            case _:
                return None

    @property
    def short_title(self) -> str:
        """A unit's name for lists; the title of anything else."""
        match self.details:
            case UnitDetails(short_title=short) if short:
                return short
            case _:
                return self.title

    def holds_on(self, day: date) -> bool:
        """Whether the entry is in force on the day."""
        return holds_between(self.valid_from, self.valid_to, day)


def holds_between(first: date | None, end: date | None, day: date) -> bool:
    """Whether the day is one from the first on and before the end; None is no bound."""
    return (first is None or first <= day) and (end is None or day < end)
