"""The review page by keys: digits decide, letters select grounds, Esc goes one step back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.spelling import SpellingPresenter
from console.features.review.checklist_view import (
    GROUND_KEYS,
    ChecklistView,
    FindingsList,
    ground_of_key,
)
from console.features.review.decision_state import Mode
from console.features.review.new_message_view import NewMessageForm
from console.features.review.page import ReviewPage, ReviewPresenters
from console.features.review.queue_page import QueuePage
from console.shared.messages.fields_view import NoticePreview
from console.shared.messages.term_view import TopicRouteView
from console.ui.fields import LineField
from console.ui.read_text import ReviewedText
from console.ui.theme import Theme, ThemeChoice, Tokens
from sync.register.checks.finding import Finding, FindingKind, Ground, Level
from sync.register.handling.contents import Confidential
from sync.register.messages import Publicity, State
from sync.register.people.values import PersonName
from tests.fakes.console_fakes import Clock, InlineExecutor
from tests.fakes.own_desks import desk_as_made
from tests.fakes.review_fakes import RESOURCES, ReviewBench, message_record, settle
from tests.fakes.spelling import open_speller

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

FIRST = 1
RUDE = Finding(FindingKind.INSULT, Level.WARN, "insult", 0, 5, "Воры!", "6.3")
NOTHING = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Screen:
    """The page with an open message, and simulated key presses."""

    def __init__(self, owner: QObject, milestones: Milestones, clock: Clock, folder: Path) -> None:
        self.bench = ReviewBench(owner, milestones, clock)
        self.bench.reader.found = {"Воры": (RUDE,)}
        record = message_record(FIRST, "Воры! Нет света.", publicity=Publicity.PUBLIC)
        self.bench.city.submit(record, clock.now - timedelta(days=1))
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme = Theme(Tokens.read(RESOURCES / "styles" / "tokens.json"), ThemeChoice.LIGHT)
        theme.install(application)
        spelling = SpellingPresenter(
            lambda: open_speller(folder),
            InlineExecutor(),
            Deliveries(owner),
            enabled=False,
            parent=owner,
        )
        bench = self.bench
        self.page = ReviewPage(
            theme,
            ReviewPresenters(
                bench.review,
                bench.decision,
                bench.photos,
                bench.preview,
                bench.organs,
                bench.classifier,
                spelling,
                bench.route,
            ),
        )
        self.queue = QueuePage(
            theme, bench.queue, NewMessageForm(theme, bench.new, spelling), desk_as_made(owner)
        )
        self.page.closed.connect(bench.desk.release)
        self.page.next_asked.connect(bench.desk.skip)
        self.page.resize(1306, 664)
        self.page.show()
        QTest.qWaitForWindowActive(self.page)
        bench.open(FIRST)
        self.page.setFocus()

    def press(self, key: Qt.Key | str, modifier: Qt.KeyboardModifier = NOTHING) -> None:
        target = QApplication.focusWidget() or self.page
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key, modifier)
        settle()

    def is_in(self, mode: Mode) -> bool:
        return self.bench.decision.state.mode is mode

    @property
    def grounds(self) -> frozenset[Ground]:
        return self.bench.decision.state.refusal.grounds

    def shows_notice(self) -> bool:
        preview = self.page.findChild(NoticePreview)
        assert preview is not None
        return preview.isVisible()

    def focused(self, kind: type[QObject]) -> bool:
        return isinstance(QApplication.focusWidget(), kind)


@pytest.fixture
def screen(
    owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> Iterator[Screen]:
    made = Screen(owner, milestones, clock, tmp_path)
    yield made
    for page in (made.page, made.queue):
        page.close()
        page.deleteLater()


def test_every_ground_has_a_key_of_its_own_in_both_layouts() -> None:
    assert set(GROUND_KEYS) == set(Ground)
    assert len(set(GROUND_KEYS.values())) == len(Ground)
    assert ground_of_key("5") is Ground.INSULT
    assert ground_of_key("ц") is ground_of_key("w") is Ground.NO_PLACE
    assert ground_of_key("x") is None


def test_digits_decide_and_escape_steps_back(screen: Screen) -> None:
    for digit, mode in enumerate(list(Mode)[1:], start=1):
        screen.press(str(digit))
        assert screen.is_in(mode)
        screen.press(Qt.Key.Key_Escape)
        assert screen.is_in(Mode.NONE)
        assert screen.focused(ReviewedText)
    screen.press("7")
    assert screen.is_in(Mode.NONE)
    screen.press(Qt.Key.Key_Escape)
    assert screen.bench.city.holder(FIRST) == ""


@pytest.mark.parametrize("looks_at_notice", [False, True], ids=["fields", "notice"])
def test_escape_cancels_a_registration_whose_text_is_still_being_checked(
    screen: Screen, looks_at_notice: bool
) -> None:
    bench = screen.bench
    bench.city.submit(message_record(2, "Яма у дома", publicity=Publicity.PUBLIC))
    bench.desk.release()
    bench.reader.held = True
    bench.open(2)
    screen.page.setFocus()
    screen.press("1")
    if looks_at_notice:
        screen.page.show_notice()
    screen.page.confirm()
    settle()
    screen.press(Qt.Key.Key_Escape)
    bench.reader.release()
    settle()

    assert bench.city.message(2).standing.state is State.UNDER_REVIEW
    if not looks_at_notice:
        screen.press("1")  # the repeated decision is not confirmed yet
        assert bench.city.message(2).standing.state is State.UNDER_REVIEW
    screen.page.confirm()
    settle()
    assert "register_and_publish" in bench.city.steps(2)


def test_the_route_of_the_topic_stands_below_the_message(screen: Screen) -> None:
    route = screen.page.findChildren(TopicRouteView)[0]
    assert route.isVisible()
    assert route.accessibleName().startswith("Дороги › Ямы. Отвечает: ")


def test_the_notice_is_looked_at_before_the_decision(screen: Screen) -> None:
    """The preview is updated while the operator types; Esc or a decision closes it."""
    screen.page.show_notice()  # Alt+L in the workspace
    settle()
    assert not screen.shows_notice()  # no decision is selected yet
    screen.press("2")
    screen.press("5")
    screen.page.show_notice()  # Alt+L in the workspace
    settle()
    (notice,) = screen.bench.preview.notices.state.notices
    assert notice.title == "Отказ в регистрации"
    assert "обвинения или оскорбления" in notice.text
    assert screen.shows_notice()
    screen.bench.decision.set_explanation("Уберите первое слово.")
    settle()
    (notice,) = screen.bench.preview.notices.state.notices
    assert "Уберите первое слово." in notice.html
    screen.press(Qt.Key.Key_Escape)
    assert not screen.shows_notice()
    assert screen.is_in(Mode.REFUSE)
    screen.press(Qt.Key.Key_Escape)

    screen.press("3")  # there is no message that it duplicates
    screen.page.show_notice()  # Alt+L in the workspace
    settle()
    assert screen.bench.preview.notices.state.remark.startswith("Уведомление появится")
    screen.press(Qt.Key.Key_Escape)
    screen.press(Qt.Key.Key_Escape)

    screen.press("1")
    screen.page.show_notice()  # Alt+L in the workspace
    settle()
    titles = [notice.title for notice in screen.bench.preview.notices.state.notices]
    assert titles == ["Зарегистрировано и опубликовано", "Новое сообщение органу"]
    screen.page.confirm()
    settle()
    assert screen.bench.city.message(FIRST).standing.state is State.AT_ORGAN
    assert not screen.bench.preview.is_open


def test_one_then_enter_registers(screen: Screen) -> None:
    screen.press("1")
    screen.press(Qt.Key.Key_Return)
    assert screen.bench.city.message(FIRST).standing.state is State.AT_ORGAN


def test_a_place_that_a_colleague_corrected_too_stops_the_first_press_alone(screen: Screen) -> None:
    screen.bench.review.type_again({"place": "улица Новая, 2"}, {"place": "улица Старая, 1"})
    screen.press("1")
    screen.press(Qt.Key.Key_Return)
    field = QApplication.focusWidget()
    assert isinstance(field, LineField)
    assert field.text() == "улица Новая, 2"
    assert "улица Садовая, 5" in field.accessibleDescription()
    assert screen.is_in(Mode.REGISTER)

    screen.bench.review.type_again({"time": "19:00"}, {"time": "17:00"})
    assert set(screen.bench.review.state.elsewhere) == {"place", "when"}
    screen.press(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert field.text() == "улица Садовая, 5"
    assert set(screen.bench.review.state.elsewhere) == {"when"}, "the other field is hers still"
    screen.page.setFocus()
    screen.press(Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert screen.bench.review.state.elsewhere == {}
    assert screen.bench.review.state.fields["time"] == "18:30"
    screen.press(Qt.Key.Key_Return)
    screen.press(Qt.Key.Key_Return)
    assert screen.bench.city.message(FIRST).standing.organ == "road-service"


def test_grounds_are_ticked_by_key_and_the_refusal_is_one_chord(screen: Screen) -> None:
    screen.press("2")
    assert screen.focused(ChecklistView)
    screen.press("5")
    screen.press("Q")  # Й in the other keyboard layout
    assert screen.grounds == {Ground.INSULT, Ground.SEVERAL_QUESTIONS}
    screen.press("5")
    assert screen.grounds == {Ground.SEVERAL_QUESTIONS}
    screen.press(Qt.Key.Key_Home)
    screen.press(Qt.Key.Key_Space)
    assert screen.grounds == {Ground.SEVERAL_QUESTIONS, Ground.INCOMPLETE}
    screen.press(Qt.Key.Key_Return)  # moves to the text
    screen.press("5")
    assert screen.bench.decision.state.refusal.explanation.count("5") == 1
    assert screen.grounds == {Ground.SEVERAL_QUESTIONS, Ground.INCOMPLETE}
    screen.page.confirm()  # Ctrl+Enter is a shortcut of the window
    settle()
    assert screen.bench.city.message(FIRST).standing.state is State.REFUSED


def test_digits_typed_into_a_field_are_digits(screen: Screen) -> None:
    screen.press(Qt.Key.Key_Tab)
    assert screen.focused(FindingsList)
    screen.press(Qt.Key.Key_Tab)
    screen.press("2")
    assert screen.is_in(Mode.NONE)
    screen.page.press_digit(2)  # Alt+2 in the workspace
    settle()
    assert screen.is_in(Mode.REFUSE)
    assert screen.bench.city.message(FIRST).standing.contents.place.endswith("2")


def test_the_next_finding_is_gone_to(screen: Screen) -> None:
    screen.page.next_finding()
    text = QApplication.focusWidget()
    assert isinstance(text, ReviewedText)
    assert text.textCursor().selectedText() == "Воры!"
    assert screen.bench.review.state.pointed == 0
    screen.press("4")
    assert screen.is_in(Mode.ASK)


def test_kinds_of_6_12_are_ticked_by_digit(screen: Screen) -> None:
    screen.press("5")
    screen.press("2")
    screen.press(Qt.Key.Key_Return)
    assert screen.bench.city.message(FIRST).standing.confidential == {Confidential.HEALTH}
    screen.press("6")
    city = screen.bench.decision.state.city
    assert city is not None
    assert city.text is None


def test_ctrl_right_gives_the_message_back_for_another_one(screen: Screen) -> None:
    screen.bench.city.submit(message_record(2, "Яма"))
    screen.press(Qt.Key.Key_Right, CTRL)
    assert screen.bench.city.holder(FIRST) == ""
    message = screen.bench.review.message
    assert message is not None
    assert message.id == UUID(int=2)
    assert screen.focused(ReviewedText)


def test_enter_in_the_queue_takes_the_selected_one(screen: Screen) -> None:
    screen.bench.desk.release()
    screen.bench.city.submit(message_record(2, "Яма"))
    screen.page.hide()
    screen.queue.resize(1306, 664)
    screen.queue.show()
    QTest.qWaitForWindowActive(screen.queue)
    screen.queue.open_page()
    settle()
    screen.press(Qt.Key.Key_Down)
    screen.press(Qt.Key.Key_Return)
    message = screen.bench.review.message
    assert message is not None
    assert message.id == UUID(int=2)


def _write_new(screen: Screen) -> None:
    """Ins in the list of the queue."""
    screen.bench.desk.release()
    settle()
    screen.page.hide()
    screen.queue.resize(1306, 664)
    screen.queue.show()
    QTest.qWaitForWindowActive(screen.queue)
    screen.queue.open_page()
    settle()
    screen.press(Qt.Key.Key_Insert)


def test_the_next_message_without_a_call_begins_with_empty_fields(screen: Screen) -> None:
    _write_new(screen)
    screen.press("jama")
    for _field in ("place", "name", "phone"):
        screen.press(Qt.Key.Key_Tab)
    screen.press("89005550137")
    phone = QApplication.focusWidget()
    assert isinstance(phone, LineField)

    screen.bench.new.submit()  # while the field of the phone number has the focus
    settle()

    assert screen.bench.review.message is not None
    assert phone.text() == screen.bench.new.state.phone == ""


def test_a_message_without_a_call_is_written_down_and_opened(screen: Screen) -> None:
    _write_new(screen)
    assert screen.queue.is_writing
    new = screen.bench.new
    new.submit()
    assert set(new.state.problems) == {"text"}
    screen.press("jama")
    for name, text in (("phone", "12"), ("email", "a b"), ("name", "Проба Анна Петровна")):
        new.set_field(name, text)
    new.submit()
    assert set(new.state.problems) == {"phone", "email"}
    new.set_field("phone", "8 900 555-01-37")
    new.set_field("email", "")
    new.set_publicity("public")
    screen.bench.city.handling.refusing = True
    new.submit()
    settle()
    assert new.state.text == "jama"  # the write failed: the input remains
    screen.bench.city.handling.refusing = False
    new.submit()
    settle()
    message = screen.bench.review.message
    assert message is not None
    assert (message.record.call_id, message.record.phone) == (None, "+79005550137")
    assert message.record.name == PersonName("Проба", "Анна", "Петровна")
    assert message.standing.contents.text == "jama"
    assert message.standing.publicity is Publicity.PUBLIC
    assert screen.bench.city.holder(message.id.int) == ""  # opened for reading only
    assert new.state.text == ""
