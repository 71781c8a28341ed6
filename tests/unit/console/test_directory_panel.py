"""Searching beside the call: the newest answer wins, and a taken entry goes to the card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.bridge import Deliveries
from console.milestones import Milestones
from console.presenters.directory import DirectoryPresenter
from console.settings import CITY_ZONE
from kb.entries import Entry
from tests.fakes.console_fakes import (
    USUAL_DAYS,
    FakeDirectory,
    HeldExecutor,
    hit,
    sample_person,
    sample_question,
    sample_unit,
)


class Panel:
    def __init__(self, owner: QObject, milestones: Milestones) -> None:
        self.directory = FakeDirectory()
        self.readers = HeldExecutor()
        self.taken: list[tuple[str, str]] = []
        self.has_card = True
        self.presenter = DirectoryPresenter(
            self.directory,
            self.readers,
            Deliveries(owner),
            milestones,
            zone=CITY_ZONE,
            days=USUAL_DAYS,
            take=self.take,
            parent=owner,
        )

    def take(self, entry: Entry, spoken: str) -> bool:
        if self.has_card:
            self.taken.append((entry.id, spoken))
        return self.has_card

    def answer(self, *order: int) -> None:
        """Let the readers answer, in this order."""
        jobs, self.readers.jobs = self.readers.jobs, []
        for index in order or range(len(jobs)):
            jobs[index]()
            QCoreApplication.processEvents()

    def search(self, text: str) -> None:
        self.presenter.set_query(text)
        self.answer()

    def keys(self) -> list[str]:
        return [row.key for row in self.presenter.state.rows]


@pytest.fixture
def panel(owner: QObject, milestones: Milestones) -> Panel:
    made = Panel(owner, milestones)
    made.directory.found = {
        "я": (hit(sample_question("q-9", "Яблоки")),),
        "ям": (hit(sample_question("q-1")), hit(sample_unit())),
    }
    made.directory.asked_most = (hit(sample_unit("often")),)
    return made


def test_before_anything_is_typed_the_frequent_ones_stand_there(panel: Panel) -> None:
    panel.presenter.start()
    panel.answer()

    state = panel.presenter.state
    assert panel.keys() == ["often"]
    assert state.heading == "Чаще всего спрашивают"
    assert (state.selected, state.preview) == (-1, None)


def test_the_answer_to_the_newest_text_wins(panel: Panel) -> None:
    panel.presenter.set_query("я")
    panel.presenter.set_query("ям")

    panel.answer(1, 0)

    assert panel.keys() == ["q-1", "road-service"]
    assert panel.presenter.state.query == "ям"


def test_clearing_the_field_beats_a_search_that_is_late(panel: Panel) -> None:
    panel.presenter.set_query("ям")
    panel.presenter.set_query("")

    panel.answer(1, 0)

    assert panel.keys() == ["often"]


def test_the_best_hit_is_chosen_and_shown_whole(panel: Panel) -> None:
    panel.search("ям")

    preview = panel.presenter.state.preview
    assert panel.presenter.state.selected == 0
    assert preview is not None
    assert preview.spoken == sample_question().spoken
    assert preview.seconds == 3
    panel.presenter.turn_preview()
    assert panel.presenter.state.written_shown
    panel.presenter.move(1)
    assert not panel.presenter.state.written_shown


def test_the_selection_stays_within_the_hits(panel: Panel) -> None:
    panel.search("ям")

    panel.presenter.move(5)
    assert panel.presenter.state.selected == 1
    panel.presenter.move(-5)
    assert panel.presenter.state.selected == 0


def test_the_chosen_entry_stays_chosen_while_more_is_typed(panel: Panel) -> None:
    unit, question = hit(sample_unit()), hit(sample_question("q-1"))
    panel.directory.found["яма"] = (hit(sample_question("q-7", "Яма")), unit, question)
    panel.search("ям")
    panel.presenter.move(1)

    panel.search("яма")

    assert panel.presenter.state.rows[panel.presenter.state.selected].key == "road-service"


def test_taking_an_entry_hands_its_spoken_text_to_the_card(panel: Panel) -> None:
    panel.search("ям")

    panel.presenter.accept()
    panel.presenter.accept(1)
    panel.answer()

    assert [key for key, _spoken in panel.taken] == ["q-1", "road-service"]
    assert panel.taken[0][1] == sample_question().spoken
    assert panel.directory.picks == [("ям", "q-1"), ("ям", "road-service")]


def test_without_a_card_taking_does_nothing(panel: Panel) -> None:
    panel.has_card = False
    panel.search("ям")

    panel.presenter.accept()
    panel.answer()

    assert panel.directory.picks == []


@pytest.mark.parametrize("index", [-1, 2, 8])
def test_a_digit_without_a_hit_does_nothing(panel: Panel, index: int) -> None:
    panel.search("ям")
    panel.presenter.accept(index)

    assert panel.taken == []


def test_nothing_found_is_said(panel: Panel) -> None:
    panel.search("ничего такого")

    assert panel.keys() == []
    assert panel.presenter.state.count == "ничего не найдено"
    assert panel.presenter.state.preview is None


@pytest.mark.parametrize("entry", [sample_unit(), sample_person(), sample_question()])
def test_what_nobody_checked_for_too_long_is_marked(panel: Panel, entry: Entry) -> None:
    for checked_on, marks in ((date(2020, 1, 1), 1), (date.today(), 0)):
        panel.directory.found["стар"] = (hit(replace(entry, checked_on=checked_on)),)
        panel.search("стар")

        roles = [part.role for part in panel.presenter.state.rows[0].meta]
        assert roles.count("warn") == marks


def test_an_entry_checked_long_ago_says_so(panel: Panel) -> None:
    panel.search("ям")

    stated = panel.presenter.state.rows[0].meta[0]
    assert stated.text.startswith("проверено 01.11.2026") or "проверен" in stated.text


@pytest.fixture
def meaning(panel: Panel) -> Panel:
    """The operator pauses at once; other words of the same meaning turn the order round."""
    panel.presenter._pause.setInterval(0)
    panel.directory.meant = {"ям": (hit(sample_unit()), hit(sample_question("q-1")))}
    return panel


def test_in_a_pause_the_results_are_put_in_order_by_meaning_too(meaning: Panel) -> None:
    meaning.search("ям")
    assert meaning.keys() == ["q-1", "road-service"]

    meaning.answer()

    assert meaning.keys() == ["road-service", "q-1"]
    assert meaning.presenter.state.selected == 0


def test_results_never_jump_under_the_operators_selection(meaning: Panel) -> None:
    meaning.search("ям")
    meaning.presenter.move(1)

    meaning.answer()

    assert meaning.keys() == ["q-1", "road-service"]
    assert meaning.presenter.state.selected == 1


def test_after_a_move_meaning_is_not_even_asked_for(meaning: Panel) -> None:
    meaning.presenter._pause.setInterval(60_000)
    meaning.search("ям")
    meaning.presenter.move(1)

    meaning.presenter._pause.timeout.emit()

    assert meaning.readers.jobs == []


def test_an_answer_by_meaning_to_an_older_text_is_late(meaning: Panel) -> None:
    meaning.search("ям")
    meaning.presenter._pause.setInterval(60_000)
    meaning.presenter.set_query("я")

    meaning.answer(1, 0)

    assert meaning.keys() == ["q-9"]


def test_without_the_extra_a_pause_changes_nothing(panel: Panel) -> None:
    panel.presenter._pause.setInterval(0)
    panel.search("ям")

    assert panel.readers.jobs == []
    assert panel.keys() == ["q-1", "road-service"]


def test_entries_are_encoded_step_by_step_until_none_is_left(meaning: Panel) -> None:
    meaning.directory.encoding_steps = 3
    meaning.presenter._encoding.setInterval(0)
    meaning.presenter.start()
    for _step in range(6):
        QCoreApplication.processEvents()
        meaning.answer()

    assert meaning.directory.encoding_steps == 0


def test_a_search_wiped_out_after_a_pause_is_noted(panel: Panel) -> None:
    panel.presenter._pause.setInterval(0)
    panel.search("ям")
    panel.presenter._pause.setInterval(60_000)
    panel.search("я")
    panel.search("")

    assert panel.directory.given_up == ["ям"]
    panel.search("")
    assert panel.directory.given_up == ["ям"]


def test_a_search_that_was_of_use_is_not_noted(panel: Panel) -> None:
    panel.presenter._pause.setInterval(0)
    panel.search("ям")
    panel.presenter.accept()
    panel.search("")

    assert panel.directory.given_up == []


def test_what_was_typed_without_a_pause_is_not_noted(panel: Panel) -> None:
    panel.search("ям")
    panel.search("")

    assert panel.directory.given_up == []


def test_what_was_put_in_other_words_is_told_with_the_pick(panel: Panel) -> None:
    panel.presenter._pause.setInterval(0)
    panel.search("колдобины")
    panel.search("ям")
    panel.presenter.accept()
    panel.answer()

    assert panel.directory.picks == [("ям", "q-1")]
    assert panel.directory.reworded == ["колдобины"]
    assert panel.directory.given_up == []


def test_the_next_call_does_not_know_what_was_looked_for_in_the_last(panel: Panel) -> None:
    panel.presenter._pause.setInterval(0)
    panel.search("колдобины")
    panel.presenter.start()
    panel.search("ям")
    panel.presenter.accept()
    panel.answer()

    assert panel.directory.given_up == ["колдобины"]
    assert panel.directory.reworded == []


def test_of_an_official_the_unit_is_named(panel: Panel) -> None:
    panel.directory.found["пр"] = (hit(sample_person()),)
    panel.search("пр")

    state = panel.presenter.state
    assert state.rows[0].meta[0].text == "Начальник службы, Дорожная служба"
    assert state.preview is not None
    assert state.preview.spoken.startswith("Начальник службы, Дорожная служба: Пробный")
    panel.presenter.accept()
    assert panel.taken[0][1] == state.preview.spoken
