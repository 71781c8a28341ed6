"""Checks by several signs: goods and services offered, the author's own life (Regulation 6.3)."""

from __future__ import annotations

import re

from sync.register.checks.check import Detector
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.phrase_detector import Sayings
from sync.register.checks.read_words import ReadSentence
from sync.register.checks.wording import finding, first_of_each_place

_SIGN = "sign-"
_ENOUGH_SIGNS = 2


def sign_detector(
    sayings: Sayings,
    kind: FindingKind,
    level: Level,
    several: str,
    innocent: re.Pattern[str] | None,
) -> Detector:
    """The check for a text as a whole; type is that of what is said, or ``several``.

    What has a type that begins with "sign-" tells only beside another sign. What excuses a
    sentence, or ``innocent`` in one, excuses the text: a complaint of advertising is none.
    """

    def is_innocent(read: ReadSentence) -> bool:
        return sayings.words.excuses_anything(read) or (
            innocent is not None and innocent.search(read.sentence.text) is not None
        )

    def detect(text: str) -> tuple[Finding, ...]:
        read = sayings.reader.sentences(text)
        found = [each for sentence in read for each in sayings.phrases_in(sentence)]
        by_words = [each for sentence in read for each in sayings.words.said_in(sentence)]
        if by_words and not any(sayings.words.excuses(sentence) for sentence in read):
            found += by_words
        if not found or any(is_innocent(sentence) for sentence in read):
            return ()
        whole = [each for each in found if not each[0].startswith(_SIGN)]
        if whole:
            return first_of_each_place(
                finding(kind, level, type_, text, start, end) for type_, start, end in whole
            )
        signs = first_of_each_place(
            finding(kind, level, type_, text, start, end) for type_, start, end in found
        )
        if len({sign.type for sign in signs}) < _ENOUGH_SIGNS:
            return ()
        start, end = min(each[1] for each in found), max(each[2] for each in found)
        return (finding(kind, level, several, text, start, end),)

    return detect
