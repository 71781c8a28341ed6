"""Messages of neighbours about one problem, worded differently."""

from __future__ import annotations

import json

import pytest

from sync.register.checks.morphology import Morphology
from sync.register.likeness.matters import Matters
from sync.register.likeness.search import Verdict, compare, read
from tests.benchmarks.marked_texts import FOLDER, Half

LEAST_RECALL = 0.8


@pytest.mark.parametrize("half", list(Half))
def test_one_trouble_in_other_words_is_found_and_no_other(
    half: Half, morphology: Morphology
) -> None:
    matters = Matters(morphology.normal)
    lines = (FOLDER / "pairs_voices.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [pair for pair in map(json.loads, lines) if pair["half"] == half]
    wanted = found = 0
    for pair in pairs:
        one, other = read(pair["a"], matters), read(pair["b"], matters)
        verdict = compare(one, other, same_user=False, in_term=True).verdict
        wanted += pair["verdict"] == Verdict.SIMILAR
        found += pair["verdict"] == Verdict.SIMILAR == verdict
        if pair["verdict"] == Verdict.DIFFERENT:
            assert verdict is Verdict.DIFFERENT, pair
    assert found >= LEAST_RECALL * wanted
