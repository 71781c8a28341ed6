"""What the directory holds: units, typical questions, procedures, and the classifier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from kb.hours import WeekHours


class EntryKind(StrEnum):
    """The three kinds of entries one search finds."""

    QUESTION = "question"
    UNIT = "unit"
    PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is dialled, with its extension and what it is for."""

    number: str
    extension: str | None
    purpose: str


@dataclass(frozen=True, slots=True)
class Official:
    """A responsible official: post, full name, and when visitors are received."""

    post: str
    name: str
    reception: str | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A body, enterprise or service with its powers and contacts (Regulation 1.2, 2.7)."""

    key: str
    parent: str | None
    kind: str
    title: str
    short_title: str
    aliases: tuple[str, ...]
    powers: str
    address: str
    phones: tuple[Phone, ...]
    email: str | None
    hours: WeekHours
    officials: tuple[Official, ...]
    checked_on: date
    valid_from: date
    author: str


@dataclass(frozen=True, slots=True)
class Question:
    """A typical question: a short answer to say, a full one to send (Regulation 8.1)."""

    key: str
    title: str
    aliases: tuple[str, ...]
    spoken: str
    written: str
    unit: str
    topic: str
    category: str | None
    source: str
    checked_on: date
    valid_from: date
    author: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """A service procedure with its source and the day it was checked (Regulation 8.3)."""

    key: str
    title: str
    aliases: tuple[str, ...]
    spoken: str
    written: str
    steps: tuple[str, ...]
    documents: tuple[str, ...]
    term: str
    fee: str
    unit: str
    topic: str
    source: str
    source_url: str
    checked_on: date
    valid_from: date
    author: str


Entry = Unit | Question | Procedure


@dataclass(frozen=True, slots=True)
class AnswerTerm:
    """How many days an organ has for an answer, working or calendar."""

    days: int
    kind: Literal["working", "calendar"]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of messages (Regulation 4.1)."""

    key: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Category:
    """A category of a topic with the organ responsible and those who take part."""

    key: str
    topic: str
    title: str
    unit: str
    participants: tuple[str, ...]
    answer_term: AnswerTerm | None


@dataclass(frozen=True, slots=True)
class DirectoryContent:
    """A whole directory, as an importer reads it."""

    units: tuple[Unit, ...]
    questions: tuple[Question, ...]
    procedures: tuple[Procedure, ...]
    topics: tuple[Topic, ...]
    categories: tuple[Category, ...]

    def entries(self) -> Mapping[str, Entry]:
        """All entries by key, units first."""
        entries: tuple[Entry, ...] = (*self.units, *self.questions, *self.procedures)
        return {entry.key: entry for entry in entries}


def kind_of(entry: Entry) -> EntryKind:
    match entry:
        case Question():
            return EntryKind.QUESTION
        case Unit():
            return EntryKind.UNIT
        case Procedure():
            return EntryKind.PROCEDURE
