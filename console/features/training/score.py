"""Score of a training call as display text, and the reader of the records that are scored."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import timedelta

from console.features.training import words as training_words
from console.features.training.lessons import Lesson, Standing
from sync.register.calls.calls import CallRecord
from sync.register.checks.finding import Finding
from sync.register.training import Item, MessageWork, Work, points
from sync.store.local.calls.missed import MissedCalls
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore

TitleOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """Row of the score: the criterion, the correct value, and its clause."""

    text: str
    detail: str
    paragraph: str
    points: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class ScoreShown:
    """Score of the last training call as display text; wrong items are listed first."""

    lesson: str
    title: str
    head: str
    verdict: str
    number: str
    share: int
    rows: tuple[ScoreRow, ...]


@dataclass(frozen=True, slots=True)
class TrainingState:
    """View state of the training pages; ``standings`` by lesson key."""

    lessons: tuple[Lesson, ...] = ()
    running: Lesson | None = None
    problem: str = ""
    score: ScoreShown | None = None
    standings: Mapping[str, Standing] = field(default_factory=dict)


def score_shown(
    lesson: Lesson, number: str, items: tuple[Item, ...], title_of: TitleOf
) -> ScoreShown:
    """Formats the score. ``number`` is the registration number, ``title_of`` returns the title of a
    directory key.
    """
    earned, most = points(items)
    share = round(100 * earned / most)
    ordered = sorted(items, key=lambda item: item.is_right)
    return ScoreShown(
        lesson=lesson.key,
        title=lesson.title,
        head=training_words.score_head(earned, most),
        verdict=training_words.verdict(share),
        number=number,
        share=share,
        rows=tuple(_row(item, title_of) for item in ordered),
    )


def _row(item: Item, title_of: TitleOf) -> ScoreRow:
    return ScoreRow(
        text=training_words.point(item.point, item.place),
        detail="" if item.is_right else training_words.wanted(item, title_of),
        paragraph=training_words.paragraph(item.paragraph),
        points=training_words.worth(item.worth if item.is_right else 0, item.worth),
        is_right=item.is_right,
    )


SINCE = timedelta(days=90)
CHECK_LIMIT_S = 20.0

CheckMessage = Callable[[str, str], "Future[tuple[Finding, ...]]"]


class TrainingWork:
    """Reads the records of one call from the register of the training mode."""

    def __init__(self, register: RegisterStore, check_message: CheckMessage) -> None:
        self._handling = MessageHandling(register)
        self._missed = MissedCalls(register)
        self._check_message = check_message

    def read(self, call: CallRecord) -> Work:
        """Returns the messages of a call with their findings, and the other scored data.

        Raises StoreError, and the errors of the text checks.
        """
        known = self._handling.between(
            call.arrived_at - SINCE, (call.saved_at or call.arrived_at) + timedelta(seconds=1)
        )
        made = [one for one in known if one.record.call_id == call.id]
        tied = [one for one in known if one not in made and call.id in one.standing.call_ids]
        return Work(
            call=call,
            messages=tuple(
                MessageWork(
                    one.record,
                    self._check_message(one.record.text, one.record.place).result(CHECK_LIMIT_S),
                )
                for one in sorted(made, key=lambda one: one.record.created_at)
            ),
            is_tied=bool(tied),
            is_dealt_with=self._is_dealt_with(call),
        )

    def _is_dealt_with(self, call: CallRecord) -> bool:
        return all(missed.id != call.id for missed in self._missed.still_open())
