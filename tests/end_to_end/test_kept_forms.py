"""All forms have unsaved input when the console is killed: each is restored and submitted.

By real keys: only the register's form autosave can have restored the input.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from sync.records.workplace_tables import kept_words
from sync.register.checks.finding import Ground
from sync.register.handling.answers import Answer, AnswerKind
from sync.register.handling.events import Step, person
from sync.register.handling.form_drafts import KeptForm
from sync.register.handling.handled import HandledMessage
from sync.register.handling.step_facts import AnswerGiven, Explained, RefusedOn
from sync.register.messages import State
from sync.store.local.calls.planned import PlannedCalls
from sync.store.local.city import CityStore
from sync.store.local.incidents import Incidents
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.people.shifts import Handovers
from sync.store.local.register import RegisterStore
from tests.fakes.city import BUILT_IN
from tests.fakes.console_stage import STEP_LIMIT_S, ConsoleStage
from tests.fakes.led_messages import CATEGORY, LIMIT_S, ORGAN, bring_message, stopped_store
from tests.fakes.records import new_call, registered_message
from tests.fakes.screen_reader import ScreenReader, announces
from tests.fakes.second_operator import SECOND_LOGIN, SECOND_PASSWORD, add_second

KEPT_WITHIN_S = 1.0
ANSWER = "Яма заделана."
PHONE, MOMENT, PROMISED = "89005550145", "завтра 9:00", "о субсидии"
STREET, TEXT = "Родниковая", "На Родниковой прорвало водовод."
REASON = "приезд гостей"
# The clearing reason of a message with a call and the synonym form have their own tests.
ALL = set(KeptForm) - {KeptForm.CLEARING, KeptForm.SYNONYM}
NOTE = "Ключ у старшей."
RETURNED = "Нет даты работ"
REFUSED = "Назовите дом"
TOPIC = "Мосты и переправы"
FOUND = "Недописанное снова в своей форме"


def type_all(desk: ConsoleStage) -> None:
    """Fills in each form and submits none."""
    desk.press("F10")
    desk.press("Return")
    desk.wait_for("t_review_checked", LIMIT_S)
    desk.press("2")
    desk.press("5")  # a ground that the check does not set
    desk.press("Return")
    desk.type(REFUSED)
    desk.picture("refusal-typed")
    desk.press("shift+F5")
    desk.press("alt+p")
    desk.wait_until_still()
    desk.press("Tab", times=2)
    desk.type(TOPIC)
    desk.picture("proposal-typed")
    desk.press("ctrl+o")
    desk.wait_for("t_answers_read", LIMIT_S)
    desk.press("4")
    desk.press("Return")
    desk.type(ANSWER)
    desk.press("Escape")
    desk.press("1")
    desk.press("alt+r")
    desk.type(RETURNED)
    desk.picture("decision-typed")
    desk.press("shift+F11")
    desk.type(PHONE)
    desk.press("Tab")
    desk.type(MOMENT)
    desk.press("Tab")
    desk.type(PROMISED)
    desk.press("ctrl+shift+i")
    desk.press("Insert")
    desk.type(STREET)
    desk.press("Tab")
    desk.type("нет холодной")
    desk.press("Return")
    desk.press("Tab")
    desk.type(TEXT)
    desk.picture("incident-typed")
    desk.press("alt+k")
    desk.press("Return")
    desk.press("Tab")
    desk.type(REASON)
    desk.picture("calendar-typed")
    desk.press("ctrl+h")
    desk.wait_for("sheet_shown", STEP_LIMIT_S)
    desk.type(NOTE)


def send_all(desk: ConsoleStage) -> None:
    """Opens each page and submits its form without further input."""
    desk.press("shift+F11")
    desk.wait_until_still()
    desk.picture("planned")
    desk.press("ctrl+Return")
    desk.press("ctrl+shift+i")
    desk.wait_until_still()
    desk.picture("incident")
    desk.press("ctrl+Return")
    desk.press("alt+k")
    desk.wait_until_still()
    desk.picture("calendar")
    desk.press("ctrl+Return")
    desk.wait_for("t_terms_looked_at", STEP_LIMIT_S)
    desk.press("ctrl+Return")
    desk.wait_for("t_city_changed", STEP_LIMIT_S)
    desk.press("ctrl+h")
    desk.wait_for("sheet_shown", STEP_LIMIT_S)
    desk.picture("sheet")
    desk.press("ctrl+Return")
    desk.wait_for("shift_left", STEP_LIMIT_S)
    desk.press("ctrl+o")
    desk.wait_for("t_answers_read", LIMIT_S)
    desk.wait_until_still()
    desk.picture("answers")
    desk.press("1")
    desk.press("alt+r")
    desk.wait_until_still()
    desk.picture("decision")
    desk.press("ctrl+Return")
    assert decided(desk) == "return_answer"
    desk.press("4")
    desk.press("Return")
    desk.wait_until_still()
    desk.picture("answer")
    desk.press("ctrl+Return")
    assert decided(desk) == "receive_answer"
    desk.press("F10")
    desk.press("Return")
    desk.wait_for("t_review_checked", LIMIT_S)
    desk.wait_until_still()
    desk.picture("review")
    desk.press("2")
    desk.wait_until_still()
    desk.picture("refusal")
    desk.press("ctrl+Return")
    assert decided(desk) == "refuse"
    desk.press("shift+F5")
    desk.press("alt+p")
    desk.wait_until_still()
    desk.picture("proposal")
    desk.press("Tab", times=2)
    desk.press("ctrl+a")
    desk.press("Delete")  # an emptied form is not stored


def decided(desk: ConsoleStage) -> str:
    return str(desk.wait_for("t_decided", LIMIT_S)["decision"])


def hand_in(store: RegisterStore) -> UUID:
    """Submits a message that awaits review."""
    operator = store.operators()[0]
    card = store.open_card(new_call(9, datetime.now(UTC)), operator).result(LIMIT_S)
    made = replace(registered_message(card, uuid7()), category=CATEGORY, text="Яма во дворе")
    draft = replace(made, state=State.DRAFT, submitted_at=None, registered_at=None)
    store.hand_in(draft, person(operator)).result(LIMIT_S)
    return draft.id


def last_of(store: RegisterStore, message_id: UUID) -> HandledMessage:
    handled = MessageHandling(store).handled(message_id)
    assert handled is not None
    return handled


def kept_forms(store: RegisterStore) -> set[str]:
    return set(store.read(lambda c: c.execute(select(kept_words.c.form)).scalars().all()))


def test_a_killed_console_has_all_forms_again_and_sends_each(
    folder: Path, reader: ScreenReader
) -> None:
    desk = ConsoleStage(folder)
    with stopped_store(desk) as store:
        message_id = bring_message(store, 1, "Яма на дороге у школы")
        given = AnswerGiven(Answer(AnswerKind.SOLVED, "Скоро заделаем.", ORGAN))
        steps = ((Step.RECEIVE_ANSWER, given),)
        answered_id = bring_message(store, 2, "Яма у моста", steps=steps)
        reviewed_id = hand_in(store)
    add_second(desk.data_folder / "register.db")
    with desk:
        type_all(desk)
        time.sleep(KEPT_WITHIN_S)  # the guaranteed time until input is stored
        desk.kill_console()
        with stopped_store(desk) as store:
            assert kept_forms(store) == ALL

        # another operator does not see it
        desk.start_console()
        desk.wait_for("started")
        desk.sign_in_as(SECOND_LOGIN, SECOND_PASSWORD)
        desk.wait_for("phone_connected", LIMIT_S)
        desk.press("shift+F11")
        desk.wait_until_still()
        desk.picture("colleague")
        desk.press("ctrl+Return")  # an empty form schedules nothing
        desk.wait_until_still()
        desk.kill_console()
        with stopped_store(desk) as store:
            assert PlannedCalls(store).still_open() == ()
            assert kept_forms(store) == ALL

        desk.start_again()
        reader.wait_to_hear(announces(FOUND))
        desk.picture("told")
        send_all(desk)
        time.sleep(KEPT_WITHIN_S)
        desk.kill_console()

    with stopped_store(desk) as store:
        assert kept_forms(store) == set()
        (promised,) = PlannedCalls(store).still_open()
        (incident,) = Incidents(store).all()
        (edit,) = CityStore(store, BUILT_IN).city().edits
        sheet = Handovers(store).last_sheet()
        handled = last_of(store, message_id)
        returned = last_of(store, answered_id).history.events[-1]
        refused = last_of(store, reviewed_id).history.events[-1]
    assert (promised.phone, promised.note) == ("+7" + PHONE[1:], PROMISED)
    assert incident.text == TEXT
    assert STREET in incident.street
    assert edit.reason == REASON
    assert sheet is not None
    assert sheet.content.note == NOTE
    assert handled.record.answer_text == ANSWER
    assert returned.facts == Explained(RETURNED)
    assert isinstance(refused.facts, RefusedOn)
    assert Ground.INSULT in refused.facts.grounds
    assert REFUSED in refused.facts.explanation


def test_what_is_typed_last_before_the_window_is_closed_is_kept(folder: Path) -> None:
    with ConsoleStage(folder) as desk:
        desk.press("ctrl+h")
        desk.wait_for("sheet_shown", STEP_LIMIT_S)
        desk.type(NOTE)
        desk.ask_to_close()
        assert desk.wait_for_end() == 0
        with stopped_store(desk) as store:
            assert kept_forms(store) == {KeptForm.HANDOVER}
