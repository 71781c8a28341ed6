"""Which words of a Russian text a spell-checker should be asked about.

Passed over, since they would only be noise: e-mail and web addresses, numbers and what hangs on
them («2-й», «кв15»), Latin words, abbreviations («ул.», «МФЦ»), capitals in mid-sentence (names).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*|\S+\.(?:ru|su|com|org|net|рф)\b\S*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[-‑][^\W\d_]+)*")
_LAST_WORD = re.compile(r"([^\W\d_]+)\.$")
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_BESIDE_NUMBER = re.compile(r"[\d_]")
_PLAIN = re.compile(r"[а-яё]{2,}")  # most words: nothing but a full stop behind them can matter
# What may stand between a full stop and the first word after it.
_OPENING = " \t\u00a0«\"“„'(—–-•*"
_SENTENCE_ENDS = ".!?…:;\n"
_LONGEST_ALL_CAPITALS = 6
_LOOKED_BACK = 24  # characters before a word
_ABBREVIATION_WORDS = (
    "адм авт вкл гг гор гос гр дер доб долл др ед жил зав зам изм им инв кв кг км коп корп "
    "куб лит макс мед мес мин мкр млн млрд моб напр нас обл обр ок орг отв отд офиц пгт пер "
    "пл пом пос пр прим просп проч рег ред респ рис род руб сек след см сокр соц ср стр табл "
    "тел терр тип тыс ул уч хоз цен част чел эл экз эт юр наб ст пн вт чт пт сб вс"
)
_ABBREVIATIONS = frozenset(_ABBREVIATION_WORDS.split())


@dataclass(frozen=True, slots=True)
class TextWord:
    """A word in a text, and where it begins, in characters."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def words_to_check(text: str) -> Iterator[TextWord]:
    """The words of one paragraph that can be misspelled, in their order."""
    # Asked at each letter that is typed: what stands nowhere in the text is looked for once.
    may_have_address = "." in text or "@" in text or "://" in text
    addresses = [match.span() for match in _ADDRESS.finditer(text)] if may_have_address else []
    has_number = _BESIDE_NUMBER.search(text) is not None
    for match in _WORD.finditer(text):
        start, end = match.span()
        if addresses and any(first <= start < last for first, last in addresses):
            continue
        if has_number and _hangs_on_number(text, start, end):
            continue
        if _PLAIN.fullmatch(match.group()) and not text.startswith(".", end):
            yield TextWord(start, match.group())
            continue
        for part in _parts(TextWord(start, match.group())):
            if not _is_passed_over(text, part):
                yield part


def _hangs_on_number(text: str, start: int, end: int) -> bool:
    if _BESIDE_NUMBER.match(text[end : end + 1]):
        return True
    before = text[max(0, start - 2) : start].rstrip("-‑")[-1:]
    after = text[end : end + 2].lstrip("-‑")[:1] if text[end : end + 1] in ("-", "‑") else ""
    return bool(_BESIDE_NUMBER.match(before) or _BESIDE_NUMBER.match(after))


def _parts(word: TextWord) -> Iterator[TextWord]:
    """The word; of «IT-отдел» only the Russian parts."""
    parts = [
        TextWord(word.start + match.start(), match.group())
        for match in re.finditer(r"[^-‑]+", word.text)
    ]
    if any(not _CYRILLIC.search(part.text) for part in parts):
        yield from (part for part in parts if _CYRILLIC.search(part.text))
    else:
        yield word


def _is_passed_over(text: str, word: TextWord) -> bool:
    letters = word.text
    if len(letters) == 1:
        return True
    if _LATIN.search(letters):
        return False  # a Latin letter inside a Russian word looks right and is found by no search
    if letters.isupper() and len(letters) <= _LONGEST_ALL_CAPITALS:
        return True
    if any(part[1:] != part[1:].lower() for part in re.split("[-‑]", letters)) and (
        not letters.isupper()
    ):
        return True
    if text[word.end : word.end + 1] == "." and letters.lower() in _ABBREVIATIONS:
        return True
    return letters[0].isupper() and not letters.isupper() and not _begins(text, word.start)


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins there, so that a capital says nothing about a name."""
    # A few characters tell; looking at all of them for each word would cost their square.
    before = text[max(0, start - _LOOKED_BACK) : start].rstrip(_OPENING)
    if not before.endswith("."):
        return not before or before[-1] in _SENTENCE_ENDS
    last = _LAST_WORD.search(before)
    # «ул. Ленина» and «А. Орлова» go on with a name.
    return last is None or not (len(last[1]) == 1 or last[1].lower() in _ABBREVIATIONS)
