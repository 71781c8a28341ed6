"""People and contacts of the directory: public, so no personal data (Regulation 1.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sync.register.checks.morphology import Morphology
from sync.register.checks.personal.name_words import CASES, OF_NAMES, WORD, NameWords, Part

GENDERS = frozenset({"masc", "femn"})
CASES_OF_DIRECTORY = frozenset({"nomn"})
LEAST_STEM = 4
ENDINGS = frozenset({"а", "у", "ом", "ем", "е", "ой", "ы"})  # of «Зуб», whom nobody knows
LONGEST_ENDING = 2


@dataclass(frozen=True, slots=True)
class Known:
    """Full names, phone numbers and e-mail addresses as the directory has them.

    ``world_known`` are people of history and of the stage, known by their surname only: a
    neighbour may share his first name and patronymic with a poet.
    """

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    world_known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FullName:
    """Parts in any case; an initial is one letter, a missing part empty."""

    surname: str = ""
    first: str = ""
    patronymic: str = ""


@dataclass(frozen=True, slots=True)
class _Form:
    """A word for comparison: its small letters, and its normal forms as a name with genders."""

    text: str
    normals: frozenset[tuple[str, str]] = field(default_factory=frozenset)


class KnownPeople:
    """Tells whether a name of a text is one of these people's, whatever its case and shape."""

    def __init__(self, names: Iterable[str], morphology: Morphology, name_words: NameWords) -> None:
        self._morphology = morphology
        people = [
            {
                Part.SURNAME: self._form(name.surname, CASES_OF_DIRECTORY),
                Part.FIRST: self._form(name.first, CASES_OF_DIRECTORY),
                Part.PATRONYMIC: self._form(name.patronymic, CASES_OF_DIRECTORY),
            }
            for name in (_parsed(entered, name_words) for entered in names)
            if name.surname or name.first
        ]
        self._people = people
        # Of a surname only the end changes.
        self._by_surname: dict[str, list[dict[Part, _Form]]] = {}
        for person in people:
            self._by_surname.setdefault(person[Part.SURNAME].text[:1], []).append(person)

    def has(self, name: FullName) -> bool:
        """Whether one of them has every part that the name has."""
        wanted = {
            Part.SURNAME: self._form(name.surname),
            Part.FIRST: self._form(name.first),
            Part.PATRONYMIC: self._form(name.patronymic),
        }
        initial = wanted[Part.SURNAME].text[:1]
        people = self._by_surname.get(initial, ()) if initial else self._people
        return any(
            all(_same(form, person[part]) for part, form in wanted.items() if form.text)
            for person in people
        )

    def _form(self, word: str, cases: frozenset[str] = CASES) -> _Form:
        lower = word.lower().replace("ё", "е")
        if len(lower) < 2:
            return _Form(lower)
        normals = {
            (reading.normal.replace("ё", "е"), gender)
            for reading in self._morphology.readings(word)
            if reading.is_known and reading.tags & OF_NAMES and reading.tags & cases
            for gender in (reading.tags & GENDERS or GENDERS)
        }
        return _Form(lower, frozenset(normals))


def _same(one: _Form, other: _Form) -> bool:
    shorter = min(len(one.text), len(other.text))
    if shorter < 2:
        return shorter == 1 and one.text[0] == other.text[0]
    if one.text == other.text or one.normals & other.normals:
        return True
    if one.text.removeprefix(other.text) in ENDINGS:
        return True
    if one.normals and other.normals:
        return False
    stem = 0
    while stem < shorter and one.text[stem] == other.text[stem]:
        stem += 1
    return stem >= LEAST_STEM and max(len(one.text), len(other.text)) - stem <= LONGEST_ENDING + 1


def _parsed(entered: str, name_words: NameWords) -> FullName:
    """The parts of a name of the directory, whose surname comes first or last, or of initials."""
    words = [match[0] for match in WORD.finditer(entered)][:4]
    initials = [word for word in words if len(word) == 1]
    whole = [word for word in words if len(word) > 1]
    if not whole or initials:
        return FullName(*whole[:1], *initials[:2])
    cases = [name_words.reading(word.lower()).cases for word in whole]
    patronymic = next((at for at in range(1, len(whole)) if Part.PATRONYMIC in cases[at]), None)
    if patronymic is None:
        first = next((at for at in range(len(whole)) if Part.FIRST in cases[at]), len(whole) - 1)
    else:
        first = patronymic - 1
    others = [word for at, word in enumerate(whole) if at not in (first, patronymic)]
    return FullName(
        others[0] if others else "", whole[first], "" if patronymic is None else whole[patronymic]
    )
