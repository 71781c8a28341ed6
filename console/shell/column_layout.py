"""Columns of the main page: creates the pages, shows the current page, and sizes the columns.

Pages are created on first use. In a narrow window the right column overlays the page.
"""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.own_desk import OwnDeskPresenter
from console.features.answers.page import AnswersPage
from console.features.calendar.page import CalendarPage
from console.features.call_backs.page import CallBacksPage
from console.features.call_card.card_rows_view import ByHandRows
from console.features.call_card.card_view import CallCard
from console.features.call_card.persons_view import PersonPanel
from console.features.call_register.page import CallRegisterPage
from console.features.call_script.view import FormalAppealBlock
from console.features.dialing.panel import KeypadPanel, NumberPanel
from console.features.directory_editor.page import EditorPage, EditorPresenters
from console.features.directory_files.page import FilesPage
from console.features.directory_search.panel import DirectoryPanel
from console.features.handover.page import HandoverPage
from console.features.history.page import MessageHistoryPage, ShownRecordPage
from console.features.incidents.page import IncidentsPage, IncidentStrip
from console.features.journal.page import JournalPage
from console.features.journal.presenter import JournalList
from console.features.lookup.page import LookUpPage
from console.features.message_form.checks_view import ChecksPanel
from console.features.message_form.page import MessageForm
from console.features.own_desk.keys_view import KeyChoicePage, KeysPage
from console.features.own_desk.page import OwnDeskPage
from console.features.planned_calls.page import PlannedCallsPage
from console.features.regulation.panel import ParagraphPanel
from console.features.reports.page import ReportPage
from console.features.review.new_message_view import NewMessageForm
from console.features.review.page import ReviewPage
from console.features.review.queue_page import QueuePage
from console.features.settings.page import SettingsPage
from console.features.settings.sections_view import own_sections, workplace_sections
from console.features.shift_check.page import PhoneCheckPage
from console.features.training.page import TrainingOfferPage, TrainingPage
from console.features.training.presenter import TrainingOffer, TrainingPresenter
from console.shell.navigation import NavigationColumn, Place
from console.shell.page_presenters import DeskPresenters
from console.shell.right_column import RightColumn, RightHandles
from console.ui.labels import Line, Surface
from console.ui.layout import Later, PageStack
from console.ui.paragraphs import set_paragraphs
from console.ui.theme import Theme

WIDTH_PX = 5  # a hairline and a margin to grab it


class ColumnEdge(QWidget):
    """Draggable edge; reports drags and their end. A double click resets the width."""

    drawn = Signal(int)  # px to the left of the drag start
    let_go = Signal()
    put_back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._taken_at: float | None = None
        self._is_drawn = False
        self.setFixedWidth(WIDTH_PX)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setAccessibleName(self.tr("Right column edge"))
        theme.changed.connect(self.update)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._taken_at, self._is_drawn = event.globalPosition().x(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._taken_at is not None:
            self._is_drawn = True
            self.drawn.emit(round(self._taken_at - event.globalPosition().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_drawn:
            self.let_go.emit()
        self._taken_at, self._is_drawn = None, False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.put_back.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, 0, 1, self.height(), self._theme.colour("line"))


AROUND_FORM_PX = 64  # margins and scroll bar


class ColumnWidths:
    """Sets the column widths that the operator chose, or defaults for the window width.

    While ``is_over`` the right column overlays the page and takes no width from it.
    """

    def __init__(
        self,
        theme: Theme,
        desk: QWidget,
        navigation: NavigationColumn,
        right: RightColumn,
        own_desk: OwnDeskPresenter,
        *,
        least_page_px: Callable[[], int],
    ) -> None:
        """``least_page_px`` returns the minimum width of the current page."""
        self._theme = theme
        self._desk = desk
        self._navigation = navigation
        self._right = right
        self._own_desk = own_desk
        self._least_page_px = least_page_px
        self._drawn_from_px = 0
        self.is_over = False

    def fold_left(self, *, needs_room: bool) -> None:
        """Collapses the left column to icons if chosen, or if the page needs the width."""
        folded = self._own_desk.state.look.left_folded
        self._navigation.set_rail(folded or self._is_narrow() or needs_room)

    def share(self) -> None:
        """Sets the right column to the chosen width, or to the remaining width."""
        self._widen(self._wanted_px())

    def cover(self, rail_px: int) -> None:
        """Sets the default width of the overlay next to a rail of this width."""
        room_px = self._desk.width() - self._navigation.width() - rail_px
        self._right.setFixedWidth(min(self._theme.size("right"), room_px))

    # --- manual resizing ---

    def draw(self, by_px: int) -> None:
        """Widens the column by ``by_px`` relative to the start of the drag."""
        self._drawn_from_px = self._drawn_from_px or self._right.width()
        self._widen(self._drawn_from_px + by_px)

    def keep(self) -> None:
        """Stores the current width; an overlay always has its default width."""
        self._drawn_from_px = 0
        if not self.is_over:
            self._choose(self._right.width())

    def step(self, by_px: int) -> None:
        """Changes the stored width by a step; for an overlay the width it has in a wide window."""
        by_px = self._theme.grown(by_px)
        if self.is_over:
            self._choose(max(self._theme.size("right_least"), self._wanted_px() + by_px))
        else:
            self._widen(self._right.width() + by_px)
            self._choose(self._right.width())

    def put_back(self) -> None:
        """Resets to the default width."""
        self._drawn_from_px = 0
        self._own_desk.choose_right(None)

    def _choose(self, width_px: int) -> None:
        self._own_desk.choose_right(round(width_px / self._theme.text_scale))

    def _widen(self, wanted_px: int) -> None:
        """Limits the width to the space left by the page and to the minimum of its content."""
        if not self.is_over:
            most_px = self._desk.width() - self._navigation.width() - self._least_page_px()
            least_px = self._theme.size("right_least")
            self._right.setFixedWidth(max(least_px, min(wanted_px, most_px)))

    def _wanted_px(self) -> int:
        chosen = self._own_desk.state.look.right_px
        return self._fitting_px() if chosen is None else self._theme.grown(chosen)

    def _fitting_px(self) -> int:
        theme = self._theme
        if self._is_narrow():
            is_small = self._desk.width() < theme.size("breakpoint_overlay")
            return theme.size("right_least" if is_small else "right_narrow")
        # The width that a form does not need goes to the right column.
        form_px = theme.size("form_max") + theme.size("label_col") + theme.grown(AROUND_FORM_PX)
        left_over = self._desk.width() - self._navigation.width() - form_px
        return max(theme.size("right"), min(theme.size("right_most"), left_over))

    def _is_narrow(self) -> bool:
        return self._desk.width() < self._theme.size("breakpoint_rail")


LINE_PX = 1
LEAST_PAGE_PX = 480  # next to the right column; less elides form labels
PartT = TypeVar("PartT", bound=QWidget)
Page = Later[QWidget]


def _training_page(
    theme: Theme, training: TrainingPresenter | TrainingOffer
) -> TrainingPage | TrainingOfferPage:
    """The training page, or in production mode the page that starts training."""
    if isinstance(training, TrainingOffer):
        return TrainingOfferPage(theme, training)
    return TrainingPage(theme, training)


class DeskColumns(QWidget):
    """Contains all pages, one of them visible, and the columns around it.

    Actions of the pages and page changes are handled by the main page.
    """

    shown = Signal(object)  # Page that became current
    own_desk_asked = Signal()
    key_choice_asked = Signal()

    def __init__(self, theme: Theme, presenters: DeskPresenters) -> None:
        super().__init__()
        self._theme = theme
        self._journal_presenter = presenters.journal
        self.navigation = NavigationColumn(
            theme,
            presenters.journal,
            presenters.reviews.queue,
            presenters.call_backs,
            presenters.incidents,
        )
        self.by_hand = Later(lambda: ByHandRows(theme, presenters.by_hand))
        self.right = RightColumn(theme, presenters.script, presenters.call_hint)
        self.handles = RightHandles(theme, presenters.script)
        self._centre = PageStack()
        self._make_panels(presenters)
        self._make_pages(presenters)
        self.incident_strip = IncidentStrip(theme, presenters.incidents)
        self._current: Page = self.journal
        self._is_asked = False  # opened by the operator, not by the page
        self._has_usual = True  # the page has a default panel
        self._widths = ColumnWidths(
            theme,
            self,
            self.navigation,
            self.right,
            presenters.own_desk,
            least_page_px=self._least_page_px,
        )
        self._lay_out(FormalAppealBlock(theme, presenters.formal_appeal))
        self._edge.drawn.connect(self._widths.draw)
        self._edge.let_go.connect(self._widths.keep)
        self._edge.put_back.connect(self._put_edge_back)
        presenters.own_desk.changed.connect(lambda _state: self._share_width())
        self._centre.setCurrentWidget(self.journal.widget)

    def _make_panels(self, presenters: DeskPresenters) -> None:
        """Creates the panels of the right column, the default panel first."""
        theme = self._theme
        self.panel = self._panel(
            lambda: DirectoryPanel(theme, presenters.directory, presenters.hit_documents),
            "8.1",
        )
        self.checks = self._panel(
            lambda: ChecksPanel(
                theme, presenters.message_checks, presenters.message_near, presenters.topic_route
            ),
            "7.6",
        )
        self.numbers = self._panel(lambda: NumberPanel(theme, presenters.numbers))
        self.keypad = self._panel(lambda: KeypadPanel(theme, presenters.keypad))
        self.persons = self._panel(lambda: PersonPanel(theme, presenters.persons))
        self.paragraphs = self._panel(lambda: ParagraphPanel(theme, presenters.paragraphs))
        self.right.stand_together((self.panel, self.checks), tells_itself=self.checks)

    def _make_pages(self, presenters: DeskPresenters) -> None:
        """Creates the pages, each with the clauses of the regulation that apply to it."""
        theme = self._theme
        self.journal = self._page(
            lambda: JournalPage(theme, presenters.journal, presenters.own_desk), "7.2", "7.3"
        )
        self.call_register = self._page(
            lambda: CallRegisterPage(theme, presenters.call_register, presenters.own_desk), "7.3"
        )
        self.card = self._page(lambda: self._make_card(presenters), "7.3")
        self.message = self._page(
            lambda: MessageForm(
                theme,
                presenters.message,
                presenters.message_checks,
                presenters.places,
                presenters.spelling,
                presenters.photos,
            ),
            "7.4",
            "6.1",
        )
        self.report = self._page(
            lambda: ReportPage(theme, presenters.report, presenters.own_desk), "11"
        )
        self.calendar = self._page(
            lambda: CalendarPage(theme, presenters.calendar, presenters.spelling), "7.11", "7.12"
        )
        self.queue = self._page(
            lambda: QueuePage(
                theme,
                presenters.reviews.queue,
                NewMessageForm(theme, presenters.reviews.new, presenters.spelling),
                presenters.own_desk,
            ),
            "7.6",
            "7.11",
        )
        self.review = self._page(lambda: ReviewPage(theme, presenters.review), "7.6", "7.7")
        self.call_backs = self._page(
            lambda: CallBacksPage(theme, presenters.call_backs), "7.8", "7.10", "9.5"
        )
        self.planned = self._page(lambda: PlannedCallsPage(theme, presenters.planned))
        self.incidents = self._page(lambda: self._make_incidents(presenters))
        self.training = self._page(lambda: _training_page(theme, presenters.training))
        self.handover = self._page(lambda: HandoverPage(theme, presenters.handover))
        self.check = self._page(lambda: self._make_check(presenters))
        self.settings = self._page(lambda: self._make_settings(presenters))
        self.editor = self._page(
            lambda: EditorPage(
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
            ),
            "2.6",
            "2.7",
        )
        self.files = self._page(
            lambda: FilesPage(theme, presenters.directory_import, presenters.directory_export),
            "2.6",
        )
        self.answers = self._page(lambda: AnswersPage(theme, presenters.answers), "9.5")
        self.look_up = self._page(lambda: LookUpPage(theme, presenters.look_up), "9.11")
        self.record = self._page(lambda: ShownRecordPage(theme, presenters.shown_record), "7.3")
        self.history = self._page(lambda: MessageHistoryPage(theme, presenters.history))
        self.keys = self._page(lambda: KeysPage(theme))
        self.key_choice = self._page(lambda: KeyChoicePage(theme, presenters.key_choice))
        self.own_desk = self._page(lambda: self._make_own_desk(presenters))

    def _page(self, make: Callable[[], PartT], *paragraphs: str) -> Later[PartT]:
        """Lazy page that is added to the page stack on creation."""
        page = Later(make)
        page.when_made(self._centre.addWidget)
        return self._told(page, paragraphs)

    def _panel(self, make: Callable[[], PartT], *paragraphs: str) -> Later[PartT]:
        """Lazy panel that is added to the right column on creation."""
        panel = Later(make)
        panel.when_made(self.right.take_in)
        return self._told(panel, paragraphs)

    def _told(self, part: Later[PartT], paragraphs: tuple[str, ...]) -> Later[PartT]:
        """Assigns clauses of the regulation; a field may name others."""
        if paragraphs:
            part.when_made(lambda widget: set_paragraphs(widget, *paragraphs))
        return part

    def _make_card(self, presenters: DeskPresenters) -> CallCard:
        return CallCard(
            self._theme,
            presenters.card,
            presenters.persons,
            presenters.spelling,
            self.by_hand.widget,
        )

    def _make_incidents(self, presenters: DeskPresenters) -> IncidentsPage:
        page = IncidentsPage(
            self._theme,
            presenters.incident_page,
            presenters.card.categories(),
            presenters.places,
            presenters.spelling,
        )
        presenters.card.categories_changed.connect(
            lambda: page.show_categories(presenters.card.categories())
        )
        return page

    def _make_check(self, presenters: DeskPresenters) -> PhoneCheckPage:
        page = PhoneCheckPage(self._theme, presenters.phone_check, presenters.shift_check)
        if presenters.settings.is_offered:
            page.offer_settings(presenters.settings.may_configure)
        return page

    def _make_settings(self, presenters: DeskPresenters) -> SettingsPage:
        (look, look_way), (keys, keys_way) = own_sections(self._theme)
        look_way.when_made(lambda page: page.asked.connect(self.own_desk_asked))
        keys_way.when_made(lambda page: page.asked.connect(self.key_choice_asked))
        return SettingsPage(
            self._theme, (*workplace_sections(self._theme, presenters.settings), look, keys)
        )

    def _make_own_desk(self, presenters: DeskPresenters) -> OwnDeskPage:
        page = OwnDeskPage(self._theme, presenters.own_desk)
        page.right_stepped.connect(self._widths.step)
        page.right_put_back.connect(self._put_edge_back)
        return page

    def _lay_out(self, appeal: FormalAppealBlock) -> None:
        theme = self._theme
        centre = Surface(theme, "app")
        inside = QVBoxLayout(centre)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.incident_strip)
        self._inside = inside
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
        self._rail_line = Line(theme, Qt.Orientation.Vertical)
        self._rail_line.hide()
        self.handles.hide()
        self._in_a_row = columns
        self._rail = QHBoxLayout()  # always to the right of the column
        self._rail.setSpacing(0)
        self._rail.addWidget(self._rail_line)
        self._rail.addWidget(self.handles)
        columns.addLayout(self._rail)
        self._brink = Line(theme, Qt.Orientation.Vertical)
        self._brink.setParent(self)
        self._brink.hide()
        theme.fit(self, lambda it: it.lay_over())

    @property
    def is_over(self) -> bool:
        """Whether the right column overlays the page."""
        return self._widths.is_over

    @property
    def current(self) -> Page:
        """The visible page."""
        return self._current

    def show_page(self, page: Page) -> None:
        """Shows a page with its default right panel and marks its row in the left column."""
        self._current = page
        self._centre.setCurrentWidget(page.widget)
        self.show_usual_right()
        self._mark_chosen(page)
        self.shown.emit(page)

    def show_usual_right(self) -> None:
        """Shows the default panel of the page instead of an opened one.

        An overlay is hidden unless the operator opened it.
        """
        page = self.current
        # These pages use the full width; the panel returns with the next page or with F5.
        wide = (
            self.report,
            self.call_register,
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
        usual = self.checks if page is self.message else self.panel
        self._has_usual = page not in wide
        self._show_right(usual if self._has_usual and not self.is_over else None)
        self._is_asked = False

    def _mark_chosen(self, page: Page) -> None:
        self._widths.fold_left(needs_room=page in self._with_rail())
        if page is not self.history:  # the history belongs to the previous page
            self.navigation.mark(self._place_of(page))

    def _place_of(self, page: Page) -> Place | JournalList | None:
        """Navigation row of the page; None if only a key opens it."""
        places: dict[Page, Place | JournalList] = {
            self.journal: self._journal_presenter.state.shown,
            self.card: self._journal_presenter.state.shown,
            self.message: self._journal_presenter.state.shown,
            self.report: Place.REPORTS,
            self.call_register: Place.CALL_REGISTER,
            self.editor: Place.EDITOR,
            self.files: Place.EDITOR,
            self.calendar: Place.CALENDAR,
            self.queue: Place.QUEUE,
            self.review: Place.QUEUE,
            self.call_backs: Place.CALL_BACKS,
            self.planned: Place.CALL_BACKS,
            self.incidents: Place.INCIDENTS,
            self.check: Place.CHECK,
            self.answers: Place.ANSWERS,
            self.handover: Place.HANDOVER,
            self.settings: Place.SETTINGS,
            self.own_desk: Place.SETTINGS,
            self.key_choice: Place.SETTINGS,
        }
        return places.get(page)

    def show_right(self, wanted: Page | None) -> None:
        """Opens a panel, or closes it with None; overlays the page in a narrow window."""
        self._is_asked = wanted is not None
        self._show_right(wanted)

    def _show_right(self, wanted: Page | None) -> None:
        """Shows at most one panel, because there is no space for two."""
        self._share_width()  # the minimum width depends on the page
        self.right.show_panel(wanted)
        self._edge.setVisible(wanted is not None and not self.is_over)
        self._place_over()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_over()
        self._share_width()
        self.right.script.fit(self.window().height())

    # --- overlay in a narrow window ---

    def lay_over(self) -> None:
        """Switches the right column between overlay and side-by-side for the window width."""
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            return  # not shown and sized yet
        theme = self._theme
        needed = theme.size("left_rail") + theme.grown(LEAST_PAGE_PX) + theme.size("right_least")
        is_over = self.width() < needed
        if is_over != self.is_over:
            self._widths.is_over = is_over
            self.right.set_over(is_over)
            if is_over:
                self._in_a_row.removeWidget(self.right)
                self._inside.insertWidget(0, self.right.first)
            else:
                self._in_a_row.insertWidget(self._in_a_row.indexOf(self._rail), self.right)
                self.right.take_first_back()
            if not self._is_asked:
                self.show_usual_right()
        self._edge.setVisible(self.right.isVisibleTo(self) and not is_over)
        self._place_over()

    def turn_script(self) -> None:
        """Expands or collapses the steps of the script."""
        script = self.right.script
        is_hidden = self.is_over and not self.right.isVisible()
        if is_hidden:
            self.show_right(self.panel)
        if not is_hidden or script.is_low:
            script.turn()
        if self.is_over and script.is_low and not script.takes_all:
            self.show_usual_right()
        self._show_handles()

    def leave_over(self) -> bool:
        """Closes the overlay; False if there is none."""
        if not (self.is_over and self.right.isVisible()):
            return False
        self.show_usual_right()
        return True

    def _show_handles(self) -> None:
        """Shows the handles if the page has a panel and the panel is an overlay."""
        is_seen = self.is_over and self._has_usual
        self.handles.setVisible(is_seen)
        self._rail_line.setVisible(is_seen)
        self.handles.offer_check(self.current is self.message)
        self.handles.mark(self._over_key if is_seen else None)

    @property
    def _over_key(self) -> Key | None:
        """Key of the visible overlay; None if it has no handle."""
        if not self.right.isVisibleTo(self):
            return None
        if self.right.script.takes_all:
            return Key.SCRIPT_FOLD
        keys: dict[Page | None, Key] = {self.panel: Key.SEARCH, self.checks: Key.NEXT_FINDING}
        return keys.get(self.right.wanted)

    @property
    def _rail_px(self) -> int:
        """Width in px of the handles at the right edge."""
        is_seen = self.is_over and self._has_usual
        return self.handles.minimumWidth() + LINE_PX if is_seen else 0

    def _place_over(self) -> None:
        self._show_handles()
        self._brink.setVisible(self.is_over and self.right.isVisibleTo(self))
        if self.is_over:
            left = self.width() - self._rail_px - self.right.width()
            self.right.setGeometry(left, 0, self.right.width(), self.height())
            self._brink.setGeometry(left - LINE_PX, 0, LINE_PX, self.height())
            self.right.raise_()
            self._brink.raise_()

    # --- column widths ---

    def _share_width(self) -> None:
        """Applies the chosen or default widths."""
        self._widths.fold_left(needs_room=self.current in self._with_rail())
        if self.is_over:
            self._widths.cover(self._rail_px)
            self._place_over()
        else:
            self._widths.share()

    def _put_edge_back(self) -> None:
        self._widths.put_back()
        self._share_width()

    def _least_page_px(self) -> int:
        """Minimum width of the current page next to the right column."""
        if self.current is self.review:
            return self.review.widget.least_columns_px + LINE_PX + self._edge.minimumWidth()
        return self._theme.size("form_narrow")

    def _with_rail(self) -> tuple[Page, ...]:
        """Pages that collapse the left column to icons."""
        return self.review, self.editor, self.files, self.calendar
