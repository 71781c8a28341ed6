"""How the window looked to who sat here last: so it is drawn until somebody signs in.

A copy of her choices beside size and place of the window, since the store opens only later.
"""

from pathlib import Path

from PySide6.QtCore import QSettings

from sync.register.own_desk import OwnDesk

_THEME, _TEXT, _LANGUAGE = "theme", "text_percent", "language"


def read_last_look(memory: Path) -> OwnDesk:
    """What she had chosen; nothing where the file is new or was spoilt."""
    kept = QSettings(str(memory), QSettings.Format.IniFormat)
    percent = str(kept.value(_TEXT, ""))
    return OwnDesk.read(
        {
            _THEME: kept.value(_THEME),
            _LANGUAGE: kept.value(_LANGUAGE),
            _TEXT: int(percent) if percent.isdecimal() else None,
        }
    )


def keep_last_look(kept: QSettings, own: OwnDesk) -> None:
    """Keep what she has chosen, and nothing of what is the workplace's."""
    for name in (_THEME, _TEXT, _LANGUAGE):
        value = getattr(own, name)
        if value is None:
            kept.remove(name)
        else:
            kept.setValue(name, value)
