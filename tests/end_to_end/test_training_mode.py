"""From the working console to a training call and its score, in a separate folder."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import psycopg2
from psycopg2.extensions import parse_dsn

from tests.fakes.console_stage import (
    RING_LIMIT_S,
    STEP_LIMIT_S,
    ConsoleStage,
    wait_for_central_record,
)
from tests.fakes.training_window import TrainingWindow

ANSWERS = "q-waste-schedule"
TYPICAL, MESSAGE = "1", "2"
FAR, INODE = 2, 9  # columns of /proc/net/tcp


def test_a_training_call_is_scored_and_never_comes_into_the_register_of_the_work(
    folder: Path,
    dsn: str,
) -> None:
    with ConsoleStage(folder, dsn=dsn, settings={"central": {"dsn": dsn}}) as desk:
        # A new user is offered it at the first start; Ctrl+T opens it at any time.
        desk.press("F1")
        desk.press("ctrl+t")
        desk.pause(0.5)
        desk.picture("01-offer")
        desk.press("Return")
        with TrainingWindow(desk) as training:
            training.picture("02-lessons")
            training.press(TYPICAL)
            training.wait_for("t_offer", RING_LIMIT_S)
            training.answer()
            entry = training.take_first_hit("когда вывозят мусор")
            training.picture("03-talking")
            training.hang_up()
            training.save()
            typical = training.wait_for_score()
            training.pause(0.5)
            training.picture("04-score")

            training.press("Return")  # to the lessons, where the next one is marked
            training.press("Return")
            training.wait_for("t_offer", RING_LIMIT_S)
            training.answer()
            training.type("Не горит фонарь")
            training.press("ctrl+1")
            training.hang_up()
            training.save()
            message = training.wait_for_score()
            training.pause(0.5)
            training.picture("05-what-was-wrong")
            taught = training.calls_today()
            asked_by_training = far_ports(training.console_pid)
        asked_by_work = far_ports(desk.console_pid)
        trained = desk.calls_today()

        # A real call is sent to the central database, without any training data.
        desk.ring("typical", desk.address)
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.take_first_hit("когда вывозят мусор")
        desk.hang_up()
        desk.save()
        (worked,) = desk.calls_today()
        wait_for_central_record(str(worked["number"]), dsn, STEP_LIMIT_S)
        desk.wait_until_waiting(0)

    centre = int(parse_dsn(dsn)["port"])
    assert centre in asked_by_work
    assert centre not in asked_by_training
    assert trained == []
    # The trainee's voice is not stored anywhere.
    assert [*(desk.data_folder / "training").rglob("*.wav")] == []
    assert in_centre(dsn, "SELECT id::text FROM call_record") == [worked["id"]]
    assert in_centre(dsn, "SELECT id::text FROM message") == []
    assert in_centre(dsn, "SELECT DISTINCT operator_id::text FROM operator_state") == [
        worked["operator_id"]
    ]
    assert [call["caller_number_raw"] for call in taught] == ["+79005550101", "+79005550102"]
    assert taught[0]["operator_name"] == "Стажёр"
    assert entry == ANSWERS
    assert (typical["lesson"], typical["earned"]) == ("typical", typical["most"])
    assert message["lesson"] == "message"
    assert 0 < message["earned"] < message["most"] / 2


def far_ports(pid: int) -> set[int]:
    """Returns the remote TCP ports of a process, as reported by the system."""
    own = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since they were listed
            own.add(os.readlink(link))
    rows = [
        line.split()
        for line in Path(f"/proc/{pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    ]
    return {int(row[FAR].rpartition(":")[2], 16) for row in rows if f"socket:[{row[INODE]}]" in own}


def in_centre(dsn: str, query: str) -> list[str]:
    connection = psycopg2.connect(dsn)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return [str(row[0]) for row in cursor.fetchall()]
    finally:
        connection.close()
