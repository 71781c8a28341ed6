"""One message after its registration, in words: what it tells, where it stands, its answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from console import words
from console.presenters.answer_lists import Listed
from console.presenters.terms import TermState
from sync.register.handling.answers import Answer, GivenAnswer
from sync.register.handling.events import Event
from sync.register.handling.facts import AnswerGiven
from sync.register.handling.handled import HandledMessage
from sync.register.handling.history import in_force


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with its icon and the kind of its pill or the colour role of its text."""

    text: str
    icon: str
    kind: str


@dataclass(frozen=True, slots=True)
class AnswerBlock:
    """One answer; ``lines`` say what belongs to its kind and what became of it.

    ``number`` is the place of its event among the answers, from 0; -1 is one that came from the
    platform and whose kind nobody has told yet. One to be checked is on its way to the user (9.5).
    """

    number: int
    head: str
    text: str
    lines: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    is_to_be_checked: bool = False


@dataclass(frozen=True, slots=True)
class MessageDetail:
    """All that is shown of the chosen message but what can be done with it."""

    id: UUID
    number: str
    title: str
    state: Mark
    publicity: Mark
    term: TermState | None
    author: str
    happened: str
    text: str
    organ: str
    notes: tuple[str, ...]
    answers: tuple[AnswerBlock, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """What gives words to directory keys and moments; of the GUI thread."""

    organ: Callable[[str], str]
    categories: Callable[[], Mapping[str, str]]
    zone: ZoneInfo
    now: Callable[[], datetime]

    def moment(self, at: datetime) -> str:
        return words.formats.moment(at.astimezone(self.zone), self.now().astimezone(self.zone))

    def category(self, key: str | None) -> str:
        return self.categories().get(key or "", "")


def detail_of(listed: Listed, naming: Naming) -> MessageDetail:
    """The message as the page shows it, its newest answer first."""
    handled, standing, record = listed.handled, listed.handled.standing, listed.handled.record
    organ = naming.organ(standing.organ) if standing.organ else ""
    icon, role = words.steps.state_mark(standing.state)
    contents = standing.contents
    hour = "" if contents.event_time is None else f"{contents.event_time:%H:%M}"
    return MessageDetail(
        id=handled.id,
        number=str(record.number),
        title=naming.category(contents.category) or words.formats.first_line(contents.text),
        state=Mark(words.steps.state_name(standing.state), icon, role),
        publicity=Mark(
            *words.answers.publicity_mark(standing.publicity, is_published=standing.is_published)
        ),
        term=listed.term,
        author=words.messages.author(record.name, record.phone, record.email),
        happened=words.answers.event_line(contents.event_on, hour, contents.place),
        text=contents.text,
        organ=organ,
        notes=tuple(_notes(listed)),
        answers=answer_blocks(handled, naming),
    )


def _notes(listed: Listed) -> list[str]:
    notes = []
    if listed.handled.standing.reworks:
        notes.append(words.answers.reworks_line(listed.handled.standing.reworks))
    votes = listed.votes
    if votes is not None and (votes.users or votes.guests):
        notes.append(words.answers.votes_line(votes.users, votes.guests, votes.users_in_time))
    return notes


def answer_blocks(handled: HandledMessage, naming: Naming) -> tuple[AnswerBlock, ...]:
    """Every answer there was, the newest first; one that nobody has judged stands before them."""
    # Each answer of the standing was given by one event, in the same order.
    events = [
        event for event in in_force(handled.history.events) if isinstance(event.facts, AnswerGiven)
    ]
    blocks = [
        _block(place, given, event, naming)
        for place, (given, event) in enumerate(zip(handled.standing.answers, events, strict=True))
    ]
    unjudged = handled.unjudged_answer
    if unjudged is not None:
        organ = handled.standing.organ
        head = words.answers.unjudged_head(naming.organ(organ) if organ else "")
        blocks.append(AnswerBlock(-1, head, unjudged, is_to_be_checked=True))
    return tuple(reversed(blocks))


def _block(place: int, given: GivenAnswer, event: Event, naming: Naming) -> AnswerBlock:
    answer = given.answer
    organ = naming.organ(answer.organ) if answer.organ else ""
    return AnswerBlock(
        number=place,
        head=words.answers.answer_head(given.number, answer.kind, organ, naming.moment(event.at)),
        text=answer.text,
        lines=(*kind_lines(answer), *_fate(given)),
        files=tuple(file.name for file in answer.attachments),
        is_to_be_checked=not given.is_sent and given.returned_with is None,
    )


def kind_lines(answer: Answer) -> tuple[str, ...]:
    """What the kind of an answer adds to its text (9.4)."""
    lines = []
    if answer.planned_on is not None:
        lines.append(words.answers.planned_line(answer.planned_on, answer.measures))
    if answer.grounds.strip():
        lines.append(words.answers.grounds_line(answer.grounds))
    return tuple(lines)


def _fate(given: GivenAnswer) -> list[str]:
    lines = []
    if given.returned_with is not None:
        lines.append(words.answers.returned_line(given.returned_with))
    if given.is_sent:
        lines.append(words.answers.sent_line())
    if given.rating is not None:
        lines.append(words.answers.rated_line(given.rating, given.remarks))
    return lines
