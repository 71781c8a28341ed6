"""What the sections of the editor's page have in common: the keys that the page hands on."""

from PySide6.QtWidgets import QWidget


class EditorSection(QWidget):
    """A section beside the entries; a key it has no use for does nothing."""

    def open_section(self) -> None:
        """Read anew, and put the keyboard where it is needed next."""

    def confirm(self) -> None:
        """Ctrl+Enter: do the main thing."""

    def close_chosen(self) -> None:
        """Alt+X: be done with what is chosen."""

    def drop_changes(self) -> None:
        """Alt+Z: throw away what is typed and not saved."""

    def make_new(self) -> None:
        """Ins and Alt+N: begin a new one."""

    def focus_search(self) -> None:
        """Ctrl+F: put the keyboard into the search."""
