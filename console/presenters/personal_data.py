"""Personal data that a new typical question must not keep (Regulation 9.8, 6.12)."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from console import words
from console.bridge import Deliveries
from console.presenters.entry_state import EditorState
from console.presenters.notices import LONG_S, Notice
from kb.entries import EntryKind
from kb.errors import DirectoryError
from sync.errors import OfficialsUnreadable

PAUSE_MS = 300
_READ_FIELDS = ("title", "spoken", "body")

Find = Callable[[str], "Future[tuple[str, ...]]"]
"""What personal data stand in a text, in its own words; another thread finds them."""


@dataclass(frozen=True, slots=True)
class _Read:
    entry_id: str
    text: str
    found: tuple[str, ...]


class PersonalDataPresenter(QObject):
    """Follows the editor's form and points at personal data in a question that is new.

    Nothing is forbidden: publishing asks once more while they stand.
    """

    changed = Signal(str)  # what is to be taken out, or empty
    allowed = Signal()
    told = Signal(object)  # Notice

    def __init__(
        self,
        find: Find,
        deliveries: Deliveries,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._find = find
        self._deliveries = deliveries
        self._entry_id = ""
        self._text = ""
        self._read = _Read("", "", ())
        self._fails = False
        self._publishes_when_read = False
        self._warned: tuple[str, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)

    def follow(self, state: EditorState) -> None:
        """Read the texts of another form, or what was typed, in the typing pause."""
        is_new = state.kind is EntryKind.QUESTION and not state.is_published
        entry_id = state.entry_id if is_new else ""
        text = "\n".join(state.fields.get(name, "") for name in _READ_FIELDS) if entry_id else ""
        if entry_id != self._entry_id:
            self._entry_id, self._warned = entry_id, ()
            self._publishes_when_read = False
            self.changed.emit("")
        elif text == self._text:
            return
        self._text = text
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._took(_Read(entry_id, text, ()))

    def ask_to_publish(self) -> None:
        """Emit ``allowed`` unless personal data stand in the text and this was not told yet."""
        if not self._is_read():
            self._publishes_when_read = True
            if self._pause.isActive():
                self._look()
            return
        found = self._read.found
        if found and found != self._warned:
            self._warned = found
            self.told.emit(Notice(*words.editing.publish_personal_data(), LONG_S, problem=True))
            return
        self.allowed.emit()

    def _is_read(self) -> bool:
        read = self._read
        return self._fails or (read.entry_id, read.text) == (self._entry_id, self._text)

    def _look(self) -> None:
        self._pause.stop()
        entry_id, text = self._entry_id, self._text
        self._deliveries.deliver(
            self._find(text),
            lambda found: self._took(_Read(entry_id, text, found)),
            self._not_read,
            (DirectoryError, OfficialsUnreadable),
        )

    def _took(self, read: _Read) -> None:
        if (read.entry_id, read.text) != (self._entry_id, self._text):
            return
        self._read, self._fails = read, False
        self.changed.emit(words.editing.personal_data(read.found) if read.found else "")
        self._go_on()

    def _not_read(self, _error: Exception) -> None:
        self._fails = True
        self.changed.emit(words.editing.personal_data_unread())
        self._go_on()

    def _go_on(self) -> None:
        if self._publishes_when_read:
            self._publishes_when_read = False
            self.ask_to_publish()
