"""Words that go into a record: in the language of the register, whatever the window's is.

Callers, bodies and later readers of the register are given Russian (Regulation 6.3). The context
``RECORD`` of the translation is therefore always the Russian one; see ``console.core.english``.
"""

from PySide6.QtCore import QObject

RECORD = "Record"


class Record(QObject):
    """Phrases of the context ``RECORD``; Qt's tools take the name of the class for it."""

    def formal_appeal(self) -> str:
        """The title of the script that the caller was read (1.3)."""
        return self.tr("Formal appeal under 59-FZ")

    def further_tries(self, count: int) -> str:
        return self.tr("%n more attempt(s) to get through, the last at %1", "", count)

    def called_back(self) -> str:
        """The content of the record of a call that follows a notice."""
        return self.tr("Called back about message № %1")

    def asked_about(self) -> str:
        """What the card of a call about a message says, where nothing was typed."""
        return self.tr("About message № %1")

    def promised_call(self) -> str:
        """What the record of a promised call begins with."""
        return self.tr("Promised call")

    def emptied(self) -> str:
        """Why a draft of a message was discarded."""
        return self.tr("The form was emptied")

    # --- an entry of the directory, as it is said and put into the answer ---

    def phone(self) -> str:
        return self.tr("Phone: %1.")

    def extension(self) -> str:
        return self.tr("ext. %1")

    def address(self) -> str:
        return self.tr("Address: %1.")

    def room(self) -> str:
        return self.tr("Room %1.")

    def receives(self) -> str:
        return self.tr("Receives visitors: %1.")

    def documents(self) -> str:
        return self.tr("Documents: %1")

    def term(self) -> str:
        return self.tr("Term: %1")

    def fee(self) -> str:
        return self.tr("Fee: %1")

    def email(self) -> str:
        return self.tr("E-mail: %1")

    def answered_within(self) -> str:
        return self.tr("Answered within %1.")

    def working_days(self, count: int) -> str:
        return self.tr("%n working day(s)", "", count)

    def calendar_days(self, count: int) -> str:
        return self.tr("%n calendar day(s)", "", count)
