"""The keys of the telephone during a call: typed, pasted or pressed with the mouse."""

from PySide6.QtCore import QObject, Signal

from console.presenters.call_control import CallControl
from console.presenters.desk_state import DeskState

KEYS = "123456789*0#"
_READ = {**{key: key for key in KEYS}, "№": "#"}
"""On the Russian layout Shift+3 gives «№» where the telephone has #."""


class KeypadPresenter(QObject):
    """Sends keys to the call in front and shows those that were sent to it."""

    changed = Signal(str)  # the keys sent so far

    def __init__(self, calls: CallControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls = calls
        self._call_id = ""
        self._sent = ""

    @property
    def state(self) -> str:
        return self._sent

    def press(self, text: str) -> None:
        """Send what of the text is a key of a telephone; the rest of it is left out."""
        keys = "".join(_READ.get(sign, "") for sign in text)
        if keys and self._calls.send_digits(keys):
            self._sent += keys
            self.changed.emit(self._sent)

    def follow(self, desk: DeskState) -> None:
        """Begin anew with another call."""
        call_id = desk.call.call_id if desk.call is not None else ""
        if call_id != self._call_id:
            self._call_id = call_id
            if self._sent:
                self._sent = ""
                self.changed.emit(self._sent)
