"""Self-painted buttons with keycaps: action button, call bar button, link and switch."""

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from console.core.keymap import KEYS, shown
from console.ui.paint import (
    draw_focus_ring,
    draw_icon,
    draw_keycap,
    draw_text,
    fill_box,
    keycap_size,
    text_width,
)
from console.ui.theme import Theme

RING_PX = 3  # space reserved inside every button for the focus ring


class Tone(StrEnum):
    """Purpose of a button; determines its colours."""

    PLAIN = "plain"
    MAIN = "main"
    ANSWER = "answer"
    DANGER = "danger"
    DANGER_OUTLINE = "danger-outline"
    WARN = "warn"


_FILLS = {
    Tone.PLAIN: ("surface", "text", "line-control"),
    Tone.MAIN: ("accent", "on-accent", "accent"),
    Tone.ANSWER: ("ok-fill", "on-ok", "ok-fill"),
    Tone.DANGER: ("danger-fill", "on-danger", "danger-fill"),
    Tone.DANGER_OUTLINE: ("surface", "danger", "danger-fill"),
    Tone.WARN: ("warn-soft", "warn", "warn"),
}


LEAST_TEXT_PX = 64


class ThemedButton(QAbstractButton):
    """Base of the painted buttons: theme, tone, and the hover, pressed and focused appearance."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = Tone.PLAIN
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # No updateGeometry here: `TextSizes` invalidates all size hints when the text size changes.
        theme.changed.connect(self.update)
        KEYS.changed.connect(self._keys_changed)

    def set_tone(self, tone: Tone) -> None:
        if tone is not self._tone:
            self._tone = tone
            self.update()

    def _keys_changed(self) -> None:
        self._name_as_shown()
        self.updateGeometry()
        self.update()

    def _name_as_shown(self) -> None:
        """Sets the accessible name or tool tip; called again when the shortcut of the button
        changes.
        """

    def _paint_ground(self, painter: QPainter) -> tuple[QRectF, str, str]:
        """Paints the box of the button; returns its rectangle and the colour roles of the text and
        the keycap border.
        """
        fill, text, border = _FILLS[self._tone]
        if not self.isEnabled():
            fill, text, border = "sunken", "text-disabled", "sunken"
        elif self.underMouse() or self.isDown():
            fill = {"surface": "hover", "accent": "accent-hover"}.get(fill, fill)
        box = QRectF(self.rect()).adjusted(RING_PX, RING_PX, -RING_PX, -RING_PX)
        fill_box(painter, box, 6, self._theme.colour(fill), self._theme.colour(border))
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, QRectF(self.rect()))
        filled = self._tone in (Tone.MAIN, Tone.ANSWER, Tone.DANGER) and self.isEnabled()
        cap = text if filled or not self.isEnabled() else "line-control"
        if self._tone in (Tone.DANGER_OUTLINE, Tone.WARN) and self.isEnabled():
            cap = text
        return box, text, cap


class ActionButton(ThemedButton):
    """Button with icon, text and keycap in one line, as used in form footers.

    With ``elides`` the text is shortened to ``LEAST_TEXT_PX`` in narrow layouts.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        key: str = "",
        icon: str = "",
        tone: Tone = Tone.PLAIN,
        small: bool = False,
        elides: bool = False,
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``spoken`` is the accessible name of a button that shows no text."""
        super().__init__(theme, parent)
        self._key = key
        self._spoken = spoken
        self._icon = icon
        self._small = small
        self._elides = elides
        self.set_tone(tone)
        self.setText(text)
        across = QSizePolicy.Policy.Maximum if elides else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Sets the text, and the accessible name, which also contains the key."""
        super().setText(text)
        self._name_as_shown()
        self.updateGeometry()

    def _name_as_shown(self) -> None:
        key = shown(self._key)
        text = self.text() or self._spoken
        self.setAccessibleName(f"{text}, {key}" if key else text)

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Shows another key; used when the shortcut of the action changes."""
        if key != self._key:
            self._key = key
            self._name_as_shown()
            self.updateGeometry()
            self.update()

    def _height(self) -> int:
        if self._small:
            return self._theme.size("button_small")
        main = self._tone in (Tone.MAIN, Tone.ANSWER, Tone.DANGER)
        return self._theme.size("button_main" if main else "button")

    def _width_around(self) -> float:
        width = 2.0 * (14 + RING_PX)
        if self._icon:
            width += self._theme.size("icon_button") + 8
        if self._key:
            width += keycap_size(self._theme, self._key).width() + 10
        return width

    def sizeHint(self) -> QSize:
        width = self._width_around() + text_width(self._theme.font("button"), self.text())
        return QSize(round(width), self._height() + 2 * RING_PX)

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        if not self._elides:
            return whole
        return whole.boundedTo(QSize(round(self._width_around()) + LEAST_TEXT_PX, whole.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box, text_role, cap_role = self._paint_ground(painter)
        colour = self._theme.colour(text_role)
        left = box.left() + 14
        middle = box.center().y()
        if self._icon:
            size = self._theme.size("icon_button")
            draw_icon(
                painter, self._icon, QRectF(left, middle - size / 2, size, size), size, colour
            )
            left += size + 8
        width = text_width(self._theme.font("button"), self.text()) + 2
        if self._elides:
            width = min(width, self.width() - self._width_around() + 2)
        draw_text(
            painter,
            QRectF(left, box.top(), width, box.height()),
            self.text(),
            self._theme.font("button"),
            colour,
        )
        if self._key:
            draw_keycap(
                painter,
                self._theme,
                left + width + 8,
                middle,
                self._key,
                colour,
                self._theme.colour(cap_role),
            )


class CallButton(ThemedButton):
    """Button of the call bar, 56 px high: icon and keycap above, text below."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        key: str,
        icon: str,
        tone: Tone = Tone.PLAIN,
        width_px: int = 84,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._key = key
        self._icon = icon
        self._width_px = width_px
        self.set_tone(tone)
        self.setText(text)
        self._name_as_shown()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # Calls are controlled by keys or the mouse; the keyboard focus remains in the text field.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _name_as_shown(self) -> None:
        self.setAccessibleName(f"{self.text()}, {shown(self._key)}")

    def sizeHint(self) -> QSize:
        label = text_width(self._theme.font("button"), self.text()) + 20
        above = (
            self._theme.size("icon_call") + 10 + keycap_size(self._theme, self._key).width() + 20
        )
        width = max(self._width_px, round(label), round(above))
        return QSize(width + 2 * RING_PX, self._theme.size("button_call") + 2 * RING_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box, text_role, cap_role = self._paint_ground(painter)
        colour = self._theme.colour(text_role)
        icon_px = self._theme.size("icon_call")
        cap = keycap_size(self._theme, self._key)
        row = icon_px + 10 + cap.width()
        left = box.center().x() - row / 2
        middle = box.top() + box.height() * 0.34
        draw_icon(
            painter,
            self._icon,
            QRectF(left, middle - icon_px / 2, icon_px, icon_px),
            icon_px,
            colour,
        )
        draw_keycap(
            painter,
            self._theme,
            left + icon_px + 10,
            middle,
            self._key,
            colour,
            self._theme.colour(cap_role),
        )
        label = QRectF(
            box.left() + 4, box.top() + box.height() * 0.55, box.width() - 8, box.height() * 0.36
        )
        draw_text(
            painter,
            label,
            self.text(),
            self._theme.font("button"),
            colour,
            Qt.AlignmentFlag.AlignHCenter,
        )


class LinkButton(ThemedButton):
    """Text button without a box; its key, if any, is shown in the tool tip."""

    def __init__(
        self, theme: Theme, text: str, parent: QWidget | None = None, *, key: str = ""
    ) -> None:
        super().__init__(theme, parent)
        self._key = key
        self.setText(text)
        self.setAccessibleName(text)
        self._name_as_shown()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _name_as_shown(self) -> None:
        self.setToolTip(shown(self._key))

    def sizeHint(self) -> QSize:
        return QSize(
            round(text_width(self._theme.font("button"), self.text())) + 2 * (RING_PX + 4),
            self._theme.size("target_min") + 2 * RING_PX,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(RING_PX, RING_PX, -RING_PX, -RING_PX)
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, QRectF(self.rect()))
        role = "accent-hover" if self.underMouse() else "accent"
        draw_text(
            painter,
            box,
            self.text(),
            self._theme.font("button"),
            self._theme.colour(role),
            Qt.AlignmentFlag.AlignHCenter,
        )


BOX_PX = 18
GAP_PX = 8


class Toggle(ThemedButton):
    """Checkbox that is switched with Space; ``toggled`` reports changes by the user.

    ``key`` is only displayed; the page handles it.
    """

    def __init__(
        self, theme: Theme, text: str, *, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._key = key
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_on(self, on: bool) -> None:
        """Shows a value without emitting ``toggled``."""
        if on != self.isChecked():
            self.blockSignals(True)
            self.setChecked(on)
            self.blockSignals(False)
            self.update()

    def sizeHint(self) -> QSize:
        width = text_width(self._theme.font("body"), self.text())
        if self._key:
            width += keycap_size(self._theme, self._key).width() + GAP_PX
        return QSize(
            round(width) + BOX_PX + GAP_PX + 2 * (RING_PX + 4),
            self._theme.size("target_min") + 2 * RING_PX,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self.hasFocus():
            draw_focus_ring(painter, theme, area)
        box = QRectF(RING_PX + 3, area.center().y() - BOX_PX / 2, BOX_PX, BOX_PX)
        if self.isChecked():
            fill_box(painter, box, 4, theme.colour("accent"))
            draw_icon(painter, "check", box, 14, theme.colour("on-accent"))
        else:
            ground = "hover" if self.underMouse() else "surface"
            fill_box(painter, box, 4, theme.colour(ground), theme.colour("line-control"))
        left = box.right() + GAP_PX
        if self._key:
            middle, ink, line = (
                area.center().y(),
                theme.colour("text"),
                theme.colour("line-control"),
            )
            left += draw_keycap(painter, theme, left, middle, self._key, ink, line) + GAP_PX
        draw_text(
            painter,
            QRectF(left, area.top(), area.right() - left, area.height()),
            self.text(),
            theme.font("body"),
            theme.colour("text" if self.isEnabled() else "text-disabled"),
        )
