"""Rows of the call card: channel and time of a manual record; directory entries used."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.core.keymap import KEYS, with_keys
from console.features.call_card.by_hand import ByHandPresenter, ByHandState
from console.features.call_card.card_state import UsedRow
from console.shared.session import call_words
from console.ui.buttons import ActionButton
from console.ui.choices import Choice, ChoiceRow
from console.ui.fields import FieldRow, MomentField
from console.ui.labels import ElidedLabel, ThemedLabel
from console.ui.lists import take_widgets_out
from console.ui.notices import IconSpot
from console.ui.paint import draw_icon, fill_box
from console.ui.theme import Theme
from sync.register.calls.calls import RequestWay

ROW_GAP_PX = 10


class ByHandRows(QWidget):
    """Rows for channel and time of arrival, shown for manual records only."""

    def __init__(
        self, theme: Theme, presenter: ByHandPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._shown_key = ""
        self._way = ChoiceRow(
            theme,
            self.tr("Request channel"),
            tuple(Choice(way.value, call_words.way_name(way)) for way in RequestWay),
            tall=False,
        )
        self._moment = MomentField(theme, self.tr("Yesterday 14:30, or 26.11.2026 14:30"))
        self._moment.setAccessibleName(self.tr("Request time"))
        self._rows = (
            FieldRow(theme, self.tr("Received via"), self._way),
            FieldRow(theme, self.tr("When"), self._moment, paragraphs=("7.3",)),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(ROW_GAP_PX)
        for row in self._rows:
            column.addWidget(row)
        self._way.chosen.connect(presenter.set_way)
        self._moment.textEdited.connect(presenter.set_moment)
        self._moment.chosen.connect(presenter.set_moment)
        self._moment.left.connect(presenter.moment_left)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def set_narrow(self, is_narrow: bool) -> None:
        for row in self._rows:
            row.set_narrow(is_narrow)

    def focus_way(self) -> None:
        """Focuses the channel: arrow keys select it, Tab moves to the time."""
        self._way.focus_choice()

    def focus_moment(self) -> None:
        self._moment.setFocus()

    def _show(self, state: ByHandState) -> None:
        other = state.key != self._shown_key
        self._shown_key = state.key
        self.setVisible(state.is_shown)
        self._way.show_choice(state.way)
        self._moment.replace_text(state.moment, whole_record=other)
        self._rows[1].show_problem(state.problem)


class UsedEntries(QWidget):
    """List of the directory entries used for the answer, each with a button that removes it."""

    removed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[UsedRow, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._fill()
        KEYS.changed.connect(self._fill)

    def show_rows(self, rows: tuple[UsedRow, ...]) -> None:
        if rows != self._shown:
            self._shown = rows
            self._fill()

    def _fill(self) -> None:
        theme, rows = self._theme, self._shown
        take_widgets_out(self._column)
        if not rows:
            empty = ElidedLabel(self._theme, style="label", role="text-3")
            empty.set_text(
                with_keys(
                    self.tr("Nothing inserted yet: Alt+digit inserts a match, F5 searches"),
                    Key.SEARCH,
                )
            )
            theme.fit(empty, lambda it: it.setFixedHeight(theme.size("field")))
            self._column.addWidget(empty)
        for row in rows:
            chip = _UsedChip(self._theme, row)
            chip.removed.connect(self.removed)
            self._column.addWidget(chip)


class _UsedChip(QWidget):
    """One used directory entry: icon, title and remove button."""

    removed = Signal(str)

    def __init__(self, theme: Theme, row: UsedRow) -> None:
        super().__init__()
        self._theme = theme
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("field")))
        title = ElidedLabel(theme, style="strong")
        title.set_text(row.title)
        remove = _CrossButton(theme, self.tr("Remove"))
        remove.clicked.connect(lambda: self.removed.emit(row.key))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 0, 6, 0)
        layout.addWidget(IconSpot(theme, row.icon, row.role, theme.size("icon")))
        layout.addWidget(title, 1)
        layout.addWidget(ThemedLabel(theme, row.note, style="label", role="text-3"))
        layout.addWidget(remove)

    def paintEvent(self, event: QPaintEvent) -> None:
        fill_box(
            QPainter(self),
            QRectF(self.rect()),
            6,
            self._theme.colour("app"),
            self._theme.colour("line"),
        )


class _CrossButton(ActionButton):
    """The «×» button; ``name`` is its tool tip and accessible name."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, "", icon="", small=True)
        self._name = name
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setFixedSize(30, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.hasFocus() or self.underMouse():
            fill_box(
                painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), 4, self._theme.colour("hover")
            )
        draw_icon(painter, "x", QRectF(self.rect()), 14, self._theme.colour("text-2"))
