"""Three global keys control a call while another program has and retains the keyboard focus."""

from __future__ import annotations

import json
from pathlib import Path

from console.core.default_keys import Key
from console.features.own_desk import keys_words
from console.shared.session.call_control import MUTE_PRESS_S
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.other_program import OtherProgram
from tests.fakes.rtp_peer import wait_until
from tests.fakes.screen_reader import ScreenReader, announces, shows

CALLER = "+79005550139"
TAKEN_BY_OTHERS = "Ctrl+Shift+F8 занято другой программой"
HELD_ELSEWHERE = "— занято другой программой"
MEANS_MORE = "Ctrl+F8 что-то значит в других программах"
MUTED = "Вас не слышно"
LETTERS = "pismo"


def _focused(desk: ConsoleStage) -> int:
    return int(desk._xdotool(["getwindowfocus"]))


def _wait_until_taken(desk: ConsoleStage, *, without: str) -> None:
    """Returns when the console has last reported all keys but this one."""

    def is_last() -> bool:
        noted = (desk.data_folder / "log" / "milestones.jsonl").read_text(encoding="utf-8")
        steps = [json.loads(line) for line in noted.splitlines() if '"taken"' in line]
        return bool(steps) and steps[-1]["keys"] == without

    wait_until(is_last, timeout_s=STEP_LIMIT_S)


def _take_another_chord(desk: ConsoleStage, reader: ScreenReader) -> None:
    """The hang-up key belongs to another program; this is reported, and it can be changed."""
    _wait_until_taken(desk, without=Key.HANG_UP_ANYWHERE)
    reader.wait_to_hear(announces(TAKEN_BY_OTHERS))
    desk.picture("taken")
    desk.press("F1")
    desk.press("Return")
    desk.press("Down", times=list(keys_words.purposes()).index(Key.HANG_UP_ANYWHERE))
    reader.wait_for(desk.console_pid, shows(HELD_ELSEWHERE), HELD_ELSEWHERE)
    desk.press("Return")
    desk.press("ctrl+F8")  # an F-key with Ctrl alone has other uses
    reader.wait_for(desk.console_pid, shows(MEANS_MORE), MEANS_MORE)
    desk.press("alt+shift+F9")
    _wait_until_taken(desk, without="")
    desk.picture("given")
    desk.press("Escape", times=2)


def _lead_a_call(
    desk: ConsoleStage, caller: BaresipCaller, other: OtherProgram, reader: ScreenReader
) -> None:
    """Another program has and retains the keyboard focus."""
    other.come_forward()
    desk._xdotool(["windowfocus", str(other.window_id)])
    wait_until(lambda: _focused(desk) == other.window_id)
    caller.dial(f"sip:100@{desk.address}")
    desk.wait_for("t_offer", RING_LIMIT_S)
    desk.type(LETTERS)
    desk.press("F2")  # the other program's own
    desk.press("ctrl+shift+F2")
    desk.wait_for("t_answer", STEP_LIMIT_S)
    caller.wait_for("CALL_ESTABLISHED")
    desk.press("ctrl+shift+F6")
    reader.wait_to_hear(announces(MUTED))
    desk.pause(MUTE_PRESS_S)  # a second press within it would be ignored
    desk.press("ctrl+shift+F6")
    reader.wait_for(desk.console_pid, lambda nodes: not shows(MUTED)(nodes), "heard again")
    desk.type(LETTERS)
    desk.press("alt+shift+F9")
    desk.wait_for("t_hangup", STEP_LIMIT_S)
    caller.wait_for("CALL_CLOSED")
    assert _focused(desk) == other.window_id
    assert other.typed == [*LETTERS, "F2", *LETTERS]


def test_a_call_is_led_from_another_program(folder: Path, reader: ScreenReader) -> None:
    with (
        ConsoleStage(folder, settings={"keys": {"global": True}}) as desk,
        BaresipCaller(CALLER) as caller,
    ):
        _wait_until_taken(desk, without="")
        desk.kill_console()  # its keys are released with it
        with OtherProgram(desk.display, "ctrl+shift+F8") as other:
            desk.start_again()
            _take_another_chord(desk, reader)
            _lead_a_call(desk, caller, other, reader)

        # with Caps Lock and under the Russian layout as well, and in the window itself
        desk.take_keyboard()
        desk.type("вывоз")
        desk.press("ctrl+1")
        desk.save()
        desk.wait_for_state("ready")  # during wrap-up the phone accepts no call
        desk._run(["setxkbmap", "-display", desk.display, "-layout", "ru"])
        desk.press("Caps_Lock")
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.press("ctrl+shift+F2")
        desk.wait_for("t_answer", STEP_LIMIT_S)
        desk.press("alt+shift+F9")
        desk.wait_for("t_hangup", STEP_LIMIT_S)
        first, second = (desk.record(call["number"]) for call in desk.calls_today())

    assert first["content"] == "вывоз"
    assert first["answered_at"]
    assert second["answered_at"]
