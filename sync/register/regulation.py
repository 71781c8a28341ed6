"""The Regulation: clause numbers, imported versions, and parsing of a version's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

_LAST = {1: 3, 2: 7, 3: 3, 4: 2, 5: 5, 6: 12, 7: 12, 8: 3, 9: 11, 10: 6, 12: 4}
"""Number of the last clause of each section; section 11 has none and counts as one clause."""

PARAGRAPHS: tuple[str, ...] = tuple(
    number
    for section in range(1, 13)
    for number in (
        [f"{section}.{place}" for place in range(1, _LAST[section] + 1)]
        if section in _LAST
        else [str(section)]
    )
)
"""All clauses in order: «1.1» to «12.4»."""

ITEMS = {"6.3": 11}
"""Number of items of each numbered list, by clause; item 0 is the text before the list."""

_KNOWN = frozenset(PARAGRAPHS)
# A date has a leading zero, or is followed by a point and a year; neither is a clause.
_NAMED = re.compile(r"(?<![\d.,:/-])(\d{1,2}\.\d{1,2}(?:-\d{1,2})?)(?![\d:]|\.\d)")
_SPAN = re.compile(r"(\d{1,2})\.(\d{1,2})\s*[\u2013\u2014-]\s*(\d{1,2})\.(\d{1,2})")


def paragraph_of(number: str) -> str:
    """Returns the clause part of a number that may name a list item: «6.3» for «6.3-1»."""
    return number.partition("-")[0]


def is_paragraph(number: str) -> bool:
    """Whether the Regulation has a clause with this number."""
    return number in _KNOWN


def is_named(number: str) -> bool:
    """Whether the number is that of a clause, or of a list item in a clause."""
    paragraph, _, item = number.partition("-")
    if not item:
        return paragraph in _KNOWN
    return item.isdecimal() and int(item) <= ITEMS.get(paragraph, -1)


def order_of(number: str) -> tuple[int, int]:
    """Returns the sort key of a clause: section, then clause."""
    section, _, paragraph = paragraph_of(number).partition(".")
    return int(section), int(paragraph or 0)


def in_order(numbers: Iterable[str]) -> tuple[str, ...]:
    """Returns those numbers that exist in the Regulation, without duplicates, in the given
    order.
    """
    return tuple(dict.fromkeys(filter(is_named, numbers)))


def numbers_in(text: str) -> tuple[str, ...]:
    """Returns the clauses named in a display text, for «(3.1–3.3)» all three; dates are ignored."""
    spelled_out = _SPAN.sub(_spell_out, text)
    return in_order(found[1] for found in _NAMED.finditer(spelled_out))


def _spell_out(span: re.Match[str]) -> str:
    section, first, last_section, last = map(int, span.groups())
    if section != last_section or first > last:
        return span[0]
    return ", ".join(f"{section}.{place}" for place in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class Provision:
    """Clause of the Regulation in the city's version; ``number`` is «7.3», or «11» for a section
    without clauses.
    """

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Edition:
    """Version of the Regulation, valid from ``in_force_from`` until the next version."""

    name: str
    in_force_from: date
    provisions: tuple[Provision, ...]

    def text_of(self, number: str) -> str:
        """Returns the text of a clause, empty if there is none.

        For a list item («6.3-2») returns the text before the list and the line of the item. If the
        list has another length in the city's version, the line is unknown and the complete clause
        is returned.
        """
        wanted, _, item = number.partition("-")
        text = next((one.text for one in self.provisions if one.number == wanted), "")
        lines = text.split("\n")
        if item and int(item) and len(lines) == 1 + ITEMS[wanted]:
            return f"{lines[0]}\n{lines[int(item)]}"
        return text


@dataclass(frozen=True, slots=True)
class Editions:
    """All imported versions, the oldest first; at most one per day."""

    editions: tuple[Edition, ...] = ()

    def on(self, day: date) -> Edition | None:
        """Returns the version valid on a day; None before the first one."""
        begun = [one for one in self.editions if one.in_force_from <= day]
        return begun[-1] if begun else None

    def named(self, name: str) -> Edition | None:
        """Returns the latest version with this name."""
        return next((one for one in reversed(self.editions) if one.name == name), None)

    def with_edition(self, edition: Edition) -> Editions:
        """Returns a copy with this version added; it replaces a version valid from the same day."""
        others = self.without(edition.in_force_from).editions
        return replace(
            self, editions=tuple(sorted((*others, edition), key=lambda one: one.in_force_from))
        )

    def without(self, day: date) -> Editions:
        """Returns a copy without the version that becomes valid on this day."""
        return replace(
            self, editions=tuple(one for one in self.editions if one.in_force_from != day)
        )


_PARAGRAPH = re.compile(r"(\d{1,2})\.(\d{1,2})(?!\d|\.\d)(\.?+)\s*")
_SECTION = re.compile(r"(?:раздел\s+)?(\d{1,2})\.(?!\d)\s*", re.IGNORECASE)
_APPENDIX = re.compile(r"приложени[ея](?:\s*(?:№|n)?\s*\d+)?(?:\s+к\s.*)?[.:]?", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0]+")
_EMPTY_LINES = re.compile(r"\n{2,}")
_FURTHEST = 5
"""How many clause numbers may be skipped, for example repealed clauses; a number further ahead is
not treated as a clause.
"""


class ReadingFault(StrEnum):
    """Issue found while parsing the text of the Regulation."""

    BEFORE_FIRST = "before_first"
    """Lines before the first section, which are left out."""
    LEFT_OUT = "left_out"
    """A clause number is skipped."""
    OUT_OF_ORDER = "out_of_order"
    """A number at the start of a line is out of order; the line remains part of the previous
    clause.
    """
    EMPTY = "empty"
    """A clause number has no text."""
    APPENDIX = "appendix"
    """Appendices start at this line and are left out."""
    LIST_DIFFERS = "list_differs"
    """A list of grounds has another length than the application expects; it refers to items by
    order.
    """
    NOT_IN_TEXT = "not_in_text"
    """The application refers to this clause, but the text lacks it."""
    NEW_IN_TEXT = "new_in_text"
    """The text has this clause, but the application does not know it."""


@dataclass(frozen=True, slots=True)
class FoundReadingFault:
    """Issue found at ``line`` (from 1, 0 for none); ``number`` is the clause concerned."""

    fault: ReadingFault
    line: int = 0
    number: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class ReadRegulation:
    """Clauses of a parsed text in order, and the issues found."""

    provisions: tuple[Provision, ...]
    faults: tuple[FoundReadingFault, ...]


def read_regulation(text: str) -> ReadRegulation:
    """Splits the text of the Regulation into clauses by the numbers at the start of its lines.

    A number must follow the previous one; a date or a reference at the start of a line remains part
    of its clause.
    """
    lines = [_SPACES.sub(" ", line).strip() for line in text.splitlines()]
    reading = _Reading(_sections_from(lines))
    for place, line in enumerate(lines, start=1):
        if reading.section and _APPENDIX.fullmatch(line):
            reading.note(ReadingFault.APPENDIX, place)
            break
        reading.take(line, place)
    return reading.done()


def _sections_from(lines: Sequence[str]) -> Sequence[int | None]:
    """Returns for each line the section of the first clause number on it or below it.

    Computed once from the end: with a search from each line, long lists would take quadratic time.
    """
    sections: list[int | None] = []
    below = None
    for line in reversed(lines):
        found = _PARAGRAPH.match(line)
        below = int(found[1]) if found else below
        sections.append(below)
    sections.reverse()
    return sections


@dataclass(slots=True)
class _Open:
    """Clause, or head of a section, to which lines are added; each line is a list of its parts."""

    number: str
    line: int
    lines: list[list[str]] = field(default_factory=list)

    def add(self, line: str) -> None:
        """Adds a line, or joins it to the previous line if that was only wrapped."""
        last = self.lines[-1][-1] if self.lines else ""
        if last and line[:1].islower() and last[-1] not in ".;:,!?":
            self.lines[-1].append(line)
        else:
            self.lines.append([line])

    @property
    def text(self) -> str:
        return _EMPTY_LINES.sub("\n", "\n".join(map(" ".join, self.lines))).strip()


@dataclass(slots=True)
class _Reading:
    sections_from: Sequence[int | None]
    section: int = 0
    paragraph: int = 0
    open: _Open | None = None
    before: int = 0
    provisions: list[Provision] = field(default_factory=list)
    faults: list[FoundReadingFault] = field(default_factory=list)

    def note(self, fault: ReadingFault, line: int, number: str = "") -> None:
        self.faults.append(FoundReadingFault(fault, line, number))

    def take(self, line: str, place: int) -> None:
        found = _PARAGRAPH.match(line)
        head = None if found else _SECTION.match(line)
        if found and self._is_next(found, line):
            self._begin_paragraph(int(found[1]), int(found[2]), place)
            self._add(line[found.end() :])
        elif head and self._is_section(int(head[1]), place):
            self._begin_section(int(head[1]), place)
            self._add(line[head.end() :])
        else:
            if self.section and (found or head):
                number = f"{found[1]}.{found[2]}" if found else head[1] if head else ""
                self.note(ReadingFault.OUT_OF_ORDER, place, number)
            self._add(line)

    def _is_next(self, found: re.Match[str], line: str) -> bool:
        """Whether the matched number is the next clause and not a reference; a few may be skipped.

        A number without a point after it, followed by a lower-case letter, is a reference.
        """
        section, paragraph = int(found[1]), int(found[2])
        if not found[3] and line[found.end() :][:1].islower():
            return False
        if section == self.section:
            return self.paragraph < paragraph <= self.paragraph + _FURTHEST
        return self.section < section <= self.section + _FURTHEST and paragraph <= _FURTHEST

    def _is_section(self, section: int, place: int) -> bool:
        """Whether the line is the head of a section and not a list item of a clause."""
        if not self.section < section <= self.section + _FURTHEST:
            return False
        is_last = place == len(self.sections_from)
        next_section = None if is_last else self.sections_from[place]
        return next_section is None or next_section >= section

    def _begin_section(self, section: int, place: int) -> None:
        self._close()
        self._note_gap(place, [str(each) for each in range(self.section + 1, section)])
        self.section, self.paragraph = section, 0
        self.open = _Open(str(section), place)

    def _begin_paragraph(self, section: int, paragraph: int, place: int) -> None:
        if section != self.section:
            self._begin_section(section, place)
        if self.open is not None and self.open.number == str(section):
            self.open = None  # only the title of a section with clauses
        self._close()
        left_out = range(self.paragraph + 1, paragraph)
        self._note_gap(place, [f"{section}.{each}" for each in left_out])
        self.paragraph = paragraph
        self.open = _Open(f"{section}.{paragraph}", place)

    def _note_gap(self, place: int, numbers: Sequence[str]) -> None:
        for number in numbers:
            self.note(ReadingFault.LEFT_OUT, place, number)

    def _add(self, line: str) -> None:
        if self.open is not None:
            self.open.add(line)
        elif line:
            self.before += 1

    def _close(self) -> None:
        done, self.open = self.open, None
        if done is None:
            return
        if done.text:
            self.provisions.append(Provision(done.number, done.text))
        else:
            self.note(ReadingFault.EMPTY, done.line, done.number)

    def done(self) -> ReadRegulation:
        """Returns the clauses and issues, including differences from the clauses the application
        knows.
        """
        self._close()
        read = {one.number for one in self.provisions}
        told = {one.number for one in self.faults if one.fault is ReadingFault.LEFT_OUT}
        if self.before:
            first = FoundReadingFault(ReadingFault.BEFORE_FIRST, count=self.before)
            self.faults.insert(0, first)
        if read:
            for number in PARAGRAPHS:
                if number not in read | told:
                    self.note(ReadingFault.NOT_IN_TEXT, 0, number)
            for one in self.provisions:
                items = one.text.count("\n")
                if items != ITEMS.get(one.number, items):
                    differs = FoundReadingFault(
                        ReadingFault.LIST_DIFFERS, number=one.number, count=items
                    )
                    self.faults.append(differs)
                if one.number not in PARAGRAPHS:
                    self.note(ReadingFault.NEW_IN_TEXT, 0, one.number)
        return ReadRegulation(tuple(self.provisions), tuple(self.faults))
