"""The search during a call: the latest result wins, and a used entry is added to the card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.milestones import Milestones
from kb.entries.entries import Entry, Phone, UnitDetails
from kb.entries.hours import CITY_ZONE, WeekHours
from kb.errors import DirectoryUnusable
from kb.search.search import Hit
from tests.fakes.console_directory import hit, sample_person, sample_question, sample_unit
from tests.fakes.console_fakes import Told
from tests.fakes.directory_bench import Panel, panel_of, with_meaning


@pytest.fixture
def panel(owner: QObject, milestones: Milestones) -> Panel:
    return panel_of(owner, milestones)


@pytest.fixture
def meaning(panel: Panel) -> Panel:
    return with_meaning(panel)


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


def test_the_words_of_the_card_are_looked_up_and_kept_nowhere(panel: Panel) -> None:
    panel.presenter.hear("Иван Пробов говорит:\nям")
    panel.answer()

    state = panel.presenter.state
    assert panel.keys() == ["q-1", "road-service"]
    assert (state.query, state.selected) == ("", 0)
    assert state.take_key == "Alt+1"
    panel.presenter.accept(0)
    panel.answer()
    assert [entry for entry, _spoken in panel.taken] == ["q-1"]
    assert panel.directory.picks == [("", "q-1")]
    panel.presenter.hear("другое")
    panel.presenter.finish_search()
    panel.answer()
    assert (panel.directory.reworded, panel.keys()) == ([], ["often"])


def test_the_words_of_the_card_do_not_disturb_a_search(panel: Panel) -> None:
    panel.search("ям")
    panel.presenter.hear("другое")
    panel.answer()

    assert panel.presenter.state.query == "ям"
    assert panel.keys() == ["q-1", "road-service"]


def test_of_long_words_of_the_card_the_end_is_looked_up(panel: Panel) -> None:
    panel.presenter.hear("слово " * 100 + "ям")
    panel.answer()

    (asked,) = panel.directory.asked
    assert asked.endswith("слово ям")
    assert len(asked) <= 120
    assert asked.startswith("слово")


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


def test_a_pick_that_waits_to_be_written_keeps_no_search_waiting(panel: Panel) -> None:
    panel.search("ям")
    panel.presenter.accept(0)
    panel.presenter.set_query("я")
    (search,) = panel.readers.jobs

    search()
    QCoreApplication.processEvents()

    assert panel.keys() == ["q-9"]
    assert panel.directory.picks == []
    QCoreApplication.processEvents()
    panel.writer.run(0)
    assert panel.directory.picks == [("ям", "q-1")]


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
    for checked_on, marks in ((date(2020, 1, 1), 1), (panel.clock().date(), 0)):
        panel.directory.found["стар"] = (hit(replace(entry, checked_on=checked_on)),)
        panel.search("стар")

        roles = [part.role for part in panel.presenter.state.rows[0].meta]
        assert roles.count("warn") == marks


def test_an_entry_checked_long_ago_says_so(panel: Panel) -> None:
    panel.search("ям")

    stated = panel.presenter.state.rows[0].meta[0]
    assert stated.text.startswith("проверено 01.11.2026") or "проверен" in stated.text


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

    assert meaning.thinker.jobs == []


def test_an_answer_by_meaning_to_an_older_text_is_late(meaning: Panel) -> None:
    meaning.search("ям")
    meaning.presenter._pause.setInterval(60_000)
    meaning.presenter.set_query("я")
    assert len(meaning.thinker.jobs) == 1

    meaning.answer(0, 1)

    assert meaning.keys() == ["q-9"]


def test_without_the_extra_a_pause_changes_nothing(panel: Panel) -> None:
    panel.presenter._pause.setInterval(0)
    panel.search("ям")

    assert (panel.readers.jobs, panel.thinker.jobs) == ([], [])
    assert panel.keys() == ["q-1", "road-service"]


def test_the_encoder_is_loaded_ahead(meaning: Panel) -> None:
    meaning.presenter.prepare()
    meaning.answer()

    assert meaning.directory.has_encoder


def test_without_the_extra_nothing_is_loaded_ahead(panel: Panel) -> None:
    panel.presenter.prepare()

    assert panel.thinker.jobs == []


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


def test_a_search_that_tells_of_a_person_is_kept_nowhere(panel: Panel) -> None:
    panel.of_people += ["Пробова Анна", "я"]
    panel.presenter._pause.setInterval(0)
    panel.search("Пробова Анна")
    panel.search("ям")
    panel.presenter.accept()
    panel.search("я")
    panel.presenter.accept()
    panel.search("")
    panel.answer()

    assert panel.directory.picks == [("ям", "q-1"), ("", "q-9")]
    assert (panel.directory.reworded, panel.directory.given_up) == ([], [])


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


def test_a_card_that_closes_does_not_wipe_what_is_being_typed(panel: Panel) -> None:
    panel.search("ям")
    panel.presenter.finish_search()
    assert panel.presenter.state.query == "ям"

    panel.presenter._pause.stop()
    panel.presenter.finish_search()
    panel.answer()

    assert (panel.presenter.state.query, panel.keys()) == ("", ["often"])


def test_the_number_and_the_address_that_were_asked_for_are_shown(panel: Panel) -> None:
    unit = replace(
        sample_unit(),
        details=UnitDetails(
            address="ул. Пробная, 12",
            phones=(Phone("2-10-00", "", "приёмная"), Phone("2-10-02", "215", "архив")),
        ),
    )
    shown = {}
    for text in ("служба", "10-02", "доб. 215", "пробная"):
        panel.directory.found[text] = (hit(unit),)
        panel.search(text)
        (part,) = [
            part for part in panel.presenter.state.rows[0].meta if part.icon in ("phone", "map-pin")
        ]
        shown[text] = (part.text, [part.text[start:end] for start, end in part.marks])

    assert shown == {
        "служба": ("2-10-00", []),
        "10-02": ("2-10-02, доб. 215", ["10-02"]),
        "доб. 215": ("доб. 215", ["215"]),
        "пробная": ("ул. Пробная, 12", ["Пробная"]),
    }


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("SQLITE_FULL", "нет места"),
        ("SQLITE_CORRUPT_INDEX", "повреждён"),
        ("SQLITE_BUSY", "через минуту"),
        ("PermissionError", "позовите администратора"),
    ],
)
def test_a_directory_that_cannot_be_read_is_told_in_the_panel(
    panel: Panel, monkeypatch: pytest.MonkeyPatch, reason: str, advice: str
) -> None:
    def refuse(*_asked: object) -> NoReturn:
        raise DirectoryUnusable(Path("directory.db"), reason)

    panel.search("я")
    monkeypatch.setattr(panel.directory, "find", refuse)
    panel.search("ям")

    head, body = panel.presenter.state.problem
    assert head == "Справочник не читается"
    assert advice in body
    assert panel.keys() == ["q-9"]
    monkeypatch.undo()
    panel.search("ям")
    assert panel.presenter.state.problem == ("", "")


def test_what_was_asked_for_and_the_warning_stand_before_the_rest(panel: Panel) -> None:
    unit = replace(sample_unit(), checked_on=date(2020, 1, 1))
    panel.directory.found = {"служба": (hit(unit),), "5550150": (hit(unit),)}
    icons = {}
    for text in panel.directory.found:
        panel.search(text)
        icons[text] = [part.icon for part in panel.presenter.state.rows[0].meta]

    assert icons["служба"][1:] == ["warning-fill", "phone"]
    assert icons["5550150"][:2] == ["phone", "warning-fill"]
    assert panel.presenter.state.rows[0].meta[1].text == "устарело"


def row_word(panel: Panel, row: int = 0) -> str:
    """First text of the row: for a unit, its closing time."""
    return panel.presenter.state.rows[row].meta[0].text


def open_from_8_to_20() -> Hit:
    details = sample_unit().details
    assert isinstance(details, UnitDetails)
    hours = WeekHours.parse({"wed": ["08:00-20:00"], "thu": ["08:00-20:00"]})
    return hit(replace(sample_unit(), details=replace(details, hours=hours)))


def test_rows_say_what_is_open_now_and_not_when_they_were_read(panel: Panel) -> None:
    panel.clock.now = datetime(2026, 11, 25, 19, 55, tzinfo=CITY_ZONE)
    panel.directory.found = {"ям": (open_from_8_to_20(), hit(sample_unit("other")))}
    panel.search("ям")
    panel.presenter.select(1)
    shown = Told(panel.presenter.changed)
    assert row_word(panel) == "Открыто до 20:00"

    panel.clock.now += timedelta(minutes=1)
    panel.presenter.look_at_clock()
    assert shown.values == []

    panel.clock.now += timedelta(minutes=4)
    panel.presenter.look_at_clock()
    assert row_word(panel) == "Закрыто, завтра с 08:00"
    assert panel.keys() == ["road-service", "other"]
    assert panel.presenter.state.selected == 1
    assert panel.directory.asked == ["ям"]
    assert len(shown.values) == 1


def test_frequent_entries_are_those_of_the_day(panel: Panel) -> None:
    panel.clock.now = datetime(2026, 11, 25, 23, 59, tzinfo=CITY_ZONE)
    panel.directory.asked_most = (open_from_8_to_20(), hit(sample_unit("closing")))
    panel.presenter.start()
    panel.answer()
    panel.directory.asked_most = (open_from_8_to_20(),)  # the other was in force until midnight

    panel.clock.now += timedelta(hours=7, minutes=51)
    panel.presenter.look_at_clock()
    panel.answer()

    assert panel.keys() == ["road-service"]
    assert row_word(panel) == "Закрыто, откроется в 08:00"


def test_a_search_is_looked_for_again_on_a_new_day(panel: Panel) -> None:
    panel.clock.now = datetime(2026, 11, 25, 23, 59, tzinfo=CITY_ZONE)
    panel.search("ям")
    panel.directory.found["ям"] = (hit(sample_unit()),)

    panel.clock.now += timedelta(minutes=1)
    panel.presenter.look_at_clock()
    panel.answer()
    panel.presenter.look_at_clock()
    panel.answer()

    assert panel.keys() == ["road-service"]
    assert panel.directory.asked == ["ям", "ям"]
