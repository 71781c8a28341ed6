"""Texts that are stored in records, in the language of the register and independent of the window
language.

Callers, authorities and later readers of the register get Russian (Regulation 6.3). The translation
context ``RECORD`` is therefore always translated into Russian; see ``console.core.english``.
"""

from PySide6.QtCore import QObject

RECORD = "Record"


class Record(QObject):
    """Phrases that are stored in records. Qt's tools use the class name as translation context
    ``RECORD``.
    """

    def formal_appeal(self) -> str:
        """Title of the script that is read to the caller (1.3)."""
        return self.tr("Formal appeal under 59-FZ")

    def further_tries(self, count: int) -> str:
        return self.tr("%n more call attempt(s), last at %1", "", count)

    def called_back(self) -> str:
        """Content of the record of a call that was made to notify a citizen by phone."""
        return self.tr("Called back about message № %1")

    def asked_about(self) -> str:
        """Default content of the record of a call about an existing message."""
        return self.tr("About message № %1")

    def promised_call(self) -> str:
        """First words of the record of a scheduled callback."""
        return self.tr("Promised call")

    def emptied(self) -> str:
        """Stored reason if a draft message was discarded because its form was cleared."""
        return self.tr("Form cleared")

    # --- texts from a directory entry, read aloud and inserted into the answer ---

    def phone(self) -> str:
        return self.tr("Phone: %1.")

    def extension(self) -> str:
        return self.tr("ext. %1")

    def address(self) -> str:
        return self.tr("Address: %1.")

    def room(self) -> str:
        return self.tr("Room %1.")

    def receives(self) -> str:
        return self.tr("Visiting hours: %1.")

    def documents(self) -> str:
        return self.tr("Documents: %1")

    def term(self) -> str:
        return self.tr("Time limit: %1")

    def fee(self) -> str:
        return self.tr("Fee: %1")

    def email(self) -> str:
        return self.tr("E-mail: %1")

    def answered_within(self) -> str:
        return self.tr("Answer within %1.")

    def working_days(self, count: int) -> str:
        return self.tr("%n working day(s)", "", count)

    def calendar_days(self, count: int) -> str:
        return self.tr("%n calendar day(s)", "", count)
