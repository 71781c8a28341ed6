"""The PBX receives the operator's state from the window by SIP presence."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.kamailio_presence import PresenceServer, Seen, Watcher
from tests.fakes.registered_line import LINE, PASSWORD, line_settings

SETTINGS, TRY, KEEP = "ctrl+shift+s", "alt+t", "ctrl+Return"
READY = Seen(("open",))
TALKING = Seen(("open",), frozenset({"on-the-phone"}))
AT_WORK = Seen(("closed",), frozenset({"busy", "working"}))
WRAPPING_UP = Seen(("closed",), frozenset({"busy"}))
GONE = Seen(("closed",))


def choose_presence(desk: ConsoleStage) -> None:
    """Selects the last option of the phone account page, after the administrator's fixed fields."""
    desk.press(SETTINGS)
    desk.press("alt+1")  # to the certificates: file, its button, login, shown name, choice
    desk.press("Tab", times=4)
    desk.press("Right")


def tried(desk: ConsoleStage) -> str:
    desk.press(TRY)
    return str(desk.wait_for("settings_tried", STEP_LIMIT_S)["code"])


def test_a_watcher_at_the_telephone_system_sees_what_the_operator_does(folder: Path) -> None:
    with (
        KamailioProxy({LINE: PASSWORD}, presence=PresenceServer()) as proxy,
        Watcher(proxy.host, proxy.port, LINE) as watcher,
        ConsoleStage(folder, settings=line_settings(proxy)) as desk,
    ):
        desk.wait_for("registered", STEP_LIMIT_S)
        watcher.wait_for(Seen())
        choose_presence(desk)
        assert tried(desk) == "presence_told"
        desk.picture("tried-told")
        desk.press(KEEP)
        desk.wait_for("settings_saved", STEP_LIMIT_S)
        watcher.wait_for(READY)
        desk.press("Escape", times=2)
        desk.press("F9")
        desk.press("2")
        desk.wait_for_state("not_ready")
        watcher.wait_for(AT_WORK)
        desk.press("F9")
        watcher.wait_for(READY)
        with BaresipCaller("89005550138") as citizen:
            citizen.dial(f"sip:{LINE}@{proxy.host}:{proxy.port}")
            desk.wait_for("t_offer", RING_LIMIT_S)
            desk.answer()
            watcher.wait_for(TALKING)
            citizen.hang_up()
            watcher.wait_for(WRAPPING_UP)
        desk.ask_to_close()
        desk.wait_for_end()
        watcher.wait_for(GONE)


def test_a_telephone_system_without_presence_is_named_and_calls_come_all_the_same(
    proxy: KamailioProxy, folder: Path
) -> None:
    with ConsoleStage(folder, settings=line_settings(proxy)) as desk:
        desk.wait_for("registered", STEP_LIMIT_S)
        choose_presence(desk)
        assert tried(desk) == "presence_not_taken"
        desk.picture("tried-not-taken")
        desk.press(KEEP)
        desk.wait_for("settings_saved", STEP_LIMIT_S)
        while desk.wait_for("presence_told", STEP_LIMIT_S)["state"] != "not_taken":
            pass
        desk.press("Escape", times=2)
        desk.press("F12")
        desk.picture("phone-without-presence")
        with BaresipCaller("89005550138") as citizen:
            citizen.dial(f"sip:{LINE}@{proxy.host}:{proxy.port}")
            desk.wait_for("t_offer", RING_LIMIT_S)
