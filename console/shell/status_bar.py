"""Status bar with states and key hints, and the bottom area that adds the undo strip to it."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.shared.session.undo_view import UndoStrip
from console.shared.workplace.status import StatusItem, StatusPresenter, StatusState
from console.ui.labels import KeyHint, Line, Surface, ThemedLabel
from console.ui.notices import IconSpot
from console.ui.theme import Theme

MARGIN_PX = 20
SPACING_PX = 18
STATES = 8  # as many as the presenter has


class StatusBar(Surface):
    """Shows each state as icon and text, so colour is never the only sign of a fault."""

    def __init__(
        self, theme: Theme, presenter: StatusPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "surface", parent)
        self._presenter = presenter
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("statusbar")))
        self._items = [_Item(theme) for _ in range(STATES)]
        self._hints = [
            KeyHint(theme, key, text)
            for key, text in (
                (Key.SEARCH, self.tr("directory")),
                (Key.REPORT, self.tr("reports")),
                (Key.LOCK, self.tr("lock")),
                (Key.KEYS, self.tr("keys")),
            )
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        row.setSpacing(SPACING_PX)
        for item in self._items:
            row.addWidget(item)
        row.addStretch(1)
        for hint in self._hints:
            row.addWidget(hint)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(lambda: self._show(presenter.state))
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _show(self, state: StatusState) -> None:
        items = state.items()
        for widget, item in zip(self._items, items, strict=False):
            widget.show_item(item)
        for widget in self._items[len(items) :]:
            widget.setVisible(False)
        self._make_room(len(items))

    @property
    def states_px(self) -> int:
        """Width in px of the states without key hints."""
        return self._states_px(len(self._presenter.state.items()))

    def _states_px(self, shown: int) -> int:
        widths = (item.sizeHint().width() + SPACING_PX for item in self._items[:shown])
        return 2 * MARGIN_PX + sum(widths)

    def _make_room(self, shown: int) -> None:
        """Hides key hints if space is short, because states have priority; F1 is hidden last."""
        needed = self._states_px(shown)
        for hint in reversed(self._hints):
            needed += hint.sizeHint().width() + SPACING_PX
            hint.setVisible(needed <= self.width())

    def minimumSizeHint(self) -> QSize:
        """No minimum width, because the hints can be hidden."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Showing a hint now would trigger a layout during a layout.
        self._later.start()


class _Item(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._icon = IconSpot(theme, "", "text-3", theme.size("icon_meta"))
        self._text = ThemedLabel(theme, style="label", role="text-2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._icon)
        row.addWidget(self._text)

    def show_item(self, item: StatusItem) -> None:
        self.setVisible(True)
        self._icon.set_icon(item.icon, item.role)
        self._text.setText(item.text)
        self._text.set_role("text-2" if item.role == "ok" else item.role)
        self.setAccessibleName(item.text)
        self.setToolTip(item.detail)


LOW_PX = 800  # window height below which both do not fit below a card and a banner


class DeskFoot(Surface):
    """Undo bar and status bar; in a low window that is wide enough they share one row."""

    def __init__(self, theme: Theme, undo: UndoStrip, status: StatusBar, window: QWidget) -> None:
        super().__init__(theme, "surface")
        self._undo = undo
        self._status = status
        self._window = window
        self._is_one_row = False
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._row.addWidget(status, 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(undo)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        column.addLayout(self._row)
        # resizeEvent runs during a layout, in which widgets must not be moved.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._lay_out_if_shown)
        undo.coming.connect(self._lay_out)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.follow_window()

    def follow_window(self) -> None:
        """Checks the layout after a change of the window size."""
        self._later.start()

    def _lay_out_if_shown(self) -> None:
        if not self._undo.isHidden():
            self._lay_out()

    def _lay_out(self) -> None:
        """Places both in one row or in two."""
        needed = self._status.states_px + self._undo.sizeHint().width()
        is_low = self._window.height() < self._theme.grown(LOW_PX)
        is_one_row = is_low and needed <= self._window.width()
        if is_one_row is self._is_one_row:
            return
        self._is_one_row = is_one_row
        self._undo.stand_in_row(is_one_row)
        if is_one_row:
            self._row.addWidget(self._undo)
        else:
            self._column.insertWidget(0, self._undo)
