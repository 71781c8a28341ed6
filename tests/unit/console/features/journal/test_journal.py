"""The lists of the day, over a register in memory."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.settings.workplace import CITY_ZONE
from console.features.journal import words as journal_words
from console.features.journal.journal_rows import MOST_KEPT, JournalRow
from console.features.journal.presenter import JournalList, JournalPresenter
from sync.register.calls import calls
from sync.register.calls.calls import CallResult, RequestWay
from sync.register.calls.missed import MissedElsewhere, MissedOutcome
from sync.register.messages import edit, message_without_call
from sync.register.numbering import next_number, period_of
from sync.register.people.operators import Role
from telephony.events import EndCause
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, HeldExecutor, Told
from tests.fakes.console_register import FakeMissed, FakeRegister
from tests.fakes.day_of_work import DayOfWork
from tests.fakes.records import answered_message


def test_a_day_fills_its_lists(work: DayOfWork) -> None:
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


def test_the_card_in_front_is_not_among_the_drafts(work: DayOfWork) -> None:
    call = work.call()
    work.tell(call.ringing(), call.answered(), call.ended())
    assert work.counts()[2] == 0

    work.desk.put_aside()
    work.settle()
    assert work.counts()[2] == 1


def test_a_ring_makes_no_list_anew_and_a_change_is_seen_in_its_row(work: DayOfWork) -> None:
    """With the hundreds of calls of a day, rebuilding a list takes as long as a frame."""
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
    work.journal.reload()
    work.settle()
    assert work.journal.state.rows == after != before


def test_only_rows_that_are_looked_at_are_put_into_words(work: DayOfWork) -> None:
    """Otherwise the texts of hundreds of calls a day would remain in memory until its end."""
    now = work.clock.now
    draft = work.register.open_by_hand(RequestWay.LETTER, OPERATOR).result()
    work.register.records = {
        id: replace(draft, id=id, content=f"Вопрос {id.int}", arrived_at=now)
        for id in map(UUID, (f"{count:032x}" for count in range(400)))
    }
    before = _rows_in_words()
    work.journal.reload()
    work.settle()
    rows = work.journal.state.rows
    assert len(rows) == 400
    assert _rows_in_words() <= before

    assert {row.about.rpartition(" ")[2] for row in rows} == {str(count) for count in range(400)}
    assert _rows_in_words() <= before + MOST_KEPT
    assert [row.key for row in rows[:2]] == list(rows.keys[:2])


def test_only_the_row_of_a_saved_record_is_put_into_words_anew(work: DayOfWork) -> None:
    for call in (work.call(1), work.call(2), work.call(3)):
        work.tell(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    work.settle()
    before = list(work.journal.state.rows)
    changed = replace(work.register.records[before[1].key], content="Другие слова", revision=9)

    work.journal.take_saved(changed)

    after = list(work.journal.state.rows)
    assert [row.about for row in after] == [before[0].about, "Другие слова", before[2].about]
    assert [now is had for now, had in zip(after, before, strict=True)] == [True, False, True]
    work.register.records[changed.id] = changed
    work.journal.reload()
    work.settle()
    assert list(work.journal.state.rows) == after


def _rows_in_words() -> int:
    return sum(isinstance(one, JournalRow) for one in gc.get_objects())


def test_the_shown_drafts_follow_the_card_in_front(work: DayOfWork) -> None:
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


def test_a_call_that_rings_beside_another_one_is_no_draft(work: DayOfWork) -> None:
    first, second = work.call(1), work.call(2)
    work.tell(first.ringing(), first.answered(), second.ringing())
    assert work.counts()[2] == 0

    work.tell(first.held(), second.answered())
    assert work.counts()[2] == 0  # the first caller is on hold
    work.tell(first.ended())
    assert work.counts()[2] == 1


def test_a_draft_opens_to_be_finished_and_a_closed_record_to_be_read(work: DayOfWork) -> None:
    call, missed = work.call(1), work.call(2)
    opened, read = Told(work.journal.draft_opened), Told(work.journal.record_opened)
    work.tell(call.ringing(), call.answered(), call.ended())
    work.desk.put_aside()
    work.tell(missed.ringing(), missed.ended(EndCause.CALLER_GAVE_UP))

    for row in work.journal.state.rows:
        work.journal.open_row(row.key)

    assert [card.sip_call_id for card in opened.values] == [call.call_id]
    assert [card.sip_call_id for card in read.values] == [missed.call_id]


def test_a_message_of_the_list_opens_by_its_number(work: DayOfWork) -> None:
    answered = answered_message("Засыпано.", work.clock.now)
    work.register.messages[answered.id] = answered
    opened = Told(work.journal.message_opened)
    work.journal.reload()
    work.settle()
    work.journal.open_row(answered.id)

    assert opened.values == [str(answered.number)]


def test_a_message_begun_before_midnight_is_one_of_the_day_it_was_registered(
    work: DayOfWork,
) -> None:
    midnight = datetime(2026, 11, 26, tzinfo=CITY_ZONE)
    work.clock.now = midnight + timedelta(minutes=5)
    begun_at, at = midnight - timedelta(minutes=3), midnight + timedelta(minutes=4)
    record = replace(
        answered_message("", begun_at), created_at=begun_at, submitted_at=at, registered_at=at
    )
    work.register.messages[record.id] = record
    work.journal.reload()
    work.settle()
    work.journal.show_list(JournalList.MESSAGES)

    (row,) = work.journal.state.rows
    assert row.time == "00:04"
    assert work.journal.state.counts[JournalList.MESSAGES] == 1


def test_an_answer_to_a_message_of_another_day_is_listed_and_made_a_question(
    work: DayOfWork,
) -> None:
    asked = Told(work.journal.question_asked)
    answered = answered_message("Яму заделают.", work.clock.now - timedelta(days=20))
    waiting = replace(answered, id=UUID(int=72), answer_text=None, created_at=work.clock.now)
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


def test_a_message_without_a_call_that_somebody_has_begun_is_a_draft_and_says_whose(
    work: DayOfWork,
) -> None:
    """The author has left: otherwise no operator would see the draft."""
    call = work.call(1)
    work.tell(call.ringing(), call.answered(), call.ended())
    work.desk.put_aside()
    begun = edit(
        message_without_call(UUID(int=71), work.clock.now + timedelta(minutes=1), SUPERVISOR),
        text="Яма у дома 5",
        phone="+79005550137",
    )
    work.register.messages[begun.id] = begun
    work.journal.show_list(JournalList.DRAFTS)
    work.journal.reload()
    work.settle()

    assert work.counts()[2] == 2
    row = work.journal.state.rows[0]
    assert (row.number, row.about, row.result) == ("без вызова", "Яма у дома 5", "Старшая Н.")
    assert work.journal.phone_of(row.key) == "+79005550137"
    opened = Told(work.journal.begun_opened)
    work.journal.open_row(row.key)
    assert opened.values == [begun]
    # A supervisor finds the draft in the morning; it is not among the messages of the day.
    work.journal.show_list(JournalList.MESSAGES)
    assert list(work.journal.state.rows) == []


def test_an_empty_list_says_what_to_do(work: DayOfWork) -> None:
    for name in JournalList:
        work.journal.show_list(name)
        assert not work.journal.state.rows
        assert work.journal.state.empty_head
        assert work.journal.state.empty_body


def test_missed_calls_of_other_days_wait_until_they_are_dealt_with(work: DayOfWork) -> None:
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
    work.journal.note_missed([rows[1].key], MissedOutcome.CALLED_BACK)  # the row was still shown
    work.settle()
    assert told.values[1].head == "Его уже разобрал коллега"
    work.journal.note_missed([], MissedOutcome.CALLED_BACK)
    assert set(work.missed.handled.values()) == {MissedOutcome.NOT_REACHED}


def test_who_is_talked_with_is_missed_no_more_before_the_record_is_saved(work: DayOfWork) -> None:
    at = work.clock.now
    missed, later = work.call(1), work.call(2)
    for call in (missed, later):
        work.tell(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    number = next_number(period_of(at), "0002", 7)
    work.missed.elsewhere.append(MissedElsewhere(UUID(int=77), number, at, "+79005550101", ""))
    work.journal.reload()
    work.settle()
    assert work.counts()[1] == 3

    work.clock.now = at + timedelta(minutes=5)
    talk = replace(work.call(1), call_id="again@test.invalid")
    work.tell(talk.ringing(), talk.answered(), talk.ended())
    assert work.counts()[1] == 1
    assert work.desk.state.card is not None, "nobody has saved it yet"

    readings = Told(work.journal.day_read)
    card = work.desk.state.card
    work.desk.change_card(calls.edit(card, content="Справка"))
    work.desk.put_all_aside()
    work.settle()
    assert len(readings.values) == 1, "only what is put aside has the lists read again"


def test_a_talk_of_a_hidden_number_deals_with_no_other_hidden_number(work: DayOfWork) -> None:
    """The lists are not read again at each pause in typing, either."""
    hidden = replace(work.call(1), number="")
    work.tell(hidden.ringing(), hidden.ended(EndCause.CALLER_GAVE_UP))
    work.settle()
    work.clock.now += timedelta(minutes=5)
    talk = replace(hidden, call_id="again@test.invalid", rang_at=work.clock.now)
    work.tell(talk.ringing())
    work.settle()
    readings = Told(work.journal.day_read)
    work.tell(talk.answered(), talk.ended())
    work.settle()
    assert (readings.values, work.counts()[1]) == ([], 1)


def test_a_call_missed_at_another_workplace_stands_among_ours_and_says_where(
    work: DayOfWork,
) -> None:
    call = work.call(1)
    work.tell(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    at = work.clock.now + timedelta(minutes=3)
    number = next_number(period_of(at), "0002", 7)
    elsewhere = MissedElsewhere(UUID(int=77), number, at, "+79005550177", "после 18 часов")
    work.missed.elsewhere.append(elsewhere)
    work.journal.show_list(JournalList.MISSED)
    work.journal.reload()
    work.settle()

    assert work.counts()[1] == 2
    row = work.journal.state.rows[0]
    assert (row.number, row.phone) == (str(number), "+7 (900) 555-01-77")
    assert (row.about, row.result) == ("после 18 часов", "на месте 0002")
    assert (row.note, work.journal.state.has_notes) == ("", False)
    assert work.journal.phone_of(row.key) == "+79005550177"
    work.missed.elsewhere = [replace(elsewhere, about="", out_of_hours=True)]
    work.journal.reload()
    work.settle()
    row = work.journal.state.rows[0]
    assert (row.note, row.about, work.journal.state.has_notes) == ("вне часов", "", True)
    work.missed.elsewhere = [replace(elsewhere, out_of_hours=True)]
    work.journal.reload()
    work.settle()
    row = work.journal.state.rows[0]
    assert (row.note, row.about) == ("вне часов", "после 18 часов"), "both are told"
    work.journal.note_missed([row.key], MissedOutcome.CALLED_BACK)
    work.settle()
    assert work.counts()[1] == 1


def test_who_may_not_see_records_is_told_so_in_their_place(work: DayOfWork) -> None:
    call = work.call()
    work.tell(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    work.register.messages[UUID(int=9)] = answered_message("Засыпано.", work.clock.now)
    work.operator = replace(OPERATOR, role=Role.OBSERVER)
    work.journal.reload()  # immediately, before anything was read
    for wanted in JournalList:
        work.journal.show_list(wanted)
        assert not work.journal.state.rows
        assert work.journal.state.empty_head == "Ваша роль не видит записей вызовов"
    work.settle()
    assert not any(work.counts())


def test_an_editor_sees_the_answers_and_nobodys_telephone(work: DayOfWork) -> None:
    """Answers become frequent questions (9.8); an editor may not see the authors."""
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


def test_the_lists_of_today_begin_anew_when_another_day_has_come(work: DayOfWork) -> None:
    call = work.call()
    work.tell(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    assert work.counts()[:2] == (1, 1)

    work.clock.advance(timedelta(days=1).total_seconds())
    work.journal.look_at_day()
    work.settle()

    assert work.counts()[:2] == (0, 1)  # yesterday's missed call is still open
    day = journal_words.list_subtitle("calls", work.clock().astimezone(CITY_ZONE).date())
    work.journal.show_list(JournalList.CALLS)
    assert work.journal.state.subtitle == day


def test_the_lists_change_at_midnight_of_the_city_and_of_the_year(work: DayOfWork) -> None:
    work.clock.now = datetime(2026, 12, 31, 20, 59, 58, tzinfo=UTC)
    answered, missed = work.call(1), work.call(2)
    work.tell(answered.ringing(), answered.answered(), answered.ended())
    work.tell(missed.ringing(), missed.ended(EndCause.CALLER_GAVE_UP))
    work.clock.advance(1)
    work.journal.look_at_day()
    work.settle()
    assert work.counts()[:2] == (2, 1)
    assert [row.time for row in work.journal.state.rows] == ["23:59", "23:59"]

    work.clock.advance(2)
    work.journal.look_at_day()
    work.settle()

    assert work.counts()[:2] == (0, 1)
    assert work.journal.state.subtitle == "Пятница, 1 января 2027"
    work.journal.show_list(JournalList.MISSED)
    (row,) = work.journal.state.rows
    assert row.time == "31.12.2026 23:59"


def test_a_store_that_cannot_be_read_when_the_day_comes_is_asked_again(work: DayOfWork) -> None:
    call = work.call()
    work.tell(call.ringing(), call.ended(EndCause.CALLER_GAVE_UP))
    work.clock.advance(timedelta(days=1).total_seconds())
    work.register.unreadable = True
    work.journal.look_at_day()
    work.settle()
    assert work.counts()[:2] == (1, 1)  # the list is unchanged

    work.register.unreadable = False
    work.journal.look_at_day()
    work.settle()
    assert work.counts()[:2] == (0, 1)


def test_who_was_called_from_here_is_no_call_that_was_taken(work: DayOfWork) -> None:
    """The daily figures equal the report's, which counts outgoing calls separately."""
    taken, made = work.call(1), work.call(2)
    work.tell(taken.ringing(), taken.answered(), taken.ended())
    work.desk.put_aside()
    work.tell(made.dialled(), made.answered(), made.ended())
    work.desk.put_aside()
    work.settle()

    assert work.counts()[0] == 2
    assert work.journal.state.figures.answered == "1"
