"""The way to the training mode: by Enter and by mouse, with room for its words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.features.sign_in.page import SignInPage
from console.features.sign_in.presenter import SignInPresenter
from console.features.training.band_view import TrainingBand
from console.features.training.page import (
    LessonList,
    ScoreView,
    TrainingOfferPage,
    TrainingPage,
)
from console.features.training.presenter import TrainingOffer, TrainingPresenter
from console.shared.session.live_calls import CardSaved
from console.ui.buttons import ActionButton, LinkButton
from console.ui.theme import Theme
from sync.store.local.register import RegisterStore
from tests.fakes.console_fakes import Clock, InlineExecutor, Told
from tests.fakes.training_records import empty_work, perfect_work
from tests.fakes.whole_desk import CTRL, NO_SCREEN, Window, cut_words, visible

pytestmark = NO_SCREEN


def test_enter_and_the_button_open_training_and_escape_leaves(
    theme: Theme, russian: None, owner: QObject, qtbot: QtBot
) -> None:
    answers = [True, True]
    offer = TrainingOffer(answers.pop, owner)
    page = TrainingOfferPage(theme, offer)
    qtbot.addWidget(page)
    page.resize(760, 600)
    page.show()
    closed = Told(page.closed)
    page.focus_first()

    QTest.keyClick(page, Qt.Key.Key_Return)
    assert len(answers) == 1
    button = page.findChild(ActionButton)
    assert button is not None
    assert button.accessibleName()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert answers == []
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert len(closed.values) == 1
    assert cut_words(page) == []


def test_who_has_no_login_yet_may_train(
    theme: Theme, russian: None, store: RegisterStore, owner: QObject, clock: Clock, qtbot: QtBot
) -> None:
    presenter = SignInPresenter(
        store, InlineExecutor(), Deliveries(owner), clock=clock, parent=owner
    )
    page = SignInPage(theme, presenter)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    presenter.start()
    asked = Told(page.training_asked)
    links = {link.text(): link for link in page.findChildren(LinkButton)}
    link = links["Учебный режим"]
    qtbot.waitUntil(link.isVisible)

    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert len(asked.values) == 1
    presenter.begin_password_change("probova")
    assert not link.isVisible()


@pytest.mark.parametrize("width", [1024, 1366])
def test_the_band_says_in_words_what_its_colour_shows(
    theme: Theme, russian: None, qtbot: QtBot, width: int
) -> None:
    band = TrainingBand(theme)
    qtbot.addWidget(band)
    band.resize(width, band.height())
    band.show()

    assert band.accessibleName().startswith("Учебный режим: ")
    assert cut_words(band) == []


def settle() -> None:
    for _round in range(8):
        QCoreApplication.processEvents()


def training_of(window: Window) -> TrainingPresenter:
    training = window.presenters.training
    assert isinstance(training, TrainingPresenter)
    return training


def words_on(window: Window) -> list[str]:
    labels = visible(window.part(TrainingPage), QLabel)
    return [label.text() for label in labels if isinstance(label, QLabel)]


def test_lessons_are_chosen_by_arrows_letters_and_digits(own_window: Window) -> None:
    window = own_window
    training = training_of(window)
    window.press(Qt.Key.Key_T, CTRL)
    found = window.part(LessonList)
    assert isinstance(found, LessonList)
    assert found.hasFocus()
    assert found.lessons.rowCount() >= 20

    for _row in range(12):
        window.press(Qt.Key.Key_Down)
    assert found.currentIndex().row() == 12
    assert found.viewport().rect().intersects(found.visualRect(found.currentIndex()))
    assert {training.state.lessons[12].title, training.state.lessons[12].hint} <= set(
        words_on(window)
    )
    window.enter("конт")
    assert training.state.lessons[found.currentIndex().row()].title.startswith("Контакты")
    assert cut_words(window.page) == []

    window.press(Qt.Key.Key_Escape)
    assert not window.shows(TrainingPage)


def test_the_score_stands_in_words_and_leads_to_the_next_lesson(own_window: Window) -> None:
    window = own_window
    training = training_of(window)
    lesson = training.state.lessons[1]
    window.work.work = empty_work(lesson)
    training.receive_saved(CardSaved(empty_work(lesson).call, by_itself=False))
    settle()
    assert window.shows(ScoreView)
    told = words_on(window)
    assert {"Место спрошено и записано верно", "п. 6.1", "0 из 1"} <= set(told)
    assert any("«родников…»" in text for text in told)
    assert cut_words(window.page) == []

    window.press(Qt.Key.Key_Return)
    found = window.part(LessonList)
    assert isinstance(found, LessonList)
    assert found.isVisible()
    assert found.currentIndex().row() == 2

    window.work.work = perfect_work(lesson)
    training.receive_saved(CardSaved(perfect_work(lesson).call, by_itself=False))
    settle()
    assert "Всё верно" in words_on(window)
    window.press(Qt.Key.Key_Escape)
    assert not window.shows(TrainingPage)
    window.press(Qt.Key.Key_T, CTRL)
    assert found.lessons.mark(found.lessons.index(1))[0] == "100 %"
