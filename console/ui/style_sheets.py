"""Style sheets of widgets that Qt paints, and their update after a change of theme.

Each widget has a separate style sheet. One style sheet for the application costs 9 kB per widget
and restyles hidden widgets too. Padding shrinks when a focus border grows, which keeps the text in
position.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from weakref import WeakKeyDictionary

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_BOX = """
    background: {surface}; color: {text}; border: 1px solid {line_control}; border-radius: 6px;
    padding: 0 11px; selection-background-color: {accent}; selection-color: {on_accent};
    placeholder-text-color: {text_3};
"""
_BARS = """
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle {{
    background: {line_control}; border-radius: 3px; min-height: 32px; min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
_MENU = """
QMenu {{ background: {raised}; color: {text}; border: 1px solid {line_control}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selected}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
"""
_TIP = """
QToolTip {{
    background: {raised}; color: {text}; border: 1px solid {line_control}; padding: 4px 8px; }}
"""
_LINE = (
    f"QLineEdit {{{{ {_BOX} }}}}"
    """
QLineEdit:hover {{ border-color: {text_3}; }}
QLineEdit:focus {{ border: 2px solid {focus}; padding: 0 10px; }}
QLineEdit[problem="true"] {{ border: 2px solid {danger}; padding: 0 10px; }}
QLineEdit[inside="true"] {{ background: {warn_soft}; placeholder-text-color: {text_2}; }}
QLineEdit:disabled {{
    background: {sunken}; border-color: {sunken}; color: {text_disabled}; }}
QLineEdit:read-only {{ border-color: {surface}; }}
"""
)
_TEXT = (
    f"QTextEdit {{{{ {_BOX} }}}}"
    """
QTextEdit {{ padding: 6px 7px; }}
QTextEdit:hover {{ border-color: {text_3}; }}
QTextEdit:focus {{ border: 2px solid {focus}; padding: 5px 6px; }}
QTextEdit[problem="true"] {{ border: 2px solid {danger}; padding: 5px 6px; }}
QTextEdit[inside="true"] {{ background: {warn_soft}; placeholder-text-color: {text_2}; }}
QTextEdit:disabled {{
    background: {sunken}; border-color: {sunken}; color: {text_disabled}; }}
QTextEdit[flat="true"] {{ background: transparent; border: none; padding: 0; }}
"""
)
_CHOICE = (
    f"QComboBox {{{{ {_BOX} }}}}"
    """
QComboBox:hover {{ border-color: {text_3}; }}
QComboBox:focus {{ border: 2px solid {focus}; padding: 0 10px; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QAbstractItemView {{ background: {surface}; color: {text}; border: none; outline: 0; }}
QComboBox QAbstractItemView {{
    background: {raised}; border: 1px solid {line_control}; padding: 4px;
    selection-background-color: {selected}; selection-color: {text}; }}
"""
)
_LIST = """
QAbstractItemView {{ background: {surface}; color: {text}; border: none; outline: 0; }}
QListView[popup="true"] {{
    background: {raised}; border: 1px solid {line_control}; padding: 4px;
    selection-background-color: {selected}; selection-color: {text}; }}
"""
_TABLE = """
QAbstractItemView {{ background: {surface}; color: {text}; border: none; outline: 0; }}
QHeaderView::section {{ background: {app}; color: {text_3}; border: none;
    border-bottom: 1px solid {line}; padding: 0 12px; }}
QTableView {{ background: {app}; border: none; gridline-color: transparent; }}
QTableView[card="true"] {{ background: {surface}; }}
"""


class Sheet(Enum):
    """Style sheets of a widget and its children; each also styles tool tips, except that of scroll
    bars.
    """

    LINE = _LINE + _MENU + _TIP  # single-line field and its context menu
    TEXT = _TEXT + _BARS + _MENU + _TIP
    CHOICE = _CHOICE + _BARS + _TIP
    LIST = _LIST + _BARS + _TIP
    TABLE = _TABLE + _BARS + _TIP
    BAR = _BARS
    MENU = _MENU + _TIP
    TIP = _TIP
    WINDOW = _LINE + _TEXT + _CHOICE + _TABLE + _BARS + _MENU + _TIP  # for a Qt dialog

    def filled(self, colours: Mapping[str, str]) -> str:
        """Returns the style sheet with the colours of the roles inserted."""
        return self.value.format_map(
            {role.replace("-", "_"): colour for role, colour in colours.items()}
        )


TURN_MS = 8  # time per turn for hidden widgets


class Wardrobe(QObject):
    """Applies style sheets to widgets and updates them after a theme change. GUI thread only.

    ``sheet_text`` returns the text of a style sheet in the current colours.
    """

    def __init__(self, sheet_text: Callable[[Sheet], str], parent: QObject) -> None:
        super().__init__(parent)
        self._sheet_text = sheet_text
        self._texts: dict[Sheet, str] = {}
        self._worn: WeakKeyDictionary[QWidget, Sheet] = WeakKeyDictionary()
        self._waiting: dict[QWidget, Sheet] = {}
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._dress_some)

    def put_on(self, widget: QWidget, sheet: Sheet) -> None:
        """Sets the style sheet on the widget now and after every theme change."""
        self._worn[widget] = sheet
        widget.setStyleSheet(self._text(sheet))

    def wears(self, widget: QWidget) -> bool:
        """Whether a style sheet was set on the widget itself."""
        return widget in self._worn

    def change_colours(self) -> None:
        """Updates visible widgets immediately; hidden widgets in idle time, or when they
        are shown.
        """
        self._texts.clear()
        for widget, sheet in tuple(self._worn.items()):
            if not isValid(widget):
                continue
            if widget.isVisible():
                self._forget(widget)
                widget.setStyleSheet(self._text(sheet))
            elif widget not in self._waiting:
                self._waiting[widget] = sheet
                widget.installEventFilter(self)
        if self._waiting:
            self._turn.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Updates a hidden widget that is shown before the idle-time update reached it."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            self._dress(watched)
        return False

    def _dress_some(self) -> None:
        """Updates hidden widgets for ``TURN_MS``, in order of creation."""
        clock = QElapsedTimer()
        clock.start()
        while self._waiting and clock.elapsed() < TURN_MS:
            self._dress(next(iter(self._waiting)))
        if not self._waiting:
            self._turn.stop()

    def _dress(self, widget: QWidget) -> None:
        sheet = self._forget(widget)
        if sheet is not None and isValid(widget):
            widget.setStyleSheet(self._text(sheet))

    def _forget(self, widget: QWidget) -> Sheet | None:
        sheet = self._waiting.pop(widget, None)
        if sheet is not None and isValid(widget):
            widget.removeEventFilter(self)
        return sheet

    def _text(self, sheet: Sheet) -> str:
        text = self._texts.get(sheet)
        if text is None:
            text = self._texts[sheet] = self._sheet_text(sheet)
        return text
