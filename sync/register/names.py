"""Names of people in letters: the dative for «кому», the nominative in the greeting.

Rules of declension are pytrovich's. Foreign names that Russian does not decline stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from sync.register.values import PersonName

_MALE_PATRONYMIC = re.compile(r"(?:вич|[кнм]ич|оглы|оглу|улы|уулу)$", re.I)
_FEMALE_PATRONYMIC = re.compile(r"(?:вна|чна|шна|кызы|гызы|кизи)$", re.I)
# «Бокий» is a noun, «Достоевский» an adjective: the rules take every -ий for an adjective's.
_NOUN_IN_IY = re.compile(r"^(?:кий|бокий|топий|вий|змий|гений|палий)$", re.I)
# The rules drop no vowel of it.
_FLEETING = re.compile(r"^заяц$", re.I)
# A woman's name in -ь is declined as «Любовь», save the French ones.
_SOFT_NAME = re.compile(r"(?<!мишел)(?<!никол)(?<!рашел)(?<!эстел)ь$", re.I)


class Sex(StrEnum):
    """Of a person; nothing is guessed where the name does not tell."""

    MALE = "male"
    FEMALE = "female"


_DEAR = {Sex.MALE: "Уважаемый", Sex.FEMALE: "Уважаемая"}
_GENDERS = {Sex.MALE: Gender.MALE, Sex.FEMALE: Gender.FEMALE}


@dataclass(frozen=True, slots=True)
class LetterName:
    """``dative`` is surname, name and patronymic; ``greeting`` is a whole line.

    ``called`` is name and patronymic, empty without a name.
    """

    dative: str
    greeting: str
    sex: Sex | None
    called: str


class Declension:
    """Declines names; made once, since its rules take a moment to read. Any thread."""

    def __init__(self) -> None:
        self._maker = PetrovichDeclinationMaker()
        self._detector = PetrovichGenderDetector()

    def letter_name(self, name: PersonName, sex: Sex | None = None) -> LetterName:
        """The name as a letter needs it; the sex is read from the name where it is not given."""
        clean = PersonName(
            _capitalised(name.surname), _capitalised(name.given_name), _patronymic(name.patronymic)
        )
        known = sex or self._sex_of(clean)
        called = clean.called
        return LetterName(self._dative(clean, known), _greeting(called, known), known, called)

    def _sex_of(self, name: PersonName) -> Sex | None:
        if _MALE_PATRONYMIC.search(name.patronymic):
            return Sex.MALE
        if _FEMALE_PATRONYMIC.search(name.patronymic):
            return Sex.FEMALE
        parts = {"firstname": name.given_name} if name.given_name else {"lastname": name.surname}
        if not any(parts.values()):
            return None
        found = self._detector.detect(**parts)  # type: ignore[no-untyped-call]  # has no types
        return {Gender.MALE: Sex.MALE, Gender.FEMALE: Sex.FEMALE}.get(found)

    def _dative(self, name: PersonName, sex: Sex | None) -> str:
        parts = (
            (NamePart.LASTNAME, name.surname),
            (NamePart.FIRSTNAME, name.given_name),
            (NamePart.MIDDLENAME, name.patronymic),
        )
        return " ".join(self._declined(part, text, sex) for part, text in parts if text)

    def _declined(self, part: NamePart, text: str, sex: Sex | None) -> str:
        if sex is None or not re.fullmatch(r"[А-Яа-яЁё' -]+", text):
            return text
        if part is NamePart.LASTNAME and sex is Sex.MALE and _NOUN_IN_IY.match(text):
            return text[:-1] + "ю"
        if part is NamePart.LASTNAME and sex is Sex.MALE and _FLEETING.match(text):
            return text[:-2] + "йцу"
        if part is NamePart.FIRSTNAME and sex is Sex.FEMALE and _SOFT_NAME.search(text):
            return text[:-1] + "и"
        return str(self._maker.make(part, _GENDERS[sex], Case.DATIVE, text))


def _greeting(called: str, sex: Sex | None) -> str:
    """«Уважаемая Анна Петровна!»; where the sex or the name is unknown, words that fit all."""
    if not called:
        return "Здравствуйте!"
    if sex is None:
        return f"Здравствуйте, {called}!"
    return f"{_DEAR[sex]} {called}!"


def _capitalised(text: str) -> str:
    """Words with a capital each; only what was typed all in one case is touched."""
    words = " ".join(text.split())
    if words not in (words.lower(), words.upper()) or len(words) < 2:
        return words
    return re.sub(r"[^\s-]+", lambda word: word[0][:1].upper() + word[0][1:].lower(), words)


def _patronymic(text: str) -> str:
    """The words оглы and кызы stay small."""
    words = [_capitalised(word) for word in text.split()]
    small = [word.lower() if re.fullmatch(r"огл[ыу]|[кг]ызы|улы|уулу", word, re.I) else word
             for word in words[1:]]  # fmt: skip
    return " ".join([*words[:1], *small])
