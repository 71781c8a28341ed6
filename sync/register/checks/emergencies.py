"""What cannot wait for a message: the caller is told to ring 112 first (Regulation 6.3)."""

from __future__ import annotations

from sync.register.checks.check import Detector
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.phrase_detector import Sayings
from sync.register.checks.wording import Sentence, finding, first_of_each_place


def emergency_detector(sayings: Sayings) -> Detector:
    """The check for a danger to people that is going on; type tells which.

    What is past, feared, planned or already dealt with is none.
    """
    now, not_now, over = (sayings.phrases.parts[name] for name in ("<now>", "<not-now>", "<over>"))

    def goes_on(sentence: Sentence) -> bool:
        return not not_now.search(sentence.text) or bool(now.search(sentence.text))

    def detect(text: str) -> tuple[Finding, ...]:
        said = sayings.reader.sentences(text)
        found = first_of_each_place(
            finding(FindingKind.EMERGENCY, Level.WARN, type_, text, start, end)
            for sentence in said
            for type_, start, end in sayings.said_in(sentence)
            if goes_on(sentence.sentence)
        )
        return () if found and any(over.search(each.sentence.text) for each in said) else found

    return detect
