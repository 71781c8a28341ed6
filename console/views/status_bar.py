"""The foot of the window: phone, database, records that wait, and the keys."""

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.keys.defaults import Key
from console.presenters.status import StatusPresenter
from console.presenters.status_state import StatusItem, StatusState
from console.views.components.labels import KeyHint, Surface, ThemedLabel
from console.views.components.notices import IconSpot
from console.views.theme import Theme

MARGIN_PX = 20
SPACING_PX = 18
STATES = 7  # as many as the presenter has


class StatusBar(Surface):
    """Each state as icon and word; what is wrong is said in words, not by a colour alone."""

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
        """The width that its states need, without a hint."""
        return self._states_px(len(self._presenter.state.items()))

    def _states_px(self, shown: int) -> int:
        widths = (item.sizeHint().width() + SPACING_PX for item in self._items[:shown])
        return 2 * MARGIN_PX + sum(widths)

    def _make_room(self, shown: int) -> None:
        """What is wrong needs its place more than the hints do: they go, F1 last."""
        needed = self._states_px(shown)
        for hint in reversed(self._hints):
            needed += hint.sizeHint().width() + SPACING_PX
            hint.setVisible(needed <= self.width())

    def minimumSizeHint(self) -> QSize:
        """The window may be as narrow as it likes: the hints make room."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # To show a hint at once would lay out the page anew in the midst of a layout.
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
