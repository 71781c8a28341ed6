"""What the right column shows of a decision on a message under review, in words."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from console import words
from console.presenters.classifier import Classifier
from console.presenters.refusal import Refusal
from console.presenters.terms import NO_TERM, Terms, TermState
from console.presenters.text_difference import Comparison
from console.texts.similar_messages import SimilarMessage
from sync.register.handling.confidential import Confidential
from sync.register.handling.handled import HandledMessage


class Mode(StrEnum):
    """What is being decided; with NONE the message is only read."""

    NONE = "none"
    REGISTER = "register"
    REFUSE = "refuse"
    DUPLICATE = "duplicate"
    ASK = "ask"
    CONFIDENTIAL = "confidential"
    CITY = "city"


MODES = {1: Mode.REGISTER, 2: Mode.REFUSE, 3: Mode.DUPLICATE, 4: Mode.ASK,
         5: Mode.CONFIDENTIAL, 6: Mode.CITY}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """An earlier message in words; ``may_repeat`` while its answer term runs (6.4)."""

    key: UUID
    number: str
    score: str
    reason: str
    status: tuple[str, str, str]
    term: TermState
    category: str
    may_repeat: bool
    about: str = ""


@dataclass(frozen=True, slots=True)
class CityView:
    """The message as everybody will see it; None of ``text`` where nobody does."""

    head: str
    lines: tuple[tuple[str, str], ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionState:
    """All that the right column shows; ``problem`` is what keeps the decision from being made.

    Of the decisions of ``begun`` something is typed; ``found_again`` says that an earlier start has
    left it.
    """

    mode: Mode = Mode.NONE
    outcome: str = ""
    hints: tuple[str, str, str] = ("", "", "")
    refusal: Refusal = Refusal()
    earlier: str = ""
    similar: tuple[SimilarRow, ...] = ()
    chosen: int = -1
    comparison: Comparison | None = None
    note: str = ""
    kinds: frozenset[Confidential] = frozenset()
    marked: frozenset[Confidential] = frozenset()
    reason: str = ""
    city: CityView | None = None
    problem: str = ""
    way_to_author: str = ""
    is_busy: bool = False
    begun: frozenset[Mode] = frozenset()
    found_again: str = ""


def similar_row(similar: SimilarMessage, terms: Terms, classifier: Classifier) -> SimilarRow:
    """An earlier message as the list shows it."""
    record, standing = similar.handled.record, similar.handled.standing
    icon, role = words.steps.state_mark(standing.state)
    return SimilarRow(
        key=record.id,
        number=str(record.number or ""),
        score=words.decision.score(similar.likeness.score),
        reason=words.decision.likeness(similar.likeness.reason),
        status=(words.steps.state_name(standing.state), icon, role),
        term=terms.of(standing) or NO_TERM,
        category=classifier.texts.get(standing.contents.category or "", ""),
        may_repeat=similar.in_term,
        about=words.formats.first_line(standing.contents.text),
    )


def city_view(message: HandledMessage, classifier: Classifier) -> CityView:
    """Nobody's name is ever shown, and of a non-public message nothing at all (6.9, 6.11)."""
    standing, contents = message.standing, message.standing.contents
    if not standing.may_be_public:
        return CityView(words.decision.nobody_sees(standing.publicity, standing.confidential))
    category = classifier.texts.get(contents.category or "", "")
    return CityView(
        words.decision.everybody_sees(),
        words.decision.city_lines(
            str(message.record.number or ""),
            category,
            contents.place,
            contents.event_on,
            contents.event_time,
            contents.photos,
        ),
        contents.text,
    )
