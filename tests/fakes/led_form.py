"""The message form next to the card of a call driven by a test."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.message_form.open_messages import MessageNearPresenter
from console.features.message_form.presenter import MessagePresenter, MessageSteps
from console.shared.messages.classifier import Classifier
from console.shared.messages.terms import CityCalendar, Terms
from console.shared.texts.findings import MessageChecksPresenter
from kb.entries.entries import Entry
from sync.register.calendar.calendar import read_calendar
from sync.register.calls import calls
from sync.register.people.values import PersonName
from tests.fakes.console_directory import CATEGORIES, TOPICS, sample_unit
from tests.fakes.console_fakes import Clock, InlineExecutor, Told, clearing_reasons
from tests.fakes.console_phone import Call, FakePhone
from tests.fakes.console_register import FakeRegister
from tests.fakes.handling import FakeHandling
from tests.fakes.led_desk import usual_desk
from tests.fakes.message_photos import FakePhotos
from tests.fakes.reader import FakeNear, FakeReader

CALENDARS = Path(__file__).resolve().parents[2] / "resources" / "calendars"


class LedForm:
    """A message form next to the card of an active call."""

    def __init__(
        self,
        owner: QObject,
        milestones: Milestones,
        clock: Clock,
        register: FakeRegister | None = None,
    ) -> None:
        self.register = FakeRegister() if register is None else register
        begun = tuple(self.register.messages.values())
        self.desk = usual_desk(
            FakePhone(), self.register, Deliveries(owner), milestones, clock, owner
        )
        self.made = 0
        self.reader = FakeReader()
        self.checks = MessageChecksPresenter(
            self.reader, Deliveries(owner), milestones, clearing_reasons(owner), owner
        )
        self.handling = FakeHandling(clock)
        self.finder = FakeNear(self.handling)
        deliveries = Deliveries(owner)
        self.classifier = classifier = Classifier(TOPICS, CATEGORIES)
        self.units: dict[str, Entry] = {}  # entries that differ from the sample
        terms = Terms(
            CityCalendar(read_calendar(CALENDARS)),
            classifier,
            zone=CITY_ZONE,
            now=clock,
            parent=owner,
        )
        self.photos = FakePhotos()
        self.near = MessageNearPresenter(
            self.finder,
            deliveries,
            milestones,
            terms,
            self.photos,
            InlineExecutor(),
            zone=CITY_ZONE,
            parent=owner,
        )
        self.presenter = MessagePresenter(
            self.desk,
            classifier,
            self.checks,
            self.near,
            MessageSteps(self.handling, deliveries, lambda: self.desk.operator, owner),
            lambda key: self.units.get(key, sample_unit(key)),
            self.new_id,
            begun=begun,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )
        self.registered = Told(self.presenter.registered)
        self.joined = Told(self.presenter.joined)
        self.told = Told(self.presenter.told)

    def new_id(self) -> UUID:
        self.made += 1
        return UUID(int=5000 + self.made)

    def talk(self, call: Call, content: str = "") -> None:
        self.desk.receive(call.ringing())
        self.desk.receive(call.answered())
        QCoreApplication.processEvents()
        card = self.desk.state.card
        assert card is not None
        self.desk.change_card(
            calls.edit(
                card,
                content=content,
                name=PersonName("Проба", "Анна", "Петровна"),
                email="proba@test.invalid",
            )
        )

    def fill(self) -> None:
        self.presenter.set_place("ул. Пробная, у дома 5")
        self.presenter.set_time_text("8:30")
        self.presenter.set_category("roads-pits")

    def register_message(self) -> None:
        self.presenter.register()
        for _ in ("what was typed is read", "the store has it"):
            QCoreApplication.processEvents()
