"""Streets, houses and landmarks of the city: import, search while typing, unknown addresses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, order=True)
class HouseRange:
    """Houses from ``first`` to ``last`` inclusive; ``step`` 2 means one side of the street."""

    first: int
    last: int
    step: int = 1

    def has(self, number: int) -> bool:
        return self.first <= number <= self.last and (number - self.first) % self.step == 0

    @property
    def numbers(self) -> range:
        return range(self.first, self.last + 1, self.step)


@dataclass(frozen=True, slots=True)
class Street:
    """Street; ``kind`` is its abbreviated type («ул.»).

    ``ranges`` cover plain house numbers; ``houses`` lists the others, with a letter, slash or
    block.
    """

    kind: str
    name: str
    ranges: tuple[HouseRange, ...] = ()
    houses: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def has_houses(self) -> bool:
        """Whether the list contains houses of this street; otherwise no house counts as unknown."""
        return bool(self.ranges or self.houses)

    def knows(self, house: str) -> bool:
        """Whether the house exists; an existing number with an additional letter is accepted."""
        if house in self.houses:
            return True
        number = _NUMBER.match(house)
        if number is None:
            return False
        is_there = any(each.has(int(number[0])) for each in self.ranges)
        return is_there or (number[0] != house and number[0] in self.houses)

    def houses_from(self, beginning: str, limit: int) -> tuple[str, ...]:
        """Returns the houses whose number starts with ``beginning``, in street order."""
        found = {house for house in self.houses if house.startswith(beginning)}
        found.update(
            str(number)
            for each in self.ranges
            for number in each.numbers
            if str(number).startswith(beginning)
        )
        return tuple(sorted(found, key=house_order)[:limit])


@dataclass(frozen=True, slots=True)
class Landmark:
    """Named location; ``at`` is its address, if it has one."""

    name: str
    at: str = ""

    @property
    def title(self) -> str:
        return f"{self.name} ({self.at})" if self.at else self.name


@dataclass(frozen=True, slots=True)
class PlaceList:
    """Streets and landmarks imported by an administrator, in alphabetical order."""

    streets: tuple[Street, ...] = ()
    landmarks: tuple[Landmark, ...] = ()

    @property
    def house_count(self) -> int:
        return sum(
            len(street.houses) + sum(len(each.numbers) for each in street.ranges)
            for street in self.streets
        )


def house_order(house: str) -> tuple[int, str]:
    """Returns the sort key of a house, first by number, then by text: 7, 7/2, 7а, 12."""
    number = _NUMBER.match(house)
    return (int(number[0]) if number else 0), house


# Each line: canonical form of a street type, then the accepted forms.
_KIND_LINES = """
ул. ул улица улице улицы улицу
пр-т прт пркт просп проспект проспекте проспекта пр
пер. пер переулок переулке переулка
бул. бул бр бульвар бульваре бульвара
пл. пл площадь площади
ш. ш шоссе
пр-д прд проезд проезде проезда
наб. наб набережная набережной
туп. туп тупик тупике тупика
ал. ал аллея аллее аллеи
мкр. мкр мкрн микрорайон микрорайоне микрорайона
кв-л квл квартал квартале квартала
пос. пос поселок поселке поселка
"""
USUAL_KIND = "ул."
KIND_OF = {
    word: forms[0]
    for forms in (line.split() for line in _KIND_LINES.strip().splitlines())
    for word in forms[1:]
}
_SHORTENED = re.compile(r"(?<![а-я])(пр|б|кв|мкр)-(т|кт|р|д|л|н)(?![а-я])")
_WORD = re.compile(r"[а-яa-z0-9]+(?:/[а-яa-z0-9]+)?")
_HOUSE_WORDS = frozenset({"д", "дом", "дома", "доме", "у", "возле", "около"})
_BLOCK_WORDS = frozenset({"к", "корп", "корпус"})
_HOUSE = re.compile(r"\d+[а-я]?(?:/\d+[а-я]?)?")
_PLAIN_NUMBER = re.compile(r"\d+(?:/\d+)?")


def words_of(text: str) -> list[str]:
    """Returns the lower-case words of a location: «пр-т» is one word, other hyphens
    separate words.
    """
    small = text.lower().replace("ё", "е")
    return _WORD.findall(_SHORTENED.sub(r"\1\2", small))


def house_of(words: list[str]) -> str:
    """Returns the house that the words after a street name, such as «14а», «15/2», «7к2»; empty if
    they name none.
    """
    rest = [word for word in words if word not in _HOUSE_WORDS]
    if not rest or not _HOUSE.fullmatch(rest[0]):
        return ""
    house, behind = rest[0], rest[1:]
    is_letter = bool(behind) and len(behind[0]) == 1 and behind[0].isalpha()
    is_block = len(behind) > 1 and behind[0] in _BLOCK_WORDS  # «14 к 2» is not «14к»
    if is_letter and not is_block and _PLAIN_NUMBER.fullmatch(house):
        house, behind = house + behind[0], behind[1:]
    if len(behind) > 1 and behind[0] in _BLOCK_WORDS and behind[1].isdigit():
        house = f"{house}к{behind[1]}"
    return house


def starts_house(words: list[str]) -> bool:
    """Whether the words can be the beginning of a house: no words, «д», or a number first."""
    rest = [word for word in words if word not in _HOUSE_WORDS]
    return not rest or _HOUSE.fullmatch(rest[0]) is not None


SHOWN = 7
_ALIKE = 80.0
_SHORTEST_MISSPELT = 4


class Doubt(StrEnum):
    """Part of a location that the place list does not contain; only a hint, never a rejection."""

    HOUSE = "house"
    STREET = "street"


@dataclass(frozen=True, slots=True)
class PlaceDoubt:
    """House or street that the place list does not contain; ``house`` is empty for a street."""

    doubt: Doubt
    street: str
    house: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    street: Street
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    """Street matched by the first words of the input, and the words after them.

    A lower ``rank`` is a better match.
    """

    street: Street
    rest: tuple[str, ...]
    is_whole: bool
    rank: tuple[bool, bool]


class PlaceBook:
    """Place list prepared for search while typing. Immutable and thread-safe."""

    def __init__(self, places: PlaceList) -> None:
        self._streets = [_Known(each, tuple(words_of(each.name))) for each in places.streets]
        self._titles_with_houses = {each.title for each in places.streets if each.has_houses}
        self._landmarks = [(each, words_of(each.title)) for each in places.landmarks]
        self._by_letter: dict[str, list[_Known]] = defaultdict(list)
        for known in self._streets:
            for letter in {word[0] for word in known.words}:
                self._by_letter[letter].append(known)

    def matches(self, typed: str, limit: int = SHOWN) -> tuple[str, ...]:
        """Returns up to ``limit`` completions of the input, each a complete location.

        Matches word prefixes in any order, with or without the type of street, then the house. If
        nothing matches, a word may be misspelt.
        """
        words = words_of(typed)
        if not [word for word in words if word not in KIND_OF]:
            return ()
        hits = self._hits(words) or self._hits(words, misspelt=True)
        found: list[str] = []
        for hit in hits:
            found += _written(hit, limit)
        found += [mark.title for mark, own in self._landmarks if _all_begin(words, own)]
        return tuple(dict.fromkeys(found))[:limit]

    def wants_house(self, text: str) -> bool:
        """Whether the text is a complete street whose houses are known."""
        return text in self._titles_with_houses

    def doubt(self, text: str) -> PlaceDoubt | None:
        """Returns the part of a location that the list does not contain.

        None if the location is known or the list cannot determine it.
        """
        words = words_of(text)
        if not self._streets or not [word for word in words if word not in KIND_OF]:
            return None
        hits = self._hits(words)
        whole = [hit for hit in hits if hit.is_whole]
        if whole:
            street, house = whole[0].street, house_of(list(whole[0].rest))
            if not house or not street.has_houses or street.knows(house):
                return None
            return PlaceDoubt(Doubt.HOUSE, street.title, house)
        if words[0] in KIND_OF and not hits:
            return PlaceDoubt(Doubt.STREET, text.split(",")[0].strip())
        return None

    def begun(self, text: str) -> str | None:
        """Returns the completion if the text is only the beginning of a street name.

        None if the street is complete, the text is a landmark, or no street matches.
        """
        words = words_of(text)
        if not [word for word in words if word not in KIND_OF]:
            return None
        hits = self._hits(words)
        is_landmark = any(words == own for _mark, own in self._landmarks)
        if not hits or is_landmark or any(hit.is_whole for hit in hits):
            return None
        return next(iter(_written(hits[0], 1)), hits[0].street.title)

    def _hits(self, words: Sequence[str], *, misspelt: bool = False) -> list[_Hit]:
        first = next(word for word in words if word not in KIND_OF)
        known = self._streets if misspelt else self._by_letter.get(first[0], ())
        hits = (_hit(each, words, misspelt) for each in known)
        return sorted((hit for hit in hits if hit is not None), key=lambda hit: hit.rank)


def _hit(known: _Known, words: Sequence[str], misspelt: bool) -> _Hit | None:
    unused = list(known.words)
    is_same_kind = True
    taken = 0
    for word in words:
        own = next((each for each in unused if _begins(word, each, misspelt)), None)
        if own is not None:
            unused.remove(own)
        elif word in KIND_OF:
            is_same_kind = is_same_kind and KIND_OF[word] == known.street.kind
        else:
            break
        taken += 1
    rest = tuple(words[taken:])
    if len(unused) == len(known.words) or not starts_house(list(rest)):
        return None
    is_whole = not unused and set(known.words) <= set(words)
    return _Hit(known.street, rest, is_whole, (not is_same_kind, not is_whole))


def _begins(typed: str, word: str, misspelt: bool) -> bool:
    """Whether a typed word matches a word of a name: a number must be equal, letters are a
    prefix.
    """
    if typed.isdigit() or word.isdigit():
        return typed == word
    if word.startswith(typed):
        return True
    if not misspelt or len(typed) < _SHORTEST_MISSPELT:
        return False
    return fuzz.ratio(typed, word[: len(typed)]) >= _ALIKE or fuzz.ratio(typed, word) >= _ALIKE


def _written(hit: _Hit, limit: int) -> Iterable[str]:
    house = house_of(list(hit.rest))
    if not house:
        return [hit.street.title]
    return [f"{hit.street.title}, д. {each}" for each in hit.street.houses_from(house, limit)]


def _all_begin(typed: Sequence[str], own: Sequence[str]) -> bool:
    return all(any(_begins(word, each, False) for each in own) for word in typed)


MOST_HOUSES = 2000  # in one range; a larger one is a typing error
_PARTS = re.compile(r"[^,;]+")
_RANGE = re.compile(r"(\d+)\s*[-–—]\s*(\d+)(?:\s+(чет|нечет)[а-я]*\.?)?")
_HOUSE_WITH_BUILDING = re.compile(r"\d+[а-я]?(?:/\d+[а-я]?)?(?:к\d+)?")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Row of the imported table; ``line`` is its line number in the file, counted from 1."""

    line: int
    street: str
    houses: str
    landmark: str


class RowFault(StrEnum):
    """Error in a row of the imported table."""

    EMPTY = "empty"
    """The row has neither a street nor a landmark."""
    NO_NAME = "no_name"
    """The street has only a type («ул.») and no name."""
    HOUSE_WITHOUT_STREET = "house_without_street"
    NO_HOUSE = "no_house"
    """Neither a house nor a range of houses."""
    BACKWARDS = "backwards"
    """The range of houses ends before its start."""
    OTHER_SIDE = "other_side"
    """A range of even houses starts with an odd one, or vice versa."""
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Rejected row of the table; ``text`` is the invalid part."""

    line: int
    fault: RowFault
    text: str = ""


@dataclass
class _Begun:
    kind: str
    name: str
    ranges: set[HouseRange]
    houses: set[str]


def read_rows(rows: Iterable[PlaceRow]) -> PlaceList | tuple[RowProblem, ...]:
    """Returns the place list of all rows, or the errors of all rows; rows of one street are
    merged.
    """
    streets: dict[tuple[str, ...], _Begun] = {}
    landmarks: dict[str, Landmark] = {}
    problems: list[RowProblem] = []
    for row in rows:
        try:
            _take(row, streets, landmarks)
        except _Wrong as wrong:
            problems.append(RowProblem(row.line, wrong.fault, wrong.text))
    if problems:
        return tuple(problems)
    return PlaceList(
        tuple(
            Street(each.kind, each.name, tuple(sorted(each.ranges)), frozenset(each.houses))
            for each in sorted(streets.values(), key=lambda each: (each.name.lower(), each.kind))
        ),
        tuple(sorted(landmarks.values(), key=lambda each: each.name.lower())),
    )


class _Wrong(Exception):
    """Raised to reject a row."""

    def __init__(self, fault: RowFault, text: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.text = text


def _take(
    row: PlaceRow, streets: dict[tuple[str, ...], _Begun], landmarks: dict[str, Landmark]
) -> None:
    street, houses, landmark = (
        " ".join(cell.split()) for cell in (row.street, row.houses, row.landmark)
    )
    if not street and not landmark:
        raise _Wrong(RowFault.HOUSE_WITHOUT_STREET if houses else RowFault.EMPTY, houses)
    if not street and houses:
        raise _Wrong(RowFault.HOUSE_WITHOUT_STREET, houses)
    kind, name = street_of(street) if street else ("", "")
    if street and not name:
        raise _Wrong(RowFault.NO_NAME, street)
    ranges, single = _houses(houses)
    if street:
        key = (kind, *words_of(name))
        begun = streets.setdefault(key, _Begun(kind, name, set(), set()))
        begun.ranges |= ranges
        begun.houses |= single
    if landmark:
        at = f"{kind} {name}" if street else ""
        if at and houses:
            at = f"{at}, д. {houses}"
        landmarks[" ".join(words_of(landmark))] = Landmark(landmark, at)


def street_of(text: str) -> tuple[str, str]:
    """Returns the abbreviated street type and the name of a street; the default type is «ул.»."""
    words = text.split()
    for place in (0, -1):
        kind = KIND_OF.get("".join(words_of(words[place])))
        if kind is not None:
            del words[place]
            return kind, " ".join(words)
    return USUAL_KIND, " ".join(words)


def _houses(text: str) -> tuple[set[HouseRange], set[str]]:
    ranges: set[HouseRange] = set()
    single: set[str] = set()
    small = text.lower().replace("ё", "е")
    for part in (match[0].strip() for match in _PARTS.finditer(small)):
        if not part:
            continue
        found = _RANGE.fullmatch(part)
        if found is not None:
            ranges.add(_range(part, int(found[1]), int(found[2]), found[3]))
        elif part.isdigit():
            ranges.add(HouseRange(int(part), int(part)))
        elif _HOUSE_WITH_BUILDING.fullmatch(part):
            single.add(part)
        else:
            raise _Wrong(RowFault.NO_HOUSE, part)
    return ranges, single


def _range(text: str, first: int, last: int, side: str | None) -> HouseRange:
    if last < first:
        raise _Wrong(RowFault.BACKWARDS, text)
    if last - first > MOST_HOUSES:
        raise _Wrong(RowFault.TOO_LONG, text)
    if side is None:
        return HouseRange(first, last)
    if first % 2 != (side == "нечет"):
        raise _Wrong(RowFault.OTHER_SIDE, text)
    return HouseRange(first, last - (last - first) % 2, 2)
