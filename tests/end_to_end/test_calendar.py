"""The supervisor orders a day off by real keys, sees which terms move, and confirms it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from uuid_utils.compat import uuid7

from sync.register.calendar import OrderedDay, OrderedKind, WorkingCalendar, read_calendar
from sync.register.city import City, DaysOrdered, Revoked
from sync.register.handling.clocks import MovedTerm
from sync.register.handling.events import person
from sync.register.handling.handled import StepDone
from sync.register.messages import edit, message_from_call
from sync.register.numbering import MOSCOW
from sync.register.terms import next_working_day, review_term
from sync.store.city import city_of
from sync.store.handling import MessageHandling
from sync.store.keys import open_key
from sync.store.reading import RegisterReading
from sync.store.register import RegisterStore
from tests.fakes.console_stage import RESOURCES, ConsoleStage
from tests.fakes.records import new_call

LIMIT_S = 30.0
REASON = "авария на водоводе"


def _hand_in_message(file: Path) -> tuple[UUID, date]:
    """A message of now that waits for review, as the desk hands it in; its identity and day."""
    store = RegisterStore.open(file, open_key(file), first_station="1", home_area_code="87999")
    try:
        operator = store.operators()[0]
        now = datetime.now(UTC)
        card = store.open_card(new_call(1, now), operator).result(LIMIT_S)
        draft = edit(message_from_call(card, uuid7(), now, operator), text="Яма на дороге")
        done = MessageHandling(store).submit(draft, person(operator)).result(LIMIT_S)
        assert isinstance(done, StepDone)
        return draft.id, now.astimezone(MOSCOW).date()
    finally:
        assert store.close_store()


def _city(file: Path) -> City:
    reading = RegisterReading.open_for_reading(file, open_key(file))
    city = city_of(reading)
    reading.close_reading()
    return city


def _settle(desk: ConsoleStage, reason: str, moved: int) -> None:
    """Type the reason, look at what moves, and confirm it."""
    desk.type(reason)
    desk.press("ctrl+Return")
    assert desk.wait_for("t_terms_looked_at", LIMIT_S)["moved"] == moved
    desk.press("ctrl+Return")
    assert desk.wait_for("t_city_changed", LIMIT_S)["moved"] == moved


def test_a_day_off_moves_the_terms_that_the_supervisor_confirmed(tmp_path: Path) -> None:
    calendar: WorkingCalendar = read_calendar(RESOURCES / "calendars")
    with ConsoleStage(tmp_path) as desk:
        file = desk.data_folder / "register.db"
        desk.kill_console()
        message_id, sent_on = _hand_in_message(file)
        desk.start_again()
        # A working day that the term runs over, so that it must end on another one.
        day = next_working_day(sent_on, calendar)
        ordered = OrderedDay(day, OrderedKind.OFF, "")
        before = review_term(sent_on, calendar).due
        after = review_term(sent_on, calendar.with_orders([ordered])).due
        assert before < after

        desk.press("alt+k")
        for _ in range((day - sent_on) // timedelta(days=1)):
            desk.press("Right")
        desk.press("Return")
        desk.press("Tab")
        _settle(desk, REASON, moved=1)
        (made,) = _city(file).edits
        assert made.change == DaysOrdered((ordered,))
        assert (made.reason, made.by.name) == (REASON, "Орлова Наталья Викторовна")
        assert made.moved == (MovedTerm(message_id, before, after),)

        desk.press("Delete")
        _settle(desk, "отменено", moved=1)
        city = _city(file)
        assert city.edits[1].change == Revoked(made.id)
        assert city.edits[1].moved == (MovedTerm(message_id, after, before),)
        assert city.calendar(calendar).ordered_days == {}
