"""Parts of settings pages: section base class, link to another page, line with a result."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.features.settings.form import Outcome, OutcomeKind
from console.ui.buttons import ActionButton
from console.ui.keyboard import announce
from console.ui.labels import ThemedLabel
from console.ui.layout import Later
from console.ui.notices import IconSpot
from console.ui.theme import Theme

# Shape and text convey the result; the colour only repeats it.
_SIGNS = {
    OutcomeKind.BUSY: ("hourglass-medium", "accent"),
    OutcomeKind.GOOD: ("check-circle-fill", "ok"),
    OutcomeKind.DOUBTFUL: ("warning-fill", "warn"),
    OutcomeKind.BAD: ("x-circle-fill", "danger"),
}


class OutcomeLine(QWidget):
    """Line with the result of a test or of saving. Its space is reserved, which keeps the buttons
    at their position.
    """

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


LOOK, KEYS = "look", "keys"


class SectionPage(QWidget):
    """Base class of a page to the right of the settings list; Esc emits ``left``, which returns to
    the list.
    """

    left = Signal()

    def open_page(self) -> None:
        """Refreshes data that may have changed; called when the page is shown."""

    @abstractmethod
    def focus_first(self) -> None:
        """Focuses the page, usually its first input field."""

    def confirm(self) -> None:
        """Saves the values of the page; does nothing if they apply immediately."""

    def try_it(self) -> None:
        """Tests the values of the page; does nothing if there is no test."""


@dataclass(frozen=True, slots=True)
class Section:
    """Section of the settings with its row in the list. The page is created when first shown.

    ``is_offered`` returns whether the section is listed; it is evaluated whenever the settings
    open.
    """

    code: str
    title: str
    about: str
    icon: str
    page: Later[SectionPage]
    is_offered: Callable[[], bool] = lambda: True


class WaySection(SectionPage):
    """Section that only links to another page; Enter in the list opens that page immediately."""

    asked = Signal()

    def __init__(self, theme: Theme, title: str, lead: str, *, key: str = "") -> None:
        super().__init__()
        go = ActionButton(theme, self.tr("Open"), key=key, icon="arrow-right")
        go.clicked.connect(self.asked)
        foot = QHBoxLayout()
        foot.addWidget(go)
        foot.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 14, 24, 10)
        page.setSpacing(10)
        page.addWidget(ThemedLabel(theme, title, style="title"))
        page.addWidget(ThemedLabel(theme, lead, role="text-2", wrap=True))
        page.addLayout(foot)
        page.addStretch(1)

    def focus_first(self) -> None:
        self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
