"""The lists of the day and the bar above them, over a register in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from console import words
from console.bridge import Deliveries
from console.milestones import Milestones
from console.presenters.call_bar import BarButton, CallBarPresenter
from console.presenters.call_control import CallControl
from console.presenters.desk import DeskPresenter
from console.presenters.journal import JournalList, JournalPresenter
from console.presenters.notices import NoticesPresenter
from console.presenters.status import StatusPresenter
from console.settings import CITY_ZONE
from sync.register import calls
from sync.register.calls import CallResult
from sync.register.missed_calls import MissedOutcome
from sync.register.operators import Role
from telephony.events import (
    AudioDeviceChanged,
    CallHeld,
    CallResumed,
    CommandRefused,
    EndCause,
    MediaReported,
    Side,
)
from tests.fakes.console_fakes import AREA_CODE, OPERATOR, Clock, HeldExecutor, InlineExecutor, Told
from tests.fakes.console_phone import Call, FakePhone, connected, disconnected
from tests.fakes.console_register import FakeMissed, FakeRegister
from tests.fakes.operator_state import StateBench
from tests.fakes.records import answered_message


class NoTraining:
    def __init__(self) -> None:
        self.offered = 0

    def offer(self) -> None:
        self.offered += 1


class Work:
    """A desk, its journal, its call bar and what it tells, wired as the application does."""

    def __init__(self, owner: QObject, milestones: Milestones, clock: Clock) -> None:
        self.clock = clock
        clock.now = datetime.now(UTC)  # the lists are those of today
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
        self.status = StatusPresenter(
            self.register,
            InlineExecutor(),
            deliveries,
            has_central=False,
            has_registrar=False,
            is_out_of_hours=lambda _at: self.out_of_hours,
            zone=CITY_ZONE,
            clock=clock,
            parent=owner,
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
        self.desk.register_changed.connect(self.journal.reload)
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


@pytest.fixture
def work(owner: QObject, milestones: Milestones, clock: Clock) -> Work:
    return Work(owner, milestones, clock)


def test_a_day_fills_its_lists(work: Work) -> None:
    missed, aside, saved = work.call(1), work.call(2), work.call(3)
    work.tell(missed.ringing(), missed.ended(EndCause.CALLER_GAVE_UP))
    work.tell(aside.ringing(), aside.answered(), aside.ended())
    work.desk.put_aside()
    work.settle()
    work.tell(saved.ringing(), saved.answered(), saved.ended())
    card = work.desk.state.card
    assert card is not None
    work.desk.change_card(calls.edit(card, content="Справка\nподробно", result=CallResult.ANSWERED))
    work.clock.now = saved.ended().at + timedelta(seconds=12)
    work.desk.save()
    work.settle()

    assert work.counts() == (3, 1, 1, 0)
    newest = work.journal.state.rows[0]
    assert (newest.phone, newest.about) == ("+7 (900) 555-01-03", "Справка")
    assert newest.role == "ok"
    work.journal.show_list(JournalList.MISSED)
    assert [row.role for row in work.journal.state.rows] == ["danger"]
    figures = work.journal.state.figures
    assert (figures.answered, figures.average_talk, figures.average_save) == ("2", "1:00", "0:12")


def test_the_card_in_front_is_not_among_the_drafts(work: Work) -> None:
    call = work.call()
    work.tell(call.ringing(), call.answered(), call.ended())
    assert work.counts()[2] == 0

    work.desk.put_aside()
    work.settle()
    assert work.counts()[2] == 1


def test_a_ring_makes_no_row_anew_and_a_change_only_its_own(work: Work) -> None:
    """A day has hundreds of calls: to make their rows takes the window as long as a frame."""
    first, second = work.call(1), work.call(2)
    for call in (first, second):
        work.tell(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    before = work.journal.state.rows
    draft = work.register.of_call(first.call_id)
    assert draft is not None

    work.journal.set_in_front(draft)
    assert work.journal.state.rows is before

    work.register.records[draft.id] = replace(draft, content="Другие слова", revision=9)
    work.journal.reload()
    work.settle()
    after = work.journal.state.rows
    assert [row.about for row in after] == [before[0].about, "Другие слова"]
    assert after[0] is before[0]


def test_the_shown_drafts_follow_the_card_in_front(work: Work) -> None:
    call = work.call()
    work.tell(call.ringing(), call.answered(), call.ended())
    work.desk.put_aside()
    work.settle()
    work.journal.show_list(JournalList.DRAFTS)
    (row,) = work.journal.state.rows
    draft = work.register.records[row.key]

    work.journal.set_in_front(draft)
    assert not work.journal.state.rows
    work.journal.set_in_front(None)
    assert list(work.journal.state.rows) == [row]


def test_a_call_that_rings_beside_another_one_is_no_draft(work: Work) -> None:
    first, second = work.call(1), work.call(2)
    work.tell(first.ringing(), first.answered(), second.ringing())
    assert work.counts()[2] == 0

    work.tell(first.held(), second.answered())
    assert work.counts()[2] == 0  # the first caller waits on hold
    work.tell(first.ended())
    assert work.counts()[2] == 1


def test_a_draft_opens_to_be_finished_and_a_closed_record_to_be_read(work: Work) -> None:
    call, missed = work.call(1), work.call(2)
    opened, read = Told(work.journal.draft_opened), Told(work.journal.record_opened)
    work.tell(call.ringing(), call.answered(), call.ended())
    work.desk.put_aside()
    work.tell(missed.ringing(), missed.ended(EndCause.CALLER_GAVE_UP))

    for row in work.journal.state.rows:
        work.journal.open_row(row.key)

    assert [card.sip_call_id for card in opened.values] == [call.call_id]
    assert [card.sip_call_id for card in read.values] == [missed.call_id]


def test_a_message_of_the_list_opens_by_its_number(work: Work) -> None:
    answered = answered_message("Засыпано.", work.clock.now)
    work.register.messages[answered.id] = answered
    opened = Told(work.journal.message_opened)
    work.journal.reload()
    work.settle()
    work.journal.open_row(answered.id)

    assert opened.values == [str(answered.number)]


def test_an_answer_to_a_message_of_another_day_is_listed_and_made_a_question(work: Work) -> None:
    asked = Told(work.journal.question_asked)
    answered = answered_message("Яму заделают.", datetime.now(UTC) - timedelta(days=20))
    waiting = replace(answered, id=UUID(int=72), answer_text=None, created_at=datetime.now(UTC))
    work.register.messages = {one.id: one for one in (answered, waiting)}
    work.journal.reload()
    work.settle()
    work.journal.show_list(JournalList.ANSWERS)
    (row,) = work.journal.state.rows
    assert (row.key, row.has_answer, row.result) == (answered.id, True, "ответ получен")
    assert row.time == f"{answered.created_at.astimezone(CITY_ZONE):%d.%m.%Y}"
    work.journal.make_question(row.key)
    work.journal.make_question(waiting.id)

    assert asked.values == [answered]


def test_an_empty_list_says_what_to_do(work: Work) -> None:
    for name in JournalList:
        work.journal.show_list(name)
        assert work.journal.state.rows == ()
        assert work.journal.state.empty_head
        assert work.journal.state.empty_body


def test_missed_calls_of_other_days_wait_until_they_are_dealt_with(work: Work) -> None:
    today = work.clock.now
    for index, days in ((1, 3), (2, 1), (3, 0)):
        work.clock.now = today - timedelta(days=days)
        call = work.call(index)
        work.tell(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    work.clock.now = today
    told = Told(work.journal.told)
    work.journal.show_list(JournalList.MISSED)
    assert work.counts()[1] == 3
    rows = work.journal.state.rows
    assert [row.phone[-5:] for row in rows] == ["01-03", "01-02", "01-01"]
    assert rows[2].time.startswith(f"{(today - timedelta(days=3)).astimezone(CITY_ZONE):%d.%m.%Y}")

    work.journal.note_missed([row.key for row in rows[1:]], MissedOutcome.NOT_REACHED)
    work.settle()

    assert work.counts()[1] == 1
    assert told.values[0].head == "Разобрано 2 пропущенных звонка"
    work.journal.note_missed([rows[1].key], MissedOutcome.CALLED_BACK)  # it was still to be seen
    work.settle()
    assert told.values[1].head == "Его уже разобрал коллега"
    work.journal.note_missed([], MissedOutcome.CALLED_BACK)
    assert set(work.missed.handled.values()) == {MissedOutcome.NOT_REACHED}


def test_who_may_not_see_records_is_told_so_in_their_place(work: Work) -> None:
    call = work.call()
    work.tell(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    work.register.messages[UUID(int=9)] = answered_message("Засыпано.", work.clock.now)
    work.operator = replace(OPERATOR, role=Role.OBSERVER)
    work.journal.reload()  # at once, before anything was read
    for wanted in JournalList:
        work.journal.show_list(wanted)
        assert work.journal.state.rows == ()
        assert work.journal.state.empty_head == "Ваша роль не видит записей вызовов"
    work.settle()
    assert not any(work.counts())


def test_an_editor_sees_the_answers_and_nobodys_telephone(work: Work) -> None:
    """Answers become typical questions (9.8); whose they are is not the editor's to know."""
    answered = replace(answered_message("Засыпано.", work.clock.now), phone="+79005550137")
    work.register.messages[answered.id] = answered
    work.operator = replace(OPERATOR, role=Role.EDITOR)
    work.journal.reload()
    work.settle()
    work.journal.show_list(JournalList.ANSWERS)

    (row,) = work.journal.state.rows
    assert row.phone == work.journal.phone_of(row.key) == ""
    work.operator = OPERATOR
    work.journal.reload()
    work.settle()
    assert work.journal.state.rows[0].phone.startswith("+7 (900) 555-01")


def test_the_newest_reading_of_the_day_wins(owner: QObject) -> None:
    readers, register = HeldExecutor(), FakeRegister()
    journal = JournalPresenter(
        register,
        readers,
        Deliveries(owner),
        FakeMissed(register),
        operator=lambda: OPERATOR,
        zone=CITY_ZONE,
        parent=owner,
    )
    shown = Told(journal.changed)
    journal.reload()
    journal.reload()

    readers.run(1)
    readers.run(0)
    QCoreApplication.processEvents()

    assert len(shown.values) == 1


def test_the_lists_of_today_begin_anew_when_another_day_has_come(work: Work) -> None:
    call = work.call()
    work.tell(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    assert work.counts()[:2] == (1, 1)

    work.clock.advance(timedelta(days=1).total_seconds())
    work.journal.look_at_day()
    work.settle()

    assert work.counts()[:2] == (0, 1)  # who was missed yesterday still waits
    day = words.lists.list_subtitle("calls", work.clock().astimezone(CITY_ZONE).date())
    work.journal.show_list(JournalList.CALLS)
    assert work.journal.state.subtitle == day


def test_a_store_that_cannot_be_read_when_the_day_comes_is_asked_again(work: Work) -> None:
    call = work.call()
    work.tell(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    work.clock.advance(timedelta(days=1).total_seconds())
    work.register.unreadable = True
    work.journal.look_at_day()
    work.settle()
    assert work.counts()[:2] == (1, 1)  # the list stays

    work.register.unreadable = False
    work.journal.look_at_day()
    work.settle()
    assert work.counts()[:2] == (0, 1)


def test_who_was_called_from_here_is_no_call_that_was_taken(work: Work) -> None:
    """The operator's figures of the day are those of the report, where such calls stand apart."""
    taken, made = work.call(1), work.call(2)
    work.tell(taken.ringing(), taken.answered(), taken.ended())
    work.desk.put_aside()
    work.tell(made.dialled(), made.answered(), made.ended())
    work.desk.put_aside()
    work.settle()

    assert work.counts()[0] == 2
    assert work.journal.state.figures.answered == "1"


# --- the call bar ---


def test_the_buttons_follow_the_call(work: Work) -> None:
    call = work.call()
    assert work.buttons() == {BarButton.CHECK}
    work.status.receive_phone(connected())
    assert work.buttons() == {BarButton.DIAL, BarButton.TRAINING}
    work.tell(call.ringing())
    assert work.buttons() == {BarButton.ANSWER, BarButton.REJECT}
    work.tell(call.answered())
    usual = {BarButton.KEYPAD, BarButton.TRANSFER, BarButton.HANG_UP}
    assert work.buttons() == usual | {BarButton.HOLD, BarButton.MUTE}
    work.bar.press(BarButton.MUTE)
    assert work.buttons() == usual | {BarButton.HOLD, BarButton.MUTE}
    work.tell(call.muted())
    assert work.buttons() == usual | {BarButton.HOLD, BarButton.UNMUTE}
    assert work.bar.state.block.pill is not None
    assert work.bar.state.block.pill[2] == "warn"
    work.tell(call.ended())
    assert work.buttons() == {BarButton.EXTEND, BarButton.CALL_BACK}


def test_the_bar_shows_the_caller_and_the_second_call(work: Work) -> None:
    first, second = work.call(1), work.call(2)
    work.tell(first.ringing())
    assert work.bar.state.block.title == "+7 (900) 555-01-01"
    assert work.bar.state.block.since == first.rang_at
    work.tell(first.answered(), second.ringing())

    strip = work.bar.state.strip
    assert strip is not None
    assert (strip.text, strip.word) == ("Второй вызов: +7 (900) 555-01-02", "ждёт")
    assert strip.since == second.rang_at
    assert work.bar.state.operator.since == work.clock.now


def report(call: Call, second: int, *, packets: int, sent_dbfs: float = -25.0) -> MediaReported:
    at = call.answered().at + timedelta(seconds=second)
    return MediaReported(call.call_id, at, 0, packets, 0, sent_dbfs, -25.0, mos=4.3)


def test_the_bar_says_who_is_not_heard(work: Work) -> None:
    call = work.call()
    work.tell(call.ringing(), call.answered())
    shown = Told(work.bar.changed)
    for second in range(12):
        work.bar.receive_phone(report(call, second, packets=50, sent_dbfs=-96.0))
    pills = [state.block.pill for state in shown.values]
    assert pills[-1] == ("Абонента не слышно", "speaker-slash", "warn")
    work.bar.receive_phone(report(call, 12, packets=100, sent_dbfs=-96.0))
    assert work.bar.state.block.pill == ("Микрофон молчит", "microphone-slash", "warn")
    work.tell(call.muted())
    assert work.bar.state.block.pill == ("Вас не слышно", "microphone-slash", "warn")
    work.tell(call.muted(False))
    assert work.bar.state.block.pill is None


def test_nothing_is_missed_on_hold(work: Work) -> None:
    call = work.call()
    work.tell(call.ringing(), call.answered())
    work.bar.receive_phone(report(call, 0, packets=50))
    work.bar.receive_phone(CallHeld(call.call_id, call.answered().at, Side.FAR))
    for second in range(1, 12):
        work.bar.receive_phone(report(call, second, packets=50, sent_dbfs=-96.0))
    assert work.bar.state.block.pill is None
    work.bar.receive_phone(CallResumed(call.call_id, call.answered().at, Side.FAR))
    for second in range(12, 17):
        work.bar.receive_phone(report(call, second, packets=50))
    assert work.bar.state.block.pill is not None


def test_a_call_taken_over_on_hold_is_not_missed_either(work: Work) -> None:
    call = work.call()
    held = replace(call.snapshot(answered=True), held_by=(Side.NEAR,))
    work.tell(connected(held))
    work.bar.receive_phone(connected(held))
    for second in range(12):
        work.bar.receive_phone(report(call, second, packets=50))
    assert work.bar.state.block.pill is None


def test_the_next_call_begins_with_no_word_of_its_sound(work: Work) -> None:
    first, second = work.call(1), work.call(2)
    work.tell(first.ringing(), first.answered())
    for number in range(4):
        work.bar.receive_phone(report(first, number, packets=50 * number))
    assert work.bar.state.block.quality == ("хорошая связь", "cell-signal-full-fill", "neutral")
    work.bar.receive_phone(first.ended())
    work.tell(first.ended(), second.ringing(), second.answered())
    assert work.bar.state.block.quality is None


def test_without_a_phone_the_bar_leads_to_the_check(work: Work) -> None:
    asked = Told(work.bar.check_asked)
    work.bar.press(BarButton.CHECK)
    assert len(asked.values) == 1


def test_out_of_hours_is_said_at_the_ring(work: Work) -> None:
    work.out_of_hours = True
    work.tell(work.call().ringing())

    assert work.bar.state.block.pill == ("Вне рабочих часов", "clock-fill", "warn")
    assert next(iter(work.register.records.values())).out_of_hours


def test_without_a_phone_the_bar_is_an_alarm(work: Work) -> None:
    assert work.bar.state.block.tint == "danger"
    work.status.receive_phone(connected())
    assert work.bar.state.block.tint == "none"


def test_a_hidden_number_is_called_so(work: Work) -> None:
    work.tell(Call(number="", rang_at=work.clock.now).ringing())

    assert work.bar.state.block.title == "Номер скрыт"


def test_training_is_offered_by_the_bar(work: Work) -> None:
    work.bar.press(BarButton.TRAINING)
    assert work.training.offered == 1


# --- what is told ---


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (EndCause.NO_COMMON_CODEC, "нет общего кодека"),
        (EndCause.NO_COMMON_ENCRYPTION, "нет общего шифрования"),
    ],
)
def test_a_caller_whom_the_phone_turned_away_is_listed_and_told_with_the_reason(
    work: Work, cause: EndCause, told: str
) -> None:
    turned_away = work.call(1)
    work.tell(turned_away.ringing(), turned_away.ended(cause))
    work.settle()

    work.journal.show_list(JournalList.MISSED)
    (row,) = work.journal.state.rows
    assert (row.result, row.icon) == (told, "warning-octagon-fill")
    (notice,) = work.told.values
    assert notice.problem
    assert notice.head.endswith(f"не принят: {told}")
    assert "администратору" in notice.body


def test_what_is_told_names_records_and_no_person(work: Work) -> None:
    missed, other = work.call(1), work.call(2)
    work.tell(missed.ringing(), missed.ended(EndCause.CALLER_GAVE_UP))
    work.tell(other.ringing(), other.answered(), other.ended())
    work.desk.save()
    work.desk.put_aside()
    work.settle()

    texts = [f"{notice.head} {notice.body}" for notice in work.told.values]
    numbers = [str(card.number) for card in work.register.records.values()]
    assert numbers[0] in texts[0]
    assert [notice.problem for notice in work.told.values] == [False, True, False]
    assert not any("555" in text for text in texts)


def sound(
    microphone: bool = True, earpiece: bool = True, fallback: bool = False, cancelled: bool = True
) -> AudioDeviceChanged:
    return AudioDeviceChanged(datetime.now(UTC), microphone, earpiece, fallback, cancelled)


@pytest.mark.parametrize(
    ("trouble", "head", "back"),
    [
        (sound(False, False), "Гарнитура отключена", "Гарнитура снова работает"),
        (sound(microphone=False), "Микрофон отключён", "Гарнитура снова работает"),
        (sound(earpiece=False), "Наушник отключён", "Гарнитура снова работает"),
        (sound(fallback=True), "Работает другое звуковое устройство", "Снова работает выбранная"),
        (sound(cancelled=False), "Эхо не подавляется", "Эхо снова подавляется"),
    ],
)
def test_what_becomes_of_the_sound_is_told_once_with_what_to_do(
    work: Work, trouble: AudioDeviceChanged, head: str, back: str
) -> None:
    for event in (sound(), trouble, trouble, sound(), sound()):
        work.notices.receive_phone(event)

    first, second = work.told.values
    assert first.head == head
    assert first.problem
    assert first.body
    assert second.head.startswith(back)
    assert not second.problem


def test_a_phone_that_was_there_is_missed_and_welcomed_back(work: Work) -> None:
    work.notices.receive_phone(disconnected())  # it does not come up at once
    work.notices.receive_phone(connected())
    assert work.told.values == []
    for event in (disconnected(), disconnected(), connected(), connected()):
        work.notices.receive_phone(event)
    assert [notice.problem for notice in work.told.values] == [True, False]


def test_the_foot_says_what_is_wrong_with_the_sound_as_long_as_it_is(work: Work) -> None:
    work.status.receive_phone(connected())
    work.status.receive_phone(sound(microphone=False))
    item = work.status.state.sound
    assert item is not None
    assert (item.text, item.role) == ("Микрофон отключён", "danger")
    assert item in work.status.state.items()
    work.status.receive_phone(sound())
    assert work.status.state.sound is None


@pytest.mark.parametrize(
    ("command", "told"), [("redirect", 1), ("answer", 0), ("hang_up", 0), ("forget", 0)]
)
def test_a_refused_command_is_told_where_nobody_else_tells_of_it(
    work: Work, command: str, told: int
) -> None:
    work.notices.receive_phone(CommandRefused("x", command, "unknown_call"))

    assert len(work.told.values) == told
