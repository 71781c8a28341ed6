"""The three columns of the desk: where to go, the page that is shown, and what stands beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console.presenters.training import TrainingPresenter
from console.presenters.training_offer import TrainingOffer
from console.views.answers.answers_page import AnswersPage
from console.views.by_hand_rows import ByHandRows
from console.views.calendar.calendar_page import CalendarPage
from console.views.call_backs import CallBacksPage
from console.views.call_card import CallCard
from console.views.column_edge import ColumnEdge
from console.views.components.labels import Line, Surface
from console.views.components.paragraphs import set_paragraphs
from console.views.desk_presenters import DeskPresenters
from console.views.directory_panel import DirectoryPanel
from console.views.editor.editor_page import EditorPage, EditorPresenters
from console.views.editor.files_page import FilesPage
from console.views.formal_appeal import FormalAppealBlock
from console.views.handover_page import HandoverPage
from console.views.incidents.page import IncidentsPage
from console.views.incidents.strip import IncidentStrip
from console.views.journal import JournalPage
from console.views.key_choice_page import KeyChoicePage
from console.views.keypad_panel import KeypadPanel
from console.views.keys_page import KeysPage
from console.views.look_up import LookUpPage
from console.views.message_checks import ChecksPanel
from console.views.message_form import MessageForm
from console.views.message_history import MessageHistoryPage
from console.views.navigation import NavigationColumn
from console.views.number_panel import NumberPanel
from console.views.own_desk_page import OwnDeskPage
from console.views.paragraph_panel import ParagraphPanel
from console.views.person_panel import PersonPanel
from console.views.phone_check_page import PhoneCheckPage
from console.views.planned_page import PlannedCallsPage
from console.views.report_page import ReportPage
from console.views.review.new_message_form import NewMessageForm
from console.views.review.queue_page import QueuePage
from console.views.review.review_page import ReviewPage
from console.views.right_column import RightColumn
from console.views.settings.sections import own_sections, workplace_sections
from console.views.settings.settings_page import SettingsPage
from console.views.theme import Theme
from console.views.training.training_offer_page import TrainingOfferPage
from console.views.training.training_page import TrainingPage

LINE_PX = 1


def _training_page(
    theme: Theme, training: TrainingPresenter | TrainingOffer
) -> TrainingPage | TrainingOfferPage:
    """The lessons, or in the working console the way to them."""
    if isinstance(training, TrainingOffer):
        return TrainingOfferPage(theme, training)
    return TrainingPage(theme, training)


class DeskColumns(QWidget):
    """Every page, one of them shown; the columns beside it narrow and leave with the width.

    What is done on the pages, and when one takes another's place, is the desk's.
    """

    shown = Signal(object)  # the page that has taken the place of another

    def __init__(self, theme: Theme, presenters: DeskPresenters) -> None:
        super().__init__()
        self._theme = theme
        self._journal_presenter = presenters.journal
        self._own_desk = presenters.own_desk
        self.navigation = NavigationColumn(
            theme,
            presenters.journal,
            presenters.reviews.queue,
            presenters.call_backs,
            presenters.incidents,
        )
        self.panel = DirectoryPanel(theme, presenters.directory, presenters.hit_documents)
        self.by_hand = ByHandRows(theme, presenters.by_hand)
        self.card = CallCard(
            theme, presenters.card, presenters.persons, presenters.spelling, self.by_hand
        )
        self.message = MessageForm(
            theme,
            presenters.message,
            presenters.message_checks,
            presenters.places,
            presenters.spelling,
            presenters.photos,
        )
        self.checks = ChecksPanel(
            theme, presenters.message_checks, presenters.message_near, presenters.topic_route
        )
        self.checks.hide()
        self.numbers = NumberPanel(theme, presenters.numbers)
        self.numbers.hide()
        self.keypad = KeypadPanel(theme, presenters.keypad)
        self.keypad.hide()
        self.persons = PersonPanel(theme, presenters.persons)
        self.persons.hide()
        self.paragraphs = ParagraphPanel(theme, presenters.paragraphs)
        self.paragraphs.hide()
        self.right = RightColumn(
            theme,
            presenters.script,
            presenters.call_hint,
            (self.panel, self.checks, self.numbers, self.keypad, self.persons, self.paragraphs),
            with_script=(self.panel, self.checks),
            tells_itself=self.checks,
        )
        self.journal = JournalPage(theme, presenters.journal, presenters.own_desk)
        self.report = ReportPage(theme, presenters.report, presenters.own_desk)
        self.calendar = CalendarPage(theme, presenters.calendar, presenters.spelling)
        self.queue = QueuePage(
            theme,
            presenters.reviews.queue,
            NewMessageForm(theme, presenters.reviews.new, presenters.spelling),
            presenters.own_desk,
        )
        self.review = ReviewPage(theme, presenters.review)
        self.call_backs = CallBacksPage(theme, presenters.call_backs)
        self.planned = PlannedCallsPage(theme, presenters.planned)
        self.incident_strip = IncidentStrip(theme, presenters.incidents)
        self.incidents = IncidentsPage(
            theme,
            presenters.incident_page,
            presenters.card.categories(),
            presenters.places,
            presenters.spelling,
        )
        presenters.card.categories_changed.connect(
            lambda: self.incidents.show_categories(presenters.card.categories())
        )
        self.training = _training_page(theme, presenters.training)
        self.handover = HandoverPage(theme, presenters.handover)
        self.check = PhoneCheckPage(theme, presenters.phone_check, presenters.shift_check)
        (look, self.look_way), (keys, self.keys_way) = own_sections(theme)
        self.settings = SettingsPage(
            theme, (*workplace_sections(theme, presenters.settings), look, keys)
        )
        if presenters.settings.is_offered:
            self.check.offer_settings(presenters.settings.may_configure)
        self.editor = EditorPage(
            theme,
            EditorPresenters(
                presenters.entries,
                presenters.editor,
                presenters.queries,
                presenters.proposals,
                presenters.synonyms,
                presenters.unanswered,
                presenters.stale,
                presenters.entry_documents,
                presenters.spelling,
                presenters.personal_data,
            ),
        )
        self.files = FilesPage(theme, presenters.directory_import, presenters.directory_export)
        self.answers = AnswersPage(theme, presenters.answers)
        self.look_up = LookUpPage(theme, presenters.look_up)
        self.history = MessageHistoryPage(theme, presenters.history)
        self.keys = KeysPage(theme)
        self.key_choice = KeyChoicePage(theme, presenters.key_choice)
        self.own_desk = OwnDeskPage(theme, presenters.own_desk)
        self._centre = QStackedWidget()
        for page in (
            self.journal,
            self.card,
            self.message,
            self.report,
            self.calendar,
            self.queue,
            self.review,
            self.call_backs,
            self.planned,
            self.incidents,
            self.training,
            self.check,
            self.settings,
            self.handover,
            self.editor,
            self.files,
            self.answers,
            self.look_up,
            self.history,
            self.keys,
            self.key_choice,
            self.own_desk,
        ):
            self._centre.addWidget(page)
        for part, numbers in self._paragraphs().items():
            set_paragraphs(part, *numbers)
        self._lay_out(FormalAppealBlock(theme, presenters.formal_appeal))
        self._drawn_from_px = 0
        self._edge.drawn.connect(self._draw_edge)
        self._edge.let_go.connect(self._keep_edge)
        self._edge.put_back.connect(self._put_edge_back)
        self.own_desk.right_stepped.connect(self._step_edge)
        self.own_desk.right_put_back.connect(self._put_edge_back)
        presenters.own_desk.changed.connect(lambda _state: self._share_width())

    def _lay_out(self, appeal: FormalAppealBlock) -> None:
        theme = self._theme
        centre = Surface(theme, "app")
        inside = QVBoxLayout(centre)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.incident_strip)
        inside.addWidget(appeal)
        inside.addWidget(self._centre, 1)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self.navigation)
        columns.addWidget(Line(theme, Qt.Orientation.Vertical))
        columns.addWidget(centre, 1)
        self._edge = ColumnEdge(theme)
        columns.addWidget(self._edge)
        columns.addWidget(self.right)

    def _paragraphs(self) -> dict[QWidget, tuple[str, ...]]:
        """What the regulation says of the work of a page, where a field has none of its own."""
        return {
            self.panel: ("8.1",),
            self.checks: ("7.6",),
            self.journal: ("7.2", "7.3"),
            self.card: ("7.3",),
            self.message: ("7.4", "6.1"),
            self.queue: ("7.6", "7.11"),
            self.review: ("7.6", "7.7"),
            self.answers: ("9.5",),
            self.call_backs: ("7.8", "7.10", "9.5"),
            self.look_up: ("9.11",),
            self.report: ("11",),
            self.calendar: ("7.11", "7.12"),
            self.editor: ("2.6", "2.7"),
            self.files: ("2.6",),
        }

    @property
    def current(self) -> QWidget:
        """The page that is shown."""
        return self._centre.currentWidget()

    def show_page(self, page: QWidget) -> None:
        """Show it with the right column that belongs to it, and mark it in the left one."""
        self._centre.setCurrentWidget(page)
        self.show_usual_right()
        self._mark_chosen(page)
        self.shown.emit(page)

    def show_usual_right(self) -> None:
        """The right column that belongs to the page, in place of one that was asked for."""
        page = self.current
        # Report and editor take the whole width; the panel comes back with the work or with F5.
        wide = (
            self.report,
            self.settings,
            self.calendar,
            self.queue,
            self.review,
            self.call_backs,
            self.planned,
            self.incidents,
            self.handover,
            self.editor,
            self.files,
            self.answers,
        )
        if page is self.message:
            self.show_right(self.checks)
        else:
            self.show_right(None if page in wide else self.panel)

    def _mark_chosen(self, page: QWidget) -> None:
        self._fold_left()
        if page is self.report:
            self.navigation.show_reports_chosen()
        elif page in (self.editor, self.files):
            self.navigation.show_editor_chosen()
        elif page is self.calendar:
            self.navigation.show_calendar_chosen()
        elif page in (self.queue, self.review):
            self.navigation.show_queue_chosen()
        elif page in (self.call_backs, self.planned):
            self.navigation.show_call_backs_chosen()
        elif page is self.incidents:
            self.navigation.show_incidents_chosen()
        elif page is self.check:
            self.navigation.show_check_chosen()
        elif page is self.answers:
            self.navigation.show_answers_chosen()
        elif page is self.settings:
            self.navigation.show_settings_chosen()
        elif page is self.handover:
            self.navigation.show_handover_chosen()
        else:
            self.navigation.show_list_chosen(self._journal_presenter.state.shown)

    def show_right(self, wanted: QWidget | None) -> None:
        """One right column or none; never two at once, for which there is no room."""
        self._share_width()  # some pages leave less room than others
        self.right.show_panel(wanted)
        self._edge.setVisible(wanted is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self.right.script.fit(self.window().height())

    # --- the width of the columns ---

    def _share_width(self) -> None:
        """As she has chosen, or as there is room."""
        self._fold_left()
        chosen = self._own_desk.state.look.right_px
        wanted = self._fitting_px() if chosen is None else self._theme.grown(chosen)
        self._widen_right(wanted)

    def _fold_left(self) -> None:
        folded = self._own_desk.state.look.left_folded
        is_rail = folded or self._is_narrow() or self.current in self._with_rail()
        self.navigation.set_rail(is_rail)

    def _fitting_px(self) -> int:
        size = "right_narrow" if self._is_narrow() else "right"
        if self.width() < self._theme.size("breakpoint_overlay"):
            size = "right_least"
        return self._theme.size(size)

    def _widen_right(self, wanted_px: int) -> None:
        """No wider than leaves room for the page, no narrower than its own words need."""
        theme = self._theme
        least = theme.size("right_least")
        page_px = theme.size("form_narrow")
        if self.current is self.review:
            page_px = self.review.least_columns_px + LINE_PX + self._edge.minimumWidth()
        most = self.width() - self.navigation.width() - page_px
        self.right.setFixedWidth(max(least, min(wanted_px, most)))

    def _draw_edge(self, by_px: int) -> None:
        self._drawn_from_px = self._drawn_from_px or self.right.width()
        self._widen_right(self._drawn_from_px + by_px)

    def _keep_edge(self) -> None:
        self._drawn_from_px = 0
        self._own_desk.choose_right(round(self.right.width() / self._theme.text_scale))

    def _step_edge(self, by_px: int) -> None:
        self._widen_right(self.right.width() + self._theme.grown(by_px))
        self._keep_edge()

    def _put_edge_back(self) -> None:
        self._drawn_from_px = 0
        self._own_desk.choose_right(None)
        self._share_width()

    def _with_rail(self) -> tuple[QWidget, ...]:
        """Pages that need the room of the left column's words."""
        return self.review, self.editor, self.files, self.calendar

    def _is_narrow(self) -> bool:
        return self.width() < self._theme.size("breakpoint_rail")
