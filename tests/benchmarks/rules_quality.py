"""Recall and false alarms of the text checks of messages, and the duration for one message.

    python -m tests.benchmarks.rules_quality [--half tune|report] [--misses]

Recall is the share of marked places that a finding of the same type overlaps; false alarms are the
share of harmless texts with any finding; exact is the share of found places with the marked span.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from statistics import quantiles

from sync.commands.rules import make_rules
from sync.register.checks.check import check
from sync.register.checks.finding import Finding, FindingKind
from sync.register.checks.personal.known import Known
from tests.benchmarks.marked_texts import Half, MarkedText, Place, read_marked
from tests.benchmarks.voices_quality import voices_quality
from tests.benchmarks.wording_quality import wording_quality

LEAST_RECALL = 0.95
MOST_FALSE_ALARMS = 0.03
MOST_P95_MS = 10.0
MESSAGE_LINES = 12  # about 900 characters


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", type=Half, choices=list(Half), help="both where none is named")
    parser.add_argument("--misses", action="store_true", help="print what went wrong")
    parsed = parser.parse_args()
    texts = [
        marked for marked in read_marked("personal_data.txt") if parsed.half in (None, marked.half)
    ]
    rules = make_rules(Known())
    sound = (
        _personal_data(texts, misses=parsed.misses),
        wording_quality(rules, parsed.half, misses=parsed.misses),
        voices_quality(rules, misses=parsed.misses),
        _speed([marked.text for marked in texts]),
    )
    return 0 if all(sound) else 1


def _personal_data(texts: list[MarkedText], *, misses: bool) -> bool:
    rules = make_rules(Known())
    wanted: Counter[str] = Counter()
    found_of: Counter[str] = Counter()
    exact = alarms = strays = 0
    for marked in texts:
        findings = [
            finding
            for finding in check(marked.text, rules)
            if finding.kind is FindingKind.PERSONAL_DATA
        ]
        for place in marked.places:
            wanted[place.type] += 1
            hits = [finding for finding in findings if _hits(finding, place)]
            found_of[place.type] += bool(hits)
            exact += any((hit.start, hit.end) == (place.start, place.end) for hit in hits)
            if misses and not hits:
                print(f"missed {place.type}: {marked.text}")
            elif misses and not any((h.start, h.end) == (place.start, place.end) for h in hits):
                print(f"other span {[hit.text for hit in hits]}: {marked.text}")
        stray = [
            finding
            for finding in findings
            if not any(_hits(finding, place) for place in marked.places)
        ]
        alarms += bool(stray and not marked.places)
        strays += bool(stray and marked.places)
        if misses and stray:
            print(f"false {[(one.type, one.text) for one in stray]}: {marked.text}")
    innocent = sum(not marked.places for marked in texts)
    total, hit_count = wanted.total(), found_of.total()
    print("personal data, recall by type:")
    for type_ in sorted(wanted):
        print(f"  {type_:<12}{found_of[type_]:>4} of {wanted[type_]}")
    print(
        f"recall {hit_count / total:.3f} of {total} (at least {LEAST_RECALL}), false alarms "
        f"{alarms / innocent:.3f} of {innocent} (at most {MOST_FALSE_ALARMS}), "
        f"exact span {exact / max(1, hit_count):.3f}, texts with a stray finding {strays}"
    )
    return hit_count >= LEAST_RECALL * total and alarms <= MOST_FALSE_ALARMS * innocent


def _hits(finding: Finding, place: Place) -> bool:
    return finding.type == place.type and finding.start < place.end and place.start < finding.end


def _speed(texts: list[str]) -> bool:
    """One message with all checks, each text for the first time; in processor time."""
    rules = make_rules(Known())
    check("Первое слово", rules)
    messages = [
        "\n".join(texts[first : first + MESSAGE_LINES])
        for first in range(0, len(texts), MESSAGE_LINES)
    ] + texts
    taken = []
    for message in messages:
        begin = time.process_time()
        check(message, rules)
        taken.append((time.process_time() - begin) * 1000)
    p95 = quantiles(taken, n=20)[-1]
    print(f"one message: p95 {p95:.1f} ms, most {max(taken):.1f} ms (at most {MOST_P95_MS:.0f})")
    return p95 <= MOST_P95_MS


if __name__ == "__main__":
    sys.exit(main())
