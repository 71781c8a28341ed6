"""Writing into a file: which kinds, which entries, which form."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console import words
from console.keys.defaults import Key
from console.presenters.directory_export import (
    ENCODINGS,
    DirectoryExportPresenter,
    ExportState,
)
from console.views.components.buttons import RING_PX, ActionButton, ThemedButton, Tone
from console.views.components.choices import Choice, ChoiceRow
from console.views.components.field_row import FieldRow
from console.views.components.file_dialogs import ask_for_file
from console.views.components.icons import draw_icon
from console.views.components.labels import KeyHint, ThemedLabel
from console.views.components.paint import draw_text, text_width
from console.views.theme import Theme
from kb.entries import EntryKind

_IN_FORCE, _ALL = "in_force", "all"


class _Tick(ThemedButton):
    """A word that is chosen or not, with its box; Space changes it."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(theme)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = text_width(self._theme.font("button"), self.text()) + 2
        icon = self._theme.size("icon")
        return QSize(
            round(width) + icon + 8 + 2 * 12 + 2 * RING_PX,
            self._theme.size("button") + 2 * RING_PX,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box, text_role, _cap = self._paint_ground(painter)
        size = self._theme.size("icon")
        chosen = self.isChecked()
        colour = self._theme.colour("accent" if chosen else text_role)
        mark = QRectF(box.left() + 12, box.center().y() - size / 2, size, size)
        draw_icon(painter, "check-square" if chosen else "square", mark, size, colour)
        text = QRectF(mark.right() + 8, box.top(), box.right() - mark.right() - 8, box.height())
        draw_text(painter, text, self.text(), self._theme.font("button"), colour)


class ExportView(QWidget):
    """Ctrl+Enter asks for the file's place and writes it."""

    def __init__(self, theme: Theme, presenter: DirectoryExportPresenter) -> None:
        super().__init__()
        self._theme = theme
        self._presenter = presenter
        self._kinds = {kind: _Tick(theme, words.directory.entry_kind(kind)) for kind in EntryKind}
        for kind, tick in self._kinds.items():
            tick.clicked.connect(lambda chosen, k=kind: presenter.choose_kind(k, chosen))
        kinds = QWidget()
        row = QHBoxLayout(kinds)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for tick in self._kinds.values():
            row.addWidget(tick)
        row.addStretch(1)
        self._force = self._choices(
            self.tr("Which entries"),
            (_IN_FORCE, self.tr("in force today")),
            (_ALL, self.tr("closed and coming ones too")),
        )
        self._force.chosen.connect(lambda name: presenter.set_in_force(name == _IN_FORCE))
        self._ending = self._choices(
            self.tr("Form"),
            (".xlsx", self.tr("XLSX, a sheet for each kind")),
            (".csv", self.tr("CSV, one table")),
            (".jsonl", self.tr("JSONL, for programs")),
        )
        self._ending.chosen.connect(presenter.choose_ending)
        self._encoding = self._choices(
            self.tr("Letters of the CSV"),
            (ENCODINGS[0], "UTF-8"),
            (ENCODINGS[1], self.tr("Windows-1251, for old spreadsheets")),
        )
        self._encoding.chosen.connect(presenter.choose_encoding)
        self._encoding_row = self._row(self.tr("Letters"), self._encoding)
        self._told = ThemedLabel(theme, style="strong", role="text-2", wrap=True)
        self._save = ActionButton(
            theme, self.tr("Write the file"), key=Key.SAVE, icon="file-arrow-down",
            tone=Tone.MAIN,
        )  # fmt: skip
        self._save.clicked.connect(self.confirm)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("to the entries")))
        foot.addStretch(1)
        foot.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._row(self.tr("What"), kinds))
        column.addWidget(self._row(self.tr("Which"), self._force))
        column.addWidget(self._row(self.tr("Form"), self._ending))
        column.addWidget(self._encoding_row)
        column.addWidget(self._told)
        column.addStretch(1)
        column.addLayout(foot)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _choices(self, name: str, *choices: tuple[str, str]) -> ChoiceRow:
        made = tuple(Choice(value, text) for value, text in choices)
        return ChoiceRow(self._theme, name, made, tall=False, even=False)

    def _row(self, label: str, field: QWidget) -> FieldRow:
        row = FieldRow(self._theme, label, field)
        row.body.addStretch(1)
        return row

    def focus_first(self) -> None:
        self._kinds[EntryKind.QUESTION].setFocus()

    def confirm(self) -> None:
        """Ask where, and write the chosen entries there."""
        presenter = self._presenter
        if presenter.state.kinds and not presenter.state.is_busy:
            ask_for_file(
                self._theme,
                self,
                self.tr("Write the directory"),
                presenter.offered_file(),
                presenter.write,
                presenter.state.ending,
            )

    def _show(self, state: ExportState) -> None:
        for kind, tick in self._kinds.items():
            tick.setChecked(kind in state.kinds)
        self._force.show_choice(_IN_FORCE if state.in_force else _ALL)
        self._ending.show_choice(state.ending)
        self._encoding.show_choice(state.encoding)
        self._encoding_row.setVisible(state.ending == ".csv")
        self._told.setText(state.told)
        self._save.setEnabled(bool(state.kinds) and not state.is_busy)
