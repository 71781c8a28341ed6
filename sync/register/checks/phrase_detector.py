"""Checks for what is said in a sentence: insults, threats, federal matters (Regulation 6.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sync.register.checks.check import Detector
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.phrase_files import PhraseFile
from sync.register.checks.read_words import ReadSentence, WordReader
from sync.register.checks.word_rules import WordRules
from sync.register.checks.wording import finding, first_of_each_place, said_in


@dataclass(frozen=True, slots=True)
class Sayings:
    """What one check looks for: phrases by their letters, and rules for words in any form."""

    reader: WordReader
    phrases: PhraseFile
    words: WordRules

    def phrases_in(self, read: ReadSentence) -> Iterator[tuple[str, int, int]]:
        """Type, start and end of the phrases that the author says himself, not in a quotation."""
        for type_, start, end in said_in(read.sentence, self.phrases.phrases):
            inner = [word for word in read.words if start <= word.start < end]
            if not inner or not all(word.quoted for word in inner):
                yield type_, start, end

    def said_in(self, read: ReadSentence) -> list[tuple[str, int, int]]:
        """Type, start and end of what a sentence says by itself, phrases first."""
        by_words = list(self.words.said_in(read))
        if by_words and self.words.excuses(read):
            by_words = []
        said = [*self.phrases_in(read), *by_words]
        return [] if said and self.words.excuses_anything(read) else said


def phrase_detector(sayings: Sayings, kind: FindingKind, level: Level) -> Detector:
    """The check for what is said in each sentence by itself; types become those of findings."""

    def detect(text: str) -> tuple[Finding, ...]:
        return first_of_each_place(
            finding(kind, level, type_, text, start, end)
            for read in sayings.reader.sentences(text)
            for type_, start, end in sayings.said_in(read)
        )

    return detect
