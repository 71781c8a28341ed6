"""Names of persons: mentions in free text, masked surnames, and declension for letters."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from sync.register.people.persons import PersonQuery
from sync.register.people.values import PersonName

NATIONAL_DIGITS, LOCAL_DIGITS = 10, 7
MOST_DIGITS = 8
_APART = r"[\s().\-\u2010-\u2015]*"
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_STEM = 3
_ENDING = 2  # number of final letters that change with the case: Пробова, Пробовой
_LONGER = 2


def mentions(text: str, query: PersonQuery, numbers: Iterable[str] = ()) -> bool:
    """Whether the text has the phone number, e-mail address, surname or one of these numbers.

    A phone number may be written with or without its code and with any separators, a surname in any
    case and with an initial. A surname with another given name belongs to another person.
    """
    return (
        any(number in text for number in numbers if number)
        or bool(query.email and query.email.casefold() in text.casefold())
        or bool(query.phone and _has_phone(text, query.phone))
        or bool(query.name and query.name.surname and _has_name(text, query.name))
    )


def is_begun(typed: str, phone: str) -> bool:
    """Whether the input has most of this phone number (E.164), from its start.

    Fewer digits could still become the number of many other people.
    """
    digits = re.sub(r"\D", "", typed)
    wanted = phone.removeprefix("+")
    if wanted.startswith("7"):
        wanted = wanted[-NATIONAL_DIGITS:]
        if digits[:1] in ("7", "8"):
            digits = digits[1:]
    return len(digits) >= MOST_DIGITS and wanted.startswith(digits)


def _has_phone(text: str, phone: str) -> bool:
    digits = phone.removeprefix("+")
    if digits.startswith("7"):
        digits = digits[-NATIONAL_DIGITS:]
    if re.search(_spread(digits) + r"(?!\d)", text):
        return True
    return any(
        not text[: found.start()].rstrip(" \t().-\u2010\u2011\u2012\u2013\u2014")[-1:].isdigit()
        for found in re.finditer(_spread(digits[-LOCAL_DIGITS:]) + r"(?!\d)", text)
    )


def _spread(digits: str) -> str:
    return _APART.join(digits)


def _has_name(text: str, name: PersonName) -> bool:
    words = list(_WORD.finditer(text))
    for place, word in enumerate(words):
        if not _is_form(word.group(), name.surname):
            continue
        following = words[place + 1] if place + 1 < len(words) else None
        if following is None or not name.given_name:
            return True
        between = text[word.end() : following.start()]
        is_name = following.group()[0].isupper() and not between.strip(" ")
        if not is_name or _folded(following.group())[0] == _folded(name.given_name)[0]:
            return True
    return False


def _is_form(word: str, name: str) -> bool:
    """Whether the word may be the name in one of its cases."""
    stem, longest = stem_of_name(name)
    whole = _folded(word)
    return whole.startswith(stem) and len(whole) <= longest


def stem_of_name(name: str) -> tuple[str, int]:
    """Returns the stem of a surname in all its cases, and the maximum number of letters."""
    # A double surname is matched by its first part, because a word ends at the hyphen.
    found = _WORD.search(name)
    own = _folded(found.group() if found else name)
    return own[: max(_SHORTEST_STEM, len(own) - _ENDING)], len(own) + _LONGER


def words_of(text: str) -> tuple[str, ...]:
    """Returns the words of the text, folded as in ``stem_of_name``."""
    return tuple(_folded(found.group()) for found in _WORD.finditer(text))


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


@dataclass(frozen=True, slots=True)
class MaskedName:
    """A masked surname: a word matches if its first ``letters`` letters have the digest.

    ``longest`` is the maximum length of the word. ``salt`` is unique per name.
    """

    salt: str
    letters: int
    longest: int
    digest: str


def masked(surname: str, salt: str) -> MaskedName:
    """Masks a surname by the digest of its stem."""
    stem, longest = stem_of_name(surname)
    return MaskedName(salt, len(stem), longest, _digest(stem, salt))


def is_in(text: str, name: MaskedName) -> bool:
    """Whether the surname occurs in the text in one of its cases."""
    return any(
        len(word) <= name.longest and _digest(word[: name.letters], name.salt) == name.digest
        for word in words_of(text)
    )


def _digest(letters: str, salt: str) -> str:
    return hashlib.sha256(f"{salt} {letters}".encode()).hexdigest()


_MALE_PATRONYMIC = re.compile(r"(?:ич|оглы|оглу|улы|уулу)$", re.I)
_FEMALE_PATRONYMIC = re.compile(r"(?:вна|чна|шна|кызы|гызы|кизи)$", re.I)
# «Бокий» is a noun, «Достоевский» an adjective: the library treats every -ий as an adjective.
_NOUN_IN_IY = re.compile(r"^(?:кий|бокий|топий|вий|змий|гений|палий)$", re.I)
# For surnames that are nouns the library drops no vowel, or adds an incorrect ending.
_IN_ETS = re.compile(
    r"(?<=[аеёиоуыэюя])[бвгджзкмнпрстфхчшщ](?=ец$)|(?<=[аеёиоуыэюя])л(?=ец$)", re.I
)
_KEEPS_VOWEL = re.compile(r"[бвгджзклмнпрстфхчшщ]{2}ец$")
_NO_FLEETING = frozenset({"перец"})
_FLEETING_LINES = """
зайц заяц; орл орел; козл козел; осл осел; котл котел; щегл щегол; дятл дятел; узл узел
угл угол; посл посол; хохл хохол; бобр бобер; ковр ковер; костр костер; ветр ветер; осетр осетр
шатр шатер; бубн бубен; овн овен; песк песок; носк носок; цветк цветок; бычк бычок; волчк волчок
жучк жучок; сучк сучок; рожк рожок; мешк мешок; горшк горшок; кружк кружок; платк платок
ростк росток; листк листок; молотк молоток; чулк чулок; замк замок; венк венок; куск кусок
голоск голосок; пирожк пирожок; петушк петушок; казачк казачок; дружк дружок; грибк грибок
дубк дубок; щенк щенок; рынк рынок; паучк паучок; стручк стручок; клубк клубок; подарк подарок
коньк конек; зверьк зверек; кульк кулек; пеньк пенек; хорьк хорек; огоньк огонек; угольк уголек
орешк орешек; кошельк кошелек; лапотк лапоток; гребешк гребешок; корешк корешок; черенк черенок
"""
_SOFT_FLEETING_LINES = """
соловь соловей; воробь воробей; муравь муравей; ручь ручей; уль улей; репь репей; камн камень
ремн ремень; корн корень; пн пень; дн день; перстн перстень; кремн кремень; ливн ливень
плетн плетень; гребн гребень; шершн шершень; студн студень; слепн слепень; парн парень
баловн баловень; оборотн оборотень; огн огонь
"""


def _datives(lines: str, ending: str) -> dict[str, str]:
    pairs = (pair.split() for line in lines.splitlines() for pair in line.split(";") if pair)
    return {noun: stem + ending for stem, noun in pairs}


_NOUN_DATIVES = _datives(_FLEETING_LINES, "у") | _datives(_SOFT_FLEETING_LINES, "ю")
# «Весна», «Сосна», unlike «Фомина»: not the feminine form of a masculine surname.
_NOUN_IN_NA = re.compile(r"[^иы]на$", re.I)
# In «Магомед-Эмин», «Шейх-Мансур» and «Жан-Жак» only the last part is declined.
_WHOLE_PART = re.compile(r"[бвгджзйклмнпрстфхцчшщ]$", re.I)
_CHURCH_NAME = re.compile(r"ия$", re.I)
# A woman's name in -ь is declined like «Любовь», except French names.
_SOFT_NAME = re.compile(r"(?<!мишел)(?<!никол)(?<!рашел)(?<!эстел)ь$", re.I)


class Sex(StrEnum):
    """Sex of a person; not guessed if the name does not show it."""

    MALE = "male"
    FEMALE = "female"


_DEAR = {Sex.MALE: "Уважаемый", Sex.FEMALE: "Уважаемая"}
_GENDERS = {Sex.MALE: Gender.MALE, Sex.FEMALE: Gender.FEMALE}


@dataclass(frozen=True, slots=True)
class LetterName:
    """A name for a letter; ``dative`` is surname, name and patronymic, ``greeting`` a full line.

    ``called`` is name and patronymic, empty without a name.
    """

    dative: str
    greeting: str
    sex: Sex | None
    called: str


class Declension:
    """Declines names. Loading the rules is slow, so create it once. Thread-safe."""

    def __init__(self) -> None:
        self._maker = PetrovichDeclinationMaker()
        self._detector = PetrovichGenderDetector()

    def letter_name(self, name: PersonName, sex: Sex | None = None) -> LetterName:
        """Returns the forms of a name for a letter; without ``sex`` it is derived from the name."""
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
        if part is NamePart.LASTNAME:
            return self._surname(text, sex)
        if part is NamePart.FIRSTNAME:
            return " ".join(self._given_name(each, sex) for each in text.split())
        return self._made(part, text, sex)

    def _surname(self, text: str, sex: Sex) -> str:
        if sex is Sex.MALE and _NOUN_IN_IY.match(text):
            return text[:-1] + "ю"
        halves = text.split("-")
        if len(halves) > 1 and any(_noun_dative(half, sex) for half in halves):
            return "-".join(self._declined(NamePart.LASTNAME, half, sex) for half in halves)
        return _noun_dative(text, sex) or self._made(NamePart.LASTNAME, text, sex)

    def _given_name(self, text: str, sex: Sex) -> str:
        first, hyphen, last = text.rpartition("-")
        if first:
            whole = first if _WHOLE_PART.search(first) else self._given_name(first, sex)
            return whole + hyphen + self._given_name(last, sex)
        if sex is Sex.MALE and _CHURCH_NAME.search(text):
            return text[:-1] + "и"
        if sex is Sex.FEMALE and _SOFT_NAME.search(text):
            return text[:-1] + "и"
        return self._made(NamePart.FIRSTNAME, text, sex)

    def _made(self, part: NamePart, text: str, sex: Sex) -> str:
        return str(self._maker.make(part, _GENDERS[sex], Case.DATIVE, text))


def _noun_dative(surname: str, sex: Sex) -> str | None:
    """Returns the dative of a surname that is a noun, if the library would get it wrong."""
    if sex is Sex.FEMALE:
        return surname[:-1] + "е" if _NOUN_IN_NA.search(surname) else None
    plain = surname.lower().replace("ё", "е")
    dative = _NOUN_DATIVES.get(plain)
    if dative is None and _KEEPS_VOWEL.search(plain):
        return surname + "у"
    if dative is None and plain not in _NO_FLEETING:
        before = _IN_ETS.search(plain)
        if before is not None:
            soft = "ь" if before[0] == "л" else ""
            dative = f"{plain[: before.end()]}{soft}цу"
    if dative is None:
        return None
    return surname[0] + dative[1:] if surname[0].isupper() else dative


def _greeting(called: str, sex: Sex | None) -> str:
    """Returns «Уважаемая Анна Петровна!»; neutral text if the sex or the name is unknown."""
    if not called:
        return "Здравствуйте!"
    if sex is None:
        return f"Здравствуйте, {called}!"
    return f"{_DEAR[sex]} {called}!"


def _capitalised(text: str) -> str:
    """Capitalises each word; only text typed in a single case is changed."""
    words = " ".join(text.split())
    if words not in (words.lower(), words.upper()) or len(words) < 2:
        return words
    return re.sub(r"[^\s-]+", lambda word: word[0][:1].upper() + word[0][1:].lower(), words)


def _patronymic(text: str) -> str:
    """Capitalises a patronymic; «оглы» and «кызы» remain in lower case."""
    words = [_capitalised(word) for word in text.split()]
    small = [word.lower() if re.fullmatch(r"огл[ыу]|[кг]ызы|улы|уулу", word, re.I) else word
             for word in words[1:]]  # fmt: skip
    return " ".join([*words[:1], *small])
