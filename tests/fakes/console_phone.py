"""The phone as the console sees it: recorded commands, and the events of a call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from telephony.commands import RecordingAction
from telephony.events import (
    CallAnswered,
    CallEnded,
    CallHeld,
    CallResumed,
    CallRinging,
    CallSnapshot,
    Direction,
    DoNotDisturbChanged,
    EndCause,
    MuteChanged,
    PhoneConnected,
    PhoneDisconnected,
    RegistrationChanged,
    RegistrationState,
    Side,
)
from telephony.findings import SelfTestOrder
from telephony.presence import Presence
from telephony.settings import ClosedLine
from tests.fakes.console_fakes import RANG_AT

LINE = "112000"
OUR_CALL, CONSULTATION = "made-0@test.invalid", "consultation@test.invalid"


class FakePhone:
    """Records each command in order and does nothing.

    With ``confirms`` it immediately reports a change of do-not-disturb, as the phone does.
    """

    def __init__(self) -> None:
        self.confirms: Callable[[DoNotDisturbChanged], object] | None = None
        self.commands: list[tuple[str, ...]] = []
        self.made_calls: list[str] = []
        self.presences: list[Presence | None] = []
        self.closed_lines: list[ClosedLine | None] = []

    def answer(self, call_id: str) -> None:
        self.commands.append(("answer", call_id))

    def reject(self, call_id: str) -> None:
        self.commands.append(("reject", call_id))

    def hang_up(self, call_id: str) -> None:
        self.commands.append(("hang_up", call_id))

    def set_muted(self, call_id: str, muted: bool) -> None:
        self.commands.append(("mute" if muted else "unmute", call_id))

    def hold(self, call_id: str) -> None:
        self.commands.append(("hold", call_id))

    def resume(self, call_id: str) -> None:
        self.commands.append(("resume", call_id))

    def transfer(self, call_id: str, number: str) -> None:
        self.commands.append(("transfer", call_id, number))

    def consult(self, call_id: str, number: str) -> str:
        self.commands.append(("consult", call_id, number))
        return CONSULTATION

    def complete(self, call_id: str) -> None:
        self.commands.append(("complete", call_id))

    def back(self, call_id: str) -> None:
        self.commands.append(("back", call_id))

    def send_digits(self, call_id: str, digits: str) -> None:
        self.commands.append(("send_digits", call_id, digits))

    def record(self, call_id: str, action: RecordingAction) -> None:
        self.commands.append(("record", call_id, action.value))

    def set_conference(self, call_ids: tuple[str, ...]) -> None:
        self.commands.append(("set_conference", *call_ids))

    def forget(self, call_id: str) -> None:
        self.commands.append(("forget", call_id))

    def set_do_not_disturb(self, wanted: bool) -> None:
        self.commands.append(("do_not_disturb", "on" if wanted else "off"))
        if self.confirms is not None:
            self.confirms(DoNotDisturbChanged(RANG_AT, wanted))

    def set_closed_line(self, closed: ClosedLine | None) -> None:
        self.closed_lines.append(closed)

    def set_presence(self, presence: Presence | None) -> None:
        self.presences.append(presence)

    def call(self, number: str) -> str:
        self.commands.append(("call", number))
        self.made_calls.append(f"made-{len(self.made_calls)}@test.invalid")
        return self.made_calls[-1]

    def refresh_registration(self) -> None:
        self.commands.append(("refresh_registration",))

    def expect_self_call(self, caller: str) -> None:
        self.commands.append(("expect_self_call", caller))

    def end_self_call(self) -> None:
        self.commands.append(("end_self_call",))

    def forgotten(self) -> list[str]:
        return [command[1] for command in self.commands if command[0] == "forget"]


class FakeSelfTest(QObject):
    """Records its commands; a test emits its findings and its end."""

    found = Signal(object)
    ended = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.orders: list[SelfTestOrder] = []
        self.runs = False

    def start(self, order: SelfTestOrder) -> None:
        self.orders.append(order)
        self.runs = True

    def stop(self) -> None:
        self.runs = False


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a test that creates the phone's events about itself."""

    call_id: str = "one@test.invalid"
    number: str = "89005550101"
    name: str = ""
    rang_at: datetime = RANG_AT

    def ringing(self) -> CallRinging:
        return CallRinging(
            self.call_id, Direction.INCOMING, self.number, self.name, LINE, self.rang_at
        )

    def answered(self, after_s: float = 4) -> CallAnswered:
        return CallAnswered(self.call_id, self.rang_at + timedelta(seconds=after_s), "PCMA")

    def muted(self, muted: bool = True) -> MuteChanged:
        return MuteChanged(self.call_id, self.rang_at + timedelta(seconds=5), muted)

    def held(self, after_s: float = 10) -> CallHeld:
        return CallHeld(self.call_id, self.rang_at + timedelta(seconds=after_s), Side.NEAR)

    def resumed(self, after_s: float = 20) -> CallResumed:
        return CallResumed(self.call_id, self.rang_at + timedelta(seconds=after_s), Side.NEAR)

    def dialled(self) -> CallRinging:
        """Returns the event of an outgoing call to its number."""
        return CallRinging(
            self.call_id, Direction.OUTGOING, self.number, "", self.number, self.rang_at
        )

    def ended(self, cause: EndCause = EndCause.FAR_END, after_s: float = 64) -> CallEnded:
        return CallEnded(self.call_id, self.rang_at + timedelta(seconds=after_s), cause)

    def snapshot(self, *, answered: bool = False, ended: EndCause | None = None) -> CallSnapshot:
        return CallSnapshot(
            call_id=self.call_id,
            direction=Direction.INCOMING,
            caller_number=self.number,
            caller_name=self.name,
            dialled_line=LINE,
            rang_at=self.rang_at,
            answered_at=self.answered().at if answered else None,
            ended=None if ended is None else self.ended(ended),
        )


def registration(
    state: RegistrationState = RegistrationState.OFF, last: datetime | None = None
) -> RegistrationChanged:
    return RegistrationChanged(state, RANG_AT, last)


def connected(*snapshots: CallSnapshot) -> PhoneConnected:
    return PhoneConnected(4711, "127.0.0.1:5060", registration(), snapshots)


def disconnected() -> PhoneDisconnected:
    return PhoneDisconnected(RANG_AT + timedelta(seconds=70), "closed")
