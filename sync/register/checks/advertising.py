"""Goods, services and work offered in a message (Regulation 6.3, item 7)."""

from __future__ import annotations

from sync.register.checks.check import Detector
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.phrase_files import PhraseFile
from sync.register.checks.wording import finding, first_of_each_place, said_in, sentences

_SIGN = "sign-"
_ENOUGH_SIGNS = 2


def advertising_detector(file: PhraseFile) -> Detector:
    """The check for offers; type is that of the phrase, or "offer" where several signs make one.

    A phrase whose type begins with "sign-" is an offer only together with another sign. A message
    that complains of advertising or trade is none.
    """
    complaint = file.parts["<complaint>"]

    def detect(text: str) -> tuple[Finding, ...]:
        said = sentences(text)
        found = [each for sentence in said for each in said_in(sentence, file.phrases)]
        if found and any(complaint.search(sentence.text) for sentence in said):
            return ()
        offers = [each for each in found if not each[0].startswith(_SIGN)]
        if offers:
            return first_of_each_place(
                finding(FindingKind.ADVERTISING, Level.GROUND, type_, text, start, end)
                for type_, start, end in offers
            )
        if len({type_ for type_, _, _ in found}) < _ENOUGH_SIGNS:
            return ()
        start, end = min(each[1] for each in found), max(each[2] for each in found)
        return (finding(FindingKind.ADVERTISING, Level.GROUND, "offer", text, start, end),)

    return detect
