"""The evaluation set queries existing entries, and generated entries answer none of its queries."""

from collections import Counter
from itertools import islice

import pytest

from tests.benchmarks.search.fill import filled
from tests.benchmarks.search.queries import Domain, Half, entries_of, queries_of

EACH = 60


@pytest.mark.parametrize(
    ("domain", "least"),
    [(Domain.MUNICIPAL, {"paraphrase": 200}), (Domain.RAILWAY, {"paraphrase": 40})],
)
def test_every_query_has_an_answer_and_is_asked_once(domain: Domain, least: dict[str, int]) -> None:
    entries = entries_of(domain)
    known = {entry.id for entry in entries}
    queries = queries_of(domain, entries, EACH, seed=1)
    assert all(query.answers and query.answers <= known and query.text for query in queries)
    repeated = Counter((query.kind, query.text) for query in queries)
    assert max(repeated.values()) == 1, repeated.most_common(3)
    counts = Counter(query.kind for query in queries)
    assert all(counts[kind] >= count for kind, count in least.items())


def test_both_halves_hold_every_kind_and_no_entry_is_in_both() -> None:
    entries = entries_of(Domain.MUNICIPAL)
    queries = queries_of(Domain.MUNICIPAL, entries, EACH, seed=1)
    for kind in {query.kind for query in queries}:
        halves = Counter(query.half for query in queries if query.kind == kind)
        assert min(halves[Half.TUNE], halves[Half.REPORT]) >= 10, kind


def test_made_entries_are_the_same_for_a_seed_and_others_for_another() -> None:
    given = entries_of(Domain.MUNICIPAL)
    count = len(given) + 200
    first = list(filled(given, count, seed=1))
    assert first[: len(given)] == list(given)
    assert len({entry.id for entry in first}) == count
    assert first == list(filled(given, count, seed=1))
    other = list(filled(given, count, seed=2))[len(given) :]
    assert other != first[len(given) :]


def test_no_made_entry_repeats_a_title_or_a_sentence_of_those_given() -> None:
    given = entries_of(Domain.MUNICIPAL)
    titles = {title.lower() for entry in given for title in (entry.title, *entry.names)}
    sentences = {
        sentence.lower()
        for entry in given
        for sentence in entry.body.split(". ")
        if len(sentence.split()) > 5
    }
    made = islice(filled(given, len(given) + 2000, seed=1), len(given), None)
    for entry in made:
        assert entry.title.lower() not in titles
        assert not any(sentence.lower() in sentences for sentence in entry.body.split(". "))
