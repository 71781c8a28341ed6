"""What an editor types is on the disk within a second, as a draft."""

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from console.bridge import Deliveries
from kb.drafts import EntryDraft
from kb.errors import DirectoryError

KEEP_MS = 700  # with the write itself a draft is on the disk within a second
RETRY_MS = 2000


class DraftsPort(Protocol):
    """What the keeper needs of the directory; called on the writer thread."""

    def keep_draft(self, draft: EntryDraft) -> None: ...

    def drop_draft(self, entry_id: str, by_id: str) -> None: ...


class DraftKeeper(QObject):
    """Asks for the draft when its time has come, and writes it in the order of asking."""

    due = Signal()  # the draft is to be given to ``keep`` or dropped
    kept = Signal(str, bool)  # id of the entry, whether it had no draft before
    not_kept = Signal(str)  # the disk refuses it; asked again soon
    dropped = Signal(str)
    not_dropped = Signal()

    def __init__(
        self,
        directory: DraftsPort,
        writer: Executor,
        deliveries: Deliveries,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._writer = writer
        self._deliveries = deliveries
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.due)

    @property
    def waits(self) -> bool:
        """Whether something typed is not on its way to the disk yet."""
        return self._timer.isActive()

    @property
    def due_in_ms(self) -> int:
        """Milliseconds until the draft is due; -1 where nothing waits."""
        return self._timer.remainingTime() if self._timer.isActive() else -1

    def typed(self) -> None:
        """Let the draft be due soon after the first key, however long the typing goes on."""
        if not self._timer.isActive():
            self._timer.start(KEEP_MS)

    def try_again(self) -> None:
        """Let the draft be due once more after a refusal."""
        self._timer.start(RETRY_MS)

    def stop(self) -> None:
        """Nothing waits any more."""
        self._timer.stop()

    def keep(self, draft: EntryDraft, *, first: bool) -> None:
        """Write the draft; ``first`` where the entry had none."""
        future = self._writer.submit(self._directory.keep_draft, draft)
        self._deliveries.deliver(
            future,
            lambda _none: self.kept.emit(draft.entry_id, first),
            lambda _error: self.not_kept.emit(draft.entry_id),
            expected=(DirectoryError,),
        )

    def drop(self, entry_id: str, by_id: str, then: Callable[[], None] = lambda: None) -> None:
        """Forget the draft, and go on."""

        def dropped(_none: None) -> None:
            self.dropped.emit(entry_id)
            then()

        future = self._writer.submit(self._directory.drop_draft, entry_id, by_id)
        self._deliveries.deliver(
            future, dropped, lambda _error: self.not_dropped.emit(), expected=(DirectoryError,)
        )
