"""The surname of who was erased, so that a text can be asked for it and nobody reads it there.

What lies in another file than the register is erased after it, and by somebody else: until then
the register keeps no name but this. It is no secret from who opens the register and tries every
surname there is, so it stays for no longer.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sync.register.mentions import stem_of_name, words_of


@dataclass(frozen=True, slots=True)
class MaskedName:
    """A surname in all its cases: the first ``letters`` of a word are it if they have the digest.

    ``longest`` is how many letters the word has at most. ``salt`` is each name's own.
    """

    salt: str
    letters: int
    longest: int
    digest: str


def masked(surname: str, salt: str) -> MaskedName:
    """The surname in no letters of its own."""
    stem, longest = stem_of_name(surname)
    return MaskedName(salt, len(stem), longest, _digest(stem, salt))


def is_in(text: str, name: MaskedName) -> bool:
    """Whether the surname stands in the text in one of its cases."""
    return any(
        len(word) <= name.longest and _digest(word[: name.letters], name.salt) == name.digest
        for word in words_of(text)
    )


def _digest(letters: str, salt: str) -> str:
    return hashlib.sha256(f"{salt} {letters}".encode()).hexdigest()
