"""Entries are ordered by how well they match the query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kb.search.first_look import (
    IMPACT_STEPS,
    SHORTNESS_STEPS,
    UNTITLED,
    Postings,
    Shortlist,
    shortlist,
    weighed,
)
from kb.search.ranking import Candidate, Titled, Weights, headings_of, rank, shares_of
from kb.search.vocabulary import Group

FREQUENCY = {"паспорт": 3, "замен": 3, "вод": 300, "ден": 300}
ENTRIES = 1000


@dataclass(frozen=True)
class _Text:
    """A document in tests: stems of its headings and of its text."""

    id: int
    headings: str
    body: str = ""
    kind: str = "question"


def _shares(groups: Sequence[Group]) -> Sequence[float]:
    def frequency(group: Group) -> int:
        return sum(FREQUENCY.get(stem, 1) for stem in group.stems) + len(group.phrases)

    return shares_of(groups, frequency, ENTRIES)


def _order(
    texts: list[_Text],
    groups: list[Group],
    picks: Mapping[str, float] | None = None,
    of_query: Mapping[str, float] | None = None,
    favoured: Sequence[str] = (),
) -> list[int]:
    candidates = [
        Candidate(
            Titled(text.id, text.id, f"k{text.id}", text.kind, headings_of(text.headings)),
            in_body=[
                max((group.stems.get(stem, 0.0) for stem in text.body.split()), default=0.0)
                for group in groups
            ],
            bm25=0.0,
        )
        for text in texts
    ]
    weights, learned = Weights(), of_query or {}
    ranked = rank(
        candidates,
        groups,
        _shares(groups),
        favoured,
        lambda key: weights.of_picks((picks or {}).get(key, 0.0), learned.get(key, 0.0)),
        learned,
        weights,
    )
    return [found.id for found in ranked]


def _group(*stems: str, weight: float = 1.0) -> Group:
    return Group(stems[0], dict.fromkeys(stems, weight))


def test_a_word_in_the_title_counts_more_than_one_in_the_text() -> None:
    found = _order([_Text(1, "вод", "паспорт"), _Text(2, "паспорт", "вод")], [_group("паспорт")])
    assert found == [2, 1]


def test_another_name_counts_nearly_as_a_title() -> None:
    found = _order(
        [_Text(1, "вод", "паспорт"), _Text(2, "вод|ден|паспорт"), _Text(3, "паспорт")],
        [_group("паспорт")],
    )
    assert found == [3, 2, 1]


def test_a_text_without_a_title_is_not_put_behind_for_that() -> None:
    found = _order(
        [_Text(1, "паспорт вод дом ключ стен", ""), _Text(2, "", "паспорт замен ден")],
        [_group("паспорт"), _group("замен")],
    )
    assert found == [2, 1]


def test_variants_of_one_word_count_once_by_the_best() -> None:
    """FTS5's bm25 adds variants up and would prefer the first."""
    variants = Group("па", {"паспорт": 0.9, "парк": 0.5, "пар": 0.5})
    assert _order([_Text(1, "парк пар"), _Text(2, "паспорт замен")], [variants]) == [2, 1]


def test_a_rare_word_outweighs_a_common_one() -> None:
    found = _order([_Text(1, "вод"), _Text(2, "паспорт")], [_group("вод"), _group("паспорт")])
    assert found[0] == 2


def test_a_word_that_nothing_holds_tells_no_entries_apart() -> None:
    groups = [_group("паспорт"), _group("вод"), Group("чушь", {})]

    assert shares_of(groups, lambda group: len(group.stems), ENTRIES)[2] == 0


def test_a_word_of_talk_counts_less_than_one_of_the_matter_that_is_as_rare() -> None:
    talk = replace(_group("вечн"), worth=0.4)
    found = _order([_Text(1, "вечн"), _Text(2, "паспорт")], [talk, _group("паспорт")])
    assert found[0] == 2


def test_words_in_several_names_of_an_entry_come_together() -> None:
    found = _order(
        [_Text(1, "паспорт дом|окн стен"), _Text(2, "паспорт дом|замен стен")],
        [_group("паспорт"), _group("замен")],
    )
    assert found == [2, 1]


def test_a_name_that_is_just_what_was_asked_for_comes_before_a_longer_title() -> None:
    found = _order(
        [_Text(1, "нов паспорт дом"), _Text(2, "стен окн дом двор|паспорт")], [_group("паспорт")]
    )
    assert found == [2, 1]


def test_what_can_be_reached_comes_first_where_that_is_asked() -> None:
    alike = [_Text(1, "паспорт"), _Text(2, "паспорт", kind="unit")]

    assert _order(alike, [_group("паспорт")]) == [1, 2]
    assert _order(alike, [_group("паспорт")], favoured=["unit"]) == [2, 1]


def test_words_side_by_side_in_order_come_first() -> None:
    found = _order(
        [_Text(1, "замен вод дом ключ паспорт"), _Text(2, "вод дом ключ замен паспорт")],
        [_group("замен"), _group("паспорт")],
    )
    assert found == [2, 1]


def test_a_short_title_that_is_all_asked_for_comes_first() -> None:
    found = _order(
        [_Text(1, "паспорт крыш дом двор окон стен пол"), _Text(2, "паспорт")],
        [_group("паспорт")],
    )
    assert found == [2, 1]


def test_all_the_words_of_a_synonym_have_to_stand_together() -> None:
    synonym = Group("жэк", {}, phrases={("управля", "компан"): 0.8})
    found = _order(
        [_Text(1, "компан вод"), _Text(2, "выбор управля компан"), _Text(3, "управля дом")],
        [synonym],
    )
    assert found == [2]


def test_what_operators_pick_breaks_a_tie() -> None:
    alike = [_Text(1, "паспорт"), _Text(2, "паспорт")]

    assert _order(alike, [_group("паспорт")]) == [1, 2]
    assert _order(alike, [_group("паспорт")], {"k2": 3.0}) == [2, 1]


def test_what_operators_pick_for_a_query_comes_before_what_they_pick_for_others() -> None:
    alike = [_Text(1, "паспорт"), _Text(2, "паспорт")]

    assert _order(alike, [_group("паспорт")], {"k1": 9.0}, {"k2": 2.0}) == [2, 1]


def test_what_was_picked_for_a_query_is_kept_whatever_words_it_holds() -> None:
    found = _order([_Text(1, "паспорт"), _Text(2, "вод")], [_group("паспорт")], {}, {"k2": 2.0})
    assert found == [1, 2]


def test_a_short_beginning_ranks_by_the_titles_words() -> None:
    short = Group("за", {"зал": 0.6}, drives=False, beginning="за", beginning_weight=0.6)
    found = _order([_Text(1, "паспорт вод"), _Text(2, "паспорт замен")], [_group("паспорт"), short])
    assert found == [2, 1]


def test_what_explains_far_less_than_the_best_is_left_out() -> None:
    found = _order(
        [_Text(1, "паспорт замен"), _Text(2, "вод"), _Text(3, "ключ")],
        [_group("паспорт"), _group("замен"), _group("вод")],
    )
    assert found == [1]


def test_nothing_typed_ranks_nothing() -> None:
    assert _order([_Text(1, "паспорт")], []) == []


# --- the first look -------------------------------------------------------------------------


def _postings(*rows: tuple[int, int, int, float]) -> Postings:
    """Rows of document, heading, body and weight, the lightest first."""
    documents, headings, bodies, weights = zip(*rows, strict=True) if rows else ((), (), (), ())
    return weighed(
        np.array(documents, np.uint32),
        np.array(headings, np.uint8),
        np.array(bodies, np.uint8),
        np.array(weights, np.float32),
        Weights(),
        end=10,
    )


def _listed(
    *postings: Postings,
    drives: Sequence[bool] | None = None,
    dead: Sequence[int] = (),
    shortlisted: int = 80,
    kinds: Sequence[int] = (0,) * 10,
    only: int | None = None,
) -> Shortlist:
    share = 1 / len(postings)
    return shortlist(
        postings,
        [share] * len(postings),
        drives or [True] * len(postings),
        np.array(kinds, np.uint8),
        np.array(dead, np.uint32),
        Weights(shortlisted=shortlisted),
        only,
    )


def test_a_heading_comes_before_a_text_and_both_before_either() -> None:
    listed = _listed(
        _postings(
            (1, 0, IMPACT_STEPS, 1.0), (2, SHORTNESS_STEPS, 0, 1.0), (3, SHORTNESS_STEPS, 9, 1.0)
        )
    )
    assert listed.documents.tolist() == [3, 2, 1]
    assert listed.in_body.tolist() == [[1.0, 0.0, 1.0]]


def test_the_heaviest_meaning_of_a_word_counts_once() -> None:
    listed = _listed(_postings((1, 0, 50, 0.5), (2, 0, 50, 0.5), (1, 0, 40, 1.0)))

    assert listed.documents.tolist() == [1, 2]
    assert listed.in_body.tolist() == [[1.0, 0.5]]


def test_a_document_with_all_the_words_comes_first_and_is_counted() -> None:
    first = _postings((1, SHORTNESS_STEPS, 0, 1.0), (2, SHORTNESS_STEPS, 0, 1.0))
    second = _postings((2, 0, 90, 1.0), (3, 0, 90, 1.0))

    listed = _listed(first, second)

    assert listed.documents.tolist()[0] == 2
    assert set(listed.documents.tolist()) == {1, 2, 3}
    assert listed.holding_all == [1]


def test_a_text_without_a_heading_is_weighed_nearly_as_one() -> None:
    listed = _listed(_postings((1, 0, 90, 1.0), (2, UNTITLED, 90, 1.0)))

    assert listed.documents.tolist() == [2, 1]


def test_what_does_not_drive_ranks_but_fetches_nothing() -> None:
    listed = _listed(
        _postings((1, 200, 0, 1.0), (2, 200, 0, 1.0)),
        _postings((2, 200, 0, 1.0), (3, 200, 0, 1.0)),
        drives=[True, False],
    )
    assert listed.documents.tolist() == [2, 1]


def test_where_nothing_drives_the_rarest_fetches() -> None:
    listed = _listed(_postings((1, 200, 0, 1.0)), drives=[False])

    assert listed.documents.tolist() == [1]


def test_dead_documents_are_not_listed() -> None:
    listed = _listed(_postings((1, 200, 0, 1.0), (2, 200, 0, 1.0)), dead=[1])

    assert listed.documents.tolist() == [2]
    assert listed.holding_all == [1]


def test_only_the_best_are_listed_but_all_are_counted() -> None:
    rows = [(number, 20 * number, 0, 1.0) for number in range(1, 9)]
    listed = _listed(_postings(*rows), shortlisted=3)

    assert listed.documents.tolist() == [8, 7, 6]
    assert listed.holding_all == [8]


def test_all_are_counted_by_kind() -> None:
    rows = [(number, 200, 0, 1.0) for number in range(6)]
    listed = _listed(_postings(*rows), kinds=(0, 2, 0, 2, 2, 3, 1, 1, 1, 1), dead=[5])

    assert listed.holding_all == [2, 0, 3]


def test_of_one_kind_better_ones_of_others_leave_room() -> None:
    rows = [(number, 20 * number, 0, 1.0) for number in range(1, 9)]
    kinds = (1, 1, 1, 0, 0, 0, 0, 0, 0, 0)
    listed = _listed(_postings(*rows), shortlisted=3, kinds=kinds, only=1)

    assert listed.documents.tolist() == [2, 1]


def test_words_found_nowhere_list_nothing() -> None:
    assert _listed(_postings()).documents.tolist() == []
