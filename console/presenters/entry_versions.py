"""The versions of the entry that is edited: those that are here and those that the centre has."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from console import words
from console.presenters.entry_form import changed_fields, fields_of
from console.presenters.entry_state import HistoryRow, both_texts, version_rows
from console.presenters.text_difference import Comparison
from kb.changes import Revision
from kb.entries import Entry


class EntryVersions:
    """The history of one entry, the newest last; its rows are made once and not at every key."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self.all: tuple[Revision, ...] = ()
        self.rows: tuple[HistoryRow, ...] = ()

    @property
    def newest(self) -> Revision | None:
        return self.all[-1] if self.all else None

    def use(self, history: tuple[Revision, ...]) -> None:
        """Take these and no others."""
        self.all = history
        self.rows = version_rows(history, self._zone)

    def add(self, history: tuple[Revision, ...]) -> None:
        """Take more of them, as far as they are known; each number is one version."""
        known = {one.number: one for one in (*self.all, *history) if one.number}
        self.use(tuple(known[number] for number in sorted(known)) or history)

    def end_with(self, newest: Revision) -> None:
        """Let this be the newest.

        A lower number than the one that was seen: the centre has lost what came after it.
        """
        self.use((*(one for one in self.all if one.number < newest.number), newest))

    def is_behind(self, based_on: int) -> bool:
        """Whether another version than this one is the newest."""
        return self.newest is not None and self.newest.number != based_on

    def entry_of(self, number: int) -> Entry | None:
        """The entry as it was in the version of the number."""
        return next((one.entry for one in self.all if one.number == number), None)

    # --- what others have made of it ---

    def told(self, base: Entry) -> str:
        """Who made the newest version of the one that was begun with, when, and what differs."""
        newest = self.newest
        if newest is None:
            return ""
        names = changed_fields(base, newest.entry)
        return words.editing.changed_meanwhile(newest.by, newest.at, base.kind, names, self._zone)

    def whose(self) -> str:
        """Whose the newest version is, and of when."""
        newest = self.newest
        if newest is None:
            return ""
        return words.editing.history_who(newest.by, newest.at.astimezone(self._zone))

    def compared(self, fields: Mapping[str, str]) -> Comparison | None:
        """What is typed beside the newest version."""
        newest = self.newest
        if newest is None:
            return None
        return both_texts(newest.entry.kind, fields, fields_of(newest.entry))
