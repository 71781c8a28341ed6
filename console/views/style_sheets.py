"""The style sheets of what Qt paints: fields, lists, scroll bars, menus, tool tips.

Everything else paints itself. Each widget has a small sheet of its own and the application has
none: with one for all Qt keeps 9 kB for each widget of the window, and styles every one of them
anew, those of hidden pages too and each once for every widget around it, when the colours change.
Padding shrinks by the width that a border gains, so that text does not jump on focus.
"""

from collections.abc import Mapping
from enum import Enum

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
    """What a widget and those that stand in it need; each has the tool tips too."""

    LINE = _LINE + _MENU + _TIP  # a field of one line, and its menu
    TEXT = _TEXT + _BARS + _MENU + _TIP
    CHOICE = _CHOICE + _BARS + _TIP
    LIST = _LIST + _BARS + _TIP
    TABLE = _TABLE + _BARS + _TIP
    BAR = _BARS
    MENU = _MENU + _TIP
    TIP = _TIP
    WINDOW = _LINE + _TEXT + _CHOICE + _TABLE + _BARS + _MENU + _TIP  # one of Qt's own

    def filled(self, colours: Mapping[str, str]) -> str:
        """The sheet in these colours, by their roles."""
        return self.value.format_map(
            {role.replace("-", "_"): colour for role, colour in colours.items()}
        )
