"""The body that receives a message: preset by the topic, another one only with a reason (7.9)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.settings.workplace import CITY_ZONE
from console.core.spelling import SpellingPresenter
from console.shared.messages.classifier import Classifier, Organs
from console.shared.messages.fields_view import OrganChoiceFields
from console.shared.messages.organ_choice import OrganChoice, OrganFit
from console.ui.fields import LineField
from console.ui.text_field import TextField
from console.ui.theme import Theme, ThemeChoice, Tokens
from kb.entries.entries import Entry, EntryKind, PersonDetails
from kb.store import Directory
from sync.register.handling.step_facts import Official, Routed
from tests.fakes.console_directory import CATEGORIES, TOPICS, sample_unit
from tests.fakes.console_fakes import InlineExecutor
from tests.fakes.regulations import REGULATION
from tests.fakes.spelling import open_speller

# Qt's warning about the offscreen platform.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

TOKENS = Path(__file__).resolve().parents[5] / "resources" / "styles" / "tokens.json"
LAMPS = Entry("lamps", EntryKind.TOPIC, "Свет", "")
UNITS = (
    sample_unit(),
    replace(sample_unit("waste-service"), title="Служба вывоза мусора"),
    replace(sample_unit("light-service"), title="Горсвет"),
    replace(sample_unit("old-service"), title="Бывшая служба", valid_to=date(2026, 2, 1)),
)
CHIEF = Entry(
    "chief",
    EntryKind.PERSON,
    "Пробова Анна Петровна",
    "",
    details=PersonDetails("road-service", "начальник отдела"),
)
RETIRED = replace(CHIEF, id="retired", title="Бывшая", valid_to=date(2026, 2, 1))
NOW = datetime(2026, 11, 25, 21, 30, tzinfo=UTC)
"""Already the 26th in the city."""


def type_into(field: QWidget, text: str) -> None:
    """Letters of any alphabet, which Qt's own key simulation does not support."""
    for letter in text:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(field, event)


@pytest.fixture
def organs(owner: QObject, tmp_path: Path) -> Iterator[Organs]:
    directory = Directory.open(tmp_path / "directory.db", starters=None)
    directory.replace_all((*TOPICS, *CATEGORIES, LAMPS, *UNITS, CHIEF, RETIRED))
    yield Organs(
        directory,
        InlineExecutor(),
        Deliveries(owner),
        zone=CITY_ZONE,
        clock=lambda: NOW,
        parent=owner,
    )
    directory.close()


@pytest.fixture
def choice(owner: QObject, organs: Organs) -> OrganChoice:
    made = OrganChoice(Classifier((*TOPICS, LAMPS), CATEGORIES, owner), organs, owner)
    organs.read()
    QCoreApplication.processEvents()
    return made


def test_only_units_in_force_are_offered(choice: OrganChoice) -> None:
    assert set(choice.organs()) == {"road-service", "waste-service", "light-service"}


def test_the_topics_own_body_needs_no_reason(choice: OrganChoice) -> None:
    choice.begin("roads", "roads-pits")

    assert (choice.state.organ_text, choice.state.fit) == ("Дорожная служба", OrganFit.BY_ROUTE)
    choice.set_reason("лишнее")
    assert choice.routed() == Routed("road-service", "road-service")


def test_another_body_is_not_taken_without_a_reason(choice: OrganChoice) -> None:
    choice.begin("roads", "roads-pits")
    choice.set_organ("light-service")
    assert (choice.state.fit, choice.state.problems) == (OrganFit.ANOTHER, {})

    choice.set_reason("  ")
    assert choice.routed() is None
    assert choice.state.problems["reason"].endswith("(п. 7.9)")
    choice.set_reason(" Фонарь стоит на его опоре ")
    assert choice.state.problems == {}
    assert choice.routed() == Routed("light-service", "road-service", "Фонарь стоит на его опоре")

    choice.set_organ("")
    assert (choice.state.organ, choice.state.needs_reason) == ("road-service", False)


def test_a_topic_without_a_body_asks_for_one_and_for_a_reason(choice: OrganChoice) -> None:
    choice.begin("lamps", None)
    assert choice.routed() is None
    assert set(choice.state.problems) == {"organ"}

    choice.set_organ("light-service")
    assert choice.routed() is None
    assert set(choice.state.problems) == {"reason"}
    choice.set_reason("Свет — его дело")
    assert choice.routed() == Routed("light-service", None, "Свет — его дело")


def test_a_corrected_category_moves_the_preset_and_never_a_choice(choice: OrganChoice) -> None:
    choice.begin("roads", "roads-pits")
    choice.set_category("waste", "waste-yard")
    assert choice.state.organ == "waste-service"

    choice.set_organ("light-service")
    choice.set_category("roads", None)
    assert (choice.state.organ, choice.state.route_text) == ("light-service", "Дорожная служба")


def test_the_body_of_the_regulation_in_force_on_the_day_of_registration_is_preset(
    owner: QObject, organs: Organs
) -> None:
    classifier = Classifier((*TOPICS, LAMPS), CATEGORIES, owner)
    made = OrganChoice(classifier, organs, owner)
    organs.read()
    QCoreApplication.processEvents()
    today = NOW.astimezone(CITY_ZONE).date()
    ruled = replace(REGULATION, topics=("roads",), valid_from=today, valid_to=None)
    classifier.follow((ruled,))

    made.begin("roads", "roads-pits")
    assert made.routed() == Routed("light-service", "light-service")
    made.begin("roads", "roads-pits", registered_at=NOW - timedelta(days=1))
    assert made.routed() == Routed("road-service", "road-service")


def test_a_redirected_message_does_not_go_where_it_is(choice: OrganChoice) -> None:
    choice.begin("roads", "roads-pits", away_from="road-service")
    assert (choice.state.organ, "road-service" in choice.organs()) == ("", False)
    choice.set_category("roads", "roads-signs")
    assert choice.state.organ == ""
    choice.set_organ("waste-service")
    choice.set_organ("")
    assert choice.routed() is None

    choice.begin("roads", None, organ="light-service", reason="Так было решено")
    assert choice.routed() == Routed("light-service", "road-service", "Так было решено")


def test_the_fields_are_worked_by_keys(
    owner: QObject, choice: OrganChoice, tmp_path: Path, qtbot: QtBot
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme(Tokens.read(TOKENS), ThemeChoice.LIGHT, parent=owner)
    theme.install(application)
    with ThreadPoolExecutor(1) as worker:
        spelling = SpellingPresenter(
            lambda: open_speller(tmp_path), worker, Deliveries(owner), enabled=False, parent=owner
        )
        fields = OrganChoiceFields(theme, choice, spelling)
        qtbot.addWidget(fields)
        fields.resize(700, 200)
        fields.show()
        choice.begin("roads", "roads-pits")
        organ, reason = fields.findChild(LineField), fields.findChild(TextField)
        assert isinstance(organ, LineField)
        assert isinstance(reason, TextField)
        assert (organ.text(), reason.isVisible()) == ("Дорожная служба", False)

        fields.setFocus()
        organ.selectAll()
        type_into(organ, "горс")
        fields.settle()
        assert (organ.text(), reason.isVisible()) == ("Горсвет", True)
        assert choice.routed() is None
        fields.focus_first_problem()
        assert fields.focusWidget() is reason
        type_into(reason, "Опора")
        assert choice.routed() == Routed("light-service", "road-service", "Опора")

        choice.begin("lamps", None)
        assert choice.routed() is None
        fields.focus_first_problem()
        assert fields.focusWidget() is organ
        type_into(organ, "слу")
        QTest.keyClick(organ, Qt.Key.Key_Down)
        QTest.keyClick(organ, Qt.Key.Key_Return)
        assert choice.state.fit is OrganFit.NO_ROUTE


def test_an_official_of_the_body_is_named_with_the_day_he_was_told(choice: OrganChoice) -> None:
    choice.begin("roads", "roads-pits")
    assert choice.state.officials == {"chief": "Пробова Анна Петровна, начальник отдела"}
    assert choice.routed() == Routed("road-service", "road-service")

    choice.set_official("chief")
    assert choice.state.told_on == "26.11.2026"
    for wrong in ("", "вчера", "27.11.2026"):
        choice.set_told_on(wrong)
        assert choice.routed() is None
        assert choice.state.problems["told_on"].endswith("(п. 12.3)")
    choice.set_told_on("25.11.2026")
    told = Official("Пробова Анна Петровна, начальник отдела", date(2026, 11, 25))
    assert choice.routed() == Routed("road-service", "road-service", "", told)

    choice.set_official("")
    assert choice.routed() == Routed("road-service", "road-service")


def test_the_official_of_one_body_is_not_named_for_another(choice: OrganChoice) -> None:
    choice.begin("roads", "roads-pits")
    choice.set_official("chief")
    choice.set_organ("light-service")
    assert (choice.state.official, choice.state.told_on, choice.state.officials) == ("", "", {})
    choice.set_reason("Его опора")
    assert choice.routed() == Routed("light-service", "road-service", "Его опора")


def test_the_fields_of_an_official_are_shown_where_the_body_has_one(
    owner: QObject, choice: OrganChoice, tmp_path: Path, qtbot: QtBot
) -> None:
    theme = Theme(Tokens.read(TOKENS), ThemeChoice.LIGHT, parent=owner)
    with ThreadPoolExecutor(1) as worker:
        spelling = SpellingPresenter(
            lambda: open_speller(tmp_path), worker, Deliveries(owner), enabled=False, parent=owner
        )
        fields = OrganChoiceFields(theme, choice, spelling)
        qtbot.addWidget(fields)
        choice.begin("roads", "roads-pits")
        fields.resize(700, 300)
        fields.show()

        def shown() -> list[LineField]:
            return [field for field in fields.findChildren(LineField) if field.isVisible()]

        _organ, official = shown()
        assert official.accessibleName() == "Кому из органа сообщено"
        type_into(official, "пробова")
        fields.settle()
        _organ, official, told_on = shown()
        assert (choice.state.official, told_on.text()) == ("chief", "26.11.2026")
        type_into(told_on, "1")
        assert choice.routed() is None
        fields.focus_first_problem()
        assert fields.focusWidget() is told_on
        choice.set_organ("light-service")
        assert len(shown()) == 1


def test_an_official_who_was_named_before_a_restart_is_there_again(choice: OrganChoice) -> None:
    choice.begin("roads", "roads-pits", official="chief", told_on="25.11.2026")
    routed = choice.routed()
    assert routed is not None
    assert routed.official is not None
    assert routed.official.told_on == date(2026, 11, 25)
