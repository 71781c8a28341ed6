"""Words of a text as parts of a Russian name in any grammatical case; comparison with known
persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from sync.register.checks.morphology import Morphology, Reading

WORD = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")
PATRONYMIC = re.compile(
    r"(?:ович|евич|ьич|[кмт]ич)(?:а|у|ем|ом|е)?$|(?:овн|евн|ичн)(?:а|ы|е|у|ой|ою)$"
)
# Azerbaijani and Turkic patronymics have two words: «Гусейн оглы», «Рашид кызы».
CHILD_OF = frozenset({"оглы", "оглу", "кызы", "гызы", "кизи", "улы", "уулу"})
SURNAME = re.compile(
    r"(?:[оеё]в|[иы]н)(?:а|у|ым|е|ой|ою|ы|ых|ыми)?$"
    r"|[цс]к(?:ий|ая|ого|ому|им|ом|ой|ую|ие|их)$"
    r"|[яа]н(?:а|у|ом|ем|е|ы|ов)?$"
    r"|(?:дзе|швили|дзия|уа|иа|ия|ко|ых|их|аго|ово)$"
    r"|(?:чук|юк|як|ук|ец|ич|ер|ль|рь|ай|ей|ой|ба|ло|ь)(?:а|у|ом|ем|е|я|ю)?$"
)
# First names of the Caucasus that the dictionary lacks.
MORE_FIRST_NAMES = re.compile(
    r"(?:залим|хизир|хызыр|марем|ахья|исмаил|магомет|мухаммат|мухамед|солтан|расул|казбек|хасан|аслан"
    r"|тимирлан|темирлан|салават|науруз|ануар|анзор|артик|хаджи-?мурат|магомед\w*|заур|алибек|кемал"
    r"|азрет|шарап\w*|аскер\w*|муталиб|ильяс|идрис|джамал|динислам|алим|руслан|биаслан|беслан|мадин"
    r"|асият|зулиф\w*|халимат|зурият|фатимат|аминат|айшат|халисат|байдымат|марьям|зарема|асят)"
    r"(?:а|у|ом|ем|е|ы|ой)?$"
)
# Stems of common first names, for texts in lower case.
FIRST_NAME = re.compile(
    r"(?:александр|алексе|анатол|андре|антон|арка|арсен|артем|артём|артур|аслан|борис|вадим|вале[нр]|васил"
    r"|виктор|витал|владимир|владислав|вячеслав|генна|георг|глеб|григор|данил|денис|дмитр|евген|егор|захар"
    r"|иван|игор|иль|кирил|констант|леонид|магомед|макс|марат|марк|михаил|мурат|никит|никола|олег|павел|павл"
    r"|п[её]тр|роман|рустам|руслан|серге|станислав|степан|тимофе|тимур|фед|фёд|шамил|эдуард|юри|яков|ярослав"
    r"|анн|антонин|валенти|вер|виолет|галин|дарь|диан|евдоки|екатерин|елен|елизавет|жанн|зин|зо|инн|ирин|карин"
    r"|кристин|ксени|ларис|лиди|лили|любов|людмил|маргарит|марин|мари|надежд|наталь|натали|нин|оксан|ольг|полин"
    r"|раис|светлан|соф|тамар|татьян|фатим|эл[ьл]|юли|яна|яны|саш|маш|лен|свет|таня|таню|тани|кат|наташ|дим|серёж"
    r"|сереж|кол|вов|лёш|миш|паш|ваня|ваню|вани)\w{0,4}$"
)
# «Елене Цой», «Анну Мельник»: a woman's surname with a masculine ending is not declined.
UNDECLINED_OF_A_WOMAN = re.compile(r"(?:[бгджзклмпрстфхцчшщйь]|[^оеё]в|[^иы]н)$")
CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
OF_NAMES = frozenset({"Name", "Patr", "Surn"})
NO_COMMON_WORD = OF_NAMES | {"Geox", "Orgn", "Trad", "Poss"}
LEAST_SCORE = 0.02


class Part(Enum):
    """Part of a full name; the values are OpenCorpora tags."""

    FIRST = "Name"
    PATRONYMIC = "Patr"
    SURNAME = "Surn"


@dataclass(frozen=True, slots=True)
class NameReading:
    """Possible roles of a word form in a name; ``cases`` are its grammatical cases by name part."""

    cases: Mapping[Part, frozenset[str]]
    is_common: bool
    """Whether the dictionary also has the form as a common word."""
    is_certain: bool
    """Whether the form is primarily a name and therefore counts as one in lower case too."""
    is_known: bool
    common_cases: frozenset[str] = frozenset()
    """Grammatical cases of the form as an ordinary noun or adjective."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text with its interpretation; ``is_proper`` if it is capitalised like a
    name.
    """

    text: str
    start: int
    end: int
    reading: NameReading
    is_proper: bool
    opens_sentence: bool

    def cases(self, part: Part) -> frozenset[str]:
        """Returns the cases of the word as this name part; empty if it cannot be this part."""
        if self.is_proper or self.reading.is_certain:
            return self.reading.cases.get(part, frozenset())
        return frozenset()


NOTHING = NameReading({}, is_common=True, is_certain=False, is_known=True)
SENTENCE_OPENERS = ".!?;\n…"
SHOUTED_SHARE = 0.7


class NameWords:
    """Interprets the words of a text as parts of names."""

    def __init__(self, morphology: Morphology) -> None:
        self._morphology = morphology

    def words(self, text: str) -> list[Word]:
        """Returns the words of a text in order; only possible name parts are looked up in the
        dictionary.
        """
        letters = [letter for letter in text if letter.isalpha()]
        shouted = sum(map(str.isupper, letters)) > SHOUTED_SHARE * len(letters)
        matches = list(WORD.finditer(text))
        asked = _worth_asking([match[0] for match in matches], shouted)
        return [
            self._word(text, match, shouted=shouted, asked=place in asked)
            for place, match in enumerate(matches)
        ]

    def _word(self, text: str, match: re.Match[str], *, shouted: bool, asked: bool) -> Word:
        before = text[: match.start()].rstrip(' \t«"(')
        return Word(
            match[0],
            match.start(),
            match.end(),
            self.reading(match[0].lower().replace("‑", "-")) if asked else NOTHING,
            match[0][0].isupper() and not shouted,
            not before or before[-1] in SENTENCE_OPENERS,
        )

    def reading(self, lower: str) -> NameReading:
        """Returns the interpretation of a word form given in lower case."""
        first, dash, last = lower.rpartition("-")
        if dash and last in CHILD_OF:
            return NameReading({Part.PATRONYMIC: CASES}, False, True, True)
        readings = self._morphology.readings(last if dash else lower)
        known = any(reading.is_known for reading in readings)
        cases = _known_cases(readings) if known else {}
        if MORE_FIRST_NAMES.match(lower):
            cases[Part.FIRST] = CASES
        if Part.SURNAME in cases and UNDECLINED_OF_A_WOMAN.search(lower):
            cases[Part.SURNAME] = CASES
        if not known and PATRONYMIC.search(lower):
            cases[Part.PATRONYMIC] = CASES
        elif not cases and SURNAME.search(lower) and (not known or _are_several(readings)):
            cases[Part.SURNAME] = CASES
        ordinary = [one for one in readings if one.is_known and not one.tags & NO_COMMON_WORD]
        declined = (one.tags & CASES for one in ordinary if one.tags & {"NOUN", "ADJF"})
        certain = known and bool(readings[0].tags & OF_NAMES) and not dash
        return NameReading(
            cases,
            bool(ordinary),
            certain or Part.PATRONYMIC in cases,
            known,
            frozenset().union(*declined),
        )


def _worth_asking(words: list[str], shouted: bool) -> set[int]:
    """Returns the positions of possible name parts; looking up all words of a message would be
    slow.
    """
    asked: set[int] = set()
    for place, word in enumerate(words):
        lower = word.lower()
        if PATRONYMIC.search(lower) or lower in CHILD_OF:
            asked.update(range(place - 3, place + 2))
        elif FIRST_NAME.match(lower):
            asked.update(range(place - 1, place + 2))
        elif len(word) == 1:
            asked.update((place - 1, place + 1))
        elif place and not shouted and word[0].isupper() and words[place - 1][0].isupper():
            asked.update((place - 1, place))
    return asked


def _known_cases(readings: tuple[Reading, ...]) -> dict[Part, frozenset[str]]:
    cases: dict[Part, frozenset[str]] = {}
    for reading in readings:
        for part in Part:
            if part.value in reading.tags and _counts(part, reading):
                cases[part] = cases.get(part, frozenset()) | (reading.tags & CASES)
    return cases


def _are_several(readings: tuple[Reading, ...]) -> bool:
    """Whether every known interpretation is the plural of a first name: «Саркисов» from
    «Саркис».
    """
    return all({"Name", "plur"} <= reading.tags for reading in readings)


def _counts(part: Part, reading: Reading) -> bool:
    """Whether the interpretation is used: a surname, or a name neither plural nor very unlikely."""
    return part is Part.SURNAME or ("plur" not in reading.tags and reading.score >= LEAST_SCORE)


GENDERS = frozenset({"masc", "femn"})
CASES_OF_DIRECTORY = frozenset({"nomn"})
LEAST_STEM = 4
ENDINGS = frozenset({"а", "у", "ом", "ем", "е", "ой", "ы"})  # of «Зуб», not in the dictionary
LONGEST_ENDING = 2


@dataclass(frozen=True, slots=True)
class Known:
    """Full names, phone numbers and e-mail addresses from the directory, which are public.

    ``world_known`` are historical persons and artists, matched only together with their surname: a
    citizen may share the first name and patronymic of a poet.
    """

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    world_known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FullName:
    """Parts of a name in any grammatical case; an initial is one letter, a missing part is
    empty.
    """

    surname: str = ""
    first: str = ""
    patronymic: str = ""


@dataclass(frozen=True, slots=True)
class _Form:
    """Word in lower case; ``normals`` are its normal forms as a name, each with the gender."""

    text: str
    normals: frozenset[tuple[str, str]] = field(default_factory=frozenset)


class KnownPeople:
    """Compares names in a text with known persons, in any grammatical case and with initials."""

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
        # Indexed by first letter, because declension changes only the ending of a surname.
        self._by_surname: dict[str, list[dict[Part, _Form]]] = {}
        for person in people:
            self._by_surname.setdefault(person[Part.SURNAME].text[:1], []).append(person)

    def has(self, name: FullName) -> bool:
        """Whether one known person matches every part of this name."""
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
    """Parses a name from the directory: surname first or last, or with initials."""
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
