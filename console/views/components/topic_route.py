"""The route of a message's topic: who answers, who takes part, the term, what to check."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from console.presenters.topic_route import TopicRoutePresenter, TopicRouteState
from console.views.components.documents_strip import DocumentsStrip
from console.views.components.labels import ThemedLabel
from console.views.components.paint import fill_box
from console.views.theme import Theme


class TopicRouteView(QWidget):
    """A panel of names and values; what is not set takes no room, and nothing set none at all."""

    def __init__(
        self, theme: Theme, presenter: TopicRoutePresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = ThemedLabel(theme, style="section", wrap=True)
        self._lines = [
            _Line(theme, name)
            for name in (
                self.tr("Answers"),
                self.tr("Take part"),
                self.tr("Route"),
                self.tr("Answer term"),
                self.tr("What to check"),
            )
        ]
        self._documents = DocumentsStrip(theme)
        self._documents.opened.connect(presenter.open)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        theme.fit(grid, lambda it: it.setColumnMinimumWidth(0, theme.size("label_col")))
        for row, line in enumerate(self._lines):
            grid.addWidget(line.name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(line.value, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addLayout(grid)
        column.addWidget(self._documents)
        theme.changed.connect(self.update)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def open_document(self) -> None:
        """Open the one document, or ask which of several."""
        self._documents.open_first()

    def _show(self, state: TopicRouteState) -> None:
        self._title.setText(state.title)
        values = (
            state.organ,
            "\n".join(state.participants),
            state.route,
            state.term,
            "\n".join(f"• {line}" for line in state.checklist),
        )
        for line, value in zip(self._lines, values, strict=True):
            line.show_value(value)
        self._documents.show_documents(state.documents)
        said = [
            line.name.text() + ": " + value
            for line, value in zip(self._lines, values, strict=True)
            if value
        ]
        self.setAccessibleName(". ".join((state.title, *said)))
        self.setVisible(bool(state.title))

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, edge = self._theme.colour("surface"), self._theme.colour("line")
        fill_box(QPainter(self), QRectF(self.rect()), 8, ground, edge)


class _Line:
    """A name and its value."""

    def __init__(self, theme: Theme, name: str) -> None:
        self.name = ThemedLabel(theme, name, role="text-2")
        self.value = ThemedLabel(theme, wrap=True)

    def show_value(self, text: str) -> None:
        self.value.setText(text)
        for part in (self.name, self.value):
            part.setVisible(bool(text))
