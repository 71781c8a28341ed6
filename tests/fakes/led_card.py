"""The active card of an operator over an in-memory register."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.call_card.presenter import CardPresenter
from console.shared.messages.classifier import Classifier
from sync.register.calls.calls import CallRecord
from tests.fakes.console_directory import CATEGORIES, TOPICS
from tests.fakes.console_fakes import AREA_CODE, Clock
from tests.fakes.console_phone import Call, FakePhone
from tests.fakes.console_register import FakeRegister
from tests.fakes.led_desk import usual_desk


class Card:
    """A card with its desk and its register; the view state is ``presenter.state``."""

    def __init__(self, owner: QObject, milestones: Milestones, clock: Clock) -> None:
        self.register = FakeRegister()
        self.desk = usual_desk(
            FakePhone(), self.register, Deliveries(owner), milestones, clock, owner
        )
        self.presenter = CardPresenter(
            self.desk,
            Classifier(TOPICS, CATEGORIES),
            zone=CITY_ZONE,
            area_code=AREA_CODE,
            technical_save_ms=5,
            parent=owner,
        )

    def ring(self, call: Call) -> None:
        self.desk.receive(call.ringing())
        QCoreApplication.processEvents()

    @property
    def record(self) -> CallRecord:
        record = self.desk.state.card
        assert record is not None
        return record

    @property
    def problems(self) -> set[str]:
        return set(self.presenter.state.problems)
