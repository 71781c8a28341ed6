"""The order of search results: by kind, by meaning, and unchanged while one is selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject

from console.core.milestones import Milestones
from console.shared.directory.hits import is_new_search
from kb.entries.entries import EntryKind
from kb.search.search import Hit
from tests.fakes.console_directory import hit, sample_person, sample_question, sample_unit
from tests.fakes.directory_bench import Panel, panel_of, with_meaning


@pytest.fixture
def panel(owner: QObject, milestones: Milestones) -> Panel:
    return panel_of(owner, milestones)


@pytest.fixture
def meaning(panel: Panel) -> Panel:
    return with_meaning(panel)


def _hits(text: str) -> tuple[Hit, ...]:
    """A hit for each letter: a question, unit or person named by its letter and position."""
    made = {"q": sample_question, "u": sample_unit, "p": sample_person}
    return tuple(
        hit(made[letter](f"{letter}{place}")) for place, letter in enumerate(text, start=1)
    )


def _headings(panel: Panel) -> list[tuple[str, str]]:
    return [(row.key, row.heading) for row in panel.presenter.state.rows if row.heading]


def _selected(panel: Panel) -> tuple[int, str]:
    state = panel.presenter.state
    return state.selected, state.rows[state.selected].key


def test_the_best_stand_as_ranked_and_the_others_by_kind(panel: Panel) -> None:
    panel.directory.found["всё"] = _hits("quqpqupuq")
    panel.search("всё")

    assert panel.keys() == ["q1", "u2", "q3", "p4", "p7", "q5", "q9", "u6", "u8"]
    assert [row.digit for row in panel.presenter.state.rows] == list("123456789")
    assert _headings(panel) == [("p4", "Должностные лица"), ("q5", "Вопросы"), ("u6", "Контакты")]


@pytest.mark.parametrize("kinds", ["q", "quq", "qqqqqqqqq"])
def test_where_there_is_nothing_to_group_no_heading_stands(panel: Panel, kinds: str) -> None:
    panel.directory.found["всё"] = _hits(kinds)
    panel.search("всё")

    assert panel.keys() == [found.entry_id for found in panel.directory.found["всё"]]
    assert _headings(panel) == []


def test_each_kind_found_has_its_number(panel: Panel) -> None:
    panel.directory.found["всё"] = _hits("q" * 120 + "u")
    panel.search("всё")

    chips = panel.presenter.state.chips
    assert [(chip.name, chip.count) for chip in chips] == [("Вопросы", "99+"), ("Контакты", "1")]
    assert not any(chip.is_chosen for chip in chips)
    panel.search("")
    assert panel.presenter.state.chips == ()


def test_one_kind_after_another_is_shown_alone_and_then_all(panel: Panel) -> None:
    panel.directory.found["всё"] = _hits("qupq")
    panel.search("всё")
    shown = []
    for _step in range(4):
        panel.presenter.step_kind(1)
        panel.answer()
        shown.append((panel.keys(), panel.presenter.state.count))

    assert shown == [
        (["q1", "q4"], "2 из 2"),
        (["u2"], "1 из 1"),
        (["p3"], "1 из 1"),
        (["q1", "u2", "p3", "q4"], "4 из 4"),
    ]
    panel.presenter.step_kind(-1)
    panel.answer()
    assert panel.keys() == ["p3"]
    panel.presenter.choose_kind(EntryKind.PERSON)
    panel.answer()
    assert len(panel.keys()) == 4


def test_a_kind_stays_alone_while_more_is_typed_and_not_in_the_next_search(panel: Panel) -> None:
    for text in ("вс", "всё", "другое"):
        panel.directory.found[text] = _hits("qu")
    panel.search("вс")
    panel.presenter.choose_kind(EntryKind.UNIT)
    panel.search("всё")
    assert panel.keys() == ["u2"]

    panel.search("другое")

    assert panel.keys() == ["q1", "u2"]


def test_a_kind_that_is_not_found_any_more_says_so_and_can_be_left(panel: Panel) -> None:
    panel.directory.found["вс"], panel.directory.found["всё"] = _hits("qu"), _hits("q")
    panel.search("вс")
    panel.presenter.choose_kind(EntryKind.UNIT)
    panel.search("всё")

    chips = panel.presenter.state.chips
    assert [(chip.name, chip.count, chip.is_chosen) for chip in chips] == [
        ("Вопросы", "1", False),
        ("Контакты", "0", True),
    ]
    assert panel.presenter.state.count == "ничего не найдено"
    panel.presenter.step_kind(1)
    panel.answer()
    assert panel.keys() == ["q1"]


@pytest.mark.parametrize(
    ("before", "typed", "is_new"),
    [
        ("", "я", True),
        ("я", "ям", False),
        ("яма", "ям", False),
        ("кусор", "усор", False),
        ("мсор", "мусор", False),
        ("мусор", "мусор двор", False),
        ("вывоз мусора", "паспорт", True),
        ("вывоз", "в", True),
        ("мусор", "забор", True),
    ],
)
def test_replacing_the_text_begins_a_new_search(before: str, typed: str, *, is_new: bool) -> None:
    assert is_new_search(before, typed) is is_new


def test_the_chosen_row_keeps_its_place_while_more_is_typed(panel: Panel) -> None:
    panel.directory.found["вс"] = _hits("qqqu")
    best_of_all = panel.directory.found["вс"][3]
    panel.directory.found["всё"] = (best_of_all, *_hits("qqq"))
    panel.search("вс")
    panel.presenter.move(3)

    panel.search("всё")

    assert panel.keys() == ["q1", "q2", "q3", "u4"]
    assert _selected(panel) == (3, "u4")


def test_a_choice_made_before_the_results_came_outlives_them(panel: Panel) -> None:
    panel.directory.found["вс"], panel.directory.found["всё"] = _hits("ququ"), _hits("ppp")
    panel.search("вс")
    panel.presenter.set_query("всё")
    panel.presenter.move(1)

    panel.answer()

    assert panel.keys() == ["p1", "u2", "p2", "p3"]
    assert _selected(panel) == (1, "u2")
    panel.presenter.accept()
    assert [key for key, _spoken in panel.taken] == ["u2"]


def test_a_choice_among_older_results_goes_with_them(panel: Panel) -> None:
    panel.directory.found["вс"], panel.directory.found["всё"] = _hits("ququ"), _hits("ppp")
    panel.search("вс")
    panel.presenter.move(1)
    panel.search("всё")

    assert _selected(panel) == (0, "p1")


def test_the_next_search_has_its_best_hit_chosen(panel: Panel) -> None:
    panel.directory.found["вс"] = _hits("qu")
    panel.directory.found["другое"] = tuple(reversed(_hits("qu")))
    panel.search("вс")
    panel.presenter.move(1)
    panel.search("другое")
    panel.presenter.move(1)

    panel.search("вс")

    assert _selected(panel) == (0, "q1")


def _change(panel: Panel, text: str, hits: Sequence[Hit]) -> None:
    """Changes the directory from elsewhere while its results are shown."""
    panel.directory.found[text] = tuple(hits)
    panel.presenter.refresh()
    panel.answer()


def test_a_changed_directory_moves_nothing_under_the_choice(panel: Panel) -> None:
    panel.directory.found["вс"] = _hits("qqqu")
    panel.search("вс")
    panel.presenter.move(2)
    renamed = [hit(replace(found.entry, title="Новое")) for found in panel.directory.found["вс"]]

    _change(panel, "вс", [renamed[2], *_hits("p"), *renamed[:2]])

    assert panel.keys() == ["p1", "q1", "q3", "q2"]
    assert _selected(panel) == (2, "q3")
    assert panel.presenter.state.preview is not None
    assert panel.presenter.state.preview.title == "Новое"


def test_what_was_chosen_and_is_gone_leaves_nothing_to_take(panel: Panel) -> None:
    panel.directory.found["вс"] = _hits("qqu")
    panel.search("вс")
    panel.presenter.move(1)

    _change(panel, "вс", [_hits("qqu")[0], _hits("qqu")[2]])
    panel.presenter.accept()

    assert panel.keys() == ["q1", "u3"]
    assert (panel.presenter.state.selected, panel.presenter.state.preview) == (-1, None)
    assert panel.taken == []


def test_a_change_in_the_middle_of_typing_is_seen_by_the_next_search(panel: Panel) -> None:
    panel.search("ям")
    panel.presenter.set_query("я")
    panel.presenter.refresh()

    assert len(panel.readers.jobs) == 1
    panel.answer()
    assert panel.keys() == ["q-9"]


def test_an_answer_that_saw_the_directory_before_it_changed_is_looked_for_again(
    panel: Panel,
) -> None:
    panel.presenter.set_query("ям")
    panel.read()

    _change(panel, "ям", _hits("qu"))
    assert panel.keys() == ["q-1", "road-service"]
    panel.answer()

    assert panel.keys() == ["q1", "u2"]


def test_an_order_by_meaning_from_before_the_change_does_not_stay(meaning: Panel) -> None:
    meaning.search("ям")
    _change(meaning, "ям", _hits("qu"))  # the pending semantic search has the old directory
    meaning.directory.meant["ям"] = _hits("qu")
    meaning.answer()

    assert meaning.keys() == ["q1", "u2"]


def test_an_answer_from_before_the_last_change_does_not_come_last(panel: Panel) -> None:
    panel.search("ям")
    before, panel.directory.found["ям"] = panel.directory.found["ям"], _hits("qu")
    panel.presenter.refresh()
    panel.presenter.refresh()
    panel.readers.run(1)
    panel.directory.found["ям"] = before
    panel.readers.run(0)
    panel.readers.jobs.clear()
    panel.answer()

    assert panel.keys() == ["q1", "u2"]


def test_enter_looks_for_what_is_offered_where_nothing_is_found(panel: Panel) -> None:
    panel.directory.offered["дочку"] = ("точку",)
    panel.directory.found["точку"] = _hits("q")
    panel.search("дочку")
    state = panel.presenter.state
    assert (state.rows, state.offer) == ((), "Enter: искать «точку»")

    panel.presenter.accept()
    panel.answer()

    state = panel.presenter.state
    assert (state.query, panel.keys(), state.offer) == ("точку", ["q1"], "")
    assert panel.taken == []
    panel.presenter.accept()
    assert [key for key, _spoken in panel.taken] == ["q1"]


def test_enter_before_the_answer_looks_for_nothing_else(panel: Panel) -> None:
    panel.directory.offered["дочку"] = ("точку",)
    panel.presenter.set_query("дочку")
    panel.presenter.accept()
    panel.answer()

    assert panel.presenter.state.query == "дочку"
    assert panel.directory.asked == ["дочку"]


def test_what_is_written_into_the_card_is_never_looked_for_otherwise(panel: Panel) -> None:
    panel.directory.offered["дочку"] = ("точку",)
    panel.presenter.hear("дочку")
    panel.answer()
    panel.presenter.accept()

    assert panel.presenter.state.offer == ""
    assert panel.directory.asked == ["дочку"]


def test_an_offer_goes_with_its_text(panel: Panel) -> None:
    panel.directory.offered["дочку"] = ("точку",)
    panel.search("дочку")
    panel.search("")

    assert panel.presenter.state.offer == ""


def test_enter_at_an_offer_takes_no_row_that_has_just_come(panel: Panel) -> None:
    panel.presenter._glance.setInterval(60_000)
    panel.directory.offered["дочку"] = ("точку",)
    panel.search("дочку")
    _change(panel, "дочку", _hits("u"))
    assert panel.keys() == ["u1"]

    panel.presenter.accept()
    assert panel.taken == []


def test_nothing_is_offered_while_more_may_be_found_by_meaning(meaning: Panel) -> None:
    meaning.directory.offered["дочку"] = ("точку",)
    meaning.search("дочку")
    state = meaning.presenter.state
    assert (state.offer, state.reading) == ("", "Ищем «дочку» · похоже на «точку»")

    meaning.answer()

    assert meaning.presenter.state.offer == "Enter: искать «точку»"


def test_enter_takes_the_best_hit_of_the_whole_text(panel: Panel) -> None:
    panel.search("я")
    panel.presenter.set_query("ям")
    panel.presenter.accept()
    assert panel.taken == []

    panel.answer()

    assert [key for key, _spoken in panel.taken] == ["q-1"]


def test_enter_is_forgotten_when_more_is_typed(panel: Panel) -> None:
    panel.presenter.set_query("я")
    panel.presenter.accept()
    panel.search("ям")

    assert panel.taken == []


@pytest.mark.parametrize("index", [None, 0])
def test_a_key_pressed_as_the_rows_move_takes_what_was_seen(
    meaning: Panel, index: int | None
) -> None:
    meaning.presenter._glance.setInterval(60_000)
    meaning.search("ям")
    meaning.answer()
    assert meaning.keys() == ["road-service", "q-1"]

    meaning.presenter.accept(index)
    assert [key for key, _spoken in meaning.taken] == ["q-1"]
    assert _selected(meaning) == (1, "q-1")

    meaning.presenter._glance.stop()
    meaning.presenter.accept(0)
    assert [key for key, _spoken in meaning.taken] == ["q-1", "road-service"]
