"""The page of the working console that leads to the training mode."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.keys.defaults import Key
from console.presenters.training_offer import OfferState, TrainingOffer
from console.views.components.buttons import ActionButton, Tone
from console.views.components.field_row import ProblemLine
from console.views.components.key_label import KeyLabel
from console.views.components.labels import KeyHint, ThemedLabel
from console.views.components.scrolling import CaretInSight, scrolled, scrolls
from console.views.theme import Theme

WIDEST_PX = 640


class TrainingOfferPage(QFrame):
    """Enter opens the training mode, arrows scroll, Esc goes back to the work."""

    closed = Signal()

    def __init__(
        self, theme: Theme, presenter: TrainingOffer, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._title = self.tr("Training")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self._title)
        page = QVBoxLayout(self)
        page.setContentsMargins(24, 18, 24, 12)
        page.setSpacing(10)
        page.addWidget(ThemedLabel(theme, self._title, style="title"))
        inside = QWidget()
        lead = QVBoxLayout(inside)
        lead.setContentsMargins(0, 0, 0, 0)
        lead.setSpacing(10)
        for label in (
            ThemedLabel(
                theme,
                self.tr(
                    "A second phone on this computer rings like a citizen, speaks Russian and"
                    " waits for your answer. You talk, search, write and save as in a real call."
                ),
                role="text-2",
                wrap=True,
            ),
            ThemedLabel(
                theme,
                self.tr(
                    "Training has a window, a register and a directory of its own: its calls never"
                    " come into the real register, the reports, the centre or anybody's mail."
                ),
                role="text-2",
                wrap=True,
            ),
            KeyLabel(
                theme,
                self.tr(
                    "Real calls go on ringing in this window. If you do not want them meanwhile,"
                    " press F9 and choose why."
                ),
                Key.STATE,
                role="text-2",
                wrap=True,
            ),
        ):
            theme.fit(label, lambda it: it.setMaximumWidth(theme.grown(WIDEST_PX)))
            lead.addWidget(label)
        lead.addSpacing(6)
        begin = ActionButton(
            theme,
            self.tr("Open the training mode"),
            key="Enter",
            icon="graduation-cap",
            tone=Tone.MAIN,
        )
        begin.clicked.connect(presenter.begin)
        begin.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        buttons = QHBoxLayout()
        buttons.addWidget(begin)
        buttons.addStretch(1)
        lead.addLayout(buttons)
        self._problem = ProblemLine(theme)
        lead.addWidget(self._problem)
        lead.addStretch(1)
        self._area = scrolled(theme, inside)
        CaretInSight(self._area)
        page.addWidget(self._area, 1)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(theme, "Esc", self.tr("back")))
        foot.addStretch(1)
        page.addLayout(foot)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def focus_first(self) -> None:
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._presenter.begin()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif not scrolls(self._area, event):
            super().keyPressEvent(event)

    def _show(self, state: OfferState) -> None:
        self._problem.show_text(state.problem)
