"""Two people at one computer, each with her own desk, by real keys; a start keeps it, too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

from sync.register.operators import Operator, Role
from sync.register.own_desk import OwnDesk
from sync.store.keys import open_key
from sync.store.register import RegisterStore
from tests.fakes.console_stage import (
    OPERATOR_LOGIN,
    OPERATOR_PASSWORD,
    SIGN_IN_LIMIT_S,
    STEP_LIMIT_S,
    ConsoleStage,
)
from tests.fakes.own_desks import kept_desks

SECOND_NAME, SECOND_LOGIN, SECOND_PASSWORD = "Сменная Проба Пробовна", "smennaya", "end-to-end-2"
DARK_PX, LIGHT_PX = 80, 200  # the ground of a dark and of a light theme


def add_second(register: Path) -> None:
    """A colleague who may sign in here, while no console holds the store."""
    store = RegisterStore.open(register, open_key(register))
    try:
        (first,) = store.operators()
        added = store.add_operator(
            first,
            name=SECOND_NAME,
            login=SECOND_LOGIN,
            password=SECOND_PASSWORD,
            role=Role.OPERATOR,
        ).result()
        assert isinstance(added, Operator)
    finally:
        store.close_store()


def look(desk: ConsoleStage) -> tuple[str, int, int]:
    """The look that comes next: theme, percent of the text, width of the right column."""
    told: dict[str, Any] = desk.wait_for("look_changed", STEP_LIMIT_S)
    return told["theme"], told["text"], told["right"]


def ground_px(desk: ConsoleStage, name: str) -> int:
    """How light the window is at its foot, as a person sees it."""
    desk.picture(name)
    with Image.open(desk.folder / f"{name}.png") as picture:
        level = picture.convert("L").getpixel((3, picture.height - 3))
    assert isinstance(level, int)
    return level


def test_each_has_her_own_desk_after_a_lock_and_after_a_start(folder: Path) -> None:
    with ConsoleStage(folder) as desk:
        register = desk.data_folder / "register.db"
        assert ground_px(desk, "at first") > LIGHT_PX
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
        desk.press("Return")  # the first key of all: to answer
        desk.press("ctrl+s")
        desk.press("Escape", times=2)
        desk.ask_to_close()
        desk.wait_for_end()
        add_second(register)
        first = kept_desks(register)

        desk.start_console()
        desk.wait_for("started")
        # nobody has signed in: it is drawn as for who was here last
        assert ground_px(desk, "sign in") < DARK_PX
        desk.sign_in_as(SECOND_LOGIN, SECOND_PASSWORD)
        assert look(desk) == ("light", 100, 0)
        desk.wait_for("phone_connected", SIGN_IN_LIMIT_S)
        assert ground_px(desk, "second") > LIGHT_PX
        desk.press("ctrl+b", times=2)
        assert look(desk)[0] == "dark"
        assert look(desk)[0] == "contrast"

        desk.press("ctrl+l")
        desk.press("Tab")
        desk.press("space")  # another operator
        desk.sign_in_as(OPERATOR_LOGIN, OPERATOR_PASSWORD)
        assert look(desk) == ("dark", 125, wider)
        assert ground_px(desk, "first again") < DARK_PX
        desk.ask_to_close()
        desk.wait_for_end()
        kept = kept_desks(register)

    mine = OwnDesk(theme="dark", text_percent=125, right_px=wider, keys={"answer": "Ctrl+S"})
    assert first == {OPERATOR_LOGIN: mine}
    assert kept == {OPERATOR_LOGIN: mine, SECOND_LOGIN: OwnDesk(theme="contrast")}
