"""The page that offers the training calls, one button a lesson."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.presenters.training import TrainingPresenter, TrainingState
from console.training.lessons import Lesson
from console.views.components.buttons import ActionButton
from console.views.components.fields import ProblemLine
from console.views.components.labels import KeyHint, ThemedLabel
from console.views.components.notices import IconSpot
from console.views.components.paint import fill_box
from console.views.components.scrolling import SCROLLS
from console.views.theme import Theme


class TrainingPage(QWidget):
    """Lessons as cards; a digit or a click makes the training caller ring."""

    closed = Signal()

    def __init__(
        self, theme: Theme, presenter: TrainingPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 18, 24, 12)
        page.setSpacing(10)
        page.addWidget(ThemedLabel(theme, self.tr("Training call"), style="title"))
        page.addWidget(
            ThemedLabel(
                theme,
                self.tr(
                    "A second phone on this computer calls you over real telephony and speaks"
                    " Russian. Choose a lesson; its record stays in the training mode."
                ),
                role="text-2",
                wrap=True,
            )
        )
        self._cards = [
            _LessonCard(theme, lesson, str(number))
            for number, lesson in enumerate(presenter.state.lessons, start=1)
        ]
        inside = QWidget()
        lessons = QVBoxLayout(inside)
        lessons.setContentsMargins(0, 0, 0, 0)
        lessons.setSpacing(10)
        for card in self._cards:
            card.chosen.connect(presenter.begin)
            lessons.addWidget(card)
        lessons.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        inside.setAutoFillBackground(False)  # which the area has just turned on
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        page.addWidget(area, 1)
        self._area = area
        self._problem = ProblemLine(theme)
        page.addWidget(self._problem)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "1–9", self.tr("choose a lesson")))
        foot.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        foot.addStretch(1)
        page.addLayout(foot)
        presenter.changed.connect(self._show)

    def focus_first(self) -> None:
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - Qt.Key.Key_1
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif 0 <= digit < len(self._cards):
            self._presenter.begin(self._cards[digit].key)
        elif (action := SCROLLS.get(event.key())) is not None:
            self._area.verticalScrollBar().triggerAction(action)
        else:
            super().keyPressEvent(event)

    def _show(self, state: TrainingState) -> None:
        self._problem.show_text(state.problem)
        for card in self._cards:
            card.setEnabled(state.running is None)


class _LessonCard(QWidget):
    """One lesson: title, hint for the operator, and the button that starts it."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, lesson: Lesson, digit: str) -> None:
        super().__init__()
        self._theme = theme
        self.key = lesson.key
        start = ActionButton(theme, self.tr("Ring me"), key=digit, icon="phone-incoming")
        start.clicked.connect(lambda: self.chosen.emit(self.key))
        start.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(ThemedLabel(theme, lesson.title, style="strong", wrap=True))
        texts.addWidget(ThemedLabel(theme, lesson.hint, style="label", role="text-2", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 10, 10)
        row.setSpacing(12)
        row.addWidget(IconSpot(theme, "headset", "accent", theme.size("icon_call")))
        row.addLayout(texts, 1)
        row.addWidget(start)

    def paintEvent(self, event: QPaintEvent) -> None:
        fill_box(
            QPainter(self),
            QRectF(self.rect()),
            8,
            self._theme.colour("surface"),
            self._theme.colour("line"),
        )
