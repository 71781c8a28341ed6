"""The head of a call's card: greeting, number, safety of the draft, and what is known before."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console import words
from console.keys.defaults import Key
from console.presenters.card_state import CardState
from console.views.components.buttons import ActionButton, LinkButton
from console.views.components.labels import ElidedLabel, ThemedLabel
from console.views.components.notices import IconSpot
from console.views.components.paragraphs import ParagraphMark
from console.views.person_guess import PersonGuess
from console.views.theme import Theme

FACTS_GAP_PX = 8


class CardHead(QWidget):
    """Shows which call this is; the guess who is calling stands below it."""

    appeal_asked = Signal()
    further_asked = Signal()

    def __init__(self, theme: Theme, guess: PersonGuess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ThemedLabel(theme, self.tr("Telephone call"), style="title")
        self._greeting = ElidedLabel(theme, style="spoken")
        self._greeting_icon = IconSpot(theme, "speaker-high", "accent", theme.size("icon"))
        self._number = ThemedLabel(theme, style="body", role="text-2")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._draft = ThemedLabel(theme, style="body", role="text-2")
        self._draft_icon = IconSpot(theme, "cloud-check", "ok", theme.size("icon"))
        appeal = ActionButton(
            theme, words.cards.formal_appeal(), key=Key.FORMAL_APPEAL, small=True, elides=True
        )
        appeal.clicked.connect(self.appeal_asked)
        self._further = LinkButton(theme, self.tr("Another question"), key=Key.FURTHER_QUESTION)
        self._further.clicked.connect(self.further_asked)
        for button in (appeal, self._further):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        names = QHBoxLayout()
        names.setSpacing(10)
        names.addWidget(self._title)
        names.addWidget(ParagraphMark(theme, "7.3"))
        names.addSpacing(10)
        names.addWidget(self._greeting_icon)
        names.addWidget(self._greeting, 1)
        names.addWidget(appeal)
        self._facts = facts = QHBoxLayout()
        facts.setSpacing(FACTS_GAP_PX)
        facts.addWidget(self._number)
        facts.addSpacing(FACTS_GAP_PX)
        facts.addWidget(self._further)
        facts.addStretch(1)
        facts.addWidget(self._draft_icon)
        facts.addWidget(self._draft)
        self._route = ElidedLabel(theme, style="body", role="text-2")
        self._known = ElidedLabel(theme, style="body", role="text")
        self._known_icon = IconSpot(theme, "clock-counter-clockwise", "text-2", theme.size("icon"))
        known = QHBoxLayout()
        known.setSpacing(FACTS_GAP_PX)
        known.addWidget(self._known_icon)
        known.addWidget(self._known, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(names)
        column.addLayout(facts)
        column.addWidget(self._route)
        column.addLayout(known)
        column.addWidget(guess)

    def show_state(self, state: CardState) -> None:
        self._title.setText(state.title)
        self._number.setText(state.subtitle)
        self._draft.setText(state.draft)
        self._draft_icon.setVisible(bool(state.draft))
        self._draft_icon.setToolTip(state.draft)
        self._greeting.set_text(state.greeting)
        self._greeting_icon.setVisible(bool(state.greeting))
        self._route.set_text(state.route)
        self._route.setVisible(bool(state.route))
        self._known.set_text(state.known)
        self._known.setToolTip(state.known_detail)
        for part in (self._known, self._known_icon):
            part.setVisible(bool(state.known))
        self._fit_facts()

    def set_narrow(self, is_narrow: bool) -> None:
        """Where there is little room the further question is asked for by its key alone."""
        self._further.setVisible(not is_narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_facts()

    def _fit_facts(self) -> None:
        """The number and its moment are never cut: the icon alone says that the draft is safe."""
        facts = (self._number, self._further, self._draft_icon, self._draft)
        room_px = self._facts.geometry().width()
        needed_px = sum(fact.sizeHint().width() + FACTS_GAP_PX for fact in facts)
        self._draft.setVisible(needed_px <= room_px)
