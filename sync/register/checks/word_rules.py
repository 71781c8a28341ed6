"""Rules over words in any grammatical form, read from the files in resources/rules/words.

An empty line separates blocks. A block that starts with <name> is a class: normal forms, е for ё.
A block that starts with ``unless`` cancels all rules of the file; one with ``unless anything`` also
cancels the phrases of the same check. Any other block starts with the type of its findings. Each
further line is a pattern, and any of them may match; patterns below a line ``unless`` cancel the
finding in that sentence. A pattern is a sequence of words:

    harm           a word of the class; in Russian letters, that word in any form
    =вам           exactly this form
    *              any word
    harm|body      either
    harm:1per+futr with these OpenCorpora tags
    -pay  ~pay     after «не»; with or without «не». Other words must be without «не».
    ..             up to four words in between
    &              in any order, anywhere in the sentence

Patterns that cancel match with or without «не». Words in quotation marks are not the author's own:
they can cancel a finding but are never found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sync.register.checks.phrase_files import ReadSentence, Word

_UNLESS = "unless"
_UNLESS_ANYTHING = "unless anything"
_GAP_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Choice:
    normals: frozenset[str] | None
    forms: frozenset[str]
    tags: frozenset[str]
    negated: bool | None

    def fits(self, word: Word) -> bool:
        if self.negated is not None and word.negated is not self.negated:
            return False
        if self.forms:
            return word.said in self.forms
        return any(
            (self.normals is None or meaning.normal in self.normals) and self.tags <= meaning.tags
            for meaning in word.meanings
        )


@dataclass(frozen=True, slots=True)
class _Element:
    choices: tuple[_Choice, ...]
    gap: int

    def fits(self, word: Word) -> bool:
        return any(choice.fits(word) for choice in self.choices)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Word chains that must all occur in a sentence.

    ``needed`` speeds up the search: a matching sentence has a word of each of these sets.
    """

    chains: tuple[tuple[_Element, ...], ...]
    needed: tuple[frozenset[str], ...]

    def place_in(self, read: ReadSentence, *, quoted: bool) -> tuple[int, int] | None:
        """Returns start and end of the match (offsets in the text); None if there is none."""
        for needed in self.needed:  # no generator: most patterns end here, some 10,000 per second
            if needed.isdisjoint(read.normals):
                return None
        places = []
        for chain in self.chains:
            place = next(_places(chain, read.words, quoted=quoted), None)
            if place is None:
                return None
            places.append(place)
        return min(start for start, _ in places), max(end for _, end in places)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Rule of a file; ``needed`` has the words one of which each matching sentence contains.

    None if the rule has no such words.
    """

    type: str
    said: tuple[_Pattern, ...]
    unless: tuple[_Pattern, ...]
    needed: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class WordRules:
    """Rules of a check, and the patterns that cancel them."""

    rules: tuple[_Rule, ...]
    unless: tuple[_Pattern, ...]
    unless_anything: tuple[_Pattern, ...]

    def excuses(self, read: ReadSentence) -> bool:
        """Whether the sentence cancels all word rules of the check."""
        return _any_said(self.unless, read)

    def excuses_anything(self, read: ReadSentence) -> bool:
        """Whether the sentence cancels all word rules and phrases of the check."""
        return _any_said(self.unless_anything, read)

    def said_in(self, read: ReadSentence) -> Iterator[tuple[str, int, int]]:
        """Yields type, start and end (offsets in the text) of the rules that match and are not
        cancelled.
        """
        for rule in self.rules:
            if rule.needed is not None and rule.needed.isdisjoint(read.normals):
                continue
            places = (pattern.place_in(read, quoted=False) for pattern in rule.said)
            place = next(filter(None, places), None)
            if place is not None and not _any_said(rule.unless, read):
                yield rule.type, *place


def read_word_rules(*paths: Path) -> WordRules:
    """Reads rule files that are part of the program; later files can use the classes of earlier
    ones.
    """
    classes: dict[str, frozenset[str]] = {}
    rules: list[_Rule] = []
    excuses: dict[str, list[_Pattern]] = {_UNLESS: [], _UNLESS_ANYTHING: []}
    text = "\n\n".join(path.read_text("utf-8") for path in paths)
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for block in re.split(r"\n{2,}", "\n".join(lines).strip()):
        title, *body = block.splitlines()
        if title.startswith("<"):
            classes[title[1:-1]] = frozenset(" ".join(body).split())
            continue
        if title in excuses:
            excuses[title].extend(_patterns(body, classes, None))
            continue
        at = body.index(_UNLESS) if _UNLESS in body else len(body)
        rules.append(
            _rule(
                title,
                _patterns(body[:at], classes, False),
                _patterns(body[at + 1 :], classes, None),
            )
        )
    return WordRules(tuple(rules), tuple(excuses[_UNLESS]), tuple(excuses[_UNLESS_ANYTHING]))


def _rule(type_: str, said: tuple[_Pattern, ...], unless: tuple[_Pattern, ...]) -> _Rule:
    needed = [each.needed[0] for each in said if each.needed]
    whole = frozenset[str]().union(*needed) if len(needed) == len(said) else None
    return _Rule(type_, said, unless, whole)


def _any_said(patterns: Iterable[_Pattern], read: ReadSentence) -> bool:
    return any(pattern.place_in(read, quoted=True) is not None for pattern in patterns)


def _places(
    chain: tuple[_Element, ...], words: tuple[Word, ...], *, quoted: bool
) -> Iterator[tuple[int, int]]:
    first, *further = chain
    for at, word in enumerate(words):
        if (quoted or not word.quoted) and first.fits(word):
            last = _last_of(further, words, at)
            if last is not None:
                yield word.start, words[last].end


def _last_of(chain: list[_Element], words: tuple[Word, ...], at: int) -> int | None:
    """Returns the position of the last word of a chain that continues after ``at``; None if it does
    not.
    """
    if not chain:
        return at
    element, *further = chain
    for next_at in range(at + 1, min(at + 2 + element.gap, len(words))):
        if element.fits(words[next_at]):
            last = _last_of(further, words, next_at)
            if last is not None:
                return last
    return None


def _patterns(
    lines: list[str], classes: dict[str, frozenset[str]], negated: bool | None
) -> tuple[_Pattern, ...]:
    return tuple(_pattern(line, classes, negated) for line in lines)


def _pattern(line: str, classes: dict[str, frozenset[str]], negated: bool | None) -> _Pattern:
    chains = tuple(_chain(part, classes, negated) for part in line.split(" & "))
    known = [
        frozenset[str]().union(*(choice.normals or () for choice in element.choices))
        for chain in chains
        for element in chain
        if all(choice.normals is not None for choice in element.choices)
    ]
    return _Pattern(chains, tuple(sorted(known, key=len)))


def _chain(
    part: str, classes: dict[str, frozenset[str]], negated: bool | None
) -> tuple[_Element, ...]:
    elements: list[_Element] = []
    gap = 0
    for each in part.split():
        if each == "..":
            gap = _GAP_WORDS
            continue
        choices = tuple(_choice(choice, classes, negated) for choice in each.split("|"))
        elements.append(_Element(choices, gap))
        gap = 0
    return tuple(elements)


def _choice(entered: str, classes: dict[str, frozenset[str]], negated: bool | None) -> _Choice:
    """Parses one word of a pattern.

    ``negated`` is the default: True requires «не» before the word, False excludes it, None allows
    both.
    """
    if entered.startswith("="):
        return _Choice(None, frozenset({entered[1:]}), frozenset(), None)
    negated = {"-": True, "~": None}.get(entered[0], negated)
    name, _, tags = entered.lstrip("-~").partition(":")
    wanted = frozenset(tags.split("+")) if tags else frozenset[str]()
    if name == "*":
        return _Choice(None, frozenset(), wanted, negated)
    normals = frozenset({name}) if re.match("[а-я₽%]", name) else classes[name]
    return _Choice(normals, frozenset(), wanted, negated)
