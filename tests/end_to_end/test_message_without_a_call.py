"""A message without a call, by real keys: typed, killed with the console, submitted later."""

from __future__ import annotations

import time
from pathlib import Path

from sync.register.handling.handled import HandledMessage
from sync.register.messages import MessageRecord, State
from sync.store.local.keys import open_key
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore
from tests.fakes.console_stage import SIGN_IN_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.second_operator import SECOND_LOGIN, SECOND_NAME, SECOND_PASSWORD, add_second

TEXT, PLACE = "Яма на дороге у дома", "улица Садовая, 5"
KEPT_WITHIN_S = 1.0


def _begun(desk: ConsoleStage) -> tuple[MessageRecord, ...]:
    file = desk.data_folder / "register.db"
    register = RegisterReading.open_for_reading(file, open_key(file))
    try:
        (operator,) = register.operators()
        return register.messages_begun(operator.id)
    finally:
        register.close_reading()


def _handed_in(desk: ConsoleStage) -> tuple[HandledMessage, ...]:
    """Returns the messages in the register of a stopped console, including drafts."""
    file = desk.data_folder / "register.db"
    store = RegisterStore.open(file, open_key(file))
    try:
        return MessageHandling(store).in_states(frozenset(State))
    finally:
        assert store.close_store()


def test_a_killed_console_has_what_was_typed_and_hands_it_in_once(folder: Path) -> None:
    with ConsoleStage(folder) as desk:
        desk.press("F10")
        desk.press("Insert")
        desk.type(TEXT)
        desk.press("Tab")
        desk.type(PLACE)
        time.sleep(KEPT_WITHIN_S)  # the guaranteed time until input is stored
        desk.kill_console()
        (begun,) = _begun(desk)

        desk.start_again()
        desk.pause(0.5)
        desk.picture("told")
        desk.press("F10")
        desk.press("Insert")
        desk.picture("form-again")
        desk.press("ctrl+Return")
        desk.wait_for("t_review_opened", STEP_LIMIT_S)
        desk.kill_console()
        (message,) = _handed_in(desk)

    assert (begun.text, begun.place, begun.call_id) == (TEXT, PLACE, None)
    assert message.id == begun.id
    assert (message.record.text, message.record.place) == (TEXT, PLACE)
    assert message.record.state is State.SUBMITTED  # opening claims nothing
    assert message.record.number is not None


def test_what_is_typed_last_before_the_window_is_closed_is_kept(folder: Path) -> None:
    with ConsoleStage(folder) as desk:
        desk.press("F10")
        desk.press("Insert")
        desk.type(TEXT)
        desk.ask_to_close()
        assert desk.wait_for_end() == 0
        (begun,) = _begun(desk)

    assert begun.text == TEXT


def test_a_colleague_finds_what_was_begun_goes_on_with_it_and_hands_it_in(folder: Path) -> None:
    with ConsoleStage(folder) as desk:
        desk.press("F10")
        desk.press("Insert")
        desk.type(TEXT)
        time.sleep(KEPT_WITHIN_S)
        desk.kill_console()
        add_second(desk.data_folder / "register.db")

        desk.start_console()
        desk.wait_for("started")
        desk.sign_in_as(SECOND_LOGIN, SECOND_PASSWORD)
        desk.wait_for("phone_connected", SIGN_IN_LIMIT_S)
        desk.press("ctrl+h")
        desk.wait_for("sheet_shown", STEP_LIMIT_S)
        desk.wait_until_still()
        desk.picture("counted")
        desk.press("Escape")
        desk.press("ctrl+shift+d")
        desk.wait_until_still()
        desk.picture("among-the-drafts")
        desk.press("Home")
        desk.press("Return")
        desk.wait_until_still()
        desk.picture("taken")
        desk.press("ctrl+Return")
        desk.wait_for("t_review_opened", STEP_LIMIT_S)
        desk.kill_console()
        (message,) = _handed_in(desk)

    assert message.record.text == TEXT
    assert message.record.operator_name == SECOND_NAME
