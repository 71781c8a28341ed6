"""Five forms are being typed when the console is killed: each is found again, and sent from there.

By real keys: nothing but what the register keeps of forms can have brought their words back.
"""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import select

from sync.register.kept_words import KeptForm
from sync.store.city import CityStore
from sync.store.handling import MessageHandling
from sync.store.handovers import Handovers
from sync.store.incidents import Incidents
from sync.store.planned_calls import PlannedCalls
from sync.store.register import RegisterStore
from sync.store.workplace_tables import kept_words
from tests.fakes.city import BUILT_IN
from tests.fakes.console_stage import STEP_LIMIT_S, ConsoleStage
from tests.fakes.led_messages import LIMIT_S, bring_message, stopped_store
from tests.fakes.screen_reader import ScreenReader, announces
from tests.fakes.second_operator import SECOND_LOGIN, SECOND_PASSWORD, add_second

KEPT_WITHIN_S = 1.0
ANSWER = "Яма заделана."
PHONE, MOMENT, PROMISED = "89005550145", "завтра 9:00", "о субсидии"
STREET, TEXT = "Родниковая", "На Родниковой прорвало водовод."
REASON = "приезд гостей"
NOTE = "Ключ у старшей."
FOUND = "Недописанное снова в своей форме"


def type_all(desk: ConsoleStage) -> None:
    """Each form is begun and none is sent."""
    desk.press("ctrl+o")
    desk.wait_for("t_answers_read", LIMIT_S)
    desk.press("Return")
    desk.type(ANSWER)
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
    """Each page is opened and its form sent as it stands there; nothing is typed any more."""
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
    desk.press("Return")
    desk.wait_until_still()
    desk.picture("answer")
    desk.press("ctrl+Return")


def kept_forms(store: RegisterStore) -> set[str]:
    return set(store.read(lambda c: c.execute(select(kept_words.c.form)).scalars().all()))


def test_a_killed_console_has_all_five_forms_again_and_sends_each(
    folder: Path, reader: ScreenReader
) -> None:
    desk = ConsoleStage(folder)
    with stopped_store(desk) as store:
        message_id = bring_message(store, 1, "Яма на дороге у школы")
    add_second(desk.data_folder / "register.db")
    with desk:
        type_all(desk)
        time.sleep(KEPT_WITHIN_S)  # the promise itself: no longer is waited for the disk
        desk.kill_console()
        with stopped_store(desk) as store:
            assert kept_forms(store) == set(KeptForm)

        # a colleague finds nothing of it
        desk.start_console()
        desk.wait_for("started")
        desk.sign_in_as(SECOND_LOGIN, SECOND_PASSWORD)
        desk.wait_for("phone_connected", LIMIT_S)
        desk.press("shift+F11")
        desk.wait_until_still()
        desk.picture("colleague")
        desk.press("ctrl+Return")  # of an empty form nothing is planned
        desk.wait_until_still()
        desk.kill_console()
        with stopped_store(desk) as store:
            assert PlannedCalls(store).still_open() == ()
            assert kept_forms(store) == set(KeptForm)

        desk.start_again()
        reader.wait_to_hear(announces(FOUND))
        desk.picture("told")
        send_all(desk)
        assert str(desk.wait_for("t_decided", LIMIT_S)["decision"]) == "receive_answer"
        time.sleep(KEPT_WITHIN_S)
        desk.kill_console()

    with stopped_store(desk) as store:
        assert kept_forms(store) == set()
        (promised,) = PlannedCalls(store).still_open()
        (incident,) = Incidents(store).all()
        (edit,) = CityStore(store, BUILT_IN).city().edits
        sheet = Handovers(store).last_sheet()
        handled = MessageHandling(store).handled(message_id)
    assert (promised.phone, promised.note) == ("+7" + PHONE[1:], PROMISED)
    assert incident.text == TEXT
    assert STREET in incident.street
    assert edit.reason == REASON
    assert sheet is not None
    assert sheet.content.note == NOTE
    assert handled is not None
    assert handled.record.answer_text == ANSWER


def test_what_is_typed_last_before_the_window_is_closed_is_kept(folder: Path) -> None:
    with ConsoleStage(folder) as desk:
        desk.press("ctrl+h")
        desk.wait_for("sheet_shown", STEP_LIMIT_S)
        desk.type(NOTE)
        desk.ask_to_close()
        assert desk.wait_for_end() == 0
        with stopped_store(desk) as store:
            assert kept_forms(store) == {KeptForm.HANDOVER}
