"""Numbers to call: units with their hours, typed numbers, and links forwarded by another start."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.dialing.presenter import (
    CallTarget,
    KeypadPresenter,
    NumberChoicePresenter,
    NumberUse,
)
from console.shared.session.call_control import CallControl, DialAddress, read_dial_address
from console.shared.session.desk import DeskPresenter
from kb.entries.entries import Entry, Phone, UnitDetails
from kb.entries.hours import UNSTATED, WeekHours
from kb.search.search import Hit
from tests.fakes.console_directory import FakeDirectory, hit, sample_unit
from tests.fakes.console_fakes import USUAL_DAYS, Clock, InlineExecutor, Told
from tests.fakes.console_phone import Call, FakePhone
from tests.fakes.console_register import FakeRegister
from tests.fakes.led_desk import usual_desk

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=CITY_ZONE)
NIGHT = datetime(2026, 11, 25, 21, 30, tzinfo=CITY_ZONE)
WORKS = WeekHours.parse({"wed": ["09:00-18:00"], "thu": ["09:00-18:00"]})
CLOSED_AT_NIGHT = "Закрыто, завтра с 09:00. Скажите об этом до перевода: там могут не ответить."
ROUND_THE_CLOCK = WeekHours.parse({"around_the_clock": True})
CALL = Call()


def unit(*phones: Phone) -> Entry:
    details = UnitDetails(short_title="Диспетчер", phones=phones, hours=WORKS)
    return replace(sample_unit(), title="Диспетчер отходов", details=details)


def _hit(title: str, score: float, hours: WeekHours = WORKS, number: str = "5-55-00") -> Hit:
    """A unit with one number, whose search score is ``score``."""
    details = UnitDetails(short_title=title, phones=(Phone(number),), hours=hours)
    entry = replace(sample_unit(title), title=f"Учреждение {title}", details=details)
    return replace(hit(entry), score=score)


@dataclass
class Bench:
    choice: NumberChoicePresenter
    keypad: KeypadPresenter
    desk: DeskPresenter
    phone: FakePhone
    directory: FakeDirectory
    told: Told
    closed: Told
    now: list[datetime]

    def talk(self) -> None:
        self.desk.receive(CALL.ringing())
        self.desk.receive(CALL.answered())

    def find(self, text: str) -> None:
        self.choice.set_query(text)
        QCoreApplication.processEvents()

    def titles(self) -> list[str]:
        return [row.title for row in self.choice.state.rows]

    @property
    def target(self) -> CallTarget:
        target = self.choice.state.target
        assert target is not None
        return target


@pytest.fixture
def bench(owner: QObject, deliveries: Deliveries, milestones: Milestones, clock: Clock) -> Bench:
    phone, directory, now = FakePhone(), FakeDirectory(), [NOON]
    desk = usual_desk(phone, FakeRegister(), deliveries, milestones, clock, owner)
    calls = CallControl(phone, desk, milestones, can_call=lambda: True, parent=owner)
    choice = NumberChoicePresenter(
        calls,
        directory,
        InlineExecutor(),
        deliveries,
        zone=CITY_ZONE,
        days=USUAL_DAYS,
        now=lambda: now[0],
        parent=owner,
    )
    return Bench(
        choice,
        KeypadPresenter(calls, owner),
        desk,
        phone,
        directory,
        Told(choice.told),
        Told(choice.closed),
        now,
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("8 (87999) 2-34-56", DialAddress("88799923456")),
        ("+7 900 555-01-01", DialAddress("+79005550101")),
        ("+79005550101;ext=215", DialAddress("+79005550101", "215")),
        ("5-55-03, доб. 12", DialAddress("55503", "12")),
        ("112", DialAddress("112")),
        ("tel:+7-900-555-01-01;ext=7", DialAddress("+79005550101", "7")),
        ("tel:%2B79005550101", DialAddress("+79005550101")),
        ("callto:301", DialAddress("301")),
        ("sip:301@pbx.example", DialAddress("sip:301@pbx.example")),
        ("SIP:301@pbx.example?Subject=x", DialAddress("sip:301@pbx.example")),
        ("sip:", None),
        ('sip:301@pbx" <x>', None),
        ("вывоз", None),
        ("1", None),
        ("дом 12", None),
        ("7+900", None),
        ("", None),
    ],
)
def test_what_can_be_dialled_is_read(text: str, wanted: DialAddress | None) -> None:
    assert read_dial_address(text) == wanted


def test_a_unit_is_offered_with_its_numbers_and_hours(bench: Bench) -> None:
    bench.talk()
    phones = (Phone("5-55-00", "", "приёмная"), Phone("5-55-01", "214", "диспетчер"))
    bench.directory.found["вывоз"] = (hit(unit(*phones)),)
    bench.choice.open(NumberUse.TRANSFER)
    bench.find("вывоз")

    state = bench.choice.state
    assert [row.badge for row in state.rows] == ["приёмная", "диспетчер"]
    # The badge cuts the full name to «МУП…», which is the same for each row.
    assert [row.title for row in state.rows] == ["Диспетчер"] * 2
    assert bench.target.purpose == "приёмная"
    assert [row.meta[0].text for row in state.rows] == ["Открыто до 18:00"] * 2
    assert (state.selected, bench.target.title, bench.target.warning) == (0, "Диспетчер", "")
    bench.choice.call()
    assert ("consult", CALL.call_id, "55500") in bench.phone.commands
    assert len(bench.closed.values) == 1


def test_closed_is_said_before_the_transfer(bench: Bench) -> None:
    bench.now[0] = NIGHT
    bench.talk()
    bench.choice.open(NumberUse.TRANSFER, entry=unit(Phone("5-55-00")))

    assert bench.target.warning.startswith("Закрыто, завтра с 09:00. Скажите об этом до перевода")
    bench.choice.transfer_at_once()
    assert bench.phone.commands[-1] == ("transfer", CALL.call_id, "55500")


def test_at_night_those_who_are_there_stand_before_the_closed(bench: Bench) -> None:
    bench.directory.found["авария"] = (
        *(_hit(f"Контора {place}", 2.5) for place in range(1, 10)),
        _hit("Часы не указаны", 2.1, UNSTATED),
        _hit("Дежурный", 2.0, ROUND_THE_CLOCK),
        _hit("Архив", 0.5),
        _hit("Сторож", 0.4, ROUND_THE_CLOCK),
    )
    bench.choice.open(NumberUse.TRANSFER)
    bench.find("авария")
    by_day = bench.titles()
    bench.now[0] = NIGHT
    bench.find("авария")

    assert by_day == [f"Контора {place}" for place in range(1, 10)]
    assert bench.titles() == ["Часы не указаны", "Дежурный", *by_day[:7]]
    assert bench.target.title == "Часы не указаны"


def test_who_fits_the_words_far_worse_stays_behind_though_it_is_open(bench: Bench) -> None:
    bench.now[0] = NIGHT
    bench.directory.found["вывоз"] = (
        _hit("Контора", 2.5),
        _hit("Архив", 0.5),
        _hit("Сторож", 0.4, ROUND_THE_CLOCK),
    )
    bench.choice.open(NumberUse.DIAL)
    bench.find("вывоз")

    assert bench.titles() == ["Контора", "Сторож", "Архив"]


@pytest.mark.parametrize(
    ("text", "first", "warning"),
    [
        ("диспетчер", "Диспетчер", CLOSED_AT_NIGHT),
        ("К Диспетчер", "Диспетчер", CLOSED_AT_NIGHT),
        ("дежурный диспетчер", "Аварийный", ""),
    ],
)
def test_a_unit_that_is_named_exactly_stays_first(
    bench: Bench, text: str, first: str, warning: str
) -> None:
    bench.now[0] = NIGHT
    bench.directory.found[text] = (
        _hit("Диспетчер", 2.5),
        _hit("Аварийный", 2.0, ROUND_THE_CLOCK),
    )
    bench.choice.open(NumberUse.TRANSFER)
    bench.find(text)

    assert bench.titles()[0] == first
    assert bench.target.warning == warning


def test_a_name_that_several_have_puts_none_of_the_closed_first(bench: Bench) -> None:
    bench.now[0] = NIGHT
    namesakes = (_hit("Аптека", 2.5), _hit("Аптека", 2.5, ROUND_THE_CLOCK))
    bench.directory.found["аптека"] = namesakes
    bench.choice.open(NumberUse.DIAL)
    bench.find("аптека")

    assert [row.meta[0].text for row in bench.choice.state.rows] == [
        "Круглосуточно",
        "Закрыто, завтра с 09:00",
    ]


def test_rows_that_come_late_leave_the_chosen_one_chosen(bench: Bench) -> None:
    bench.directory.found["вы"] = (_hit("Первый", 2.0, number="5-55-01"), _hit("Второй", 2.0))
    bench.directory.found["выв"] = (_hit("Второй", 2.0), _hit("Третий", 2.0, number="5-55-03"))
    bench.directory.found["выво"] = bench.directory.found["выв"][1:]
    bench.choice.open(NumberUse.DIAL)
    bench.find("вы")
    bench.choice.set_query("выв")
    bench.choice.move(2)
    QCoreApplication.processEvents()
    assert (bench.titles(), bench.target.title) == (["Второй", "Третий"], "Второй")

    bench.choice.set_query("выво")
    bench.choice.move(1)
    QCoreApplication.processEvents()
    assert (bench.titles(), bench.choice.state.target) == (["Третий"], None)


def test_an_extension_is_never_lost_by_a_transfer_at_once(bench: Bench) -> None:
    bench.talk()
    bench.choice.open(NumberUse.TRANSFER, entry=unit(Phone("5-55-00", "214")))
    bench.choice.transfer_at_once()

    assert bench.phone.commands == []
    assert bench.told.values[-1].head == "У номера добавочный 214"
    bench.choice.call()
    assert bench.phone.commands[-1] == ("consult", CALL.call_id, "55500")
    assert "Shift+F6" in bench.told.values[-1].head


def test_a_number_is_taken_as_it_is_typed(bench: Bench) -> None:
    bench.directory.found["555"] = (hit(unit(Phone("5-55-00"))),)
    bench.choice.open(NumberUse.DIAL)
    bench.choice.call()
    assert bench.told.values[-1].problem
    bench.find("555")

    assert (bench.choice.state.selected, bench.target.address.number) == (-1, "555")
    bench.choice.move(1)
    assert bench.target.address.number == "55500"
    bench.choice.move(-1)
    bench.choice.call()
    assert bench.phone.commands == [("call", "555")]


def test_the_panel_goes_with_its_caller(bench: Bench) -> None:
    bench.talk()
    bench.choice.open(NumberUse.TRANSFER)
    bench.desk.receive(CALL.ended())
    bench.choice.follow(bench.desk.state)

    assert len(bench.closed.values) == 1


def test_the_keypad_takes_what_is_typed_and_pasted(bench: Bench) -> None:
    bench.keypad.press("1")
    assert (bench.keypad.state, bench.phone.commands) == ("", [])
    bench.talk()
    bench.keypad.follow(bench.desk.state)
    bench.keypad.press("2")
    bench.keypad.press("ы")
    bench.keypad.press("№")
    bench.keypad.press("доб. 12-34*")

    assert [command[2] for command in bench.phone.commands] == ["2", "#", "1234*"]
    assert bench.keypad.state == "2#1234*"
    bench.desk.receive(CALL.ended())
    bench.keypad.follow(bench.desk.state)
    bench.desk.receive(Call("two@test.invalid").ringing())
    bench.keypad.follow(bench.desk.state)
    assert bench.keypad.state == ""


def test_the_number_that_was_called_last_is_offered_and_not_called(bench: Bench) -> None:
    bench.choice.offer_last()
    assert (bench.choice.is_open, bench.choice.state.query) == (True, "")
    bench.find("8 (87999) 2-34-56")
    bench.choice.call()
    bench.phone.commands.clear()
    bench.choice.offer_last()

    assert bench.target.address == DialAddress("88799923456")
    assert bench.phone.commands == []
    bench.find("8900555")  # the operator is typing now
    bench.choice.offer_last()
    assert bench.choice.state.query == "8900555"
