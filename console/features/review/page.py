"""Page of a review: check-list, message and decision in columns, operated by digit keys.

It shows three columns, or two if the window is too narrow for the text size.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.spelling import SpellingPresenter
from console.features.review.checklist import CheckLine
from console.features.review.checklist_view import ChecklistView, ground_of_key
from console.features.review.decision import DecisionPresenter, DecisionPreview
from console.features.review.decision_state import MODES, DecisionState, Mode
from console.features.review.decision_view import KeysPane, Pane, RegisterPane, make_panes
from console.features.review.message_view import ComparisonView, MessageColumn
from console.features.review.presenter import ReviewPresenter, ReviewState
from console.shared.messages.classifier import Classifier
from console.shared.messages.fields_view import NoticePreview
from console.shared.messages.organ_choice import OrganChoice
from console.shared.messages.photo_strip_view import PhotoStrip
from console.shared.messages.photos import PhotosPresenter
from console.shared.messages.term_view import TopicRouteView
from console.shared.messages.topic_route import TopicRoutePresenter
from console.ui.keyboard import bind_on_page
from console.ui.labels import Line, Surface, ThemedLabel
from console.ui.layout import PageStack
from console.ui.theme import Theme
from sync.register.checks.finding import Ground
from sync.register.handling.contents import Confidential

# Widths of the check-list and decision columns for each page width.
LEAST_PAGE_PX, NARROW_PX, WIDE_PX = 1000, 1180, 1500
WIDE_CHECKLIST_PX, CHECKLIST_PX, NARROW_CHECKLIST_PX, LEAST_CHECKLIST_PX = 336, 292, 240, 200
NARROW_DECISION_PX, LEAST_DECISION_PX = 372, 340
LEAST_MIDDLE_PX = 320
LINES_PX = 2  # separators between the columns
LEAST_TIGHT_PX = 300  # of the decision, in the layout with two columns
LEAST_PX = (640, 240)


@dataclass(frozen=True, slots=True)
class ReviewPresenters:
    """Presenters and services used by the review page."""

    review: ReviewPresenter
    decision: DecisionPresenter
    photos: PhotosPresenter
    preview: DecisionPreview
    organs: OrganChoice
    classifier: Classifier
    spelling: SpellingPresenter
    route: TopicRoutePresenter


class ReviewPage(QFrame):
    """Page with three columns, or two if the text is large.

    With two columns, the check-list replaces the message during a refusal. Digits select a decision
    while no field has the focus, Alt with a digit always.
    """

    closed = Signal()  # the page closes; the message is released
    next_asked = Signal()  # the message is released and the next one opens

    def __init__(
        self, theme: Theme, presenters: ReviewPresenters, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._review = presenters.review
        self._decision = presenters.decision
        self._preview = presenters.preview
        self._mode = Mode.NONE
        self._problem = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Message review"))
        # A stack adds up the sizes of its pages, so hidden pages must request little space.
        self.setMinimumSize(*LEAST_PX)
        self._checklist = ChecklistView(theme)
        self._checklist.line_taken.connect(self._show_line)
        self._checklist.ticked.connect(self._decision.toggle_ground)
        self.message = MessageColumn(
            theme,
            presenters.review,
            presenters.classifier,
            PhotoStrip(theme, presenters.photos, page=self),
            TopicRouteView(theme, presenters.route),
        )
        self._route = presenters.route
        self._photos = presenters.photos
        self.message.left.connect(self.message.focus_text)
        self._comparison = ComparisonView(theme, presenters.decision)
        self._middle = PageStack()
        self._middle.addWidget(self.message)
        self._middle.addWidget(self._comparison)
        self._notice = _NoticeColumn(theme, presenters.preview)
        self._middle.addWidget(self._notice)
        self._preview = presenters.preview
        self._keys = KeysPane(theme)
        self._keys.chosen.connect(self._choose_by_number)
        self._panes = make_panes(theme, presenters.decision, presenters.organs, presenters.spelling)
        self._right = PageStack()
        self._right.addWidget(self._keys)
        for pane in self._panes.values():
            pane.when_made(self._take_in)
        self._lay_out()
        self.setFocusProxy(self.message.text)
        bind_on_page(
            self,
            {Key.THEIR_TEXT: lambda: presenters.review.take_theirs(self.message.row_with_caret())},
        )
        presenters.review.changed.connect(self._show_review)
        presenters.decision.changed.connect(self._show_decision)
        presenters.preview.changed.connect(lambda _open: self._show_middle())
        self._show_review(presenters.review.state)
        self._show_decision(presenters.decision.state)

    def _take_in(self, pane: Pane) -> None:
        self._right.addWidget(pane)
        pane.confirmed.connect(self.confirm)
        pane.notice_asked.connect(self._preview.toggle)

    def _lay_out(self) -> None:
        theme = self._theme
        left = Surface(theme, "surface")
        left.setFixedWidth(NARROW_CHECKLIST_PX)
        self._middle.setMinimumWidth(LEAST_MIDDLE_PX)
        self._left = left
        head = ThemedLabel(theme, self.tr("Regulation, section 6"), style="section")
        head.setContentsMargins(14, 14, 14, 6)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._checklist, 1)
        right = Surface(theme, "surface")
        right.setFixedWidth(NARROW_DECISION_PX)
        self._right_column = right
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._right)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._left_edge = Line(theme, Qt.Orientation.Vertical)
        row.addWidget(left)
        row.addWidget(self._left_edge)
        row.addWidget(self._middle, 1)
        row.addWidget(Line(theme, Qt.Orientation.Vertical))
        row.addWidget(right)

    @property
    def least_columns_px(self) -> int:
        """Minimum page width at which no column is cut off."""
        columns = LEAST_CHECKLIST_PX + LEAST_MIDDLE_PX + LEAST_DECISION_PX
        return self._theme.grown(columns) + LINES_PX

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        theme = self._theme
        is_tight = self.width() < self.least_columns_px
        refuses = self._mode is Mode.REFUSE
        self._left.setVisible(not is_tight or refuses)
        self._left_edge.setVisible(not is_tight)
        self._middle.setVisible(not is_tight or not refuses)
        if is_tight:
            room_px = self.width() - LINES_PX
            right_px = max(
                theme.grown(LEAST_TIGHT_PX), min(theme.grown(LEAST_DECISION_PX), room_px // 2)
            )
            self._left.setFixedWidth(max(0, room_px - right_px))
            self._right_column.setFixedWidth(right_px)
            return
        if self.width() < theme.grown(LEAST_PAGE_PX):
            left, right_px = LEAST_CHECKLIST_PX, theme.grown(LEAST_DECISION_PX)
        elif self.width() < theme.grown(NARROW_PX):
            left, right_px = NARROW_CHECKLIST_PX, theme.grown(NARROW_DECISION_PX)
        elif self.width() < theme.grown(WIDE_PX):
            left, right_px = CHECKLIST_PX, theme.size("right_narrow")
        else:
            left, right_px = WIDE_CHECKLIST_PX, theme.size("right")
        self._left.setFixedWidth(theme.grown(left))
        self._right_column.setFixedWidth(right_px)

    # --- keys ---

    def show_notice(self) -> None:
        """Handles Alt+L: switches between the notification preview and the message."""
        self._preview.toggle()

    def press_digit(self, digit: int) -> None:
        """Handles Alt with a digit, regardless of the focus."""
        if self._mode is Mode.NONE:
            self._choose_by_number(digit)
        else:
            self._press_text(str(digit))

    def next_finding(self) -> None:
        """Selects the next finding in the text; the first one follows the last."""
        self._review.point_next(1)
        self.message.show_pointed()

    def confirm(self) -> None:
        """Handles Ctrl+Enter: executes the prepared decision, or selects registration if none is
        prepared.
        """
        self.message.settle()
        pane = self._pane
        if isinstance(pane, RegisterPane):
            pane.settle()
        if self._mode is Mode.NONE:
            self._decision.choose(Mode.REGISTER)
        else:
            self._decision.confirm()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers()
        if key == Qt.Key.Key_Escape:
            self._step_back()
        elif key == Qt.Key.Key_Right and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.next_asked.emit()
        elif key == Qt.Key.Key_Space and plain:
            self._show_photo()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._press_enter()
        elif not (plain or _is_keypad(event)) or not self._press_text(event.text()):
            super().keyPressEvent(event)

    def _press_text(self, text: str) -> bool:
        """Handles a digit or letter pressed outside fields; returns False if it has no function."""
        digit = int(text) if text in "123456789" and text else 0
        match self._mode:
            case Mode.NONE:
                return self._choose_by_number(digit)
            case Mode.REGISTER if digit == 1:
                self.confirm()
            case Mode.REFUSE if (ground := ground_of_key(text)) is not None:
                self._decision.toggle_ground(ground)
            case Mode.DUPLICATE if digit:
                self._decision.select_similar(digit - 1)
            case Mode.CONFIDENTIAL if 0 < digit <= len(Confidential):
                self._decision.toggle_kind(tuple(Confidential)[digit - 1])
            case _:
                return False
        return True

    def show_edition(self, text: str) -> None:
        """Shows the version of the regulation that defines the grounds for refusal."""
        self._panes[Mode.REFUSE].when_made(lambda pane: pane.show_edition(text))

    def _choose_by_number(self, number: int) -> bool:
        mode = MODES.get(number)
        if mode is not None:
            self.message.settle()
            self._review.keep()
            self._decision.choose(mode)
        return mode is not None

    def _press_enter(self) -> None:
        match self._mode:
            case Mode.REGISTER | Mode.DUPLICATE | Mode.CITY | Mode.CONFIDENTIAL:
                self.confirm()
            case Mode.REFUSE:
                self._panes[Mode.REFUSE].widget.take_keyboard()
            case _:
                pass

    def _show_photo(self) -> None:
        tiles = self._photos.state.tiles
        if tiles and self._mode is not Mode.REFUSE:
            self._photos.viewer.open(tiles[0].id)

    def _step_back(self) -> None:
        """Handles Esc, one step per press: closes the preview, the decision, the field, then the
        message.
        """
        self._decision.cancel()
        if self._preview.is_open:
            self._preview.close()
        elif self._mode is not Mode.NONE:
            self._decision.choose(Mode.NONE)
        elif self.message.is_field(QApplication.focusWidget()):
            self.message.focus_text()
        else:
            self.closed.emit()

    def _show_line(self, line: CheckLine) -> None:
        if line.finding >= 0:
            self._review.point(line.finding)
            self.message.show_pointed()

    # --- view state ---

    def _show_review(self, state: ReviewState) -> None:
        self._checklist.show_lines(state.lines, self._ticked())
        self._route.show(None, state.fields.get("category") or None)

    def _ticked(self) -> frozenset[Ground] | None:
        state = self._decision.state
        return state.refusal.grounds if state.mode is Mode.REFUSE else None

    def _show_decision(self, state: DecisionState) -> None:
        self._keys.show_state(state)
        chosen = self._panes.get(state.mode)
        if chosen is not None:
            chosen.widget.show_state(state)
        self._show_middle()
        self._checklist.show_lines(self._review.state.lines, self._ticked())
        if state.mode is not self._mode:
            self._mode = state.mode
            self._share_width()
            self._right.setCurrentWidget(self._keys if chosen is None else chosen.widget)
            self._take_keyboard()
        if state.problem and state.problem != self._problem:
            self._focus_problem()
        self._problem = state.problem

    def _show_middle(self) -> None:
        """Shows the notification preview if it is open, otherwise the comparison or the message."""
        state = self._decision.state
        compares = state.mode is Mode.DUPLICATE and state.comparison is not None
        below = self._comparison if compares else self.message
        self._middle.setCurrentWidget(self._notice if self._preview.is_open else below)

    def _take_keyboard(self) -> None:
        if not self.isVisible():
            return
        match self._mode:
            case Mode.NONE:
                self.message.focus_text()
            case Mode.REFUSE:
                self._checklist.focus_ticked()
            case mode:
                self._panes[mode].widget.take_keyboard()

    @property
    def _pane(self) -> Pane | None:
        chosen = self._panes.get(self._mode)
        return None if chosen is None else chosen.widget

    def _focus_problem(self) -> None:
        pane = self._pane
        if isinstance(pane, RegisterPane) and not self.message.focus_first_problem():
            pane.focus_first_problem()


class _NoticeColumn(QWidget):
    def __init__(self, theme: Theme, preview: DecisionPreview) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 10)
        column.setSpacing(8)
        column.addWidget(ThemedLabel(theme, self.tr("Notification preview"), style="section"))
        column.addWidget(NoticePreview(theme, preview.notices), 1)


def _is_keypad(event: QKeyEvent) -> bool:
    return event.modifiers() == Qt.KeyboardModifier.KeypadModifier
