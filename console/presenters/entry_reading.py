"""An entry as it is read for its editor: all its versions, and the draft that was left of it."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol, TypeVar

from console.bridge import Deliveries
from kb.changes import Revision
from kb.drafts import EntryDraft
from kb.entries import Entry
from kb.errors import DirectoryError

ReadT = TypeVar("ReadT")


class ReadingPort(Protocol):
    """What is read of the directory, on a reader thread."""

    def history(self, entry_id: str) -> tuple[Revision, ...]: ...

    def draft(self, entry_id: str, by_id: str) -> EntryDraft | None: ...


@dataclass(frozen=True, slots=True)
class EntryRead:
    """What there is of one entry; the newest version last."""

    history: tuple[Revision, ...]
    draft: EntryDraft | None

    def base(self, author: str) -> tuple[Entry, int] | None:
        """The version that the editor goes on from, and its number: 0 of one not published yet.

        That of the draft where it is known, else the newest; None where there is nothing.
        """
        if self.history:
            newest = self.history[-1]
            based_on = newest.number if self.draft is None else self.draft.based_on
            base = next((one for one in self.history if one.number == based_on), newest)
            return base.entry, base.number
        if self.draft is not None:
            return Entry(self.draft.entry_id, self.draft.kind, "", "", author=author), 0
        return None


class EntryReading:
    """Reads beside the window; only what was asked for last is handed on. GUI thread."""

    def __init__(
        self,
        directory: ReadingPort,
        readers: Executor,
        deliveries: Deliveries,
        not_read: Callable[[Exception], None],
    ) -> None:
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._not_read = not_read
        self._asked = 0

    def ask(self, entry_id: str, by_id: str, came: Callable[[EntryRead], None]) -> None:
        """Hand on the entry with the draft of this editor, unless another is asked for first."""
        self.turn_away()
        self._deliveries.deliver(
            self._readers.submit(self._read, entry_id, by_id),
            self.while_wanted(came),
            self._not_read,
            expected=(DirectoryError,),
        )

    def turn_away(self) -> None:
        """Nothing that is still on its way is wanted any more."""
        self._asked += 1

    def while_wanted(self, came: Callable[[ReadT], None]) -> Callable[[ReadT], None]:
        """The same, but for what comes after another entry was turned to."""
        asked = self._asked

        def hand_on(read: ReadT) -> None:
            if asked == self._asked:
                came(read)

        return hand_on

    def _read(self, entry_id: str, by_id: str) -> EntryRead:
        return EntryRead(self._directory.history(entry_id), self._directory.draft(entry_id, by_id))
