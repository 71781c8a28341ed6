"""What an editor has typed into an entry and not published yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kb.changes import Revision
from kb.entries import EntryKind, holds_between


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """The fields of a form as they were typed, also half of a date or of a phone number.

    ``by_id`` is the editor's id, since two may have one name. ``based_on`` is the number of the
    version that the editor saw, 0 for a new entry. An editor has one draft of an entry; several
    editors may each have their own. The directory keeps the fields and never reads them.
    ``is_unsent`` says that it was to be published and that did not come about.
    """

    entry_id: str
    kind: EntryKind
    by_id: str
    based_on: int
    fields: Mapping[str, str]
    is_unsent: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """The entry is the newest version now; ``number`` is that version's."""

    number: int


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """Nothing was written: this version came after the one that the editor saw."""

    newest: Revision


@dataclass(frozen=True, slots=True)
class EntrySummary:
    """An entry in a list of all: what it is, under which topic, when checked, who changed it last.

    ``parent`` is the unit or topic above it. ``touched`` says that the editor asked about made a
    version of it; ``has_draft`` that the editor has a draft of it, which
    ``is_unsent`` where it was to be published.
    """

    entry_id: str
    kind: EntryKind
    title: str
    topic: str
    parent: str
    checked_on: date | None
    valid_from: date | None
    valid_to: date | None
    at: datetime
    touched: bool
    has_draft: bool
    is_unsent: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether the entry is in force on the day."""
        return holds_between(self.valid_from, self.valid_to, day)
