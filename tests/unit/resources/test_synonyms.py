"""The initial list of synonyms: colloquial words and the terms of the directory."""

import json
from pathlib import Path

from kb.text import Stemmer, words_of

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).resolve().parents[3] / "resources" / "directory" / "synonyms.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
STEM = Stemmer()


def stems(text: str) -> tuple[str, ...]:
    return tuple(STEM(word.text) for word in words_of(text))


def test_there_are_enough_and_each_says_all_it_must() -> None:
    assert len(PAIRS) >= 300
    for pair in PAIRS:
        assert set(pair) == {"phrase", "meaning", "both_ways"}
        assert isinstance(pair["both_ways"], bool)
        assert pair["phrase"] == pair["phrase"].strip().lower() != ""
        assert pair["meaning"] == pair["meaning"].strip().lower() != ""


def test_no_pair_is_only_another_form_of_the_same_words() -> None:
    assert [
        pair for pair in PAIRS if set(stems(pair["phrase"])) == set(stems(pair["meaning"]))
    ] == []


def test_no_pair_stands_twice() -> None:
    pairs = [
        (frozenset(stems(pair["phrase"])), frozenset(stems(pair["meaning"]))) for pair in PAIRS
    ]
    assert len(pairs) == len(set(pairs))
