"""Why an edit of the directory did not reach the centre."""

from datetime import datetime

from kb.errors import DirectoryError


class EditNotSent(DirectoryError):
    """The centre did not take the edit; ``code`` is that of CentreUnwritten."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class EditOvertaken(DirectoryError):
    """Nothing was written: somebody else changed the same in the centre a moment ago."""

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__()
        self.by = by
        self.at = at
