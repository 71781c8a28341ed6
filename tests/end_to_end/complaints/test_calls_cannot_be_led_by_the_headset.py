"""Complaint: headset buttons have no effect, or repeat the action of a key.

The console is unchanged; only hidapi is replaced, and lists simulated headsets.
"""

from __future__ import annotations

from pathlib import Path

from telephony.headset.agreement import MUTE_ECHO_S
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.headset_bench import HeadsetBench, PluggedHeadset
from tests.fakes.headset_models import JABRA_LIKE, PLAIN
from tests.fakes.screen_reader import Node, ScreenReader, shows

CALLER = "+79005550139"
PRESSED = "GN Audio Wireless 75: нажата «ответить и завершить»"
MUTED = "не слышно"
LAMPS = 2  # number of this model's LED report
OFF_HOOK, MUTE, RING, HOLD = 0x01, 0x02, 0x24, 0x08


def _wait_for_lamps(headset: PluggedHeadset, lit: int) -> None:
    headset.wait_for_lamps(LAMPS, bytes([lit, 0]))


def _is_muted(nodes: list[Node]) -> bool:
    return any(MUTED in node.name for node in nodes)


def _wait_for_press(desk: ConsoleStage, command: str) -> None:
    while desk.wait_for("headset_pressed", STEP_LIMIT_S)["command"] != command:
        pass


def _times_noted(desk: ConsoleStage, step: str) -> int:
    noted = (desk.data_folder / "log" / "milestones.jsonl").read_text(encoding="utf-8")
    return noted.count(f'"step": "{step}"')


def test_every_part_of_a_call_has_its_button_and_none_acts_twice(
    folder: Path, reader: ScreenReader, headsets: HeadsetBench
) -> None:
    headset = headsets.plug(JABRA_LIKE)
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        headset.wait_until_read()

        # without a call a button is named in the check, and the headset reset
        desk.press("F12")
        headset.press_hook()
        reader.wait_for(desk.console_pid, shows(PRESSED), PRESSED)
        desk.picture("check")
        headset.wait_until_on_hook()
        desk.press("Escape")

        # by the headset only, while the operator types into the search
        desk.press("F5")
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        _wait_for_lamps(headset, RING)
        headset.press_hook()
        desk.wait_for("t_answer", STEP_LIMIT_S)
        caller.wait_for("CALL_ESTABLISHED")
        _wait_for_lamps(headset, OFF_HOOK)
        headset.press_mute()
        _wait_for_lamps(headset, OFF_HOOK | MUTE)
        reader.wait_for(desk.console_pid, _is_muted, "muted")
        desk.picture("muted")
        desk.pause(MUTE_ECHO_S)  # a press within it would be an echo
        headset.press_mute()
        _wait_for_lamps(headset, OFF_HOOK)
        headset.press_flash()
        caller.wait_for_log(r"a=sendonly")
        _wait_for_lamps(headset, OFF_HOOK | HOLD)
        desk.pause(1.0)  # a second press within it would count as one
        headset.press_flash()
        desk.wait_for("t_resumed", STEP_LIMIT_S)
        _wait_for_lamps(headset, OFF_HOOK)
        desk.type("вывоз")
        desk.press("ctrl+1")
        headset.press_hook()
        desk.wait_for("t_hangup", STEP_LIMIT_S)
        caller.wait_for("CALL_CLOSED")
        _wait_for_lamps(headset, 0)
        desk.save()
        desk.wait_for_state("ready")  # during wrap-up the phone accepts no call

        # by keys: the headset follows, and its echoes have no effect
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        _wait_for_lamps(headset, OFF_HOOK)
        _wait_for_press(desk, "")
        desk.press("F3")
        desk.wait_for("t_held", STEP_LIMIT_S)
        desk.type("вывоз")
        desk.press("ctrl+1")
        desk.hang_up()
        _wait_for_lamps(headset, 0)
        desk.save()
        desk.wait_for_state("ready")

        # by both simultaneously: one answer, one end
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        headset.press_hook()
        desk.press("F2")
        desk.wait_for("t_answer", STEP_LIMIT_S)
        desk.type("вывоз")
        desk.press("ctrl+1")
        _wait_for_lamps(headset, OFF_HOOK)
        desk.pause(1.0)  # the answer just given would not be ended
        headset.press_hook()
        desk.press("F8")
        desk.wait_for("t_hangup", STEP_LIMIT_S)
        desk.save()
        desk.wait_for_state("ready")

        # it is replaced by another kind: a hook that is a button, and no LEDs
        headsets.unplug(headset)
        plain = headsets.plug(PLAIN)
        plain.wait_until_read()
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        plain.press_hook()
        desk.wait_for("t_answer", STEP_LIMIT_S)
        desk.type("вывоз")
        desk.press("ctrl+1")
        headsets.unplug(plain)  # during the call: the call continues
        desk.press("F3")
        desk.wait_for("t_held", STEP_LIMIT_S)
        plain = headsets.plug(PLAIN)
        plain.wait_until_read()
        plain.press_hook()
        desk.wait_for("t_hangup", STEP_LIMIT_S)
        desk.save()

        answered, ended = _times_noted(desk, "t_answer"), _times_noted(desk, "t_hangup")
        records = [desk.record(call["number"]) for call in desk.calls_today()]
        log = (desk.data_folder / "log" / "milestones.jsonl").read_text(encoding="utf-8")

    assert (answered, ended) == (4, 4)
    assert [one["result"] for one in records] == ["answered"] * 4
    assert all(one["answered_at"] and one["ended_at"] for one in records)
    assert "GN Audio Wireless 75" in log
    assert "A1B2C3D4E5" not in log  # its serial number
