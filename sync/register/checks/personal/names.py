"""Detector of personal names in any grammatical case: two or three parts, or surname with
initials.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sync.register.checks.personal.known import CASES, CHILD_OF, FullName, NameWords, Part, Word

BLANKS = " \t\u00a0\n"
INITIALS = r"(?:Дж|[А-ЯЁA-Z])\.(?:[\s-]?[А-ЯЁA-Z](?:\.|(?![\w.])))?"
CAPITAL_SURNAME = r"[А-ЯЁ][а-яёА-ЯЁ]+(?:-[А-ЯЁ][а-яёА-ЯЁ]+)?"
SURNAME_FIRST = re.compile(
    rf"(?<!\w)(?P<surname>{CAPITAL_SURNAME}),?\s{{1,2}}(?P<initials>{INITIALS})(?![а-яёА-ЯЁ]{{2}})"
    rf"|(?<!\w)(?P<surname2>{CAPITAL_SURNAME})\s(?P<initials2>[А-ЯЁ]\s?[А-ЯЁ])(?![\w.])"
)
INITIALS_FIRST = re.compile(
    rf"(?<![\w.])(?P<initials>{INITIALS})\s{{0,2}}(?P<surname>{CAPITAL_SURNAME})(?!\w)"
)
SMALL = re.compile(r"(?<!\w)(?P<surname>[а-яё]{4,})\s(?P<initials>[а-яё]\.\s?[а-яё]\.)(?!\w)")
ABBREVIATIONS = frozenset({"те", "тд", "тк", "тп", "ио", "гр", "др", "нэ", "ип", "рф", "го", "км"})
CAPITAL_ABBREVIATIONS = frozenset(
    {"РФ", "УК", "ЖК", "СК", "ДК", "ЖЭ", "ИП", "КМ", "МВ", "ТЦ", "ДТ", "ТВ", "АЗ", "ЭС"}
)
# Titles, roles and types of places that may be capitalised before a name.
BEFORE_A_NAME = re.compile(
    r"(?:т[её]т|дяд|баб|дед|мам|пап|сосед|врач|доктор|участков|гражда|господ|госпож|товарищ|учител|директор"
    r"|председател|начальник|глав|мэр|депутат|магазин|кафе|отел|салон|санатори|пансионат|аптек|рын|улиц|переул"
    r"|площад|озер|станци|свят|храм|церк|уважаем|дорог|остановк|парк|сквер|клиник|компани|бар|ресторан|геро"
    r"|цар|княз|город|сел|пос[её]л|велик|дом|прошу|спасибо|прекрасн|грозн|перв|втор|комплекс|центр|жител"
    r"|заявител|собственник|пенсионер|ветеран|инвалид|исполнител|водител|продавец|мастер|воспитател|тренер)",
    re.IGNORECASE,
)
CAPITALISED = re.compile(r"\s*[А-ЯЁ][а-яё]")
DOUBLE = re.compile(r"[А-ЯЁ][а-яё]+-[А-ЯЁ]")
LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name in the text; ``cases`` are the cases that its parts have in common, all six for
    initials.
    """

    name: FullName
    start: int
    end: int
    cases: frozenset[str]


def find_names(text: str, name_words: NameWords) -> Iterator[NameFound]:
    """Yields full names and names with initials; a single name part does not identify a person."""
    words = name_words.words(text)
    taken: list[NameFound] = []
    for run in _runs(words, text):
        taken.extend(_with_patronymic(run))
    for run in _runs(words, text):
        taken.extend(found for found in _two_parts(run) if not _overlaps(found, taken))
    by_start = {word.start: word for word in words}
    taken.extend(found for found in _with_initials(text, by_start) if not _overlaps(found, taken))
    yield from taken


def _overlaps(found: NameFound, taken: list[NameFound]) -> bool:
    return any(found.start < other.end and other.start < found.end for other in taken)


def _runs(words: list[Word], text: str) -> Iterator[list[Word]]:
    """Yields sequences of words that are separated only by blanks."""
    run: list[Word] = []
    for word in words:
        if run and text[run[-1].end : word.start].strip(BLANKS):
            yield run
            run = []
        run.append(word)
    yield run


def _with_patronymic(run: list[Word]) -> Iterator[NameFound]:
    free_from = 0
    for place, word in enumerate(run):
        child_of = word.text.lower() in CHILD_OF
        cases = CASES if child_of else word.cases(Part.PATRONYMIC)
        first_place = place - 2 if child_of else place - 1
        if not cases or first_place < free_from:
            continue
        first = run[first_place]
        cases = cases & _first_cases(first, word)
        if not cases:
            continue
        begin, end, surname = first_place, place, None
        before = run[first_place - 1] if first_place > free_from else None
        behind = run[place + 1] if place + 1 < len(run) else None
        if before is not None and _is_surname(before, cases):
            begin, surname = first_place - 1, before
        elif behind is not None and _is_surname(behind, cases):
            end, surname = place + 1, behind
        elif before is not None and _stands_as_surname(before):
            begin, surname = first_place - 1, before
        elif behind is not None and _stands_as_surname(behind):
            end, surname = place + 1, behind
        free_from = end + 1
        name = FullName(
            "" if surname is None else surname.text, first.text, run[first_place + 1].text
        )
        yield NameFound(name, run[begin].start, run[end].end, cases)


def _first_cases(word: Word, patronymic: Word) -> frozenset[str]:
    """Returns the cases of a word as a first name; an unknown word before a patronymic is
    accepted.
    """
    cases = word.cases(Part.FIRST)
    if cases or (not word.is_proper and not patronymic.reading.is_certain):
        return cases
    known = word.reading.cases.get(Part.FIRST, frozenset())
    return known or (frozenset() if word.reading.is_known else CASES)


def _is_surname(word: Word, cases: frozenset[str]) -> bool:
    """Whether a word next to a first name and patronymic is the surname."""
    reading = word.reading
    if reading.cases.get(Part.SURNAME, frozenset()) & cases:
        if reading.is_common and not word.is_proper:
            return False
        return word.is_proper or reading.is_certain or not reading.is_known
    if not word.is_proper or Part.SURNAME in reading.cases:
        return False
    return not reading.is_known or DOUBLE.match(word.text) is not None


def _stands_as_surname(word: Word) -> bool:
    """Whether an ordinary word is used as a surname: «Белый Андрей Петрович»."""
    return (
        word.is_proper
        and bool(word.reading.common_cases)
        and not BEFORE_A_NAME.match(word.text)
        and not word.opens_sentence
        and not word.text.isupper()
    )


def _two_parts(run: list[Word]) -> Iterator[NameFound]:
    place = 0
    while place + 1 < len(run):
        found = _pair(run[place], run[place + 1])
        if found is not None:
            yield found
            place += 1
        place += 1


def _pair(one: Word, other: Word) -> NameFound | None:
    """Returns the name if the words are a first name and a surname, in any order, in the
    same case.
    """
    for first, surname in ((one, other), (other, one)):
        if not _stands_alone(surname, first) or (not first.is_proper and first.reading.is_common):
            continue
        cases = first.cases(Part.FIRST) & _surname_cases(surname, first)
        if cases:
            name = FullName(surname.text, first.text)
            return NameFound(name, one.start, other.end, cases)
    return None


def _surname_cases(word: Word, first: Word) -> frozenset[str]:
    """Returns the cases of a word as a surname; an unknown word is accepted after a certain first
    name.
    """
    cases = word.cases(Part.SURNAME)
    alone = first.is_proper and first.reading.is_certain and not first.reading.is_common
    if cases or not alone or not word.is_proper or word.text.isupper():
        return cases
    if not word.reading.is_known:
        return CASES
    if word.opens_sentence or BEFORE_A_NAME.match(word.text):
        return cases
    return word.reading.common_cases  # «сосед Коваль Георгий»


def _stands_alone(word: Word, first: Word) -> bool:
    """Whether the word is a surname even if the name has no patronymic."""
    if word.reading.is_common:
        certain = first.reading.is_certain and not first.reading.is_common
        return word.is_proper and (certain or not (word.opens_sentence or first.opens_sentence))
    return word.is_proper or (word.reading.is_certain and word.reading.is_known)


def _with_initials(text: str, words: dict[int, Word]) -> Iterator[NameFound]:
    for pattern in (SURNAME_FIRST, INITIALS_FIRST, SMALL):
        for match in pattern.finditer(text):
            key = "" if match["surname"] else "2"
            word = words.get(match.start("surname" + key))
            initials = LETTERS.findall(match["initials" + key])
            behind = pattern is INITIALS_FIRST and len(initials) > 1
            if word is None or not (
                (behind and word.reading.common_cases)
                or _fits_initials(word, "".join(initials), pattern is SMALL)
            ):
                continue
            if word.reading.is_common and CAPITALISED.match(text, match.end()):
                continue  # «Прошу И. И. Иванова»
            if "." not in match[0] and "".join(initials) in CAPITAL_ABBREVIATIONS:
                continue
            cases = word.reading.cases.get(Part.SURNAME, CASES)
            name = FullName(word.text, *initials)
            yield NameFound(name, match.start(), match.end(), cases)


def _fits_initials(word: Word, initials: str, small: bool) -> bool:
    reading = word.reading
    if small:
        return (
            initials not in ABBREVIATIONS
            and reading.is_certain
            and not reading.is_common
            and Part.SURNAME in reading.cases
        )
    if Part.SURNAME in reading.cases:
        return not (reading.is_common and word.opens_sentence and len(initials) == 1)
    if not reading.is_known:
        return True
    return reading.is_common and not word.opens_sentence and len(initials) > 1
