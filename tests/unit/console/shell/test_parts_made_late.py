"""Pages and panels are created on first use, and miss no earlier event."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from console.features.answers.decision_view import DecisionPanel
from console.features.answers.form_view import AnswerForm
from console.features.answers.page import AnswersPage
from console.features.call_backs.page import CallBacksPage
from console.features.call_card.card_view import CallCard
from console.features.call_card.persons_view import PersonPanel
from console.features.dialing.panel import KeypadPanel, NumberPanel
from console.features.directory_editor.entry_view import EntryForm
from console.features.directory_editor.list_view import StaleView
from console.features.directory_editor.page import EditorPage
from console.features.directory_editor.proposals_view import ProposalsView
from console.features.directory_editor.synonyms_view import SynonymsView
from console.features.directory_editor.unanswered_view import UnansweredView
from console.features.directory_files.page import FilesPage
from console.features.directory_search.panel import DirectoryPanel
from console.features.journal.page import JournalPage
from console.features.lookup.page import LookUpPage
from console.features.message_form.page import MessageForm
from console.features.own_desk.keys_view import KeysPage
from console.features.regulation.panel import ParagraphPanel
from console.features.reports.page import ReportPage
from console.features.review.page import ReviewPage
from console.features.settings.page import SettingsPage
from console.shared.messages.term_view import TopicRouteView
from console.shell.column_layout import DeskColumns
from console.ui.layout import Later
from console.ui.text_field import TextField
from tests.fakes.console_fakes import OPERATOR
from tests.fakes.review_fakes import message_record, settle
from tests.fakes.whole_desk import ALT, CTRL, NO_SCREEN, Window, open_editor

pytestmark = NO_SCREEN

FOR_A_CALL: tuple[type[QWidget], ...] = (JournalPage, CallCard, DirectoryPanel, NumberPanel)
MADE_AHEAD: tuple[type[QWidget], ...] = (
    MessageForm,
    LookUpPage,
    CallBacksPage,
    PersonPanel,
    KeypadPanel,
)
NOT_FOR_A_CALL: tuple[type[QWidget], ...] = (
    MessageForm,
    ReportPage,
    ReviewPage,
    EditorPage,
    FilesPage,
    AnswersPage,
    SettingsPage,
    CallBacksPage,
    KeysPage,
    LookUpPage,
    KeypadPanel,
    PersonPanel,
    ParagraphPanel,
)


class WindowsShown(QObject):
    """Every window shown during the test."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def parts(window: Window) -> list[Later[QWidget]]:
    columns = window.part(DeskColumns)
    return [part for part in vars(columns).values() if isinstance(part, Later)]


def test_only_what_a_call_needs_is_made_before_somebody_asks(own_window: Window) -> None:
    for kind in FOR_A_CALL:
        assert own_window.page.findChild(kind) is not None, kind
    for kind in NOT_FOR_A_CALL:
        assert own_window.page.findChild(kind) is None, kind

    own_window.press(Qt.Key.Key_F4)
    assert own_window.shows(LookUpPage)
    assert own_window.page.findChild(ReportPage) is None


def test_no_part_opens_a_window_of_its_own_while_it_is_made(own_window: Window) -> None:
    """The window would take the keyboard focus from the workspace, and flash."""
    application = QApplication.instance()
    assert application is not None
    watch = WindowsShown()
    application.installEventFilter(watch)
    try:
        made = [part.widget for part in parts(own_window)]
    finally:
        application.removeEventFilter(watch)

    assert len(made) > 25
    assert watch.shown == []
    assert own_window.page.isActiveWindow()


def test_in_idle_moments_one_at_a_time_is_made_of_what_is_opened_in_haste(
    own_window: Window,
) -> None:
    def count() -> int:
        return sum(1 for part in parts(own_window) if part.made is not None)

    own_window.directory.meant = {"ям": ()}  # an encoder is installed
    counts = [count()]
    for _step in own_window.page.further_parts():
        if not own_window.reader.is_prepared:
            counts.append(count())

    # Rows of manual records and the message form are created with another part.
    assert all(1 <= now - before <= 2 for before, now in pairwise(counts)), counts
    for kind in MADE_AHEAD:
        assert own_window.page.findChild(kind) is not None, kind
    for kind in (ReportPage, ReviewPage, EditorPage):
        assert own_window.page.findChild(kind) is None, kind
    assert own_window.shows(JournalPage)
    # Last, when no part needs the processor.
    assert own_window.reader.is_prepared
    assert own_window.directory.has_encoder


def test_a_message_that_was_opened_before_its_page_stood_there_has_its_route_and_text(
    own_window: Window,
) -> None:
    own_window.bench.city.submit(message_record(1, "Яма у дома"))
    own_window.press(Qt.Key.Key_F10)
    settle()
    assert own_window.page.findChild(ReviewPage) is None
    own_window.press(Qt.Key.Key_Return)
    settle()

    page = own_window.part(ReviewPage)
    (route,) = page.findChildren(TopicRouteView)
    labels = [label.text() for label in route.findChildren(QLabel) if not label.isHidden()]
    wanted = own_window.presenters.review.route.state
    assert wanted.title
    assert wanted.title in labels


def test_a_page_that_is_made_for_another_person_offers_what_she_may_do(
    own_window: Window,
) -> None:
    own_window.sit_down(OPERATOR)
    open_editor(own_window)
    assert not own_window.presenters.editor.may_edit()

    refusal = own_window.part(EditorPage)
    words = [label.text() for label in refusal.findChildren(QLabel) if label.isVisible()]
    assert own_window.page.findChild(FilesPage) is None
    assert len(words) == 1, words


def test_what_was_typed_before_its_page_stood_there_is_on_it(own_window: Window) -> None:
    own_window.talk()
    message = own_window.presenters.message
    assert message.begin(own_window.presenters.desk.operator)
    message.set_text("Яма у дома")
    assert own_window.page.findChild(MessageForm) is None
    own_window.press(Qt.Key.Key_3, CTRL)

    texts = [field.toPlainText() for field in own_window.part(MessageForm).findChildren(TextField)]
    assert own_window.shows(MessageForm)
    assert "Яма у дома" in texts


def test_a_key_of_a_page_works_at_its_first_visit(own_window: Window) -> None:
    own_window.press(Qt.Key.Key_F1)
    assert own_window.shows(KeysPage)
    own_window.press(Qt.Key.Key_F1)
    assert own_window.shows(JournalPage)

    own_window.talk()
    own_window.press(Qt.Key.Key_3, CTRL)
    own_window.enter("яма")
    assert own_window.shows(MessageForm)
    assert own_window.presenters.message.state.text.endswith("яма")


def test_a_section_of_the_editor_is_made_when_it_is_shown(own_window: Window) -> None:
    open_editor(own_window)
    assert own_window.shows(EditorPage)
    for kind in (SynonymsView, StaleView, ProposalsView, UnansweredView):
        assert own_window.page.findChild(kind) is None, kind

    own_window.press(Qt.Key.Key_S, ALT)
    settle()
    assert own_window.shows(SynonymsView)
    assert not own_window.shows(EntryForm)
    assert own_window.page.findChild(StaleView) is None


def test_an_answer_is_entered_in_a_form_that_is_made_for_it(own_window: Window) -> None:
    own_window.press(Qt.Key.Key_O, CTRL)
    settle()
    assert own_window.shows(AnswersPage)
    assert own_window.page.findChild(AnswerForm) is None
    assert own_window.page.findChild(DecisionPanel) is None
