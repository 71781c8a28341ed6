"""Complaint: typed text disappears by a crash, a second call, another page, another operator.

After kill -9 of the console the phone retains the call and the store the typed text.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sync.register.calls.calls import CallRecord
from sync.register.messages import MessageRecord
from sync.register.people.operators import Role
from sync.store.local.keys import open_key
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore
from telephony.measure import align_and_correlate
from telephony.media.wav import read_wav
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import (
    OPERATOR_NAME,
    RESOURCES,
    RING_LIMIT_S,
    STEP_LIMIT_S,
    ConsoleStage,
)
from tests.fakes.rtp_peer import wait_until

CALLER, SECOND = "+79005550138", "+79005550139"
TEXT = (
    "Во дворе дома 14 по улице Родниковой третий день не горит фонарь, вечером совсем темно, "
    "люди спотыкаются на ступеньках, просим починить до выходных. "
)
PACE_S = 0.1
LETTERS_BEFORE_KILL = 45
LOSS_LIMIT_S = 1.0
RATE_HZ = 8000
HEARD_BEFORE_S, HEARD_AFTER_S = 1.0, 4.0


@dataclass(frozen=True)
class Typed:
    letter: str
    by_s: float  # monotonic time after the key press


class SteadyTyping:
    """Types a text at a steady pace on a thread, and records the times."""

    def __init__(self, press: Callable[[str], None], text: str) -> None:
        self._press = press
        self._text = text
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="typing")
        self.typed: list[Typed] = []

    def __enter__(self) -> SteadyTyping:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        next_s = time.monotonic()
        for letter in self._text:
            if self._stop.wait(max(0.0, next_s - time.monotonic())):
                return
            self._press(letter)
            self.typed.append(Typed(letter, time.monotonic()))
            next_s += PACE_S


FIRST_TEXT, ITS_END, SECOND_TEXT = "Первый вопрос", " и его конец", "Второй вопрос"
PLACE, MORE = "Родниковая 14", " у школы"
NEXT_NAME, NEXT_LOGIN, NEXT_PASSWORD = "Сменщикова Инна Юрьевна", "smena", "end-to-end-2"


class SharedDesk(ConsoleStage):
    """A desk used by two operators, one after the other."""

    def add_operator(self) -> None:
        """Adds an operator who may sign in at the next start."""
        self.kill_console()
        file = self.data_folder / "register.db"
        store = RegisterStore.open(file, open_key(file))
        try:
            store.add_operator(
                store.operators()[0],
                name=NEXT_NAME,
                login=NEXT_LOGIN,
                password=NEXT_PASSWORD,
                role=Role.OPERATOR,
            ).result(STEP_LIMIT_S)
        finally:
            assert store.close_store()
        self.start_again()

    def change_shift(self) -> None:
        """Locks the desk; the next operator signs in by the link after the password."""
        self.press("ctrl+l")
        assert self.wait_for_state("away") == "locked"
        self.press("Tab")
        self.press("space")
        self._type_fields((NEXT_LOGIN, NEXT_PASSWORD))
        assert self.wait_for_state("ready") == "signed_in"

    def sign_in_next(self) -> None:
        """Signs in at a new start."""
        self._type_fields((NEXT_LOGIN, NEXT_PASSWORD))
        self._wait_for_phone()

    def kept(self) -> tuple[list[CallRecord], list[MessageRecord]]:
        """Returns the stored drafts of calls and messages."""
        file = self.data_folder / "register.db"
        register = RegisterReading.open_for_reading(file, open_key(file))
        try:
            return list(register.drafts()), list(register.message_drafts())
        finally:
            register.close_reading()


def dial(caller: BaresipCaller, desk: ConsoleStage) -> None:
    caller.dial(f"sip:100@{desk.address}")
    desk.wait_for("t_offer", RING_LIMIT_S)


def test_a_killed_console_loses_neither_the_call_nor_a_second_of_typing(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        dial(caller, desk)
        desk.answer()
        caller.wait_for("CALL_ESTABLISHED")
        established_s = time.monotonic()
        with SteadyTyping(desk.type, TEXT) as typing:
            wait_until(lambda: len(typing.typed) >= LETTERS_BEFORE_KILL, timeout_s=30)
            phone_pid = desk.phone_pid
            killed_s = time.monotonic()
            desk.kill_console()
        (draft,) = desk.calls_today()

        kept = str(draft["content"])
        assert TEXT.startswith(kept)
        lost = [each for each in typing.typed[len(kept) :] if each.by_s <= killed_s]
        loss_s = killed_s - lost[0].by_s if lost else 0.0
        assert loss_s <= LOSS_LIMIT_S, f"{len(lost)} letters are lost"
        assert desk.phone_runs

        desk.start_again()
        assert desk.phone_pid == phone_pid
        desk.wait_for("t_answer", STEP_LIMIT_S)
        taken_over_s = time.monotonic()
        desk.picture("taken-over")
        # The card is shown with its text: further input is appended.
        desk.type(" Говорит жилец.")
        desk.press("ctrl+1")
        desk.hang_up()
        caller.wait_for("CALL_CLOSED")
        desk.save()
        (call,) = desk.calls_today()
        record = desk.record(call["number"])
        heard = read_wav(caller.heard)

    assert record["number"] == draft["number"]
    assert record["content"] == f"{kept} Говорит жилец."
    assert (record["state"], record["result"]) == ("closed", "answered")
    assert record["end_cause"] == "near_end"
    assert record["answered_at"] == draft["answered_at"]
    # The caller heard the operator's microphone without a gap while no console ran.
    spoken = read_wav(RESOURCES / "training" / "operator.wav")
    talk = heard[: round((taken_over_s - established_s) * RATE_HZ)]
    around = round((killed_s - established_s - HEARD_BEFORE_S) * RATE_HZ)
    part = talk[around : around + round((HEARD_BEFORE_S + HEARD_AFTER_S) * RATE_HZ)]
    assert align_and_correlate(part, spoken).correlation >= 0.9


def test_a_caller_who_gives_up_without_a_console_is_registered_by_the_next_one(
    folder: Path,
) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        dial(caller, desk)
        caller.wait_for("CALL_RINGING")
        desk.kill_console()
        caller.hang_up()
        caller.wait_for_log(r"SIP/2\.0 487 ")
        gave_up_at = datetime.now().astimezone()
        desk.start_again()
        desk.wait_for("t_hangup", STEP_LIMIT_S)
        wait_until(
            lambda: [call["state"] for call in desk.calls_today()] == ["closed"],
            timeout_s=STEP_LIMIT_S,
        )
        (call,) = desk.calls_today()
        record = desk.record(call["number"])

    assert record["result"] == "not_answered"
    assert record["end_cause"] == "caller_gave_up"
    assert record["answered_at"] is None
    assert record["phone"] == CALLER
    # Its end is the time of the CANCEL, not the start of the console that found it.
    ended_at = datetime.fromisoformat(record["ended_at"])
    assert abs(ended_at - gave_up_at) < timedelta(seconds=1)


def test_what_is_typed_outlives_calls_pages_operators_and_a_restart(folder: Path) -> None:
    settings = {"states": {"wrap_up_s": 0}}  # an operator who locks the desk is away immediately
    with (
        SharedDesk(folder, settings=settings) as desk,
        BaresipCaller(CALLER) as caller,
        BaresipCaller(SECOND) as second,
    ):
        desk.add_operator()
        dial(caller, desk)
        desk.answer()
        desk.type(FIRST_TEXT)
        desk.hang_up()
        caller.wait_for("CALL_CLOSED")
        # The next call rings: input is still entered in the active card until the call is answered.
        dial(second, desk)
        desk.type(ITS_END)
        desk.answer()
        desk.type(SECOND_TEXT)
        desk.press("ctrl+3")
        desk.type(PLACE)
        for page in ("F4", "ctrl+r", "F1"):
            desk.press(page)
            desk.press("Escape")
        desk.hang_up()
        desk.press("ctrl+3")
        desk.picture("message-again")
        desk.type(MORE)
        desk.change_shift()
        desk.picture("next-shift")
        wait_until(
            lambda: (
                [card.content for card in desk.kept()[0]] == [f"{FIRST_TEXT}{ITS_END}", SECOND_TEXT]
            ),
            timeout_s=STEP_LIMIT_S,
        )
        desk.kill_console()
        drafts, messages = desk.kept()

        # The next operator finds both drafts and finishes the first.
        desk.start_console()
        desk.wait_for("started")
        desk.sign_in_next()
        desk.press("ctrl+shift+d")
        desk.pause(0.5)
        desk.picture("drafts")
        desk.press("Down", times=2)  # from the message to its call, and to the call before
        desk.press("Return")
        desk.type(MORE)
        desk.press("ctrl+1")
        desk.save()
        first = desk.record(str(drafts[0].number))

    assert [card.content for card in drafts] == [f"{FIRST_TEXT}{ITS_END}", SECOND_TEXT]
    (message,) = messages
    assert message.call_id == drafts[1].id
    assert message.text == SECOND_TEXT
    assert message.place == f"{PLACE}{MORE}"
    assert first["content"] == f"{FIRST_TEXT}{ITS_END}{MORE}"
    # The operator who answered is its author; the closing operator is stored separately.
    assert first["operator_name"] == OPERATOR_NAME
    assert first["closed_by_name"] == NEXT_NAME
