"""Complaint: calls are controlled only by the mouse; keys fail under the Russian layout or are
taken.

The keyboard here has only the Russian layout, and its keys are pressed by position. An accidental
double press counts once: an answered call is not ended, a muted party remains muted, and a second
caller is not rejected together with the ended call.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sync.register.people.own_desk import OwnDesk
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import OPERATOR_LOGIN, RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.own_desks import kept_desks
from tests.fakes.screen_reader import Node, ScreenReader

CALLER, NEXT = "+79005550139", "+79005550138"
SLOWLY_MS = 250  # for a key: a second press within a second would count as one
MUTED = "не слышно"
ASKED, TAKEN = "Нажмите новое сочетание", "F8 занято"
# Key positions in X's numbering; under this layout they type 1, «к», «ы» and «я».
ONE, R, S, Z = 10, 27, 39, 52


def _use_russian_alone(desk: ConsoleStage) -> None:
    desk._run(["setxkbmap", "-display", desk._display, "-layout", "ru"])


def _press_place(desk: ConsoleStage, modifier: str, place: int) -> None:
    desk._xdotool(["key", "--clearmodifiers", f"{modifier}+{place}"])


def _told(words: str) -> Callable[[list[Node]], bool]:
    return lambda nodes: any(words in node.name for node in nodes)


def _times_noted(desk: ConsoleStage, step: str) -> int:
    noted = (desk.data_folder / "log" / "milestones.jsonl").read_text(encoding="utf-8")
    return noted.count(f'"step": "{step}"')


def test_every_part_of_a_call_has_its_key_under_the_russian_layout(
    folder: Path, reader: ScreenReader
) -> None:
    with (
        ConsoleStage(folder) as desk,
        BaresipCaller(CALLER) as caller,
        BaresipCaller(NEXT) as following,
    ):
        _use_russian_alone(desk)
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.press_twice_at_once("F2")
        desk.wait_for("t_answer", STEP_LIMIT_S)
        caller.wait_for("CALL_ESTABLISHED")
        desk.press("F3")
        caller.wait_for_log(r"a=sendonly")
        desk.type("когда вывоз", key_ms=SLOWLY_MS)
        desk.press("F3")
        desk.wait_for("t_resumed", STEP_LIMIT_S)
        desk.press_twice_at_once("F6")
        reader.wait_for(desk.console_pid, _told(MUTED), "muted")
        desk.type(" мусора", key_ms=SLOWLY_MS)  # longer than the double-press time
        reader.wait_for(desk.console_pid, _told(MUTED), "muted all the time")
        desk.press("F6")
        reader.wait_for(desk.console_pid, lambda nodes: not _told(MUTED)(nodes), "heard again")
        desk.press("shift+F6")
        for digit in "12":
            desk.type(digit)
            assert caller.wait_for("CALL_DTMF_START")["param"] == digit
        desk.press("Escape")
        _press_place(desk, "ctrl", ONE)
        desk.picture("talking")

        # the answer key gets another chord, by its position on the keyboard
        desk.press("F1")
        desk.press("Return")
        desk.press("Return")
        reader.wait_for(desk.console_pid, _told(ASKED), ASKED)
        desk.press("F8")  # taken, and reported
        reader.wait_for(desk.console_pid, _told(TAKEN), TAKEN)
        desk.picture("taken")
        _press_place(desk, "ctrl", S)
        reader.wait_for(desk.console_pid, lambda nodes: not _told(TAKEN)(nodes), "given")
        desk.picture("given")
        desk.press("Escape", times=2)
        desk.press("F3")  # and it ended no call
        desk.wait_for("t_held", STEP_LIMIT_S)
        assert _times_noted(desk, "t_answer") == 1

        # another caller rings: an accidental double press ends only one call
        following.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.press("ctrl+Return")  # saved with its call
        hung_up_after = datetime.now(UTC)
        desk.press_twice_at_once("F8")
        desk.wait_for("t_saved", STEP_LIMIT_S)
        caller.wait_for("CALL_CLOSED")
        desk.press("F2")  # has no effect now
        _press_place(desk, "ctrl", R)  # reports, during the ring
        desk.wait_for("t_report_shown", STEP_LIMIT_S)
        assert _times_noted(desk, "t_answer") == 1
        answered_after = datetime.now(UTC)
        _press_place(desk, "ctrl", S)
        desk.wait_for("t_answer", STEP_LIMIT_S)
        desk.type("второй вызов", key_ms=SLOWLY_MS)  # F8 is blocked for a second after a new call
        reader.wait_until_written("второй вызов")
        _press_place(desk, "ctrl", ONE)
        assert _times_noted(desk, "t_hangup") == 1
        desk.hang_up()
        desk.save()
        _press_place(desk, "ctrl", Z)  # the record is reopened, and saved again
        desk.wait_for("t_save_undone", STEP_LIMIT_S)
        desk.save()
        first, second = (desk.record(call["number"]) for call in desk.calls_today())
        desk.ask_to_close()
        desk.wait_for_end()
        kept = kept_desks(desk.data_folder / "register.db")

    assert (first["content"], first["result"]) == ("когда вывоз мусора", "answered")
    assert datetime.fromisoformat(first["ended_at"]) > hung_up_after
    assert (second["content"], second["result"]) == ("второй вызов", "answered")
    assert datetime.fromisoformat(second["answered_at"]) > answered_after
    assert (first["phone"], second["phone"]) == (CALLER, NEXT)
    assert kept == {OPERATOR_LOGIN: OwnDesk(keys={"answer": "Ctrl+S"})}
