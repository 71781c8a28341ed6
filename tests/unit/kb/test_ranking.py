"""Entries are ordered by how well they explain what was typed."""

from collections.abc import Mapping

from kb.query import Group
from kb.ranking import Candidate, Weights, rank

FREQUENCY = {"паспорт": 3, "замен": 3, "вод": 300, "ден": 300}
ENTRIES = 1000


def _candidate(id: int, title: str, names: str = "", body: str = "", bm25: float = 0) -> Candidate:
    return Candidate(id, f"k{id}", f" {title} ", f" {names} ", f" {body} ", bm25)


def _group(*stems: str, weight: float = 1.0, prefix: str | None = None) -> Group:
    return Group(stems[0], dict.fromkeys(stems, weight), prefix, drives=True)


def _order(
    candidates: list[Candidate], groups: list[Group], picks: Mapping[str, float] | None = None
) -> list[int]:
    ranked = rank(
        candidates, groups, lambda stem: FREQUENCY.get(stem, 1), ENTRIES, picks or {}, Weights()
    )
    return [found.id for found in ranked]


def test_a_word_in_the_title_counts_more_than_one_in_the_text() -> None:
    found = _order(
        [_candidate(1, "вод", body="паспорт"), _candidate(2, "паспорт", body="вод")],
        [_group("паспорт")],
    )
    assert found == [2, 1]


def test_another_name_counts_nearly_as_a_title() -> None:
    found = _order(
        [
            _candidate(1, "вод", body="паспорт"),
            _candidate(2, "вод", names="ден | паспорт"),
            _candidate(3, "паспорт"),
        ],
        [_group("паспорт")],
    )
    assert found == [3, 2, 1]


def test_variants_of_one_word_count_once_by_the_best() -> None:
    """FTS5's bm25 adds variants up and would prefer the first (trap 7)."""
    variants = Group("па", {"паспорт": 0.9, "парк": 0.5, "пар": 0.5}, None, drives=True)
    found = _order([_candidate(1, "парк пар"), _candidate(2, "паспорт замен")], [variants])
    assert found == [2, 1]


def test_a_rare_word_outweighs_a_common_one() -> None:
    found = _order(
        [_candidate(1, "вод"), _candidate(2, "паспорт")], [_group("вод"), _group("паспорт")]
    )
    assert found[0] == 2


def test_words_side_by_side_in_order_come_first() -> None:
    found = _order(
        [_candidate(1, "замен вод дом ключ паспорт"), _candidate(2, "вод дом ключ замен паспорт")],
        [_group("замен"), _group("паспорт")],
    )
    assert found == [2, 1]


def test_a_short_title_that_is_all_asked_for_comes_first() -> None:
    found = _order(
        [_candidate(1, "паспорт крыш дом двор окон стен пол"), _candidate(2, "паспорт")],
        [_group("паспорт")],
    )
    assert found == [2, 1]


def test_what_operators_pick_breaks_a_tie() -> None:
    alike = [_candidate(1, "паспорт"), _candidate(2, "паспорт")]

    assert _order(alike, [_group("паспорт")]) == [1, 2]
    assert _order(alike, [_group("паспорт")], {"k2": 3.0}) == [2, 1]


def test_a_short_beginning_ranks_by_the_titles_words() -> None:
    short = Group("за", {"зал": 0.6}, "за", drives=False)
    found = _order(
        [_candidate(1, "паспорт вод"), _candidate(2, "паспорт замен")], [_group("паспорт"), short]
    )
    assert found == [2, 1]


def test_what_explains_far_less_than_the_best_is_left_out() -> None:
    found = _order(
        [_candidate(1, "паспорт замен"), _candidate(2, "вод"), _candidate(3, "ключ")],
        [_group("паспорт"), _group("замен"), _group("вод")],
    )
    assert found == [1]


def test_nothing_typed_ranks_nothing() -> None:
    assert _order([_candidate(1, "паспорт")], []) == []
