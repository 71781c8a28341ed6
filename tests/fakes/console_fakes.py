"""Hand-written stand-ins for what the console's presenters are given: phone, register, readers."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console.bridge import Deliveries
from console.presenters.hit_rows import CityDays
from console.presenters.search_notes import SearchNotes
from kb.attachments import Attachment
from kb.entries import (
    AnswerTerm,
    Entry,
    EntryKind,
    PersonDetails,
    Phone,
    TopicDetails,
    UnitDetails,
)
from kb.query import Group, Reading
from kb.search import Hit, Marker, SearchResult
from kb.text import folded_words
from sync.errors import StoreUnavailable
from sync.register import calls, hand_made
from sync.register.calls import CallRecord, CallResult, CallState, NewCall
from sync.register.handling.confidential import Confidential
from sync.register.handling.events import Doer
from sync.register.handling.handled import StepDone
from sync.register.handling.history import StepRefused
from sync.register.messages import MessageRecord
from sync.register.missed_calls import MissedOutcome
from sync.register.numbering import RegistrationNumber, next_number, period_of
from sync.register.operators import Operator, Role
from sync.register.reopening import ReopenProblem, reopened
from sync.register.ways import RequestWay
from sync.store.notices import CallOutcome, KeptNotice
from sync.store.outbox import OutboxStatus
from sync.store.reopening import Reopened
from telephony.commands import RecordingAction
from telephony.events import (
    CallAnswered,
    CallEnded,
    CallHeld,
    CallResumed,
    CallRinging,
    CallSnapshot,
    Direction,
    DoNotDisturbChanged,
    EndCause,
    MuteChanged,
    PhoneConnected,
    PhoneDisconnected,
    RegistrationChanged,
    RegistrationState,
    Side,
)
from telephony.findings import SelfTestOrder
from tests.fakes.handling import FakeHandling

P = ParamSpec("P")
T = TypeVar("T")

AREA_CODE = "87999"
LINE = "112000"
OUR_CALL, CONSULTATION = "made-0@test.invalid", "consultation@test.invalid"
RANG_AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

OPERATOR = Operator(
    UUID("01900000-0000-7000-8000-000000000001"), "probova", "Пробова Анна Петровна", Role.OPERATOR
)
SUPERVISOR = Operator(
    UUID("01900000-0000-7000-8000-000000000002"), "starshaya", "Старшая Нина", Role.SUPERVISOR
)

USUAL_DAYS = CityDays(lambda _day: True, lambda _day: False)


class Clock:
    """A clock that moves only when told to."""

    def __init__(self, now: datetime = RANG_AT) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class FakePhone:
    """Writes down every command, in order, and does nothing.

    ``confirms`` hears at once that it refuses calls, or no longer, as the phone tells of it.
    """

    def __init__(self) -> None:
        self.confirms: Callable[[DoNotDisturbChanged], object] | None = None
        self.commands: list[tuple[str, ...]] = []
        self.made_calls: list[str] = []

    def answer(self, call_id: str) -> None:
        self.commands.append(("answer", call_id))

    def reject(self, call_id: str) -> None:
        self.commands.append(("reject", call_id))

    def hang_up(self, call_id: str) -> None:
        self.commands.append(("hang_up", call_id))

    def set_muted(self, call_id: str, muted: bool) -> None:
        self.commands.append(("mute" if muted else "unmute", call_id))

    def hold(self, call_id: str) -> None:
        self.commands.append(("hold", call_id))

    def resume(self, call_id: str) -> None:
        self.commands.append(("resume", call_id))

    def transfer(self, call_id: str, number: str) -> None:
        self.commands.append(("transfer", call_id, number))

    def consult(self, call_id: str, number: str) -> str:
        self.commands.append(("consult", call_id, number))
        return CONSULTATION

    def complete(self, call_id: str) -> None:
        self.commands.append(("complete", call_id))

    def back(self, call_id: str) -> None:
        self.commands.append(("back", call_id))

    def send_digits(self, call_id: str, digits: str) -> None:
        self.commands.append(("send_digits", call_id, digits))

    def record(self, call_id: str, action: RecordingAction) -> None:
        self.commands.append(("record", call_id, action.value))

    def set_conference(self, call_ids: tuple[str, ...]) -> None:
        self.commands.append(("set_conference", *call_ids))

    def forget(self, call_id: str) -> None:
        self.commands.append(("forget", call_id))

    def set_do_not_disturb(self, wanted: bool) -> None:
        self.commands.append(("do_not_disturb", "on" if wanted else "off"))
        if self.confirms is not None:
            self.confirms(DoNotDisturbChanged(RANG_AT, wanted))

    def call(self, number: str) -> str:
        self.commands.append(("call", number))
        self.made_calls.append(f"made-{len(self.made_calls)}@test.invalid")
        return self.made_calls[-1]

    def refresh_registration(self) -> None:
        self.commands.append(("refresh_registration",))

    def expect_self_call(self, caller: str) -> None:
        self.commands.append(("expect_self_call", caller))

    def end_self_call(self) -> None:
        self.commands.append(("end_self_call",))

    def forgotten(self) -> list[str]:
        return [command[1] for command in self.commands if command[0] == "forget"]


class FakeSelfTest(QObject):
    """Keeps the orders it is given; a test tells its findings and its end."""

    found = Signal(object)
    ended = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.orders: list[SelfTestOrder] = []
        self.runs = False

    def start(self, order: SelfTestOrder) -> None:
        self.orders.append(order)
        self.runs = True

    def stop(self) -> None:
        self.runs = False


class FakeRegister:
    """A register in memory with the store's rules, whose disk may be slow or refuse.

    While ``held`` every write waits, in order, for ``release``; while ``refusing`` it fails with
    StoreUnavailable and nothing of it is kept.
    """

    def __init__(self) -> None:
        self.records: dict[UUID, CallRecord] = {}
        self.messages: dict[UUID, MessageRecord] = {}
        self.writes: list[str] = []
        self.confidential: list[frozenset[Confidential]] = []  # of the registered messages
        self.outbox = OutboxStatus(0, None, 0)
        self.handling = FakeHandling(lambda: RANG_AT)
        self.now: Callable[[], datetime] = lambda: RANG_AT
        self.held = False
        self.refusing = False
        self._waiting: deque[Callable[[], None]] = deque()
        self._made = 0

    # --- what a test tells it ---

    def release(self, count: int | None = None) -> None:
        """Perform so many of the waiting writes, or all of them."""
        done = 0
        while self._waiting and (count is None or done < count):
            self._waiting.popleft()()
            done += 1

    def take_waiting(self) -> Callable[[], None]:
        """The write that has waited longest, for the test to perform it later than the others."""
        return self._waiting.popleft()

    def waiting(self) -> int:
        return len(self._waiting)

    def of_call(self, sip_call_id: str) -> CallRecord | None:
        found = [card for card in self.records.values() if card.sip_call_id == sip_call_id]
        assert len(found) <= 1
        return found[0] if found else None

    # --- what lists, report and status read ---

    def call(self, id: UUID) -> CallRecord | None:
        return self.records.get(id)

    def call_by_number(self, number: RegistrationNumber) -> CallRecord | None:
        return next((card for card in self.records.values() if card.number == number), None)

    def calls_between(self, start: datetime, end: datetime) -> tuple[CallRecord, ...]:
        found = (card for card in self.records.values() if start <= card.arrived_at < end)
        return tuple(sorted(found, key=lambda card: card.arrived_at))

    def calls_of_day(self, start: datetime, end: datetime) -> tuple[CallRecord, ...]:
        by_hand = (
            card
            for card in self.records.values()
            if card.way is not None and start <= card.created_at < end
        )
        found = {card.id: card for card in (*self.calls_between(start, end), *by_hand)}
        return tuple(sorted(found.values(), key=lambda card: card.arrived_at))

    def drafts(self) -> tuple[CallRecord, ...]:
        return tuple(card for card in self.records.values() if card.state is CallState.DRAFT)

    def messages_between(self, start: datetime, end: datetime) -> tuple[MessageRecord, ...]:
        found = (one for one in self.messages.values() if start <= one.created_at < end)
        return tuple(sorted(found, key=lambda one: one.created_at))

    def messages_answered(self, since: datetime) -> tuple[MessageRecord, ...]:
        found = (one for one in self.messages.values() if one.created_at >= since)
        return tuple(one for one in found if one.answer_text is not None)

    def outbox_status(self) -> OutboxStatus:
        return self.outbox

    def try_disk(self) -> Future[None]:
        future: Future[None] = Future()
        future.set_result(None)
        return future

    # --- what the desk asks of it ---

    def open_card(self, call: NewCall, operator: Operator) -> Future[CallRecord]:
        def work() -> CallRecord:
            known = self.of_call(call.sip_call_id)
            if known is not None:
                return known
            self._made += 1
            card = calls.open_card(
                call,
                id=UUID(int=self._made),
                number=next_number(period_of(call.arrived_at), "0001", self._made),
                at=call.arrived_at,
                operator=operator,
                workplace="0001",
                home_area_code=AREA_CODE,
            )
            self.records[card.id] = card
            return card

        return self._submit("open", work)

    def open_by_hand(self, way: RequestWay, operator: Operator) -> Future[CallRecord]:
        def work() -> CallRecord:
            self._made += 1
            card = hand_made.open_by_hand(
                way,
                id=UUID(int=self._made),
                number=next_number(period_of(RANG_AT), "0001", self._made),
                at=RANG_AT,
                operator=operator,
                workplace="0001",
            )
            self.records[card.id] = card
            return card

        return self._submit("open by hand", work)

    def open_further(self, card: CallRecord, operator: Operator) -> Future[CallRecord]:
        def work() -> CallRecord:
            first = self.call_by_number(hand_made.first_of(card))
            assert first is not None
            self._made += 1
            made = hand_made.open_further(
                first,
                id=UUID(int=self._made),
                number=next_number(period_of(RANG_AT), "0001", self._made),
                at=RANG_AT,
                operator=operator,
            )
            self.records[made.id] = made
            return made

        return self._submit("open further", work)

    def save_draft(self, card: CallRecord) -> Future[CallRecord]:
        if card.state is not CallState.DRAFT:
            raise ValueError("a closed card is no draft")
        return self._submit("draft", lambda: self._write(card))

    def close(self, card: CallRecord) -> Future[CallRecord]:
        if card.state is not CallState.CLOSED:
            raise ValueError("the card is a draft")
        return self._submit("close", lambda: self._write(card))

    def reopen(self, saved: CallRecord, by: Operator) -> Future[Reopened | ReopenProblem]:
        def work() -> Reopened | ReopenProblem:
            outcome = reopened(self.records[saved.id], saved.revision, self.now(), by)
            if isinstance(outcome, ReopenProblem):
                return outcome
            card = replace(outcome, revision=outcome.revision + 1)
            self.records[card.id] = card
            return Reopened(card)

        return self._submit("reopen", work)

    def save_message(self, message: MessageRecord) -> Future[MessageRecord]:
        def work() -> MessageRecord:
            known = self.messages.get(message.id)
            if known is not None and known.number is not None:
                return known
            self.messages[message.id] = message
            return message

        return self._submit("keep message", work)

    def register_message(
        self,
        message: MessageRecord,
        card: CallRecord,
        *,
        by: Operator | None = None,
        confidential: frozenset[Confidential] = frozenset(),
    ) -> Future[tuple[MessageRecord, CallRecord]]:
        def work() -> tuple[MessageRecord, CallRecord]:
            number = next_number(period_of(RANG_AT), "0001", 900 + len(self.messages))
            known = self.messages.get(message.id)
            self.confidential.append(confidential)
            saved = replace(message, number=number if known is None else known.number)
            self.messages[saved.id] = saved
            return saved, self._write(card)

        return self._submit("message", work)

    def hand_in(
        self,
        draft: MessageRecord,
        by: Doer,
        *,
        confidential: frozenset[Confidential] = frozenset(),
        card: CallRecord | None = None,
    ) -> Future[StepDone | StepRefused]:
        def work() -> StepDone | StepRefused:
            outcome = self.handling.submit(draft, by, confidential=confidential).result()
            if isinstance(outcome, StepDone) and card is not None:
                self.messages[draft.id] = outcome.handled.record
                self._write(card)
            return outcome

        return self._submit("hand in", work)

    def _write(self, card: CallRecord) -> CallRecord:
        stored = self.records[card.id]
        if stored.state is CallState.CLOSED and card.state is CallState.DRAFT:
            return stored
        saved = replace(card, revision=stored.revision + 1)
        self.records[card.id] = saved
        return saved

    def _submit(self, name: str, work: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()

        def perform() -> None:
            if self.refusing:
                future.set_exception(StoreUnavailable("SQLITE_FULL"))
                return
            self.writes.append(name)
            future.set_result(work())

        if self.held:
            self._waiting.append(perform)
        else:
            perform()
        return future


class FakeMissed:
    """The missed calls of a register in memory, until they are dealt with."""

    def __init__(self, register: FakeRegister) -> None:
        self._register = register
        self.handled: dict[UUID, MissedOutcome] = {}

    def still_open(self) -> tuple[CallRecord, ...]:
        missed = (
            card
            for card in self._register.records.values()
            if card.result is CallResult.NOT_ANSWERED
            and card.direction == "incoming"
            and card.id not in self.handled
        )
        return tuple(sorted(missed, key=lambda card: card.arrived_at))

    def handle(self, ids: Sequence[UUID], by: Operator, outcome: MissedOutcome) -> Future[int]:
        self.handled |= dict.fromkeys(ids, outcome)
        future: Future[int] = Future()
        future.set_result(len(ids))
        return future


class InlineExecutor(Executor):
    """Runs what is submitted at once, in the caller's thread."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # as the library's own executors do
            future.set_exception(error)
        return future


class HeldExecutor(Executor):
    """Keeps what is submitted until the test runs it, in the order the test wants."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], None]] = []

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(fn(*args, **kwargs))
            except Exception as error:  # as the library's own executors do
                future.set_exception(error)

        self.jobs.append(run)
        return future

    def run(self, index: int) -> None:
        self.jobs[index]()


class Told:
    """Collects what a signal carried."""

    def __init__(self, signal: Any) -> None:
        self.values: list[Any] = []
        signal.connect(self._take)

    def _take(self, *values: Any) -> None:
        self.values.append(values[0] if len(values) == 1 else values)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a test, telling the phone's events about itself."""

    call_id: str = "one@test.invalid"
    number: str = "89005550101"
    name: str = ""
    rang_at: datetime = RANG_AT

    def ringing(self) -> CallRinging:
        return CallRinging(
            self.call_id, Direction.INCOMING, self.number, self.name, LINE, self.rang_at
        )

    def answered(self, after_s: float = 4) -> CallAnswered:
        return CallAnswered(self.call_id, self.rang_at + timedelta(seconds=after_s), "PCMA")

    def muted(self, muted: bool = True) -> MuteChanged:
        return MuteChanged(self.call_id, self.rang_at + timedelta(seconds=5), muted)

    def held(self, after_s: float = 10) -> CallHeld:
        return CallHeld(self.call_id, self.rang_at + timedelta(seconds=after_s), Side.NEAR)

    def resumed(self, after_s: float = 20) -> CallResumed:
        return CallResumed(self.call_id, self.rang_at + timedelta(seconds=after_s), Side.NEAR)

    def dialled(self) -> CallRinging:
        """It goes out from here to its number."""
        return CallRinging(
            self.call_id, Direction.OUTGOING, self.number, "", self.number, self.rang_at
        )

    def ended(self, cause: EndCause = EndCause.FAR_END, after_s: float = 64) -> CallEnded:
        return CallEnded(self.call_id, self.rang_at + timedelta(seconds=after_s), cause)

    def snapshot(self, *, answered: bool = False, ended: EndCause | None = None) -> CallSnapshot:
        return CallSnapshot(
            call_id=self.call_id,
            direction=Direction.INCOMING,
            caller_number=self.number,
            caller_name=self.name,
            dialled_line=LINE,
            rang_at=self.rang_at,
            answered_at=self.answered().at if answered else None,
            ended=None if ended is None else self.ended(ended),
        )


def registration(
    state: RegistrationState = RegistrationState.OFF, last: datetime | None = None
) -> RegistrationChanged:
    return RegistrationChanged(state, RANG_AT, last)


def connected(*snapshots: CallSnapshot) -> PhoneConnected:
    return PhoneConnected(4711, "127.0.0.1:5060", registration(), snapshots)


def disconnected() -> PhoneDisconnected:
    return PhoneDisconnected(RANG_AT + timedelta(seconds=70), "closed")


def _topic(key: str, title: str, owner: str, parent: str | None = None) -> Entry:
    return Entry(key, EntryKind.TOPIC, title, "", owner=owner, details=TopicDetails(parent))


def with_answer_term(topic: Entry, days: int) -> Entry:
    """The topic with so many working days for an answer (3.1)."""
    assert isinstance(topic.details, TopicDetails)
    return replace(topic, details=replace(topic.details, answer_term=AnswerTerm(days, "working")))


TOPICS = (_topic("roads", "Дороги", "road-service"), _topic("waste", "Мусор", "waste-service"))
CATEGORIES = (
    _topic("roads-pits", "Ямы", "road-service", "roads"),
    _topic("roads-signs", "Знаки и разметка", "road-service", "roads"),
    _topic("waste-yard", "Вывоз со двора", "waste-service", "waste"),
    _topic("waste-green", "Ёлки и ветки", "waste-service", "waste"),
)


def sample_question(key: str = "q-1", title: str = "Кто чинит ямы на дороге?") -> Entry:
    return Entry(
        id=key,
        kind=EntryKind.QUESTION,
        title=title,
        body="Ямы на дорогах города устраняет дорожная служба в течение десяти дней.",
        topic="roads",
        section="roads-pits",
        spoken="Ямы чинит дорожная служба за десять дней.",
        owner="road-service",
        author="Образец",
        source="Образец",
        checked_on=date(2026, 11, 1),
        valid_from=date(2026, 1, 1),
    )


def sample_unit(key: str = "road-service") -> Entry:
    return Entry(
        id=key,
        kind=EntryKind.UNIT,
        title="Дорожная служба",
        body="Содержание дорог.",
        author="Образец",
        checked_on=date(2026, 11, 1),
        valid_from=date(2026, 1, 1),
        details=UnitDetails(
            unit_kind="enterprise",
            short_title=key,
            address="ул. Пробная, 1",
            phones=(Phone("+79005550150", "", "приёмная"),),
        ),
    )


def sample_person(key: str = "person-1") -> Entry:
    return Entry(
        id=key,
        kind=EntryKind.PERSON,
        title="Пробный Пётр Петрович",
        body="",
        owner="road-service",
        details=PersonDetails(
            "road-service",
            "Начальник службы",
            (Phone("+79005550150", "7", "приёмная"),),
            "probny@city.example",
            "среда с 15:00",
        ),
    )


def hit(entry: Entry) -> Hit:
    return Hit(entry.id, 1.0, ((0, 3),), entry.kind, entry.title, entry)


def _result(text: str, hits: tuple[Hit, ...], limit: int, only: EntryKind | None) -> SearchResult:
    groups = tuple(Group(word, {word: 1.0}) for word in folded_words(text))
    return SearchResult(
        text,
        Reading((text,), False, False),
        tuple(found for found in hits if only in (None, found.kind))[:limit],
        Counter(found.kind for found in hits),
        Marker(groups, str),
    )


class FakeDirectory:
    """Finds under a text what a test has put there."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[Hit, ...]] = {}
        self.asked: list[str] = []
        self.asked_most: tuple[Hit, ...] = ()
        self.picks: list[tuple[str, str]] = []
        self.reworded: list[str] = []
        self.meant: dict[str, tuple[Hit, ...]] = {}
        self.given_up: list[str] = []
        self.documents: tuple[Attachment, ...] = ()
        self.contents: dict[str, bytes] = {}
        self.known_titles = {"road-service": "Дорожная служба"}
        self.encoding_steps = 0
        self.has_encoder = False

    @property
    def knows_meaning(self) -> bool:
        return bool(self.meant)

    def find_by_meaning(
        self, text: str, limit: int = 9, only: EntryKind | None = None
    ) -> SearchResult:
        return _result(text, self.meant.get(text, ()), limit, only)

    def load_encoder(self) -> None:
        self.has_encoder = True

    def encode_entries(self, limit: int = 64) -> bool:
        self.encoding_steps -= 1
        return self.encoding_steps > 0

    def abandoned(self, query: str) -> None:
        self.given_up.append(query)

    def find(self, text: str, limit: int = 9, only: EntryKind | None = None) -> SearchResult:
        self.asked.append(text)
        return _result(text, self.found.get(text, ()), limit, only)

    def attachments(self, *entry_ids: str) -> tuple[Attachment, ...]:
        return tuple(one for one in self.documents if one.entry_id in entry_ids)

    def attachment_content(self, attachment_id: str) -> bytes | None:
        return self.contents.get(attachment_id)

    def titles(self, entry_ids: Collection[str]) -> dict[str, str]:
        return {entry_id: self.known_titles[entry_id] for entry_id in entry_ids}

    def frequent(self, limit: int = 9) -> tuple[Hit, ...]:
        return self.asked_most[:limit]

    def picked(self, query: str, entry_id: str, *, after: Sequence[str] = ()) -> None:
        self.picks.append((query, entry_id))
        self.reworded.extend(after)


def search_notes(
    directory: FakeDirectory,
    writer: Executor,
    deliveries: Deliveries,
    of_people: Collection[str] = (),
) -> SearchNotes:
    """Writes at the directory; the texts that tell of people are those given."""

    def of_nobody(texts: Sequence[str]) -> Future[frozenset[str]]:
        return InlineExecutor().submit(lambda: frozenset(texts) - frozenset(of_people))

    return SearchNotes(directory, of_nobody, writer, deliveries)


def new_ids(first: int = 5000) -> Callable[[], UUID]:
    """Identities one after another."""
    numbers = count(first)
    return lambda: UUID(int=next(numbers))


class NoCalls:
    """An outbox with no notice and nobody to be called back."""

    def of_message(self, message_id: UUID) -> tuple[KeptNotice, ...]:
        return ()

    def due_calls(self, at: datetime) -> tuple[KeptNotice, ...]:
        return ()

    def failed_since(self, since: datetime) -> tuple[KeptNotice, ...]:
        return ()

    def note_call(
        self, id: UUID, outcome: CallOutcome, by: Operator, at: datetime
    ) -> Future[KeptNotice]:
        raise NotImplementedError
