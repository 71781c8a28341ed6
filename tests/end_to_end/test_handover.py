"""One shift hands over to the next by real keys; both signatures are read from the store."""

from __future__ import annotations

from pathlib import Path

from sync.register.handover import Part, Sheet
from sync.register.operators import Operator, Role
from sync.store.handovers import Handovers
from sync.store.keys import open_key
from sync.store.register import RegisterStore
from tests.fakes.console_stage import OPERATOR_NAME, RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.rtp_peer import wait_until
from tests.fakes.sip_peers import BaresipCaller

CITIZEN = "+79005550139"
NOTE = "Ждём ответа по номеру из черновиков."
SECOND_NAME, SECOND_LOGIN, SECOND_PASSWORD = "Сменная Проба Пробовна", "smennaya", "end-to-end-2"


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


def sheet_of(register: Path) -> Sheet | None:
    store = RegisterStore.open(register, open_key(register))
    try:
        return Handovers(store).last_sheet()
    finally:
        store.close_store()


def test_what_one_shift_leaves_the_next_signs_for(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CITIZEN) as caller:
        register = desk.data_folder / "register.db"
        caller.dial(f"sip:operator@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type("Обещали узнать")
        desk.hang_up()
        desk.press("ctrl+d")

        desk.press("ctrl+h")
        desk.wait_for("sheet_shown", STEP_LIMIT_S)
        desk.type(NOTE)
        desk.picture("sheet")
        desk.press("ctrl+Return")
        desk.wait_for("shift_left", STEP_LIMIT_S)
        desk.kill_console()
        add_second(register)

        desk.start_console()
        desk.wait_for("started")
        desk.sign_in_as(SECOND_LOGIN, SECOND_PASSWORD)
        desk.wait_for("sheet_waits", STEP_LIMIT_S)
        desk.picture("waiting")
        desk.press("ctrl+p")
        wait_until(lambda: bool(list(desk.reports_folder.glob("*.pdf"))), timeout_s=STEP_LIMIT_S)
        desk.press("ctrl+Return")
        desk.wait_for("shift_accepted", STEP_LIMIT_S)
        (paper,) = desk.reports_folder.glob("*.pdf")
        on_paper = desk.pdf_text(paper)
        desk.kill_console()
        sheet = sheet_of(register)

    assert sheet is not None
    assert sheet.content.note == NOTE
    assert sheet.left.by_name == OPERATOR_NAME
    assert sheet.accepted is not None
    assert sheet.accepted.by_name == SECOND_NAME
    (draft,) = sheet.content.parts[Part.DRAFTS].lines
    for told in (draft.number, NOTE, OPERATOR_NAME):
        assert told in on_paper
    assert "900" not in on_paper.replace(draft.number, "")
