"""Pages of training: list of lessons, score of a call, and the page that opens the training
mode.
"""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.features.training import words as training_words
from console.features.training.lessons import Lesson
from console.features.training.presenter import OfferState, TrainingOffer, TrainingPresenter
from console.features.training.score import ScoreRow, ScoreShown, TrainingState
from console.ui.buttons import ActionButton, Tone
from console.ui.fields import ProblemLine
from console.ui.labels import KeyHint, KeyLabel, Line, Pill, ThemedLabel, draw_pill, pill_size
from console.ui.layout import CaretInSight, PageStack, scrolled, scrolls
from console.ui.lists import take_widgets_out
from console.ui.notices import IconSpot
from console.ui.paint import draw_keycap, draw_row_ground, draw_text, fill_box
from console.ui.style_sheets import Sheet
from console.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
DIGITS = 9
WHOLE = 100


class LessonModel(QAbstractListModel):
    """List model with a row for each lesson, in the order of ``lessons.json``."""

    def __init__(self) -> None:
        super().__init__()
        self._state = TrainingState()

    def show_state(self, state: TrainingState) -> None:
        if len(state.lessons) != len(self._state.lessons):
            self.beginResetModel()
            self._state = state
            self.endResetModel()
            return
        self._state = state
        if state.lessons:
            self.dataChanged.emit(self.index(0), self.index(len(state.lessons) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._state.lessons)

    def lesson(self, index: Index) -> Lesson:
        return self._state.lessons[index.row()]

    def standing(self, index: Index) -> str:
        """Results of a lesson as text, or a note that it has none."""
        found = self._state.standings.get(self.lesson(index).key)
        if found is None:
            return training_words.not_played()
        return training_words.standing(found.best, found.last)

    def mark(self, index: Index) -> tuple[str, str, str]:
        """Text, icon and kind of the row's badge; the text is empty if there is none."""
        found = self._state.standings.get(self.lesson(index).key)
        if found is None:
            return "", "", "neutral"
        if found.best == WHOLE:
            return f"{found.best} %", "check-circle-fill", "ok"
        return f"{found.best} %", "", "neutral"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.lesson(index).title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.lesson(index).title}, {self.standing(index)}"
            case _:
                return None


class _LessonDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, model: LessonModel, view: QWidget) -> None:
        super().__init__(view)
        self._theme, self._model, self._view = theme, model, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.size("row_nav"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        painter.save()
        area, chosen = draw_row_ground(painter, theme, option, self._view)
        middle = area.center().y()
        left = area.left() + 20
        if index.row() < DIGITS:
            draw_keycap(
                painter,
                theme,
                left,
                middle,
                str(index.row() + 1),
                theme.colour("text-2"),
                theme.colour("line-control"),
            )
        left += theme.size("keycap") + 12
        right = area.right() - 20
        text, icon, kind = self._model.mark(index)
        if text:
            size = pill_size(theme, text, bool(icon))
            pill = QRectF(
                right - size.width(), middle - size.height() / 2, size.width(), size.height()
            )
            draw_pill(painter, theme, pill, text, icon, kind)
            right = pill.left() - 10
        draw_text(
            painter,
            QRectF(left, area.top(), right - left, area.height()),
            self._model.lesson(index).title,
            theme.font("strong" if chosen else "body"),
            theme.colour("text"),
        )
        painter.restore()


class LessonList(QListView):
    """List of lessons. Arrow keys and letters select, a digit or Enter starts, Esc leaves."""

    begun = Signal(str)
    pointed = Signal(object)  # QModelIndex
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.lessons = LessonModel()
        theme.dress(self, Sheet.LIST)
        self.setModel(self.lessons)
        self.setItemDelegate(_LessonDelegate(theme, self.lessons, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("Lessons"))
        self.doubleClicked.connect(lambda index: self.begun.emit(self.lessons.lesson(index).key))
        self.selectionModel().currentChanged.connect(lambda now, _before: self.pointed.emit(now))

    def choose(self, row: int) -> None:
        """Selects a row; the index is limited to the existing rows."""
        last = self.lessons.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self.lessons.index(min(max(row, 0), last)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - Qt.Key.Key_1
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if index.isValid() and not event.isAutoRepeat():
                self.begun.emit(self.lessons.lesson(index).key)
        elif 0 <= digit < min(DIGITS, self.lessons.rowCount()) and not event.modifiers():
            self.choose(digit)
            self.begun.emit(self.lessons.lesson(self.currentIndex()).key)
        else:
            super().keyPressEvent(event)


GOOD_SHARE, FAIR_SHARE = 80, 50
PARAGRAPH_PX, POINTS_PX = 120, 60


class ScoreView(QFrame):
    """Score of a call. Enter returns to the lessons, 1 repeats the lesson, Esc opens the list of
    calls.
    """

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
        self._inside.setAutoFillBackground(False)  # turned on by the area
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lessons = ActionButton(
            theme, self.tr("To lessons"), key="Enter", icon="list-bullets", tone=Tone.MAIN
        )
        lessons.clicked.connect(self.lessons_asked)
        again = ActionButton(theme, self.tr("Try again"), key="1", icon="arrow-clockwise")
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
    """Row of the score. Shape and text convey the result; the colour only repeats it."""

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


WIDEST_PX = 640


class TrainingOfferPage(QFrame):
    """Page that describes the training mode. Enter opens the mode, arrow keys scroll, Esc closes
    the page.
    """

    closed = Signal()

    def __init__(
        self, theme: Theme, presenter: TrainingOffer, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._title = self.tr("Training")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self._title)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 18, 24, 12)
        page.setSpacing(10)
        page.addWidget(ThemedLabel(theme, self._title, style="title"))
        inside = QWidget()
        lead = QVBoxLayout(inside)
        lead.setContentsMargins(0, 0, 0, 0)
        lead.setSpacing(10)
        for label in (
            ThemedLabel(
                theme,
                self.tr(
                    "A second phone on this computer rings like a real caller, speaks "
                    "Russian and waits for your answer. You talk, search, write and save "
                    "as in a real call."
                ),
                role="text-2",
                wrap=True,
            ),
            ThemedLabel(
                theme,
                self.tr(
                    "Training has its own window, call register and directory: its calls "
                    "never reach the real register, reports, the central database or "
                    "anyone's mail."
                ),
                role="text-2",
                wrap=True,
            ),
            KeyLabel(
                theme,
                self.tr(
                    "Real calls still ring in this window. If you do not want them now, "
                    "press F9 and choose a reason."
                ),
                Key.STATE,
                role="text-2",
                wrap=True,
            ),
        ):
            theme.fit(label, lambda it: it.setMaximumWidth(theme.grown(WIDEST_PX)))
            lead.addWidget(label)
        lead.addSpacing(6)
        begin = ActionButton(
            theme,
            self.tr("Open training mode"),
            key="Enter",
            icon="graduation-cap",
            tone=Tone.MAIN,
        )
        begin.clicked.connect(presenter.begin)
        begin.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        buttons = QHBoxLayout()
        buttons.addWidget(begin)
        buttons.addStretch(1)
        lead.addLayout(buttons)
        self._problem = ProblemLine(theme)
        lead.addWidget(self._problem)
        lead.addStretch(1)
        self._area = scrolled(theme, inside)
        CaretInSight(self._area)
        page.addWidget(self._area, 1)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        foot.addStretch(1)
        page.addLayout(foot)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def focus_first(self) -> None:
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._presenter.begin()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif not scrolls(self._area, event):
            super().keyPressEvent(event)

    def _show(self, state: OfferState) -> None:
        self._problem.show_text(state.problem)


class TrainingPage(QWidget):
    """Page with the lessons, or the score of the last call."""

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
        """Returns to the lessons and selects the lesson after the last one played."""
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
    """List of lessons with the task of the selected lesson below."""

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
            theme, self.tr("Call me"), key="Enter", icon="phone-incoming", tone=Tone.MAIN
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
                    "A second phone on this computer calls you over real telephony and "
                    "speaks Russian. After you save the record, you see what was right."
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
        foot.addWidget(KeyHint(theme, "1–9", self.tr("call now")))
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
    """Area with the background of fields."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        fill_box(
            QPainter(self), QRectF(self.rect()), 8, theme.colour("surface"), theme.colour("line")
        )
