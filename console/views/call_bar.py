"""The call bar: the operator's state, the call, its buttons and the clock; always in sight."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console import words
from console.presenters.call_bar import BarButton, CallBarPresenter, CallBarState
from console.views.components.buttons import CallButton, Tone
from console.views.components.call_block import CallBlock, OperatorPill
from console.views.components.labels import Surface, ThemedLabel
from console.views.theme import Theme


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
        self.setFixedHeight(theme.size("callbar"))
        self._pill = OperatorPill(theme)
        self._block = CallBlock(theme)
        self._buttons = {
            BarButton.CHECK: CallButton(
                theme, self.tr("Check"), key="F12", icon="heartbeat", width_px=118
            ),
            BarButton.TRAINING: CallButton(
                theme, self.tr("Training call"), key="Ctrl+T", icon="headset", width_px=118
            ),
            BarButton.READY: CallButton(
                theme,
                self.tr("Ready for calls"),
                key="F9",
                icon="check-circle",
                tone=Tone.MAIN,
                width_px=132,
            ),
            BarButton.EXTEND: CallButton(
                theme, self._extend_words(), key="F3", icon="timer", width_px=118
            ),
            BarButton.ANSWER: CallButton(
                theme,
                self.tr("Answer"),
                key="F2",
                icon="phone-call-fill",
                tone=Tone.ANSWER,
                width_px=132,
            ),
            BarButton.REJECT: CallButton(
                theme,
                self.tr("Reject"),
                key="F8",
                icon="phone-disconnect",
                tone=Tone.DANGER_OUTLINE,
            ),
            BarButton.MUTE: CallButton(theme, self.tr("Microphone"), key="F6", icon="microphone"),
            BarButton.UNMUTE: CallButton(
                theme, self.tr("Unmute"), key="F6", icon="microphone-slash", tone=Tone.WARN
            ),
            BarButton.HANG_UP: CallButton(
                theme, self.tr("Hang up"), key="F8", icon="phone-disconnect", tone=Tone.DANGER
            ),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._pill)
        row.addWidget(self._block, 1)
        for button, widget in self._buttons.items():
            row.addWidget(widget)
            widget.setVisible(False)
            widget.clicked.connect(lambda _checked=False, b=button: presenter.press(b))
        row.addSpacing(8)
        row.addLayout(self._clock_column(theme))
        self._pill.clicked.connect(presenter.state_key.emit)
        presenter.changed.connect(self._show)
        self._show(presenter.state)

    def _extend_words(self) -> str:
        seconds = self._presenter.extension_s
        return self.tr("%n second(s) more", "", seconds)

    def _clock_column(self, theme: Theme) -> QVBoxLayout:
        self._time = ThemedLabel(theme, style="clock")
        self._date = ThemedLabel(theme, style="label", role="text-2")
        for label in (self._time, self._date):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout()
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
        return column

    def _show_time(self) -> None:
        now = datetime.now(self._zone)
        text = now.strftime("%H:%M")
        if self._time.text() != text:
            self._time.setText(text)
            self._date.setText(words.formats.day_words(now.date(), "ddd, d MMMM"))

    def _show(self, state: CallBarState) -> None:
        operator = state.operator
        self._pill.show_state(operator)
        self._block.show_content(state.block)
        for button, widget in self._buttons.items():
            widget.setVisible(button in state.buttons)
