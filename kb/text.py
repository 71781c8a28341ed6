"""Words of a text as the index knows them: folded, cut out with their places, stemmed."""

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import snowballstemmer

NORMALISER_VERSION = 4  # raise it with any change of what this file returns: indexes are rebuilt

# A number written with hyphens (2-52-52) is one word.
_WORD = re.compile(r"\d+(?:-\d+)+|[^\W_]+")
_PLAIN_WORD = re.compile(r"\w+")  # the same in most texts, and twice as fast
_HYPHENED_NUMBER = re.compile(r"\d-\d")
_ACCENT = re.compile(r"[\u0300-\u036f]")
_CLUSTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")  # a letter and accents
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
_SHORTEST_SETTLED = 3  # letters that are left of a stem
# Vowels that come and go: участок and участка, владелец and владельца, скамеек and скамейка.
_FLEETING = (
    (re.compile(r"(?<=[а-я]{2})еек$"), "ейк"),
    (re.compile(r"(?<=[а-я]{2}[бвгджзклмнпрстфхцчшщ])[ео]к$"), "к"),
    (re.compile(r"(?<=[а-я]{2})лец$"), "льц"),
    (re.compile(r"(?<=[а-я][бвгджзкмнпрст])ец$"), "ц"),
    (re.compile(r"^(дет|люд|двер|лошад)ьм$"), r"\1"),
)
_FLEETING_ENDS = ("ек", "ок", "ец", "ьм")  # of what the patterns find, and seen far quicker
_BETWEEN_TEXTS = "\x1f"  # no word reaches over it
_LONGEST_WORD = 40  # characters; what is longer is no word anybody looks for


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and the range of characters it was written in."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """The text without case and stress marks, and with ``ё`` as ``е``.

    A letter and its accents are folded together, so the places can be told (``words_of``).
    """
    if text.isascii():
        return text.lower()
    folded = text.casefold().replace("ё", "е")
    if len(folded) != len(text) or _has_accents(text):
        return "".join(_fold_cluster(cluster) for cluster in _CLUSTER.findall(text))
    return folded


def folded_words(text: str) -> list[str]:
    """Every word of the text in order, folded; the same as ``words_of``, without the places."""
    return _cut(fold(text))


def words_of_each(texts: Sequence[str]) -> list[list[str]]:
    """The ``folded_words`` of each text; to fold them together is far quicker than one by one."""
    folded = fold(_BETWEEN_TEXTS.join(texts)).split(_BETWEEN_TEXTS)
    if len(folded) != len(texts):  # what stands between them stands in one of them
        folded = list(map(fold, texts))
    return list(map(_cut, folded))


def _cut(folded: str) -> list[str]:
    words: list[str]
    if "_" in folded or ("-" in folded and _HYPHENED_NUMBER.search(folded)):
        words = [word.replace("-", "") for word in _WORD.findall(folded)]
    else:
        words = _PLAIN_WORD.findall(folded)
    if words and max(map(len, words)) > _LONGEST_WORD:
        words = [word[:_LONGEST_WORD] for word in words]
    return words


def words_of(text: str) -> Iterator[Word]:
    """Every word of the text in order, with its place."""
    folded = fold(text)
    places = _places(text) if len(folded) != len(text) or _has_accents(text) else None
    for match in _WORD.finditer(folded):
        start, end = match.span()
        word = match.group().replace("-", "")[:_LONGEST_WORD]
        if places is None:
            yield Word(word, start, end)
        else:
            yield Word(word, places[start][0], places[end - 1][1])


def _has_accents(text: str) -> bool:
    """Whether letters and their accents stand apart; a letter alone folds to one or more."""
    if not unicodedata.is_normalized("NFC", text):
        return True
    # In UTF-8 every accent begins with one of these bytes, and to look for a byte is far quicker.
    encoded = text.encode(errors="replace")
    return (b"\xcc" in encoded or b"\xcd" in encoded) and _ACCENT.search(text) is not None


def _places(text: str) -> list[tuple[int, int]]:
    """The range of the text that each folded character comes from."""
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


def settled(stem: str) -> str:
    """One stem for the forms of a noun that Snowball leaves apart: ``батар`` for ``батаре``."""
    known = _OF_OTHER_FORMS.get(stem)
    if known is not None:
        return known
    last = stem[-1]
    if stem.endswith(_FLEETING_ENDS):
        for pattern, settled_end in _FLEETING:
            stem, changed = pattern.subn(settled_end, stem)
            if changed:
                break
        return stem
    if last in _VOWELS and len(stem) > _SHORTEST_SETTLED:
        return stem.rstrip(_VOWELS) if len(stem.rstrip(_VOWELS)) >= _SHORTEST_SETTLED else stem
    return stem


class Stemmer:
    """Stems of Russian words by Snowball, settled and remembered; may be called from any thread."""

    def __init__(self) -> None:
        self._snowball = snowballstemmer.stemmer("russian")
        self._lock = threading.Lock()  # Snowball keeps the word it works on in itself
        self._known: dict[str, str] = {}

    def __call__(self, folded: str) -> str:
        stem = self._known.get(folded)
        if stem is None:
            with self._lock:
                stem = settled(str(self._snowball.stemWord(folded)) or folded)
            if len(self._known) >= _REMEMBERED_STEMS:
                self._known = {}
            self._known[folded] = stem
        return stem
