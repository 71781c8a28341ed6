"""The Regulation: paragraph numbers, imported editions, and parsing of an edition's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

_LAST = {1: 3, 2: 7, 3: 3, 4: 2, 5: 5, 6: 12, 7: 12, 8: 3, 9: 11, 10: 6, 12: 4}
"""The last paragraph of each section that has any; section 11 is a paragraph of its own."""

PARAGRAPHS: tuple[str, ...] = tuple(
    number
    for section in range(1, 13)
    for number in (
        [f"{section}.{place}" for place in range(1, _LAST[section] + 1)]
        if section in _LAST
        else [str(section)]
    )
)
"""All of them in their order: «1.1» to «12.4»."""

ITEMS = {"6.3": 11}
"""The last item of the lists whose items have numbers here; 0 is what stands before the list."""

_KNOWN = frozenset(PARAGRAPHS)
# A date has a zero before a small number, or a point and a year behind: neither is a paragraph.
_NAMED = re.compile(r"(?<![\d.,:/-])(\d{1,2}\.\d{1,2}(?:-\d{1,2})?)(?![\d:]|\.\d)")
_SPAN = re.compile(r"(\d{1,2})\.(\d{1,2})\s*[\u2013\u2014-]\s*(\d{1,2})\.(\d{1,2})")


def paragraph_of(number: str) -> str:
    """The paragraph of a number that may name an item of its list: «6.3-1» is of «6.3»."""
    return number.partition("-")[0]


def is_paragraph(number: str) -> bool:
    """Whether the Regulation has a paragraph of this number."""
    return number in _KNOWN


def is_named(number: str) -> bool:
    """Whether the number is that of a paragraph, or of an item of a list in one."""
    paragraph, _, item = number.partition("-")
    if not item:
        return paragraph in _KNOWN
    return item.isdecimal() and int(item) <= ITEMS.get(paragraph, -1)


def order_of(number: str) -> tuple[int, int]:
    """Where a paragraph stands among others: by section, then by paragraph."""
    section, _, paragraph = paragraph_of(number).partition(".")
    return int(section), int(paragraph or 0)


def in_order(numbers: Iterable[str]) -> tuple[str, ...]:
    """Those that there are, each once, as they were named."""
    return tuple(dict.fromkeys(filter(is_named, numbers)))


def numbers_in(text: str) -> tuple[str, ...]:
    """The paragraphs that words on the screen name, «(3.1\u20133.3)» as three; no dates."""
    spelled_out = _SPAN.sub(_spell_out, text)
    return in_order(found[1] for found in _NAMED.finditer(spelled_out))


def _spell_out(span: re.Match[str]) -> str:
    section, first, last_section, last = map(int, span.groups())
    if section != last_section or first > last:
        return span[0]
    return ", ".join(f"{section}.{place}" for place in range(first, last + 1))


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


_PARAGRAPH = re.compile(r"(\d{1,2})\.(\d{1,2})(?!\d|\.\d)(\.?+)\s*")
_SECTION = re.compile(r"(?:раздел\s+)?(\d{1,2})\.(?!\d)\s*", re.IGNORECASE)
_APPENDIX = re.compile(r"приложени[ея](?:\s*(?:№|n)?\s*\d+)?(?:\s+к\s.*)?[.:]?", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0]+")
_EMPTY_LINES = re.compile(r"\n{2,}")
_FURTHEST = 5
"""How many numbers may be left out, as of paragraphs that hold no more, and it is still a list."""


class ReadingFault(StrEnum):
    """What was not understood, or is not as it is expected to be."""

    BEFORE_FIRST = "before_first"
    """Lines before the first section: they belong to no paragraph and are left out."""
    LEFT_OUT = "left_out"
    """A number that the text skips."""
    OUT_OF_ORDER = "out_of_order"
    """A line begins with a number that does not follow: it was read as text of the one before."""
    EMPTY = "empty"
    """A number without a text."""
    APPENDIX = "appendix"
    """From this line on there are appendices, which are left out."""
    LIST_DIFFERS = "list_differs"
    """A list whose lines the program has as grounds by their order has another length."""
    NOT_IN_TEXT = "not_in_text"
    """The program names this paragraph, and the text has it not."""
    NEW_IN_TEXT = "new_in_text"
    """The text has this paragraph, and the program names it nowhere."""


@dataclass(frozen=True, slots=True)
class FoundReadingFault:
    """``line`` counts from 1, 0 for none; ``number`` is the paragraph it is about."""

    fault: ReadingFault
    line: int = 0
    number: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class ReadRegulation:
    """The paragraphs in their order; nothing was read where there are none."""

    provisions: tuple[Provision, ...]
    faults: tuple[FoundReadingFault, ...]


def read_regulation(text: str) -> ReadRegulation:
    """Part a text into paragraphs by the numbers that its lines begin with.

    A number counts where it follows the one before it; a date or a reference at the beginning of
    a line stays in its paragraph.
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
    """For each line the section of the first number of a paragraph on it or below it.

    Found once from below: a text of lists alone would be looked through at each of its items.
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
    """A paragraph, or the head of a section, that lines are added to, each in its pieces."""

    number: str
    line: int
    lines: list[list[str]] = field(default_factory=list)

    def add(self, line: str) -> None:
        """Add a line; one that was only broken off goes on in the line before it."""
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
        """Whether the number goes on from where the reading is; a few may be left out.

        Without a point behind it, and with a small letter next, it is a reference.
        """
        section, paragraph = int(found[1]), int(found[2])
        if not found[3] and line[found.end() :][:1].islower():
            return False
        if section == self.section:
            return self.paragraph < paragraph <= self.paragraph + _FURTHEST
        return self.section < section <= self.section + _FURTHEST and paragraph <= _FURTHEST

    def _is_section(self, section: int, place: int) -> bool:
        """Whether a head of a section stands here, and no item of a list in a paragraph."""
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
            self.open = None  # no more than the title of a section that has paragraphs
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
        """What was read, with what the program and the text do not have in common."""
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
