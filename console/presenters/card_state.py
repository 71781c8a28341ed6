"""What the card shows, in words: made of the record, of what is typed and of what is known."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from console import words
from console.presenters.caller_history import CallerKnown
from console.presenters.classifier import Classifier
from console.presenters.desk_state import DeskState
from console.presenters.person_entry import NOTHING, ReadLine
from sync.register import used_entries
from sync.register.calls import CallRecord
from sync.register.hand_made import is_apart
from sync.register.known_persons import name_text
from sync.register.part_of_day import PartOfDay
from sync.register.values import Absence, PersonName


@dataclass(frozen=True, slots=True)
class UsedRow:
    """A directory entry used for the answer, as the card lists it."""

    key: str
    title: str
    icon: str
    role: str
    note: str


@dataclass(frozen=True, slots=True)
class PersonRead:
    """How name, telephone and address were read, each for the line below its field."""

    name: ReadLine = NOTHING
    phone: ReadLine = NOTHING
    email: ReadLine = NOTHING


@dataclass(frozen=True, slots=True)
class CardState:
    """All that the card shows; ``problems`` maps a field to what is wrong with it."""

    key: str = ""  # changes with the record, so that fields know a new one from an edited one
    title: str = ""
    subtitle: str = ""
    draft: str = ""
    name: str = ""
    name_absent: bool = False
    name_read: ReadLine = NOTHING
    concerned: str = ""
    phone: str = ""
    phone_absent: bool = False
    phone_read: ReadLine = NOTHING
    email: str = ""
    email_absent: bool = False
    email_read: ReadLine = NOTHING
    content: str = ""
    category: str = ""
    category_text: str = ""
    greeting: str = ""  # by name and time of day, to be said
    route: str = ""
    known: str = ""
    known_detail: str = ""
    used: tuple[UsedRow, ...] = ()
    result: str | None = None
    technical: str | None = None
    promise: str = ""
    save_word: str = ""
    may_make_message: bool = True
    is_apart: bool = False  # no call of its own: made by hand, or a further question
    problems: dict[str, str] = field(default_factory=dict)


def shown_card(
    desk: DeskState,
    card: CallRecord,
    read: PersonRead,
    known: CallerKnown | None,
    classifier: Classifier,
    *,
    promise: str,
    saves_itself: bool,
    now: PartOfDay,
    zone: ZoneInfo,
) -> CardState:
    """The card in front; ``promise`` is what its caller is still to be told."""
    is_known = known is not None and known.card_id == card.id
    technical = card.result is not None and card.result.is_technical
    return CardState(
        key=str(card.id),
        title=words.cards.card_title(card),
        subtitle=words.cards.card_subtitle(card, zone),
        draft="" if desk.store_failed else words.cards.draft_saved(desk.saved_at, zone),
        name="" if isinstance(card.name, Absence) else name_text(card.name),
        name_absent=card.name is Absence.NOT_GIVEN,
        name_read=read.name,
        concerned=card.concerned,
        phone="" if isinstance(card.phone, Absence) else words.formats.phone_text(card.phone),
        phone_absent=card.phone is Absence.NOT_GIVEN,
        phone_read=read.phone,
        email="" if isinstance(card.email, Absence) else card.email,
        email_absent=card.email is Absence.NOT_GIVEN,
        email_read=read.email,
        content=card.content,
        category=card.category or "",
        category_text=_category_text(card, classifier),
        greeting=_greeting(card.name, now),
        route=_route(card),
        known=known.line if known is not None and is_known else "",
        known_detail=known.detail if known is not None and is_known else "",
        used=tuple(_used_row(entry.key, entry.kind, entry.title) for entry in card.used_entries),
        result="technical" if technical else (card.result.value if card.result else None),
        technical=card.result.value if card.result and technical else None,
        promise=promise,
        save_word=_save_word(desk, saves_itself),
        may_make_message=card.message_id is None,
        is_apart=is_apart(card),
        problems={
            words.cards.problem_field(problem): words.cards.card_problem(problem)
            for problem in desk.problems
        },
    )


def no_card(content: str) -> CardState:
    """Nothing in front but what is typed into a call whose record is still being written."""
    return CardState(content=content, save_word=words.cards.save())


def _greeting(name: PersonName | Absence, now: PartOfDay) -> str:
    return words.greeting.greeting_by_name(now, "" if isinstance(name, Absence) else name.called)


def _save_word(desk: DeskState, saves_itself: bool) -> str:
    if saves_itself:
        return words.cards.saves_itself()
    return words.cards.save_at_end() if desk.closes_at_end else words.cards.save()


def _category_text(card: CallRecord, classifier: Classifier) -> str:
    if card.category:
        return classifier.texts.get(card.category, card.category)
    return classifier.topic_title(card.topic or "")


def _used_row(key: str, kind: str, title: str) -> UsedRow:
    match kind:
        case "question":
            return UsedRow(key, title, "chat-text", "accent", words.cards.typical_answer())
        case "unit":
            return UsedRow(key, title, "bank", "ok", words.cards.contacts())
        case "person":
            return UsedRow(key, title, "user", "ok", words.cards.contacts())
        case "service" | "procedure":  # the latter in records of the first version
            return UsedRow(key, title, "files", "wrap", words.cards.service())
        case "script" if key.startswith(used_entries.INCIDENT_KEY):
            return UsedRow(key, title, "megaphone", "warn", words.incidents.script())
        case "script":
            return UsedRow(key, title, "scales", "ok", words.cards.contacts())
        case _:
            raise ValueError(f"unknown kind of entry: {kind}")


def _route(card: CallRecord) -> str:
    """The line that was dialled and the way from there, where the network told of a way."""
    came = words.calls.route(card.route)
    if not came:
        return ""
    return " · ".join(
        filter(None, (card.dialled_line and words.calls.line(card.dialled_line), came))
    )
