"""Messages to the operator: banner, toast, strips over the page bottom, and lines in forms.

A toast never takes the focus and never covers the focused field.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.core.default_keys import Key
from console.core.view_data import ReadLine
from console.ui.buttons import ActionButton, LinkButton, Tone
from console.ui.keyboard import KeptCaret, announce
from console.ui.labels import ElidedLabel, KeyHint, ThemedLabel
from console.ui.layout import free_place, places_with_keyboard
from console.ui.paint import draw_icon, fill_box
from console.ui.theme import Theme


class FootWatch(QObject):
    """Watches widgets that appear and disappear over the bottom of a page, and reports how many are
    visible.
    """

    covered = Signal(int)  # number of visible widgets

    def __init__(self, page: QWidget, *strips: QWidget) -> None:
        super().__init__(page)
        self._strips = strips
        for strip in strips:
            strip.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.covered.emit(sum(not strip.isHidden() for strip in self._strips))
        return False


_BANNER = {
    "info": ("accent-soft", "accent", "megaphone"),
    "warn": ("warn-soft", "warn", "warning-fill"),
    "danger": ("danger-soft", "danger", "warning-octagon-fill"),
}


ABOVE_FOOT_PX = 44  # height of a form's footer, one button, with the gap above
READ_MS = 2_500  # minimum display time of a problem before the next toast
MOST_WAITING = 3
_COMES_AND_GOES = frozenset({QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize})
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize})
HEARD_KEY = Key.ALARM_HEARD


def foot_px(theme: Theme) -> int:
    """Returns the height in px at the bottom that must remain free: the status bar and the buttons
    of a form.
    """
    return theme.size("statusbar") + ABOVE_FOOT_PX + theme.size("button_main")


class IconSpot(QWidget):
    """Icon painted with the colour of a role."""

    def __init__(self, theme: Theme, name: str, role: str, size_px: int) -> None:
        super().__init__()
        self._theme, self._name, self._role = theme, name, role
        self._drawn_px = size_px / theme.text_scale
        theme.fit(self, lambda it: it.take_room())
        theme.changed.connect(self.update)

    def take_room(self) -> None:
        """Sets the size of the icon for the current text size."""
        self._size_px = self._theme.grown(self._drawn_px)
        self.setFixedSize(self._size_px + 4, self._size_px + 4)

    def set_icon(self, name: str, role: str) -> None:
        if (name, role) != (self._name, self._role):
            self._name, self._role = name, role
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._name:
            draw_icon(
                QPainter(self),
                self._name,
                QRectF(self.rect()),
                self._size_px,
                self._theme.colour(self._role),
            )


class Banner(QWidget):
    """Bar for the most severe current problem: a sentence, its consequence and one action."""

    acted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = "info"
        self._said = ("", "")
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("banner")))
        self._icon = IconSpot(theme, "", "accent", theme.size("icon"))
        self._head = ThemedLabel(theme, style="strong")
        self._body = ElidedLabel(theme)
        self._action = ActionButton(
            theme, "", key=HEARD_KEY, icon="speaker-slash", small=True, elides=True
        )
        self._action.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._action.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._head)
        row.addWidget(self._body, 1)
        row.addWidget(self._action)
        self.setVisible(False)

    def show_banner(self, kind: str, head: str, body: str, action: str = "") -> None:
        self._kind = kind
        ground, ink, icon = _BANNER[kind]
        self._icon.set_icon(icon, ink)
        self._head.setText(head)
        self._head.set_role(ink if kind == "danger" else "text")
        self._body.set_text(body)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(f"{head} {body}")
        if (head, body) != self._said:
            self._said = (head, body)
            announce(self, f"{head}. {body}", is_urgent=kind == "danger")
        self.setVisible(True)
        self.update()

    def hide_banner(self) -> None:
        self._said = ("", "")
        self.setVisible(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, ink, _icon = _BANNER[self._kind]
        painter.fillRect(self.rect(), self._theme.colour(ground))
        edge = ink if self._theme.name == "contrast" else "line"
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour(edge))


class Toast(QWidget):
    """Notification at the bottom of the window; never takes the focus.

    If it would cover the focused field, it is placed above or below that field.

    A success message replaces a problem only after ``READ_MS``, because both often occur together,
    for example when a transfer fails and a card is suspended. Pending messages are shown in order.
    """

    def __init__(self, theme: Theme, host: QWidget, *, read_ms: int = READ_MS) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._bands: list[QWidget] = []
        self._heads: list[QWidget] = []
        self._around: list[QWidget] = []  # focused widget and its ancestors
        self._waiting: list[tuple[str, str, int, bool]] = []  # arguments of ``_show``
        self._is_problem = False
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(read_ms)
        self._reading.timeout.connect(self._show_waiting)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._icon = IconSpot(theme, "check-circle-fill", "ok", theme.size("icon_call"))
        self._head = ThemedLabel(theme, style="strong")
        self._body = ThemedLabel(theme, style="label", role="text-2")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._head)
        words.addWidget(self._body)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._clearing = QTimer(self)
        self._clearing.setSingleShot(True)
        self._clearing.timeout.connect(self._keep_clear)
        self.hide()
        host.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_keyboard)

    def stand_below(self, head: QWidget) -> None:
        """Adds a widget at the top that the toast must not cover."""
        self._heads.append(head)

    def stand_above(self, band: QWidget) -> None:
        """Adds a widget at the bottom; while it is visible, the toast is placed above it."""
        self._bands.append(band)
        band.installEventFilter(self)

    def show_toast(
        self, head: str, body: str = "", *, seconds: int = 6, problem: bool = False
    ) -> None:
        """Shows the message immediately, or queues a success message while an unread problem or
        queued messages exist.
        """
        announce(self._host, f"{head}. {body}" if body else head, is_urgent=problem)
        told = (head, body, seconds, problem)
        is_unread = self._is_problem and self._reading.isActive()
        if not problem and self.isVisible() and (is_unread or self._waiting):
            self._waiting = [*self._waiting, told][-MOST_WAITING:]
        else:
            self._show(*told)

    def withdraw(self, head: str, body: str = "") -> None:
        """Removes an outdated message, whether it is shown or pending."""
        self._waiting = [told for told in self._waiting if told[:2] != (head, body)]
        if self.isVisible() and (self._head.text(), self._body.text()) == (head, body):
            if self._waiting:
                self._show_waiting()
            else:
                self.hide()

    def _show_waiting(self) -> None:
        if self._waiting and self.isVisible():
            self._show(*self._waiting.pop(0))

    def hideEvent(self, event: QHideEvent) -> None:
        """Hiding also discards pending messages."""
        super().hideEvent(event)
        self._waiting.clear()
        self._reading.stop()
        self._watch(())

    def _show(self, head: str, body: str, seconds: int, problem: bool) -> None:
        self._is_problem = problem
        self._reading.start()
        self._icon.set_icon(
            "warning-fill" if problem else "check-circle-fill", "warn" if problem else "ok"
        )
        self._head.setText(head)
        self._body.setText(body)
        self._body.setVisible(bool(body))
        self.setAccessibleName(f"{head}. {body}")
        self._timer.start(seconds * 1000)
        self._place()
        self.show()
        self.raise_()
        self._follow_keyboard()

    def _place(self) -> None:
        self.adjustSize()
        width = min(max(self.sizeHint().width(), 420), self._host.width() - 48)
        self.resize(width, self.sizeHint().height())
        # Above the footer of a form, because a toast must never cover the Save button.
        bottom = self._host.height() - foot_px(self._theme)
        bottom -= sum(band.height() for band in self._bands if band.isVisible())
        left = (self._host.width() - width) // 2
        wanted = QRect(left, bottom - self.height(), width, self.height())
        self.move(self._free_place(wanted, bottom).topLeft())

    def _free_place(self, wanted: QRect, bottom: int) -> QRect:
        """Returns a position for the toast next to the focused field, or next to the cursor line if
        the field fills the page.
        """
        heads = [head.geometry().bottom() + 1 for head in self._heads if head.isVisible()]
        top = max(heads, default=0)
        room = QRect(0, top, self._host.width(), bottom - top)
        for kept in places_with_keyboard(self._host):
            free = free_place(wanted, room, (kept,))
            if free is not None:
                return free
        return wanted

    def _follow_keyboard(self) -> None:
        """Watches the focused widget, which may move under the toast."""
        if not self.isVisible():
            return
        around: list[QWidget] = []
        part = QApplication.focusWidget()
        while part is not None and part is not self._host:
            around.append(part)
            part = part.parentWidget()
        self._watch(around)
        self._clearing.start()

    def _watch(self, around: Sequence[QWidget]) -> None:
        for part in self._around:
            if isValid(part):
                part.removeEventFilter(self)
        self._around = [part for part in around if part not in self._bands]
        for part in self._around:
            part.installEventFilter(self)

    def _keep_clear(self) -> None:
        """Moves the toast only if it covers the focused field, because text that is being read must
        not jump.
        """
        if self.isVisible() and any(
            self.geometry().intersects(kept) for kept in places_with_keyboard(self._host)[:1]
        ):
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        is_of_room = (watched is self._host and kind is QEvent.Type.Resize) or (
            watched in self._bands and kind in _COMES_AND_GOES
        )
        if is_of_room and self.isVisible():
            self._place()
        elif kind in _MOVES and watched in self._around:
            self._clearing.start()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        fill_box(
            QPainter(self),
            QRectF(self.rect()),
            8,
            self._theme.colour("raised"),
            self._theme.colour("line-control"),
        )


EDGES_PX = 48  # both side margins together


class FootStrip(QFrame):
    """Bar over the bottom of ``host`` that follows its size; hidden until it is shown
    explicitly.
    """

    def __init__(self, theme: Theme, host: QWidget, *, least_px: int) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._least_px = least_px
        self._row = QHBoxLayout(self)
        self._row.setSpacing(12)
        self.hide()
        host.installEventFilter(self)

    def _place(self) -> None:
        self._row.activate()  # updates sizeHint after a change of text
        width = min(max(self.sizeHint().width(), self._least_px), self._host.width() - EDGES_PX)
        self.resize(width, self.sizeHint().height())
        bottom = self._host.height() - foot_px(self._theme)
        self.move((self._host.width() - width) // 2, bottom - self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        area = QRectF(self.rect())
        fill_box(QPainter(self), area, 8, theme.colour("raised"), theme.colour("line-control"))


class FoundLine(QWidget):
    """Line that reports restored input; takes no space if there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._text = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconSpot(theme, "note-pencil", "accent", theme.size("icon")))
        row.addWidget(self._text, 1)
        self.hide()

    def show_found(self, text: str) -> None:
        self._text.setText(text)
        self.setVisible(bool(text))


LEAST_PX = 560


class LeaveStrip(FootStrip):
    """Confirmation before closing: the number of unsent records and the process that sends them.

    The page remains usable. The bar takes the keyboard focus and restores it if the operator
    decides not to close.
    """

    left = Signal()

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host, least_px=LEAST_PX)
        self._caret = KeptCaret()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._head = ThemedLabel(theme, style="strong")
        self._body = ThemedLabel(theme, style="label", role="text-2")
        self._stay_key = stay = ActionButton(theme, self.tr("Stay"), key="Esc", small=True)
        stay.clicked.connect(self._stay)
        leave = ActionButton(theme, self.tr("Close"), key="Enter", tone=Tone.MAIN, small=True)
        leave.clicked.connect(self.left)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self._head)
        lines.addWidget(self._body)
        row = self._row
        row.setContentsMargins(16, 10, 12, 10)
        row.addWidget(IconSpot(theme, "clock-fill", "warn", theme.size("icon_call")))
        row.addLayout(lines, 1)
        row.addWidget(stay)
        row.addWidget(leave)

    def ask(self, head: str, body: str) -> None:
        """Shows the bar; Enter emits ``left``, Esc closes the bar."""
        self._head.setText(head)
        self._body.setText(body)
        self.setAccessibleName(f"{head}. {body}")
        self._caret.keep(QApplication.focusWidget())
        self._place()
        self.show()
        self.raise_()
        self.setFocus()

    def _stay(self) -> None:
        self.hide()
        self._caret.give_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self._stay()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self._stay_key.hasFocus():
                    self._stay()
                else:
                    self.left.emit()
            case _:
                super().keyPressEvent(event)


OFFER_KEY = Key.TAKE_OFFER


class ReadLineView(QWidget):
    """Line that shows how the input was parsed, with an optional correction; takes no space if
    empty.
    """

    offer_taken = Signal()

    def __init__(self, theme: Theme, *, style: str = "label") -> None:
        super().__init__()
        self._icon = IconSpot(theme, "warning-fill", "warn", theme.size("icon_meta"))
        self._text = ThemedLabel(theme, style=style, role="text-2", wrap=True)
        self._offer = LinkButton(theme, "")
        # Keyboard users accept the correction with the displayed key, from within the field.
        self._offer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._offer.clicked.connect(self.offer_taken)
        self._key = KeyHint(theme, OFFER_KEY, "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._offer)
        row.addWidget(self._key)
        self.show_line(ReadLine())

    def show_line(self, line: ReadLine) -> None:
        self._text.setText(line.text)
        self._text.set_role("warn" if line.warns else "text-2")
        self._icon.setVisible(line.warns)
        self._offer.setText(line.offer)
        self._offer.setAccessibleName(line.offer)
        self._offer.updateGeometry()
        for part in (self._offer, self._key):
            part.setVisible(bool(line.offer))
        self.setVisible(bool(line.text or line.offer))


class Trouble(QWidget):
    """Inline error message: icon, problem, and advice below it; takes no space without an error."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._head = ThemedLabel(theme, style="strong", role="danger", wrap=True)
        self._body = ThemedLabel(theme, role="text-2", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconSpot(theme, "warning-octagon-fill", "danger", theme.size("icon")))
        row.addWidget(self._head, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._body)
        self.hide()

    def show_trouble(self, trouble: tuple[str, str]) -> None:
        """Shows the problem and the advice; two empty texts hide the widget."""
        head, body = trouble
        self._head.setText(head)
        self._body.setText(body)
        self.setVisible(bool(head))
