"""Detectors of other languages and of Russian typed in the Latin layout (Regulation 6.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sync.register.checks.check import Detector, Sentence, finding, sentences
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.morphology import Morphology

_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
_KEYS = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_TYPED = re.compile(r"(?<![\w@./-])[a-z`\[;',.][a-z\[\];'`,.]*[a-z`\[\];',.](?![\w@/-])", re.I)
_END = re.compile(r"[,.;']+$")
# Latin words have more vowels than Russian words typed in the Latin layout.
_VOWELS = re.compile(r"[aeiouy]")
_SURE_LENGTH = 5
_SHORTEST = 3
_MOST_LATIN = 0.6


def as_russian_keys(text: str) -> str:
    """Returns the text that the same keys produce in the Russian layout, in lower case."""
    return text.lower().translate(_KEYS)


def find_other_layout(text: str, morphology: Morphology) -> tuple[Finding, ...]:
    """Finds Russian typed in the Latin layout: single long words, or a span in which most words are
    so.
    """
    typed = list(_TYPED.finditer(text))
    meant = [(match, _meant(match[0], morphology)) for match in typed]
    long = [(match, word) for match, word in meant if len(match[0]) >= _SHORTEST]
    read = [match for match, word in long if word]
    if read and len(long) > 1 and len(read) >= len(long) * _MOST_LATIN:
        start, end = typed[0].start(), typed[-1].end()
        if re.search(r"[а-яё]", text[start:end], re.I) is None:
            return (finding(FindingKind.NOT_RUSSIAN, Level.WARN, "layout", text, start, end),)
    return tuple(
        finding(FindingKind.NOT_RUSSIAN, Level.WARN, "layout", text, match.start(), match.end())
        for match in read
        if _is_sure(match[0])
    )


def _meant(typed: str, morphology: Morphology) -> bool:
    """Whether the typed keys spell a Russian dictionary word, with or without final punctuation."""
    small = typed.lower()
    return any(
        len(keys) >= _SHORTEST and morphology.has_form(keys.translate(_KEYS))
        for keys in {small, _END.sub("", small)}
    )


def _is_sure(typed: str) -> bool:
    """Whether the typed text cannot be a Latin word: it is long and has almost no vowels, or it
    contains punctuation keys.
    """
    small = _END.sub("", typed.lower())
    if len(small) < _SURE_LENGTH or typed.isupper():
        return False
    return (
        len(_VOWELS.findall(small)) <= len(small) // 5
        or re.search(r"[\[\];'`,.]", small) is not None
    )


# Not words of any language: addresses, links, models, anything with digits.
_NO_WORDS = re.compile(
    r"\S+@\S+|(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:ru|com|org|net|рф|su|info|online)\b\S*"
    r"|[a-z0-9-]*\d[a-z0-9-]*(?![а-я])",
)
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`-][^\W\d_]+)*|[а-я]+1[а-я]+")
_LATIN = re.compile(r"[a-zà-ɏ'’`-]+")
_RUSSIAN = re.compile(r"[а-я-]+")
# Cyrillic letters that Russian lacks, and the Caucasian palochka, also typed as 1 or Latin I.
_OTHER_CYRILLIC = re.compile(
    r"[ѐ-ӿə]|[кхтпчцгл][1iӏ](?=[аеиоуыэюя])|(?<![а-я])[1iӏ](?=[аоуи][а-я])"
)
# Frequent words of neighbouring languages spelled only with Russian letters.
_NEIGHBOURS_LINES = """
що немає вже дуже від цей ця цього треба вулиця вулиці вулиць будинок будинку будинки тому зараз
доброго дякую прошу будинкiв сьогодни дорогу яма третю добу тече чому коли другу робити погана
няма вельмі калі ласка вуліца вуліцы добры дзень гэта трэба вада дапамажыце дзякуй моля улицата
водата има нас здравейте няколко дни вече много жок емес керек болуп көчө үй су салам рахмат жол
хи дац вац яц кхузахь урамехь тхан сан ду бу ву хьан маршалла баркалла дика юкъ бек болгъан манга
сизни бизни арба ханс джокъду алейкум дар ин аз нест об мо кучаи лутфан сизге кёмек суу юк
"""
_NEIGHBOURS_WORDS = frozenset(_NEIGHBOURS_LINES.split())
_BOTH_LINES = """
прошу яма много нас об ин мо ва доброго дар има тому су дика бек аз сан ду бу ханс дорогу вада
погана дни ласка
"""
_THEIRS_ALONE = _NEIGHBOURS_WORDS - frozenset(_BOTH_LINES.split())
_BRAND_WORDS = 3
_FOREIGN_SHARE = 0.6
# Pairs: minimum number of unknown words in a sentence, and their minimum share of its words.
_UNKNOWN = ((3, 0.75), (4, 0.62))


@dataclass(frozen=True, slots=True)
class _Judged:
    sentence: Sentence
    letters: int
    type: str | None


def language_detector(morphology: Morphology) -> Detector:
    """Builds a detector of other languages and of Russian typed in the wrong layout.

    The type is "latin", "cyrillic" (another language in these letters), "script" (other letters) or
    "layout". If the whole text is affected, the finding is a ground of refusal; a single sentence
    in a Russian text is a warning. Product names, abbreviations, addresses and links are ignored.
    """

    def other_language(sentence: Sentence, as_given: str) -> str | None:
        words = _WORD.findall(_NO_WORDS.sub(" ", sentence.text))
        scripts = [_script(word) for word in words]
        latin = [word for word, script in zip(words, scripts, strict=True) if script == "latin"]
        if scripts.count("script") > len(words) / 2:
            return "script"
        if len(latin) > len(words) * _FOREIGN_SHARE and _is_speech(latin, as_given):
            return "latin"
        russian = [word for word in words if _script(word) == "cyrillic" and len(word) >= _SHORTEST]
        return "cyrillic" if _is_other_cyrillic(russian, words, as_given) else None

    def _is_other_cyrillic(long: list[str], words: list[str], as_given: str) -> bool:
        strange = sum(_OTHER_CYRILLIC.search(word) is not None for word in words)
        known_there = sum(word in _NEIGHBOURS_WORDS for word in words)
        certain = strange + sum(word in _THEIRS_ALONE for word in words)
        if strange and strange >= len(words) / 2:
            return True
        names = frozenset(re.findall(r"[А-ЯЁ][а-яё]+", as_given[1:]))
        small_names = {name.lower().replace("ё", "е") for name in names}
        ordinary = [word for word in long if word not in small_names]
        unknown = [
            word
            for word in ordinary
            if not _RUSSIAN.fullmatch(word) or not morphology.is_known(word)
        ]
        share = len(unknown) / len(ordinary) if ordinary else 0.0
        if certain >= 2 and (share >= 0.3 or known_there + strange >= len(words) / 2):
            return True
        return any(len(unknown) >= fewest and share >= least for fewest, least in _UNKNOWN)

    def detect(text: str) -> tuple[Finding, ...]:
        layout = find_other_layout(text, morphology)
        if layout:
            return layout
        judged = []
        for sentence in sentences(text):
            letters = sum(letter.isalpha() for letter in _NO_WORDS.sub(" ", sentence.text))
            given = text[sentence.start : sentence.end]
            judged.append(_Judged(sentence, letters, other_language(sentence, given)))
        foreign = [each for each in judged if each.type is not None]
        whole = sum(each.letters for each in judged)
        if foreign and sum(each.letters for each in foreign) >= whole * _FOREIGN_SHARE:
            kind = max(foreign, key=lambda each: each.letters).type or ""
            return (finding(FindingKind.NOT_RUSSIAN, Level.GROUND, kind, text, 0, len(text)),)
        return tuple(
            finding(
                FindingKind.NOT_RUSSIAN,
                Level.WARN,
                each.type or "",
                text,
                each.sentence.start,
                each.sentence.end,
            )
            for each in foreign
        )

    return detect


def _script(word: str) -> str:
    if _LATIN.fullmatch(word):
        return "latin"
    if re.search(r"[а-яѐ-ӿ]", word):
        return "cyrillic"
    return "script"


def _is_speech(latin: list[str], as_given: str) -> bool:
    """Whether the Latin words of a sentence are more than names.

    ``as_given`` is the sentence with its capitals: several words in lower case, or many in
    capitals.
    """
    long = [word for word in latin if len(word) > 1]
    small = [word for word in re.findall(r"(?<![\w@./])[a-zà-ɏ]{2,}", as_given) if word.islower()]
    is_shouted = as_given.isupper() and len(long) > _BRAND_WORDS
    return len(long) >= 2 and (len(small) >= 2 or is_shouted or len(small) == len(long))
