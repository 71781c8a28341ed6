"""A photo over the whole page: zoom, the next one, what is published and what was sent."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from console.presenters.photo_viewer import (
    PhotoRemark,
    PhotoViewerPresenter,
    PhotoViewerState,
    Picture,
    ShownCopy,
)
from console.views.components.buttons import ActionButton
from console.views.components.choices import Choice, ChoiceRow
from console.views.components.emptied import take_widgets_out
from console.views.components.labels import ElidedLabel, KeyHint, ThemedLabel
from console.views.components.notices import IconSpot
from console.views.photos.canvas import STEP, PhotoCanvas
from console.views.theme import Theme

_MOVE = 0.15
_TURNS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class PhotoViewer(QWidget):
    """Covers its page while a photo is looked at; the keyboard goes back when it goes."""

    left = Signal(object)  # UUID of the photo that was looked at last

    def __init__(self, theme: Theme, presenter: PhotoViewerPresenter, page: QWidget) -> None:
        super().__init__(page)
        self._theme = theme
        self._presenter = presenter
        self._page = page
        self._return_to: QWidget | None = None
        self._picture: Picture | None = None
        self._canvas = PhotoCanvas(theme)
        self._canvas.setAccessibleName(self.tr("Photo"))  # until one is looked at
        self._keys = self._make_keys()
        self._lay_out()
        self.hide()
        page.installEventFilter(self)
        theme.changed.connect(self.update)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _lay_out(self) -> None:
        theme = self._theme
        self._title = ThemedLabel(theme, style="title")
        self._name = ElidedLabel(theme, role="text-2")
        self._percent = ThemedLabel(theme, style="strong", role="text-2")
        close = ActionButton(theme, self.tr("Close"), key="Esc", icon="x", small=True)
        close.clicked.connect(self._presenter.close)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._name, 1)
        head.addWidget(self._percent)
        head.addWidget(close)
        self._facts = ElidedLabel(theme, style="label", role="text-2")
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(2)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 14, 24, 10)
        page.setSpacing(8)
        page.addLayout(head)
        page.addWidget(self._facts)
        page.addLayout(self._remarks)
        page.addWidget(self._canvas, 1)
        page.addLayout(self._actions())
        page.addLayout(self._hints())
        self._canvas.zoomed.connect(lambda percent: self._percent.setText(f"{percent} %"))

    def _actions(self) -> QHBoxLayout:
        theme = self._theme
        self._copies = ChoiceRow(
            theme,
            self.tr("What is looked at"),
            (
                Choice(ShownCopy.PUBLISHED.value, self.tr("As published")),
                Choice(ShownCopy.SENT.value, self.tr("As sent")),
            ),
            tall=False,
            even=False,
        )
        self._copies.chosen.connect(self._choose_copy)
        self._left = ActionButton(
            theme, self.tr("Turn"), key="Ctrl+←", icon="arrow-counter-clockwise", small=True
        )
        self._left.clicked.connect(lambda: self._presenter.turn(-1))
        self._right = ActionButton(
            theme, self.tr("Turn"), key="Ctrl+→", icon="arrow-clockwise", small=True
        )
        self._right.clicked.connect(lambda: self._presenter.turn(1))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._copies)
        row.addWidget(KeyHint(theme, self.tr("Space"), self.tr("the other one")))
        row.addStretch(1)
        row.addWidget(self._left)
        row.addWidget(self._right)
        return row

    def _hints(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        for key, text in (
            ("+ −", self.tr("zoom")),
            ("0", self.tr("whole")),
            ("1", self.tr("every pixel")),
            ("← ↑ ↓ →", self.tr("move")),
            ("PgUp PgDn", self.tr("other photos")),
        ):
            row.addWidget(KeyHint(self._theme, key, text))
        row.addStretch(1)
        return row

    # --- keys ---

    def _make_keys(self) -> dict[int, Callable[[], None]]:
        """Digits and signs only: the letters of the keyboard may be of either language."""
        presenter, canvas = self._presenter, self._canvas
        return {
            Qt.Key.Key_Escape: presenter.close,
            Qt.Key.Key_Plus: lambda: canvas.zoom(STEP),
            Qt.Key.Key_Equal: lambda: canvas.zoom(STEP),
            Qt.Key.Key_Minus: lambda: canvas.zoom(1 / STEP),
            Qt.Key.Key_Underscore: lambda: canvas.zoom(1 / STEP),
            Qt.Key.Key_0: canvas.show_whole,
            Qt.Key.Key_1: canvas.show_real_size,
            Qt.Key.Key_Space: presenter.toggle_copy,
            Qt.Key.Key_PageDown: lambda: presenter.step(1),
            Qt.Key.Key_PageUp: lambda: presenter.step(-1),
            Qt.Key.Key_Left: lambda: self._sideways(-1),
            Qt.Key.Key_Right: lambda: self._sideways(1),
            Qt.Key.Key_Up: lambda: canvas.move_by(0, -_MOVE),
            Qt.Key.Key_Down: lambda: canvas.move_by(0, _MOVE),
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        is_turn = event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in _TURNS
        if is_turn:
            self._presenter.turn(_TURNS[key])
        elif key in self._keys:
            self._keys[key]()
        else:
            super().keyPressEvent(event)

    def _sideways(self, steps: int) -> None:
        """Move a large picture; where there is nothing to move, go to the next one."""
        if self._canvas.is_whole:
            self._presenter.step(steps)
        else:
            self._canvas.move_by(steps * _MOVE, 0)

    def _choose_copy(self, copy: str) -> None:
        self._presenter.show_copy(ShownCopy(copy))
        self._canvas.setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab among what is seen: the fields behind are covered."""
        stops = [self._canvas, *self.findChildren(ActionButton)]
        seen = [stop for stop in stops if stop.isVisible() and stop.isEnabled()]
        if not seen:  # Qt asks once more while this is being hidden.
            return super().focusNextPrevChild(forward)
        focused = QApplication.focusWidget()
        at = seen.index(focused) if focused in seen else 0
        seen[(at + (1 if forward else -1)) % len(seen)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    # --- showing ---

    def _show(self, state: PhotoViewerState) -> None:
        if state.picture is None:
            self._leave()
            return
        self._title.setText(state.title)
        self._name.set_text(state.name)
        self._facts.set_text(state.facts)
        self._copies.show_choice(state.copy.value)
        self._left.setVisible(state.may_turn)
        self._right.setVisible(state.may_turn)
        self._show_remarks(state.remarks)
        self._canvas.setAccessibleName(f"{state.title}. {state.name}")
        if state.picture != self._picture or state.levels or state.notice:
            self._canvas.show_picture(state.levels, state.notice)
        self._picture = state.picture
        if self.isHidden():
            self._return_to = QApplication.focusWidget()
            self.setGeometry(self._page.rect())
            self.show()
            self.raise_()
            self._canvas.setFocus()

    def _show_remarks(self, remarks: tuple[PhotoRemark, ...]) -> None:
        take_widgets_out(self._remarks)
        for remark in remarks:
            self._remarks.addWidget(_RemarkLine(self._theme, remark))

    def _leave(self) -> None:
        seen, self._picture = self._picture, None
        self._canvas.show_picture((), "")
        if self.isHidden():
            return
        target = self._return_to
        (target if target is not None and target.isVisible() else self._page).setFocus()
        self.hide()
        if seen is not None:
            self.left.emit(seen.photo_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._page.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("app"))


class _RemarkLine(QWidget):
    def __init__(self, theme: Theme, remark: PhotoRemark) -> None:
        super().__init__()
        text = ThemedLabel(theme, remark.text, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        spot = IconSpot(theme, remark.icon, remark.role, theme.size("icon"))
        row.addWidget(spot, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
