"""Complaint: deadlines include weekends and holidays, and their date is not explained.

Expected dates were calculated by hand with the production calendar of 2025: Saturday 01.11 was a
working day, Monday 03.11 was off for it, Tuesday 04.11 a holiday.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from uuid_utils.compat import uuid7

from sync.register.calendar.calendar import (
    OrderedDay,
    OrderedKind,
    WorkingCalendar,
    read_calendar,
)
from sync.register.calendar.terms import next_working_day, review_term
from sync.register.city import City, DaysOrdered, Revoked
from sync.register.handling.clocks import MovedTerm
from sync.register.handling.events import person
from sync.register.handling.handled import StepDone
from sync.register.messages import edit, message_from_call
from sync.register.numbering import MOSCOW
from sync.store.local.city import city_of
from sync.store.local.keys import open_key
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore
from tests.fakes.console_stage import OPERATOR_NAME, RESOURCES, STEP_LIMIT_S, ConsoleStage
from tests.fakes.led_messages import LIMIT_S, bring_message, stopped_store
from tests.fakes.records import new_call
from tests.fakes.screen_reader import Node, ScreenReader

ROUTED_AT = datetime(2025, 10, 31, 12, 0, tzinfo=MOSCOW)
TO_BE_ANSWERED = "до пн 10.11.2025"
WHY_ANSWERED = (
    "На ответ — 5 рабочих дней",
    "Срок идёт со следующего дня после пт 31.10.2025.",
    "Не считаются: пн 03.11.2025 — перенесённый выходной; вт 04.11.2025 — праздник.",
)
SENT_AT_WORK = datetime(2025, 11, 1, 12, 0, tzinfo=MOSCOW)
SENT_AT_REST = datetime(2025, 11, 2, 12, 0, tzinfo=MOSCOW)
TO_BE_DECIDED = (
    (
        "до чт 06.11.2025",
        "Отправлено сб 01.11.2025, в рабочий день.",
        "двух рабочих дней после дня отправления: ср 05.11.2025 и чт 06.11.2025 (п. 7.11).",
        "вс 02.11.2025 — выходной; пн 03.11.2025 — перенесённый выходной; вт 04.11.2025 — праздник",
    ),
    (
        "до пт 07.11.2025",
        "Отправлено вс 02.11.2025 — выходной.",
        "Считается отправленным в ближайший рабочий день, ср 05.11.2025 (п. 7.12).",
        "двух рабочих дней после дня отправления: чт 06.11.2025 и пт 07.11.2025 (п. 7.11).",
        "Не считаются: пн 03.11.2025 — перенесённый выходной; вт 04.11.2025 — праздник.",
    ),
)
SAID_OF_ANSWER = "Срок ответа был 10.11.2025"
REASON = "авария на водоводе"
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")


def hand_in(store: RegisterStore, index: int, at: datetime) -> UUID:
    """Submits a message of this time that awaits review, as the desk does."""
    operator = store.operators()[0]
    card = store.open_card(new_call(index, at), operator).result(LIMIT_S)
    draft = edit(message_from_call(card, uuid7(), at, operator), text=f"Яма на дороге, {index}")
    done = MessageHandling(store).submit(draft, person(operator)).result(LIMIT_S)
    assert isinstance(done, StepDone)
    return draft.id


def led_at(desk: ConsoleStage, at: datetime) -> AbstractContextManager[RegisterStore]:
    """Opens the register with its clock at this time."""
    return stopped_store(desk, lambda: at.astimezone(UTC))


def city(desk: ConsoleStage) -> City:
    file = desk.data_folder / "register.db"
    reading = RegisterReading.open_for_reading(file, open_key(file))
    try:
        return city_of(reading)
    finally:
        reading.close_reading()


def day_text(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day:%d.%m.%Y}"


def tells(until: str, *why: str) -> Callable[[list[Node]], bool]:
    """Returns a condition: a deadline that starts with this text is shown with all these
    reasons.
    """
    return lambda nodes: any(
        node.name.startswith(until) and all(reason in node.description for reason in why)
        for node in nodes
    )


def settle(desk: ConsoleStage, reader: ScreenReader, reason: str) -> None:
    """Types the reason, checks the shifted deadline of one message, and confirms."""
    desk.type(reason)
    reader.wait_until_written(reason)
    desk.press("ctrl+Return")
    assert desk.wait_for("t_terms_looked_at", LIMIT_S)["moved"] == 1
    desk.press("ctrl+Return")
    assert desk.wait_for("t_city_changed", LIMIT_S)["moved"] == 1


def test_the_day_and_its_reason_are_shown_and_move_with_the_calendar(
    folder: Path, reader: ScreenReader
) -> None:
    calendar: WorkingCalendar = read_calendar(RESOURCES / "calendars")
    desk = ConsoleStage(folder)
    with led_at(desk, ROUTED_AT) as store:
        at_organ = bring_message(store, 1, "Яма у школы", arrived_at=ROUTED_AT)
        record = store.message(at_organ)
        assert record is not None
    for index, at in enumerate((SENT_AT_WORK, SENT_AT_REST), 2):
        with led_at(desk, at) as store:
            hand_in(store, index, at)
    with stopped_store(desk) as store:
        now = datetime.now(MOSCOW)
        of_today = hand_in(store, 4, now)
    today = now.date()
    # A working day within the deadline, which must shift it.
    day = next_working_day(today, calendar)
    ordered = OrderedDay(day, OrderedKind.OFF, "")
    before = review_term(today, calendar).due
    after = review_term(today, calendar.with_orders([ordered])).due
    assert before < after

    with desk:

        def shown(what: str, *why: str) -> None:
            reader.wait_for(desk.console_pid, tells(what, *why), what)

        def open_row(row: int) -> None:
            desk.press("Home")
            desk.press("Down", times=row)
            desk.press("Return")
            desk.wait_for("t_review_opened", STEP_LIMIT_S)

        desk.press("F10")
        for row, told in enumerate(TO_BE_DECIDED):
            open_row(row)
            shown(*told)
            desk.picture(f"{row}-why")
            desk.press("Escape")
        open_row(2)
        shown(f"до {day_text(before)}", f"Отправлено {day_text(today)}")
        desk.press("ctrl+o")
        desk.wait_for("t_answers_read", STEP_LIMIT_S)
        shown(TO_BE_ANSWERED, *WHY_ANSWERED)
        desk.picture("2-answer")
        desk.press("F4")
        desk.type(str(record.number).replace("-", ""))
        desk.wait_for("t_looked_up", STEP_LIMIT_S)
        reader.wait_for(
            desk.console_pid,
            lambda nodes: any(SAID_OF_ANSWER in node.name for node in nodes),
            SAID_OF_ANSWER,
        )
        desk.press("Escape")

        def open_calendar() -> None:
            desk.press("alt+k")
            desk.press("Right", times=(day - today) // timedelta(days=1))

        open_calendar()
        desk.press("Return")
        desk.press("Tab")
        settle(desk, reader, REASON)
        (made,) = city(desk).edits
        assert made.change == DaysOrdered((ordered,))
        assert (made.reason, made.by.name) == (REASON, OPERATOR_NAME)
        assert made.moved == (MovedTerm(of_today, before, after),)

        desk.press("F10")  # it is still open there
        shown(
            f"до {day_text(after)}",
            f"{day_text(day)} — нерабочий по распоряжению ({REASON})",
        )
        desk.picture("3-moved")

        open_calendar()
        desk.press("Delete")
        settle(desk, reader, "отменено")
        changed = city(desk)
        assert changed.edits[1].change == Revoked(made.id)
        assert changed.edits[1].moved == (MovedTerm(of_today, after, before),)
        assert changed.calendar(calendar).ordered_days == {}
        desk.press("F10")  # it is still open there
        shown(f"до {day_text(before)}", f"Отправлено {day_text(today)}")
