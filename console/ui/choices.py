"""Widgets to select a value: a drop-down list, and a row of cells that wraps if space is short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from console.core.keymap import KEYS, held_with_digits, shown
from console.ui.paint import (
    draw_focus_ring,
    draw_icon,
    draw_keycap,
    draw_text,
    fill_box,
    keycap_size,
    text_width,
)
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme


class ChoiceBox(QComboBox):
    """Drop-down list that ignores the mouse wheel; ``picked`` reports the value selected by the
    user.
    """

    picked = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.dress(self, Sheet.CHOICE)
        theme.fit(self, lambda it: it.setFont(theme.font("field")))
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("field")))
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(self._tell)

    def show_choices(self, rows: Sequence[tuple[str, str]], value: str) -> None:
        """Shows pairs of value and label and selects ``value``; emits nothing."""
        shown = [(self.itemData(place), self.itemText(place)) for place in range(self.count())]
        if shown != list(rows):
            self.clear()
            for known, text in rows:
                self.addItem(text, known)
        self.setCurrentIndex(max(0, self.findData(value)))

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.modifiers() & (Qt.KeyboardModifier.ControlModifier)
        ):
            event.ignore()  # the page handles the chords
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = self._theme.size("icon_meta")
        right = QRectF(self.width() - size - 12, 0, size, self.height())
        role = "text-2" if self.isEnabled() else "text-disabled"
        draw_icon(QPainter(self), "caret-down", right, size, self._theme.colour(role))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _tell(self, place: int) -> None:
        self.picked.emit(self.itemData(place))


TALL_MARGIN_PX, TALL_PADDING_PX, MARK_PX = 3, 10, 20
LOW_PADDING_PX = 8
TALL_GAP_PX, LOW_GAP_PX = 2, 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One cell of a ``ChoiceRow``: value, label, hint below the label, and key."""

    value: str
    text: str
    hint: str = ""
    key: str = ""


_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class _Cell(QRadioButton):
    """Self-painted cell of a ``ChoiceRow``; a radio button, so keys, group and accessibility are
    inherited.
    """

    stepped = Signal(int)

    def __init__(self, theme: Theme, choice: Choice, tall: bool, even: bool) -> None:
        super().__init__(choice.text)
        self._theme = theme
        self._choice = choice
        self._tall = tall
        self._even = even
        self._is_cap_short = True
        self.setAccessibleName(f"{choice.text}. {choice.hint}" if choice.hint else choice.text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        KEYS.changed.connect(self.updateGeometry)
        KEYS.changed.connect(self.update)

    def shorten_cap(self, is_short: bool) -> None:
        """Shows only the digit of the chord, next to the label of a tall cell; False: the full
        chord below the label.
        """
        self._is_cap_short = is_short
        self.updateGeometry()
        self.update()

    @property
    def _digit(self) -> str:
        """Digit of the chord, shown next to the label of a tall cell; empty if the full chord is
        shown.
        """
        return shown(self._choice.key).rpartition("+")[2] if self._is_cap_short else ""

    def sizeHint(self) -> QSize:
        width = text_width(self._theme.font("strong"), self.text())
        if self._even:
            width += 64 if self._tall else 48
        else:
            width += 16 + (self._theme.size("icon") + 8 if self.isChecked() else 0)
            if self._choice.key:
                width += keycap_size(self._theme, self._choice.key).width() + 8
        height = (
            self._theme.size("result_cell") + 6 if self._tall else self._theme.size("field") + 2
        )
        return QSize(round(width), height)

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        if not self._even:
            return whole
        # The label of the selected cell is never elided: the other cells shrink to make space for
        # its check mark.
        is_marked = self._tall and self.isChecked()
        return QSize(self._marked_px() if is_marked else 72, whole.height())

    @property
    def needed_px(self) -> int:
        """Width in px that shows the full label of a low cell, selected or not; the keycap is
        hidden if there is no space for it.
        """
        theme = self._theme
        word_px = text_width(theme.font("button"), self.text()) + 4
        return ceil(word_px + theme.size("icon") + 8 + 2 * LOW_PADDING_PX)

    def _marked_px(self) -> int:
        """Returns the width in px of keycap, label and check mark of a tall cell."""
        key_px = keycap_size(self._theme, self._digit).width() + 8 if self._digit else 0
        word_px = text_width(self._theme.font("strong"), self.text()) + 2
        return ceil(2 * (TALL_MARGIN_PX + TALL_PADDING_PX) + key_px + word_px + MARK_PX)

    def hitButton(self, pos: object) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt's own search for a neighbour is limited to one line, so an arrow key would stop at the
        # end of the line.
        if (step := _STEPS.get(Qt.Key(event.key()))) is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        chosen = self.isChecked()
        margin = TALL_MARGIN_PX if self._tall else 1
        box = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        ground = "accent-soft" if chosen else ("hover" if self.underMouse() else "surface")
        border = "accent" if chosen else "line-control"
        fill_box(painter, box, 6, theme.colour(ground), theme.colour(border), 2 if chosen else 1)
        if self.hasFocus():
            draw_focus_ring(painter, theme, QRectF(self.rect()))
        ink = theme.colour("accent" if chosen else "text")
        if not self._tall:
            self._paint_segment(painter, box, chosen)
            return
        top = QRectF(
            box.left() + TALL_PADDING_PX,
            box.top() + theme.grown(6),
            box.width() - 2 * TALL_PADDING_PX,
            theme.grown(22),
        )
        left = top.left()
        if self._digit:
            left += draw_keycap(painter, theme, left, top.center().y(), self._digit, ink, ink) + 8
        room = top.right() - left - (MARK_PX if chosen else 0)
        draw_text(
            painter,
            QRectF(left, top.top(), room, top.height()),
            self.text(),
            theme.font("strong"),
            ink,
        )
        if chosen:
            size = theme.size("icon")
            draw_icon(
                painter,
                "check-circle-fill",
                QRectF(top.right() - size + 2, top.center().y() - size / 2, size, size),
                size,
                ink,
            )
        hint = QRectF(
            box.left() + 10, box.bottom() - theme.grown(24), box.width() - 20, theme.grown(18)
        )
        if self._choice.key and not self._digit:
            key, middle = self._choice.key, hint.center().y()
            hint.setLeft(
                hint.left() + draw_keycap(painter, theme, hint.left(), middle, key, ink, ink) + 8
            )
        draw_text(painter, hint, self._choice.hint, theme.font("label"), theme.colour("text-2"))

    def _paint_segment(self, painter: QPainter, box: QRectF, chosen: bool) -> None:
        theme = self._theme
        ink = theme.colour("accent" if chosen else "text")
        width = text_width(theme.font("button"), self.text())
        room = box.width() - LOW_PADDING_PX
        icon = theme.size("icon") if chosen else 0
        cap = keycap_size(theme, self._choice.key).width() + 8 if self._choice.key else 0
        # The label has priority over the keycap, and over the check mark, because the border shows
        # the selection too.
        if width + cap + (icon + 8 if chosen else 0) > room:
            cap = 0
        if width + icon + 8 > room:
            chosen, icon = False, 0
        width = min(width, room)
        left = box.center().x() - (width + cap + (icon + 8 if chosen else 0)) / 2
        if chosen:
            draw_icon(
                painter, "check", QRectF(left, box.center().y() - icon / 2, icon, icon), icon, ink
            )
            left += icon + 8
        draw_text(
            painter,
            QRectF(left, box.top(), width + 4, box.height()),
            self.text(),
            theme.font("button"),
            ink,
        )
        if cap:
            draw_keycap(
                painter,
                theme,
                left + width + 8,
                box.center().y(),
                self._choice.key,
                theme.colour("text-2"),
                theme.colour("line-control"),
            )


class ChoiceRow(QWidget):
    """Row of cells, at most one selected; arrow keys move between cells and across lines."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        choices: tuple[Choice, ...],
        *,
        tall: bool,
        even: bool = True,
        wraps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """With ``even`` all cells have the same width; without it each is as wide as its content.

        With ``wraps``, low cells of equal width are arranged in several lines if one line would
        elide a label.
        """
        super().__init__(parent)
        self.setAccessibleName(name)
        self._cells: dict[str, _Cell] = {}
        self._group = QButtonGroup(self)
        for choice in choices:
            cell = _Cell(theme, choice, tall, even)
            self._cells[choice.value] = cell
            self._group.addButton(cell)
            cell.clicked.connect(self._clicked)
            cell.stepped.connect(self._step)
        self._across = 0
        self._told: str | None = None  # last value shown
        self._grid: QGridLayout | None = None
        if wraps:
            self._grid = QGridLayout(self)
            self._grid.setContentsMargins(0, 0, 0, 0)
            self._grid.setSpacing(LOW_GAP_PX)
            self._stand(len(choices))
            theme.fit(self, lambda it: it.fit_cells())
        else:
            row = QHBoxLayout(self)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(TALL_GAP_PX if tall else LOW_GAP_PX)
            for cell in self._cells.values():
                row.addWidget(cell, 1 if even else 0)
        self._keys = tuple(choice.key for choice in choices)
        KEYS.changed.connect(self._shorten_caps)
        self._shorten_caps()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_cells()

    def fit_cells(self) -> None:
        """Uses the smallest number of lines that shows every label in full."""
        if self._grid is None:
            return
        needed = max(cell.needed_px for cell in self._cells.values()) + LOW_GAP_PX
        count = len(self._cells)
        fitting = max(1, (self.width() + LOW_GAP_PX) // needed)
        lines = ceil(count / min(count, fitting))
        self._stand(ceil(count / lines))  # makes the lines nearly equal in length

    def _stand(self, across: int) -> None:
        if self._grid is None or across == self._across:
            return
        self._across = across
        for place, cell in enumerate(self._cells.values()):
            self._grid.addWidget(cell, *divmod(place, across))
            self._grid.setColumnStretch(place, 1 if place < across else 0)
        self.updateGeometry()

    def _shorten_caps(self) -> None:
        is_short = bool(held_with_digits(*self._keys))
        for cell in self._cells.values():
            cell.shorten_cap(is_short)

    def show_choice(self, value: str | None) -> None:
        """Selects a value without emitting ``chosen``; ``None`` clears the selection."""
        marked = next((name for name, cell in self._cells.items() if cell.isChecked()), None)
        if value == self._told == marked:
            return  # updateGeometry of each cell would lay out the whole window
        self._told = value
        self._group.setExclusive(False)
        for name, cell in self._cells.items():
            cell.setChecked(name == value)
            cell.updateGeometry()
        self._group.setExclusive(True)
        # Tab reaches the selected cell; an arrow key then selects its neighbour.
        is_chosen = any(cell.isChecked() for cell in self._cells.values())
        for cell in self._cells.values():
            takes_tab = cell.isChecked() or not is_chosen
            cell.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if takes_tab else Qt.FocusPolicy.ClickFocus
            )

    @property
    def tab_stops(self) -> tuple[_Cell, ...]:
        """The cells in order, for a form that sets the tab order explicitly."""
        return tuple(self._cells.values())

    def show_cell(self, value: str, *, shown: bool) -> None:
        """Shows or hides the cell of a value."""
        self._cells[value].setVisible(shown)

    def focus_choice(self) -> None:
        """Sets the keyboard focus to the selected cell, or to the first."""
        cells = [cell for cell in self._cells.values() if not cell.isHidden()]
        next((cell for cell in cells if cell.isChecked()), cells[0]).setFocus()

    def set_text(self, value: str, text: str) -> None:
        """Changes the label of a cell, for example to show a new count."""
        cell = self._cells[value]
        if cell.text() != text:
            cell.setText(text)
            cell.setAccessibleName(text)
            cell.updateGeometry()

    def _step(self, step: int) -> None:
        """Selects the next visible cell; ``step`` is 1 for forward, -1 for backward."""
        offered = [cell for cell in self._cells.values() if cell.isVisible() and cell.isEnabled()]
        at = next((at for at, cell in enumerate(offered) if cell.hasFocus()), 0) + step
        if 0 <= at < len(offered):
            offered[at].setFocus(
                Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
            )
            offered[at].click()

    def _clicked(self) -> None:
        for name, cell in self._cells.items():
            if cell.isChecked():
                self.chosen.emit(name)
