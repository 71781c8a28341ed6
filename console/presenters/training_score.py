"""The score of a training call in words: what was right and what not, and how lessons stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from console import words
from console.training.lessons import Lesson
from console.training.results import Standing
from sync.register.training.scoring import Item, points

TitleOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One line: what was looked at, what would have been right, and its paragraph."""

    text: str
    detail: str
    paragraph: str
    points: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class ScoreShown:
    """The score of the lesson that was played last; what was wrong comes first."""

    lesson: str
    title: str
    head: str
    verdict: str
    number: str
    share: int
    rows: tuple[ScoreRow, ...]


@dataclass(frozen=True, slots=True)
class TrainingState:
    """All that the pages of training show; ``standings`` by the key of a lesson."""

    lessons: tuple[Lesson, ...] = ()
    running: Lesson | None = None
    problem: str = ""
    score: ScoreShown | None = None
    standings: Mapping[str, Standing] = field(default_factory=dict)


def score_shown(
    lesson: Lesson, number: str, items: tuple[Item, ...], title_of: TitleOf
) -> ScoreShown:
    """``number`` is that of the record, ``title_of`` gives the title of a key of the directory."""
    earned, most = points(items)
    share = round(100 * earned / most)
    ordered = sorted(items, key=lambda item: item.is_right)
    return ScoreShown(
        lesson=lesson.key,
        title=lesson.title,
        head=words.training.score_head(earned, most),
        verdict=words.training.verdict(share),
        number=number,
        share=share,
        rows=tuple(_row(item, title_of) for item in ordered),
    )


def _row(item: Item, title_of: TitleOf) -> ScoreRow:
    return ScoreRow(
        text=words.training.point(item.point, item.place),
        detail="" if item.is_right else words.training.wanted(item, title_of),
        paragraph=words.training.paragraph(item.paragraph),
        points=words.training.worth(item.worth if item.is_right else 0, item.worth),
        is_right=item.is_right,
    )
