"""Russian words typed while the keyboard was Latin: «ghbdtn» (Regulation 6.3)."""

from __future__ import annotations

import re

from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.morphology import Morphology
from sync.register.checks.wording import finding

_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
_KEYS = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_TYPED = re.compile(r"(?<![\w@./-])[a-z`\[;',.][a-z\[\];'`,.]*[a-z`\[\];',.](?![\w@/-])", re.I)
_END = re.compile(r"[,.;']+$")
# Latin words have more of them than what Russian keys make.
_VOWELS = re.compile(r"[aeiouy]")
_SURE_LENGTH = 5
_SHORTEST = 3
_MOST_LATIN = 0.6


def as_russian_keys(text: str) -> str:
    """What the same keys write while the keyboard is Russian, in small letters."""
    return text.lower().translate(_KEYS)


def find_other_layout(text: str, morphology: Morphology) -> tuple[Finding, ...]:
    """Where the keys of a text make Russian words; a long word alone, or most of a Latin text."""
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
    """Whether the keys make a word of the dictionary, with or without a mark at its end."""
    small = typed.lower()
    return any(
        len(keys) >= _SHORTEST and morphology.has_form(keys.translate(_KEYS))
        for keys in {small, _END.sub("", small)}
    )


def _is_sure(typed: str) -> bool:
    """Whether it can be no Latin word: it is long and has hardly a vowel."""
    small = _END.sub("", typed.lower())
    if len(small) < _SURE_LENGTH or typed.isupper():
        return False
    return (
        len(_VOWELS.findall(small)) <= len(small) // 5
        or re.search(r"[\[\];'`,.]", small) is not None
    )
