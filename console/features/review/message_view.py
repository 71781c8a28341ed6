"""Middle column of a review: the message with its fields, or its comparison with another
message.
"""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.features.review import decision_words
from console.features.review.checklist_view import FindingsList
from console.features.review.decision import DecisionPresenter
from console.features.review.decision_state import DecisionState, Mode
from console.features.review.presenter import ReviewPresenter, ReviewState
from console.shared.messages.classifier import Classifier
from console.shared.messages.fields_view import CategoryField
from console.shared.messages.term_view import TermLine, TopicRouteView
from console.ui.fields import FieldRow, LineField
from console.ui.labels import ElidedLabel, KeyHint, Pill, ThemedLabel
from console.ui.notices import IconSpot
from console.ui.paint import fill_box
from console.ui.read_text import ComparedText, ReviewedText
from console.ui.text_field import TextMarks
from console.ui.theme import Theme


class ComparisonView(QWidget):
    """Side-by-side comparison with an earlier message (clause 6.4).

    The message under review is on the left, the earlier one with number, status and deadline on the
    right.
    """

    def __init__(
        self, theme: Theme, presenter: DecisionPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ours = ComparedText(theme, self.tr("This message"))
        self._theirs = ComparedText(theme, self.tr("Earlier message"))
        self._number = ThemedLabel(theme, style="section")
        self._status = Pill(theme)
        self._term = TermLine(theme)
        self._category = ElidedLabel(theme, role="text-2")
        self._score = ThemedLabel(theme, role="text-2")
        self._verdict = ThemedLabel(theme, style="state", wrap=True)
        left = QVBoxLayout()
        left.setSpacing(6)
        ours = ThemedLabel(theme, self.tr("This message"), style="section")
        for title in (ours, self._number):
            theme.fit(title, lambda it: it.setFixedHeight(theme.size("pill")))
        left.addWidget(ours)
        left.addWidget(self._ours)
        left.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(self._number)
        head.addWidget(self._status)
        head.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addLayout(head)
        right.addWidget(self._theirs)
        right.addWidget(self._category)
        right.addWidget(self._score)
        right.addWidget(self._term, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self._term.why)
        right.addWidget(self._verdict)
        right.addStretch(1)
        self._legend = ThemedLabel(
            theme,
            self.tr("Words missing from the other message are underlined."),
            style="label",
            role="text-3",
        )
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 16, 10)
        column.setSpacing(8)
        column.addLayout(sides, 1)
        column.addWidget(self._legend)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _show(self, state: DecisionState) -> None:
        comparison = state.comparison
        if state.mode is not Mode.DUPLICATE or comparison is None:
            return
        row = state.similar[state.chosen]
        self._ours.show_text(comparison.ours, comparison.ours_alone)
        self._theirs.show_text(comparison.theirs, comparison.theirs_alone)
        self._number.setText(f"№ {row.number}")
        text, icon, role = row.status
        kinds = {"ok": "ok", "warn": "warn", "danger": "danger"}
        self._status.set_state(text, icon=icon, kind=kinds.get(role, "neutral"))
        self._term.show_term(row.term if row.term.until else None)
        self._category.set_text(row.category)
        self._score.setText(f"{row.score} · {row.reason}")
        self._verdict.setText(decision_words.may_repeat(row.may_repeat))
        self._verdict.set_role("ok" if row.may_repeat else "warn")


NARROW_PX = 520
VERY_NARROW_PX = 380  # narrower rows would cut off a date next to its label


class MessageColumn(QWidget):
    """Heading, text, findings and fields of the message under review.

    A field is saved when it loses the focus.
    """

    left = Signal()  # Enter in a field: focus returns to the text

    def __init__(
        self,
        theme: Theme,
        presenter: ReviewPresenter,
        classifier: Classifier,
        photos: QWidget,
        route: TopicRouteView,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        self._photos = photos
        self._route = route
        self._build_head()
        self._question = _Question(theme)
        self.text = ReviewedText(theme, self.tr("Message text"), (4, 11))
        self._marks = TextMarks(self.text, theme)
        self._trouble = ThemedLabel(theme, style="state", role="danger", wrap=True)
        self._findings = FindingsList(theme)
        self._findings.moved.connect(self._point)
        self._build_fields(classifier)
        self._lay_out()
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _build_head(self) -> None:
        theme = self._theme
        self._title = ThemedLabel(theme, style="title")
        self._publicity = Pill(theme)
        self._term = TermLine(theme)
        self._subtitle = ElidedLabel(theme, role="text-2")
        self._author = ElidedLabel(theme, role="text-2")

    def _build_fields(self, classifier: Classifier) -> None:
        theme, presenter = self._theme, self._presenter
        self._place = LineField(theme, self.tr("Street, house or landmark"))
        self._date = LineField(theme, self.tr("DD.MM.YYYY"))
        self._time = LineField(theme, self.tr("HH:MM"))
        self._date.keep_room_for("00.00.0000")
        self._time.keep_room_for("00:00")
        self._category = CategoryField(theme, dict(classifier.texts))
        classifier.changed.connect(lambda: self._category.set_choices(dict(classifier.texts)))
        for name, field in (("place", self._place), ("date", self._date), ("time", self._time)):
            field.textEdited.connect(lambda text, n=name: presenter.set_field(n, text))
            field.left.connect(presenter.keep)
            field.returnPressed.connect(self.left)
        self._category.chosen.connect(presenter.set_category)
        self._rows = {
            "place": FieldRow(theme, self.tr("Where?"), self._place, paragraphs=("6.1",)),
            "when": FieldRow(theme, self.tr("When?"), self._date, self._time, paragraphs=("6.1",)),
            "category": FieldRow(theme, self.tr("Topic"), self._category, paragraphs=("5.3",)),
        }
        self._rows["when"].body.addStretch(1)

    def _lay_out(self) -> None:
        theme = self._theme
        self._names = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._names.setSpacing(4)
        self._names.addWidget(self._title)
        self._names.addWidget(self._term, 1, Qt.AlignmentFlag.AlignRight)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self._publicity)
        below.addWidget(self._subtitle, 1)
        inside = QWidget()
        inside.setAutoFillBackground(False)
        theme.fit(
            inside, lambda it: it.setMaximumWidth(theme.size("form_max") + theme.size("label_col"))
        )
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 4, 0)
        body.setSpacing(8)
        body.addWidget(self._term.why)
        body.addWidget(self._question)
        body.addWidget(self.text)
        body.addWidget(self._trouble)
        body.addWidget(self._findings)
        body.addSpacing(2)
        for row in self._rows.values():
            body.addWidget(row)
        body.addSpacing(4)
        body.addWidget(self._photos)
        body.addWidget(self._route)
        body.addStretch(1)
        scroll = _Fields()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        theme.dress_area(scroll)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.setSpacing(14)
        foot.addWidget(KeyHint(theme, "Esc", self.tr("back to queue")))
        self._hints = (
            KeyHint(theme, Key.NEXT_FINDING, self.tr("next finding")),
            KeyHint(theme, "Ctrl+→", self.tr("another message")),
        )
        for hint in self._hints:
            foot.addWidget(hint)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 16, 10)
        column.setSpacing(4)
        column.addLayout(self._names)
        column.addLayout(below)
        column.addWidget(self._author)
        column.addSpacing(4)
        column.addWidget(scroll, 1)
        column.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < self._theme.grown(NARROW_PX)
        for hint in self._hints:
            hint.setVisible(not is_narrow)
        is_very_narrow = self.width() < self._theme.grown(VERY_NARROW_PX)
        for row in self._rows.values():
            row.set_narrow(is_very_narrow)
        # Number and deadline are never cut off; if they do not fit, the deadline moves below the
        # number.
        direction = QBoxLayout.Direction
        self._names.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        side = Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag.AlignRight
        self._names.setAlignment(self._term, side)

    def focus_text(self) -> None:
        self.text.setFocus()

    def open_document(self) -> None:
        """Opens the document of the message's topic, or a selection list if there are several."""
        self._route.open_document()

    def settle(self) -> None:
        """Applies the input of the category field before a decision."""
        self._category.settle()

    def focus_first_problem(self) -> bool:
        """Focuses the first field that prevents the registration or has a conflict.

        Returns False if there is none.
        """
        targets = {"place": self._place, "when": self._date, "category": self._category}
        for name, target in targets.items():
            if name in self._presenter.state.problems or name in self._presenter.state.elsewhere:
                target.setFocus()
                return True
        return False

    def row_with_caret(self) -> str:
        """Returns the form row of the focused field; empty if no field is focused."""
        rows = {
            "place": (self._place,),
            "when": (self._date, self._time),
            "category": (self._category,),
        }
        return next((name for name, row in rows.items() if any(f.hasFocus() for f in row)), "")

    def is_field(self, widget: QWidget | None) -> bool:
        """Whether the widget is one of the editable fields."""
        return widget in (self._place, self._date, self._time, self._category)

    def _point(self, number: int) -> None:
        self._presenter.point(number)

    def _show(self, state: ReviewState) -> None:
        self._title.setText(state.title)
        words, icon, kind = state.publicity
        self._publicity.set_state(words, icon=icon, kind=kind)
        self._publicity.setVisible(bool(words))
        self._term.show_term(state.term)
        self._subtitle.set_text(state.subtitle)
        self._author.set_text(state.author)
        self._question.show_text(state.question)
        if self.text.toPlainText() != state.text:
            self._marks.show_marks(())
            self.text.replace_text(state.text)
        self._marks.show_marks(state.marks)
        self._photos.setVisible(state.photos > 0)
        self._trouble.setText(state.trouble)
        self._trouble.setVisible(bool(state.trouble))
        self._findings.show_rows(state.findings, state.pointed)
        fields = state.fields
        self._place.replace_text(fields.get("place", ""))
        self._date.replace_text(fields.get("date", ""))
        self._time.replace_text(fields.get("time", ""))
        self._category.show_value(fields.get("category", ""), fields.get("category_text", ""))
        for name, row in self._rows.items():
            row.show_problem(state.problems.get(name, ""))
            row.show_elsewhere(state.elsewhere.get(name, ""))

    def show_pointed(self) -> None:
        """Selects the text of the current finding."""
        state = self._presenter.state
        row = state.findings[state.pointed] if state.pointed >= 0 else None
        if row is not None and row.mark is not None:
            self._marks.select(row.mark)
        else:
            self.text.setFocus()


class _Fields(QScrollArea):
    """Scroll area that ignores key presses, because the page handles them."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class _Question(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text = ThemedLabel(theme, style="state", role="warn", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(IconSpot(theme, "chat-centered-text", "warn", theme.size("icon")))
        row.addWidget(self._text, 1)
        theme.changed.connect(self.update)

    def show_text(self, text: str) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = self._theme.colour("warn-soft")
        fill_box(QPainter(self), QRectF(self.rect()), 8, ground)
