"""The route, the term, the documents and the check-list of a message's topic (3.1-3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.shared.directory.documents import DocumentOpener
from console.shared.messages.classifier import Classifier, Organs
from console.shared.messages.term_view import TopicRouteView
from console.shared.messages.topic_route import NOTHING_CHOSEN, TopicRoutePresenter
from console.ui.buttons import ActionButton
from console.ui.theme import Theme, ThemeChoice, Tokens
from kb.entries.attachments import Attachment, AttachmentKind
from kb.entries.entries import AnswerTerm, TopicDetails, UnitDetails
from kb.store import Directory
from tests.fakes.console_directory import CATEGORIES, TOPICS, sample_unit
from tests.fakes.console_fakes import InlineExecutor
from tests.fakes.regulations import MAP, REGULATION

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

TOKENS = Path(__file__).resolve().parents[5] / "resources" / "styles" / "tokens.json"
PDF = b"%PDF-1.7 how to mend a pit"
TOPIC = replace(
    TOPICS[0],
    details=TopicDetails(
        participants=("waste-service",),
        route="Сначала в отдел дорог",
        answer_term=AnswerTerm(30, "calendar"),
        checklist=("Назван дом",),
    ),
)
PITS = replace(
    CATEGORIES[0],
    details=TopicDetails(
        "roads", ("light-service", "waste-service"), "", AnswerTerm(10, "working"), ("Есть фото",)
    ),
)
UNITS = (
    sample_unit(),
    replace(sample_unit("waste-service"), title="Служба вывоза мусора"),
    replace(sample_unit("light-service"), title="Горсвет"),
)


class Stand:
    """A directory with a regulation of the topic and a map of the category."""

    def __init__(self, folder: Path, owner: QObject, milestones: Milestones) -> None:
        deliveries, at_once = Deliveries(owner), InlineExecutor()
        self.shown: list[Path] = []
        self.directory = Directory.open(folder / "directory.db", starters=None)
        self.directory.replace_all((TOPIC, *TOPICS[1:], PITS, *CATEGORIES[1:], *UNITS))
        self.attach("regulation", TOPIC.id, AttachmentKind.REGULATION)
        self.attach("map", PITS.id, AttachmentKind.MAP)
        self.classifier = Classifier((TOPIC, *TOPICS[1:]), (PITS, *CATEGORIES[1:]), owner)
        organs = Organs(self.directory, at_once, deliveries, zone=CITY_ZONE, parent=owner)
        opener = DocumentOpener(
            self.directory,
            at_once,
            deliveries,
            milestones,
            folder=folder / "copies",
            show=self.show,
            parent=owner,
        )
        self.presenter = TopicRoutePresenter(
            self.classifier, organs, self.directory, opener, at_once, deliveries, owner
        )
        organs.read()
        QCoreApplication.processEvents()

    def attach(self, key: str, entry_id: str, kind: AttachmentKind) -> None:
        self.directory.attach(Attachment(key, entry_id, kind, f"О {key}", f"{key}.pdf"), PDF)

    def show(self, file: Path) -> bool:
        self.shown.append(file)
        return True

    def choose(self, topic: str | None, category: str | None) -> None:
        self.presenter.show(topic, category)
        QCoreApplication.processEvents()


@pytest.fixture
def stand(tmp_path: Path, owner: QObject, milestones: Milestones) -> Iterator[Stand]:
    made = Stand(tmp_path, owner, milestones)
    yield made
    made.directory.close()


def test_the_regulation_and_the_map_in_force_say_body_term_and_file(stand: Stand) -> None:
    first = date(2020, 1, 1)
    ruled = replace(
        REGULATION,
        topics=("waste", "roads"),
        valid_from=first,
        valid_to=None,
        file="regulation.pdf",
    )
    stand.choose("waste", "waste-yard")
    assert (stand.presenter.state.organ, stand.presenter.state.term) == ("Служба вывоза мусора", "")

    stand.classifier.follow((ruled,))
    QCoreApplication.processEvents()
    state = stand.presenter.state
    assert state.organ == "Горсвет"
    assert state.term == "10 рабочих дней, по тематическому регламенту № 12-р от 12.01.2026"
    assert [one.id for one in state.documents] == ["regulation"], "it stands at the other topic"

    made = replace(MAP, category="waste-yard", valid_from=first)
    stand.classifier.follow((ruled, made))
    assert stand.presenter.state.term == "2 рабочих дня, по технологической карте № 3 от 01.03.2026"
    stand.classifier.follow((replace(ruled, valid_to=first),))
    assert (stand.presenter.state.organ, stand.presenter.state.term) == ("Служба вывоза мусора", "")


def test_the_category_says_more_than_its_topic_and_the_check_list_is_of_both(
    stand: Stand,
) -> None:
    stand.choose("roads", "roads-pits")
    state = stand.presenter.state
    assert (state.title, state.organ) == ("Дороги › Ямы", "Дорожная служба")
    assert state.participants == ("Служба вывоза мусора", "Горсвет")
    assert (state.route, state.term) == ("Сначала в отдел дорог", "10 рабочих дней")
    assert state.checklist == ("Назван дом", "Есть фото")
    assert [one.id for one in state.documents] == ["map", "regulation"]

    stand.choose("roads", None)
    state = stand.presenter.state
    assert (state.title, state.term) == ("Дороги", "30 календарных дней")
    assert [one.id for one in state.documents] == ["regulation"]
    stand.choose("unknown", "gone")
    assert stand.presenter.state == NOTHING_CHOSEN
    stand.choose("waste", "waste-yard")
    state = stand.presenter.state
    assert (state.organ, state.term, state.checklist) == ("Служба вывоза мусора", "", ())
    assert state.documents == ()
    own = UnitDetails(answer_term=AnswerTerm(5, "working"))
    filed = stand.classifier
    filed.replace((filed.topics, filed.categories, (replace(UNITS[1], details=own),)))
    assert stand.presenter.state.term == "5 рабочих дней"
    stand.choose("roads", None)
    assert stand.presenter.state.term == "30 календарных дней"


def test_what_an_editor_publishes_is_shown_at_once(stand: Stand) -> None:
    stand.choose("roads", "roads-pits")
    changed = replace(PITS, details=TopicDetails("roads", checklist=("Сказан размер",)))
    stand.classifier.replace(((TOPIC,), (changed,), ()))
    assert stand.presenter.state.checklist == ("Назван дом", "Сказан размер")
    assert [one.id for one in stand.presenter.state.documents] == ["map", "regulation"]


def test_the_panel_says_all_aloud_and_opens_a_document(
    stand: Stand, owner: QObject, qtbot: QtBot
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme(Tokens.read(TOKENS), ThemeChoice.LIGHT, parent=owner)
    theme.install(application)
    page = QWidget()
    qtbot.addWidget(page)
    view = TopicRouteView(theme, stand.presenter)
    QVBoxLayout(page).addWidget(view)
    page.resize(420, 400)
    page.show()
    assert not view.isVisible()
    stand.choose("roads", "roads-pits")
    assert view.isVisible()
    for text in ("Дороги › Ямы", "Отвечает: Дорожная служба", "Срок ответа: 10 рабочих дней"):
        assert text in view.accessibleName()
    assert "• Назван дом\n• Есть фото" in view.accessibleName()
    first = next(one for one in view.findChildren(ActionButton) if one.isVisible())
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    QCoreApplication.processEvents()
    assert [file.name for file in stand.shown] == ["map.pdf"]
    stand.choose("roads", None)
    view.open_document()
    QCoreApplication.processEvents()
    assert stand.shown[-1].read_bytes() == PDF
    assert not page.grab().isNull()
