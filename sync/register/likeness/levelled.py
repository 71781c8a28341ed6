"""A text levelled, so that only its words count: the exact repetition of Regulation 6.4."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_NOT_A_WORD = re.compile(r"[^\w]+|_+")
# Drawn alike: a Latin letter within a Russian word is a slip of the keyboard, or a trick.
_ALIKE = str.maketrans("aceopxykhbmtё", "асеорхукнвмте")
_LATIN_WORD = re.compile(r"[a-z0-9]+")
_STRESS = re.compile(r"[\u0300-\u036f]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")


def levelled(text: str) -> str:
    """The words of the text alone: no case, no punctuation, no stress marks, ё as е.

    Words that are wholly Latin stay so.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    words = _NOT_A_WORD.sub(" ", _STRESS.sub("", plain)).split()
    return " ".join(
        word if _LATIN_WORD.fullmatch(word) else word.translate(_ALIKE) for word in words
    )


def fingerprint(text: str) -> str:
    """The same for texts that repeat each other, and for no others; 64 hexadecimal digits."""
    return hashlib.sha256(levelled(text).encode()).hexdigest()
