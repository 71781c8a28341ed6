"""The phone handles calls automatically only outside business hours."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject

from console.features.operator_state.line_gate import LineGate
from telephony.media.wav import read_wav
from telephony.settings import ClosedLine
from tests.fakes.console_fakes import RANG_AT
from tests.fakes.console_phone import FakePhone

ANNOUNCED = ClosedLine(announcement_file="closed.wav")
SENT_ON = ClosedLine(redirect_to="112")


class Line:
    """Business hours that end in an hour; the action after that may change."""

    def __init__(self) -> None:
        self.now = RANG_AT
        self.closes_at = RANG_AT + timedelta(hours=1)
        self.does: ClosedLine | None = ANNOUNCED

    def wanted(self, at: datetime) -> ClosedLine | None:
        return self.does if at >= self.closes_at else None


def test_the_phone_is_told_once_at_each_change(owner: QObject) -> None:
    phone, line = FakePhone(), Line()
    gate = LineGate(phone, line.wanted, clock=lambda: line.now, parent=owner)
    gate.look()
    assert phone.closed_lines == [], "a phone lets calls ring until it is told"
    line.now = line.closes_at
    gate.look()
    gate.look()
    assert phone.closed_lines == [ANNOUNCED]
    line.does = SENT_ON
    gate.look()
    line.now -= timedelta(seconds=1)  # the clock was set back, or the business hours have changed
    gate.look()
    assert phone.closed_lines == [ANNOUNCED, SENT_ON, None]


def test_a_program_that_starts_out_of_hours_tells_it_at_once(owner: QObject) -> None:
    phone, line = FakePhone(), Line()
    line.now = line.closes_at
    LineGate(phone, line.wanted, clock=lambda: line.now, parent=owner)
    assert phone.closed_lines == [ANNOUNCED]


def test_the_announcement_of_the_program_can_be_played() -> None:
    file = Path(__file__).parents[5] / "resources" / "sounds" / "line-closed.wav"
    samples = read_wav(file)
    assert 5 < samples.size / 8000 < 20
    assert abs(int(samples.max())) > 3000
