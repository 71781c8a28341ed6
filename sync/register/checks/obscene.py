"""Detector of obscene words, including disguised, masked and split words (Regulation 6.3)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from sync.register.checks.check import Detector
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.morphology import Morphology

_CERTAIN = """
хуй хуя хую хуем хуе хуи хуев хуйня хуйню хуйни хуйней хуевый хуевая хуевое хуевые хуево хуета хуйло
нахуй нахуя похуй похую похер дохуя нихуя охуел охуели охуела охуеть охуенно охуенный охуевший ахуел
ахуеть ахуенно хуесос хуесосы хуярить хуярят захуярить
пизда пизды пизде пизду пиздой пиздец пиздеца пиздецу пиздеж пиздит пиздят пиздел спиздил спиздили
спиздить распиздяй распиздяи пиздюк пиздюли пиздато пиздить пиздуй пиздабол пиздобол напиздел
ебать ебал ебала ебали ебаный ебаная ебаное ебаные ебаного ебанный ебаной ебану ебаных ебанутый
ебанутые ебучий ебучая ебучие ебло ебут ебет еблан ебланы заебал заебала заебали заебало заебись
заебет заебут наебал наебали наебать наебка наебывают выебать выебу выебон уебок уебки уебан уебаны
уебище долбоеб долбоебы долбоебов разъебал разъебали проебали проебал объебали отъебись съебись
ебнул ебнулся ебнулись ебануть ебется подъебка
блядь бляди блядей бляд блять бля блядский блядская блядство блядина выблядок
мудак мудаки мудаков мудаку мудила мудилы мудозвон
пидор пидоры пидоров пидорас пидарас пидорасы пидарасы пидр пидар
гандон гондон гандоны гондоны залупа залупу манда манду
"""
_LIKELY = """
сука суки сукой суку сучка сучки говно говна говном говне жопа жопе жопу жопой жопы дерьмо дерьма
дерьмом херня херню хер хера нахер похер дохера шлюха шлюхи ублюдок ублюдки срать насрать засранец
засранцы
"""
CERTAIN_FORMS = tuple(_CERTAIN.split())
LIKELY_FORMS = tuple(_LIKELY.split())


_SHAPE = str.maketrans(
    dict(zip("abcehkmnoprtuxyё3046189@$€|", "авсенкмпоргтихуезочбивдасеи", strict=True))
)
_SOUND = str.maketrans(
    dict(zip("abcdefghijklmnoprstuvwxyzё30461@$", "абсдефгхийклмнопрстуввхйзезочбиас", strict=True))
)
_PAIRS = (
    *(("ya", "я"), ("ja", "я"), ("yu", "ю"), ("ju", "ю"), ("yo", "е"), ("ye", "е")),
    *(("kh", "х"), ("zh", "ж"), ("ch", "ч"), ("sh", "ш"), ("ts", "ц"), ("cy", "су")),
)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Characters that mask or separate the letters of a word.
_HIDING = "*#%_•●■×\u2600-\u27bf\U0001f300-\U0001faff"
_PARTING = r".\-–—'’`~/\\+=^\"|:,!?"
_MARKS = "\u0300-\u036f\u0483-\u0489\u20d0-\u20ff"
_SIGNS = rf"[{_INVISIBLE}{_HIDING}{_PARTING}{_MARKS}]"
_LETTER = r"[^\W_]|[@$€]"
_WORD = re.compile(rf"(?:{_LETTER})(?:(?:{_LETTER})|{_SIGNS}+(?={_LETTER})|[*#•●■]+)*")
_APART = re.compile(
    rf"(?<![^\W_])(?:{_LETTER})(?:(?P<gap>[ .\-_*,+/|]{{1,3}})(?:{_LETTER})(?![^\W_]))"
    rf"(?:(?P=gap)(?:{_LETTER})(?![^\W_]))+"
)
_NEIGHBOURS = re.compile(r"(?<![а-яё])(?=([а-яё]{2,6} [а-яё]{1,6})(?![а-яё]))", re.I)
_REPEATED = re.compile(r"(.)\1+")
_RUSSIAN = re.compile(r"[а-я]+")
_LATIN = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Written:
    """A word as written in the text, from ``start`` to ``end``."""

    text: str
    start: int
    end: int

    @property
    def is_plain(self) -> bool:
        """Whether the word consists only of Russian letters."""
        return re.fullmatch(r"[а-яёА-ЯЁ]+", self.text) is not None


def words_in(text: str) -> Iterator[Written]:
    """Yields every word of a text, including the signs inside it."""
    for found in _WORD.finditer(text):
        yield Written(found[0], found.start(), found.end())


def letters_apart(text: str) -> Iterator[Written]:
    """Yields sequences of three or more single letters with the same separator between them.

    Skips lists with commas and spaces: «пункты а, б, в».
    """
    for found in _APART.finditer(text):
        if "," in found["gap"] and " " in found["gap"]:
            continue
        yield Written(found[0], found.start(), found.end())


def neighbours(text: str) -> Iterator[Written]:
    """Yields every pair of adjacent pieces of Russian letters separated by one space."""
    for found in _NEIGHBOURS.finditer(text):
        yield Written(found[1], found.start(1), found.end(1))


def joined(word: str) -> str:
    """Returns the letters of a word in lower case, without the signs between them."""
    plain = "".join(map(_without_mark, unicodedata.normalize("NFKC", word).casefold()))
    return "".join(letter for letter in plain if letter.isalnum() or letter in "@$€")


def _without_mark(letter: str) -> str:
    """Returns a Latin letter without its diacritic, «ý» as «y»; «й» and «и» remain distinct."""
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if base.isascii() else letter


def has_signs(word: str) -> bool:
    """Whether the word contains signs between its letters."""
    return any(not (letter.isalnum() or letter in "@$€") for letter in word)


def readings_of(letters: str) -> list[str]:
    """Returns the Russian words that a sequence of letters may spell, most likely first.

    Latin letters and digits are interpreted by shape and by sound; repeated letters are also
    reduced.
    """
    found = [letters.translate(_SHAPE)]
    if _LATIN.search(letters):
        by_sound = letters
        for pair, letter in _PAIRS:
            by_sound = by_sound.replace(pair, letter)
        found.append(by_sound.translate(_SOUND))
    found += [_REPEATED.sub(r"\1", word) for word in found]
    return [word for word in dict.fromkeys(found) if _RUSSIAN.fullmatch(word)]


def is_latin(letters: str) -> bool:
    """Whether the text has Latin letters and no Russian ones."""
    return _LATIN.search(letters) is not None and not re.search(r"[а-яё]", letters)


def mask_of(word: str) -> re.Pattern[str] | None:
    """Returns a pattern that matches a word with masked letters («с*ка»); None if no letter is
    masked.

    One sign masks one letter, several signs one to six: authors do not count them.
    """
    parts = re.split(
        rf"([{_HIDING}]+|(?<=\w)(?:-|\.{{1,3}})(?=\w))", word.casefold().translate(_SHAPE)
    )
    if len(parts) == 1:
        return None
    pattern = ""
    for number, part in enumerate(parts):
        if number % 2 == 0:
            pattern += re.escape("".join(each for each in part if each.isalnum()))
        else:
            pattern += "[а-я]" if len(part) == 1 else "[а-я]{1,6}"
    return re.compile(pattern)


_PREFIX = r"""
(?:(?:по|на|за|до|ни|не|от|отъ|вы|пере|при|про|под|подъ|рас|раз|разъ|бес|из|изъ|ис|объ|об|съ|въ
|взъ|недо|пол|полу|о|а|у|с|в|архи|супер|мега)-?){0,2}
"""
_BEFORE_EB = r"""
(?:долбо|далбо|далба|долба|дол|худо|мудо|коне|злое|остое|тупо|мозго|само|козло|ху[ея]|хер|одно
|косо|рукое)?
"""
# Certainly obscene: the four roots with all derivations, and related words.
_CERTAIN_ROOT_PATTERNS = (
    rf"""{_PREFIX} ху (?: й[а-я]* | я[а-я]* | ю[а-я]* | и | ил[а-я]* | ищ[а-я]* | иш[а-я]*
    | ит[аеоуы] | е | е(?!т?вод)[а-я]+ )""",
    r"(?:одно|трех|дву|пусто|много)ху[йяюе][а-я]*",
    rf"{_PREFIX} п[ие]зд (?:[аеиоуыю]|[а-я]{{2,}})?",
    r"[а-я]{2,7}пизд[а-я]*",
    rf"{_PREFIX}{_BEFORE_EB} еб (?:а|у|и|е|о|ы|л|н|ня|ля)?",
    rf"""{_PREFIX}{_BEFORE_EB} еба
    (?: ть | т | л | ла | ло | ли | лся | лась | лись | н | на | но | ны | ная | ное | ный | ные
    | ного | ной | ных | ным | ными | ному | ную | нн[а-я]+ | нут[а-я]* | ну | нул[аи]?
    | нат[а-я]+ | нашк[а-я]+ | ш | шу | шь | шит[ьсяе]* | шил[а-я]* | шат[а-я]* | шк[а-я]+
    | ри[а-я]* | тор[а-я]* | ка | ке | ку | лов[а-я]+ | льник[а-я]* | льн[а-я]+ | лк[а-я]+
    | йте | тьс?я? | тели?  | вш[а-я]+ | вать? | вал[а-я]* | ться | тня | тн[а-я]+ | кам?и? )""",
    rf"""{_PREFIX}{_BEFORE_EB} еб
    (?: ут | ут?ся | уч[а-я]+ | ем | ешь | ете | ет | етс[яь] | ешься | ись | итесь | ите | ит
    | ло | ла | лан[а-я]* | лив[а-я]+ | лищ[а-я]* | лом | лу | лей | лю | лет | ен[ьяеию]
    | еня[а-я]* | енит?е? | енн[а-я]* | енейш[а-я]* | нул[а-я]* | нут[а-я]* | нуть?ся? | ни
    | нись | нет | нешь | неш[а-я]* | ну | ни?те | нно | ырь | ыр[а-я]+ | ок | ки | ка | ков | ку
    | кам | ищ[а-я]* | ист[а-я]* | ос | осы | оса | осов | ошит?ь? | ов | ом | ана | анк[а-я]+
    | ун | уна | уны | ух[а-я]+ | ческ[а-я]+ | ей | екк[а-я]+ | тво[юей][а-я]*
    | ыва[а-я]+ | изм[а-я]* )""",
    r"(?:й|и)об(?:а|н|т|у|ы)[а-я]*",
    r"(?:на|за|вы|у|от|по|до|о)?ип(?:ать|ал|ала|ало|али|ан|аный|аная|анут[а-я]*|ись)(?:ся)?",
    r"""(?:вы|за|на|пере|пр[оие]|раз|рас|от|с|у|недо)?бля
    (?: ди? | дь | дям?и? | дей | дью | де[а-я]+ | ду[а-я]* | дск[а-я]+ | дст[а-я]+ | дн[а-я]*
    | до[а-я]* | дк[а-я]+ | дищ[а-я]* | т | ть | тс?к?[а-я]+ | ) """,
    r"бля+а+ | бл[аеия]а?[тд]ь | бл[яе]ц?[дт]?ь | вы?бляд[а-я]+",
    r"""муд(?: ак[а-я]* | ацк[а-я]+ | ач[а-я]+ | ил | ил[аоыуе] | илой | озв[а-я]+ | оеб[а-я]*
    | охат[а-я]* | ищ[а-я]+ | енк[а-я]+ | ня )""",
    r"""пид[оае]р (?: | ы | а | у | е | ом | ов | ам | ами | ас[а-я]* | аст[а-я]* | ск[а-я]+
    | юг[а-я]* | ок | ки | ил[а-я]+ | ня )""",
    r"залуп (?: | а | ы | е | у | ой | ам | ами | оголов[а-я]* )",
    r"манд (?: а | ы | у | е | ой | авош[а-я]+ | ень | ищ[а-я]+ )",
    r"г[оа]н[дт]он (?: | а | ы | ов | у | ом | е | ам | ами | ск[а-я]+ | ищ[а-я]* | чик[а-я]* )",
    r"елд (?: а | ы | у | е | ой | ак[а-я]* | ищ[а-я]* )",
    r"""(?:за|на|по|вы|об|с)?дроч (?: ить | ил | ила | или | ат | у | ит | ишь | им | ите
    | ильн[а-я]+ | ер[а-я]* | к[а-я]+ | ун[а-я]* | ив[а-я]+ | ащ[а-я]+ )(?:ся)?""",
    r"пист[ие]ц[а-я]* | пздц?[а-я]{0,3} | нипаца | ни+[иеп]?[бп]ет | нхуй",
)
# Coarse words that are not obscene alone; the operator decides.
_LIKELY_ROOT_PATTERNS = (
    r"""(?:по|на|за|до|ни|о|а|от|вы|пере|с)?хер (?: | а | у | ом | е | ня | ни | ню | ней
    | ов[а-я]+ | ачит[а-я]* | ач[а-я]+ | еть | ел[а-я]* )""",
    r"хуле | хули | хй",
    r"(?:на|до|за|по)?жоп(?: | а | ы | е | у | ой | ам | ах | ами | ищ[а-я]+ | к[а-я]+ )",
    r"""(?:на|за|об|обо|от|у|пере|про|вы|по|ни|с|до)?с (?: рать | рал[аи]? | рет[еа]? | рут | раный
    | раная | рано[ей] | раные | раных | рач[а-я]* )""",
    r"(?:обо?|на|за|у|по)с(?: рал[а-я]* | рат[а-я]+ | равш[а-я]+ | сал[аи]? | сат[а-я]+ )",
    r"г[оа]вн (?: о | а | у | е | ом | ищ[а-я]+ | юк[а-я]* | ян[а-я]+ | юш[а-я]* | оед[а-я]* )",
    r"дерьм (?: о | а | у | ом | е | ищ[а-я]+ | ов[а-я]+ )",
    r"с+у+к(?:а|и|ой|ами|ах) | суч(?:ка|ки|кой|ара|ары|ий) | сукин | сцук[аои]",
    r"шлюх(?: | а | и | у | ой | е | ам | ами )",
    r"ублюд (?: ок | ки | ка | ков | кам | ком | очн[а-я]+ ) | курв(?:а|ы|у|ой) | падл(?:а|у|ой)",
    r"трах(?:ать|ал[аи]?|ну[а-я]+|аю[а-я]*) | сиськ[аи] | сисек | педик(?:и|ов|а|)",
    r"педераст[а-я]* | чмо | чмош[а-я]+ | з[ао]д[ао]лба(?:л|ли|ло|ла|ть)",
)
# Mild words of annoyance: only highlighted, no ground is proposed.
_MILD = (
    r"(?:по|на|до|ни|о)?фиг(?: | а | ня | ню | ни | ней | ов[а-я]+ | еть | ел[а-я]* )",
    r"(?:по|на|до|ни|о)хрен(?: | а | ов[а-я]+ | еть | ел[а-я]* | ев[а-я]+ )",
    r"хрен(?: ь | ью | ов[а-я]+ | отен[а-я]+ )",
    r"чертов(?: | а | о | ы | ой | ых | ски | щин[а-я]+ )",
    r"бляха-муха | блин-муха | епт(?: | а | ель ) | ептыть | епрст | екарн[а-я]+ | едрит[а-я]*",
    r"задниц(?:а|ы|е|у|ей) | нах | нафиг | нафик | пох | офиге[а-я]+",
)
_BY_LEVEL = {
    Level.A: re.compile("|".join(_CERTAIN_ROOT_PATTERNS), re.VERBOSE),
    Level.B: re.compile("|".join(_LIKELY_ROOT_PATTERNS), re.VERBOSE),
    Level.C: re.compile("|".join(_MILD), re.VERBOSE),
}
# Ordinary words that match a pattern above; found by matching all words of a dictionary.
_ORDINARY = re.compile(
    r"сухую|сухуе|себе|себи|себу|веб|вебе|вебом|вебу|веба|ебит(?:да|ды|де|ду|дой)|ебург[а-я]*"
)
# Patterns searched anywhere in letters written apart, because these have no word boundaries.
_CORES = re.compile(
    r"ху[йяюе]|п[ие]зд|бля[дт]|^бля|бля$|еба[тлнш]|ебуч|мудак|пид[оа]р|залуп|г[ао]ндон|сука"
)


def level_of(word: str) -> Level | None:
    """Returns the severity of a normalized word; None for an ordinary word."""
    if _ORDINARY.fullmatch(word):
        return None
    return next((level for level, words in _BY_LEVEL.items() if words.fullmatch(word)), None)


def level_of_apart(letters: str) -> Level | None:
    """Returns the severity of a word whose letters were written apart; None for an ordinary
    word.
    """
    level = level_of(letters)
    if level is not None:
        return level
    return Level.A if _CORES.search(letters) else None


@dataclass(frozen=True, slots=True)
class WordLists:
    """Word lists of a city: ``allowed`` words are never reported, ``denied`` words always.

    The words are normalized by ``levelled``.
    """

    allowed: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()


def levelled(word: str) -> str:
    """Normalizes a word: lower case, no signs between the letters, «е» for «ё»."""
    return joined(word).replace("ё", "е")


PARAGRAPH = "6.3"

_SHORTEST = 3
# Minimum number of visible letters for a masked word to be certain.
_SHOWN_LETTERS = 2
_SURNAME = re.compile(
    r"[А-ЯЁ][а-яё]+(?:ов|ев|ёв|ин|ын|ский|цкий|ова|ева|ёва|ина|ына|ская|цкая|енко|ук|юк|ян|дзе"
    r"|швили|ову|еву|ину|овым|евым|иным|овой|евой|иной|ого|ому)"
)
_NAME_TAGS = frozenset({"Name", "Patr"})
_SENTENCE_END = re.compile(r"(?:^|[.!?…\n]\s*[\"«(–—-]*\s*)$")
# Latin words that would be interpreted as obscene Russian words.
_FOREIGN = """
hue hui ebay ebit ebitda eben yoba ebony hub hubby debut bla blya-blya ebn ebook ebooks xe
    suka-bar heroku hero her here herbal herb herz hera herr heron xerox xep web
"""
_LATIN_WORDS = frozenset(_FOREIGN.split())
# «сука» is a female dog if the text is about dogs.
_OF_DOGS = re.compile(
    r"собак|щен|п[её]с(?![а-яё]н)|псы|кобел|стерилиз|вязк|порода|питомник|бездомн", re.I
)
_FEMALE_DOG = re.compile(r"сук(?:а|и|ой|ами|ах)|сучк[аиуо]й?")


def obscene_detector(morphology: Morphology, lists: WordLists | None = None) -> Detector:
    """Builds a detector of obscene words.

    The type of a finding is "plain", "disguised", "masked", "apart" (letters written apart) or
    "listed" (a word of the city's list).
    """
    words = lists or WordLists()

    def detect(text: str) -> Iterable[Finding]:
        found: list[Finding] = []
        for finding in chain(
            _apart(text), _in_words(text, morphology, words), _in_two(text, morphology)
        ):
            if all(finding.start >= each.end or finding.end <= each.start for each in found):
                found.append(finding)
        return found

    return detect


def _apart(text: str) -> Iterator[Finding]:
    for written in letters_apart(text):
        for letters in readings_of(joined(written.text)):
            level = level_of_apart(letters)
            if level in (Level.A, Level.B):
                yield _finding(written, level, "apart")
                break


def _in_words(text: str, morphology: Morphology, lists: WordLists) -> Iterator[Finding]:
    for written in words_in(text):
        letters = levelled(written.text)
        if letters in lists.allowed:
            continue
        if letters in lists.denied:
            yield _finding(written, Level.A, "listed")
            continue
        found = _plain(written) or _disguised(written, letters, morphology) or _masked(written)
        if found is None:
            continue
        level, kind = found
        if _is_surname(text, written, morphology) or _is_dog(text, letters):
            continue
        yield _finding(written, level, kind)


def _in_two(text: str, morphology: Morphology) -> Iterator[Finding]:
    """Yields obscene words that are split by a space."""
    for written in neighbours(text):
        first, second = written.text.lower().replace("ё", "е").split(" ")
        if first + second not in CERTAIN_FORMS:
            continue
        if not (morphology.is_known(first) and morphology.is_known(second)):
            yield _finding(written, Level.A, "apart")


def _plain(written: Written) -> tuple[Level, str] | None:
    if not written.is_plain:
        return None
    level = level_of(written.text.lower().replace("ё", "е"))
    return None if level is None else (level, "plain")


def _disguised(written: Written, letters: str, morphology: Morphology) -> tuple[Level, str] | None:
    """Returns level and type of a word disguised by foreign letters, digits, repetitions or
    signs.
    """
    if len(letters) < _SHORTEST or letters.isdigit():
        return None
    latin = is_latin(letters)
    for reading in readings_of(letters):
        if reading == written.text.lower().replace("ё", "е"):
            continue
        level = level_of(reading)
        if level is None or level is Level.C or (latin and letters in _LATIN_WORDS):
            continue
        if not latin and _is_ordinary(written, morphology):
            continue
        return level, "disguised"
    return None


def _is_ordinary(written: Written, morphology: Morphology) -> bool:
    """Whether the word, or each part between signs, is an ordinary dictionary word."""
    parts = re.findall(r"[а-яё]+", written.text.lower())
    whole = "".join(parts)
    if not has_signs(written.text):
        return len(whole) == len(written.text) and morphology.is_known(whole)
    long = [part for part in parts if len(part) > 2]
    return bool(long) and all(
        morphology.is_known(part) and level_of(part.replace("ё", "е")) is None for part in long
    )


def _masked(written: Written) -> tuple[Level, str] | None:
    mask = mask_of(written.text)
    if mask is None:
        return None
    shown = sum(letter.isalpha() for letter in written.text)
    if any(mask.fullmatch(form) for form in CERTAIN_FORMS):
        return (Level.A if shown >= _SHOWN_LETTERS else Level.B), "masked"
    if shown >= _SHOWN_LETTERS and any(mask.fullmatch(form) for form in LIKELY_FORMS):
        return Level.B, "masked"
    return None


def _is_surname(text: str, written: Written, morphology: Morphology) -> bool:
    """Whether the word is probably a surname: capitalised inside a sentence, or next to a name or
    initials.
    """
    if not re.fullmatch(r"[А-ЯЁ][а-яё]+", written.text):
        return False
    before, after = text[: written.start], text[written.end :]
    if re.search(r"(?:^|[^А-ЯЁа-яё])[А-ЯЁ]\.\s?$", before):
        return True
    if re.match(r"\s[А-ЯЁ]\.", after):
        return True
    near = (re.search(r"([А-ЯЁ][а-яё]+)\s+$", before), re.match(r"\s+([А-ЯЁ][а-яё]+)", after))
    if any(word is not None and _is_name(word[1], morphology) for word in near):
        return True
    return _SENTENCE_END.search(before) is None and _SURNAME.fullmatch(written.text) is not None


def _is_name(word: str, morphology: Morphology) -> bool:
    return any(reading.tags & _NAME_TAGS for reading in morphology.readings(word))


def _is_dog(text: str, letters: str) -> bool:
    return _FEMALE_DOG.fullmatch(letters) is not None and _OF_DOGS.search(text) is not None


def _finding(written: Written, level: Level, kind: str) -> Finding:
    return Finding(
        FindingKind.OBSCENE, level, kind, written.start, written.end, written.text, PARAGRAPH
    )
