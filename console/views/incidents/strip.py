"""Above the card, on every page: the official text to say now, and what may be an incident."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.keys.defaults import Key
from console.presenters.incident_watch import IncidentNews, IncidentWatch, SaidText, WatchState
from console.views.components.buttons import ActionButton, Tone
from console.views.components.labels import ElidedLabel, ThemedLabel
from console.views.components.notices import IconSpot
from console.views.theme import Theme

LEFT_PX, RIGHT_PX = 24, 21  # a button's box stands 3 px inside it
GAP_PX = 14  # between the icon and the words
TELL_KEY, OPEN_KEY, NEXT_KEY = Key.INCIDENT_TOLD, Key.INCIDENTS, Key.NEXT_INCIDENT


class IncidentStrip(QWidget):
    """Takes no focus: the caret stays in the field where the operator writes."""

    tell_asked = Signal()
    open_asked = Signal()

    def __init__(self, theme: Theme, watch: IncidentWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = _Said(theme)
        self._said.tell.clicked.connect(self.tell_asked)
        self._said.next.clicked.connect(watch.show_next)
        self._news = _News(theme)
        self._news.open.clicked.connect(self.open_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._said)
        column.addWidget(self._news)
        watch.changed.connect(self._show)
        self._show(watch.state)

    def _show(self, state: WatchState) -> None:
        self._said.show_said(state.said, has_card=state.has_card)
        self._news.show_news(state.news)
        self.setVisible(state.said is not None or state.news is not None)


class _Ground(QWidget):
    """A coloured row with a line under it."""

    def __init__(self, theme: Theme, ground: str, ink: str) -> None:
        super().__init__()
        self._theme = theme
        self._ground, self._ink = ground, ink
        theme.changed.connect(self.update)

    def set_ground(self, ground: str, ink: str) -> None:
        if (ground, ink) != (self._ground, self._ink):
            self._ground, self._ink = ground, ink
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour(self._ground))
        painter.fillRect(0, 0, 4, self.height(), self._theme.colour(self._ink))
        edge = self._ink if self._theme.name == "contrast" else "line"
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour(edge))


class _Said(_Ground):
    """What to say, since when, to how many, and the key that closes the call with it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "accent-soft", "accent")
        self._icon = IconSpot(theme, "megaphone", "accent", theme.size("icon"))
        self._title = ElidedLabel(theme, style="strong")
        self._meta = ElidedLabel(theme, style="label", role="text-2")
        self._text = ThemedLabel(theme, style="field", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tell = ActionButton(
            theme, self.tr("Told, close the call"), key=TELL_KEY, icon="check", small=True
        )
        self.next = ActionButton(theme, "", key=NEXT_KEY, small=True, elides=True)
        for button in (self.tell, self.next):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        for line, style in ((self._title, "strong"), (self._meta, "label")):
            _keep_line(theme, line, style)
            lines.addWidget(line)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(lines, 1)
        head.addWidget(self.next, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.tell, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(LEFT_PX, 10, RIGHT_PX, 10)
        column.setSpacing(6)
        column.addLayout(head)
        text = QHBoxLayout()
        theme.fit(text, lambda it: it.setContentsMargins(theme.size("icon") + GAP_PX, 0, 0, 0))
        text.addWidget(self._text)
        column.addLayout(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_lines()

    def _keep_lines(self) -> None:
        """No line of the text gives way to the card below, which scrolls."""
        # the label is given its own width only after this
        room = self.width() - LEFT_PX - RIGHT_PX - self._theme.size("icon") - GAP_PX
        self._text.setMinimumHeight(0)  # a label never measures less than it has
        self._text.setMinimumHeight(max(0, self._text.heightForWidth(room)))

    def show_said(self, said: SaidText | None, *, has_card: bool) -> None:
        self.setVisible(said is not None)
        if said is None:
            return
        is_due = said.fits and not said.is_told and not said.ended
        fits = self.tr("The caller speaks of it: say this.") if is_due else ""
        if is_due and said.is_changed:
            fits = self.tr("The text has changed: say the new one.")
        if said.ended:
            fits = self.tr("Ended at %1: if it was said, close the call.").replace("%1", said.ended)
        if said.is_told:
            fits = self.tr("Told: the card closes with the call.")
        ink = "warn" if is_due else "accent"
        self.set_ground(f"{ink}-soft", ink)
        self._icon.set_icon("check-circle" if said.is_told else "megaphone", ink)
        self._title.set_text(said.title)
        # the new words alone are no sign for who is in the middle of the old ones
        self._meta.set_role("warn" if is_due and said.is_changed else "text-2")
        self._meta.set_text(" · ".join(part for part in (fits.rstrip("."), said.meta) if part))
        self._text.setText(said.text)
        self._keep_lines()
        self.next.setText(said.further)
        self.next.setVisible(bool(said.further))
        self.tell.setVisible(has_card and not said.is_told)
        self.tell.set_tone(Tone.MAIN if is_due else Tone.PLAIN)
        self.setAccessibleName(f"{said.title}. {fits} {said.text}. {said.meta}")


def _keep_line(theme: Theme, line: ElidedLabel, style: str) -> None:
    theme.fit(line, lambda it: it.setFixedHeight(theme.line_px(style)))


class _News(_Ground):
    """What may be an incident, in one line, with the way to where it is decided."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "warn-soft", "warn")
        self._icon = IconSpot(theme, "warning-fill", "warn", theme.size("icon"))
        self._head = ElidedLabel(theme, style="strong")
        self._body = ElidedLabel(theme, style="label", role="text-2")
        self.open = ActionButton(theme, self.tr("Look"), key=OPEN_KEY, small=True)
        self.open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        for line, style in ((self._head, "strong"), (self._body, "label")):
            _keep_line(theme, line, style)
            lines.addWidget(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 21, 8)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        row.addWidget(self.open)

    def show_news(self, news: IncidentNews | None) -> None:
        self.setVisible(news is not None)
        if news is not None:
            self._head.set_text(news.head)
            self._body.set_text(news.body)
            self.setAccessibleName(f"{news.head}. {news.body}")
