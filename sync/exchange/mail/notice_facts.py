"""Template data of notifications: frozen records, one type per kind of notification.

Names of authorities, topics and categories are the directory's titles, not its keys. Days are in
the city's calendar. Text that must not appear in a mail is empty (Regulation 6.12).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from sync.register.checks.finding import Ground
from sync.register.handling.answers import AnswerKind
from sync.register.handling.notices import Notice, NoticeKind, Reminder
from sync.register.people.names import LetterName


@dataclass(frozen=True, slots=True)
class Office:
    """Sender of notifications: city, its single phone number and its platform, empty if not set."""

    city: str
    phone: str = ""
    portal: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Recipient: ``name`` is in the nominative, ``dative`` for the line «кому».

    ``called`` is the form of address without a salutation, empty if unknown.
    """

    name: str
    dative: str
    greeting: str
    called: str


@dataclass(frozen=True, slots=True)
class AboutMessage:
    """Message of a notification; ``number`` is None before its registration."""

    number: str | None
    text: str
    place: str
    subject: str
    """Category, or topic if there is no category."""
    sent_on: date
    event_on: date | None = None
    event_time: time | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Message was registered or published (7.8): the authority and, if a deadline is set, its last
    day.
    """

    organ: str
    answer_due: date | None


@dataclass(frozen=True, slots=True)
class GroundWords:
    """Ground of refusal as text: its clause, the reason, and the required correction."""

    paragraph: str
    why: str
    correct: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Grounds of refusal and an explanation of the required corrections (7.7, 7.10).

    ``earlier_number`` is that of the message to which grounds 6.3-8 and 6.4 refer.
    """

    grounds: tuple[Ground, ...]
    explanation: str
    earlier_number: str | None


@dataclass(frozen=True, slots=True)
class DuplicateRemoved:
    """Original of a duplicate (6.4); ``is_own`` if the addressee sent it as well."""

    original_number: str
    is_own: bool
    is_public: bool
    answer_due: date | None


@dataclass(frozen=True, slots=True)
class ForOrgan:
    """Message for the authority to answer (7.9); ``is_text_withheld`` by 6.12."""

    organ: str
    answer_due: date | None
    is_public: bool
    is_text_withheld: bool


@dataclass(frozen=True, slots=True)
class AnswerReturned:
    """Answer returned to the authority with a note (9.5)."""

    organ: str
    note: str


@dataclass(frozen=True, slots=True)
class Answered:
    """Answer for the user (9.4, 9.5, 9.9, 9.10); ``organ`` is empty for our own answer (9.3).

    ``attachments`` are the names of all its files: ``attached`` are in the mail, ``too_large``
    exceed its size limit, and ``elsewhere`` are not in the sender's database.
    """

    organ: str
    kind: AnswerKind
    text: str
    planned_on: date | None
    measures: str
    grounds: str
    attachments: tuple[str, ...]
    is_further: bool
    is_published: bool
    attached: tuple[str, ...] = ()
    too_large: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanDue:
    """Promised date that is reached or near (9.6, 9.7)."""

    organ: str
    planned_on: date
    measures: str
    answer_due: date | None


@dataclass(frozen=True, slots=True)
class SentToRework:
    """Answer rated negatively and returned to the authority with remarks (10.2-10.4)."""

    organ: str
    remarks: str
    reworks: int
    answer_due: date | None


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Message sent to the authority because of the votes of users within 72 hours (10.6)."""

    organ: str
    votes: int
    answer_due: date | None


NoticeFacts = (
    TakenIn
    | Refused
    | DuplicateRemoved
    | ForOrgan
    | AnswerReturned
    | Answered
    | PlanDue
    | SentToRework
    | PassedOn
)

FACTS_OF: dict[NoticeKind, type[NoticeFacts]] = {
    Notice.REGISTERED: TakenIn,
    Notice.REGISTERED_AND_PUBLISHED: TakenIn,
    Notice.PUBLISHED: TakenIn,
    Notice.REFUSED: Refused,
    Notice.DUPLICATE_REMOVED: DuplicateRemoved,
    Notice.MESSAGE_FOR_ORGAN: ForOrgan,
    Notice.ANSWER_RETURNED: AnswerReturned,
    Notice.ANSWER: Answered,
    Notice.FURTHER_ANSWER_DUE: PlanDue,
    Notice.REWORK_FOR_ORGAN: SentToRework,
    Notice.REWORK_FOR_USER: SentToRework,
    Notice.PASSED_ON_BY_VOTES: PassedOn,
    Reminder.PLANNED_DATE_NEAR: PlanDue,
    Reminder.REWORK_TERM_NEAR: SentToRework,
}


@dataclass(frozen=True, slots=True)
class Letter:
    """Data of one notification before rendering."""

    kind: NoticeKind
    office: Office
    to: Addressee
    message: AboutMessage
    facts: NoticeFacts


def person_addressed(name: LetterName, full: str) -> Addressee:
    """Returns the author as recipient; ``full`` is the nominative name, empty if not given."""
    return Addressee(full, name.dative, name.greeting, name.called)


def organ_addressed(name: str) -> Addressee:
    """Returns an authority as recipient; its greeting has no name."""
    return Addressee(name, "", "Здравствуйте!", "")
