"""An unsaved edit of the calendar is restored after a crash."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from console.features.calendar.calendar_state import Stage
from sync.register.calendar.calendar import OrderedDay, OrderedKind
from sync.register.city import DaysOrdered, Revoked, SettingsChosen, YearGiven
from tests.fakes.city import BUILT_IN, settled
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR
from tests.fakes.kept_desk import Start, settle

WEDNESDAY = date(2026, 11, 25)
DEPUTY = replace(SUPERVISOR, id=UUID(int=9))  # also edits the calendar


def test_an_edit_of_the_calendar_is_found_again_and_goes_on(start: Start) -> None:
    first = start()
    calendar = first.presenters.calendar
    calendar.choose(WEDNESDAY)
    calendar.begin_day()
    first.write()
    assert first.on_disk() == {}  # opened without input
    calendar.set_reason("приезд гостей")
    calendar.set_document("№ 5")
    first.write()

    again = start(first)
    calendar = again.presenters.calendar
    state = calendar.state
    assert (state.stage, state.chosen, state.found) == (Stage.FORM, WEDNESDAY, state.found)
    assert state.found.startswith("Найдено после перезапуска")
    assert (state.form.reason, state.form.document) == ("приезд гостей", "№ 5")
    again.sit_down(OPERATOR)
    assert (calendar.state.stage, calendar.state.found) == (Stage.LOOK, "")
    again.write()
    assert len(again.on_disk()) == 1
    again.sit_down(SUPERVISOR)
    assert calendar.state.form.reason == "приезд гостей"

    for _step in range(2):
        calendar.go_on()
        settle()
    (edit,) = again.calendars.store.edits
    assert edit.reason == "приезд гостей"
    again.write()
    assert again.on_disk() == {}
    assert calendar.state.found == ""


def test_the_path_of_a_calendar_and_what_its_file_brought_are_found_again(
    start: Start, tmp_path: Path
) -> None:
    file = tmp_path / "days.csv"
    file.write_text("25.11.2026;выходной;приезд\n26.11.2026;выходной\n", encoding="utf-8")
    first = start()
    first.presenters.calendar.begin_file()
    first.presenters.calendar.set_path(str(file))
    first.write()

    second = start(first)
    calendar = second.presenters.calendar
    assert (calendar.state.stage, calendar.state.path) == (Stage.FILE, str(file))
    assert calendar.state.found.startswith("Найдено после перезапуска")
    calendar.read_file()
    settle()
    assert calendar.state.found == ""
    second.write()

    third = start(second)
    calendar = third.presenters.calendar
    assert (calendar.state.stage, len(calendar.state.form.lines)) == (Stage.FORM, 2)
    calendar.go_back()
    third.write()
    assert third.on_disk() == {}


def test_rules_that_were_changed_meanwhile_are_looked_at_before_they_are_typed_over(
    start: Start,
) -> None:
    first = start()
    calendar = first.presenters.calendar
    calendar.begin_rules()
    calendar.answer("tells", "no")
    calendar.set_list("denied", "чебурек")
    calendar.set_reason("решение главы")
    first.write()

    again = start(first)
    stand, calendar = again.calendars, again.presenters.calendar
    rules = replace(stand.city.settings, turns_photos=True)
    stand.city.use(settled(SettingsChosen(rules)))
    calendar.go_on()
    settle()
    assert calendar.state.form.problem.startswith("Посмотрите, что изменили тем временем")
    assert calendar.state.form.lines[0] == "Правила тем временем изменили, сейчас действует:"
    assert len(calendar.state.form.lines) == 2
    calendar.go_on()
    settle()
    assert calendar.state.stage is Stage.CONFIRM
    # another change immediately before saving
    stand.city.use(settled(SettingsChosen(replace(rules, counts_regional_days=True))))
    calendar.go_on()
    settle()
    assert (calendar.state.stage, stand.store.edits) == (Stage.FORM, [])
    for _step in range(2):
        calendar.go_on()
        settle()
    (edit,) = stand.store.edits
    assert isinstance(edit.change, SettingsChosen)
    assert (edit.change.settings.tells_of_registration, edit.change.settings.turns_photos) == (
        False, False
    )  # fmt: skip


def test_an_edit_that_is_read_when_somebody_else_works_here_already_waits_for_who_typed_it(
    start: Start,
) -> None:
    first = start()
    first.sit_down(DEPUTY)
    calendar = first.presenters.calendar
    calendar.choose(WEDNESDAY)
    calendar.begin_day()
    calendar.set_reason("приезд гостей")
    first.write()

    again = start(first)
    calendar = again.presenters.calendar
    again.desk.set_operator(DEPUTY)
    again.kept.signed_in()
    again.sit_down(SUPERVISOR)  # before the database has answered
    assert (calendar.state.stage, calendar.state.found) == (Stage.LOOK, "")
    again.write()
    assert len(again.on_disk(DEPUTY)) == 1
    again.sit_down(DEPUTY)
    assert (calendar.state.stage, calendar.state.form.reason) == (Stage.FORM, "приезд гостей")


def test_an_edit_that_is_read_after_the_form_was_opened_stands_in_it(start: Start) -> None:
    first = start()
    first.sit_down(DEPUTY)
    first.presenters.calendar.begin_day()
    first.presenters.calendar.set_reason("приезд гостей")
    first.write()

    again = start(first)
    calendar = again.presenters.calendar
    again.desk.set_operator(DEPUTY)
    again.kept.signed_in()
    calendar.begin_day()  # before the database has answered
    settle()
    assert calendar.state.form.reason == "приезд гостей"
    again.write()
    assert len(again.on_disk(DEPUTY)) == 1


def test_a_day_that_a_colleague_ordered_meanwhile_is_looked_at_before_it_is_ordered_anew(
    start: Start,
) -> None:
    """A restored order overwrote the colleague's order without a warning."""
    first = start()
    calendar = first.presenters.calendar
    calendar.choose(WEDNESDAY)
    calendar.begin_day()
    calendar.set_reason("приезд гостей")
    first.write()

    again = start(first)
    stand, calendar = again.calendars, again.presenters.calendar
    hers = DaysOrdered((OrderedDay(WEDNESDAY, OrderedKind.WORKING, "авария"),))
    stand.city.use(settled(hers))
    calendar.go_on()
    settle()
    assert calendar.state.form.problem.startswith("Посмотрите, что изменилось тем временем")
    head, theirs = calendar.state.form.lines
    assert head == "Тем временем распоряжения изменились, сейчас действует:"
    assert theirs == "ср 25.11.2026 — рабочий (Старшая Н.)"
    again.write()
    calendar.go_on()
    settle()
    assert calendar.state.stage is Stage.CONFIRM
    # another change immediately before saving
    stand.city.use(settled(hers, Revoked(UUID(int=1))))
    calendar.go_on()
    settle()
    assert (calendar.state.stage, stand.store.edits) == (Stage.FORM, [])
    assert calendar.state.form.lines[1].endswith("распоряжение отозвано")
    for _step in range(2):
        calendar.go_on()
        settle()
    (edit,) = stand.store.edits
    assert edit.reason == "приезд гостей"


def test_a_year_that_was_given_meanwhile_is_looked_at_first(start: Start) -> None:
    desk = start()
    stand, calendar = desk.calendars, desk.presenters.calendar
    year = replace(BUILT_IN.years[2026], provisional=True)
    stand.city.use(settled(YearGiven(year)))
    calendar.act_on_warning()
    calendar.set_reason("сверено")
    stand.city.use(settled(YearGiven(year), YearGiven(replace(year, decree_number="99"))))
    calendar.go_on()
    settle()
    assert calendar.state.form.problem.startswith("Посмотрите, что изменилось тем временем")
    calendar.go_on()
    settle()
    assert calendar.state.stage is Stage.CONFIRM
