"""The queue of messages under review: order, assignment, and a stable selection."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QObject

from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.review.decision_state import Mode
from console.shared.messages.terms import Urgency
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Event, Step, person
from sync.register.handling.handled import HandledMessage
from sync.register.handling.history import recalled
from sync.register.handling.step_facts import Explained, NoFacts
from sync.register.handling.step_facts import Told as ToldFacts
from sync.register.people.operators import Operator, Role
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, Clock, Told
from tests.fakes.review_fakes import COLLEAGUE, ReviewBench, message_record, settle

DAY = timedelta(days=1)


@pytest.fixture
def bench(owner: QObject, milestones: Milestones, clock: Clock) -> ReviewBench:
    """Three messages of three days; the oldest one is decided first."""
    made = ReviewBench(owner, milestones, clock)
    for key, days_ago in ((3, 0), (1, 6), (2, 1)):
        made.city.submit(message_record(key, f"Сообщение {key}"), clock.now - days_ago * DAY)
    made.queue.reload()
    settle()
    return made


def keys(bench: ReviewBench) -> list[int]:
    return [row.key.int for row in bench.queue.state.rows]


def selected(bench: ReviewBench) -> int:
    assert bench.queue.state.selected is not None
    return bench.queue.state.selected.int


def test_the_nearest_term_stands_on_top_and_warns(bench: ReviewBench) -> None:
    assert keys(bench) == [1, 2, 3]
    urgencies = [row.term.urgency for row in bench.queue.state.rows]
    assert urgencies == [Urgency.OVER, Urgency.NEAR, Urgency.CALM]
    assert bench.queue.state.nearest.urgency is Urgency.OVER
    row = bench.queue.state.rows[1]
    assert (row.about, row.category) == ("Сообщение 2", "Дороги › Ямы")
    assert bench.queue.state.subtitle.startswith("3 сообщения")


def test_a_term_is_over_at_midnight_without_another_reading(
    bench: ReviewBench, clock: Clock
) -> None:
    bench.city.handling.unreadable = True  # another read would show an error

    def shown(now: datetime) -> tuple[Urgency, str]:
        clock.now = now
        bench.terms.look_at_day()
        settle()
        row = bench.queue.state.rows[2]
        return row.term.urgency, row.received

    dated = "25.11.2026 12:00"
    midnight = datetime(2026, 11, 26, tzinfo=CITY_ZONE)
    assert shown(midnight - timedelta(minutes=1)) == (Urgency.CALM, "12:00")
    assert shown(midnight) == (Urgency.NEAR, dated)
    assert shown(midnight + 2 * DAY - timedelta(minutes=1)) == (Urgency.LAST_DAY, dated)
    assert shown(midnight + 2 * DAY) == (Urgency.OVER, dated)
    assert bench.queue.state.trouble == ("", "")


def test_a_selection_stays_with_its_message_or_with_its_place(bench: ReviewBench) -> None:
    bench.queue.select(1)
    bench.city.submit(message_record(9, "Раньше всех"), bench.city.clock.now - 9 * DAY)
    bench.queue.reload()
    settle()
    assert keys(bench) == [9, 1, 2, 3]
    assert selected(bench) == 2
    bench.city.take(2, COLLEAGUE)
    bench.city.handling.register(UUID(int=2), COLLEAGUE).result()
    bench.queue.reload()
    settle()
    assert keys(bench) == [9, 1, 3]
    assert selected(bench) == 3


def test_two_never_judge_one_message(bench: ReviewBench) -> None:
    bench.city.take(1, COLLEAGUE)
    bench.queue.open_selected()  # the list here is not updated yet
    settle()
    bench.decision.choose(Mode.REGISTER)
    settle()
    assert "Сова И. Л." in bench.told.values[-1].head
    assert "старший оператор" in bench.told.values[-1].body
    row = bench.queue.state.rows[0]
    assert (row.holder, row.is_mine) == ("Сова И. Л.", False)
    bench.queue.open_selected()
    settle()
    bench.decision.confirm()
    settle()
    assert "register" not in bench.city.steps(1)
    assert not bench.queue.state.can_release
    bench.queue.release_selected()
    assert bench.city.holder(1) == COLLEAGUE.name


def test_a_message_that_another_workplace_has_first_is_followed_on_the_screen(
    bench: ReviewBench,
) -> None:
    bench.open(1)
    shown = bench.review.message
    assert shown is not None
    bench.review.set_field("place", "улица Новая, 2")
    settle()
    shown = bench.review.message
    assert shown is not None
    taken = bench.city.handling.messages[UUID(int=1)] = _as_taken_by(shown, COLLEAGUE)

    bench.queue.reload()
    settle()
    assert bench.review.message == taken
    assert bench.review.state.fields["place"] == "улица Новая, 2", "what is typed stays"
    bench.decision.choose(Mode.REGISTER)
    bench.decision.confirm()
    settle()
    assert bench.city.message(1).history == taken.history, "who has it decides"


def test_what_another_workplace_has_corrected_stands_beside_what_is_typed(
    bench: ReviewBench,
) -> None:
    bench.open(1)
    shown = bench.review.message
    assert shown is not None
    bench.review.set_field("place", "улица Новая, 2")
    taken = _as_taken_by(shown, COLLEAGUE)
    corrected = _as_corrected_by(taken, COLLEAGUE, place="улица Садовая, 7", event_time=time(7, 15))
    bench.city.handling.messages[UUID(int=1)] = corrected
    bench.queue.reload()
    settle()

    state = bench.review.state
    assert state.fields["place"] == "улица Новая, 2"
    assert state.fields["time"] == "07:15", "what nobody typed follows the message"
    told = "В сообщении теперь: улица Садовая, 7 (Сова Ирина Львовна, модератор) · Alt+R берёт это"
    assert state.elsewhere == {"place": told}


def test_a_step_of_one_s_own_brings_what_a_colleague_has_corrected(bench: ReviewBench) -> None:
    """Her fields retained the old text, and leaving one overwrote the colleague's correction."""
    bench.open(1)
    shown = bench.review.message
    assert shown is not None
    bench.city.handling.messages[UUID(int=1)] = _as_corrected_by(
        _as_taken_by(shown, COLLEAGUE), COLLEAGUE, place="улица Садовая, 7", event_time=time(7, 15)
    )
    bench.decision.choose(Mode.CONFIDENTIAL)
    bench.decision.toggle_kind(Confidential.PERSONAL_DATA)
    bench.decision.confirm()
    settle()
    bench.queue.reload()
    settle()
    assert bench.review.state.fields["place"] == "улица Садовая, 7"
    bench.review.keep()
    settle()
    assert bench.city.message(1).standing.contents.place == "улица Садовая, 7"


def _as_corrected_by(
    message: HandledMessage, colleague: Operator, *, place: str, event_time: time
) -> HandledMessage:
    events = message.history.events
    contents = replace(message.standing.contents, place=place, event_time=event_time)
    corrected = Event(
        UUID(int=78),
        message.id,
        Step.CORRECT,
        events[-1].at,
        person(colleague),
        ToldFacts(contents),
    )
    return replace(message, history=recalled(message.id, (*events, corrected)))


def _as_taken_by(message: HandledMessage, colleague: Operator) -> HandledMessage:
    *before, taken = message.history.events
    elsewhere = replace(taken, id=UUID(int=77), by=person(colleague))
    return replace(message, history=recalled(message.id, (*before, elsewhere)))


def test_a_supervisor_gives_a_message_back_to_the_queue(bench: ReviewBench) -> None:
    bench.operator = SUPERVISOR
    bench.city.take(1, COLLEAGUE)
    bench.queue.reload()
    settle()
    assert bench.queue.state.can_release
    bench.queue.release_selected()
    settle()
    assert bench.city.holder(1) == ""
    assert selected(bench) == 1
    bench.queue.open_selected()
    settle()
    bench.decision.choose(Mode.REFUSE)
    settle()
    assert bench.city.holder(1) == SUPERVISOR.name


def test_a_look_is_no_event_and_the_first_act_of_a_decision_takes_the_message_up(
    bench: ReviewBench,
) -> None:
    before = bench.city.steps(2)
    for _look in range(3):
        bench.open(2)
        bench.decision.choose(Mode.CITY)
        bench.desk.release()
        settle()
    bench.open(2)
    bench.desk.skip()
    settle()
    assert bench.city.steps(2) == before

    bench.desk.release()
    bench.open(2)
    bench.decision.choose(Mode.REFUSE)
    settle()
    assert bench.city.steps(2) == [*before, "take_up"]
    assert bench.city.holder(2) == OPERATOR.name
    bench.desk.release()
    settle()
    assert bench.city.steps(2) == [*before, "take_up", "release"]


def test_a_corrected_field_takes_the_message_up(bench: ReviewBench) -> None:
    bench.open(2)
    bench.review.set_field("place", "улица Новая, 2")
    bench.review.keep()
    settle()
    assert bench.city.steps(2)[-2:] == ["take_up", "correct"]


def test_one_s_own_message_opens_again(bench: ReviewBench) -> None:
    bench.open(2)
    bench.decision.choose(Mode.REFUSE)
    settle()
    assert bench.review.message is not None
    bench.review.clear()
    bench.queue.open_selected()
    settle()
    assert bench.city.steps(2).count("take_up") == 1
    assert bench.queue.state.rows[1].is_mine
    assert bench.queue.state.rows[1].holder == "у вас"


def test_escape_gives_it_back_and_keeps_the_selection(bench: ReviewBench) -> None:
    bench.open(2)
    bench.desk.release()
    settle()
    assert bench.city.holder(2) == ""
    assert selected(bench) == 2
    assert len(bench.left.values) == 1


def test_the_next_is_one_that_nobody_has_and_about_which_nobody_was_asked_by_me(
    bench: ReviewBench,
) -> None:
    me, them = person(OPERATOR), person(COLLEAGUE)
    bench.city.take(1, COLLEAGUE)
    bench.city.take(2, OPERATOR)
    asked = ((Step.ASK_COLLEAGUE, Explained("Чей это двор?")), (Step.RELEASE, NoFacts()))
    bench.city.handling.take_all(UUID(int=2), asked, me).result()
    bench.queue.open_next()
    settle()
    assert bench.review.message is not None
    assert bench.review.message.id.int == 3
    assert bench.queue.state.rows[1].note == "Спрашивает Пробова А. П.: Чей это двор?"
    bench.desk.skip()  # only messages with a pending question are left
    settle()
    assert bench.city.holder(3) == ""
    assert len(bench.left.values) == 1
    bench.city.handling.take(UUID(int=1), Step.RELEASE, them).result()
    bench.queue.open_next()
    settle()
    bench.decision.choose(Mode.REFUSE)
    settle()
    assert bench.city.holder(1) == OPERATOR.name


def test_a_queue_that_cannot_be_read_says_so(bench: ReviewBench) -> None:
    changed = Told(bench.queue.changed)
    bench.city.handling.unreadable = True
    bench.queue.reload()
    settle()
    assert changed.values[-1].trouble[0] == "Очередь не читается"
    assert keys(bench) == [1, 2, 3]
    bench.city.handling.unreadable = False
    bench.queue.reload()
    settle()
    assert changed.values[-1].trouble == ("", "")


def test_another_person_at_the_desk_sees_what_his_role_may(bench: ReviewBench) -> None:
    bench.open(2)
    bench.decision.choose(Mode.REFUSE)
    settle()
    bench.operator = COLLEAGUE
    bench.desk.greet()
    settle()
    assert bench.review.message is None
    assert bench.city.holder(2) == OPERATOR.name
    assert keys(bench) == [1, 2, 3]
    bench.operator = replace(COLLEAGUE, role=Role.OBSERVER)
    bench.desk.greet()
    settle()
    assert not bench.queue.may_see()
    assert keys(bench) == []


def test_a_disk_that_refuses_takes_nothing_up(bench: ReviewBench) -> None:
    bench.city.handling.refusing = True
    bench.queue.open_selected()
    bench.decision.choose(Mode.REGISTER)
    settle()
    assert bench.city.holder(1) == ""
    assert bench.told.values[-1].problem
    bench.city.handling.refusing = False
    bench.decision.confirm()
    settle()
    assert "take_up" in bench.city.steps(1)
