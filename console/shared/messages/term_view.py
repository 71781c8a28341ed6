"""Widgets for the deadline of a message, its explanation, and the routing rule of a topic."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from console.shared.directory.hits_view import DocumentsStrip
from console.shared.messages.terms import NO_TERM, TermState, Urgency
from console.shared.messages.topic_route import TopicRoutePresenter, TopicRouteState
from console.ui.buttons import RING_PX, ThemedButton
from console.ui.labels import ThemedLabel
from console.ui.paint import draw_focus_ring, draw_icon, draw_text, fill_box, text_width
from console.ui.theme import Theme

GAP_PX = 6
LEAST_SHARE = 0.12  # the last day still counts as remaining
_FULL_TURN = 360 * 16  # Qt measures angles in 1/16 degree
_TWELVE_O_CLOCK = 90 * 16

# The colour only supports shape and text.
_ROLES = {
    Urgency.NOT_SET: "text-3",
    Urgency.CALM: "text-2",
    Urgency.NEAR: "warn",
    Urgency.LAST_DAY: "warn",
    Urgency.OVER: "danger",
}


def term_role(state: TermState) -> str:
    """Colour role of a deadline's text."""
    return _ROLES[state.urgency]


def draw_term_mark(painter: QPainter, theme: Theme, area: QRectF, state: TermState) -> None:
    """Draws the symbol of a deadline, centred: a pie of the remaining time, or an octagon."""
    size = theme.size("icon_meta")
    colour = theme.colour(term_role(state))
    match state.urgency:
        case Urgency.OVER:
            draw_icon(painter, "warning-octagon-fill", area, size, colour)
            return
        case Urgency.NOT_SET:
            draw_icon(painter, "minus-circle", area, size, colour)
            return
        case _:
            box = QRectF(0, 0, size - 2, size - 2)
            box.moveCenter(area.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    turn = round(_FULL_TURN * max(state.share, LEAST_SHARE))
    painter.drawPie(box.adjusted(2, 2, -2, -2), _TWELVE_O_CLOCK, -turn)
    painter.restore()


def draw_term(
    painter: QPainter, theme: Theme, area: QRectF, state: TermState, style: str = "label"
) -> None:
    """Draws a deadline in a list row: symbol and short text, elided if necessary."""
    size = theme.size("icon_meta")
    draw_term_mark(painter, theme, QRectF(area.left(), area.top(), size, area.height()), state)
    left = area.left() + size + GAP_PX
    draw_text(
        painter,
        QRectF(left, area.top(), area.right() - left, area.height()),
        state.short,
        theme.font(style),
        theme.colour(term_role(state)),
    )


class TermLine(ThemedButton):
    """«до чт 26.11.2026 · осталось 2 рабочих дня»; Enter, Space or a click shows the reasons.

    The reasons are also in the tool tip and in the widget `why`, which the page places in its
    layout.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._state = NO_TERM
        self.why = TermWhy(theme)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._tell_why)
        self.show_term(None)

    @property
    def state(self) -> TermState:
        return self._state

    def show_term(self, state: TermState | None) -> None:
        """Shows the deadline; None hides the line."""
        self._state = state or NO_TERM
        self.setVisible(state is not None)
        self.setAccessibleName(self._state.sentence)
        self.setAccessibleDescription(" ".join(self._state.why))
        self.setToolTip("\n".join(self._state.why))
        self.why.show_lines(self._state.why)
        self._tell_why(self.isChecked())
        self.updateGeometry()
        self.update()

    def _tell_why(self, asked: bool) -> None:
        self.why.setVisible(asked and bool(self._state.why))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.toggle()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        theme = self._theme
        width = 2.0 * (RING_PX + 4) + 2 * (theme.size("icon_meta") + GAP_PX)
        width += text_width(theme.font("strong"), self._state.until)
        if self._state.left:
            width += text_width(theme.font("body"), self._joined_left())
        return QSize(round(width) + 4, theme.size("target_min") + 2 * RING_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(4 * self._theme.size("icon_meta"), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, state = self._theme, self._state
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(RING_PX, RING_PX, -RING_PX, -RING_PX)
        if self.underMouse():
            fill_box(painter, box, 6, theme.colour("hover"))
        if self.hasFocus():
            draw_focus_ring(painter, theme, QRectF(self.rect()))
        size = theme.size("icon_meta")
        left = box.left() + 4
        draw_term_mark(painter, theme, QRectF(left, box.top(), size, box.height()), state)
        left += size + GAP_PX
        end = box.right() - 4 - size - GAP_PX
        left += draw_text(
            painter,
            QRectF(left, box.top(), max(0.0, end - left), box.height()),
            state.until,
            theme.font("strong"),
            theme.colour("text" if state.urgency is Urgency.CALM else term_role(state)),
        )
        if state.left and left < end:
            draw_text(
                painter,
                QRectF(left, box.top(), end - left + 2, box.height()),
                self._joined_left(),
                theme.font("body"),
                theme.colour(term_role(state)),
            )
        caret = "caret-up" if self.isChecked() else "caret-down"
        area = QRectF(box.right() - 4 - size, box.top(), size, box.height())
        draw_icon(painter, caret, area, size, theme.colour("text-3"))

    def _joined_left(self) -> str:
        return f" · {self._state.left}"


class TermWhy(QWidget):
    """Reasons for a deadline, one sentence a line, on a tinted background."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ThemedLabel(theme, role="text-2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self._text)
        self.setVisible(False)
        theme.changed.connect(self.update)

    def show_lines(self, lines: tuple[str, ...]) -> None:
        self._text.setText("\n".join(lines))
        self.setAccessibleName(" ".join(lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        border = self._theme.colour("line") if self._theme.name == "contrast" else None
        ground = self._theme.colour("accent-soft")
        fill_box(QPainter(self), QRectF(self.rect()), 8, ground, border)


class TopicRouteView(QWidget):
    """Panel of names and values; unset values are hidden, and the panel too if all are unset."""

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
                self.tr("Participants"),
                self.tr("Route"),
                self.tr("Answer within"),
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
        """Opens the document, or shows a selection if there are several."""
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
    def __init__(self, theme: Theme, name: str) -> None:
        self.name = ThemedLabel(theme, name, role="text-2")
        self.value = ThemedLabel(theme, wrap=True)

    def show_value(self, text: str) -> None:
        self.value.setText(text)
        for part in (self.name, self.value):
            part.setVisible(bool(text))
