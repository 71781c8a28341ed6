"""Widgets of the call bar: call block, strip of the second call, operator state, and buttons."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.core import formats
from console.core.default_keys import Key
from console.core.keymap import shown
from console.features.call_bar.block_content import BlockContent, PillWords, StripContent
from console.features.call_bar.presenter import BarButton, CallBarPresenter, CallBarState
from console.shared.session.operator_state import StatePill
from console.ui.buttons import CallButton, ThemedButton, Tone
from console.ui.labels import Surface, ThemedLabel, draw_pill, pill_size
from console.ui.paint import (
    draw_icon,
    draw_keycap,
    draw_text,
    fill_box,
    keycap_size,
    text_width,
)
from console.ui.theme import Theme

_TINTS = {
    "none": ("", "neutral-soft", "text-2", "text-2"),
    "accent": ("accent-soft", "accent", "on-accent", "accent"),
    "ok": ("ok-soft", "ok", "ok-soft", "ok"),
    "warn": ("warn-soft", "warn", "warn-soft", "warn"),
    "wrap": ("wrap-soft", "wrap", "wrap-soft", "wrap"),
    "danger": ("danger-soft", "danger", "danger-soft", "danger"),
}

SIDE_PX, NARROW_SIDE_PX = 14, 7
NUMBER_PX, SMALL_NUMBER_PX = 190, 150  # width of a phone number in both font sizes
LEAST_TIMER, AROUND_TIMER_PX = "00:00", 16
CALM = "neutral"  # style of a badge without a warning: the caller's name has priority over it
TIMER_ROOM_PX = 160  # area repainted each second


def elapsed_text(since: datetime, now: datetime) -> str:
    """Returns the elapsed minutes and seconds, as in ``2:31``, with hours if needed."""
    seconds = max(0, int((now - since).total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}"
    return f"{minutes}:{seconds:02}"


def remaining_text(until: datetime, now: datetime) -> str:
    """Returns the remaining minutes and seconds, rounded up, as in ``0:27``."""
    left = until - now
    whole = -(-left // timedelta(seconds=1))
    return elapsed_text(now, now + timedelta(seconds=max(0, whole)))


class CallBlock(QWidget):
    """Call block: icon, caller, second line of text, and a running timer."""

    timer_widened = Signal()  # the timer text needs more width, e.g. after an hour

    def __init__(
        self, theme: Theme, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self._content = BlockContent("none", "phone", "", "")
        self._has_disc = True
        self._timer_shape = LEAST_TIMER
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.fit(self, lambda it: it.setFixedHeight(theme.size("call_block")))
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._redraw_timer)
        theme.changed.connect(self.update)

    def show_content(self, content: BlockContent) -> None:
        if content == self._content:
            return
        self._content = content
        self._timer_shape = self._shape_of(self._clock())
        said = [f"{content.word} {content.title}. {content.detail}".strip()]
        pills = (content.pill, content.recording, content.quality)
        said += [each[0] for each in pills if each is not None]
        name = ". ".join(said)
        if name != self.accessibleName():
            self.setAccessibleName(name)
        self.setToolTip(content.tool_tip)
        if content.since is None and content.detail_since is None and content.until is None:
            self._tick.stop()
        elif not self._tick.isActive():
            self._tick.start()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(260, self._theme.size("call_block"))

    def needed_px(self, *, with_disc: bool) -> int:
        """Returns the width in px at which the phone number is complete next to the timer.

        Without the icon (``with_disc``) the timer has a smaller font, and the number may have one.
        """
        theme, content = self._theme, self._content
        style, most = ("caller", NUMBER_PX) if with_disc else ("strong", SMALL_NUMBER_PX)
        title = min(text_width(theme.font(style), content.title) + 2, theme.grown(most))
        runs = content.since is not None or content.until is not None
        timer = max(
            text_width(self._timer_font(with_disc=with_disc), self._timer_shape) if runs else 0,
            text_width(theme.font("state"), content.word),
        )
        disc = theme.size("disc") + SIDE_PX if with_disc else 0
        return round(SIDE_PX + disc + title + 2 * (AROUND_TIMER_PX + 4) + timer)

    def show_disc(self, shown: bool) -> None:
        """Shows or hides the icon; it is hidden if space is scarce, because the text has the same
        meaning.
        """
        if shown is not self._has_disc:
            self._has_disc = shown
            self.update()

    def _timer_text(self, now: datetime) -> str:
        content = self._content
        if content.until is not None:
            return remaining_text(content.until, now)
        return "" if content.since is None else elapsed_text(content.since, now)

    def _shape_of(self, now: datetime) -> str:
        """Returns the timer text with zeros for all digits: its width does not change each
        second.
        """
        shape = re.sub(r"\d", "0", self._timer_text(now))
        return max(shape, LEAST_TIMER, key=len)

    def _timer_font(self, *, with_disc: bool) -> QFont:
        """Returns the timer font, which is small if the icon is hidden to save space."""
        return self._theme.font("clock" if with_disc else "strong")

    def _redraw_timer(self) -> None:
        shape = self._shape_of(self._clock())
        if shape != self._timer_shape:
            self._timer_shape = shape
            self.timer_widened.emit()
        if self._content.detail_since is not None:
            self.update()
        else:
            room_px = self._theme.grown(TIMER_ROOM_PX)
            self.update(self.width() - room_px, 0, room_px, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, content = self._theme, self._content
        ground, disc, ink, word_role = _TINTS[content.tint]
        box = QRectF(self.rect())
        if ground:
            edge = theme.colour(word_role) if theme.name == "contrast" else None
            fill_box(painter, box, 8, theme.colour(ground), edge)
        left: float = SIDE_PX
        if self._has_disc:
            disc_px = theme.size("disc")
            spot = QRectF(left, box.center().y() - disc_px / 2, disc_px, disc_px)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(disc))
            painter.drawEllipse(spot)
            draw_icon(painter, content.icon, spot, theme.size("icon_call"), theme.colour(ink))
            left = spot.right() + SIDE_PX
        first, second = self._paint_timer(painter, box, word_role)
        middle, grown = box.center().y(), theme.grown
        style = "caller" if self._has_disc else "strong"
        title_width = min(text_width(theme.font(style), content.title) + 2, first - left)
        draw_text(
            painter,
            QRectF(left, middle - grown(24), title_width, grown(24)),
            content.title,
            theme.font(style),
            theme.colour("text"),
        )
        below = []
        pill_left = left + title_width + 12
        for pill in (content.pill, content.recording):
            if pill is None:
                continue
            size = pill_size(theme, pill[0], bool(pill[1]))
            if pill_left + size.width() < first:
                area = QRectF(pill_left, middle - grown(23), size.width(), size.height())
                draw_pill(painter, theme, area, *pill)
                pill_left = area.right() + 8
            else:
                below.append(pill)
        below = self._most_urgent(below, second - left)
        detail = content.detail
        if content.detail_since is not None:
            detail = f"{elapsed_text(content.detail_since, self._clock())} {detail}"
        detail_px = text_width(theme.font("body"), detail) + 2
        for pill in below:
            calm = pill is content.quality and pill[2] == CALM
            has_room = left + detail_px + self._pill_below_px(pill[0]) <= second
            text = "" if calm and not has_room else pill[0]
            second = self._paint_pill_below(painter, second, (text, *pill[1:]))
        draw_text(
            painter,
            QRectF(left, middle + grown(3), second - left, grown(20)),
            detail,
            theme.font("body"),
            theme.colour("text-2"),
        )

    def _most_urgent(self, pills: list[PillWords], room_px: float) -> list[PillWords]:
        """Returns the badges that fit in the second line, from right to left, the most urgent last.

        The most urgent badge is always shown completely, however long the name above is.
        """
        kept: list[PillWords] = []
        for pill in pills:
            room_px -= self._pill_below_px(pill[0])
            if not kept or room_px >= 0:
                kept.insert(0, pill)
        quality = self._content.quality
        if quality is not None:
            shortest = "" if quality[2] == CALM else quality[0]
            if not kept or room_px >= self._pill_below_px(shortest):
                kept.insert(0, quality)
        return kept

    def _pill_below_px(self, text: str) -> int:
        return pill_size(self._theme, text, with_icon=True).width() + 8

    def _paint_pill_below(
        self, painter: QPainter, right: float, pill: tuple[str, str, str]
    ) -> float:
        """Paints a badge at the right end of the second line; returns its left edge."""
        text, icon, kind = pill
        size = pill_size(self._theme, text, with_icon=True)
        top = self.rect().center().y() + self._theme.grown(3)
        area = QRectF(right - size.width(), top, size.width(), size.height())
        draw_pill(painter, self._theme, area, text, icon, kind)
        return area.left() - 8

    def _paint_timer(self, painter: QPainter, box: QRectF, word_role: str) -> tuple[float, float]:
        """Paints the timer and its label; returns the right limits of the two lines of text."""
        theme, content = self._theme, self._content
        right = box.right() - AROUND_TIMER_PX
        text = self._timer_text(self._clock())
        if not text:
            return right, right
        font = self._timer_font(with_disc=self._has_disc)
        clock = text_width(font, text) + 4
        word = text_width(theme.font("state"), content.word) + 4
        width = max(clock, word)
        middle, grown = box.center().y(), theme.grown
        draw_text(
            painter,
            QRectF(right - width, middle - grown(26), width, grown(28)),
            text,
            font,
            theme.colour(content.timer_role),
            Qt.AlignmentFlag.AlignRight,
        )
        draw_text(
            painter,
            QRectF(right - width, middle + grown(4), width, grown(18)),
            content.word,
            theme.font("state"),
            theme.colour(word_role),
            Qt.AlignmentFlag.AlignRight,
        )
        return right - clock - AROUND_TIMER_PX, right - word - AROUND_TIMER_PX


STATE_KEY = Key.STATE


class OperatorPill(ThemedButton):
    """Button with the operator state: icon, text, duration, and the operator's name or next state.

    A click does the same as the state key. The button never takes the keyboard focus.
    """

    def __init__(
        self, theme: Theme, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._clock = clock
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pill = StatePill("", "minus-circle-fill", "text-2", "", None)
        self._is_narrow = False
        theme.fit(self, lambda it: it.take_room())
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.update)
        self._tick.start()

    @property
    def whole_px(self) -> int:
        """Width of the button with its text, in px."""
        return round(self._theme.size("label_col") + 124)

    def set_narrow(self, is_narrow: bool) -> None:
        """Shows only icon and key name if the phone number needs the space."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.take_room()
            self.update()

    def take_room(self) -> None:
        """Sets the size for the text in the current font size."""
        theme = self._theme
        alone = round(keycap_size(theme, STATE_KEY).width() + 2 * NARROW_SIDE_PX)
        self.setFixedSize(alone if self._is_narrow else self.whole_px, theme.size("call_block"))

    def show_state(self, pill: StatePill) -> None:
        self._pill = pill
        name = f"{pill.word}. {pill.below}, {shown(STATE_KEY)}"
        if name != self.accessibleName():
            self.setAccessibleName(name)
        self.setToolTip(pill.below)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, pill = self._theme, self._pill
        box = QRectF(self.rect())
        fill_box(painter, box, 8, theme.colour("surface"), theme.colour("line-control"))
        size, grown = theme.size("icon"), theme.grown
        top = box.top() + grown(18)
        ink = theme.colour(pill.role)
        if self._is_narrow:
            self._paint_icon_and_key(painter, box)
            return
        draw_icon(painter, pill.icon, QRectF(14, top - size / 2, size, size), size, ink)
        elapsed = elapsed_text(pill.since, self._clock()) if pill.since else ""
        width = text_width(theme.font("body"), elapsed) + 2
        draw_text(
            painter,
            QRectF(14 + size + 8, top - grown(11), box.width() - 60 - width, grown(22)),
            pill.word,
            theme.font("section"),
            ink,
        )
        draw_text(
            painter,
            QRectF(box.right() - 14 - width, top - grown(11), width, grown(22)),
            elapsed,
            theme.font("body"),
            theme.colour("text"),
            Qt.AlignmentFlag.AlignRight,
        )
        cap = keycap_size(theme, STATE_KEY).width()
        draw_text(
            painter,
            QRectF(14, box.bottom() - grown(26), box.width() - 36 - cap, grown(20)),
            pill.below,
            theme.font("label"),
            theme.colour("text-2"),
        )
        draw_keycap(
            painter,
            theme,
            box.right() - 14 - cap,
            box.bottom() - grown(16),
            STATE_KEY,
            theme.colour("text-2"),
            theme.colour("line-control"),
        )

    def _paint_icon_and_key(self, painter: QPainter, box: QRectF) -> None:
        theme, pill = self._theme, self._pill
        size, cap = theme.size("icon_call"), keycap_size(theme, STATE_KEY).width()
        spot = QRectF(box.center().x() - size / 2, box.top() + theme.grown(8), size, size)
        draw_icon(painter, pill.icon, spot, size, theme.colour(pill.role))
        draw_keycap(
            painter,
            theme,
            box.center().x() - cap / 2,
            box.bottom() - theme.grown(16),
            STATE_KEY,
            theme.colour("text-2"),
            theme.colour("line-control"),
        )


KEY = Key.SWITCH
STRIP_PX = 28


class CallStrip(ThemedButton):
    """Strip for the second call; a click does the same as its key."""

    def __init__(
        self, theme: Theme, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._clock = clock
        self._content: StripContent | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.fit(self, lambda it: it.setFixedHeight(theme.grown(STRIP_PX)))
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.update)
        self.hide()

    def show_content(self, content: StripContent | None) -> None:
        """Shows the second call; None hides the strip."""
        if content == self._content:
            return
        self._content = content
        if content is None:
            self._tick.stop()
        else:
            self._tick.start()
            self.setAccessibleName(
                f"{content.text}. {content.word}. {shown(KEY)}: {content.action}"
            )
            self.setToolTip(content.action)
        self.setVisible(content is not None)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, self._theme.grown(STRIP_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        content = self._content
        if content is None:
            return
        painter = QPainter(self)
        theme = self._theme
        box = QRectF(self.rect())
        ink = theme.colour(content.role)
        edge = ink if theme.name == "contrast" or self.underMouse() else None
        fill_box(painter, box, 6, theme.colour(f"{content.role}-soft"), edge)
        size = theme.size("icon_meta")
        middle = box.center().y()
        draw_icon(painter, content.icon, QRectF(14, middle - size / 2, size, size), size, ink)
        right = box.right() - 10
        action, cap = content.action, keycap_size(theme, KEY).width()
        width = text_width(theme.font("label"), action) + 2
        draw_text(
            painter,
            QRectF(right - width, box.top(), width, box.height()),
            action,
            theme.font("label"),
            theme.colour("text-2"),
        )
        right -= width + 8 + cap
        draw_keycap(painter, theme, right, middle, KEY, ink, ink)
        clock = f"{content.word} {elapsed_text(content.since, self._clock())}"
        width = text_width(theme.font("state"), clock) + 2
        right -= width + 14
        draw_text(
            painter,
            QRectF(right, box.top(), width, box.height()),
            clock,
            theme.font("state"),
            ink,
        )
        left = 14.0 + size + 8
        draw_text(
            painter,
            QRectF(left, box.top(), right - left - 10, box.height()),
            content.text,
            theme.font("strong"),
            theme.colour("text"),
        )


STRIP_MARGIN_PX, GAP_PX = 8, 8
MARGINS_PX = (12, 0, 16, 0)


class CallBar(Surface):
    """Call bar: shows the view state and forwards button presses."""

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
        """Returns the buttons; their order is fixed to allow using them without looking."""
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
                theme, self.tr("Conference"), key=Key.JOIN, icon="users-three"
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
        return self.tr("%n more second(s)", "", seconds)

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
            self._date.setText(formats.day_words(now.date(), "ddd, d MMMM"))

    def show_bar(self, state: CallBarState) -> None:
        self._pill.show_state(state.operator)
        self._block.show_content(state.block)
        self._strip.show_content(state.strip)
        bar, margin = self._theme.size("callbar"), STRIP_MARGIN_PX if state.strip else 0
        self.setFixedHeight(bar + (self._strip.height() + margin if state.strip else 0))
        # Hidden first: old and new buttons together would be wider than the window.
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
        """Distributes the width of the call bar; the caller's phone number must be complete.

        If space is scarce, first the clock is hidden, then the icon of the call block, then the
        text of the operator state, which its icon and the call block also show.
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
