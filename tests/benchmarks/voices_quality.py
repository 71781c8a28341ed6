"""Recognition of other authors' texts by the checks of section 6; a part of rules_quality.

The texts are in tests/data/rules: voices_*.txt by the author of the rules, independent_*.txt by an
author who had not read them. Misses in the halves *_report.txt are counted and never printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.register.checks.check import Rules, check
from sync.register.checks.finding import Finding, FindingKind, Ground, ground_of
from tests.benchmarks.marked_texts import FOLDER, Half, MarkedText, read_marked_line

SOURCES = ("voices", "independent")
LEAST_CLEAN = 0.95
MOST_FALSE_PERSONAL = 0.03
CLEAN = "clean"
CLEAN_PERSONAL = "clean_personal"
PERSONAL = ("social", "flat", "policy", "health")
SECRECY = "secrecy"
# Grounds supported by a text of each class.
GROUNDS: Mapping[str, frozenset[Ground]] = {
    "minorities": frozenset({Ground.HARM}),
    "contempt": frozenset({Ground.HATRED, Ground.HARM}),
    "doubtful_place": frozenset({Ground.NO_PLACE}),
    "no_place": frozenset({Ground.NO_PLACE}),
    "several": frozenset({Ground.SEVERAL_QUESTIONS}),
    "accusation": frozenset({Ground.INSULT}),
    "threat": frozenset({Ground.THREAT}),
    "advertising": frozenset({Ground.OTHER_PURPOSE}),
    "federal": frozenset({Ground.FEDERAL}),
    "no_date": frozenset({Ground.INCOMPLETE}),
    "no_matter": frozenset({Ground.INCOMPLETE}),
}


@dataclass(frozen=True, slots=True)
class Share:
    """Number of hits of a total."""

    hit: int
    total: int

    @property
    def share(self) -> float:
        return self.hit / self.total

    def __str__(self) -> str:
        return f"{self.hit} of {self.total} ({self.share:.2f})"


def read_voices(source: str, half: Half) -> Mapping[str, tuple[MarkedText, ...]]:
    """The texts of each class."""
    classes: dict[str, list[MarkedText]] = {}
    texts: list[MarkedText] = []
    for line in (FOLDER / f"{source}_{half}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            texts = classes.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            texts.append(read_marked_line(line, half))
    return {name: tuple(each) for name, each in classes.items()}


def is_recognised(name: str, text: MarkedText, findings: tuple[Finding, ...]) -> bool:
    """Whether the findings of a text fit its class; a clean one has none."""
    personal = [each for each in findings if each.kind is FindingKind.PERSONAL_DATA]
    if name == CLEAN:
        return not any(map(ground_of, findings)) and not personal
    if name == CLEAN_PERSONAL:
        return not personal
    if name == SECRECY:
        return bool(personal)
    if name in PERSONAL:
        return all(
            any(
                each.type == place.type and each.start < place.end and place.start < each.end
                for each in personal
            )
            for place in text.places
        )
    return any(ground_of(each) in GROUNDS[name] for each in findings)


def voices_shares(
    rules: Rules, source: str, half: Half, *, misses: bool = False
) -> Mapping[str, Share]:
    """Returns the share of each class that is recognised correctly."""
    shares: dict[str, Share] = {}
    for name, texts in read_voices(source, half).items():
        right = 0
        for text in texts:
            findings = check(text.text, rules)
            is_right = is_recognised(name, text, findings)
            right += is_right
            if misses and not is_right:
                print(
                    f"  {name}: {[(e.kind.value, e.type, e.text) for e in findings]}: {text.text}"
                )
        shares[name] = Share(right, len(texts))
    return shares


def voices_quality(rules: Rules, *, misses: bool) -> bool:
    """Prints all halves by class; returns whether clean texts of the held-out halves have no
    findings.
    """
    return all([_source_quality(rules, source, misses=misses) for source in SOURCES])


def _source_quality(rules: Rules, source: str, *, misses: bool) -> bool:
    tuned = voices_shares(rules, source, Half.TUNE, misses=misses)
    kept = voices_shares(rules, source, Half.REPORT)
    for name, share in kept.items():
        print(f"{source}, {name:<16} {share}; looked at: {tuned[name]}")
    for half, shares in (("kept back", kept), ("looked at", tuned)):
        grounds = _sum(share for name, share in shares.items() if name in GROUNDS)
        personal = _sum(shares[name] for name in (SECRECY, *PERSONAL))
        print(f"{source}, {half}: grounds {grounds}, personal data and secrets {personal}")
    return (
        kept[CLEAN].share >= LEAST_CLEAN and kept[CLEAN_PERSONAL].share >= 1 - MOST_FALSE_PERSONAL
    )


def _sum(shares: Iterable[Share]) -> Share:
    all_shares = tuple(shares)
    return Share(sum(each.hit for each in all_shares), sum(each.total for each in all_shares))
