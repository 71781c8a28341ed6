"""Menu of the operator state (F9), operated by digits, arrows or the mouse."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.shared.session import operator_state_words
from console.shared.session.operator_state import OperatorStatePresenter, StateRow
from console.ui.buttons import ThemedButton
from console.ui.keyboard import KeptCaret, announce
from console.ui.labels import KeyHint, ThemedLabel
from console.ui.paint import (
    draw_focus_ring,
    draw_icon,
    draw_keycap,
    draw_text,
    fill_box,
    keycap_size,
    text_width,
)
from console.ui.theme import Theme

LEAST_WIDTH_PX = 280
GAP_PX = 4  # between call bar and menu
_TEXT_LEFT_PX = 70


class OperatorMenu(QFrame):
    """Menu below the operator state; overlays its host and has the focus while it is open.

    It is a child widget, not a popup, so window shortcuts such as "answer" still work.
    """

    def __init__(self, theme: Theme, presenter: OperatorStatePresenter, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self._presenter = presenter
        self._caret = KeptCaret()
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._head = ThemedLabel(theme, style="section")
        self._hint = ThemedLabel(theme, style="label", role="text-2")
        self._rows = [_Row(theme, number, self) for number in range(1, 10)]
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 8, 10)
        column.setSpacing(2)
        self._head.setContentsMargins(8, 0, 8, 0)
        self._hint.setContentsMargins(8, 0, 8, 4)
        column.addWidget(self._head)
        column.addWidget(self._hint)
        for row in self._rows:
            column.addWidget(row)
        settings = KeyHint(theme, Key.SETTINGS, self.tr("settings"))
        settings.setContentsMargins(8, 6, 8, 0)
        column.addWidget(settings)
        self.setAccessibleName(self.tr("Taking calls"))
        self.hide()
        host.installEventFilter(self)
        presenter.menu_asked.connect(self.toggle)

    def toggle(self) -> None:
        """Opens or closes the menu."""
        if self.isVisible():
            self._close()
            return
        status, rows = self._presenter.status, self._presenter.rows
        waits = status.is_talking or status.wrap_up is not None
        self._head.setText(self.tr("After the call") if waits else self.tr("Taking calls"))
        self._hint.setText(self.tr("Digit or Enter selects, Esc closes"))
        for place, widget in enumerate(self._rows):
            widget.setVisible(place < len(rows))
            if place < len(rows):
                widget.show_row(rows[place])
        taken = next((place for place, row in enumerate(rows) if row.is_chosen), 0)
        # The current state needs no selection: the first different one is preselected.
        self._move_to(1 if taken == 0 and len(rows) > 1 else 0)
        self._caret.keep(QApplication.focusWidget())
        self.setAccessibleName(self._head.text())
        self.adjustSize()
        self.resize(max(LEAST_WIDTH_PX, self.sizeHint().width()), self.sizeHint().height())
        self.move(12, self._theme.size("callbar") + GAP_PX)
        self.show()
        self.raise_()
        self.setFocus()

    def take(self, place: int) -> None:
        """Selects the state at this index, closes the menu and restores the focus."""
        rows = self._presenter.rows
        if place < len(rows):
            self._close()
            self._presenter.choose(rows[place].standing)

    def point_at(self, place: int) -> None:
        self._move_to(place)

    def _move_to(self, place: int) -> None:
        self._chosen = place
        for number, widget in enumerate(self._rows):
            widget.set_pointed(number == place)
        row = self._rows[place]
        self.setAccessibleDescription(row.accessibleName())
        if self.hasFocus():
            announce(self, f"{row.accessibleName()}. {row.accessibleDescription()}".strip(". "))

    def _close(self) -> None:
        had_focus = self.hasFocus()
        self.hide()
        if had_focus:
            self._caret.give_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        count = len(self._presenter.rows)
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif digit.isdecimal() and digit.isascii() and digit != "0":
            self.take(int(digit) - 1)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._move_to((self._chosen + step) % count)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.take(self._chosen)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Closes the menu without a selection when the focus moves, for example after a call was
        answered.
        """
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Hide:
            self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        fill_box(
            QPainter(self),
            QRectF(self.rect()),
            8,
            self._theme.colour("raised"),
            self._theme.colour("line-control"),
        )


class _Row(ThemedButton):
    """Row with digit, icon and text; a tick marks the current or the next state."""

    def __init__(self, theme: Theme, number: int, menu: OperatorMenu) -> None:
        super().__init__(theme, menu)
        # The focus remains in the menu, which handles the keys.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._key = str(number)
        self._menu = menu
        self.clicked.connect(lambda: menu.take(number - 1))
        self._row: StateRow | None = None
        self._is_pointed = False
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("row_nav")))
        self.setMouseTracking(True)

    def show_row(self, row: StateRow) -> None:
        self._row = row
        self.setAccessibleName(f"{self._key}: {row.text}")
        self.setAccessibleDescription(operator_state_words.holds_now() if row.is_chosen else "")
        self.updateGeometry()
        self.update()

    def set_pointed(self, pointed: bool) -> None:
        if pointed != self._is_pointed:
            self._is_pointed = pointed
            self.update()

    def sizeHint(self) -> QSize:
        text = "" if self._row is None else self._row.text
        width = _TEXT_LEFT_PX + text_width(self._theme.font("body"), text) + 48
        return QSize(round(width), self._theme.size("row_nav"))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._menu.point_at(int(self._key) - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        row, theme = self._row, self._theme
        if row is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self._is_pointed:
            fill_box(painter, box, 6, theme.colour("selected"), None)
            draw_focus_ring(painter, theme, box, 6)
        middle, size = box.center().y(), theme.size("icon")
        cap = keycap_size(theme, self._key).width()
        draw_keycap(
            painter,
            theme,
            10,
            middle,
            self._key,
            theme.colour("text-2"),
            theme.colour("line-control"),
        )
        icon_left = 10 + cap + 10
        area = QRectF(icon_left, middle - size / 2, size, size)
        draw_icon(painter, row.icon, area, size, theme.colour(row.role))
        left = icon_left + size + 10
        draw_text(
            painter,
            QRectF(left, box.top(), box.width() - left - 34, box.height()),
            row.text,
            theme.font("strong" if row.is_chosen else "body"),
            theme.colour("text"),
        )
        if row.is_chosen:
            tick = QRectF(box.right() - 26, middle - size / 2, size, size)
            draw_icon(painter, "check", tick, size, theme.colour("accent"))
