"""The first rows of a record without a call: in which way the request came, and when."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console import words
from console.presenters.by_hand import ByHandPresenter, ByHandState
from console.views.components.choices import Choice, ChoiceRow
from console.views.components.field_row import FieldRow
from console.views.moment_field import MomentField
from console.views.theme import Theme
from sync.register.ways import RequestWay

ROW_GAP_PX = 10


class ByHandRows(QWidget):
    """Shown above the other fields of such a record, and for no other."""

    def __init__(
        self, theme: Theme, presenter: ByHandPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._shown_key = ""
        self._way = ChoiceRow(
            theme,
            self.tr("How the request came"),
            tuple(Choice(way.value, words.by_hand.way_name(way)) for way in RequestWay),
            tall=False,
        )
        self._moment = MomentField(theme, self.tr("Yesterday 14:30, or 26.11.2026 14:30"))
        self._moment.setAccessibleName(self.tr("When the request came"))
        self._rows = (
            FieldRow(theme, self.tr("How it came"), self._way),
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
        """The caret of a new record: arrows choose the way, Tab leads on to the moment."""
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
