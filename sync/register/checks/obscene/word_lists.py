"""The city's own lists of words, beside what the program holds obscene (Regulation 6.3)."""

from __future__ import annotations

from dataclasses import dataclass

from sync.register.checks.obscene.letters import joined


@dataclass(frozen=True, slots=True)
class WordLists:
    """What is never struck, and what is obscene here too; words as ``levelled`` gives them."""

    allowed: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()


def levelled(word: str) -> str:
    """The word as it is compared: small letters with no signs between them, «е» for «ё»."""
    return joined(word).replace("ё", "е")
