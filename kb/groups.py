"""One typed word: while it is being read, and as the group of all that it may stand for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.known_words import MOST_STEMS


@dataclass(frozen=True, slots=True)
class Group:
    """One typed word and all that it may stand for, each weighing 0 to 1.

    The best that is found counts once, however much is found: a stem, all the stems of a phrase,
    or a heading's word that begins with ``beginning``. A group that does not drive only narrows
    and ranks what the others find. ``worth`` is how much it counts beside a word as rare, 0 to 1.
    """

    typed: str
    stems: Mapping[str, float]
    drives: bool = True
    beginning: str | None = None
    beginning_weight: float = 0.0
    phrases: Mapping[tuple[str, ...], float] = field(default_factory=dict)
    worth: float = 1.0


@dataclass(slots=True)
class Meaning:
    """A typed word being read: its stems so far, and the word it was corrected to."""

    typed: str
    stems: dict[str, float] = field(default_factory=dict)
    corrected: str | None = None
    phrases: dict[tuple[str, ...], float] = field(default_factory=dict)
    beginning: str | None = None
    is_known: bool = False
    drives: bool = True
    worth: float = 1.0
    guesses: dict[str, float] = field(default_factory=dict)
    """Stems that a word of Russian may be a slip of, all the same."""
    likeliest: str | None = None
    """The first of them as a word."""
    offered: str | None = None
    """What may be looked for in its place."""

    def add(self, stem: str, weight: float) -> None:
        if weight > self.stems.get(stem, 0.0):
            self.stems[stem] = weight

    def group(self) -> Group:
        weight = 0.0
        if self.beginning is not None:
            weight = 0.5 + 0.05 * len(self.beginning)
        stems: Mapping[str, float] = self.stems
        if len(stems) > MOST_STEMS:
            stems = dict(sorted(stems.items(), key=lambda item: -item[1])[:MOST_STEMS])
        return Group(
            self.typed, stems, self.drives, self.beginning, weight, self.phrases, self.worth
        )
