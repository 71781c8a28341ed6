"""A surname that stands by itself in a few typed words, without a name or initials beside it.

In a message such a word is nobody's: too many ordinary words are surnames too. Of what is typed
into a search a false alarm costs little, for then the words are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sync.register.checks.layout import as_russian_keys
from sync.register.checks.morphology import Morphology
from sync.register.checks.personal.known import FullName, Known, KnownPeople
from sync.register.checks.personal.name_context import is_public
from sync.register.checks.personal.name_words import CASES, OF_NAMES, WORD, NameWords
from sync.register.checks.personal.names import NameFound

SHORTEST = 3
LEAST_SHARE = 0.1  # of its readings, for a word among others
_ADJECTIVE = r"[цс]к(?:ий|ая|ого|ому|им|ом|ой|ую)$"
_LIKE_AN_ADJECTIVE = re.compile(_ADJECTIVE)
# Of words that the dictionary does not have; narrower than beside a first name.
_LIKE_A_SURNAME = re.compile(
    r"(?:[оеё]в|[иы]н)(?:а|у|ым|е|ой|ою)?$"
    rf"|{_ADJECTIVE}"
    r"|(?:енко|швили|дзе|[яа]н(?:а|у|ом|е)?|(?:чук|юк|ук|вич)(?:а|у|ом|ем|е)?)$"
)
_RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)


class LoneSurnames:
    """Tells of short texts whether a surname stands in them; of one thread, as its dictionary."""

    def __init__(self, morphology: Morphology, known: Known) -> None:
        self._morphology = morphology
        name_words = NameWords(morphology)
        self._people = KnownPeople((*known.names, *known.world_known), morphology, name_words)

    def is_in(self, text: str, is_known: Callable[[str], bool]) -> bool:
        """Whether a word of the text is a surname, and neither a place's nor an official's.

        ``is_known`` tells of a word in small letters whether the directory or the list of places
        has it. A text in Latin letters is read by its keys too: «gtnhjdf» is «петрова».
        """
        texts = [text] if _RUSSIAN.search(text) else [text, as_russian_keys(text)]
        return any(self._has(each, is_known) for each in texts)

    def _has(self, text: str, is_known: Callable[[str], bool]) -> bool:
        words = list(WORD.finditer(text))
        return any(
            self._is_surname(text, word, is_known, is_alone=len(words) == 1) for word in words
        )

    def _is_surname(
        self, text: str, word: re.Match[str], is_known: Callable[[str], bool], *, is_alone: bool
    ) -> bool:
        lower = word[0].lower()
        cases = self._cases(lower, is_alone=is_alone)
        if not cases or is_known(lower) or self._people.has(FullName(word[0])):
            return False
        return not is_public(text, NameFound(FullName(word[0]), word.start(), word.end(), cases))

    def _cases(self, lower: str, *, is_alone: bool) -> frozenset[str]:
        """The cases that the word stands in as a surname; none where it is hardly one."""
        readings = self._morphology.readings(lower)
        surnames = [one for one in readings if "Surn" in one.tags]
        # «нурмагомедов»: the dictionary knows only that there are many called Нурмагомед
        are_several = all({"Name", "plur"} <= one.tags for one in readings)
        if are_several or not any(one.is_known for one in readings):
            return CASES if len(lower) > SHORTEST and _LIKE_A_SURNAME.search(lower) else frozenset()
        share = sum(one.score for one in surnames if one.is_known)
        if len(lower) < SHORTEST or share < (0 if is_alone else LEAST_SHARE) or not share:
            return frozenset()
        # «мельник» and «белые» are words of their own; «троицкая» alone is a person
        is_plain = any("nomn" in one.tags and not one.tags & OF_NAMES for one in readings)
        if is_plain and "Surn" not in readings[0].tags:
            return CASES if is_alone and _LIKE_AN_ADJECTIVE.search(lower) else frozenset()
        return frozenset().union(*(one.tags & CASES for one in surnames))
