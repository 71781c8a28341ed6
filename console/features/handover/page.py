"""Page of the shift handover report: open work in cards, the note and the signatures."""

from itertools import zip_longest

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.core.default_keys import Key
from console.features.handover.presenter import (
    HandoverPresenter,
    HandoverState,
    SheetBlock,
    SheetMode,
)
from console.ui.buttons import ActionButton, Tone
from console.ui.labels import KeyHint, Pill, ThemedLabel
from console.ui.layout import scrolls
from console.ui.notices import FoundLine
from console.ui.paint import fill_box
from console.ui.text_field import TextField
from console.ui.theme import Theme

THREE_COLUMNS_PX, TWO_COLUMNS_PX = 900, 560
BLOCKS = 8
_SIGNS = (SheetMode.NEW, SheetMode.WAITING)


class HandoverPage(QWidget):
    """Page of the report. Ctrl+Enter signs, Ctrl+P writes the PDF, Esc closes. The note is focused
    while it can be edited.
    """

    closed = Signal()

    def __init__(
        self, theme: Theme, presenter: HandoverPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = self.tr("Handover sheet")
        self._lead = ThemedLabel(theme, role="text-2", wrap=True)
        self._blocks = _Blocks(theme)
        self._note_head = ThemedLabel(theme, self.tr("Note to the next shift"), style="strong")
        self._found = FoundLine(theme)
        self._note = TextField(theme, self.tr("Record numbers, no names or phones"))
        self._note.setAccessibleName(self._note_head.text())
        self._note.edited.connect(lambda text: presenter.set_note(text) if self._is_new else None)
        self._written = ThemedLabel(theme, wrap=True)
        self._written.setTextFormat(Qt.TextFormat.PlainText)
        self._signatures = ThemedLabel(theme, role="text-2", wrap=True)
        self._sign = ActionButton(
            theme, self.tr("Sign"), key=Key.SAVE, icon="check", tone=Tone.MAIN
        )
        self._print = ActionButton(theme, self.tr("As PDF"), key=Key.PRINT, icon="printer")
        self._sign.clicked.connect(presenter.sign)
        self._print.clicked.connect(presenter.write_pdf)
        self._lay_out(theme)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _lay_out(self, theme: Theme) -> None:
        inside = QWidget()
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (
            self._note_head,
            self._found,
            self._note,
            self._written,
            self._signatures,
            self._blocks,
        ):
            column.addWidget(part)
        column.addStretch(1)
        self._area = QScrollArea()
        theme.dress_area(self._area)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        foot.addStretch(1)
        foot.addWidget(self._print)
        foot.addWidget(self._sign)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 18, 24, 12)
        page.setSpacing(10)
        page.addWidget(ThemedLabel(theme, self._title, style="title"))
        page.addWidget(self._lead)
        page.addWidget(self._area, 1)
        page.addLayout(foot)

    @property
    def _is_new(self) -> bool:
        return self._presenter.state.mode is SheetMode.NEW

    def open_page(self) -> None:
        """Reads the open work or the pending report; focuses the note if the report is new."""
        self._presenter.open()
        self.focus_first()

    def focus_first(self) -> None:
        target = self._note if self._note.isVisibleTo(self) else self
        target.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif not scrolls(self._area, event):
            super().keyPressEvent(event)

    def _show(self, state: HandoverState) -> None:
        is_new = state.mode is SheetMode.NEW
        had_note = self._note.hasFocus()
        self._lead.setText(state.lead)
        self._blocks.show_blocks(state.blocks)
        if is_new and self._note.toPlainText() != state.note:
            self._note.replace_text(state.note)
        self._note.setVisible(is_new)
        self._found.show_found(state.found)
        self._written.setText(state.note)
        self._written.setVisible(not is_new and bool(state.note))
        self._note_head.setVisible(is_new or bool(state.note))
        self._signatures.setText("\n".join(state.signatures))
        self._signatures.setVisible(bool(state.signatures))
        self._sign.setText(
            self.tr("Take over") if state.mode is SheetMode.WAITING else self.tr("Sign")
        )
        self._sign.setVisible(state.mode in _SIGNS)
        self._sign.setEnabled(bool(state.blocks) and not state.is_busy)
        self._print.setVisible(bool(state.blocks))
        if had_note and not is_new:
            self.setFocus()
        elif is_new and self.hasFocus():
            self._note.setFocus()
        # The page itself has the focus, so screen readers announce its name.
        self.setAccessibleName(" ".join((f"{self._title}.", state.lead, *state.signatures)))


class _Blocks(QWidget):
    """Cards of the report parts, in as many columns as the width allows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cards = [_Card(theme) for _block in range(BLOCKS)]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        self._columns = 0
        self._place(2)

    def show_blocks(self, blocks: tuple[SheetBlock, ...]) -> None:
        self.setVisible(bool(blocks))
        for card, block in zip_longest(self._cards, blocks):
            card.setVisible(block is not None)  # one part fewer without a central database
            if block is not None:
                card.show_block(block)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, *divmod(place, columns))
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.width() >= self._theme.grown(THREE_COLUMNS_PX):
            self._place(3)
        else:
            self._place(2 if self.width() >= self._theme.grown(TWO_COLUMNS_PX) else 1)


class _Card(QWidget):
    """Part of the report: its name, its count, and the first items."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._head = ThemedLabel(theme, style="strong", wrap=True)
        self._count = Pill(theme)
        self._lines = ThemedLabel(theme, wrap=True)
        self._lines.setTextFormat(Qt.TextFormat.PlainText)
        self._more = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self._head, 1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._lines)
        column.addWidget(self._more)
        column.addStretch(1)
        theme.changed.connect(self.update)

    def show_block(self, block: SheetBlock) -> None:
        self._head.setText(block.title)
        self._count.set_state(str(block.count), kind="accent" if block.count else "neutral")
        has_count = bool(block.count) or not block.lines
        self._count.setVisible(has_count)
        self._lines.setText("\n".join(block.lines))
        self._lines.setVisible(bool(block.lines))
        self._more.setText(block.more)
        self._more.setVisible(bool(block.more))
        told = (block.title, str(block.count) if has_count else "", *block.lines, block.more)
        self.setAccessibleName(". ".join(part for part in told if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, edge = self._theme.colour("surface"), self._theme.colour("line")
        fill_box(QPainter(self), QRectF(self.rect()), 8, ground, edge)
