"""Labels and decorations: themed, wrapping and elided text, pills, key hints, lines, surfaces."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QTextEdit, QWidget

from console.core.default_keys import Key
from console.core.keymap import KEYS, shown, with_keys
from console.ui.paint import (
    draw_icon,
    draw_keycap,
    draw_text,
    fill_box,
    keycap_size,
    text_width,
)
from console.ui.theme import Theme


class ThemedLabel(QLabel):
    """Label with one font style and colour role; ``wrap`` enables word wrap."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        style: str = "body",
        role: str = "text",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._style = style
        self._role = role
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.fit(self, lambda it: it.take_font())
        # Unless it is set, the palette role depends on the parent, which is not set yet.
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self._recolour()
        theme.recoloured.connect(self._recolour)

    def take_font(self) -> None:
        """Applies the font of the style in the current text size."""
        self.setFont(self._theme.font(self._style))
        # Discards the cached size hint; an empty label would otherwise retain the hint of the old
        # font.
        self.setIndent(self.indent())

    def set_role(self, role: str) -> None:
        if role != self._role:  # setting a palette triggers a layout
            self._role = role
            self._recolour()

    def _recolour(self) -> None:
        palette = self.palette()
        palette.setColor(self.foregroundRole(), self._theme.colour(self._role))
        self.setPalette(palette)


class WholeLabel(ThemedLabel):
    """Label that is always as high as its text requires, even in a short column."""

    def __init__(
        self, theme: Theme, text: str = "", *, style: str = "body", role: str = "text"
    ) -> None:
        super().__init__(theme, text, style=style, role=role, wrap=True)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._keep_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        self.setMinimumHeight(0)  # heightForWidth is never below the minimum height
        self.setMinimumHeight(self.heightForWidth(self.width()) if self.text() else 0)


class ElidedLabel(QWidget):
    """Single-line label, elided if needed; the full text is the tool tip and accessible name.

    With ``whole_or_not`` nothing is painted if the text does not fit.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        style: str = "body",
        role: str = "text",
        whole_or_not: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._style = style
        self._role = role
        self._whole_or_not = whole_or_not
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.setToolTip(text)
            self.update()

    def set_role(self, role: str) -> None:
        if role != self._role:
            self._role = role
            self.update()

    def sizeHint(self) -> QSize:
        width = round(text_width(self._theme.font(self._style), self._text)) + 2
        return QSize(width, self._theme.line_px(self._style))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._whole_or_not and self.width() < self.sizeHint().width() - 2:
            return
        painter = QPainter(self)
        draw_text(
            painter,
            QRectF(self.rect()),
            self._text,
            self._theme.font(self._style),
            self._theme.colour(self._role),
        )


class Pill(QWidget):
    """Status badge with icon and text on a background of the same hue."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        icon: str = "",
        kind: str = "neutral",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = text
        self._icon = icon
        self._kind = kind
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_state(self, text: str, *, icon: str = "", kind: str = "neutral") -> None:
        if (text, icon, kind) == (self._text, self._icon, self._kind):
            return
        self._text, self._icon, self._kind = text, icon, kind
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return pill_size(self._theme, self._text, bool(self._icon))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_pill(painter, self._theme, QRectF(self.rect()), self._text, self._icon, self._kind)


_PILL_ROLES = {
    "neutral": ("neutral-soft", "text-2"),
    "ok": ("ok-soft", "ok"),
    "warn": ("warn-soft", "warn"),
    "danger": ("danger-soft", "danger"),
    "wrap": ("wrap-soft", "wrap"),
    "accent": ("accent-soft", "accent"),
    "outline": ("", "text-2"),
    "plain": ("surface", "accent"),
}


def pill_size(theme: Theme, text: str, with_icon: bool) -> QSize:
    """Returns the size in px of a badge with this text, with or without an icon."""
    width = 16 + text_width(theme.font("state"), text)
    if with_icon:
        width += theme.size("icon_meta") + 5
    return QSize(round(width), theme.size("pill"))


def draw_pill(
    painter: QPainter, theme: Theme, area: QRectF, text: str, icon: str, kind: str
) -> None:
    """Paints a status badge; ``kind`` selects its colours."""
    ground, ink = _PILL_ROLES[kind]
    bordered = kind == "outline" or (theme.name == "contrast" and kind != "neutral")
    border = theme.colour("line-control" if kind == "outline" else ink) if bordered else None
    fill_box(painter, area, 6, theme.colour(ground) if ground else None, border)
    left = area.left() + 8
    colour = theme.colour(ink)
    if icon:
        size = theme.size("icon_meta")
        draw_icon(
            painter, icon, QRectF(left, area.center().y() - size / 2, size, size), size, colour
        )
        left += size + 5
    draw_text(
        painter,
        QRectF(left, area.top(), area.right() - left - 4, area.height()),
        text,
        theme.font("state"),
        colour,
    )


class KeyHint(QWidget):
    """Keycap with the description of the key, as in the bottom bar of the window."""

    def __init__(self, theme: Theme, key: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        KEYS.changed.connect(self._keys_changed)
        self._keys_changed()

    def _keys_changed(self) -> None:
        self.setAccessibleName(f"{shown(self._key)}: {self._text}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = keycap_size(self._theme, self._key).width() + 8
        width += text_width(self._theme.font("label"), self._text) + 2
        return QSize(round(width), self._theme.size("pill"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.colour("text-2")
        middle = self.height() / 2
        width = draw_keycap(
            painter, self._theme, 0, middle, self._key, colour, self._theme.colour("line-control")
        )
        draw_text(
            painter,
            QRectF(width + 8, 0, self.width() - width - 8, self.height()),
            self._text,
            self._theme.font("label"),
            colour,
        )


class Line(QWidget):
    """Hairline between two areas; decoration only, never the only border of a control."""

    def __init__(
        self, theme: Theme, orientation: Qt.Orientation, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        if orientation is Qt.Orientation.Horizontal:
            self.setFixedHeight(1)
        else:
            self.setFixedWidth(1)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("line"))


class Surface(QFrame):
    """Area filled with the colour of a role, used as background of bars and columns."""

    def __init__(self, theme: Theme, role: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # fully covered by the fill
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour(self._role))


class KeyLabel(ThemedLabel):
    """Label whose text names the default keys; shows the keys that the operator assigned
    instead.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *keys: Key,
        style: str = "body",
        role: str = "text",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, style=style, role=role, wrap=wrap, parent=parent)
        self._written = text
        self._keys = keys
        KEYS.changed.connect(self._keys_changed)
        self._keys_changed()

    def _keys_changed(self) -> None:
        self.setText(with_keys(self._written, *self._keys))


LINE_PERCENT = 130
GAP_PX = 7


def show_spoken(field: QTextEdit, theme: Theme, text: str) -> None:
    """Shows text that the operator reads aloud: large letters, wide line spacing, wider gaps
    between sentences.
    """
    field.setFont(theme.font("spoken"))
    field.setPlainText(text)
    spaced = QTextBlockFormat()
    spaced.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    spaced.setBottomMargin(GAP_PX)
    cursor = QTextCursor(field.document())
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(spaced)
