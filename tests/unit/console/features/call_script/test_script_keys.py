"""The script next to the card: ticked by keys and clicks, folded, with 112 first; the greeting."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from console.core.view_data import Notice
from console.features.call_card.card_view import CallCard
from console.features.call_script import words as call_script_words
from console.features.call_script.view import ScriptBlock
from console.features.directory_search.panel import DirectoryPanel
from console.features.message_form.checks_view import ChecksPanel
from console.shared.session.caller import CallerKnown
from console.shared.session.undo_view import FirstThing
from console.shell.right_column import RightColumn
from console.ui.labels import ElidedLabel
from sync.register.calls import calls
from sync.register.calls.calls import CallResult
from sync.register.calls.scripts import MarkedNumbers, Way
from sync.register.checks.finding import FindingKind, Level
from sync.register.people.values import PersonName
from tests.fakes.console_phone import Call
from tests.fakes.whole_desk import CTRL, NO_SCREEN, SECOND, Window, cut_words, visible

pytestmark = NO_SCREEN
LARGE_SCREEN = (1920, 1080)


def rows(window: Window) -> list[str]:
    """Accessible names of the visible steps."""
    block = window.part(ScriptBlock)
    return [row.accessibleName() for row in visible(block, QAbstractButton)]


def first_thing(window: Window) -> str:
    """Text of the priority banner above the right column; empty if hidden."""
    found = [
        child
        for child in window.part(RightColumn).findChildren(FirstThing)
        if child.isVisible() and child.parentWidget() is window.part(RightColumn)
    ]
    return found[0].accessibleName() if found else ""


def test_the_script_stands_beside_card_and_message(window: Window) -> None:
    assert not window.shows(ScriptBlock)  # no call
    window.talk()
    assert window.shows(ScriptBlock)
    assert window.shows(CallCard)

    window.press(Qt.Key.Key_3, CTRL)
    assert window.shows(ScriptBlock)
    assert window.shows(ChecksPanel)


def test_steps_are_ticked_by_key_and_kept_with_the_call(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_7, CTRL)  # greeted
    window.press(Qt.Key.Key_8, CTRL)  # no danger
    window.press(Qt.Key.Key_7, CTRL)
    window.press(Qt.Key.Key_6, CTRL)  # undone

    kept = window.script_steps.kept[window.card.id]
    assert {key: each.way for key, each in kept.items()} == {"greet": Way.DONE, "danger": Way.NO}
    assert window.presenters.script.state.progress == "2 из 7"


def test_the_rows_of_one_call_are_there_for_the_next(window: Window) -> None:
    """Rebuilding them would delay the card of each ring."""
    block = window.part(ScriptBlock)
    window.talk()
    first, steps = visible(block, QAbstractButton), rows(window)
    window.desk.set_result(CallResult.DROPPED)
    window.tell(Call().ended())
    window.press(Qt.Key.Key_Return, CTRL)
    assert not window.shows(ScriptBlock)

    window.talk(SECOND)
    assert visible(block, QAbstractButton) == first
    assert rows(window) == steps


def test_no_is_an_answer_to_questions_alone(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_8, CTRL)
    window.press(Qt.Key.Key_6, CTRL)

    assert window.script_steps.kept == {}


def test_danger_says_112_first_above_everything_until_it_is_said(window: Window) -> None:
    window.talk()
    window.press(Qt.Key.Key_7, CTRL)
    assert first_thing(window) == ""
    window.press(Qt.Key.Key_7, CTRL)  # yes, there is danger
    assert first_thing(window).startswith("Сначала 112. Положите трубку и сразу наберите 112")

    window.press(Qt.Key.Key_3, CTRL)  # in the message form too
    assert "112" in first_thing(window)
    window.press(Qt.Key.Key_7, CTRL)
    assert first_thing(window) == ""
    window.press(Qt.Key.Key_7, CTRL)  # no step follows 112
    assert len(window.script_steps.kept[window.card.id]) == 3


def test_a_low_window_folds_to_the_next_step_and_a_key_shows_all(window: Window) -> None:
    window.talk()
    assert rows(window) == ["Поздороваться, назвать службу и себя"]

    window.press(Qt.Key.Key_4, CTRL)
    assert len(rows(window)) == 7
    assert not window.shows(DirectoryPanel)  # too low for both
    window.press(Qt.Key.Key_F5)
    assert window.shows(DirectoryPanel)
    assert len(rows(window)) == 1
    window.press(Qt.Key.Key_4, CTRL)
    window.press(Qt.Key.Key_4, CTRL)
    assert len(rows(window)) == 1
    assert window.shows(DirectoryPanel)
    window.page.resize(*LARGE_SCREEN)
    QCoreApplication.processEvents()
    assert len(rows(window)) == 7
    assert window.shows(DirectoryPanel)


def test_a_click_ticks_a_step_and_goes_through_the_answers_of_a_question(window: Window) -> None:
    window.page.resize(*LARGE_SCREEN)
    window.talk()
    question = visible(window.part(ScriptBlock), QAbstractButton)[1]
    assert isinstance(question, QAbstractButton)
    seen = []
    for _click in range(3):
        question.click()
        seen.append((question.accessibleName(), question.isChecked()))
    text = "Кому-то угрожает опасность?"

    assert seen == [(f"{text}: да", True), (f"{text}: нет", False), (text, False)]
    assert window.script_steps.kept[window.card.id] == {}


def test_ticks_come_back_with_their_call(own_window: Window) -> None:
    window = own_window
    window.talk()
    window.press(Qt.Key.Key_7, CTRL)
    first = window.card
    window.tell(Call().ended())
    window.press(Qt.Key.Key_D, CTRL)
    window.talk(SECOND)
    assert window.presenters.script.state.progress == "0 из 7"

    window.desk.open_draft(first)
    QCoreApplication.processEvents()
    assert window.presenters.script.state.progress == "1 из 7"


def test_topic_and_caller_choose_the_script_and_what_is_done_stays_done(window: Window) -> None:
    window.talk()
    script = window.presenters.script
    window.press(Qt.Key.Key_7, CTRL)
    assert script.state.title == "Телефонный вызов"
    script.caller_known(CallerKnown(window.card.id, "звонили 21.11", ""))
    assert script.state.title == "Повторный вызов"
    assert script.state.rows[0].way is Way.DONE
    window.desk.change_card(calls.edit(window.card, topic="gas"))
    assert script.state.title == "Запах газа, газоснабжение"


def test_a_tick_that_the_disk_refuses_is_told_and_made_again(
    own_window: Window, qtbot: QtBot
) -> None:
    window = own_window
    told: list[Notice] = []
    window.presenters.script.told.connect(told.append)
    window.talk()
    window.script_steps.refusing = True
    window.press(Qt.Key.Key_7, CTRL)
    qtbot.waitUntil(lambda: bool(told))
    assert window.script_steps.kept == {}

    window.script_steps.refusing = False
    qtbot.waitUntil(lambda: "greet" in window.script_steps.kept.get(window.card.id, {}))
    assert [notice.head for notice in told] == ["Шаг сценария не записан на диск"]


def test_an_outgoing_call_has_no_script(window: Window) -> None:
    call = Call("out@test.invalid", "89005550103")
    window.tell(call.dialled(), call.answered())
    assert window.card.direction == "outgoing"
    assert not window.shows(ScriptBlock)


@pytest.mark.parametrize("size", [(1366, 768), (1440, 900), LARGE_SCREEN])
def test_all_words_have_room(window: Window, size: tuple[int, int]) -> None:
    window.page.resize(*size)
    window.talk()
    for key in (Qt.Key.Key_4, Qt.Key.Key_7, Qt.Key.Key_7, Qt.Key.Key_7):
        QCoreApplication.processEvents()
        assert cut_words(window.page) == []
        assert outside(window.part(RightColumn), window.page) == []
        window.press(key, CTRL)


def outside(column: QWidget, page: QWidget) -> list[str]:
    """Parts of the column that extend beyond the page."""
    return [
        type(child).__name__
        for child in visible(column, QWidget)
        if isinstance(child, ScriptBlock | FirstThing)
        and child.mapTo(page, child.rect().bottomRight()).y() > page.height()
    ]


# --- hints for the caller's words ---


def test_words_of_danger_in_the_card_say_112_first(window: Window, qtbot: QtBot) -> None:
    window.reader.finds["пахнет газом"] = (FindingKind.EMERGENCY, Level.WARN, "gas")
    window.talk()
    window.enter("у нас пахнет газом")
    qtbot.waitUntil(lambda: "112" in first_thing(window))

    window.press(Qt.Key.Key_3, CTRL)  # the message form has its own list of hints
    assert first_thing(window) == ""


def test_anothers_matter_says_whose_it_is_and_danger_comes_before_it(
    window: Window, qtbot: QtBot
) -> None:
    window.reader.finds["пристав"] = (FindingKind.FEDERAL, Level.GROUND, "court")
    window.talk()
    window.enter("пристав снял деньги")
    qtbot.waitUntil(lambda: bool(first_thing(window)))
    assert first_thing(window).startswith("Не наша компетенция: суд, приставы.")
    assert "Ctrl+2" in first_thing(window)

    window.reader.finds["горит"] = (FindingKind.EMERGENCY, Level.WARN, "fire")
    window.enter(" и горит")
    qtbot.waitUntil(lambda: "112" in first_thing(window))


def test_a_hint_leaves_with_its_words_and_with_its_call(window: Window, qtbot: QtBot) -> None:
    window.reader.finds["горит"] = (FindingKind.EMERGENCY, Level.WARN, "fire")
    window.talk()
    window.enter("горит")
    qtbot.waitUntil(lambda: bool(first_thing(window)))
    for _letter in "горит":
        window.press(Qt.Key.Key_Backspace)
    assert first_thing(window) == ""


def test_what_is_wrong_with_the_files_is_shown_between_calls(own_window: Window) -> None:
    window = own_window
    trouble = call_script_words.bad_files((("a.toml", "нет шага"), ("b.toml", "нет названия")))
    window.presenters.script.use((), MarkedNumbers(), trouble)
    told = "Файл a.toml не действует. нет шага\nФайл b.toml не действует: нет названия"
    assert first_thing(window) == told
    window.talk()
    assert first_thing(window) == ""
    assert call_script_words.bad_files(()) is None


# --- greeting ---


def test_the_card_greets_by_name_and_time_of_day(window: Window) -> None:
    window.talk()
    assert greetings(window) == []

    window.desk.change_card(calls.edit(window.card, name=PersonName("Иванова", "Анна", "Петровна")))
    assert greetings(window) == ["Добрый день, Анна Петровна"]


def greetings(window: Window) -> list[str]:
    """The greeting in the header of the card."""
    shown = [label.accessibleName() for label in visible(window.part(CallCard), ElidedLabel)]
    return [text for text in shown if text.startswith(("Доброе", "Добрый", "Здравствуйте"))]
