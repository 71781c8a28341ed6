"""The message and an earlier one side by side, each with the words that the other has not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console import words
from console.presenters.decision import DecisionPresenter
from console.presenters.decision_state import DecisionState, Mode
from console.views.components.labels import ElidedLabel, Pill, ThemedLabel
from console.views.components.term_line import TermLine
from console.views.review.read_text import ComparedText
from console.views.theme import Theme


class ComparisonView(QWidget):
    """Ours at the left; the earlier one at the right with its number, status and term (6.4)."""

    def __init__(
        self, theme: Theme, presenter: DecisionPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ours = ComparedText(theme, self.tr("This message"))
        self._theirs = ComparedText(theme, self.tr("Earlier message"))
        self._number = ThemedLabel(theme, style="section")
        self._status = Pill(theme)
        self._term = TermLine(theme)
        self._category = ElidedLabel(theme, role="text-2")
        self._score = ThemedLabel(theme, role="text-2")
        self._verdict = ThemedLabel(theme, style="state", wrap=True)
        left = QVBoxLayout()
        left.setSpacing(6)
        ours = ThemedLabel(theme, self.tr("This message"), style="section")
        for title in (ours, self._number):
            theme.fit(title, lambda it: it.setFixedHeight(theme.size("pill")))
        left.addWidget(ours)
        left.addWidget(self._ours)
        left.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(self._number)
        head.addWidget(self._status)
        head.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addLayout(head)
        right.addWidget(self._theirs)
        right.addWidget(self._category)
        right.addWidget(self._score)
        right.addWidget(self._term, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self._term.why)
        right.addWidget(self._verdict)
        right.addStretch(1)
        self._legend = ThemedLabel(
            theme,
            self.tr("Underlined are the words that the other message does not have."),
            style="label",
            role="text-3",
        )
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 16, 10)
        column.setSpacing(8)
        column.addLayout(sides, 1)
        column.addWidget(self._legend)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _show(self, state: DecisionState) -> None:
        comparison = state.comparison
        if state.mode is not Mode.DUPLICATE or comparison is None:
            return
        row = state.similar[state.chosen]
        self._ours.show_text(comparison.ours, comparison.ours_alone)
        self._theirs.show_text(comparison.theirs, comparison.theirs_alone)
        self._number.setText(f"№ {row.number}")
        text, icon, role = row.status
        kinds = {"ok": "ok", "warn": "warn", "danger": "danger"}
        self._status.set_state(text, icon=icon, kind=kinds.get(role, "neutral"))
        self._term.show_term(row.term if row.term.until else None)
        self._category.set_text(row.category)
        self._score.setText(f"{row.score} · {row.reason}")
        self._verdict.setText(words.decision.may_repeat(row.may_repeat))
        self._verdict.set_role("ok" if row.may_repeat else "warn")
