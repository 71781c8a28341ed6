"""Page of the message lookup (F4): search field, messages found, and the text to read out."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.features.lookup import words as lookup_words
from console.features.lookup.presenter import FoundRow, LookUpPresenter, LookUpState, ReadOut
from console.shared.messages.message_detail import Mark
from console.ui.buttons import ActionButton, Tone
from console.ui.fields import LineField
from console.ui.keyboard import bind_on_page
from console.ui.labels import ElidedLabel, KeyHint, Line, Pill, ThemedLabel
from console.ui.layout import SCROLLS, scrolled
from console.ui.notices import IconSpot
from console.ui.paint import fill_box
from console.ui.theme import Theme

STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PILLS = {"ok": "ok", "warn": "warn", "text-2": "neutral"}
LINK_KEY, HISTORY_KEY, OPEN_KEY = Key.LINK, Key.HISTORY, Key.TO_ANSWERS
WIDEST_PX, FIELD_PX = 860, 420
SHOWN_ROWS = 5


class _NumberField(LineField):
    """Search field. Arrow keys move the selection in the results; Enter searches immediately."""

    stepped = Signal(int)
    scrolled = Signal(int)  # the key

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if event.modifiers():
            super().keyPressEvent(event)
        elif step is not None:
            self.stepped.emit(step)
        elif event.key() in SCROLLS:
            self.scrolled.emit(event.key())
        else:
            super().keyPressEvent(event)


class _Panel(QWidget):
    """Container with a rounded background in the colour ``role``."""

    def __init__(self, theme: Theme, role: str) -> None:
        super().__init__()
        self._theme = theme
        self._role = role
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(8)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        bordered = self._role == "surface" or theme.name == "contrast"
        border = theme.colour("line") if bordered else None
        fill_box(QPainter(self), QRectF(self.rect()), 8, theme.colour(self._role), border)


class LookUpPage(QWidget):
    """Page of the message lookup: search field, results below, buttons at the bottom."""

    closed = Signal()
    history_asked = Signal(object)  # HandledMessage
    message_asked = Signal(object)  # HandledMessage

    def __init__(self, theme: Theme, presenter: LookUpPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._rows: list[_FoundRow] = []
        self._shown: ReadOut | None = None
        self._said: list[ThemedLabel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 10)
        column.setSpacing(10)
        column.addWidget(ThemedLabel(theme, lookup_words.place_title(), style="title"))
        column.addLayout(self._query())
        column.addWidget(self._body(), 1)
        column.addWidget(Line(theme, Qt.Orientation.Horizontal))
        column.addLayout(self._foot())
        self._make_keys()
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _query(self) -> QVBoxLayout:
        theme = self._theme
        self._field = _NumberField(theme, self.tr("Number, phone, name or words"))
        theme.fit(self._field, lambda it: it.setMaximumWidth(theme.grown(FIELD_PX)))
        theme.fit(self._field, lambda it: it.setMinimumHeight(theme.size("search")))
        self._field.textEdited.connect(self._presenter.set_query)
        self._field.returnPressed.connect(self._presenter.enter)
        self._field.stepped.connect(self._move)
        self._field.scrolled.connect(self._scroll)
        self._hint_icon = IconSpot(theme, "", "danger", theme.size("icon_meta"))
        self._hint = ThemedLabel(theme, role="text-2", wrap=True)
        hint = QHBoxLayout()
        hint.setSpacing(4)
        hint.addWidget(self._hint_icon)
        hint.addWidget(self._hint, 1)
        query = QVBoxLayout()
        query.setSpacing(4)
        query.addWidget(self._field)
        query.addLayout(hint)
        return query

    def _body(self) -> QScrollArea:
        theme = self._theme
        inside = QWidget()
        theme.fit(inside, lambda it: it.setMaximumWidth(theme.grown(WIDEST_PX)))
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._number = ThemedLabel(theme, style="section")
        self._state, self._publicity = Pill(theme), Pill(theme)
        marks = QHBoxLayout()
        marks.setSpacing(8)
        for mark in (self._number, self._state, self._publicity):
            marks.addWidget(mark)
        marks.addStretch(1)
        self._callers = (_MarkLine(theme), _MarkLine(theme))
        self._author = ActionButton(
            theme, self.tr("This is the author"), key=Key.SAVE, icon="check", tone=Tone.MAIN
        )
        self._author.clicked.connect(self._presenter.confirm_author)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        for line in self._callers:
            lines.addWidget(line)
        caller = QHBoxLayout()
        caller.addLayout(lines, 1)
        caller.addWidget(self._author)
        self._caller = _Panel(theme, "surface")
        self._caller.column.addWidget(
            ThemedLabel(theme, self.tr("Who is calling — for you only, do not read out"),
                        style="label", role="text-3")
        )  # fmt: skip
        self._caller.column.addLayout(caller)
        self._say = _Panel(theme, "accent-soft")
        self._say.column.addWidget(ThemedLabel(theme, self.tr("Say"), style="state", role="text-2"))
        self._answer = _Panel(theme, "surface")
        self._answer_head = ThemedLabel(theme, style="strong")
        self._answer_text = ThemedLabel(theme, style="spoken", wrap=True)
        self._answer.column.addWidget(self._answer_head)
        self._answer.column.addWidget(self._answer_text)
        self._reading = QWidget()
        reading = QVBoxLayout(self._reading)
        reading.setContentsMargins(0, 6, 0, 0)
        reading.setSpacing(10)
        reading.addLayout(marks)
        for panel in (self._caller, self._say, self._answer):
            reading.addWidget(panel)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._list)
        column.addWidget(self._reading)
        column.addStretch(1)
        self._area = scrolled(theme, inside)
        return self._area

    def _foot(self) -> QHBoxLayout:
        theme = self._theme
        self._history = ActionButton(
            theme, self.tr("History"), key=HISTORY_KEY, icon="clock-counter-clockwise"
        )
        self._open = ActionButton(
            theme, self.tr("To the answers"), key=OPEN_KEY, icon="calendar-check"
        )
        self._link = ActionButton(theme, self.tr("Link this call"), key=LINK_KEY, icon="link")
        self._record = ActionButton(
            theme, self.tr("Open the record"), key="Enter", icon="arrow-elbow-down-left"
        )
        self._record.clicked.connect(self._presenter.open_call)
        self._history.clicked.connect(self.ask_history)
        self._open.clicked.connect(self.ask_message)
        self._link.clicked.connect(self._presenter.link_call)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(KeyHint(theme, "Esc", self.tr("to work")))
        foot.addStretch(1)
        for button in (self._history, self._open, self._link, self._record):
            foot.addWidget(button)
        return foot

    def _make_keys(self) -> None:
        keys: dict[Key, Callable[[], object]] = {
            OPEN_KEY: self.ask_message,
        }
        bind_on_page(self, keys)

    # --- actions ---

    def open_page(self) -> None:
        """Clears the search and focuses the search field."""
        self._presenter.open()
        self.focus_first()

    def focus_first(self) -> None:
        self._field.setFocus()
        self._field.selectAll()

    def confirm(self) -> None:
        """Ctrl+Enter: confirms that the caller is the author."""
        self._presenter.confirm_author()

    def ask_history(self) -> None:
        """Alt+H: requests the history of the selected message."""
        chosen, reading = self._presenter.chosen, self._presenter.state.reading
        if chosen is not None and reading is not None:
            self.history_asked.emit(chosen)

    def ask_message(self) -> None:
        chosen = self._presenter.chosen
        if chosen is not None:
            self.message_asked.emit(chosen)

    def _scroll(self, key: int) -> None:
        """Scrolls a long answer by key, while the number field has the focus."""
        self._area.verticalScrollBar().triggerAction(SCROLLS[key])

    def _move(self, step: int) -> None:
        """Selects the previous or next message; with a single message, scrolls its answer."""
        rows = self._presenter.state.found
        if not rows:
            self._scroll(Qt.Key.Key_Down if step > 0 else Qt.Key.Key_Up)
            return
        keys = [row.id for row in rows]
        chosen = self._presenter.state.chosen
        if chosen in keys:
            place = keys.index(chosen) + step
            self._presenter.choose(keys[max(0, min(len(keys) - 1, place))])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- view state ---

    def _show(self, state: LookUpState) -> None:
        self._field.replace_text(state.query, whole_record=not state.query)
        self._hint.setText(state.hint)
        self._hint.set_role("danger" if state.is_wrong else "text-2")
        self._hint_icon.set_icon("warning-octagon-fill" if state.is_wrong else "", "danger")
        self._hint_icon.setVisible(state.is_wrong)
        self._hint.setVisible(bool(state.hint))
        self._show_found(state)
        reading = state.reading
        self._reading.setVisible(reading is not None)
        if reading is not None and reading != self._shown:
            self._show_reading(reading)
        self._shown = reading
        for button in (self._history, self._open):
            button.setVisible(reading is not None)
        self._link.setVisible(state.can_link)
        self._record.setVisible(state.can_open)

    def _show_found(self, state: LookUpState) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for found in _near(state):
            text = " · ".join((f"№ {found.number}", found.about))
            row = _FoundRow(self._theme, text, found.state, chosen=found.id == state.chosen)
            row.pressed.connect(partial(self._presenter.choose, found.id))
            self._rows.append(row)
            self._list.addWidget(row)

    def _show_reading(self, reading: ReadOut) -> None:
        self._number.setText(f"№ {reading.number}")
        self._state.set_state(
            reading.state.text,
            icon=reading.state.icon,
            kind=_PILLS.get(reading.state.kind, "neutral"),
        )
        publicity = reading.publicity
        self._publicity.set_state(publicity.text, icon=publicity.icon, kind=publicity.kind)
        for line, mark in zip(self._callers, reading.caller, strict=True):
            line.show_mark(mark)
        self._author.setVisible(reading.protected)
        for label in self._said:
            self._say.column.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._said = [
            ThemedLabel(self._theme, text, style="spoken", wrap=True) for text in reading.sentences
        ]
        for label in self._said:
            self._say.column.addWidget(label)
        self._say.setAccessibleName(" ".join(reading.sentences))
        self._answer.setVisible(bool(reading.answer_head))
        self._answer_head.setText(reading.answer_head)
        self._answer_text.setText("\n\n".join(reading.answer))
        self._answer_text.setVisible(bool(reading.answer))


def _near(state: LookUpState) -> tuple[FoundRow, ...]:
    """Returns up to ``SHOWN_ROWS`` rows around the selected message; the limit keeps the text to
    read out visible.
    """
    keys = [row.id for row in state.found]
    place = keys.index(state.chosen) if state.chosen in keys else 0
    first = max(0, min(place - SHOWN_ROWS // 2, len(keys) - SHOWN_ROWS))
    return state.found[first : first + SHOWN_ROWS]


class _MarkLine(QWidget):
    """Line with the icon and the text of a mark."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._icon = IconSpot(theme, "", "text-2", theme.size("icon"))
        self._text = ElidedLabel(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)

    def show_mark(self, mark: Mark) -> None:
        self._icon.set_icon(mark.icon, mark.kind)
        self._text.set_text(mark.text)


class _FoundRow(QWidget):
    """Row of a message or call found; the selected one has a background and a bar."""

    pressed = Signal()

    def __init__(self, theme: Theme, text: str, state: Mark, *, chosen: bool) -> None:
        super().__init__()
        self._theme = theme
        self._chosen = chosen
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("row_table")))
        self.setAccessibleName(f"{text}. {state.text}")
        label = ElidedLabel(theme, style="strong" if chosen else "body")
        label.set_text(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 10, 0)
        row.addWidget(label, 1)
        pill = Pill(theme, state.text, icon=state.icon, kind=_PILLS.get(state.kind, "neutral"))
        row.addWidget(pill)
        theme.changed.connect(self.update)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._chosen:
            painter = QPainter(self)
            area = QRectF(self.rect())
            fill_box(painter, area, 6, self._theme.colour("selected"))
            bar = QRectF(area.left(), area.top() + 4, 3, area.height() - 8)
            painter.fillRect(bar, self._theme.colour("accent"))
