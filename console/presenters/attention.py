"""What is told outside of the window: in the tray, at the task bar, over other programs.

Nothing here names a caller: it is seen by whoever passes by the screen.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from console import words
from console.presenters.desk import DeskPresenter
from console.presenters.desk_state import DeskState
from console.presenters.live_calls import LineState
from console.presenters.operator_state import OperatorStatePresenter
from console.presenters.status import StatusPresenter
from sync.register.operator_states import Doing


@dataclass(frozen=True, slots=True)
class AttentionState:
    """One of four signs with its words, and whether a call rings that nobody has taken yet."""

    icon: str
    role: str
    text: str
    rings: bool


class AttentionPresenter(QObject):
    """Puts desk, phone and operator into one sign; belongs to the GUI thread."""

    changed = Signal(object)  # AttentionState

    def __init__(
        self,
        desk: DeskPresenter,
        status: StatusPresenter,
        operator: OperatorStatePresenter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._status = status
        self._operator = operator
        self._shown: AttentionState | None = None
        self._rings = False  # as the desk told last
        desk.changed.connect(self._desk_changed)
        for told in (status.changed, operator.changed):
            told.connect(self._refresh)

    @property
    def state(self) -> AttentionState:
        doing = self._operator.status.doing
        rings = _rings(self._desk.state)
        if not self._status.state.phone_ready:
            text = words.calls.no_calls_arrive()
            return AttentionState("warning-octagon-fill", "danger", text, rings)
        if rings or doing is Doing.TALKING:
            text = words.attention.call_waits() if rings else words.operator_states.doing(doing)
            return AttentionState("phone-call-fill", "accent", text, rings)
        if doing is Doing.READY:
            return AttentionState(
                "check-circle-fill", "ok", words.operator_states.doing(doing), rings
            )
        return AttentionState(
            "minus-circle-fill", "warn", words.operator_states.doing(doing), rings
        )

    def _desk_changed(self, desk: DeskState) -> None:
        if _rings(desk) != self._rings:
            self._rings = not self._rings
            self._refresh(desk)

    def _refresh(self, _state: object) -> None:
        state = self.state
        if state != self._shown:
            self._shown = state
            self.changed.emit(state)


def _rings(desk: DeskState) -> bool:
    return desk.line is LineState.RINGING or bool(desk.waiting)
