"""The page of reports: period, head figures, chart of hours, tables; PDF and Excel by a key."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.presenters.report import ReportPresenter, ReportState
from console.reports.call_report import Figure, ReportContent, Section
from console.reports.charts import draw_hours
from console.views.components.buttons import ActionButton, Tone
from console.views.components.choices import Choice, ChoiceRow
from console.views.components.labels import ElidedLabel, ThemedLabel
from console.views.components.paint import draw_text, fill_box
from console.views.theme import Theme


class ReportPage(QWidget):
    """Shows the content that the files are made of, and nothing else."""

    def __init__(
        self, theme: Theme, presenter: ReportPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        # It is shown without the column at the right, and then has more room than the other pages:
        # what it needs must not be asked of the window while that column stands there.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._periods = ChoiceRow(
            theme,
            self.tr("Period"),
            (
                Choice("day", self.tr("Day")),
                Choice("week", self.tr("Week")),
                Choice("month", self.tr("Month")),
            ),
            tall=False,
        )
        self._periods.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._periods.chosen.connect(presenter.choose_period)
        earlier = ActionButton(theme, "", key="Alt+←", icon="caret-left")
        earlier.setAccessibleName(self.tr("Earlier period, Alt+Left"))
        earlier.clicked.connect(lambda: presenter.move(-1))
        later = ActionButton(theme, "", key="Alt+→", icon="caret-right")
        later.setAccessibleName(self.tr("Later period, Alt+Right"))
        later.clicked.connect(lambda: presenter.move(1))
        for keys, steps in (("Alt+Left", -1), ("Alt+Right", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=steps: presenter.move(by))
        pdf = ActionButton(theme, "PDF", key="Ctrl+P", icon="printer", tone=Tone.MAIN)
        pdf.clicked.connect(presenter.write_pdf)
        xlsx = ActionButton(theme, "XLSX", icon="export")
        xlsx.clicked.connect(presenter.write_xlsx)
        self._subtitle = ElidedLabel(theme, role="text-2")
        self._tiles = [_Tile(theme) for _ in range(6)]
        self._chart = _HoursChart(theme)
        self._tables = QVBoxLayout()
        self._tables.setSpacing(12)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        tiles = QGridLayout()
        tiles.setSpacing(10)
        for number, tile in enumerate(self._tiles):
            tiles.addWidget(tile, 0, number)
        column.addLayout(tiles)
        column.addWidget(self._chart)
        column.addLayout(self._tables)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setAccessibleName(self.tr("Calls"))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(ThemedLabel(theme, self.tr("Calls"), style="title"))
        titles.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(titles, 1)
        head.addWidget(self._periods)
        head.addWidget(earlier)
        head.addWidget(later)
        head.addWidget(xlsx)
        head.addWidget(pdf)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 16, 16, 8)
        page.setSpacing(12)
        page.addLayout(head)
        page.addWidget(scroll, 1)
        self._shown: ReportContent | None = None
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def focus_first(self) -> None:
        self._periods.setFocus()

    def _show(self, state: ReportState) -> None:
        self._periods.show_choice(state.period)
        content = state.content
        if content is None:
            self._subtitle.set_text(state.refused)
            return
        self._subtitle.set_text(content.period)
        if content == self._shown:
            return
        self._shown = content
        for tile, figure in zip(self._tiles, content.figures, strict=True):
            tile.show_figure(figure)
        self._chart.show_content(content)
        while (item := self._tables.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for section in content.sections:
            self._tables.addWidget(_Table(self._theme, section))


class _Tile(QWidget):
    """One figure of the head: name, number and remark."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._figure = Figure("", "", "")
        self.setFixedHeight(theme.size("tile"))

    def show_figure(self, figure: Figure) -> None:
        self._figure = figure
        self.setAccessibleName(f"{figure.name}: {figure.value}. {figure.note}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, figure = self._theme, self._figure
        box = QRectF(self.rect())
        fill_box(painter, box, 8, theme.colour("surface"), theme.colour("line"))
        width = box.width() - 28
        for middle, text, style, role in (
            (0.20, figure.name, "label", "text-2"),
            (0.50, figure.value, "tile", "text"),
            (0.81, figure.note, "label", "text-3"),
        ):
            height = theme.line_px(style) + 2
            top = box.height() * middle - height / 2
            draw_text(
                painter, QRectF(14, top, width, height), text, theme.font(style), theme.colour(role)
            )


class _HoursChart(QWidget):
    """The chart of hours in a card with its legend."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._content: ReportContent | None = None
        self.setFixedHeight(250)
        self.setAccessibleName(self.tr("Calls by hour"))

    def show_content(self, content: ReportContent) -> None:
        self._content = content
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        box = QRectF(self.rect())
        fill_box(painter, box, 8, theme.colour("surface"), theme.colour("line"))
        draw_text(
            painter,
            QRectF(16, 10, box.width() / 2, 22),
            self.tr("Calls by hour"),
            theme.font("section"),
            theme.colour("text"),
        )
        right = box.right() - 16
        for text, role, hatched in (
            (self.tr("missed"), "chart-3", True),
            (self.tr("answered"), "chart-2", False),
        ):
            metrics_width = painter.fontMetrics().horizontalAdvance(text) + 10
            right -= metrics_width
            draw_text(
                painter,
                QRectF(right, 10, metrics_width, 22),
                text,
                theme.font("label"),
                theme.colour("text-2"),
            )
            right -= 18
            pattern = Qt.BrushStyle.BDiagPattern if hatched else Qt.BrushStyle.SolidPattern
            painter.setPen(theme.colour(role))
            painter.setBrush(theme.colour(role))
            brush = painter.brush()
            brush.setStyle(pattern)
            painter.setBrush(brush)
            painter.drawRect(QRectF(right, 15, 12, 12))
            right -= 14
        if self._content is None:
            return
        draw_hours(
            painter,
            QRectF(16, 42, box.width() - 32, box.height() - 54),
            self._content.report.by_hour,
            {
                "bars": theme.colour("chart-2"),
                "missed": theme.colour("chart-3"),
                "grid": theme.colour("chart-grid"),
                "text": theme.colour("text-2"),
            },
            theme.font("label"),
        )


class _Table(QWidget):
    """One section: rows of words with numbers at the right."""

    def __init__(self, theme: Theme, section: Section) -> None:
        super().__init__()
        self._theme = theme
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        columns = len(section.heads)
        grid.addWidget(ThemedLabel(theme, section.title, style="section"), 0, 0, 1, columns)
        for column, head in enumerate(section.heads):
            label = ThemedLabel(theme, head, style="label", role="text-3")
            label.setAlignment(self._side(column))
            grid.addWidget(label, 1, column)
        for line, row in enumerate(section.rows, start=2):
            for column, text in enumerate(row):
                value = ThemedLabel(theme, text)
                value.setAlignment(self._side(column))
                grid.addWidget(value, line, column)
        grid.setColumnStretch(0, 1)

    @staticmethod
    def _side(column: int) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight

    def paintEvent(self, event: QPaintEvent) -> None:
        fill_box(
            QPainter(self),
            QRectF(self.rect()),
            8,
            self._theme.colour("surface"),
            self._theme.colour("line"),
        )
