"""The way to the training mode: by Enter and by mouse, with room for its words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.bridge import Deliveries
from console.presenters.sign_in import SignInPresenter
from console.presenters.training_offer import TrainingOffer
from console.views.components.buttons import ActionButton, LinkButton
from console.views.sign_in import SignInPage
from console.views.theme import Theme
from console.views.training_band import TrainingBand
from console.views.training_offer_page import TrainingOfferPage
from sync.store.register import RegisterStore
from tests.fakes.console_fakes import Clock, InlineExecutor, Told
from tests.fakes.whole_desk import NO_SCREEN, cut_words

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
