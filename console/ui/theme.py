"""Theme: colours, fonts and sizes from the token file, and the appearance selected by the last
operator.

That appearance is stored in the window's settings file and used until sign-in, because the register
opens later.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from console.core.deliveries import LastingSignal
from console.ui.style_sheets import Sheet, Wardrobe
from console.ui.text_sizes import Fitted, TextSizes
from sync.register.people.own_desk import OwnDesk

_THEME, _TEXT = "theme", "text_percent"
_FORMER = "language"  # written by an earlier version, which applied it to other operators too


def read_last_look(memory: Path) -> OwnDesk:
    """Returns theme and text size of the last operator; empty if the file is missing or damaged."""
    kept = QSettings(str(memory), QSettings.Format.IniFormat)
    percent = str(kept.value(_TEXT, ""))
    return OwnDesk.read(
        {
            _THEME: kept.value(_THEME),
            _TEXT: int(percent) if percent.isdecimal() else None,
        }
    )


def keep_last_look(kept: QSettings, own: OwnDesk) -> None:
    """Saves the operator's theme and text size; defaults of the workplace are not saved."""
    kept.remove(_FORMER)
    for name in (_THEME, _TEXT):
        value = getattr(own, name)
        if value is None:
            kept.remove(name)
        else:
            kept.setValue(name, value)


class ThemeChoice(StrEnum):
    """Colour theme selected by the operator."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """Text style: size and line height in px, weight in CSS units; tabular figures."""

    size_px: int
    line_px: int
    weight: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Validated content of the token file: colours by theme, text styles, sizes and font
    families.
    """

    themes: Mapping[str, Mapping[str, str]]
    styles: Mapping[str, TypeStyle]
    sizes: Mapping[str, int]
    families: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, path: Path) -> "Tokens":
        """Reads a token file. Raises ``KeyError`` if a theme, style or size is missing."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            themes={name: dict(roles) for name, roles in raw["themes"].items()},
            styles={
                name: TypeStyle(style["px"], style["line"], style["weight"])
                for name, style in raw["type"]["styles"].items()
            },
            sizes={name: int(value) for name, value in raw["size"].items()},
            families={name: tuple(value) for name, value in raw["type"]["families"].items()},
        )


class Theme(QObject):
    """Current colours, fonts and sizes; ``changed`` requires a repaint of everything.

    ``recoloured`` is emitted only if colours have changed.
    """

    def __init__(
        self,
        tokens: Tokens,
        choice: ThemeChoice,
        text_scale: float = 1.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.changed = LastingSignal()
        self.recoloured = LastingSignal()
        self._tokens = tokens
        self._choice = choice
        self._text_scale = text_scale
        self._fonts: dict[str, QFont] = {}
        self._sizes = TextSizes(self)
        self._colours: dict[str, QColor] = {}
        self._wardrobe = Wardrobe(self._sheet_text, self)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)

    @property
    def choice(self) -> ThemeChoice:
        return self._choice

    @property
    def name(self) -> str:
        """Effective theme: ``light``, ``dark`` or ``contrast``."""
        if self._choice is not ThemeChoice.SYSTEM:
            return self._choice.value
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    @property
    def next_name(self) -> str:
        """Theme that the toggle key selects next: light, dark, high contrast, then light again."""
        order = (ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST)
        return order[(order.index(ThemeChoice(self.name)) + 1) % len(order)]

    @property
    def text_scale(self) -> float:
        """Factor by which the text size and all dependent lengths are multiplied."""
        return self._text_scale

    def choose(self, choice: ThemeChoice, text_scale: float | None = None) -> None:
        """Applies another theme or text size without a restart."""
        is_rescaled = text_scale not in (None, self._text_scale)
        if choice is self._choice and not is_rescaled:
            return
        is_recoloured, self._choice = choice is not self._choice, choice
        if text_scale is not None and is_rescaled:
            self._text_scale = text_scale
            self._fonts.clear()
        self._give_style(recoloured=is_recoloured)
        if is_rescaled:
            # After the style sheets are set, because they reset the fonts of their widgets.
            self._sizes.change()
        if is_recoloured:
            self.recoloured.emit()
        self.changed.emit()

    def fit(self, thing: Fitted, how: Callable[[Fitted], object]) -> None:
        """Calls ``how`` with the object now and after each change of the text size.

        ``how`` must use its argument and not capture the object, or else the object is never freed.
        """
        self._sizes.fit(thing, how)

    @property
    def is_settled(self) -> bool:
        """Whether all objects, visible or hidden, have the current text size."""
        return self._sizes.is_settled

    def dress(self, widget: QWidget, sheet: Sheet) -> None:
        """Sets a style sheet on a widget that Qt paints, and on its children.

        Fonts of the widget must be set after this call.
        """
        self._wardrobe.put_on(widget, sheet)

    def dress_area(self, area: QScrollArea) -> None:
        """Makes a scroll area transparent; only its scroll bars are styled."""
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.viewport().setAutoFillBackground(False)
        for bar in (area.verticalScrollBar(), area.horizontalScrollBar()):
            self.dress(bar, Sheet.BAR)

    def dress_tip(self, widget: QWidget) -> None:
        """Styles the tool tip of a widget unless a style sheet was set on it."""
        if widget.toolTip() and not self._wardrobe.wears(widget):
            self.dress(widget, Sheet.TIP)

    def install(self, application: QApplication) -> None:
        """Applies style, fonts and palette to the application."""
        application.setStyle("Fusion")
        self._apply()

    def colour(self, role: str) -> QColor:
        """Returns the colour of a role, such as ``text-2`` or ``warn-soft``."""
        colour = self._colours.get(role)
        if colour is None:
            colour = QColor(self._tokens.themes[self.name][role])
            self._colours[role] = colour
        return colour

    def font(self, style: str) -> QFont:
        """Returns the font of a text style, such as ``body`` or ``clock``, with tabular figures."""
        font = self._fonts.get(style)
        if font is None:
            wanted = self._tokens.styles[style]
            font = QFont()
            font.setFamilies(list(self._tokens.families[_system_name()]))
            font.setPixelSize(round(wanted.size_px * self._text_scale))
            font.setWeight(QFont.Weight(wanted.weight))
            font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[style] = font
        return font

    def line_px(self, style: str) -> int:
        return round(self._tokens.styles[style].line_px * self._text_scale)

    def size(self, name: str) -> int:
        """Returns a height or width of the token file in px, scaled with the text size."""
        return round(self._tokens.sizes[name] * self._text_scale)

    def grown(self, length_px: float) -> int:
        """Returns a length in px that is not in the token file, scaled with the text size."""
        return round(length_px * self._text_scale)

    @Slot()
    def _follow_system(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        self._give_style(recoloured=True)
        self.recoloured.emit()
        self.changed.emit()

    def _give_style(self, *, recoloured: bool) -> None:
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        application.setFont(self.font("body"))
        if recoloured:
            self._colours.clear()
            application.setPalette(self._palette())
            self._wardrobe.change_colours()

    def _palette(self) -> QPalette:
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "app",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "surface",
            QPalette.ColorRole.AlternateBase: "sunken",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.PlaceholderText: "text-3",
            QPalette.ColorRole.Button: "surface",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.BrightText: "danger",
            QPalette.ColorRole.Highlight: "accent",
            QPalette.ColorRole.HighlightedText: "on-accent",
            QPalette.ColorRole.Link: "accent",
            QPalette.ColorRole.ToolTipBase: "raised",
            QPalette.ColorRole.ToolTipText: "text",
        }
        for role, token in roles.items():
            palette.setColor(role, self.colour(token))
        for role in (
            QPalette.ColorRole.Text,
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text-disabled"))
        return palette

    def _sheet_text(self, sheet: Sheet) -> str:
        return sheet.filled(self._tokens.themes[self.name])


def _system_name() -> str:
    match sys.platform:
        case "win32":
            return "windows"
        case "darwin":
            return "macos"
        case _:
            return "linux"
