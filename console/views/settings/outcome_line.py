"""What came of a trial or of saving: a sign, a sentence, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.presenters.settings_form import Outcome, OutcomeKind
from console.views.components.announcer import announce
from console.views.components.labels import ThemedLabel
from console.views.components.notices import IconSpot
from console.views.theme import Theme

# Shape and word tell it; the colour only repeats them.
_SIGNS = {
    OutcomeKind.BUSY: ("hourglass-medium", "accent"),
    OutcomeKind.GOOD: ("check-circle-fill", "ok"),
    OutcomeKind.DOUBTFUL: ("warning-fill", "warn"),
    OutcomeKind.BAD: ("x-circle-fill", "danger"),
}


class OutcomeLine(QWidget):
    """Takes its room also while there is nothing to say, so that buttons stay where they are."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._told: Outcome | None = None
        self._icon = IconSpot(theme, "", "text-3", theme.size("icon_call"))
        self._text = ThemedLabel(theme, style="strong", wrap=True)
        self._advice = ThemedLabel(theme, role="text-2", wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addStretch(1)
        texts.addWidget(self._text)
        texts.addWidget(self._advice)
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        theme.fit(
            self,
            lambda it: it.setMinimumHeight(theme.line_px("strong") + theme.line_px("body") + 8),
        )

    def show_outcome(self, outcome: Outcome | None) -> None:
        if outcome == self._told:
            return
        self._told = outcome
        icon, role = ("", "text-3") if outcome is None else _SIGNS[outcome.kind]
        text, advice = ("", "") if outcome is None else (outcome.text, outcome.advice)
        self._icon.set_icon(icon, role)
        self._text.setText(text)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.setAccessibleName(f"{text}. {advice}".strip(". "))
        if outcome is not None:
            announce(self, self.accessibleName(), is_urgent=outcome.kind is OutcomeKind.BAD)
