"""Fields for the body that answers: completion over the directory, and a reason for another one."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console import words
from console.presenters.organ_choice import OrganChoice, OrganChoiceState, OrganFit
from console.presenters.spelling import SpellingPresenter
from console.views.category_field import CategoryField
from console.views.components.audience import AudienceLine
from console.views.components.field_row import FieldRow
from console.views.components.labels import ElidedLabel, Pill
from console.views.components.spelling import check_spelling
from console.views.components.text_field import TextField
from console.views.theme import Theme
from console.words.audience import INSIDE

_PILLS = {
    OrganFit.BY_ROUTE: ("path", "ok"),
    OrganFit.ANOTHER: ("arrow-bend-up-right", "warn"),
    OrganFit.NO_ROUTE: ("warning-fill", "warn"),
}


class OrganChoiceFields(QWidget):
    """Two rows of a form: the body, and the reason while it is not the topic's own."""

    def __init__(
        self,
        theme: Theme,
        presenter: OrganChoice,
        spelling: SpellingPresenter,
        *,
        is_narrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        self._organ = CategoryField(
            theme,
            presenter.organs(),
            name=self.tr("Body that answers"),
            placeholder=self.tr("Start typing the title of the body"),
        )
        self._organ.chosen.connect(presenter.set_organ)
        self._reason = TextField(theme, self.tr("Why not the body of the topic"), (1, 3))
        self._reason.setAccessibleName(self.tr("Reason"))
        self._reason.edited.connect(presenter.set_reason)
        check_spelling(self._reason, theme, spelling)
        self._fit = Pill(theme)
        self._organ_row = FieldRow(
            theme, self.tr("To whom?"), self._organ, is_narrow=is_narrow, paragraphs=("7.9",)
        )
        self._organ_row.body.addWidget(self._fit)
        self._route = ElidedLabel(theme, style="label", role="text-2")
        self._route_row = FieldRow(theme, "", self._route, is_narrow=is_narrow)
        self._reason_row = FieldRow(
            theme, self.tr("Reason"), self._reason, is_narrow=is_narrow, paragraphs=("7.9",)
        )
        self._reason_row.add_below(AudienceLine(theme, self._reason, INSIDE))
        self.setFocusProxy(self._organ)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._organ_row)
        column.addWidget(self._route_row)
        column.addWidget(self._reason_row)
        column.addStretch(1)
        presenter.organs_changed.connect(self._offer)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def settle(self) -> None:
        """Take what is typed into the field of the body, before the step is taken."""
        self._organ.settle()

    def focus_first_problem(self) -> None:
        problems = self._presenter.state.problems
        if "organ" in problems:
            self._organ.setFocus()
        elif "reason" in problems:
            self._reason.setFocus()

    def _offer(self) -> None:
        self._organ.set_choices(self._presenter.organs())

    def _show(self, state: OrganChoiceState) -> None:
        self._organ.show_value(state.organ, state.organ_text)
        self._reason.replace_text(state.reason)
        self._reason_row.setVisible(state.needs_reason)
        self._organ_row.show_problem(state.problems.get("organ", ""))
        self._reason_row.show_problem(state.problems.get("reason", ""))
        self._route.set_text(words.organs.route(state.route_text))
        self._route_row.setVisible(state.fit is OrganFit.ANOTHER)
        self._fit.setVisible(state.fit in _PILLS)
        match state.fit:
            case OrganFit.BY_ROUTE:
                text = words.organs.by_route()
            case OrganFit.ANOTHER:
                text = words.organs.another()
            case OrganFit.NO_ROUTE:
                text = words.organs.no_route()
            case OrganFit.NONE_CHOSEN:
                return
        icon, kind = _PILLS[state.fit]
        self._fit.set_state(text, icon=icon, kind=kind)
