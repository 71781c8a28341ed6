"""Theme: colours, fonts and sizes from the token file, and the look of the last operator.

The last look is stored in the window's file and used until sign-in, because the register opens
later.
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
_FORMER = "language"  # kept by a former version: the next person got it, whoever that was


def read_last_look(memory: Path) -> OwnDesk:
    """Colours and size of the text as she had chosen; nothing where the file is new or spoilt."""
    kept = QSettings(str(memory), QSettings.Format.IniFormat)
    percent = str(kept.value(_TEXT, ""))
    return OwnDesk.read(
        {
            _THEME: kept.value(_THEME),
            _TEXT: int(percent) if percent.isdecimal() else None,
        }
    )


def keep_last_look(kept: QSettings, own: OwnDesk) -> None:
    """Keep what she has chosen, and nothing of what is the workplace's."""
    kept.remove(_FORMER)
    for name in (_THEME, _TEXT):
        value = getattr(own, name)
        if value is None:
            kept.remove(name)
        else:
            kept.setValue(name, value)


class ThemeChoice(StrEnum):
    """Which colours the operator has asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """One text style: size and line height in px, weight in CSS units, figures of equal width."""

    size_px: int
    line_px: int
    weight: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """The content of the token file, checked for the parts that the window needs."""

    themes: Mapping[str, Mapping[str, str]]
    styles: Mapping[str, TypeStyle]
    sizes: Mapping[str, int]
    families: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, path: Path) -> "Tokens":
        """The tokens of one file; a missing theme, style or size is a ``KeyError``."""
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
    """The colours, fonts and sizes in force; ``changed`` tells that everything must repaint.

    ``recoloured`` tells of other colours alone.
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
        """The theme in force: ``light``, ``dark`` or ``contrast``."""
        if self._choice is not ThemeChoice.SYSTEM:
            return self._choice.value
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    @property
    def next_name(self) -> str:
        """The theme that one key goes on to: light, dark, high contrast, and round again."""
        order = (ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST)
        return order[(order.index(ThemeChoice(self.name)) + 1) % len(order)]

    @property
    def text_scale(self) -> float:
        """How much larger than drawn letters are, with all that has to have room for them."""
        return self._text_scale

    def choose(self, choice: ThemeChoice, text_scale: float | None = None) -> None:
        """Put another theme or size of text in force at once, without a restart."""
        is_rescaled = text_scale not in (None, self._text_scale)
        if choice is self._choice and not is_rescaled:
            return
        is_recoloured, self._choice = choice is not self._choice, choice
        if text_scale is not None and is_rescaled:
            self._text_scale = text_scale
            self._fonts.clear()
        self._give_style(recoloured=is_recoloured)
        if is_rescaled:
            # after the style sheets, which give their widgets back the fonts they had
            self._sizes.change()
        if is_recoloured:
            self.recoloured.emit()
        self.changed.emit()

    def fit(self, thing: Fitted, how: Callable[[Fitted], object]) -> None:
        """Do this with the thing now, and again whenever the size of the text changes.

        ``how`` must not hold the thing itself, which it is given: it would never go.
        """
        self._sizes.fit(thing, how)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left, seen or hidden, in the size of the text before."""
        return self._sizes.is_settled

    def dress(self, widget: QWidget, sheet: Sheet) -> None:
        """Give a widget that Qt paints, with what stands in it, the colours and borders in force.

        Fonts that it is to have are given it afterwards.
        """
        self._wardrobe.put_on(widget, sheet)

    def dress_area(self, area: QScrollArea) -> None:
        """Let what lies behind the area be seen; only its bars have colours of their own."""
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.viewport().setAutoFillBackground(False)
        for bar in (area.verticalScrollBar(), area.horizontalScrollBar()):
            self.dress(bar, Sheet.BAR)

    def dress_tip(self, widget: QWidget) -> None:
        """Give the tool tip that the widget may show now its colours."""
        if widget.toolTip() and not self._wardrobe.wears(widget):
            self.dress(widget, Sheet.TIP)

    def install(self, application: QApplication) -> None:
        """Give the application its style, fonts and palette."""
        application.setStyle("Fusion")
        self._apply()

    def colour(self, role: str) -> QColor:
        """The colour of a role, such as ``text-2`` or ``warn-soft``."""
        colour = self._colours.get(role)
        if colour is None:
            colour = QColor(self._tokens.themes[self.name][role])
            self._colours[role] = colour
        return colour

    def font(self, style: str) -> QFont:
        """The font of a text style, such as ``body`` or ``clock``, with tabular figures."""
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
        """A height or width of the token file in px, grown with the operator's text size."""
        return round(self._tokens.sizes[name] * self._text_scale)

    def grown(self, length_px: float) -> int:
        """A length in px that stands in no token file, grown with the operator's text size."""
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
