"""Account, buttons and database are set in the window by keys: errors are shown, valid ones
saved.
"""

from __future__ import annotations

import stat
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from psycopg2.extensions import make_dsn, parse_dsn

from sync.store.central.connection import initialise
from sync.store.central.logins import enrol_workplace, known_logins
from tests.fakes.baresip import BaresipCaller
from tests.fakes.central_people import owned_centre
from tests.fakes.console_stage import (
    OPERATOR_LOGIN,
    OPERATOR_PASSWORD,
    RING_LIMIT_S,
    SIGN_IN_LIMIT_S,
    STEP_LIMIT_S,
    ConsoleStage,
    Tables,
)
from tests.fakes.headset_bench import HeadsetBench
from tests.fakes.headset_models import JABRA_LIKE
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.postgres import PostgresServer
from tests.fakes.registered_line import LINE, PASSWORD
from tests.fakes.rtp_peer import wait_until

SETTINGS, TRY, KEEP = "ctrl+shift+s", "alt+t", "ctrl+Return"
# The phone of a test is on this machine only, at any port; all other settings are set in the
# window.
HERE: Tables = {"phone": {"listen_host": "127.0.0.1", "listen_port": 0}}
STATION = "0001"


def own_settings(desk: ConsoleStage) -> dict[str, Any]:
    file = desk.data_folder / "settings.toml"
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    return tomllib.loads(file.read_text(encoding="utf-8"))


def fill(desk: ConsoleStage, texts: Sequence[str]) -> None:
    """Types into the fields one after another, replacing their content."""
    for place, text in enumerate(texts):
        if place:
            desk.press("Tab")
        desk.press("ctrl+a")
        desk.type_and_press(text, "End")


def tried(desk: ConsoleStage) -> str:
    desk.press(TRY)
    return str(desk.wait_for("settings_tried", STEP_LIMIT_S)["code"])


def test_a_phone_gets_its_account_in_the_window_and_keeps_it(
    proxy: KamailioProxy, folder: Path
) -> None:
    with ConsoleStage(folder, settings=HERE) as desk:
        desk.press(SETTINGS)
        desk.press("alt+1")
        fill(desk, (f"{proxy.host}", LINE, "wrong"))
        fill_port(desk, proxy.port)
        assert tried(desk) == "refused"
        desk.picture("refused")
        # the cursor is in the invalid field
        desk.press("ctrl+a")
        desk.type_and_press(PASSWORD, "End")
        assert tried(desk) == "registered"
        assert not (desk.data_folder / "settings.toml").exists()
        desk.press(KEEP)
        desk.wait_for("settings_saved", STEP_LIMIT_S)
        desk.wait_for("registered", STEP_LIMIT_S)
        assert own_settings(desk)["phone"]["password"] == PASSWORD
        desk.kill_console()
        desk.start_again()
        with BaresipCaller("89005550138") as citizen:
            citizen.dial(f"sip:{LINE}@{proxy.host}:{proxy.port}")
            desk.wait_for("t_offer", RING_LIMIT_S)
            citizen.hang_up()
            desk.wait_for("t_hangup", STEP_LIMIT_S)
        assert PASSWORD not in "".join(
            file.read_text(encoding="utf-8", errors="replace")
            for file in (desk.data_folder / "log").iterdir()
        )


def fill_port(desk: ConsoleStage, port: int) -> None:
    """Skips the transport, and returns to the password."""
    desk.press("Tab")
    desk.press("Tab")
    desk.type_and_press(str(port), "End")


def test_a_centre_is_set_in_the_window_and_holds_after_a_new_start_from_there(
    postgres: PostgresServer, folder: Path
) -> None:
    with owned_centre(postgres, "CREATEROLE") as owner:
        initialise(owner)
        enrolled = enrol_workplace(owner, STATION).dsn
        server = {**parse_dsn(enrolled)}
        closed = make_dsn(**{**server, "port": "9"})
        absent = make_dsn(**{**server, "dbname": "absent"})
        with ConsoleStage(folder, settings=HERE) as desk:
            desk.press(SETTINGS)
            desk.press("alt+4")
            outcomes = []
            for dsn in (closed, absent, enrolled):
                fill(desk, (dsn,))
                outcomes.append(tried(desk))
                desk.picture(f"tried-{outcomes[-1]}")
                desk.press("alt+4")
            assert outcomes == ["port_closed", "database_missing", "reached"]
            desk.press(KEEP)
            desk.wait_for("settings_saved", STEP_LIMIT_S)
            kept = own_settings(desk)["central"]["dsn"]
            assert parse_dsn(kept) == parse_dsn(enrolled)
            console = desk.console_pid
            desk.press("alt+4")  # to the certificates, which have a button
            desk.press("Tab", times=2)
            desk.picture("kept")
            desk.press("space")
            desk.wait_for("started", SIGN_IN_LIMIT_S)
            desk.take_keyboard()
            desk.sign_in_as(OPERATOR_LOGIN, OPERATOR_PASSWORD)
            desk.wait_for("phone_connected", SIGN_IN_LIMIT_S)
            assert desk.console_runs
            assert desk.console_pid == console
            wait_until(lambda: has_come(owner), timeout_s=STEP_LIMIT_S)


def test_a_headset_is_tried_by_its_button_while_no_button_leads_calls(
    folder: Path, headsets: HeadsetBench
) -> None:
    headset = headsets.plug(JABRA_LIKE)
    with ConsoleStage(folder, settings={**HERE, "headset": {"buttons": False}}) as desk:
        desk.press(SETTINGS)
        desk.press("alt+3")
        desk.press(TRY)
        headset.wait_until_read()
        headset.press_mute()
        assert desk.wait_for("settings_tried", STEP_LIMIT_S)["code"] == "pressed"
        desk.picture("pressed")
        # the first row is now fixed by the administrator; the second enables keys
        desk.press("Left")
        desk.press(KEEP)
        desk.wait_for("settings_saved", STEP_LIMIT_S)
        assert own_settings(desk) == {"keys": {"global": True}}
    assert headset.shows(2) == b""  # its LEDs belong to the calls


def has_come(owner: str) -> bool:
    """Whether the workplace's store has connected to the central database."""
    return any(known.name == STATION and known.has_come for known in known_logins(owner))
