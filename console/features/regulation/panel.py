"""Right column with the clauses of the Regulation that the current page refers to."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.features.regulation.presenter import (
    ParagraphsPresenter,
    ParagraphsState,
    ShownParagraph,
)
from console.ui.keyboard import announce
from console.ui.labels import KeyHint, Line, Surface, ThemedLabel, WholeLabel
from console.ui.layout import scrolls
from console.ui.lists import take_widgets_out
from console.ui.theme import Theme

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ParagraphPanel(Surface):
    """Panel of clauses. Left and Right show adjacent clauses, Up and Down scroll, Esc closes."""

    def __init__(self, theme: Theme, presenter: ParagraphsPresenter) -> None:
        super().__init__(theme, "surface")
        self._theme = theme
        self._presenter = presenter
        self._said = ""
        self._numbers: tuple[str, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._place = ThemedLabel(theme, style="label", role="text-3")
        self._edition = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        self._area, self._inside = QScrollArea(), QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(20, 8, 20, 14)
        self._column.setSpacing(18)
        self._column.addStretch(1)
        self._lay_out()
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _lay_out(self) -> None:
        theme, area = self._theme, self._area
        area.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)  # turned on by the area
        area.setWidgetResizable(True)
        theme.dress_area(area)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QHBoxLayout()
        top.setContentsMargins(20, 14, 20, 6)
        top.setSpacing(10)
        top.addWidget(ThemedLabel(theme, self.tr("Regulation"), style="section"))
        top.addWidget(self._place, 1)
        top.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 10, 20, 12)
        foot.setSpacing(8)
        foot.addWidget(self._edition)
        foot.addWidget(KeyHint(theme, "←→", self.tr("nearby paragraphs")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(area, 1)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        column.addLayout(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._presenter.close()
        elif key in _STEPS:
            self._presenter.go(_STEPS[key])
        elif not scrolls(self._area, event):
            super().keyPressEvent(event)

    def _show(self, state: ParagraphsState) -> None:
        take_widgets_out(self._column)
        for place, paragraph in enumerate(state.shown):
            self._column.insertWidget(place, _Paragraph(self._theme, paragraph))
        self._place.setText(state.place)
        self._edition.setText(state.edition)
        if tuple(one.number for one in state.shown) != self._numbers:
            self._area.verticalScrollBar().setValue(0)
        self._numbers = tuple(one.number for one in state.shown)
        said = " ".join(
            ". ".join(filter(None, (each.heading, each.edition, each.summary)))
            for each in state.shown
        )
        self.setAccessibleName(said or self.tr("Regulation"))
        self.setAccessibleDescription("\n".join(each.text for each in state.shown if each.text))
        if self.hasFocus() and said != self._said:
            announce(self, said)
        self._said = said


class _Paragraph(QWidget):
    """Clause of the Regulation with its number, one-line summary, and the city's text."""

    def __init__(self, theme: Theme, paragraph: ShownParagraph) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(ThemedLabel(theme, paragraph.heading, style="strong", role="accent"))
        if paragraph.edition:
            column.addWidget(WholeLabel(theme, paragraph.edition, style="label", role="text-2"))
        if paragraph.summary:
            column.addWidget(WholeLabel(theme, paragraph.summary, style="spoken"))
        if paragraph.text:
            text = WholeLabel(theme, paragraph.text, role="text-2")
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(text)
