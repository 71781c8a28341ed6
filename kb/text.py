"""Russian text: keyboard layouts, transliteration, case folding, words and stems.

Letters such as б, ю, х, ъ, ж, э share keys with ``, . [ ] ; '``. A wrong layout is therefore
corrected before a text is split into words.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import Stemmer as snowball

CONVERSION_COST = 0.1  # the other layout must explain a larger share of the text by this margin
_WELL_KNOWN = 0.7
_UNKNOWN = 0.3

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_HAS_LATIN = re.compile(r"[A-Za-z]")
_HAS_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_TOKEN = re.compile(r"\S+")


def to_cyrillic(text: str) -> str:
    """Converts text typed with Latin keys to the Russian layout."""
    return text.translate(_TO_CYRILLIC)


def to_latin(text: str) -> str:
    """Converts text typed with Russian keys to the Latin layout."""
    return text.translate(_TO_LATIN)


class Knowledge(Protocol):
    """Share of a text that the index knows, 0 to 1."""

    def as_written(self, text: str) -> float:
        """Share of letters in known words or in prefixes of known words, spelt as in the text."""

    def transliterated(self, text: str) -> float:
        """Share of letters in known words, where the text may be transliterated Russian."""

    def mistyped(self, text: str) -> float:
        """Share of letters in known words, where the text may contain typing errors; slow."""


def in_the_right_layout(text: str, known: Knowledge) -> str:
    """Converts the text to the keyboard layout in which the index knows most of it.

    First the layout of the whole text is chosen; then single words are converted if only the other
    layout yields a known word.
    """
    score = known.transliterated(text)
    if score > 1 - 2 * CONVERSION_COST:
        return text
    chosen = text
    for converted in _conversions(text):
        converted_score = known.as_written(converted) - CONVERSION_COST
        if converted_score > score:
            score, chosen = converted_score, converted
    if score < _UNKNOWN and _HAS_LATIN.search(text):
        converted = to_cyrillic(text)
        likely = known.mistyped(converted) - CONVERSION_COST
        chosen = converted if likely > max(score, known.mistyped(text)) else text
    return _TOKEN.sub(lambda token: _token(token, text, chosen, known), chosen)


def _conversions(text: str) -> Iterator[str]:
    if _HAS_LATIN.search(text):
        yield to_cyrillic(text)
    if _HAS_CYRILLIC.search(text):
        yield to_latin(text)


def _token(token: re.Match[str], text: str, chosen: str, known: Knowledge) -> str:
    """Returns the word in the other layout if the index knows it only in that layout, else in the
    chosen one.
    """
    own = token.group()
    if known.transliterated(own) >= _UNKNOWN:
        return own
    others = [text[token.start() : token.end()]] if chosen is not text else _conversions(own)
    return next((other for other in others if known.as_written(other) >= _WELL_KNOWN), own)


_ROMAN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh",
        "з": "z", "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
        "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
        "я": "ya",
    }
)  # fmt: skip
_REDUCTIONS = (
    ("w", "v"),
    ("shch", "w"), ("sch", "w"), ("shh", "w"),
    ("kkh", "h"), ("kh", "h"), ("x", "h"),
    ("sh", "w"),
    ("j", "y"),
    ("zh", "j"),
    ("ch", "q"),
    ("ts", "c"), ("tc", "c"), ("tz", "c"), ("cz", "c"),
    ("yy", "y"), ("ye", "e"), ("yo", "e"), ("io", "e"),
    ("y", "i"),
)  # fmt: skip
# Patterns of `_FLEETING_STEM_VOWELS` for words in the form of skeletons.
_FLEETING = (
    (re.compile(r"(?<=[a-z]{2})eek$"), "eik"),
    (re.compile(r"(?<=[a-z]{2}[bcdfghj-np-tvwz])[oe]k$"), "k"),
    (re.compile(r"(?<=[a-z]{2})lec$"), "lc"),
    (re.compile(r"(?<=[a-z][bcdfghj-np-tvwz])ec$"), "c"),
)
_CYRILLIC_SPELLINGS = (
    ("shch", "щ"), ("sch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"),
    ("yu", "ю"), ("ju", "ю"), ("ya", "я"), ("ja", "я"), ("yo", "е"), ("jo", "е"), ("ye", "е"),
)  # fmt: skip
_CYRILLIC_LETTERS = str.maketrans("abvgdeziyjklmnoprstufhcwxq", "абвгдезиййклмнопрстуфхцвхк")
_REPEATED = re.compile(r"([a-z])\1+")


def readings(latin: str) -> list[str]:
    """Returns the skeletons of all spellings that a Latin text may represent: ``j`` is й or ж,
    ``w`` is в or щ.
    """
    spellings = [latin]
    for letter, meant in (("j", "zh"), ("w", "shch")):
        if letter in latin:
            spellings += [spelling.replace(letter, meant) for spelling in spellings]
    return list(dict.fromkeys(map(skeletons, spellings)))


def skeletons(words: str) -> str:
    """Returns the skeletons of the words: a reduced Latin form that is equal for all
    transliterations of a word.

    Separators are unchanged.
    """
    reduced = words.translate(_ROMAN)
    for written, meant in _REDUCTIONS:
        reduced = reduced.replace(written, meant)
    return _REPEATED.sub(r"\1", reduced)


def settled(skeleton: str) -> str:
    """Unifies the skeletons of a noun's forms that differ in a fleeting vowel."""
    for pattern, settled_end in _FLEETING:
        skeleton, changed = pattern.subn(settled_end, skeleton)
        if changed:
            break
    return skeleton


def in_cyrillic(latin: str) -> str:
    """Returns the most likely Russian spelling of a Latin text; precise enough for typo
    correction.
    """
    for written, meant in _CYRILLIC_SPELLINGS:
        latin = latin.replace(written, meant)
    return latin.translate(_CYRILLIC_LETTERS)


NORMALISER_VERSION = 5  # increase it if any result of this module changes: indexes are rebuilt

# A number with hyphens (2-52-52) is one word.
_WITHIN_NUMBER = re.compile(r"-(?<=\d-)(?=\d)")
_WORD = re.compile(rf"[^\W_]+(?:{_WITHIN_NUMBER.pattern}[^\W_]+)*")
BETWEEN_TEXTS = "\x1f"  # never part of a word
_WORD_OR_BETWEEN = re.compile(rf"[^\W_]+|{BETWEEN_TEXTS}")
_ACCENT = re.compile(r"[\u0300-\u036f]")
_CLUSTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")  # with accents
_STOP_WORDS = """
а бы в во вот вы г где да для до доб ее если есть еще же за и из или им их к как какая какие
какой кто куда ли лучше мне мой моя мы на над надо нам нас не нет ни но ну нужно о об он она
они оно от откуда по под пожалуйста при про с сейчас скажите со так там тел то тогда только
тоже тут ты у уже хочу чего чем что чтобы эта эти это этот я
был была были было быть будет вам вас ваш ваша вообще все всю девушка здравствуйте кому можно
моего моей моему мою наш наша наше нашего нашей нашем наши нашу него нее очень просто самый себе
себя такая такое такой уж хотим хотела хотел этого этой этом этому эту
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

_REMEMBERED_STEMS = 400_000
_VOWELS = "аеиоуыэюя"
_SHORTEST_SETTLED = 3  # minimum number of letters of a stem
# Fleeting vowels: участок and участка, владелец and владельца, скамеек and скамейка.
_FLEETING_STEM_VOWELS = (
    (re.compile(r"(?<=[а-я]{2})еек$"), "ейк"),
    (re.compile(r"(?<=[а-я]{2}[бвгджзклмнпрстфхцчшщ])[ео]к$"), "к"),
    (re.compile(r"(?<=[а-я]{2})лец$"), "льц"),
    (re.compile(r"(?<=[а-я][бвгджзкмнпрст])ец$"), "ц"),
    (re.compile(r"^(дет|люд|двер|лошад)ьм$"), r"\1"),
)
_FLEETING_ENDS = ("ек", "ок", "ец", "ьм")  # fast check before the patterns
LONGEST_WORD = 40  # characters; longer words are truncated


@dataclass(frozen=True, slots=True)
class Word:
    """A word after ``fold``, with its range in the original text."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Returns the text in lower case without stress marks, and with ``ё`` as ``е``.

    A letter is folded together with its accents, so positions can be mapped back (see
    ``words_of``).
    """
    folded = _fold_plain(text)
    if folded is None:
        return "".join(_fold_cluster(cluster) for cluster in _CLUSTER.findall(text))
    return folded


def _fold_plain(text: str) -> str | None:
    """Fast variant of ``fold`` for texts that fold letter by letter; None for any other text."""
    if text.isascii():
        return text.lower()
    folded = text.casefold().replace("ё", "е")
    return folded if len(folded) == len(text) and not _has_accents(text) else None


def folded_words(text: str) -> list[str]:
    """Returns all folded words in order, like ``words_of``, but without positions."""
    return cut(folded_together((text,)))


def folded_together(texts: Sequence[str]) -> str:
    """Folds several texts in one call and joins them with ``BETWEEN_TEXTS``.

    Much faster than a call for each text, because the overhead of calls dominates.
    """
    together = BETWEEN_TEXTS.join(texts)
    if together.count(BETWEEN_TEXTS) > len(texts) - 1:  # a text contains the separator
        return folded_together([text.replace(BETWEEN_TEXTS, " ") for text in texts])
    folded = _fold_plain(together)
    if folded is None:
        folded = BETWEEN_TEXTS.join(map(fold, texts))
    return _WITHIN_NUMBER.sub("", folded)


def cut(folded: str) -> list[str]:
    """Splits folded texts into words; ``BETWEEN_TEXTS`` remains as a separate item between the
    words of two texts.
    """
    words: list[str] = _WORD_OR_BETWEEN.findall(folded)
    if words and max(map(len, words)) > LONGEST_WORD:
        words = [word[:LONGEST_WORD] for word in words]
    return words


def words_of(text: str) -> Iterator[Word]:
    """Yields all folded words of the text with their positions."""
    folded = fold(text)
    places = _places(text) if len(folded) != len(text) or _has_accents(text) else None
    for match in _WORD.finditer(folded):
        start, end = match.span()
        word = match.group().replace("-", "")[:LONGEST_WORD]
        if places is None:
            yield Word(word, start, end)
        else:
            yield Word(word, places[start][0], places[end - 1][1])


def _has_accents(text: str) -> bool:
    """Whether the text has combining accents, so letters cannot be folded one by one."""
    if not unicodedata.is_normalized("NFC", text):
        return True
    # In UTF-8 every combining accent starts with one of these bytes; a byte search is faster.
    encoded = text.encode(errors="replace")
    return (b"\xcc" in encoded or b"\xcd" in encoded) and _ACCENT.search(text) is not None


def _places(text: str) -> list[tuple[int, int]]:
    """Returns for each folded character its range in the original text."""
    places = []
    for match in _CLUSTER.finditer(text):
        places += [match.span()] * len(_fold_cluster(match.group()))
    return places


def _fold_cluster(cluster: str) -> str:
    letter = _ACCENT.sub("", unicodedata.normalize("NFC", cluster))
    return _ACCENT.sub("", letter.casefold()).replace("ё", "е")


_OF_OTHER_FORMS = {
    "котел": "котл", "угол": "угл", "узел": "узл", "огон": "огн", "камен": "камн",
    "ветер": "ветр", "ковер": "ковр", "козел": "козл", "церков": "церкв", "окон": "окн",
    "сестер": "сестр", "земел": "земл", "писем": "письм", "судеб": "судьб", "свадеб": "свадьб",
    "тюрем": "тюрьм", "дне": "дн", "ден": "дн",
}  # fmt: skip


def settled_stem(stem: str) -> str:
    """Unifies stems of one noun that Snowball separates: ``батаре`` becomes ``батар``."""
    known = _OF_OTHER_FORMS.get(stem)
    if known is not None:
        return known
    last = stem[-1]
    if stem.endswith(_FLEETING_ENDS):
        for pattern, settled_end in _FLEETING_STEM_VOWELS:
            stem, changed = pattern.subn(settled_end, stem)
            if changed:
                break
        return stem
    if last in _VOWELS and len(stem) > _SHORTEST_SETTLED:
        return stem.rstrip(_VOWELS) if len(stem.rstrip(_VOWELS)) >= _SHORTEST_SETTLED else stem
    return stem


class Stemmer:
    """Cached and unified Snowball stems of Russian words. Thread-safe."""

    def __init__(self) -> None:
        self._snowball = snowball.Stemmer("russian", 0)  # its own cache costs more than stemming
        self._lock = threading.Lock()  # Snowball is not reentrant
        self._known: dict[str, str] = {}

    def __call__(self, folded: str) -> str:
        stem = self._known.get(folded)
        if stem is None:
            with self._lock:
                stem = settled_stem(str(self._snowball.stemWord(folded)) or folded)
            if len(self._known) >= _REMEMBERED_STEMS:
                self._known = {}
            self._known[folded] = stem
        return stem
