"""Kill -9 of the console: the phone keeps the call, the store keeps what was typed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from telephony.measure import align_and_correlate
from telephony.media.wav import read_wav
from tests.fakes.console_stage import RESOURCES, RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.rtp_peer import wait_until
from tests.fakes.sip_peers import BaresipCaller

CALLER = "+79005550138"
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
    by_s: float  # the monotonic time by which the key was down and up


class SteadyTyping:
    """Types a text letter by letter at a steady pace, in a thread, and notes when."""

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
        # The card stands in the window with its text: what is typed now follows it.
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
    # The caller heard the operator's microphone without a gap while there was no console.
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
        wait_until(lambda: desk.calls_today()[0]["state"] == "closed", timeout_s=STEP_LIMIT_S)
        (call,) = desk.calls_today()
        record = desk.record(call["number"])

    assert record["result"] == "not_answered"
    assert record["end_cause"] == "caller_gave_up"
    assert record["answered_at"] is None
    assert record["phone"] == CALLER
    # Its end is the moment of the CANCEL and not of the console that found it.
    ended_at = datetime.fromisoformat(record["ended_at"])
    assert abs(ended_at - gave_up_at) < timedelta(seconds=1)
