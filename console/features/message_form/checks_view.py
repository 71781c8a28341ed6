"""Right column of the message form: open messages, check findings, questions for the caller.

Below the findings it shows the answering authority, the deadline and the documents of the topic.
"""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.core.default_keys import Key
from console.features.message_form.open_messages import MessageNearPresenter
from console.features.message_form.open_messages_view import NearMessages
from console.shared.messages.term_view import TopicRouteView
from console.shared.messages.topic_route import TopicRoutePresenter
from console.shared.session.undo_view import FirstThing
from console.shared.texts.findings import CheckRow, ChecksState, MessageChecksPresenter
from console.ui.labels import ElidedLabel, KeyHint, Line, Pill, Surface, ThemedLabel
from console.ui.lists import take_widgets_out
from console.ui.notices import IconSpot
from console.ui.paint import draw_focus_ring, fill_box
from console.ui.theme import Theme

_DIGITS = 9


class ChecksPanel(Surface):
    """Panel with the findings in the order of the text, open questions, and passed checks."""

    row_chosen = Signal(object)  # CheckRow

    def __init__(
        self,
        theme: Theme,
        presenter: MessageChecksPresenter,
        near: MessageNearPresenter,
        route: TopicRoutePresenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "surface", parent)
        self._theme = theme
        self._route = TopicRouteView(theme, route)
        self.near = NearMessages(theme, near)
        self._rows: tuple[CheckRow, ...] = ()
        self._passed: tuple[tuple[str, str], ...] = ()
        self._last = -1
        self._views: list[_RowView] = []
        self._build()
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _build(self) -> None:
        theme = self._theme
        self._summary = Pill(theme)
        head = QHBoxLayout()
        head.setContentsMargins(18, 14, 18, 12)
        head.addWidget(ThemedLabel(theme, self.tr("Check"), style="section"))
        head.addStretch(1)
        head.addWidget(self._summary)
        self._emergency = FirstThing(theme)
        self._trouble = ThemedLabel(theme, style="state", role="danger", wrap=True)
        self._trouble.setContentsMargins(18, 0, 18, 10)
        inside = QWidget()
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._list.addStretch(1)
        below = QVBoxLayout(inside)
        below.setContentsMargins(0, 0, 0, 8)
        below.addLayout(self._list, 1)
        route = QVBoxLayout()
        route.setContentsMargins(12, 8, 12, 0)
        route.addWidget(self._route)
        below.addLayout(route)
        scroll = QScrollArea()
        theme.dress_area(scroll)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)  # setWidget() enables it
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = scroll
        foot = QHBoxLayout()
        foot.setContentsMargins(18, 8, 18, 8)
        foot.setSpacing(14)
        foot.addWidget(KeyHint(theme, "Alt+1…9", self.tr("to the text")))
        foot.addWidget(KeyHint(theme, Key.NEXT_FINDING, self.tr("next")))
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._emergency)
        column.addWidget(self._trouble)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        column.addWidget(self.near)
        column.addWidget(scroll, 1)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        column.addLayout(foot)

    # --- keys ---

    def open_document(self) -> None:
        """Opens the document of the message's topic; if there are several, the operator selects
        one.
        """
        self._route.open_document()

    def choose(self, number: int) -> None:
        """Selects the finding at this index and requests to focus its text or field."""
        if number < len(self._rows):
            self._last = number
            self._show_current()
            self.row_chosen.emit(self._rows[number])

    def choose_next(self) -> None:
        """Selects the next finding; after the last finding the first one is selected."""
        if self._rows:
            self.choose((self._last + 1) % len(self._rows))

    # --- view state ---

    def _show_current(self) -> None:
        for number, view in enumerate(self._views):
            view.set_current(number == self._last)
            if number == self._last:
                self._scroll.ensureWidgetVisible(view, 0, 8)

    def _show(self, state: ChecksState) -> None:
        words, icon, kind = state.summary
        self._summary.set_state(words, icon=icon, kind=kind)
        self._summary.setVisible(bool(words))
        self._emergency.show_banner(state.emergency)
        self._trouble.setText(state.trouble)
        self._trouble.setVisible(bool(state.trouble))
        if (state.rows, state.passed) != (self._rows, self._passed):
            if [row.title for row in state.rows] != [row.title for row in self._rows]:
                self._last = -1
            self._rows, self._passed = state.rows, state.passed
            self._show_rows()

    def _show_rows(self) -> None:
        take_widgets_out(self._list)
        widgets: list[QWidget] = []
        self._views = []
        for number, row in enumerate(self._rows):
            view = _RowView(self._theme, row, number + 1)
            view.clicked.connect(lambda _checked=False, n=number: self.choose(n))
            self._views.append(view)
            widgets += [view, Line(self._theme, Qt.Orientation.Horizontal)]
        widgets += [_PassedView(self._theme, *passed) for passed in self._passed]
        for place, widget in enumerate(widgets):
            self._list.insertWidget(place, widget)
            widget.show()  # immediately, because a frame's delay would flicker
        for number, view in enumerate(self._views):
            view.set_current(number == self._last)


class _RowView(QAbstractButton):
    """Row of a finding: title, clause, quoted text and question for the caller. A click focuses the
    text or field.
    """

    def __init__(self, theme: Theme, row: CheckRow, number: int) -> None:
        super().__init__()
        self._theme = theme
        self._current = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # A button requests one line; these texts wrap within the width of the column.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        title = f"{number}. {row.title}" if number <= _DIGITS else row.title
        heading = ThemedLabel(theme, title, style="strong", wrap=True)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(heading, 1)
        top.addWidget(
            ThemedLabel(theme, row.paragraph, style="label", role="text-3"),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        lines = QVBoxLayout()
        lines.setSpacing(3)
        lines.addLayout(top)
        if row.evidence:
            lines.addWidget(ThemedLabel(theme, row.evidence, role="text-2", wrap=True))
        if row.ask:
            ask = self.tr("Ask: {question}").format(question=row.ask)
            lines.addWidget(ThemedLabel(theme, ask, style="strong", wrap=True))
        if row.action is not None:
            lines.addWidget(KeyHint(theme, *row.action))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 10, 18, 10)
        layout.setSpacing(10)
        spot = IconSpot(theme, row.icon, row.role, theme.size("icon"))
        layout.addWidget(spot, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(lines, 1)
        spoken = (title, row.paragraph, row.evidence, row.ask)
        self.setAccessibleName(". ".join(part for part in spoken if part))
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.update)

    def set_current(self, current: bool) -> None:
        """Marks the row as the one last navigated to."""
        if current is not self._current:
            self._current = current
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(6, 2, -6, -2)
        if self._current:
            fill_box(painter, area, 6, self._theme.colour("selected"))
        elif self.underMouse() or self.isDown():
            fill_box(painter, area, 6, self._theme.colour("hover"))
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, area, 6)


class _PassedView(QWidget):
    """Row of a passed check, in one line."""

    def __init__(self, theme: Theme, text: str, paragraph: str) -> None:
        super().__init__()
        label = ElidedLabel(theme, role="text-2")
        label.set_text(text)
        theme.fit(label, lambda it: it.setFixedHeight(theme.line_px("body")))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 5, 18, 1)
        layout.setSpacing(10)
        layout.addWidget(IconSpot(theme, "check-circle-fill", "ok", theme.size("icon")))
        layout.addWidget(label, 1)
        layout.addWidget(ThemedLabel(theme, paragraph, style="label", role="text-3"))
