"""The frame of a form: a head, fields that scroll, and a foot that does not."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from console.views.components.labels import Line
from console.views.components.scrolling import CaretInSight, scrolled
from console.views.theme import Theme

MOST_OF_IT = 1000  # to what may be no wider; the rest of a row is left over


def lay_out_form(
    page: QWidget, theme: Theme, *, head: QLayout, fields: Sequence[QWidget], foot: QLayout
) -> None:
    """Give the page its head, its fields one below the other, and its foot with the buttons.

    All three are as wide as fields may be: on a wide screen the buttons stand under them.
    """
    form = QWidget()
    _keep_narrow(form, theme)
    rows = QVBoxLayout(form)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(10)
    for field in fields:
        rows.addWidget(field)
    rows.addStretch(1)
    scroll = scrolled(theme, form)
    CaretInSight(scroll)
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 14, 24, 10)
    column.setSpacing(10)
    column.addLayout(_as_wide_as_fields(head, theme))
    column.addWidget(scroll, 1)
    column.addWidget(Line(theme, Qt.Orientation.Horizontal))
    column.addLayout(_as_wide_as_fields(foot, theme))


def _keep_narrow(widget: QWidget, theme: Theme) -> None:
    theme.fit(
        widget, lambda it: it.setMaximumWidth(theme.size("form_max") + theme.size("label_col") + 8)
    )


def _as_wide_as_fields(content: QLayout, theme: Theme) -> QHBoxLayout:
    """The content at the left, with what is left over beside it."""
    holder = QWidget()
    content.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(content)
    _keep_narrow(holder, theme)
    row = QHBoxLayout()
    row.addWidget(holder, MOST_OF_IT)
    row.addStretch(1)
    return row
