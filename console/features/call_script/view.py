"""Views of the call script, the list of canned texts, and the text about formal appeals."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.features.call_script.phrases import (
    FormalAppealPresenter,
    FormalAppealState,
    PhrasesPresenter,
)
from console.features.call_script.presenter import ScriptPresenter, ScriptRow, ScriptState
from console.shared.session import card_words
from console.ui.buttons import ActionButton
from console.ui.fields import LineField
from console.ui.keyboard import KeptCaret
from console.ui.labels import (
    ElidedLabel,
    KeyHint,
    KeyLabel,
    Line,
    Surface,
    ThemedLabel,
    WholeLabel,
)
from console.ui.layout import scrolled
from console.ui.notices import IconSpot
from console.ui.paint import draw_focus_ring, draw_icon, draw_text, fill_box, text_width
from console.ui.text_field import TypedPlace, typed_place
from console.ui.theme import Theme
from sync.register.calls.phrases import Phrase, word_before
from sync.register.calls.scripts import Way


class FormalAppealBlock(QWidget):
    """Block with the text about formal appeals; it never takes the keyboard focus."""

    def __init__(
        self, theme: Theme, presenter: FormalAppealPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ThemedLabel(theme, style="body", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        title = ThemedLabel(
            theme, self.tr("Say: a formal appeal under 59-FZ"), style="strong", role="accent"
        )
        hide = ActionButton(theme, self.tr("Hide"), icon="x", small=True)
        hide.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hide.clicked.connect(presenter.hide)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        room = QWidget()  # space for the painted icon
        theme.fit(room, lambda it: it.setFixedWidth(theme.size("icon") + 8))
        head.addWidget(room)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(hide)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 16, 40, 14)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._text)
        theme.changed.connect(self.update)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _show(self, state: FormalAppealState) -> None:
        self._text.setText(state.text)
        self.setAccessibleName(state.text)
        self.setVisible(bool(state.text))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        box = QRectF(self.rect()).adjusted(24, 10, -24, -2)
        fill_box(painter, box, 8, theme.colour("accent-soft"))
        size = theme.size("icon")
        middle = box.top() + 6 + theme.size("button") / 2
        draw_icon(
            painter,
            "scales",
            QRectF(40, middle - size / 2, size, size),
            size,
            theme.colour("accent"),
        )


WIDTH_PX = 460
SHOWN = 5
ROW_PX = 44
EDGE_PX = 8
GAP_PX = 4  # gap between list and field


class PhraseList(QWidget):
    """List of canned texts next to the focused field; it does not cover the field.

    It is a child widget and not a system popup, which keeps the shortcuts of the window working.
    """

    def __init__(self, theme: Theme, presenter: PhrasesPresenter, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self._presenter = presenter
        self._host = host
        self._caret = KeptCaret()
        self._place: TypedPlace | None = None
        self._begun = ""  # start of a shortcut before the text cursor
        self._search = _SearchLine(theme, self.tr("Find a text"))
        self._rows = _Rows(theme)
        self._none = ThemedLabel(theme, self.tr("No such text"), role="text-2")
        self._hint = KeyLabel(
            theme,
            self.tr("Enter inserts, Esc closes; or type a short word and press Ctrl+Space"),
            Key.CANNED_TEXT,
            style="label",
            role="text-2",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        column.setSpacing(6)
        for part in (self._search, self._rows, self._none, self._hint):
            column.addWidget(part)
        self._search.textEdited.connect(self._find)
        self._search.stepped.connect(self._rows.step)
        self._search.taken.connect(self._take)
        self._search.closed.connect(self._close)
        self._search.abandoned.connect(self._abandon)
        self._rows.taken.connect(self._take)
        self.hide()
        host.installEventFilter(self)

    def press(self) -> None:
        """Inserts the canned text whose shortcut is before the text cursor, or opens the list."""
        if self.isVisible():
            self._close()
            return
        place = typed_place()
        if place is None:
            return
        word = "" if place.selected() else word_before(place.before())
        phrase = self._presenter.triggered(word)
        if phrase is not None:
            self._insert(place, phrase, instead_of=len(word))
            return
        self._open(place, word if self._presenter.is_beginning(word) else "")

    # --- list ---

    def _open(self, place: TypedPlace, begun: str) -> None:
        self._place, self._begun = place, begun
        self._caret.keep(place.field)
        self._search.setText(begun)
        self._stand_beside(place.field, begun)
        self.show()
        self.raise_()
        self._search.setFocus()
        self._presenter.list_shown()

    def _find(self, typed: str) -> None:
        found = self._presenter.matching(typed)
        texts = tuple(self._presenter.filled(each).text for each in found)
        self._rows.show_phrases(found, texts)
        self._rows.setVisible(bool(found))
        self._none.setVisible(not found)
        self.adjustSize()

    def _stand_beside(self, field: QWidget, begun: str) -> None:
        """Places the list below or above the field, where more rows fit; it never covers the call
        bar.
        """
        theme, host = self._theme, self._host
        width = min(theme.grown(WIDTH_PX), host.width() - 2 * EDGE_PX)
        self.setFixedWidth(width)
        above = field.mapTo(host, QPoint(0, -GAP_PX))
        below = field.mapTo(host, QPoint(0, field.height() + GAP_PX))
        room_above = above.y() - theme.size("callbar")
        room_below = host.height() - theme.size("statusbar") - below.y()
        room = max(room_above, room_below)
        for most in range(SHOWN, 0, -1):
            self._rows.set_most(most)
            self._find(begun)
            if self.height() <= room:
                break
        fits_below = self.height() <= room_below or room_below >= room_above
        top = below.y() if fits_below else above.y() - self.height()
        left = max(EDGE_PX, min(below.x(), host.width() - width - EDGE_PX))
        self.move(left, top)

    def _take(self) -> None:
        phrase, place, begun = self._rows.chosen, self._place, self._begun
        self._close()
        if phrase is not None and place is not None:
            is_called_so = bool(begun) and phrase.trigger.casefold().startswith(begun.casefold())
            self._insert(place, phrase, instead_of=len(begun) if is_called_so else 0)

    def _close(self) -> None:
        self._place = None
        self.hide()
        self._caret.give_back()

    def _abandon(self) -> None:
        """Closes the list without returning the focus to the field: another widget has it."""
        self._place = None
        self._caret.keep(None)
        self.hide()

    def _insert(self, place: TypedPlace, phrase: Phrase, *, instead_of: int) -> None:
        filled = self._presenter.filled(phrase)
        before = place.before()
        kept = before[: len(before) - instead_of]
        # A space separates the inserted text from the previous word.
        gap = " " if kept and not kept[-1].isspace() else ""
        start = place.put(gap + filled.text, instead_of_before=instead_of)
        if filled.blank is not None:
            first, end = filled.blank
            place.select(start + len(gap) + first, end - first)
        self._presenter.inserted(phrase)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A resize moves the field, so the list is closed.
        if watched is self._host and event.type() is QEvent.Type.Resize and self.isVisible():
            self._close()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        area = QRectF(self.rect())
        fill_box(QPainter(self), area, 8, theme.colour("raised"), theme.colour("line-control"))


class _SearchLine(LineField):
    """Search field of the list: arrow keys move in the list, Enter inserts, Esc and Tab
    close it.
    """

    stepped = Signal(int)
    taken = Signal()
    closed = Signal()
    abandoned = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        focused = QApplication.focusWidget()
        if focused is None or focused is self:
            return  # the list remains open in an inactive window
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.closed.emit()
        else:
            self.abandoned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier
            ):
                self.taken.emit()
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case _:
                super().keyPressEvent(event)


class _Rows(QWidget):
    """Rows with shortcut, title and start of the filled canned text; one row is selected."""

    taken = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._phrases: tuple[Phrase, ...] = ()
        self._texts: tuple[str, ...] = ()
        self._chosen = 0
        self._top = 0  # first visible row
        self._most = SHOWN
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    @property
    def chosen(self) -> Phrase | None:
        return self._phrases[self._chosen] if self._phrases else None

    def set_most(self, most: int) -> None:
        """Sets the maximum number of visible rows; used when the next texts are shown."""
        self._most = most

    def show_phrases(self, phrases: tuple[Phrase, ...], texts: tuple[str, ...]) -> None:
        """Shows the canned texts; ``texts`` are their filled forms."""
        self._phrases, self._texts, self._chosen, self._top = phrases, texts, 0, 0
        self.setFixedHeight(self._row_px() * min(self._most, len(phrases)))
        self._name()
        self.update()

    def step(self, steps: int) -> None:
        if self._phrases:
            self._chosen = max(0, min(len(self._phrases) - 1, self._chosen + steps))
            self._top = max(self._chosen - self._most + 1, min(self._top, self._chosen))
            self._name()
            self.update()

    def _name(self) -> None:
        chosen = self.chosen
        shown = "" if chosen is None else f"{chosen.title}. {self._texts[self._chosen]}"
        self.setAccessibleName(shown)

    def _row_px(self) -> int:
        return self._theme.grown(ROW_PX)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.grown(WIDTH_PX), self._row_px() * self._most)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._phrases:
            row = self._top + int(event.position().y() // self._row_px())
            self._chosen = max(0, min(len(self._phrases) - 1, row))
            self.update()
            # Deferred, because inserting hides the widget that handles this event.
            QTimer.singleShot(0, self, self.taken.emit)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        seen = range(self._top, min(self._top + self._most, len(self._phrases)))
        for place, number in enumerate(seen):
            row = QRectF(0, place * self._row_px(), self.width(), self._row_px())
            if number == self._chosen:
                fill_box(painter, row, 4, theme.colour("selected"))
            area = row.adjusted(10, 4, -10, -4)
            self._paint_row(painter, area, self._phrases[number], self._texts[number])

    def _paint_row(self, painter: QPainter, area: QRectF, phrase: Phrase, filled: str) -> None:
        theme = self._theme
        half = area.height() / 2
        width = text_width(theme.font("state"), phrase.trigger) + 2
        word = QRectF(area.right() - width, area.top(), width, half)
        draw_text(painter, word, phrase.trigger, theme.font("state"), theme.colour("accent"))
        title = QRectF(area.left(), area.top(), area.width() - width - 12, half)
        draw_text(painter, title, phrase.title, theme.font("strong"), theme.colour("text"))
        text = QRectF(area.left(), area.top() + half, area.width(), half)
        shown = " ".join(filled.split())
        draw_text(painter, text, shown, theme.font("label"), theme.colour("text-2"))


FOLDS_UNDER_PX = 860  # window height; below it the search results need the space
WHOLE_FROM_PX = 1000
STEP_ROW_PX = 26
FEW_ROWS = 5
BLOCK_EDGE_PX = 20
_ICONS = {Way.DONE: "check-square", Way.YES: "check-square", Way.NO: "x-square", None: "square"}


class ScriptBlock(Surface):
    """Block with the call script; it can be folded to the next step.

    In a low window the unfolded script replaces the panel above it.
    """

    turned = Signal()  # folded, unfolded, or the needed height changed

    def __init__(
        self, theme: Theme, presenter: ScriptPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "surface", parent)
        self._theme = theme
        self._presenter = presenter
        self._rows: list[_StepRow] = []
        self._is_low = False
        self._is_turned = False  # the operator toggled the automatic state
        self._room_px = 0
        self._build()
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _build(self) -> None:
        theme = self._theme
        self._title = ElidedLabel(theme, style="section")
        self._progress = ThemedLabel(theme, style="label", role="text-2")
        head = QHBoxLayout()
        head.setContentsMargins(BLOCK_EDGE_PX, 10, BLOCK_EDGE_PX, 4)
        head.setSpacing(8)
        head.addWidget(IconSpot(theme, "clipboard-text", "text-2", theme.size("icon")))
        head.addWidget(self._title, 1)
        head.addWidget(self._progress)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(BLOCK_EDGE_PX - 8, 0, BLOCK_EDGE_PX - 8, 0)
        self._list.setSpacing(0)
        self._area = area = scrolled(theme, inside)
        self._aloud = WholeLabel(theme, role="text-2")
        self._aloud.setContentsMargins(BLOCK_EDGE_PX + 24, 2, BLOCK_EDGE_PX, 2)
        self._done = KeyHint(theme, Key.SCRIPT_DONE, self.tr("done"))
        self._yes = KeyHint(theme, Key.SCRIPT_DONE, self.tr("yes"))
        self._no = KeyHint(theme, Key.SCRIPT_NO, self.tr("no"))
        self._back = KeyHint(theme, Key.SCRIPT_BACK, self.tr("back"))
        self._more = KeyHint(theme, Key.SCRIPT_FOLD, self.tr("all steps"))
        self._less = KeyHint(theme, Key.SCRIPT_FOLD, self.tr("collapse"))
        foot = QHBoxLayout()
        foot.setContentsMargins(BLOCK_EDGE_PX, 4, BLOCK_EDGE_PX, 8)
        foot.setSpacing(12)
        for hint in (self._done, self._yes, self._no, self._back):
            foot.addWidget(hint)
        foot.addStretch(1)
        foot.addWidget(self._more)
        foot.addWidget(self._less)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        column.addLayout(head)
        column.addWidget(area)
        column.addWidget(self._aloud)
        column.addLayout(foot)

    # --- height ---

    def fit(self, height_px: int) -> None:
        """Adapts the script to the window height: it is folded in a low window."""
        self._room_px = height_px
        is_low = height_px < self._theme.grown(FOLDS_UNDER_PX)
        if is_low != self._is_low:
            self._is_low, self._is_turned = is_low, False
            self.turned.emit()
        self._lay_rows(self._presenter.state)

    def turn(self) -> None:
        """Ctrl+4: folds or unfolds the script."""
        if not self._presenter.state.title:
            return
        self._is_turned = not self._is_turned
        self._lay_rows(self._presenter.state)
        self.turned.emit()

    def give_room(self) -> None:
        """Folds an unfolded script in a low window, because the panel above needs the space."""
        if self.takes_all:
            self.turn()

    @property
    def is_low(self) -> bool:
        """Whether the window is too low for the complete script and a panel."""
        return self._is_low

    @property
    def takes_all(self) -> bool:
        """Whether the script is unfolded in a low window and leaves no space for a panel."""
        return self._is_low and self._is_turned and bool(self._presenter.state.title)

    @property
    def is_folded(self) -> bool:
        """Whether only the next step is shown."""
        return self._is_low is not self._is_turned

    # --- view state ---

    def _show(self, state: ScriptState) -> None:
        self._title.set_text(state.title)
        self._progress.setText(state.progress)
        # Row widgets are reused: creating them takes longer than the rest of the update.
        for row in self._rows[len(state.rows) :]:
            row.hide()
        while len(self._rows) < len(state.rows):
            row = _StepRow(self._theme)
            row.pressed_key.connect(self._presenter.press)
            self._rows.append(row)
            self._list.addWidget(row)
        for view, shown in zip(self._rows, state.rows, strict=False):
            view.show_row(shown)
        current = state.current
        is_question = current is not None and current.is_question
        self._done.setVisible(current is not None and not is_question)
        self._yes.setVisible(is_question)
        self._no.setVisible(is_question)
        self._back.setVisible(state.may_go_back)
        self._aloud.setText("" if current is None else current.aloud)
        self._lay_rows(state)
        if not state.title and self._is_turned:
            self._is_turned = False  # the next call starts with the automatic state
        self.setVisible(bool(state.title))
        self.turned.emit()

    def _lay_rows(self, state: ScriptState) -> None:
        folded = self.is_folded
        shown = 0
        for view, row in zip(self._rows, state.rows, strict=False):
            is_last = state.current is None and row is state.rows[-1]
            wanted = not folded or row.is_current or is_last
            view.setVisible(wanted)
            shown += wanted
        is_whole = self.takes_all or self._room_px >= self._theme.grown(WHOLE_FROM_PX)
        most = len(state.rows) if is_whole else FEW_ROWS
        # Fixed in advance: an automatic scroll bar would appear one frame later than the steps.
        bar = Qt.ScrollBarPolicy
        self._area.setVerticalScrollBarPolicy(
            bar.ScrollBarAlwaysOn if shown > most else bar.ScrollBarAlwaysOff
        )
        self._area.setFixedHeight(self._theme.grown(STEP_ROW_PX) * max(1, min(shown, most)))
        self._aloud.setVisible(bool(self._aloud.text()) and not folded)
        self._more.setVisible(folded)
        self._less.setVisible(not folded)
        for view, row in zip(self._rows, state.rows, strict=False):
            if row.is_current:
                self._list.activate()
                self._area.ensureWidgetVisible(view, 0, self._theme.grown(STEP_ROW_PX))


class _StepRow(QAbstractButton):
    """Row of a script step with its checkbox; the next step is highlighted, a danger is red."""

    pressed_key = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row = ScriptRow("", "", "", None, False, False, False)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.fit(self, lambda it: it.setFixedHeight(theme.grown(STEP_ROW_PX)))
        self.clicked.connect(self._pressed)
        theme.changed.connect(self.update)

    def show_row(self, row: ScriptRow) -> None:
        self._row = row
        self.setChecked(row.way in (Way.DONE, Way.YES))
        spoken = row.text if row.way is None else f"{row.text}: {card_words.way(row.way)}"
        self.setAccessibleName(spoken)
        self.setToolTip("\n".join(part for part in (row.text, row.aloud) if part))
        self.update()

    def _pressed(self) -> None:
        # Reverts the automatic toggle: only the presenter changes the checked state.
        self.setChecked(self._row.way in (Way.DONE, Way.YES))
        self.pressed_key.emit(self._row.key)

    def sizeHint(self) -> QSize:
        return QSize(120, self._theme.grown(STEP_ROW_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, row = self._theme, self._row
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_danger = row.is_danger and row.way is None
        if is_danger:
            fill_box(painter, area, 4, theme.colour("danger-soft"))
        elif row.is_current:
            fill_box(painter, area, 4, theme.colour("selected"))
        elif self.underMouse():
            fill_box(painter, area, 4, theme.colour("hover"))
        ink = "danger" if is_danger else ("text" if row.way is None else "text-2")
        size = theme.size("icon_button")
        left = 8.0
        icon = "warning-octagon-fill" if is_danger else _ICONS[row.way]
        role = ink if is_danger else ("ok" if row.way in (Way.DONE, Way.YES) else "text-2")
        middle = area.center().y()
        draw_icon(painter, icon, QRectF(left, middle - size / 2, size, size), size,
                  theme.colour(role))  # fmt: skip
        left += size + 8
        right = area.right() - 6
        if row.way is not None and row.is_question:
            answer = card_words.way(row.way)
            width = text_width(theme.font("state"), answer)
            box = QRectF(right - width, area.top(), width + 2, area.height())
            draw_text(painter, box, answer, theme.font("state"), theme.colour("text-2"))
            right -= width + 10
        font = theme.font("strong" if row.is_current or is_danger else "body")
        box = QRectF(left, area.top(), right - left, area.height())
        draw_text(painter, box, row.text, font, theme.colour(ink))
        if self.hasFocus():
            draw_focus_ring(painter, theme, QRectF(self.rect()), 4)
