"""The score of a training call: the points, and each item with its paragraph."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.presenters.training_score import ScoreRow, ScoreShown
from console.views.components.buttons import ActionButton, Tone
from console.views.components.emptied import take_widgets_out
from console.views.components.field_row import ProblemLine
from console.views.components.labels import KeyHint, Line, Pill, ThemedLabel
from console.views.components.notices import IconSpot
from console.views.components.paint import fill_box
from console.views.components.scrolling import scrolls
from console.views.theme import Theme

GOOD_SHARE, FAIR_SHARE = 80, 50
PARAGRAPH_PX, POINTS_PX = 120, 60


class ScoreView(QFrame):
    """Enter leads to the lessons, 1 plays the same one again, Esc goes to the list of calls."""

    again_asked = Signal(str)
    lessons_asked = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lesson = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Score"))
        self._title = ThemedLabel(theme, role="text-2", wrap=True)
        self._head = ThemedLabel(theme, style="title")
        self._share = Pill(theme)
        self._verdict = ThemedLabel(theme, style="strong", wrap=True)
        self._problem = ProblemLine(theme)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._head)
        head.addWidget(self._share)
        head.addStretch(1)
        self._inside = QWidget()
        self._inside.setAutoFillBackground(False)
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addStretch(1)
        self._area = QScrollArea()
        theme.dress_area(self._area)
        self._area.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)  # which the area has just turned on
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lessons = ActionButton(
            theme, self.tr("To the lessons"), key="Enter", icon="list-bullets", tone=Tone.MAIN
        )
        lessons.clicked.connect(self.lessons_asked)
        again = ActionButton(theme, self.tr("Play again"), key="1", icon="arrow-clockwise")
        again.clicked.connect(lambda: self.again_asked.emit(self._lesson))
        for button in (lessons, again):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 18, 24, 12)
        page.setSpacing(8)
        page.addWidget(self._title)
        page.addLayout(head)
        page.addWidget(self._verdict)
        page.addWidget(self._area, 1)
        page.addWidget(self._problem)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(lessons)
        foot.addWidget(again)
        foot.addSpacing(8)
        foot.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        foot.addStretch(1)
        page.addLayout(foot)

    def show_score(self, score: ScoreShown, problem: str) -> None:
        self._lesson = score.lesson
        self._title.setText(f"{score.title} · {score.number}")
        self._head.setText(score.head)
        kind = "ok" if score.share >= GOOD_SHARE else "warn"
        kind = "danger" if score.share < FAIR_SHARE else kind
        icon = "check-circle-fill" if score.share >= GOOD_SHARE else "warning-fill"
        self._share.set_state(f"{score.share} %", icon=icon, kind=kind)
        self._verdict.setText(score.verdict)
        self._problem.show_text(problem)
        take_widgets_out(self._rows)
        for place, row in enumerate(score.rows):
            if place:
                self._add(Line(self._theme, Qt.Orientation.Horizontal))
            self._add(_ItemRow(self._theme, row))
        self.setAccessibleName(f"{score.title}: {score.head}. {score.verdict}")

    def _add(self, row: QWidget) -> None:
        self._rows.insertWidget(self._rows.count() - 1, row)  # above the stretch

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.lessons_asked.emit()
        elif event.text() == "1" and not event.isAutoRepeat():
            self.again_asked.emit(self._lesson)
        elif not scrolls(self._area, event):
            super().keyPressEvent(event)


class _ItemRow(QWidget):
    """Shape and word say what was right; the colour only repeats it."""

    def __init__(self, theme: Theme, row: ScoreRow) -> None:
        super().__init__()
        self._theme = theme
        icon, role = ("check-circle-fill", "ok") if row.is_right else ("x-circle-fill", "danger")
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(
            ThemedLabel(theme, row.text, style="body" if row.is_right else "strong", wrap=True)
        )
        if row.detail:
            texts.addWidget(ThemedLabel(theme, row.detail, style="label", role="text-2", wrap=True))
        paragraph = ThemedLabel(theme, row.paragraph, style="label", role="text-3")
        theme.fit(paragraph, lambda it: it.setMinimumWidth(theme.grown(PARAGRAPH_PX)))
        points = ThemedLabel(theme, row.points, style="label", role="text-2")
        points.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        theme.fit(points, lambda it: it.setMinimumWidth(theme.grown(POINTS_PX)))
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 7, 12, 7)
        line.setSpacing(10)
        line.addWidget(
            IconSpot(theme, icon, role, theme.size("icon")), 0, Qt.AlignmentFlag.AlignTop
        )
        line.addLayout(texts, 1)
        line.addWidget(paragraph)
        line.addWidget(points)
        self.setAccessibleName(f"{row.text}. {row.detail} {row.paragraph}, {row.points}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill_box(painter, QRectF(self.rect()), 0, self._theme.colour("surface"))
