"""A day of work at the desk: calls driven by a test, their lists, and the call bar."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.call_bar.presenter import BarButton, CallBarPresenter
from console.features.journal.presenter import JournalList, JournalPresenter
from console.shared.session.call_control import CallControl
from console.shared.session.desk import DeskPresenter
from console.shell.notices import NoticesPresenter
from telephony.events import MediaReported
from tests.fakes.console_fakes import AREA_CODE, OPERATOR, Clock, InlineExecutor, Told
from tests.fakes.console_phone import Call, FakePhone
from tests.fakes.console_register import FakeMissed, FakeRegister
from tests.fakes.led_desk import usual_status
from tests.fakes.operator_state import StateBench


class NoTraining:
    def __init__(self) -> None:
        self.offered = 0

    def offer(self) -> None:
        self.offered += 1


class DayOfWork:
    """A desk, its journal, its call bar and its announcements, wired as in the application."""

    def __init__(self, owner: QObject, milestones: Milestones, clock: Clock) -> None:
        self.clock = clock
        self.register, self.phone, self.training = FakeRegister(), FakePhone(), NoTraining()
        deliveries = Deliveries(owner)
        self.desk = DeskPresenter(
            self.phone,
            self.register,
            deliveries,
            milestones,
            operator=OPERATOR,
            is_out_of_hours=lambda _at: self.out_of_hours,
            clock=clock,
            parent=owner,
        )
        self.out_of_hours = False
        self.status = usual_status(
            self.register, deliveries, clock, owner, is_out_of_hours=lambda _at: self.out_of_hours
        )
        self.operator = OPERATOR
        self.missed = FakeMissed(self.register)
        self.journal = JournalPresenter(
            self.register,
            InlineExecutor(),
            deliveries,
            self.missed,
            operator=lambda: self.operator,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        bench = StateBench(self.phone, self.desk, self.status, deliveries, clock, owner)
        self.state = bench.state
        self.calls = CallControl(
            self.phone,
            self.desk,
            milestones,
            can_call=lambda: True,
            monotonic_s=count().__next__,
            parent=owner,
        )
        self.bar = CallBarPresenter(
            self.desk,
            self.calls,
            self.status,
            self.training,
            bench.state,
            zone=CITY_ZONE,
            area_code=AREA_CODE,
            clock=clock,
            parent=owner,
        )
        self.notices = NoticesPresenter(self.desk, owner)
        self.told = Told(self.notices.told)
        self.desk.saved.connect(lambda saved: self.journal.take_saved(saved.card))
        self.desk.register_changed.connect(self.journal.reload)
        self.desk.talk_kept.connect(self.journal.take_talk)
        self.desk.changed.connect(self.journal.follow)

    def call(self, index: int = 1) -> Call:
        rang_at = self.clock.now
        return Call(f"call-{index}@test.invalid", f"8900555010{index}", rang_at=rang_at)

    def tell(self, *events: object) -> None:
        for event in events:
            self.state.receive_phone(event)  # type: ignore[arg-type]
            self.desk.receive(event)  # type: ignore[arg-type]
            self.settle()

    def settle(self) -> None:
        for _ in range(5):
            QCoreApplication.processEvents()

    def counts(self) -> tuple[int, int, int, int]:
        counts = self.journal.state.counts
        return (
            counts[JournalList.CALLS],
            counts[JournalList.MISSED],
            counts[JournalList.DRAFTS],
            counts[JournalList.MESSAGES],
        )

    def buttons(self) -> set[BarButton]:
        return set(self.bar.state.buttons)


def report(call: Call, second: int, *, packets: int, sent_dbfs: float = -25.0) -> MediaReported:
    at = call.answered().at + timedelta(seconds=second)
    return MediaReported(call.call_id, at, 0, packets, 0, sent_dbfs, -25.0, mos=4.3)
