"""The call bar: the operator's state, the call, its buttons and the clock; always in sight."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console import words
from console.keys.defaults import Key
from console.presenters.call_bar import BarButton, CallBarPresenter, CallBarState
from console.views.components.buttons import CallButton, Tone
from console.views.components.call_block import CallBlock, OperatorPill
from console.views.components.call_strip import CallStrip
from console.views.components.labels import Surface, ThemedLabel
from console.views.theme import Theme

STRIP_MARGIN_PX, GAP_PX = 8, 8
MARGINS_PX = (12, 0, 16, 0)


class CallBar(Surface):
    """Shows what the presenter says and hands it the buttons that are pressed."""

    def __init__(
        self,
        theme: Theme,
        presenter: CallBarPresenter,
        zone: ZoneInfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "surface", parent)
        self._presenter = presenter
        self._zone = zone
        self._pill = OperatorPill(theme, presenter.now)
        self._block = CallBlock(theme, presenter.now)
        self._block.timer_widened.connect(lambda: self._share_room(presenter.state))
        self._strip = CallStrip(theme, presenter.now)
        self._strip.clicked.connect(presenter.switch)
        self._pill.clicked.connect(presenter.state_key.emit)
        self._buttons = self._make_buttons(theme)
        row = QHBoxLayout()
        row.setContentsMargins(*MARGINS_PX)
        row.setSpacing(GAP_PX)
        row.addWidget(self._pill)
        row.addWidget(self._block, 1)
        for button, widget in self._buttons.items():
            row.addWidget(widget)
            widget.setVisible(False)
            widget.clicked.connect(lambda _checked=False, b=button: presenter.press(b))
        self._clock = self._make_clock(theme)
        row.addWidget(self._clock)
        self._below = below = QHBoxLayout()
        below.addWidget(self._strip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addLayout(below)
        presenter.changed.connect(self.show_bar)
        theme.fit(self, lambda it: it.show_bar(presenter.state))

    def _make_buttons(self, theme: Theme) -> dict[BarButton, CallButton]:
        """In the order of their places, which never changes: a hand finds each of them blind."""
        warn, danger = Tone.WARN, Tone.DANGER
        return {
            BarButton.CHECK: CallButton(
                theme, self.tr("Check"), key=Key.CHECK, icon="heartbeat", width_px=118
            ),
            BarButton.DIAL: CallButton(
                theme, self.tr("Dial a number"), key=Key.DIAL, icon="phone-outgoing", width_px=118
            ),
            BarButton.TRAINING: CallButton(
                theme, self.tr("Training"), key=Key.TRAINING, icon="headset", width_px=118
            ),
            BarButton.EXTEND: CallButton(
                theme, self._extend_words(), key=Key.HOLD, icon="timer", width_px=118
            ),
            BarButton.READY: CallButton(
                theme,
                self.tr("Ready for calls"),
                key=Key.STATE,
                icon="check-circle",
                tone=Tone.MAIN,
                width_px=132,
            ),
            BarButton.CALL_BACK: CallButton(
                theme, self.tr("Call back"), key=Key.CALL, icon="phone-outgoing", width_px=118
            ),
            BarButton.ANSWER: CallButton(
                theme,
                self.tr("Answer"),
                key=Key.ANSWER,
                icon="phone-call-fill",
                tone=Tone.ANSWER,
                width_px=132,
            ),
            BarButton.REJECT: CallButton(
                theme,
                self.tr("Reject"),
                key=Key.HANG_UP,
                icon="phone-disconnect",
                tone=Tone.DANGER_OUTLINE,
            ),
            BarButton.HOLD: CallButton(theme, self.tr("Hold"), key=Key.HOLD, icon="pause"),
            BarButton.RESUME: CallButton(
                theme, self.tr("Resume"), key=Key.HOLD, icon="play", tone=warn
            ),
            BarButton.BACK: CallButton(
                theme, self.tr("To the caller"), key=Key.HOLD, icon="arrow-u-up-left"
            ),
            BarButton.MUTE: CallButton(
                theme, self.tr("Microphone"), key=Key.MUTE, icon="microphone"
            ),
            BarButton.UNMUTE: CallButton(
                theme, self.tr("Unmute"), key=Key.MUTE, icon="microphone-slash", tone=warn
            ),
            BarButton.KEYPAD: CallButton(
                theme, self.tr("Keypad"), key=Key.KEYPAD, icon="dots-nine"
            ),
            BarButton.JOIN: CallButton(
                theme, self.tr("All three"), key=Key.JOIN, icon="users-three"
            ),
            BarButton.TRANSFER: CallButton(
                theme, self.tr("Transfer"), key=Key.TRANSFER, icon="arrow-bend-up-right"
            ),
            BarButton.CONNECT: CallButton(theme, self.tr("Connect"), key=Key.TRANSFER, icon="link"),
            BarButton.HANG_UP: CallButton(
                theme, self.tr("Hang up"), key=Key.HANG_UP, icon="phone-disconnect", tone=danger
            ),
        }

    def _extend_words(self) -> str:
        seconds = self._presenter.extension_s
        return self.tr("%n second(s) more", "", seconds)

    def _make_clock(self, theme: Theme) -> QWidget:
        self._time = ThemedLabel(theme, style="clock")
        self._date = ThemedLabel(theme, style="label", role="text-2")
        for label in (self._time, self._date):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
        clock = QWidget()
        column = QVBoxLayout(clock)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._time)
        column.addWidget(self._date)
        column.addStretch(1)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        self._show_time()
        return clock

    def _show_time(self) -> None:
        now = self._presenter.now().astimezone(self._zone)
        text = now.strftime("%H:%M")
        if self._time.text() != text:
            self._time.setText(text)
            self._date.setText(words.formats.day_words(now.date(), "ddd, d MMMM"))

    def show_bar(self, state: CallBarState) -> None:
        self._pill.show_state(state.operator)
        self._block.show_content(state.block)
        self._strip.show_content(state.strip)
        bar, margin = self._theme.size("callbar"), STRIP_MARGIN_PX if state.strip else 0
        self.setFixedHeight(bar + (self._strip.height() + margin if state.strip else 0))
        # Those that go leave first: for a moment both would need a wider window than there is.
        for button, widget in self._buttons.items():
            if button not in state.buttons:
                widget.hide()
        self._share_room(state)
        self._below.setContentsMargins(12 + self._pill.width() + 8, 0, 16, margin)
        for button in state.buttons:
            self._buttons[button].show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room(self._presenter.state)

    def _share_room(self, state: CallBarState) -> None:
        """The number on the line is read whole.

        The clock gives way to it, then the disc, then the words of one's own state: the icon and
        the block itself say it too.
        """
        buttons = sum(self._buttons[each].sizeHint().width() + GAP_PX for each in state.buttons)
        sides = MARGINS_PX[0] + self._pill.whole_px + GAP_PX + MARGINS_PX[2]
        room = self.width() - sides - buttons
        clock = self._clock.sizeHint().width() + GAP_PX
        needed = self._block.needed_px(with_disc=True)
        self._clock.setVisible(room - clock >= needed)
        self._block.show_disc(room >= needed)
        least = self._block.needed_px(with_disc=False)
        self._pill.set_narrow(state.block.until is None and room < least)
