"""Checks that look for phrases alone: insults, threats, federal matters (Regulation 6.3)."""

from __future__ import annotations

from sync.register.checks.check import Detector
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.phrase_files import PhraseFile
from sync.register.checks.wording import finding, first_of_each_place, said_in, sentences


def phrase_detector(file: PhraseFile, kind: FindingKind, level: Level) -> Detector:
    """The check for the phrases of a file; their types become those of the findings."""

    def detect(text: str) -> tuple[Finding, ...]:
        return first_of_each_place(
            finding(kind, level, type_, text, start, end)
            for sentence in sentences(text)
            for type_, start, end in said_in(sentence, file.phrases)
        )

    return detect
