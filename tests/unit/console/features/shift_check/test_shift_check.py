"""The check before a shift: automatic start, results, and storage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console.core.milestones import Milestones
from console.features.headset.presenter import HeadsetPresenter
from console.features.shift_check.presenter import PlaceFacts, PlaceRow
from console.shared.workplace import sound_words
from console.shared.workplace.status import Banner
from sync.errors import StoreUnavailable
from sync.exchange.events import CentralReached, ClockCompared
from sync.jobs.store_care import BackupMissed
from sync.register.people.operators import Operator, Role
from sync.register.people.shift import DISK_LOW_BYTES, KeptCheck, Place, PlaceVerdict
from telephony.events import PhoneDisconnected
from telephony.findings import Check, Finding, Verdict
from telephony.headset.descriptor import Button, ButtonMoved, Lamp
from telephony.headset.watch import (
    HeadsetFound,
    HeadsetGone,
    HeadsetPressed,
    HeadsetTrouble,
    HeadsetUnusable,
)
from telephony.phone_devices import DevicePresence, Presence
from tests.fakes.console_fakes import Clock, Told
from tests.fakes.faked_desk import FakedDesk
from tests.fakes.whole_desk import NO_SCREEN

pytestmark = NO_SCREEN


@pytest.fixture
def desk(
    owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> Iterator[FakedDesk]:
    made = FakedDesk(owner, milestones, clock, tmp_path)
    made.presenters.status.receive_sender(CentralReached(clock.now))
    yield made
    made.entries.close()


@pytest.fixture
def told(desk: FakedDesk) -> Told:
    return Told(desk.presenters.shift_check.told)


def settle() -> None:
    """Processes events until the results of readers and store have arrived."""
    for _round in range(8):
        QCoreApplication.processEvents()


def verdict_of(desk: FakedDesk, place: Place) -> PlaceVerdict:
    rows = {row.place: row.verdict for row in desk.presenters.shift_check.state.rows}
    return rows[place]


def end_test(desk: FakedDesk, **verdicts: Verdict) -> None:
    """Ends the complete phone test with these verdicts by name of the check."""
    desk.presenters.phone_check.begin()
    for check in Check:
        if check is not Check.REGISTRATION:
            verdict = verdicts.get(check.value, Verdict.PASSED)
            code = {Check.MICROPHONE: "heard", Check.RINGER: "played"}.get(check, "clear")
            desk.self_test.found.emit(Finding(check, verdict, code, -22.0))
    desk.self_test.ended.emit(True)
    settle()


def test_the_first_sign_in_of_a_day_looks_tells_and_keeps(desk: FakedDesk, told: Told) -> None:
    desk.presenters.shift_check.signed_in()
    settle()

    ((by, findings),) = desk.workplace.kept
    assert by == desk.desk.operator
    assert {each.place for each in findings} == set(Place)
    (notice,) = told.values
    assert notice.head == "Готово к работе, звук не проверен."
    assert not notice.problem
    assert "на слух ещё не проверены" in notice.body


def test_the_same_person_is_not_asked_twice_a_day_and_a_colleague_is(
    desk: FakedDesk, clock: Clock, told: Told
) -> None:
    me = desk.desk.operator
    kept = KeptCheck(UUID(int=1), clock.now - timedelta(hours=1), me.id, me.name, ())
    desk.workplace.facts = replace(desk.workplace.facts, last_check=kept)
    desk.presenters.shift_check.signed_in()
    settle()
    assert (told.values, desk.workplace.kept) == ([], [])

    yesterday = replace(kept, at=clock.now - timedelta(days=1))
    desk.workplace.facts = replace(desk.workplace.facts, last_check=yesterday)
    colleague = Operator(UUID(int=77), "vtoraya", "Вторая Проба", Role.OPERATOR)
    for operator in (me, colleague, me, colleague):
        desk.desk.set_operator(operator)
        desk.presenters.shift_check.signed_in()
        settle()
    assert [by for by, _findings in desk.workplace.kept] == [me, colleague]
    assert len(told.values) == 2


def test_a_day_of_checks_ends_at_midnight_of_the_city(
    desk: FakedDesk, clock: Clock, told: Told
) -> None:
    midnight = datetime(2026, 11, 25, 21, tzinfo=UTC)

    def checks_after_sign_in(at: datetime) -> int:
        clock.now = at
        desk.presenters.shift_check.signed_in()
        settle()
        return len(desk.workplace.kept)

    assert checks_after_sign_in(midnight - timedelta(minutes=2)) == 1
    assert checks_after_sign_in(midnight - timedelta(seconds=1)) == 1
    assert checks_after_sign_in(midnight) == 2
    assert len(told.values) == 2


def test_a_clock_that_agrees_with_the_centre_is_right_whatever_the_records_say(
    desk: FakedDesk, clock: Clock
) -> None:
    """A call was recorded while the clock ran a month ahead."""
    ahead = clock.now + timedelta(days=30)
    desk.workplace.facts = replace(desk.workplace.facts, newest_record_at=ahead)
    desk.presenters.shift_check.look(keeps=False)
    settle()
    assert verdict_of(desk, Place.CLOCK) is PlaceVerdict.PASSED

    month_s = timedelta(days=30).total_seconds()
    desk.presenters.status.receive_sender(ClockCompared(-month_s))
    desk.presenters.shift_check.look(keeps=False)
    settle()
    assert verdict_of(desk, Place.CLOCK) is PlaceVerdict.FAILED


def test_a_check_that_ends_late_is_hers_for_whom_it_was_made(desk: FakedDesk) -> None:
    me = desk.desk.operator
    desk.presenters.shift_check.look(keeps=True)
    desk.desk.set_operator(Operator(UUID(int=77), "vtoraya", "Вторая Проба", Role.OPERATOR))
    settle()

    assert [by for by, _findings in desk.workplace.kept] == [me]


def test_who_takes_no_calls_is_not_bothered(desk: FakedDesk, told: Told) -> None:
    desk.desk.set_operator(Operator(UUID(int=5), "observer", "Третья Проба", Role.OBSERVER))
    desk.presenters.shift_check.signed_in()
    settle()

    assert (told.values, desk.workplace.kept) == ([], [])


def test_it_waits_for_a_phone_that_is_starting_and_not_for_ever(
    desk: FakedDesk, clock: Clock, told: Told
) -> None:
    desk.presenters.status.receive_phone(PhoneDisconnected(clock.now, "ended"))
    desk.presenters.shift_check.signed_in()
    settle()
    assert told.values == []
    desk.presenters.shift_check.time_passed()
    settle()

    (notice,) = told.values
    assert notice.head == "Не готово к работе."
    assert notice.problem
    assert "Телефон: программа телефона не работает." in notice.body


def test_every_trouble_is_named_with_what_to_do(desk: FakedDesk) -> None:
    desk.workplace.facts = PlaceFacts(DISK_LOW_BYTES - 1, None, True, None, None)
    desk.presenters.status.receive_backup(BackupMissed("directory_missing", None))
    desk.presenters.status.receive_devices(
        DevicePresence(Presence.MISSING, Presence.MISSING, Presence.STAND_IN)
    )

    desk.presenters.shift_check.look(keeps=False)
    settle()

    state = desk.presenters.shift_check.state
    assert state.head == "Не готово к работе"
    assert (
        state.body == "Гарнитура: гарнитура отключена. Подключите её, прежде чем принимать вызовы."
    )
    assert verdict_of(desk, Place.RINGER) is PlaceVerdict.DOUBTFUL
    assert verdict_of(desk, Place.DISK) is PlaceVerdict.DOUBTFUL
    rows = {row.place: row for row in state.rows}
    assert rows[Place.DISK].text == "Свободно: 1\xa0023 МБ"
    assert rows[Place.BACKUP].text == "Копии ещё нет"
    assert "Сообщите администратору." in rows[Place.BACKUP].advice


def test_a_store_that_refuses_is_told_and_its_check_cannot_be_kept(
    desk: FakedDesk, told: Told
) -> None:
    desk.workplace.refusal = StoreUnavailable("SQLITE_FULL")
    desk.presenters.shift_check.signed_in()
    settle()

    heads = sorted(notice.head for notice in told.values)
    assert heads == ["Итог проверки не сохранён", "Не готово к работе."]
    assert verdict_of(desk, Place.STORE) is PlaceVerdict.FAILED
    assert desk.workplace.kept == []


def test_a_look_with_remarks_says_that_nothing_was_heard_yet(desk: FakedDesk) -> None:
    desk.workplace.facts = PlaceFacts(DISK_LOW_BYTES - 1, None, False, None, None)

    desk.presenters.shift_check.look(keeps=False)
    settle()

    state = desk.presenters.shift_check.state
    assert state.head == "Готово к работе, есть замечания"
    disk, sound = state.body.splitlines()
    assert disk.startswith("Место на диске")
    assert "на слух ещё не проверены" in sound


def test_a_disk_that_cannot_be_read_hides_no_store_that_works(desk: FakedDesk) -> None:
    desk.workplace.unread = OSError(5, "input/output error")

    desk.presenters.shift_check.look(keeps=False)
    settle()

    assert verdict_of(desk, Place.STORE) is PlaceVerdict.PASSED
    assert verdict_of(desk, Place.DISK) is PlaceVerdict.NOT_TRIED


def test_a_whole_test_of_the_phone_is_kept_with_what_was_heard(desk: FakedDesk) -> None:
    end_test(desk, microphone=Verdict.PASSED)

    ((_by, findings),) = desk.workplace.kept
    by_place = {each.place: each for each in findings}
    assert by_place[Place.HEADSET].code == "heard"
    assert by_place[Place.HEADSET].value == -22.0
    assert by_place[Place.RINGER].code == "played"
    assert desk.presenters.shift_check.state.head == "Готово к работе"
    assert desk.presenters.shift_check.state.body == ""


def test_a_headset_that_is_pulled_out_between_calls_is_told_with_its_consequence(
    desk: FakedDesk,
) -> None:
    status = desk.presenters.status
    status.receive_devices(DevicePresence())
    assert status.state.sound is None

    status.receive_devices(DevicePresence(earpiece=Presence.STAND_IN))
    assert status.state.sound is not None
    assert (status.state.sound.text, status.state.banner) == (
        "Работает другое звуковое устройство",
        None,
    )

    status.receive_devices(DevicePresence(microphone=Presence.MISSING))
    assert status.state.banner == Banner(
        "danger", "Абоненты вас не услышат.", "Микрофон отключён: подключите гарнитуру."
    )

    status.receive_devices(DevicePresence(*(Presence.MISSING,) * 3))
    assert status.state.banner is not None
    assert status.state.banner.head == "Вы не услышите вызовы."

    status.receive_devices(DevicePresence())
    assert (status.state.sound, status.state.banner) == (None, None)


class NoLamps:
    """A headset without LEDs."""

    def light(self, key: bytes, lit: frozenset[Lamp]) -> None:
        return


@pytest.fixture
def headset(desk: FakedDesk, milestones: Milestones) -> HeadsetPresenter:
    made = HeadsetPresenter(
        desk.desk, desk.presenters.calls, NoLamps(), milestones, may_act=lambda: True
    )
    desk.presenters.shift_check.watch_buttons(made)
    return made


def buttons_of(desk: FakedDesk) -> PlaceRow:
    (row,) = (row for row in desk.presenters.shift_check.state.rows if row.place is Place.BUTTONS)
    return row


KEY = b"/dev/hidraw3"
FOUND = HeadsetFound(KEY, "Wireless 75", frozenset({Button.HOOK}), frozenset())
PRESSED = HeadsetPressed(KEY, ButtonMoved(Button.HOOK, True))


def test_a_pressed_button_of_the_headset_is_named_at_once(
    desk: FakedDesk, headset: HeadsetPresenter
) -> None:
    headset.receive(FOUND)
    assert desk.presenters.shift_check.state.rows == ()  # no check has run yet
    desk.presenters.shift_check.look(keeps=False)
    settle()
    there = buttons_of(desk)
    headset.receive(PRESSED)
    settle()
    pressed = buttons_of(desk)
    headset.receive(HeadsetGone(KEY))
    settle()

    assert (there.verdict, there.text) == (PlaceVerdict.NOT_TRIED, "Wireless 75: кнопки есть")
    assert "Нажмите любую" in there.advice
    assert pressed.verdict is PlaceVerdict.PASSED
    assert pressed.text == "Wireless 75: нажата «ответить и завершить»"
    assert buttons_of(desk).text == "Гарнитуры с кнопками нет"


@pytest.mark.parametrize(
    ("trouble", "verdict"),
    [
        (HeadsetTrouble.NO_PERMISSION, PlaceVerdict.DOUBTFUL),
        (HeadsetTrouble.NOT_OPENED, PlaceVerdict.DOUBTFUL),
        (HeadsetTrouble.NOT_UNDERSTOOD, PlaceVerdict.NOT_TRIED),
        (HeadsetTrouble.NO_LIBRARY, PlaceVerdict.NOT_TRIED),
    ],
)
def test_buttons_that_are_not_read_are_told_with_the_reason(
    desk: FakedDesk, headset: HeadsetPresenter, trouble: HeadsetTrouble, verdict: PlaceVerdict
) -> None:
    headset.receive(HeadsetUnusable(KEY, "Wireless 75", trouble))
    desk.presenters.shift_check.look(keeps=False)
    settle()
    row = buttons_of(desk)

    assert row.verdict is verdict
    assert row.text == "Wireless 75: кнопки не читаются"
    assert row.advice.endswith("Клавиши работают.")


def test_buttons_that_the_settings_do_not_want_are_no_remark(desk: FakedDesk) -> None:
    desk.presenters.shift_check.look(keeps=False)
    settle()

    assert buttons_of(desk).text == "Выключены в настройках"
    assert buttons_of(desk).verdict is PlaceVerdict.NOT_TRIED


@pytest.mark.parametrize("button", Button)
def test_each_button_has_a_name(button: Button) -> None:
    text, advice = sound_words.buttons(button.value)

    assert text.startswith("Нажата «")
    assert advice == ""
