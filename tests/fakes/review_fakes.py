"""A city's messages under review, over the fake workflow and the real transition table."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.review.decision import DecisionPresenter, DecisionPreview
from console.features.review.decision_state import BegunReviews, Mode
from console.features.review.new_message import NewMessagePresenter
from console.features.review.presenter import ReviewPresenter
from console.features.review.queue import ReviewQueuePresenter
from console.features.review.review_flow import ReviewDesk
from console.shared.messages.classifier import Classifier, Organs
from console.shared.messages.notice_preview import NoticePreviewPresenter
from console.shared.messages.organ_choice import OrganChoice
from console.shared.messages.photos import PhotosPresenter
from console.shared.messages.terms import CityCalendar, Terms
from console.shared.session.undo import Undo
from console.shared.texts.similar import SimilarMessage
from sync.register.calendar.calendar import WorkingCalendar, read_calendar
from sync.register.checks.finding import Finding, Ground
from sync.register.handling.events import Step, person
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.step_facts import Routed
from sync.register.messages import MessageRecord, Publicity, State, with_place
from sync.register.people.operators import Operator, Person, Role
from sync.register.people.values import Absence, PersonName, Stated
from tests.fakes.console_directory import CATEGORIES, TOPICS
from tests.fakes.console_fakes import AREA_CODE, OPERATOR, Clock, InlineExecutor, Told, new_ids
from tests.fakes.documents import topic_route
from tests.fakes.handling import FakeHandling
from tests.fakes.message_photos import FakePhotos
from tests.fakes.notices import FewOrgans, make_composer

T = TypeVar("T")

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
COLLEAGUE = Operator(UUID(int=3_001), "sova", "Сова Ирина Львовна", Role.MODERATOR)
RUDE = "Дежурные — бездельники и воры, трубку не берут. Светофор на Минеральной не работает."


def city_calendar() -> WorkingCalendar:
    return read_calendar(RESOURCES / "calendars")


def message_record(
    key: int,
    text: str,
    *,
    place: str = "улица Садовая, 5",
    category: str | None = "roads-pits",
    publicity: Publicity = Publicity.NOT_STATED,
    phone: Stated = "+79005550137",
    email: Stated = Absence.NOT_GIVEN,
    created_at: datetime = datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
) -> MessageRecord:
    """Returns a complete draft of a fictional author."""
    return MessageRecord(
        id=UUID(int=key),
        number=None,
        revision=1,
        state=State.DRAFT,
        call_id=None,
        text=text,
        topic=None if category is None else category.split("-")[0],
        category=category,
        unit=None,
        event_on=date(2026, 11, 23),
        event_time=time(18, 30),
        place=place,
        publicity=publicity,
        name=PersonName("Пробная", "Анна", "Петровна"),
        phone=phone,
        email=email,
        operator_id=OPERATOR.id,
        operator_name=OPERATOR.name,
        operator_role=OPERATOR.role,
        created_at=created_at,
        submitted_at=None,
        registered_at=None,
        platform_id=None,
        platform_status=None,
        answer_text=None,
        schema_version=1,
    )


@dataclass
class ReviewCity:
    """Messages submitted at given times; the clock shows the time of the last action."""

    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.handling = FakeHandling(self.clock)

    def submit(
        self, record: MessageRecord, at: datetime | None = None, *, photos: int = 0
    ) -> HandledMessage:
        now = self.clock.now
        if at is not None:
            self.clock.now = at
        done = self.handling.submit(record, person(OPERATOR), photos=photos).result()
        self.clock.now = now
        assert isinstance(done, StepDone)
        return done.handled

    def take(self, key: int, by: Operator) -> HandledMessage:
        done = self.handling.take(UUID(int=key), Step.TAKE_UP, person(by)).result()
        assert isinstance(done, StepDone)
        return done.handled

    def register(self, key: int, by: Operator, organ: str = "road-service") -> HandledMessage:
        """Claims, registers and sends the message to a body."""
        self.take(key, by)
        done = self.handling.register(UUID(int=key), by, Routed(organ, organ)).result()
        assert isinstance(done, StepDone)
        return done.handled

    def message(self, key: int) -> HandledMessage:
        found = self.handling.handled(UUID(int=key))
        assert found is not None
        return found

    def steps(self, key: int) -> list[str]:
        """Returns the names of the applied actions of a message."""
        return [event.step.value for event in self.message(key).history.events]

    def holder(self, key: int) -> str:
        by = self.message(key).standing.taken_by
        return by.name if isinstance(by, Person) else ""


class FakeReader:
    """Returns findings set by a test: immediately, or after ``release`` while ``held``."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[Finding, ...]] = {}
        self.similar: dict[UUID, tuple[SimilarMessage, ...]] = {}
        self.held = False
        self._waiting: list[tuple[Future[tuple[Finding, ...]], tuple[Finding, ...]]] = []

    def check_message(self, text: str, place: str) -> Future[tuple[Finding, ...]]:
        text = with_place(text, place)
        found = [one for words, findings in self.found.items() if words in text for one in findings]
        if self.held:
            waiting: Future[tuple[Finding, ...]] = Future()
            self._waiting.append((waiting, tuple(found)))
            return waiting
        return _done(tuple(found))

    def release(self, error: Exception | None = None) -> None:
        """Finishes the pending analyses, or fails them."""
        for future, found in self._waiting:
            if error is None:
                future.set_result(found)
            else:
                future.set_exception(error)
        self._waiting.clear()

    def find_similar(self, message: HandledMessage) -> Future[tuple[SimilarMessage, ...]]:
        return _done(self.similar.get(message.id, ()))


def _done(value: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(value)
    return future


class KeptDrafts:
    """In-memory drafts of messages without a call."""

    def __init__(self) -> None:
        self.kept: dict[UUID, MessageRecord] = {}

    def messages_begun(self, operator_id: UUID) -> tuple[MessageRecord, ...]:
        return tuple(one for one in self.kept.values() if one.operator_id == operator_id)

    def keep_message(self, message: MessageRecord) -> None:
        self.kept[message.id] = message

    def drop_message(self, message: MessageRecord) -> None:
        self.kept.pop(message.id, None)


class Bodies:
    """The bodies of the fake directory."""

    def officials(self, today: date) -> dict[str, dict[str, str]]:
        return {}

    def unit_titles(self, today: date) -> dict[str, str]:
        return {}


def explain(grounds: Iterable[Ground]) -> str:
    """Returns a correction text: a line for each ground."""
    chosen = set(grounds)
    return "\n".join(f"Исправьте {each.value}." for each in Ground if each in chosen)


class ReviewBench:
    """All presenters of the review over a city; the test sets the operator and the clock."""

    def __init__(
        self,
        owner: QObject,
        milestones: Milestones,
        clock: Clock,
        *,
        operator: Operator = OPERATOR,
        opens_next: bool = True,
        city: ReviewCity | None = None,
    ) -> None:
        """``city`` is the city of a previous session."""
        self.city = ReviewCity(clock) if city is None else city
        self.operator = operator
        self.reader = FakeReader()
        deliveries, readers = Deliveries(owner), InlineExecutor()
        handling = self.city.handling
        classifier = Classifier(TOPICS, CATEGORIES)
        self.terms = terms = Terms(
            CityCalendar(city_calendar(), parent=owner),
            classifier,
            zone=CITY_ZONE,
            now=clock,
            parent=owner,
        )
        organs = Organs(Bodies(), readers, deliveries, zone=CITY_ZONE, parent=owner)
        self.organs = OrganChoice(classifier, organs, owner)
        self.route = topic_route(classifier, organs, milestones, Path(), owner)
        self.queue = ReviewQueuePresenter(
            handling,
            terms,
            classifier,
            readers,
            deliveries,
            operator=lambda: self.operator,
            parent=owner,
        )
        self.kept_photos = FakePhotos()
        self.photos = PhotosPresenter(
            self.kept_photos,
            readers,
            deliveries,
            milestones,
            operator=lambda: self.operator,
            may_attach=False,
            turning_allowed=lambda: False,
            parent=owner,
        )
        self.review = ReviewPresenter(
            handling,
            self.reader,
            self.reader.find_similar,
            self.photos,
            terms,
            classifier,
            deliveries,
            milestones,
            operator=lambda: self.operator,
            zone=CITY_ZONE,
            parent=owner,
        )
        self.decision = DecisionPresenter(
            handling,
            self.review,
            self.organs,
            BegunReviews(self.review, self.organs, operator=lambda: self.operator, parent=owner),
            terms,
            classifier,
            explain,
            readers,
            deliveries,
            milestones,
            operator=lambda: self.operator,
            parent=owner,
        )
        self.preview = DecisionPreview(
            self.review,
            self.decision,
            self.organs,
            NoticePreviewPresenter(
                make_composer(FewOrgans()),
                handling,
                readers,
                deliveries,
                operator=lambda: self.operator,
                clock=clock,
                parent=owner,
            ),
            owner,
        )
        self.undo = Undo(
            handling, deliveries, operator=lambda: self.operator, clock=clock, parent=owner
        )
        self.drafts = KeptDrafts()
        self.new = NewMessagePresenter(
            handling,
            self.drafts,
            self.drafts,
            readers,
            deliveries,
            new_ids(),
            operator=lambda: self.operator,
            area_code=AREA_CODE,
            clock=clock,
            parent=owner,
        )
        self.desk = ReviewDesk(
            self.queue,
            self.review,
            self.decision,
            self.new,
            self.undo,
            opens_next=opens_next,
            parent=owner,
        )
        self.classifier = classifier
        self.told = Told(self.desk.told)
        self.opened = Told(self.desk.opened)
        self.left = Told(self.desk.left)

    def open(self, key: int) -> None:
        """Claims a message of the queue."""
        self.queue.reload()
        settle()
        keys = [row.key for row in self.queue.state.rows]
        self.queue.select(keys.index(UUID(int=key)))
        self.queue.open_selected()
        settle()

    def decide(self, mode: Mode) -> None:
        self.decision.choose(mode)
        self.decision.confirm()
        settle()


def settle() -> None:
    """Delivers pending events; each may cause the next."""
    for _round in range(6):
        QCoreApplication.processEvents()
