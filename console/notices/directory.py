"""The directory as notices ask it: names of organs and topics, and how organs are reached."""

from kb.entries import Entry, Phone, UnitDetails
from kb.errors import DirectoryError
from kb.store import Directory
from sync.exchange.notice_composer import Organ
from sync.register.phones import canonical_phone

_FAX = "факс"


class NoticeDirectory:
    """Answers on any thread; what cannot be read is as if it were not there.

    A step of a message is not to fail because the directory is being mended.
    """

    def __init__(self, directory: Directory, area_code: str) -> None:
        self._directory = directory
        self._area_code = area_code

    def organ(self, key: str) -> Organ | None:
        """The unit with its address, and the first number that is no fax."""
        entry = self._entry(key)
        match entry:
            case Entry(details=UnitDetails(email=email, phones=phones)):
                spoken = [phone for phone in phones if _FAX not in phone.purpose.lower()]
                number = self._number(spoken[0]) if spoken else None
                return Organ(entry.title, email or None, number)
            case _:
                return None

    def title(self, key: str) -> str:
        entry = self._entry(key)
        return "" if entry is None else entry.title

    def _entry(self, key: str) -> Entry | None:
        try:
            return self._directory.entry(key) if key else None
        except DirectoryError:
            return None

    def _number(self, phone: Phone) -> str:
        written = f"{phone.number} доб. {phone.extension}" if phone.extension else phone.number
        return canonical_phone(written, self._area_code) or written
