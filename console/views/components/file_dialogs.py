"""The system's file windows, which give the keyboard back when they go."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from console.views.style_sheets import Sheet
from console.views.theme import Theme


def ask_for_file(
    theme: Theme,
    parent: QWidget,
    title: str,
    file: Path,
    save: Callable[[Path], None],
    ending: str = ".xlsx",
) -> None:
    """Ask where a file is to be, and let it be written there; asks before it replaces one.

    ``file`` is the place and name that are offered.
    """
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending.removeprefix("."))
    dialog.setNameFilter(f"*{ending}")
    dialog.setDirectory(str(file.parent))
    dialog.selectFile(file.name)
    dialog.fileSelected.connect(lambda path: save(Path(path)))
    open_file_dialog(theme, dialog, parent)


def open_file_dialog(theme: Theme, dialog: QFileDialog, parent: QWidget) -> None:
    """Show a file window, which goes for good once it is answered."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    theme.dress(dialog, Sheet.WINDOW)
    # Where no window manager does it, the keyboard would stay with the window that has gone.
    dialog.finished.connect(parent.window().activateWindow)
    dialog.open()
