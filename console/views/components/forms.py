"""The frame of a form: a head, fields that scroll, and a foot that does not."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from console.views.components.labels import Line
from console.views.components.scrolling import CaretInSight, scrolled
from console.views.theme import Theme


def lay_out_form(
    page: QWidget, theme: Theme, *, head: QLayout, fields: Sequence[QWidget], foot: QLayout
) -> None:
    """Give the page its head, its fields one below the other, and its foot with the buttons."""
    form = QWidget()
    theme.fit(
        form, lambda it: it.setMaximumWidth(theme.size("form_max") + theme.size("label_col") + 8)
    )
    rows = QVBoxLayout(form)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(10)
    for field in fields:
        rows.addWidget(field)
    rows.addStretch(1)
    scroll = scrolled(form)
    CaretInSight(scroll)
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 14, 24, 10)
    column.setSpacing(10)
    column.addLayout(head)
    column.addWidget(scroll, 1)
    column.addWidget(Line(theme, Qt.Orientation.Horizontal))
    column.addLayout(foot)
