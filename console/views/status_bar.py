"""The foot of the window: phone, database, records that wait, and the keys."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.presenters.status import StatusItem, StatusPresenter, StatusState
from console.views.components.labels import KeyHint, Surface, ThemedLabel
from console.views.components.notices import IconSpot
from console.views.theme import Theme


class StatusBar(Surface):
    """Each state as icon and word; what is wrong is said in words, not by a colour alone."""

    def __init__(
        self, theme: Theme, presenter: StatusPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "surface", parent)
        self.setFixedHeight(theme.size("statusbar"))
        self._items = [_Item(theme) for _ in range(5)]
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(18)
        for item in self._items:
            row.addWidget(item)
        row.addStretch(1)
        for key, text in (
            ("F5", self.tr("directory")),
            ("Ctrl+R", self.tr("reports")),
            ("Ctrl+L", self.tr("lock")),
            ("F1", self.tr("keys")),
        ):
            row.addWidget(KeyHint(theme, key, text))
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _show(self, state: StatusState) -> None:
        items = state.items()
        for widget, item in zip(self._items, items, strict=False):
            widget.show_item(item)
        for widget in self._items[len(items) :]:
            widget.setVisible(False)


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
