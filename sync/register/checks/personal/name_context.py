"""Contexts that make a name public (street, greeting, office), and detection of surnames alone."""

from __future__ import annotations

import re
from collections.abc import Callable

from sync.register.checks.language import as_russian_keys
from sync.register.checks.morphology import Morphology
from sync.register.checks.personal.known import (
    CASES,
    OF_NAMES,
    WORD,
    FullName,
    Known,
    KnownPeople,
    NameWords,
)
from sync.register.checks.personal.names import NameFound
from sync.register.checks.personal.piece import before

TITLES = (
    r"(?:(?:имени|им\.?|маршал\w*|генерал\w*|адмирал\w*|академик\w*|геро\w*|поэт\w*|писател\w*|космонавт\w*"
    r"|доктор\w*|профессор\w*|брать\w*|сест[её]р|свят\w+|преподобн\w+|княз\w*|композитор\w*|художник\w*"
    r"|певц\w*|л[её]тчик\w*|капитан\w*|партизан\w*|архитектор\w*|революционер\w*|народн\w+|велик\w+|русск\w+|социалистическ\w+"
    r"|командир\w*|солдат\w*|основател\w*|советск\w+|союза|россии|труда|первому|первого|купц\w*|врач\w*)\s+){0,4}"
)
NAMED = r"(?<!\w)(?:имени|им\.)\s*" + TITLES + r"$"
STREETS = (
    r"(?<!\w)(?:улиц\w*|ул\.?|проспект\w*|просп\.|пр-к?т\w*\.?|пр\.|площад\w*|пл\.|переул\w*|пер\.|бульвар\w*"
    r"|б-р\w*|шоссе|набережн\w*|наб\.|проезд\w*|тупик\w*|алле\w*|микрорайон\w*|мкр\w*\.?|парк\w*|сквер\w*"
    r"|музе\w*|театр\w*|библиотек\w*|школ\w*|лице\w*|гимнази\w*|стадион\w*|санатори\w*|двор\w*|храм\w*|церк\w*"
    r"|собор\w*|часовн\w*|галере\w*|филармони\w*|больниц\w*|институт\w*|университет\w*|колледж\w*|училищ\w*"
    r"|станци\w*|останов\w*|аэропорт\w*|усадьб\w*|дом-музе\w*|фестивал\w*|конкурс\w*|преми\w*|турнир\w*|роман\w*"
    r"|повест\w*|стих\w*|книг\w*|картин\w*|портрет\w*|пос[её]л\w*|хутор\w*|тропа|грот\w*|лечебниц\w*|источник\w*"
    r"|дк|кинотеатр\w*|пушкинск\w*|творчеств\w*|песн\w*|день|юбиле\w*|рождени\w*|памят\w*|мост\w*|угол|угл[уа]"
    r"|перекр[её]ст\w*|пересечени\w*|дач\w*)\s*(?:№?\s?\d+\s*)?[«\"]?\s*" + TITLES + r"$"
)
MONUMENTS = (
    r"(?<!\w)(?:памятник\w*|бюст\w*|монумент\w*|мемориал\w*|обелиск\w*|доск\w*|стел\w*|скульптур\w*|статуя"
    r"|цветы|мемориальн\w+)\s*[«\"]?\s*" + TITLES + r"$"
)
AS_NAMED = re.compile(NAMED, re.IGNORECASE)
AS_PLACE = re.compile(STREETS, re.IGNORECASE)
AS_MONUMENT = re.compile(MONUMENTS, re.IGNORECASE)
PLACE_BEHIND = re.compile(
    r"\s+(?:улиц\w*|ул\.|проспект\w*|площад\w*|переул\w*|бульвар\w*|аллея|парк\w*|сквер\w*)",
    re.IGNORECASE,
)
HOUSE_BEHIND = re.compile(
    r"\s*,?\s*(?:(?:д\.|дом\w?|№)\s*)?\d{1,3}(?![\w-]*\d{3})(?!\s*(?:год|лет|раз|числ))",
    re.IGNORECASE,
)
PREPOSITION = re.compile(r"(?:\b(?:на|по|с|от|до|в)|[А-ЯЁ][а-яё]+ск,?|^)\s*$", re.IGNORECASE)
ALONG = re.compile(r"\bпо\s+$", re.IGNORECASE)
AT_PLACE = re.compile(
    r"(?:дом\w*|магазин\w*|аптек\w*|поликлиник\w*|почт\w*|останов\w*|школ\w*|сад\w*|двор\w*|ям\w+|дорог\w*"
    r"|парковк\w*|светофор\w*|переход\w*|тротуар\w*|площадк\w*|рын\w+|банк\w*|кафе|больниц\w*|фонар\w*|люк\w*"
    r"|мусор\w*|контейнер\w*|углу|скамейк\w*|стройк\w*|освещени\w*|свалк\w*)\s+на\s+$",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"(?<!\w)(?:мэр\w{0,2}|губернатор\w{0,2}|президент\w{0,2}|министр\w{0,2}|премьер\S*|депутат\w{0,2}|сенатор\w{0,2}"
    r"|глав(?:а|ы|е|у|ой)(?=\s+(?:наш|город|администрац|края|район|округ|муницип|республик|государств|г\.)))"
    r"(?:\s+(?!от\b)[\w.«»-]+){0,5}?\s+$",
    re.IGNORECASE,
)
OPENING = (
    r"^\W*(?:(?:здравствуйте|добрый\s+(?:день|вечер)|доброе\s+утро|доброго\s+времени\s+суток|приветствую)"
    r"\W+)?"
)
RESPECTED = re.compile(
    OPENING
    + r"(?:(?:много)?уважаем\w+|глубокоуважаем\w+|дорог(?:ой|ая)|господин\w{0,2}|госпожа)\s+"
    r"(?:(?!от\b)[\w.«»-]+\s+){0,7}$",
    re.IGNORECASE,
)
GREETED = re.compile(
    r"^\W*(?:здравствуйте|добрый\s+(?:день|вечер)|доброе\s+утро|приветствую(?:\s+вас)?)[\s,!]*$",
    re.IGNORECASE,
)
ADDRESSED_END = re.compile(r"\s*[!,.:]|\s*$")
GREETED_END = re.compile(r"\s*[!.]")
OPENING_REACH = 160
QUOTES = ("«»", '""', "“”", "„“")


def is_public(text: str, found: NameFound) -> bool:
    """Whether the name belongs to a place, a title, an official, or an official who is greeted."""
    return (
        _is_place(text, found)
        or _is_quoted(text, found)
        or _is_greeted(text, found)
        or OFFICE.search(before(text, found.start, 80)) is not None
    )


def _is_place(text: str, found: NameFound) -> bool:
    said = before(text, found.start, 70)
    if AS_NAMED.search(said):
        return True
    if "datv" in found.cases and AS_MONUMENT.search(said):
        return True
    if "gent" not in found.cases:
        return False
    if AS_PLACE.search(said) or AS_MONUMENT.search(said) or PLACE_BEHIND.match(text, found.end):
        return True
    long_patronymic = len(found.name.patronymic) > 1
    if not long_patronymic and (AT_PLACE.search(said) or _is_along(said, found)):
        return True
    return (
        not long_patronymic
        and PREPOSITION.search(said) is not None
        and HOUSE_BEHIND.match(text, found.end) is not None
    )


def _is_along(said: str, found: NameFound) -> bool:
    """Whether the name follows «по» as a street, as in «По Карла Маркса».

    With a person this preposition requires the dative.
    """
    return "datv" not in found.cases and ALONG.search(said) is not None


def _is_quoted(text: str, found: NameFound) -> bool:
    around = text[max(0, found.start - 1) : found.start] + text[found.end : found.end + 1]
    return around in QUOTES


def _is_greeted(text: str, found: NameFound) -> bool:
    if found.start > OPENING_REACH:
        return False
    said = text[: found.start]
    if RESPECTED.search(said) and ADDRESSED_END.match(text, found.end):
        return True
    return (
        not found.name.surname
        and GREETED.match(said) is not None
        and (
            GREETED_END.match(text, found.end) is not None or text[found.end : found.end + 1] == ","
        )
    )


SHORTEST = 3
LEAST_SHARE = 0.1  # minimum share of the surname among the interpretations
_ADJECTIVE = r"[цс]к(?:ий|ая|ого|ому|им|ом|ой|ую)$"
_LIKE_AN_ADJECTIVE = re.compile(_ADJECTIVE)
# Endings for words not in the dictionary; stricter than those for a word next to a first name.
_LIKE_A_SURNAME = re.compile(
    r"(?:[оеё]в|[иы]н)(?:а|у|ым|е|ой|ою)?$"
    rf"|{_ADJECTIVE}"
    r"|(?:енко|швили|дзе|[яа]н(?:а|у|ом|е)?|(?:чук|юк|ук|вич)(?:а|у|ом|ем|е)?)$"
)
_RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)


class LoneSurnames:
    """Detects surnames without other name parts in short texts. Not thread-safe, like its
    dictionary.
    """

    def __init__(self, morphology: Morphology, known: Known) -> None:
        self._morphology = morphology
        name_words = NameWords(morphology)
        self._people = KnownPeople((*known.names, *known.world_known), morphology, name_words)

    def is_in(self, text: str, is_known: Callable[[str], bool]) -> bool:
        """Whether a word of the text is a surname, but not one of a known place or official.

        ``is_known`` returns whether the directory or the list of places has a word, given in lower
        case. A text in Latin letters is also interpreted in the Russian layout: «gtnhjdf» is
        «петрова».
        """
        texts = [text] if _RUSSIAN.search(text) else [text, as_russian_keys(text)]
        return any(self._has(each, is_known) for each in texts)

    def _has(self, text: str, is_known: Callable[[str], bool]) -> bool:
        words = list(WORD.finditer(text))
        return any(
            self._is_surname(text, word, is_known, is_alone=len(words) == 1) for word in words
        )

    def _is_surname(
        self, text: str, word: re.Match[str], is_known: Callable[[str], bool], *, is_alone: bool
    ) -> bool:
        lower = word[0].lower()
        cases = self._cases(lower, is_alone=is_alone)
        if not cases or is_known(lower) or self._people.has(FullName(word[0])):
            return False
        return not is_public(text, NameFound(FullName(word[0]), word.start(), word.end(), cases))

    def _cases(self, lower: str, *, is_alone: bool) -> frozenset[str]:
        """Returns the cases of the word as a surname; empty if it is unlikely to be one."""
        readings = self._morphology.readings(lower)
        surnames = [one for one in readings if "Surn" in one.tags]
        # «нурмагомедов»: the dictionary has it only as a plural of the first name Нурмагомед
        are_several = all({"Name", "plur"} <= one.tags for one in readings)
        if are_several or not any(one.is_known for one in readings):
            return CASES if len(lower) > SHORTEST and _LIKE_A_SURNAME.search(lower) else frozenset()
        share = sum(one.score for one in surnames if one.is_known)
        if len(lower) < SHORTEST or share < (0 if is_alone else LEAST_SHARE) or not share:
            return frozenset()
        # «мельник» and «белые» are also common words; «троицкая» alone is a person
        is_plain = any("nomn" in one.tags and not one.tags & OF_NAMES for one in readings)
        if is_plain and "Surn" not in readings[0].tags:
            return CASES if is_alone and _LIKE_AN_ADJECTIVE.search(lower) else frozenset()
        return frozenset().union(*(one.tags & CASES for one in surnames))
