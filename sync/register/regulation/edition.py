"""Editions of the city's regulation, each from its day on; pure values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sync.register.regulation.paragraphs import ITEMS


@dataclass(frozen=True, slots=True)
class Provision:
    """A paragraph as the city has written it: «7.3», or «11» for a section without paragraphs."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition, in force from its day until that of the next one."""

    name: str
    in_force_from: date
    provisions: tuple[Provision, ...]

    def text_of(self, number: str) -> str:
        """The text of a paragraph, empty where there is none.

        Of an item («6.3-2») the words before the list and its own line; where the city's list has
        another length, nobody can know which line that is, and it is the whole paragraph.
        """
        wanted, _, item = number.partition("-")
        text = next((one.text for one in self.provisions if one.number == wanted), "")
        lines = text.split("\n")
        if item and int(item) and len(lines) == 1 + ITEMS[wanted]:
            return f"{lines[0]}\n{lines[int(item)]}"
        return text


@dataclass(frozen=True, slots=True)
class Editions:
    """All that were imported, the oldest first; no two from the same day."""

    editions: tuple[Edition, ...] = ()

    def on(self, day: date) -> Edition | None:
        """The edition in force on a day; None before the first one."""
        begun = [one for one in self.editions if one.in_force_from <= day]
        return begun[-1] if begun else None

    def named(self, name: str) -> Edition | None:
        """The edition of this name, the newest of several."""
        return next((one for one in reversed(self.editions) if one.name == name), None)

    def with_edition(self, edition: Edition) -> Editions:
        """With this one too, in place of what began on the same day."""
        others = self.without(edition.in_force_from).editions
        return replace(
            self, editions=tuple(sorted((*others, edition), key=lambda one: one.in_force_from))
        )

    def without(self, day: date) -> Editions:
        """Without the edition that begins on this day."""
        return replace(
            self, editions=tuple(one for one in self.editions if one.in_force_from != day)
        )
