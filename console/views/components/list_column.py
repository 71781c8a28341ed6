"""The left column of a page of work: its name, how much there is, and the list."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from console.presenters.entry_state import HistoryRow
from console.views.components.labels import Surface, ThemedLabel
from console.views.editor.entry_side import HistoryModel
from console.views.editor.marked_list import MarkedList
from console.views.theme import Theme

LIST_SHARE, PAGE_SHARE = 1, 2  # of the width, until the list has what it asks for


class ListColumn(Surface):
    """As wide as ``width_px``, and wider with the text where it is given its share of a page.

    ``empty`` stands in the place of a list without rows, ``under`` below the heading."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        empty: ThemedLabel,
        width_px: int,
        *,
        under: QLayout | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "surface", parent)
        self.setMinimumWidth(width_px)
        theme.fit(self, lambda it: it.setMaximumWidth(theme.grown(width_px)))
        self._model = HistoryModel()
        self._subtitle = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        self.list = MarkedList(theme, self._model, title)
        self._empty = empty
        empty.setContentsMargins(20, 12, 20, 0)
        top = QVBoxLayout()
        top.setContentsMargins(20, 15, 17, 8)
        top.setSpacing(4)
        top.addWidget(ThemedLabel(theme, title, style="section"))
        top.addWidget(self._subtitle)
        if under is not None:
            top.addLayout(under)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(empty)
        column.addWidget(self.list, 1)
        column.addStretch(0)

    def show_rows(self, subtitle: str, rows: tuple[HistoryRow, ...], chosen: int) -> None:
        """``chosen`` is the place of the row that is worked on, below 0 for none."""
        self._subtitle.setText(subtitle)
        self._model.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self.list.mark(chosen)
