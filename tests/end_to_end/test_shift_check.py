"""The check before a shift and the diagnostics file, by real keys; the file has no personal
data.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from sync.store.local.keys import find_key
from sync.store.local.people.shifts import last_check
from sync.store.local.reading import RegisterReading
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import OPERATOR_NAME, RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage

CITIZEN = "+79005550139"
CONTENT = "Жительница Сорокина просит починить качели"
CHECKS = 5


def packed(file: Path) -> str:
    with ZipFile(file) as bundle:
        return "".join(bundle.read(name).decode() for name in bundle.namelist())


def people_in(text: str) -> list[str]:
    """Returns words of the call and of the operator, and the number in any notation."""
    folded = text.casefold()
    words = re.findall(r"[А-Яа-я]{5,}", f"{OPERATOR_NAME} {CONTENT}")
    found = [word for word in words if word.casefold() in folded]
    return found + [n for n in ("9005550139", "5550139") if n in re.sub(r"[\s()+\-]", "", text)]


def test_the_shift_begins_with_a_verdict_and_its_trouble_is_packed_without_people(
    folder: Path,
) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CITIZEN) as caller:
        first = desk.wait_for("shift_checked", STEP_LIMIT_S)
        assert first["verdict"] == "passed"
        assert (first["phone"], first["store"], first["headset"]) == (
            "direct", "takes_records", "there",
        )  # fmt: skip

        caller.dial(f"sip:operator@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type(CONTENT)
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()

        desk.press("F12")
        desk.press("Return")
        for _check in range(CHECKS):
            desk.wait_for("phone_checked", STEP_LIMIT_S)
        whole = desk.wait_for("shift_checked", STEP_LIMIT_S)
        desk.picture("checked")
        assert (whole["headset"], whole["ringer"]) == ("heard", "played")

        desk.press("ctrl+shift+g")
        desk.wait_for("diagnostics_written", STEP_LIMIT_S)
        (by_key,) = (desk.data_folder / "diagnostics").glob("*.zip")
        out = folder / "by-command.zip"
        subprocess.run(
            [sys.executable, "-m", "console", "diagnostics", "--out", str(out),
             "--data", str(desk.data_folder)],
            check=True, timeout=STEP_LIMIT_S,
        )  # fmt: skip

        register = desk.data_folder / "register.db"
        key = find_key(register)
        assert key is not None
        reading = RegisterReading.open_for_reading(register, key)
        kept = last_check(reading)
        reading.close_reading()

    assert kept is not None
    assert kept.operator_name == OPERATOR_NAME
    assert {each.place.value: each.code for each in kept.findings}["headset"] == "heard"
    for file in (by_key, out):
        assert people_in(packed(file)) == []
        with ZipFile(file) as bundle:
            health = json.loads(bundle.read("health.json"))
            stores = json.loads(bundle.read("stores.json"))
        assert health["log"]["last_check"]["microphone"]["verdict"] == "passed"
        assert stores["register"]["facts"]["rows"]["call_record"] == 1
        assert (health["window"] is None) == (file is out)
