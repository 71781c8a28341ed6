"""Words of a text as the index knows them: folded, cut out with their places, stemmed."""

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import Stemmer as snowball

NORMALISER_VERSION = 5  # raise it with any change of what this file returns: indexes are rebuilt

# A number written with hyphens (2-52-52) is one word.
_WITHIN_NUMBER = re.compile(r"-(?<=\d-)(?=\d)")
_WORD = re.compile(rf"[^\W_]+(?:{_WITHIN_NUMBER.pattern}[^\W_]+)*")
BETWEEN_TEXTS = "\x1f"  # no word reaches over it
_WORD_OR_BETWEEN = re.compile(rf"[^\W_]+|{BETWEEN_TEXTS}")
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
LONGEST_WORD = 40  # characters; what is longer is no word anybody looks for


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
    folded = _fold_plain(text)
    if folded is None:
        return "".join(_fold_cluster(cluster) for cluster in _CLUSTER.findall(text))
    return folded


def _fold_plain(text: str) -> str | None:
    """The same of a text whose letters fold one by one; None for any other."""
    if text.isascii():
        return text.lower()
    folded = text.casefold().replace("ё", "е")
    return folded if len(folded) == len(text) and not _has_accents(text) else None


def folded_words(text: str) -> list[str]:
    """Every word of the text in order, folded; the same as ``words_of``, without the places."""
    return cut(folded_together((text,)))


def folded_together(texts: Sequence[str]) -> str:
    """The texts folded, ``BETWEEN_TEXTS`` between two of them.

    Far quicker than one text by one: most time goes into calls.
    """
    together = BETWEEN_TEXTS.join(texts)
    if together.count(BETWEEN_TEXTS) > len(texts) - 1:  # what stands between them stands in one
        return folded_together([text.replace(BETWEEN_TEXTS, " ") for text in texts])
    folded = _fold_plain(together)
    if folded is None:
        folded = BETWEEN_TEXTS.join(map(fold, texts))
    return _WITHIN_NUMBER.sub("", folded)


def cut(folded: str) -> list[str]:
    """The words of folded texts one after the other, ``BETWEEN_TEXTS`` between two texts."""
    words: list[str] = _WORD_OR_BETWEEN.findall(folded)
    if words and max(map(len, words)) > LONGEST_WORD:
        words = [word[:LONGEST_WORD] for word in words]
    return words


def words_of(text: str) -> Iterator[Word]:
    """Every word of the text in order, with its place."""
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
        self._snowball = snowball.Stemmer("russian", 0)  # its own memory costs more than stemming
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
