"""What the window tells by itself: a banner under the call bar and a toast at its foot."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.keys.defaults import Key
from console.views.components.announcer import announce
from console.views.components.buttons import ActionButton
from console.views.components.icons import draw_icon
from console.views.components.labels import ElidedLabel, ThemedLabel
from console.views.components.paint import fill_box
from console.views.theme import Theme

_BANNER = {
    "info": ("accent-soft", "accent", "megaphone"),
    "warn": ("warn-soft", "warn", "warning-fill"),
    "danger": ("danger-soft", "danger", "warning-octagon-fill"),
}


FOOT_PX = 80
READ_MS = 2_500  # so long what went wrong stands before anything else takes its place
MOST_WAITING = 3
_COMES_AND_GOES = frozenset({QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize})
HEARD_KEY = Key.ALARM_HEARD


class IconSpot(QWidget):
    """An icon in a colour role, as a part of a row."""

    def __init__(self, theme: Theme, name: str, role: str, size_px: int) -> None:
        super().__init__()
        self._theme, self._name, self._role = theme, name, role
        self._drawn_px = size_px / theme.text_scale
        theme.fit(self, lambda it: it.take_room())
        theme.changed.connect(self.update)

    def take_room(self) -> None:
        """As much as the icon needs beside text of the size that holds."""
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
    """One grave thing at a time: a sentence, its plain consequence and one action."""

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
    """What was just done, at the bottom of the window; never takes the focus.

    What went wrong gives way to what went well only once it could be read: the two often come
    together, as when a transfer fails and a card is put aside. What waits comes in its order.
    """

    def __init__(self, theme: Theme, host: QWidget, *, read_ms: int = READ_MS) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._bands: list[QWidget] = []
        self._waiting: list[tuple[str, str, int, bool]] = []  # as ``_show`` takes them
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
        self.hide()
        host.installEventFilter(self)

    def stand_above(self, band: QWidget) -> None:
        """The foot of the host is higher while this is seen."""
        self._bands.append(band)
        band.installEventFilter(self)

    def show_toast(
        self, head: str, body: str = "", *, seconds: int = 6, problem: bool = False
    ) -> None:
        """Tell it at once, or once what went wrong a moment ago and what waits could be read."""
        announce(self._host, f"{head}. {body}" if body else head, is_urgent=problem)
        told = (head, body, seconds, problem)
        is_unread = self._is_problem and self._reading.isActive()
        if not problem and self.isVisible() and (is_unread or self._waiting):
            self._waiting = [*self._waiting, told][-MOST_WAITING:]
        else:
            self._show(*told)

    def withdraw(self, head: str, body: str = "") -> None:
        """This is not so any more: it goes if it is shown, and is not shown if it waits."""
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
        """Whoever hides it for good has no use for what waits."""
        super().hideEvent(event)
        self._waiting.clear()
        self._reading.stop()

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

    def _place(self) -> None:
        self.adjustSize()
        width = min(max(self.sizeHint().width(), 420), self._host.width() - 48)
        self.resize(width, self.sizeHint().height())
        # Above the foot of a form too: a toast must never cover the button that saves.
        bottom = self._host.height() - self._theme.size("statusbar") - FOOT_PX
        bottom -= sum(band.height() for band in self._bands if band.isVisible())
        self.move((self._host.width() - width) // 2, bottom - self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_of_room = (watched is self._host and event.type() is QEvent.Type.Resize) or (
            watched in self._bands and event.type() in _COMES_AND_GOES
        )
        if is_of_room and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        fill_box(
            QPainter(self),
            QRectF(self.rect()),
            8,
            self._theme.colour("raised"),
            self._theme.colour("line-control"),
        )
