"""A technical result of a call: chosen by one key, and saved by itself once the call is over."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from console.presenters.desk import DeskPresenter
from sync.register.calls import CallRecord, CallResult
from sync.register.hand_made import is_apart

TECHNICAL = (CallResult.DROPPED, CallResult.SILENT, CallResult.WRONG_NUMBER)
"""In the order of the key; of what is no call of its own the last alone: opened by mistake."""
SAVE_AFTER_MS = 1200  # time to press Ctrl+0 once more; within the two seconds of such a call


class TechnicalResult(QObject):
    """Nothing more is asked of a call that is over: it is saved unless more is done to it."""

    save_due = Signal()  # a technical result was chosen and the call is over: nothing is left to do

    def __init__(
        self,
        desk: DeskPresenter,
        show: Callable[[], None],
        *,
        save_after_ms: int,
        parent: QObject,
    ) -> None:
        """``show`` is called when the pause before the saving begins and ends."""
        super().__init__(parent)
        self._desk = desk
        self._show = show
        self._chosen: CallRecord | None = None  # as it was when its result was chosen
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(save_after_ms)
        self._pause.timeout.connect(self._save)

    @property
    def saves_itself(self) -> bool:
        """Whether the record in front is saved in a moment; any change takes it back."""
        return self._pause.isActive()

    def choose(self, value: str) -> None:
        self._choose(CallResult(value))

    def choose_next(self) -> None:
        """Ctrl+0 chooses a technical result; pressed again, the next one."""
        card = self._desk.state.card
        if card is None:
            return
        order = TECHNICAL[-1:] if is_apart(card) else TECHNICAL
        if card.result in order:
            self._choose(order[(order.index(card.result) + 1) % len(order)])
        else:
            self._choose(order[0])

    def follow(self, card: CallRecord | None) -> None:
        """Save nothing by itself that is another than it was when its result was chosen."""
        if card != self._chosen:
            self._pause.stop()

    def _choose(self, result: CallResult) -> None:
        self._desk.set_result(result)
        self._chosen = self._desk.state.card
        if self._chosen is not None and self._chosen.ended_at is not None:
            self._pause.start()
            self._show()

    def _save(self) -> None:
        if self._chosen is not None and self._chosen == self._desk.state.card:
            self.save_due.emit()
        self._show()
