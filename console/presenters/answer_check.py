"""Personal data in an answer, looked for on another thread (Regulation 6.12)."""

from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QObject, QTimer, Signal

from console.bridge import Deliveries
from kb.errors import DirectoryError
from sync.errors import OfficialsUnreadable
from sync.register.checks.finding import Finding, FindingKind

PAUSE_MS = 300

CheckText = Callable[[str], "Future[tuple[Finding, ...]]"]
"""What stands against section 6 in a text; another thread finds it."""


class AnswerCheck(QObject):
    """Follows one text and tells what of 6.12 stands in it; belongs to the GUI thread.

    Only personal data are told: what an organ writes is not judged by 6.3.
    """

    changed = Signal(object)  # tuple[Finding, ...]

    def __init__(
        self, check: CheckText, deliveries: Deliveries, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._check = check
        self._deliveries = deliveries
        self._text = ""
        self._found: tuple[Finding, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)

    @property
    def found(self) -> tuple[Finding, ...]:
        """What the newest text that was read holds."""
        return self._found

    @property
    def is_settled(self) -> bool:
        """Whether what is told is of the text that was given last."""
        return not self._pause.isActive()

    def follow(self, text: str) -> None:
        """Look at a text that is being typed once its typing pauses."""
        if text != self._text:
            self._text = text
            self._pause.start()

    def show(self, text: str) -> None:
        """Look at another text at once; the same one is looked at once."""
        if text == self._text:
            return
        self._pause.stop()
        self._text = text
        self._tell(())
        self._look()

    def _look(self) -> None:
        self._pause.stop()
        text = self._text
        if not text.strip():
            self._tell(())
            return
        self._deliveries.deliver(
            self._check(text),
            lambda found: self._took(text, found),
            # The directory's own screen tells of it; the answer is read by a person all the same.
            lambda _error: None,
            (DirectoryError, OfficialsUnreadable),
        )

    def _took(self, text: str, found: tuple[Finding, ...]) -> None:
        if text == self._text:
            self._tell(tuple(one for one in found if one.kind is FindingKind.PERSONAL_DATA))

    def _tell(self, found: tuple[Finding, ...]) -> None:
        if found != self._found:
            self._found = found
            self.changed.emit(found)
