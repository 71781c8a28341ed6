"""Two operators at one computer, each with her preferences, by real keys; preserved over a
restart.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from PIL import Image

from sync.register.people.operators import Role
from sync.register.people.own_desk import OwnDesk
from sync.store.central.connection import initialise
from sync.store.central.logins import enrol_workplace
from tests.end_to_end.test_sign_in_by_centre import LATIN_PASSWORD, LOGIN, CentralDesk
from tests.fakes.central_people import new_person, owned_centre
from tests.fakes.console_stage import (
    OPERATOR_LOGIN,
    OPERATOR_PASSWORD,
    SIGN_IN_LIMIT_S,
    STEP_LIMIT_S,
    ConsoleStage,
)
from tests.fakes.own_desks import kept_desks
from tests.fakes.postgres import PostgresServer
from tests.fakes.rtp_peer import wait_until
from tests.fakes.second_operator import SECOND_LOGIN, SECOND_PASSWORD, add_second

DARK_PX, LIGHT_PX = 80, 200  # the background of a dark and of a light theme


def look(desk: ConsoleStage) -> tuple[str, int, int]:
    """Returns the next appearance: theme, percent of the text, width of the right column."""
    told: dict[str, Any] = desk.wait_for("look_changed", STEP_LIMIT_S)
    return told["theme"], told["text"], told["right"]


def ground_px(desk: ConsoleStage, name: str) -> int:
    """Returns the brightness at the bottom of the window."""
    desk.picture(name)
    with Image.open(desk.folder / f"{name}.png") as picture:
        level = picture.convert("L").getpixel((3, picture.height - 3))
    assert isinstance(level, int)
    return level


def test_each_has_her_own_desk_after_a_lock_and_after_a_start(folder: Path) -> None:
    with ConsoleStage(folder) as desk:
        register = desk.data_folder / "register.db"
        wait_until(lambda: ground_px(desk, "at first") > LIGHT_PX, timeout_s=STEP_LIMIT_S)
        desk.press("ctrl+shift+b")
        desk.press("Right")
        assert look(desk) == ("dark", 100, 0)
        desk.press("Tab")
        desk.press("Right", times=2)
        assert look(desk) == ("dark", 110, 0)
        assert look(desk) == ("dark", 125, 0)
        desk.press("Tab", times=5)  # language, card, left column, narrower, wider
        desk.press("space")
        *_, wide = look(desk)
        desk.press("space")
        *_, wider = look(desk)
        assert wider == wide + 40
        desk.press("Tab")
        desk.press("Tab")
        desk.picture("appearance")
        desk.press("Escape")
        desk.press("F1")
        desk.press("Return")
        desk.press("Return")  # the first key in the list: to answer
        desk.press("ctrl+s")
        desk.press("Escape", times=2)
        desk.ask_to_close()
        desk.wait_for_end()
        add_second(register)
        first = kept_desks(register)

        desk.start_console()
        desk.wait_for("started")
        # without a signed-in operator, the last operator's appearance is used
        wait_until(lambda: ground_px(desk, "sign in") < DARK_PX, timeout_s=STEP_LIMIT_S)
        desk.sign_in_as(SECOND_LOGIN, SECOND_PASSWORD)
        assert look(desk) == ("light", 100, 0)
        desk.wait_for("phone_connected", SIGN_IN_LIMIT_S)
        wait_until(lambda: ground_px(desk, "second") > LIGHT_PX, timeout_s=STEP_LIMIT_S)
        desk.press("ctrl+b", times=2)
        assert look(desk)[0] == "dark"
        assert look(desk)[0] == "contrast"

        desk.press("ctrl+l")
        desk.press("Tab")
        desk.press("space")  # another operator
        desk.sign_in_as(OPERATOR_LOGIN, OPERATOR_PASSWORD)
        assert look(desk) == ("dark", 125, wider)
        wait_until(lambda: ground_px(desk, "first again") < DARK_PX, timeout_s=STEP_LIMIT_S)
        desk.ask_to_close()
        desk.wait_for_end()
        kept = kept_desks(register)

    mine = OwnDesk(theme="dark", text_percent=125, right_px=wider, keys={"answer": "Ctrl+S"})
    assert first == {OPERATOR_LOGIN: mine}
    assert kept == {OPERATOR_LOGIN: mine, SECOND_LOGIN: OwnDesk(theme="contrast")}


def last_theme(desk: ConsoleStage) -> str:
    noted = (desk.data_folder / "log" / "milestones.jsonl").read_text(encoding="utf-8")
    looks = [line for line in noted.splitlines() if '"look_changed"' in line]
    return str(json.loads(looks[-1])["theme"]) if looks else ""


def kept_in_centre(centre: str) -> str:
    with psycopg2.connect(centre) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT document ->> 'theme' FROM own_desk")
        row = cursor.fetchone()
    connection.close()
    return "" if row is None else str(row[0])


def test_her_desk_goes_with_her_to_another_workplace_and_back(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (
        PostgresServer(asks_passwords=True) as server,
        owned_centre(server, "CREATEROLE") as centre,
    ):
        initialise(centre)
        new_person(centre, LOGIN, Role.OPERATOR, LATIN_PASSWORD)
        here = {"central": {"dsn": enrol_workplace(centre, "0001").dsn}}
        there = {"central": {"dsn": enrol_workplace(centre, "0002").dsn}}
        elsewhere = tmp_path_factory.mktemp("other")
        with CentralDesk(folder, settings=here) as one:
            one.press("ctrl+b")
            wait_until(lambda: last_theme(one) == "dark", timeout_s=STEP_LIMIT_S)
            wait_until(lambda: kept_in_centre(centre) == "dark", timeout_s=STEP_LIMIT_S)
            with CentralDesk(elsewhere, settings=there) as other:
                # nothing was chosen here: it was received from the central database
                wait_until(lambda: last_theme(other) == "dark", timeout_s=STEP_LIMIT_S)
                wait_until(lambda: ground_px(other, "there") < DARK_PX, timeout_s=STEP_LIMIT_S)
                other.press("ctrl+b")
                wait_until(lambda: kept_in_centre(centre) == "contrast", timeout_s=STEP_LIMIT_S)
            one.take_keyboard()
            one.press("ctrl+l")
            one._type_fields((LATIN_PASSWORD,))
            wait_until(lambda: last_theme(one) == "contrast", timeout_s=STEP_LIMIT_S)
