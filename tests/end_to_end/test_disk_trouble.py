"""Failed writes: the operator is notified, nothing is lost, and the console recovers."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert

from sync.jobs.store_care import BEGIN_AFTER_S
from sync.records.workplace_tables import shared_setting
from sync.store.local.backup import copies
from sync.store.local.engine import file_engine
from sync.store.local.keys import find_key
from tests.end_to_end.complaints.test_typed_text_disappears import dial
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import STEP_LIMIT_S, ConsoleStage
from tests.fakes.rtp_peer import wait_until

CALLER = "+79005550141"
PAINT_S = 0.7
TEXT = "На Лесной второй день нет воды."


def test_a_register_that_another_holds_is_told_and_saved_to_once_it_is_free(folder: Path) -> None:
    second = folder / "second"
    second.mkdir()
    settings = {"backup": {"directory": str(second)}}
    with ConsoleStage(folder, settings=settings) as desk, BaresipCaller(CALLER) as caller:
        path = desk.data_folder / "register.db"
        log = desk.data_folder / "log" / "console.log"
        wait_until(lambda: len(copies(second)) == 1, timeout_s=STEP_LIMIT_S)
        dial(caller, desk)
        desk.answer()
        desk.type(TEXT)
        desk.press("ctrl+1")
        desk.hang_up()
        (before,) = desk.calls_today()

        key = find_key(path)
        assert key is not None
        engine = file_engine(path, key)
        with engine.begin():  # no other connection may write now
            desk.press("ctrl+Return")
            wait_until(lambda: "register: SQLITE_BUSY" in log.read_text(), timeout_s=STEP_LIMIT_S)
            desk.pause(PAINT_S)
            desk.picture("held")
            (held,) = desk.calls_today()
            assert held["state"] == before["state"] == "draft"
        engine.dispose()
        # the console retries automatically and detects that the register is free
        wait_until(lambda: "register: writable" in log.read_text(), timeout_s=STEP_LIMIT_S)
        desk.pause(PAINT_S)
        desk.picture("free")
        desk.save()
        (call,) = desk.calls_today()
        record = desk.record(call["number"])

    assert (record["state"], record["content"]) == ("closed", TEXT)
    assert record["number"] == before["number"]


def test_a_page_that_went_bad_is_told_beside_the_work_and_stops_the_next_start(
    folder: Path,
) -> None:
    with ConsoleStage(folder) as desk:
        path = desk.data_folder / "register.db"
        log = desk.data_folder / "log" / "console.log"
        desk.kill_console()
        spoil_far_page(path)
        desk.start_again()  # it opens immediately
        read_s = BEGIN_AFTER_S + STEP_LIMIT_S
        wait_until(lambda: "register: damaged" in log.read_text(), timeout_s=read_s)
        desk.pause(PAINT_S)
        desk.picture("damaged")
        assert desk.status()["pages"]["verdict"] == "damaged"
        desk.kill_console()
        desk.start_console()
        told = "register: cannot open: StoreUnreadable"
        wait_until(lambda: told in log.read_text(), timeout_s=STEP_LIMIT_S)
        desk.pause(PAINT_S)
        desk.picture("refused")


def spoil_far_page(path: Path) -> None:
    """Changes one byte of a page that no save touches, in a closed register."""
    key = find_key(path)
    assert key is not None
    far = {"entity": "setting", "name": "far", "ver": 1, "document": "x" * 40 * 4096}
    engine = file_engine(path, key)
    with engine.begin() as connection:
        connection.execute(insert(shared_setting).values(far))
    engine.dispose()
    content = bytearray(path.read_bytes())
    content[-5 * 4096 // 2] ^= 0xFF
    path.write_bytes(content)
