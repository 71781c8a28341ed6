"""Composes the notifications of message actions: recipient, channel, data, text; preview."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, assert_never
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sync.exchange.mail.notice_facts import (
    AboutMessage,
    Addressee,
    Answered,
    AnswerReturned,
    DuplicateRemoved,
    ForOrgan,
    Letter,
    NoticeFacts,
    Office,
    PassedOn,
    PlanDue,
    Refused,
    SentToRework,
    TakenIn,
    organ_addressed,
    person_addressed,
)
from sync.exchange.mail.texts import NoticeTexts
from sync.register.calendar.calendar import WorkingCalendar
from sync.register.checks.finding import Ground
from sync.register.handling.answers import Answer, AnswerTerm, AnswerTermRule, StoredFile
from sync.register.handling.clocks import running_term
from sync.register.handling.events import Doer, Event
from sync.register.handling.handled import Asked, HandledMessage, StepDone, taken_together
from sync.register.handling.history import DEFAULT_RULES, StepRefused
from sync.register.handling.needs import CityRules
from sync.register.handling.notices import TO_ORGAN, Notice, NoticeKind, Reminder
from sync.register.handling.standing import HELD_BACK, Standing
from sync.register.handling.step_facts import (
    Explained,
    Facts,
    RefusedOn,
    Repeated,
    VotesCounted,
)
from sync.register.messages import MessageRecord
from sync.register.people.names import Declension
from sync.register.people.values import Absence, PersonName, Stated, email_problem
from sync.store.local.messages.notices import FindMessage, OutgoingNotice

NO_NAME = PersonName("", "", "")
FILES_LIMIT_BYTES = 10 * 2**20
"""Total size of attached files before encoding; many servers refuse 25 MB."""


@dataclass(frozen=True, slots=True)
class Organ:
    """Name and contacts of an authority; None if the directory has no value."""

    name: str
    email: str | None = None
    phone: str | None = None


class NoticeDirectory(Protocol):
    """Directory access of notifications. Thread-safe; a failure must not block an action."""

    def organ(self, key: str) -> Organ | None:
        """Returns the authority with this key, None if it is missing or unreadable."""

    def title(self, key: str) -> str:
        """Returns the title of a topic or category, empty if there is none."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Sources for the deadline of an answer; read for each notification."""

    rules: Callable[[], Sequence[AnswerTermRule]]
    calendar: Callable[[], WorkingCalendar]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class _Enclosed:
    """Files of an answer: attached, too large, and not stored here."""

    attached: tuple[StoredFile, ...] = ()
    too_large: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


class NoticeComposer:
    """Composes notifications of actions, for the outbox and for a preview. Thread-safe."""

    def __init__(
        self,
        texts: NoticeTexts,
        directory: NoticeDirectory,
        terms: Terms,
        office: Callable[[], Office],
        declension: Declension,
        city: Callable[[], CityRules] = lambda: DEFAULT_RULES,
        *,
        stored: Callable[[UUID], Collection[StoredFile]] = lambda _id: (),
        files_limit_bytes: int = FILES_LIMIT_BYTES,
    ) -> None:
        """Creates the composer.

        ``city`` returns the rules by which a preview judges actions. ``stored`` returns the files
        of a message's answers that can be attached; it is called on any thread.
        """
        self._texts = texts
        self._directory = directory
        self._terms = terms
        self._office = office
        self._declension = declension
        self._city = city
        self._stored = stored
        self._files_limit_bytes = files_limit_bytes

    def composed(self, done: StepDone, find: FindMessage) -> tuple[OutgoingNotice, ...]:
        """Returns the notifications of actions applied together, with the resulting status."""
        return tuple(
            self._outgoing(kind, done.handled, step.event, find, step.event.at + HELD_BACK)
            for step in done.steps
            for kind in step.notices
        )

    def preview(
        self,
        handled: HandledMessage,
        asked: Sequence[Asked],
        by: Doer,
        at: datetime,
        find: FindMessage,
    ) -> tuple[OutgoingNotice, ...] | StepRefused:
        """Returns the notifications that these actions would cause, or why they are rejected."""
        outcome = taken_together(handled, asked, by, at, uuid4, self._city())
        return self.composed(outcome, find) if isinstance(outcome, StepDone) else outcome

    def reminder(
        self, kind: Reminder, handled: HandledMessage, event: Event, at: datetime
    ) -> OutgoingNotice:
        """Returns the reminder to the authority before a date that follows from this event."""
        return self._outgoing(kind, handled, event, _found_nowhere, at)

    def proposed_explanation(self, grounds: Iterable[Ground]) -> str:
        """Returns a proposed explanation for these grounds, which the operator edits (7.10)."""
        return self._texts.proposed_explanation(grounds)

    def _outgoing(
        self,
        kind: NoticeKind,
        handled: HandledMessage,
        event: Event,
        find: FindMessage,
        due_at: datetime,
    ) -> OutgoingNotice:
        record, standing = handled.record, handled.standing
        enclosed = self._enclosed(kind, record, standing)
        letter = Letter(
            kind,
            self._office(),
            self._addressee(kind, record, standing),
            self._about(record, standing, kind),
            self._facts(kind, record, standing, event.facts, find, enclosed),
        )
        email, phone = self._contacts(kind, record, standing)
        return OutgoingNotice(
            event_id=event.id,
            message_id=record.id,
            kind=kind,
            recipient=letter.to.name,
            email=email,
            phone=phone,
            words=self._texts.rendered(letter),
            due_at=due_at,
            files=enclosed.attached,
        )

    def _enclosed(self, kind: NoticeKind, record: MessageRecord, standing: Standing) -> _Enclosed:
        """Selects the answer's files in their order, within the size limit (Regulation 9.9)."""
        names = () if kind is not Notice.ANSWER else _names(_answer(standing))
        if not names:
            return _Enclosed()
        there = {file.attachment.name: file for file in self._stored(record.id)}
        attached: list[StoredFile] = []
        too_large: list[str] = []
        room = self._files_limit_bytes
        for name in (name for name in names if name in there):
            if there[name].size_bytes <= room:
                attached.append(there[name])
                room -= there[name].size_bytes
            else:
                too_large.append(name)
        elsewhere = tuple(name for name in names if name not in there)
        return _Enclosed(tuple(attached), tuple(too_large), elsewhere)

    def _contacts(
        self, kind: NoticeKind, record: MessageRecord, standing: Standing
    ) -> tuple[str | None, str | None]:
        """Returns the mail address, if it is valid, and the phone number."""
        if kind not in TO_ORGAN:
            email, phone = _given(record.email), _given(record.phone)
        else:
            organ = self._directory.organ(standing.organ or "")
            email, phone = (None, None) if organ is None else (organ.email, organ.phone)
        is_usable = email is not None and email_problem(email) is None
        return (email if is_usable else None), phone or None

    def _addressee(self, kind: NoticeKind, record: MessageRecord, standing: Standing) -> Addressee:
        if kind in TO_ORGAN:
            return organ_addressed(self._organ_name(kind, standing))
        name = NO_NAME if isinstance(record.name, Absence) else record.name
        full = " ".join(part for part in (name.surname, name.given_name, name.patronymic) if part)
        return person_addressed(self._declension.letter_name(name), full)

    def _about(self, record: MessageRecord, standing: Standing, kind: NoticeKind) -> AboutMessage:
        contents = standing.contents
        sent_at = standing.submitted_at or record.created_at
        subject = self._directory.title(contents.category or contents.topic or "")
        is_withheld = kind in TO_ORGAN and bool(standing.confidential)
        return AboutMessage(
            number=None if standing.number is None else str(standing.number),
            text="" if is_withheld else contents.text.strip(),
            place=contents.place.strip(),
            subject=subject,
            sent_on=self._day(sent_at),
            event_on=contents.event_on,
            event_time=contents.event_time,
        )

    def _facts(
        self,
        kind: NoticeKind,
        record: MessageRecord,
        standing: Standing,
        facts: Facts,
        find: FindMessage,
        enclosed: _Enclosed,
    ) -> NoticeFacts:
        organ, due = self._organ_name(kind, standing), self.answer_due(standing)
        match kind, facts:
            case Notice.REFUSED, RefusedOn(grounds, explanation, earlier_id):
                earlier = None if earlier_id is None else find(earlier_id)
                in_order = tuple(ground for ground in Ground if ground in grounds)
                return Refused(in_order, explanation.strip(), _number(earlier))
            case Notice.DUPLICATE_REMOVED, Repeated(original_id):
                return self._duplicate(record, find(original_id))
            case Notice.ANSWER_RETURNED, Explained(note):
                return AnswerReturned(organ, note.strip())
            case Notice.PASSED_ON_BY_VOTES, VotesCounted(votes):
                return PassedOn(organ, votes, due)
        match kind:
            case Notice.REGISTERED | Notice.REGISTERED_AND_PUBLISHED | Notice.PUBLISHED:
                return TakenIn(organ, due)
            case Notice.MESSAGE_FOR_ORGAN:
                held = bool(standing.confidential)
                return ForOrgan(organ, due, standing.is_published, held)
            case Notice.ANSWER:
                return self._answered(standing, enclosed)
            case Notice.FURTHER_ANSWER_DUE | Reminder.PLANNED_DATE_NEAR:
                plan = _answer(standing)
                if plan.planned_on is None:
                    raise ValueError(f"{kind} requires a planned date")
                return PlanDue(organ, plan.planned_on, plan.measures.strip(), due)
            case Notice.REWORK_FOR_ORGAN | Notice.REWORK_FOR_USER | Reminder.REWORK_TERM_NEAR:
                given = standing.answer
                remarks = "" if given is None else given.remarks.strip()
                return SentToRework(organ, remarks, standing.reworks, due)
            case (
                Notice.REFUSED
                | Notice.DUPLICATE_REMOVED
                | Notice.ANSWER_RETURNED
                | Notice.PASSED_ON_BY_VOTES
            ):
                raise ValueError(f"{kind} does not accept {type(facts).__name__}")
            case _ as unreachable:
                assert_never(unreachable)

    def _duplicate(
        self, record: MessageRecord, original: HandledMessage | None
    ) -> DuplicateRemoved:
        if original is None:
            raise LookupError("the original message is not in the local database")
        return DuplicateRemoved(
            original_number=_number(original) or "",
            is_own=_is_same_author(record, original.record),
            is_public=original.standing.is_published,
            answer_due=self.answer_due(original.standing),
        )

    def _answered(self, standing: Standing, enclosed: _Enclosed) -> Answered:
        answer = _answer(standing)
        sent = sum(given.is_sent for given in standing.answers)
        return Answered(
            organ=self._name(answer.organ or ""),
            kind=answer.kind,
            text=answer.text.strip(),
            planned_on=answer.planned_on,
            measures=answer.measures.strip(),
            grounds=answer.grounds.strip(),
            attachments=_names(answer),
            is_further=sent > 1,
            is_published=standing.is_published,
            attached=tuple(file.attachment.name for file in enclosed.attached),
            too_large=enclosed.too_large,
            elsewhere=enclosed.elsewhere,
        )

    def _organ_name(self, kind: NoticeKind, standing: Standing) -> str:
        """Returns the authority's name; without a name in the directory only it sees the key."""
        key = standing.organ or ""
        return self._name(key) or (key if kind in TO_ORGAN else "")

    def _name(self, key: str) -> str:
        organ = self._directory.organ(key) if key else None
        return "" if organ is None else organ.name

    def answer_due(self, standing: Standing) -> date | None:
        """Returns the last day of the answer's deadline; None if no deadline runs or is set."""
        terms = self._terms
        term = running_term(standing, terms.rules(), terms.calendar(), terms.zone)
        return term.due if isinstance(term, AnswerTerm) else None

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._terms.zone).date()


def _found_nowhere(_id: UUID) -> None:
    return None


def _answer(standing: Standing) -> Answer:
    if standing.answer is None:
        raise ValueError("the notification requires an answer")
    return standing.answer.answer


def _names(answer: Answer) -> tuple[str, ...]:
    return tuple(file.name for file in answer.attachments)


def _number(handled: HandledMessage | None) -> str | None:
    number = None if handled is None else handled.standing.number
    return None if number is None else str(number)


def _given(value: Stated) -> str | None:
    return None if isinstance(value, Absence) else value


def _is_same_author(one: MessageRecord, other: MessageRecord) -> bool:
    """Whether e-mail or phone number are equal; equal names are not sufficient."""
    pairs = ((one.email, other.email), (one.phone, other.phone))
    return any(not isinstance(mine, Absence) and mine == theirs for mine, theirs in pairs)
