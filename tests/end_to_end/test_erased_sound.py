"""An erased person leaves no recording of the call and no text in a handover report."""

from __future__ import annotations

from pathlib import Path

from sync.cli import main
from sync.store.local.keys import open_key
from sync.store.local.people.shifts import Handovers
from sync.store.local.register import RegisterStore
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.rtp_peer import wait_until

CITIZEN = "+79005550139"


def note_of(register: Path) -> str:
    store = RegisterStore.open(register, open_key(register))
    try:
        sheet = Handovers(store).last_sheet()
        assert sheet is not None
        return sheet.content.note
    finally:
        assert store.close_store()


def erased(register: Path, papers: Path) -> str:
    """Returns the act of the erasure by the command, without the folder of recordings."""
    asked = ("--phone", "8 900 555-01-39", "--by", "Проба П. П.", "--reason", "Заявление")
    place = ("--store", str(register), "--folder", str(papers))
    assert main(["erase-person", *place, *asked]) == 0
    (act,) = papers.glob("erasure-*/act.txt")
    return act.read_text()


def test_the_console_removes_what_the_command_was_not_told_of(folder: Path) -> None:
    sounds, papers = folder / "sounds", folder / "papers"
    sounds.mkdir()
    papers.mkdir()
    recording: dict[str, str | int] = {"automatic": True, "directory": str(sounds)}
    with (
        ConsoleStage(folder, settings={"recording": recording}) as desk,
        BaresipCaller(CITIZEN) as caller,
    ):
        register = desk.data_folder / "register.db"
        caller.dial(f"sip:operator@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type("Просит позвонить")
        wait_until(lambda: bool(list(sounds.iterdir())), timeout_s=STEP_LIMIT_S)
        desk.hang_up()
        desk.press("ctrl+1")
        desk.save()
        (call,) = desk.calls_today()
        wait_until(
            lambda: len(desk.record(call["number"])["recordings"]) == 1, timeout_s=STEP_LIMIT_S
        )
        desk.press("ctrl+h")
        desk.wait_for("sheet_shown", STEP_LIMIT_S)
        note = f"По {call['number']} ждёт звонка"
        desk.type(note)
        desk.press("ctrl+Return")
        desk.wait_for("shift_left", STEP_LIMIT_S)
        desk.kill_console()
        assert note_of(register) == note

        (sound,) = sounds.iterdir()
        act = erased(register, papers)
        assert f"запись разговора {sound.name}: файл не удалён" in act
        assert "записка следующей смене" in act
        assert sound.exists()
        assert note_of(register) == ""

        desk.start_again()
        wait_until(lambda: not list(sounds.iterdir()), timeout_s=RING_LIMIT_S)
        wait_until(lambda: desk.record(call["number"])["recordings"] == [], timeout_s=STEP_LIMIT_S)
