"""The script of the call at the foot of the right column: steps with boxes, ticked by keys."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from console import words
from console.keys.defaults import Key
from console.presenters.script import ScriptPresenter, ScriptRow, ScriptState
from console.views.components.icons import draw_icon
from console.views.components.labels import (
    ElidedLabel,
    KeyHint,
    Line,
    Surface,
    ThemedLabel,
    WholeLabel,
)
from console.views.components.notices import IconSpot
from console.views.components.paint import draw_focus_ring, draw_text, fill_box, text_width
from console.views.components.scrolling import scrolled
from console.views.theme import Theme
from sync.register.scripts.script import Way

FOLDS_UNDER_PX = 860  # of the window: the hits need their room
WHOLE_FROM_PX = 1000
ROW_PX = 26
FEW_ROWS = 5
EDGE_PX = 20
_ICONS = {Way.DONE: "check-square", Way.YES: "check-square", Way.NO: "x-square", None: "square"}


class ScriptBlock(Surface):
    """Shows where the call is in its script; folds to the step that comes next.

    In a low window all of its steps need the room of the panel above.
    """

    turned = Signal()  # it folds now or not, or what it takes is another room

    def __init__(
        self, theme: Theme, presenter: ScriptPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "surface", parent)
        self._theme = theme
        self._presenter = presenter
        self._rows: list[_StepRow] = []
        self._is_low = False
        self._is_turned = False  # folded or not, against what the room asks for
        self._room_px = 0
        self._build()
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _build(self) -> None:
        theme = self._theme
        self._title = ElidedLabel(theme, style="section")
        self._progress = ThemedLabel(theme, style="label", role="text-2")
        head = QHBoxLayout()
        head.setContentsMargins(EDGE_PX, 10, EDGE_PX, 4)
        head.setSpacing(8)
        head.addWidget(IconSpot(theme, "clipboard-text", "text-2", theme.size("icon")))
        head.addWidget(self._title, 1)
        head.addWidget(self._progress)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(EDGE_PX - 8, 0, EDGE_PX - 8, 0)
        self._list.setSpacing(0)
        self._area = area = scrolled(theme, inside)
        self._aloud = WholeLabel(theme, role="text-2")
        self._aloud.setContentsMargins(EDGE_PX + 24, 2, EDGE_PX, 2)
        self._done = KeyHint(theme, Key.SCRIPT_DONE, self.tr("done"))
        self._yes = KeyHint(theme, Key.SCRIPT_DONE, self.tr("yes"))
        self._no = KeyHint(theme, Key.SCRIPT_NO, self.tr("no"))
        self._back = KeyHint(theme, Key.SCRIPT_BACK, self.tr("back"))
        self._more = KeyHint(theme, Key.SCRIPT_FOLD, self.tr("all steps"))
        self._less = KeyHint(theme, Key.SCRIPT_FOLD, self.tr("fold"))
        foot = QHBoxLayout()
        foot.setContentsMargins(EDGE_PX, 4, EDGE_PX, 8)
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

    # --- room ---

    def fit(self, height_px: int) -> None:
        """The window is so high now: where it is low the block folds."""
        self._room_px = height_px
        is_low = height_px < self._theme.grown(FOLDS_UNDER_PX)
        if is_low != self._is_low:
            self._is_low, self._is_turned = is_low, False
            self.turned.emit()
        self._lay_rows(self._presenter.state)

    def turn(self) -> None:
        """Ctrl+4: fold it, or show all of it."""
        if not self._presenter.state.title:
            return
        self._is_turned = not self._is_turned
        self._lay_rows(self._presenter.state)
        self.turned.emit()

    def give_room(self) -> None:
        """The panel above is wanted."""
        if self.takes_all:
            self.turn()

    @property
    def is_low(self) -> bool:
        """Whether the window is too low for all of its steps beside a panel."""
        return self._is_low

    @property
    def takes_all(self) -> bool:
        """Whether there is no room for a panel beside all of its steps."""
        return self._is_low and self._is_turned and bool(self._presenter.state.title)

    @property
    def is_folded(self) -> bool:
        """Whether only the next step is shown."""
        return self._is_low is not self._is_turned

    # --- showing ---

    def _show(self, state: ScriptState) -> None:
        self._title.set_text(state.title)
        self._progress.setText(state.progress)
        # Rows of one call are those of the next: to make them takes longer than to show the rest.
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
            self._is_turned = False  # the next call begins as the room allows
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
        # Asked whether there is a bar, Qt answers behind the frame in which the steps are painted.
        bar = Qt.ScrollBarPolicy
        self._area.setVerticalScrollBarPolicy(
            bar.ScrollBarAlwaysOn if shown > most else bar.ScrollBarAlwaysOff
        )
        self._area.setFixedHeight(self._theme.grown(ROW_PX) * max(1, min(shown, most)))
        self._aloud.setVisible(bool(self._aloud.text()) and not folded)
        self._more.setVisible(folded)
        self._less.setVisible(not folded)
        for view, row in zip(self._rows, state.rows, strict=False):
            if row.is_current:
                self._list.activate()
                self._area.ensureWidgetVisible(view, 0, self._theme.grown(ROW_PX))


class _StepRow(QAbstractButton):
    """One step with its box; the next one stands out, a danger is red."""

    pressed_key = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row = ScriptRow("", "", "", None, False, False, False)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.fit(self, lambda it: it.setFixedHeight(theme.grown(ROW_PX)))
        self.clicked.connect(self._pressed)
        theme.changed.connect(self.update)

    def show_row(self, row: ScriptRow) -> None:
        self._row = row
        self.setChecked(row.way in (Way.DONE, Way.YES))
        spoken = row.text if row.way is None else f"{row.text}: {words.scripts.way(row.way)}"
        self.setAccessibleName(spoken)
        self.setToolTip("\n".join(part for part in (row.text, row.aloud) if part))
        self.update()

    def _pressed(self) -> None:
        # What is shown comes from the presenter alone.
        self.setChecked(self._row.way in (Way.DONE, Way.YES))
        self.pressed_key.emit(self._row.key)

    def sizeHint(self) -> QSize:
        return QSize(120, self._theme.grown(ROW_PX))

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
            answer = words.scripts.way(row.way)
            width = text_width(theme.font("state"), answer)
            box = QRectF(right - width, area.top(), width + 2, area.height())
            draw_text(painter, box, answer, theme.font("state"), theme.colour("text-2"))
            right -= width + 10
        font = theme.font("strong" if row.is_current or is_danger else "body")
        box = QRectF(left, area.top(), right - left, area.height())
        draw_text(painter, box, row.text, font, theme.colour(ink))
        if self.hasFocus():
            draw_focus_ring(painter, theme, QRectF(self.rect()), 4)
