"""The pages of the training mode: the lessons to choose from, and the score of the last one."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.presenters.training import TrainingPresenter
from console.presenters.training_score import TrainingState
from console.views.components.buttons import ActionButton, Tone
from console.views.components.field_row import ProblemLine
from console.views.components.labels import KeyHint, ThemedLabel
from console.views.components.page_stack import PageStack
from console.views.components.paint import fill_box
from console.views.theme import Theme
from console.views.training.lesson_list import LessonList
from console.views.training.score_view import ScoreView


class TrainingPage(QWidget):
    """Lessons, or what came of the one that was played last."""

    closed = Signal()

    def __init__(
        self, theme: Theme, presenter: TrainingPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._lessons = _LessonsView(theme, presenter)
        self._score = ScoreView(theme)
        self._pages = PageStack()
        self._pages.addWidget(self._lessons)
        self._pages.addWidget(self._score)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._pages)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lessons.list.left.connect(self.closed)
        self._score.again_asked.connect(presenter.begin)
        self._score.lessons_asked.connect(self._to_next)
        self._score.left.connect(self.closed)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def focus_first(self) -> None:
        if self._pages.currentWidget() is self._score:
            self._score.setFocus()
        else:
            self._lessons.list.setFocus()

    def _to_next(self) -> None:
        """Back to the lessons, where the one after that which was played is pointed at."""
        state = self._presenter.state
        played = "" if state.score is None else state.score.lesson
        keys = [lesson.key for lesson in state.lessons]
        self._presenter.offer()
        if played in keys:
            self._lessons.list.choose(keys.index(played) + 1)
        self.focus_first()

    def _show(self, state: TrainingState) -> None:
        had_focus = self.isAncestorOf(self.focusWidget() or self)
        self._lessons.show_state(state)
        if state.score is None:
            self._pages.setCurrentWidget(self._lessons)
        else:
            self._score.show_score(state.score, state.problem)
            self._pages.setCurrentWidget(self._score)
        if had_focus and self.isVisible():
            self.focus_first()


class _LessonsView(QWidget):
    """The list, and below it the task of the lesson that is pointed at."""

    def __init__(self, theme: Theme, presenter: TrainingPresenter) -> None:
        super().__init__()
        self._theme = theme
        self.list = LessonList(theme)
        self.list.begun.connect(presenter.begin)
        self.list.pointed.connect(lambda _index: self._describe())
        self._name = ThemedLabel(theme, style="section", wrap=True)
        self._hint = ThemedLabel(theme, role="text-2", wrap=True)
        self._standing = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        self._begin = ActionButton(
            theme, self.tr("Ring me"), key="Enter", icon="phone-incoming", tone=Tone.MAIN
        )
        self._begin.clicked.connect(self._press)
        self._begin.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._problem = ProblemLine(theme)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 18, 24, 12)
        page.setSpacing(10)
        page.addWidget(ThemedLabel(theme, self.tr("Training calls"), style="title"))
        page.addWidget(
            ThemedLabel(
                theme,
                self.tr(
                    "A second phone on this computer calls you over real telephony and speaks"
                    " Russian. When the record is saved you see what was right in it."
                ),
                role="text-2",
                wrap=True,
            )
        )
        page.addWidget(self._boxed(self.list, margin_px=6), 1)
        page.addWidget(self._boxed(self._task(), margin_px=14))
        page.addWidget(self._problem)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "↑ ↓", self.tr("choose a lesson")))
        foot.addWidget(KeyHint(theme, "1–9", self.tr("ring at once")))
        foot.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        foot.addStretch(1)
        page.addLayout(foot)

    def _task(self) -> QWidget:
        task = QWidget()
        column = QVBoxLayout(task)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._name, self._hint):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._begin)
        row.addWidget(self._standing, 1)
        column.addSpacing(4)
        column.addLayout(row)
        return task

    def _boxed(self, inside: QWidget, *, margin_px: int) -> QWidget:
        box = _Box(self._theme)
        column = QVBoxLayout(box)
        column.setContentsMargins(margin_px, margin_px, margin_px, margin_px)
        column.addWidget(inside)
        return box

    def show_state(self, state: TrainingState) -> None:
        self.list.lessons.show_state(state)
        if not self.list.currentIndex().isValid():
            self.list.choose(0)
        self._problem.show_text(state.problem)
        self._begin.setEnabled(state.running is None)
        self._describe()

    def _describe(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            lesson = self.list.lessons.lesson(index)
            self._name.setText(lesson.title)
            self._hint.setText(lesson.hint)
            self._standing.setText(self.list.lessons.standing(index))

    def _press(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.list.begun.emit(self.list.lessons.lesson(index).key)


class _Box(QWidget):
    """An area on the ground of fields."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        fill_box(
            QPainter(self), QRectF(self.rect()), 8, theme.colour("surface"), theme.colour("line")
        )
