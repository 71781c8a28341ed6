"""Widget of the call on the lock page: line, timer, microphone state, and three buttons.

Its keys are those of the call bar, which is inactive on the hidden main page.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.core.default_keys import ANYWHERE, Key
from console.features.call_bar import locked_words
from console.features.call_bar.block_content import PillWords
from console.features.call_bar.presenter import BarButton, CallBarPresenter, CallBarState
from console.features.call_bar.view import CallBlock
from console.shared.session import control_words
from console.ui.buttons import CallButton, Tone
from console.ui.fields import ProblemLine
from console.ui.keyboard import KeyShortcut, announce
from console.ui.labels import ThemedLabel
from console.ui.paint import draw_icon, draw_text, fill_box
from console.ui.theme import Theme

BUTTON_PX = 72
LINE_PX = 40
_PLACES: dict[Key, tuple[BarButton, ...]] = {
    Key.MUTE: (BarButton.MUTE, BarButton.UNMUTE),
    Key.HOLD: (BarButton.HOLD, BarButton.RESUME, BarButton.BACK),
    Key.HANG_UP: (BarButton.HANG_UP,),
}


class MicrophoneLine(QWidget):
    """Microphone state of the call as text over the full width."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: PillWords = ("", "", "neutral")
        theme.fit(self, lambda it: it.setFixedHeight(theme.grown(LINE_PX)))
        theme.changed.connect(self.update)

    def show_words(self, words: PillWords) -> None:
        if words != self._words:
            self._words = words
            self.setAccessibleName(words[0])
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        text, icon, kind = self._words
        theme, painter, box = self._theme, QPainter(self), QRectF(self.rect())
        ink = theme.colour("text-2" if kind == "neutral" else kind)
        edge = ink if theme.name == "contrast" else None
        fill_box(painter, box, 8, theme.colour(f"{kind}-soft"), edge)
        size = theme.size("icon")
        draw_icon(painter, icon, QRectF(14, box.center().y() - size / 2, size, size), size, ink)
        left = 14 + size + 10
        area = QRectF(left, box.top(), box.width() - left - 14, box.height())
        draw_text(painter, area, text, theme.font("strong"), ink)


class LockedCallCard(QWidget):
    """Shows the active call on the lock page and forwards button presses; hidden without a call."""

    def __init__(
        self, theme: Theme, presenter: CallBarPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presenter = presenter
        self._has_seen_call = False
        self._said = ""
        self._block = CallBlock(theme, presenter.now)
        self._microphone = MicrophoneLine(theme)
        self._buttons = self._make_buttons(theme)
        self._problem = ProblemLine(theme)
        self._hidden = ThemedLabel(theme, style="label", role="text-2", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button, widget in self._buttons.items():
            row.addWidget(widget, 1)
            widget.clicked.connect(partial(self._press, button))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        for part in (self._block, self._microphone):
            column.addWidget(part)
        column.addLayout(row)
        for below in (self._problem, self._hidden):
            column.addWidget(below)
        keys: dict[Key, Callable[[], object]] = {key: partial(self.press, key) for key in _PLACES}
        for anywhere, same in ANYWHERE.items():
            if same in keys:
                keys[anywhere] = keys[same]
        for key, action in keys.items():
            KeyShortcut(key, self, action)
        theme.changed.connect(self.update)
        presenter.changed.connect(self._show)
        self.begin()

    def _make_buttons(self, theme: Theme) -> dict[BarButton, CallButton]:
        """Returns all buttons; of those that share a position, only one is visible."""
        danger, warn = Tone.DANGER, Tone.WARN
        made = {
            BarButton.MUTE: CallButton(
                theme, self.tr("Mute the microphone"), key=Key.MUTE, icon="microphone-slash"
            ),
            BarButton.UNMUTE: CallButton(
                theme,
                self.tr("Unmute the microphone"),
                key=Key.MUTE,
                icon="microphone",
                tone=warn,
            ),
            BarButton.HOLD: CallButton(theme, self.tr("Hold"), key=Key.HOLD, icon="pause"),
            BarButton.RESUME: CallButton(
                theme, self.tr("Resume"), key=Key.HOLD, icon="play", tone=warn
            ),
            BarButton.BACK: CallButton(
                theme, self.tr("To the caller"), key=Key.HOLD, icon="arrow-u-up-left"
            ),
            BarButton.HANG_UP: CallButton(
                theme, self.tr("Hang up"), key=Key.HANG_UP, icon="phone-disconnect", tone=danger
            ),
        }
        for button in made.values():
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            theme.fit(button, lambda it: it.setFixedHeight(theme.grown(BUTTON_PX)))
        return made

    def begin(self) -> None:
        """Resets the widget when the page is locked: a call that ended earlier is not shown."""
        self._has_seen_call = False
        self._said = ""
        self._problem.show_text("")
        self._show(self._presenter.state)

    def show_hidden(self, text: str) -> None:
        """Sets the notice that data is hidden."""
        self._hidden.setText(text)

    def show_problem(self, text: str) -> None:
        """Shows why an action failed; an empty text removes the message."""
        self._problem.show_text(text)
        announce(self, text)

    def press(self, key: Key) -> None:
        """Performs the call bar action of this key, or shows why it is not available."""
        can = self._presenter.state.buttons
        for button in _PLACES[key]:
            if button in can:
                self._press(button)
                return
        locked = self._presenter.state.locked
        if locked is not None:
            over = locked_words.over(None)
            self.show_problem(over if locked.is_over else control_words.wait_for_answer())

    def _press(self, button: BarButton, _checked: bool = False) -> None:
        self._problem.show_text("")
        self._presenter.press(button)

    def _show(self, state: CallBarState) -> None:
        locked = state.locked
        if locked is not None and not locked.is_over:
            self._has_seen_call = True
        if locked is None or not self._has_seen_call:
            self._problem.show_text("")
            self.hide()
            return
        self._block.show_content(locked.block)
        self._microphone.show_words(locked.microphone)
        for places in _PLACES.values():
            shown = next((each for each in places if each in state.buttons), places[0])
            for each in places:
                self._buttons[each].setVisible(each is shown)
                self._buttons[each].setEnabled(each in state.buttons)
        self.show()
        said = f"{locked.block.title}. {locked.microphone[0]}"
        if said != self._said:
            self._said = said
            if self.isVisible():
                announce(self, said, is_urgent=locked.is_over)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        box = QRectF(self.rect())
        fill_box(QPainter(self), box, 8, theme.colour("surface"), theme.colour("line"))
