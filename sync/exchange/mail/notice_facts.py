"""Template data of notices: frozen records, one type for each kind of notice.

Names of bodies, topics and categories are the directory's titles, not its keys. Days are in the
city's calendar. Text that must not appear in a letter is empty (Regulation 6.12).
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
    """Who writes: the city by its name, its single number and platform, empty where not set."""

    city: str
    phone: str = ""
    portal: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom: ``name`` in the nominative, in letters as «кому» and as the greeting has it.

    ``called`` is what a person is called by, empty where that is not known.
    """

    name: str
    dative: str
    greeting: str
    called: str


@dataclass(frozen=True, slots=True)
class AboutMessage:
    """The message a notice is about; ``number`` is None before it was registered."""

    number: str | None
    text: str
    place: str
    subject: str
    """Category, or topic where there is no category."""
    sent_on: date
    event_on: date | None = None
    event_time: time | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Registered or published (7.8): who answers, and by when where a term is set."""

    organ: str
    answer_due: date | None


@dataclass(frozen=True, slots=True)
class GroundWords:
    """A ground of refusal in words: its paragraph, what is wrong, what to correct."""

    paragraph: str
    why: str
    correct: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why, and in a person's words what to correct (7.7, 7.10).

    ``earlier_number`` is of the message that grounds 6.3-8 and 6.4 rest on.
    """

    grounds: tuple[Ground, ...]
    explanation: str
    earlier_number: str | None


@dataclass(frozen=True, slots=True)
class DuplicateRemoved:
    """The message that is repeated (6.4): whether the addressee's own, whether all can see it."""

    original_number: str
    is_own: bool
    is_public: bool
    answer_due: date | None


@dataclass(frozen=True, slots=True)
class ForOrgan:
    """A message that is the organ's to answer (7.9); ``is_text_withheld`` by 6.12."""

    organ: str
    answer_due: date | None
    is_public: bool
    is_text_withheld: bool


@dataclass(frozen=True, slots=True)
class AnswerReturned:
    """An answer that goes back to the organ with a note (9.5)."""

    organ: str
    note: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as the user gets it (9.4, 9.5, 9.9, 9.10); ``organ`` is empty for our own (9.3).

    ``attachments`` are the names of all its files. Of these ``attached`` are in the letter,
    ``too_large`` go beyond its limit, and ``elsewhere`` are not in the sender's store.
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
    """A planned date that has come, or is about to (9.6, 9.7)."""

    organ: str
    planned_on: date
    measures: str
    answer_due: date | None


@dataclass(frozen=True, slots=True)
class SentToRework:
    """An answer rated negatively, back at the organ with the remarks (10.2-10.4)."""

    organ: str
    remarks: str
    reworks: int
    answer_due: date | None


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Votes of users within 72 hours (10.6)."""

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
    """One notice before it is put into words."""

    kind: NoticeKind
    office: Office
    to: Addressee
    message: AboutMessage
    facts: NoticeFacts


def person_addressed(name: LetterName, full: str) -> Addressee:
    """The author of a message; ``full`` is the name in the nominative, empty where not given."""
    return Addressee(full, name.dative, name.greeting, name.called)


def organ_addressed(name: str) -> Addressee:
    """An organ, which is greeted without a name."""
    return Addressee(name, "", "Здравствуйте!", "")
