"""The city's settings and open messages in memory, by the rules of the register."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.calendar.presenter import CalendarPresenter
from console.shared.messages.classifier import Classifier
from console.shared.messages.terms import CityCalendar, Terms
from kb.entries.attachments import Attachment
from kb.errors import DirectoryUnusable
from sync.errors import StoreUnavailable
from sync.register.calendar.calendar import REGION, read_calendar
from sync.register.city import City, CityChange, CityEdit, EditProblem, problem_of, right_for
from sync.register.handling.clocks import MovedTerm
from sync.register.handling.contents import Contents
from sync.register.handling.events import person
from sync.register.handling.standing import Standing
from sync.register.messages import MessageRecord, State
from sync.register.numbering import next_number
from sync.register.people.operators import Operator, Refusal, refusal
from tests.fakes.console_directory import CATEGORIES, TOPICS
from tests.fakes.console_fakes import SUPERVISOR
from tests.fakes.records import answered_message

BUILT_IN = read_calendar(Path(__file__).resolve().parents[2] / "resources" / "calendars", REGION)


UNITS = {"road-service": "Дорожная служба", "waste-service": "Служба вывоза мусора"}


def settled(*changes: CityChange, reason: str = "авария") -> City:
    """Returns the settings of a city after these changes, one edit each."""
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    return City(
        tuple(
            CityEdit(UUID(int=number), change, reason, "", person(SUPERVISOR), at)
            for number, change in enumerate(changes, start=1)
        )
    )


@dataclass(frozen=True, slots=True)
class Open:
    """A message with a running deadline."""

    record: MessageRecord
    standing: Standing


def open_message(
    low: int, state: State, sent_at: datetime, *, text: str = "Яма у дома", category: str = ""
) -> Open:
    """Returns a message sent or registered at this time; ``low`` determines its identity and
    number.
    """
    number = next_number("2611", "0001", low - 1)
    record = replace(answered_message(""), id=UUID(int=low), number=number, text=text)
    contents = Contents(text, 0, None, None, "", None, category or None)
    standing = Standing(
        record.id,
        state,
        contents=contents,
        number=number,
        submitted_at=sent_at,
        answer_term_from=sent_at,
    )
    return Open(record, standing)


class FakeOpenMessages:
    """Messages in their states; while ``refusing`` they cannot be read."""

    def __init__(self) -> None:
        self.messages: list[Open] = []
        self.refusing = False

    def in_states(self, states: Collection[State]) -> Sequence[Open]:
        if self.refusing:
            raise StoreUnavailable("SQLITE_IOERR")
        return [one for one in self.messages if one.standing.state in states]


class FakeCity:
    """Stores edits; while ``refusing`` writes fail."""

    def __init__(self, city: CityCalendar) -> None:
        self._city = city
        self.edits: list[CityEdit] = []
        self.refusing = False
        self._numbers = count(9_001)

    def edit(
        self,
        change: CityChange,
        by: Operator,
        *,
        reason: str,
        document: str = "",
        moved: tuple[MovedTerm, ...] = (),
    ) -> Future[CityEdit | EditProblem | Refusal]:
        future: Future[CityEdit | EditProblem | Refusal] = Future()
        if self.refusing:
            future.set_exception(StoreUnavailable("SQLITE_FULL"))
            return future
        made = CityEdit(
            UUID(int=next(self._numbers)),
            change,
            reason.strip(),
            document.strip(),
            person(by),
            datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
            moved,
        )
        outcome: CityEdit | EditProblem | Refusal = (
            refusal(by, right_for(change)) or problem_of(self._city.city, made, BUILT_IN) or made
        )
        if isinstance(outcome, CityEdit):
            self.edits.append(outcome)
        future.set_result(outcome)
        return future


class FakeDocuments:
    """The documents attached to entries; while ``refusing`` they cannot be read."""

    def __init__(self) -> None:
        self.attached: list[Attachment] = []
        self.refusing = False

    def attachments(self, *entry_ids: str) -> tuple[Attachment, ...]:
        if self.refusing:
            raise DirectoryUnusable(Path("directory.db"), "SQLITE_IOERR")
        return tuple(one for one in self.attached if one.entry_id in entry_ids)


class Calendars:
    """The calendar presenter with all its dependencies."""

    def __init__(
        self,
        readers: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        operator: Callable[[], Operator],
        owner: QObject,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.city = CityCalendar(BUILT_IN, parent=owner)
        self.store = FakeCity(self.city)
        self.messages = FakeOpenMessages()
        self.classifier = Classifier(TOPICS, CATEGORIES, owner)
        self.terms = Terms(
            self.city,
            self.classifier,
            zone=CITY_ZONE,
            unit_title=lambda key: UNITS.get(key, key),
            now=now,
            parent=owner,
        )
        self.documents = FakeDocuments()
        self.presenter = CalendarPresenter(
            self.city,
            self.store,
            self.messages,
            self.terms,
            readers,
            deliveries,
            milestones,
            documents=self.documents,
            operator=operator,
            zone=CITY_ZONE,
            parent=owner,
        )
