"""The kinds among the results, each with its number: a click or a key shows one kind alone."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from console import words
from console.presenters.directory_state import KindChip
from console.views.components.paint import draw_text, fill_box, text_width
from console.views.theme import Theme
from kb.entries import EntryKind

PADDING_PX, SPACING_PX = 4, 4


class _Chip(QAbstractButton):
    """Paints itself; the caret stays in the search field when it is clicked."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_chip(self, chip: KindChip, *, counted: bool) -> None:
        text = f"{chip.name} {chip.count}"
        self.setAccessibleName(text)
        if not counted and not chip.is_chosen:
            text = chip.name
        if text != self.text():
            self.setText(text)
            self.updateGeometry()
        self.setChecked(chip.is_chosen)

    def sizeHint(self) -> QSize:
        width = text_width(self._theme.font("state"), self.text()) + 2 * PADDING_PX
        return QSize(round(width) + 1, self._theme.size("target_min"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        box = QRectF(self.rect())
        if self.isChecked():
            fill_box(painter, box, 6, theme.colour("selected"), theme.colour("accent"), 2)
        else:
            ground = "hover" if self.underMouse() else "neutral-soft"
            border = theme.colour("line-control") if theme.name == "contrast" else None
            fill_box(painter, box, 6, theme.colour(ground), border)
        draw_text(
            painter,
            box.adjusted(PADDING_PX, 0, -PADDING_PX + 1, 0),
            self.text(),
            theme.font("state"),
            theme.colour("accent" if self.isChecked() else "text-2"),
        )


class KindChips(QWidget):
    """One chip for each kind that was found; none chosen means all kinds together."""

    chosen = Signal(object)  # EntryKind

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Kinds of what was found"))
        self.setToolTip(self.tr("One kind alone: Alt with the arrows to the sides"))
        self._theme = theme
        self._shown: tuple[KindChip, ...] = ()
        self._chips = {kind: _Chip(theme, words.directory.kind_name(kind)) for kind in EntryKind}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING_PX)
        for kind, chip in self._chips.items():
            chip.clicked.connect(lambda _checked, one=kind: self.chosen.emit(one))
            chip.setVisible(False)
            row.addWidget(chip)
        row.addStretch(1)
        self.setVisible(False)

    def show_chips(self, chips: tuple[KindChip, ...]) -> None:
        if chips != self._shown:
            self._shown = chips
            kinds = {chip.kind for chip in chips}
            for kind, button in self._chips.items():
                button.setVisible(kind in kinds)
            self._fit()
            self.setVisible(bool(chips))

    def _fit(self) -> None:
        """Where there is no room for all the numbers, only the chosen kind tells its own."""
        font = self._theme.font("state")
        wanted = sum(
            text_width(font, f"{chip.name} {chip.count}") + 2 * PADDING_PX + 1 + SPACING_PX
            for chip in self._shown
        )
        counted = wanted - SPACING_PX <= self.width()
        for chip in self._shown:
            self._chips[chip.kind].show_chip(chip, counted=counted)

    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.size("target_min"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
