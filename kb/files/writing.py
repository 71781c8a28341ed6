"""What can keep an entry from being written into a file."""

from kb.errors import DirectoryError


class Unwritable(DirectoryError):
    """A text that the format cannot hold: too long for it, or of characters it has no place for."""

    def __init__(self, entry_id: str, column: str) -> None:
        super().__init__(f"{entry_id}: {column} cannot be written in this format")
        self.entry_id = entry_id
        self.column = column
