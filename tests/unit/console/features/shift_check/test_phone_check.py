"""The phone check: conditions, cancellation, and the text of each outcome."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.core.view_data import Notice
from console.features.shift_check.phone_check import CheckRow, CheckState, PhoneCheckPresenter
from console.shared.workplace import phone_words
from console.shell.notices import NoticesPresenter
from sync.exchange.supervision import Health, ServiceState
from telephony.events import (
    AudioDeviceChanged,
    CommandRefused,
    EndCause,
    PhoneConnected,
    PhoneEvent,
    PresenceChanged,
    RegistrationChanged,
    RegistrationState,
    SelfCallExpected,
)
from telephony.findings import Check, Finding, Verdict
from telephony.presence import Activity, Presence, PublicationState
from telephony.settings import PhoneSettings, SipAccount
from tests.fakes.console_fakes import RANG_AT, Clock, Told
from tests.fakes.console_phone import Call, FakePhone, FakeSelfTest, disconnected, registration
from tests.fakes.console_register import FakeRegister
from tests.fakes.led_desk import usual_desk, usual_status

ACCOUNT = SipAccount("pbx.example", "301", "secret")
ADDRESS = "192.0.2.1:5060"
REGISTERED, FAILED = RegistrationState.REGISTERED, RegistrationState.FAILED
GOOD = (
    Finding(Check.CALL, Verdict.PASSED, "answered"),
    Finding(Check.ECHO, Verdict.PASSED, "clear", 84.0),
    Finding(Check.MICROPHONE, Verdict.PASSED, "heard", -24.0),
    Finding(Check.RINGER, Verdict.PASSED, "played"),
)
ASK_AND_EXPECT = ["refresh_registration", "expect_self_call"]


class Checked:
    """A check over a fake phone, with the presenters that also receive its events."""

    def __init__(
        self,
        owner: QObject,
        clock: Clock,
        milestones: Milestones,
        account: SipAccount | None = ACCOUNT,
    ) -> None:
        self.phone, self.test = FakePhone(), FakeSelfTest(owner)
        register, deliveries = FakeRegister(), Deliveries(owner)
        self.desk = usual_desk(self.phone, register, deliveries, milestones, clock, owner)
        self.status = usual_status(
            register, deliveries, clock, owner, has_registrar=account is not None
        )
        self.notices = NoticesPresenter(self.desk, owner)
        self.told = Told(self.notices.told)
        self.presenter = PhoneCheckPresenter(
            self.phone,
            self.test,
            self.desk,
            self.status,
            self.notices.tell,
            milestones,
            PhoneSettings(account=account),
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
        )

    def tell(self, *events: PhoneEvent) -> None:
        """Passes each event to all presenters in order, as the application does."""
        for event in events:
            self.status.receive_phone(event)
            self.desk.receive(event)
            self.notices.receive_phone(event)
            self.presenter.receive(event)

    def meet(self, state: RegistrationState = REGISTERED) -> None:
        self.tell(PhoneConnected(4711, ADDRESS, registration(state, RANG_AT)))

    def register(self) -> None:
        """The registration succeeds, and the phone expects the call of the test."""
        self.tell(registration(REGISTERED, RANG_AT))
        self.tell(SelfCallExpected(RANG_AT, self.caller))

    @property
    def caller(self) -> str:
        return [each[1] for each in self.phone.commands if each[0] == "expect_self_call"][-1]

    def find(self, *findings: Finding) -> None:
        for finding in findings:
            self.test.found.emit(finding)

    @property
    def commands(self) -> list[str]:
        return [command[0] for command in self.phone.commands]

    @property
    def states(self) -> list[CheckState]:
        return [row.state for row in self.presenter.state.rows]

    def row(self, check: Check) -> CheckRow:
        return self.presenter.state.rows[list(Check).index(check)]

    @property
    def facts(self) -> dict[str, str]:
        return {label: item.text for label, item in self.presenter.state.facts}

    @property
    def heads(self) -> list[str]:
        return [notice.head for notice in self.told.values if isinstance(notice, Notice)]


@pytest.fixture
def checked(owner: QObject, clock: Clock, milestones: Milestones) -> Checked:
    made = Checked(owner, clock, milestones)
    made.meet()
    return made


# --- a complete test ---


def test_all_goes_well(checked: Checked) -> None:
    checked.presenter.begin()
    assert checked.commands == ["refresh_registration"]
    assert checked.states == [CheckState.RUNNING] + 4 * [CheckState.WAITING]
    assert not checked.test.orders

    checked.tell(registration(REGISTERED, RANG_AT))
    assert checked.commands == ASK_AND_EXPECT
    assert not checked.test.orders
    checked.tell(SelfCallExpected(RANG_AT, "another"))
    assert not checked.test.orders
    checked.tell(SelfCallExpected(RANG_AT, checked.caller))
    (order,) = checked.test.orders
    assert order.line == "301"
    assert ("expect_self_call", order.caller) in checked.phone.commands
    assert checked.states[:2] == [CheckState.PASSED, CheckState.RUNNING]
    for number, finding in enumerate(GOOD):
        assert checked.states[number + 1] is CheckState.RUNNING
        checked.find(finding)
    checked.test.ended.emit(True)

    state = checked.presenter.state
    assert checked.states == 5 * [CheckState.PASSED]
    assert not state.running
    assert state.note == "Проверено в 12:00. Телефон в порядке."
    assert checked.commands == [*ASK_AND_EXPECT, "end_self_call"]
    assert "84 мс" in checked.row(Check.ECHO).text


def test_each_test_has_a_caller_of_its_own(checked: Checked) -> None:
    for _ in range(2):
        checked.presenter.begin()
        checked.register()
        checked.find(*GOOD)
        checked.test.ended.emit(True)
    first, second = checked.test.orders
    assert first.caller != second.caller


def test_without_an_account_the_phone_is_called_at_its_address(
    owner: QObject, clock: Clock, milestones: Milestones
) -> None:
    checked = Checked(owner, clock, milestones, account=None)
    checked.meet(RegistrationState.OFF)
    checked.presenter.begin()
    checked.tell(SelfCallExpected(RANG_AT, checked.caller))

    (order,) = checked.test.orders
    assert order.line == f"sip:self@{ADDRESS}"
    assert checked.commands == ["expect_self_call"]
    assert checked.states[:2] == [CheckState.NOT_POSSIBLE, CheckState.RUNNING]


def test_a_refused_registration_leaves_the_line_out_and_tries_the_sound(checked: Checked) -> None:
    checked.presenter.begin()
    checked.tell(RegistrationChanged(FAILED, RANG_AT, None, 403))

    (order,) = checked.test.orders
    assert order.line is None
    assert "expect_self_call" not in checked.commands
    row = checked.row(Check.REGISTRATION)
    assert row.state is CheckState.FAILED
    assert "403" in row.text
    assert "администратор" in row.advice


def test_a_registrar_that_says_nothing_does_not_hold_the_test_for_ever(
    checked: Checked, qtbot: QtBot
) -> None:
    checked.presenter._limit.setInterval(1)
    checked.presenter.begin()
    qtbot.waitUntil(lambda: bool(checked.test.orders), timeout=3000)

    assert checked.row(Check.REGISTRATION).state is CheckState.FAILED
    assert checked.test.orders[0].line is None


def test_troubles_are_counted(checked: Checked) -> None:
    checked.presenter.begin()
    checked.register()
    checked.find(
        GOOD[0],
        Finding(Check.ECHO, Verdict.DOUBTFUL, "delayed", 512.0),
        Finding(Check.MICROPHONE, Verdict.FAILED, "silent", -90.0),
        GOOD[3],
    )
    checked.test.ended.emit(True)

    assert "2\u00a0пункта требуют внимания" in checked.presenter.state.note
    assert checked.row(Check.ECHO).state is CheckState.DOUBTFUL


def test_a_test_that_breaks_down_says_so(checked: Checked) -> None:
    checked.presenter.begin()
    checked.register()
    checked.find(GOOD[0])
    checked.test.ended.emit(False)

    assert "не закончилась" in checked.presenter.state.note
    assert checked.states == 2 * [CheckState.PASSED] + 3 * [CheckState.WAITING]


# --- conditions and cancellation ---


@pytest.mark.parametrize("answered", [False, True])
def test_it_does_not_begin_during_a_call(checked: Checked, answered: bool) -> None:
    call = Call()
    checked.tell(call.ringing(), *([call.answered()] if answered else []))
    checked.presenter.begin()

    assert "refresh_registration" not in checked.commands
    assert not checked.test.orders
    assert checked.presenter.state.note.startswith("Идёт вызов")


def test_it_does_not_begin_without_the_phone(checked: Checked) -> None:
    checked.tell(disconnected())
    checked.presenter.begin()

    assert not checked.presenter.state.running
    assert checked.presenter.state.note.startswith("Телефон запускается")


@pytest.mark.parametrize("registering", [True, False])
def test_a_call_that_comes_in_ends_it_and_rings(checked: Checked, registering: bool) -> None:
    checked.presenter.begin()
    if not registering:
        checked.register()
        checked.find(GOOD[0])
    call = Call()
    checked.tell(call.ringing())

    assert not checked.test.runs
    assert checked.commands[-1] == "end_self_call"
    assert checked.presenter.state.note == "Поступил вызов: проверка прервана."
    assert checked.desk.state.call is not None
    # Late events change nothing.
    checked.tell(registration(REGISTERED), call.ended(EndCause.CALLER_GAVE_UP))
    assert not checked.test.runs
    assert len(checked.test.orders) == (0 if registering else 1)


def test_a_phone_that_cannot_expect_the_call_ends_it(checked: Checked) -> None:
    checked.presenter.begin()
    checked.tell(registration(REGISTERED))
    checked.tell(CommandRefused(None, "expect_self_call", "not_connected"))

    assert not checked.presenter.state.running
    assert not checked.test.orders


def test_a_test_stopped_before_its_call_makes_none(checked: Checked) -> None:
    checked.presenter.begin()
    checked.tell(registration(REGISTERED))
    checked.presenter.stop()
    checked.tell(SelfCallExpected(RANG_AT, checked.caller))

    assert not checked.test.orders


def test_the_operator_stops_it_and_starts_it_again(checked: Checked) -> None:
    checked.presenter.begin()
    checked.register()
    checked.find(GOOD[0])
    checked.presenter.stop()
    assert not checked.test.runs
    assert checked.states[:3] == [CheckState.PASSED, CheckState.PASSED, CheckState.WAITING]

    checked.presenter.begin()
    assert checked.states == [CheckState.RUNNING] + 4 * [CheckState.WAITING]


def test_a_second_start_while_it_runs_is_none(checked: Checked) -> None:
    checked.presenter.begin()
    checked.presenter.begin()
    assert checked.commands == ["refresh_registration"]


def test_a_lost_phone_process_ends_it(checked: Checked) -> None:
    checked.presenter.begin()
    checked.register()
    checked.tell(disconnected())

    assert not checked.test.runs
    assert "повторите проверку" in checked.presenter.state.note


# --- registering again ---


def test_registering_again_is_told_when_it_has_come_true(checked: Checked) -> None:
    checked.presenter.register_again()
    assert checked.commands == ["refresh_registration"]
    assert checked.presenter.state.registering
    checked.presenter.register_again()
    assert checked.commands == ["refresh_registration"]
    checked.tell(RegistrationChanged(RegistrationState.REGISTERING, RANG_AT))
    assert checked.presenter.state.registering
    checked.tell(registration(REGISTERED, RANG_AT))

    assert not checked.presenter.state.registering
    assert checked.heads == ["Станция приняла регистрацию телефона"]
    assert not checked.test.orders


@pytest.mark.parametrize(
    ("answer", "head"),
    [
        (RegistrationChanged(FAILED, RANG_AT), "Станция не отвечает"),
        (RegistrationChanged(FAILED, RANG_AT, None, 401), "учётную запись телефона (401)"),
        (RegistrationChanged(FAILED, RANG_AT, fault="tls_certificate"), "Сертификат станции"),
        (CommandRefused(None, "refresh_registration", "not_connected"), "Станция не отвечает"),
    ],
)
def test_registering_again_in_vain_says_why(
    checked: Checked, answer: PhoneEvent, head: str
) -> None:
    checked.presenter.register_again()
    checked.tell(answer)

    (notice,) = checked.told.values
    assert head in notice.head
    assert notice.problem
    assert notice.body


def test_without_an_account_there_is_nothing_to_register_at(
    owner: QObject, clock: Clock, milestones: Milestones
) -> None:
    checked = Checked(owner, clock, milestones, account=None)
    checked.meet(RegistrationState.OFF)
    checked.presenter.register_again()

    assert checked.commands == []
    assert checked.heads == ["Станция не настроена: регистрировать телефон негде"]
    assert not checked.presenter.state.can_register


# --- phone status ---


def test_the_facts_of_a_phone_in_order(checked: Checked, clock: Clock) -> None:
    clock.advance(130)
    assert checked.facts == {
        "Станция": "на связи с 12:00",
        "Последняя регистрация": "12:00, 2\u00a0минуты назад",
        "Программа телефона": "работает",
        "Звук": "замечаний нет",
    }

    ended = Health("terms", ServiceState.BACKING_OFF, RANG_AT, 1, "KeyError")
    checked.status.services = lambda: (ended,)
    assert checked.facts["Фоновая работа"] == "Фоновая работа остановилась"


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (PresenceChanged(RANG_AT, PublicationState.OFF), None),
        (PresenceChanged(RANG_AT, PublicationState.WAITING), "ещё не подтверждено"),
        (PresenceChanged(RANG_AT, PublicationState.TOLD, Presence(True)), "готов"),
        (
            PresenceChanged(
                RANG_AT, PublicationState.TOLD, Presence(True, (Activity.ON_THE_PHONE,))
            ),
            "разговор",
        ),
        (PresenceChanged(RANG_AT, PublicationState.TOLD, Presence(False)), "не готов"),
        (
            PresenceChanged(RANG_AT, PublicationState.TOLD, Presence(False, (Activity.AWAY,))),
            "отошёл",
        ),
        (
            PresenceChanged(RANG_AT, PublicationState.FAILED),
            "нет ответа; сообщаем ещё раз",
        ),
        (
            PresenceChanged(RANG_AT, PublicationState.FAILED, status_code=403),
            "не принято (403); сообщаем ещё раз",
        ),
        (
            PresenceChanged(RANG_AT, PublicationState.NOT_TAKEN, status_code=489),
            "станция не принимает SIP presence (489)",
        ),
    ],
)
def test_what_the_telephone_system_knows_of_the_operator_is_said_as_it_confirmed_it(
    checked: Checked, event: PresenceChanged, text: str | None
) -> None:
    assert "Состояние на станции" not in checked.facts
    banner = checked.status.state.banner
    checked.tell(event)
    assert checked.facts.get("Состояние на станции") == text
    hint = f"Состояние на станции: {text}"
    assert (hint in checked.status.state.phone.detail.splitlines()) is (text is not None)
    assert checked.status.state.banner == banner, "it is no alarm"
    checked.tell(disconnected())
    assert "Состояние на станции" not in checked.facts


def test_a_crash_of_the_phone_s_program_is_told_and_remembered(
    checked: Checked, clock: Clock
) -> None:
    clock.advance(120)
    checked.tell(disconnected())
    assert checked.facts["Программа телефона"] == "сбой в 12:01, запускается заново"
    checked.tell(disconnected())
    checked.meet()

    assert checked.facts["Программа телефона"] == "перезапущена в 12:01"
    assert checked.heads == ["Программа телефона завершилась", "Программа телефона снова работает"]


def test_a_loss_of_yesterday_has_its_date(checked: Checked, clock: Clock) -> None:
    checked.tell(RegistrationChanged(FAILED, RANG_AT, RANG_AT, since=RANG_AT))
    clock.advance(timedelta(days=1).total_seconds())
    assert checked.facts["Станция"] == "нет связи с 25.11.2026 12:00"


def test_a_heard_microphone_ends_the_trouble_of_an_earlier_call(checked: Checked) -> None:
    checked.tell(AudioDeviceChanged(RANG_AT, False, False, False))
    assert checked.facts["Звук"] == "Гарнитура отключена"
    assert checked.status.state.sound is not None
    checked.presenter.begin()
    checked.register()
    checked.find(*GOOD)

    assert checked.facts["Звук"] == "замечаний нет"
    assert checked.status.state.sound is None


# --- words ---


OUTCOMES = {
    Check.REGISTRATION: (
        "registered no_account no_answer refused name_unknown connection_refused unreachable"
        " connect_timeout connection_lost tls_certificate tls_failed"
    ),
    Check.CALL: "answered no_answer not_found busy refused port_taken depends",
    Check.ECHO: "clear silent distorted delayed depends",
    Check.MICROPHONE: "heard quiet loud silent missing fallback no_sound_system",
    Check.RINGER: "played missing fallback depends",
}
NOTHING_TO_DO = {"registered", "no_account", "answered", "clear", "heard", "depends"}


@pytest.mark.parametrize(
    ("check", "code"),
    [(check, code) for check, codes in OUTCOMES.items() for code in codes.split()],
)
def test_every_outcome_has_its_words_and_says_what_to_do(check: Check, code: str) -> None:
    text, advice = phone_words.finding(Finding(check, Verdict.FAILED, code, 503))

    assert text
    assert "Неизвестный" not in text
    assert "%1" not in text
    assert bool(advice) is (code not in NOTHING_TO_DO)


def test_an_outcome_of_a_newer_phone_is_shown_as_it_is() -> None:
    text, advice = phone_words.finding(Finding(Check.ECHO, Verdict.FAILED, "reversed"))
    assert "reversed" in text
    assert advice
