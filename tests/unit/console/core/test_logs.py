"""Log contents: steps without personal data, exceptions without values, events in order."""

from __future__ import annotations

import json
import logging
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from console.core import crash
from console.core.deliveries import Bridge, Deliveries
from console.core.milestones import Milestone, Milestones, former_file
from sync.errors import StoreUnavailable
from sync.register.calls import calls
from tests.fakes.console_fakes import Clock
from tests.fakes.console_phone import Call, FakePhone
from tests.fakes.console_register import FakeRegister
from tests.fakes.led_desk import usual_desk

PERSONAL = ("555", "79005", "Пробная", "one@test.invalid", "секретный текст")


def test_milestones_hold_no_word_and_no_person(
    owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> None:
    desk = usual_desk(FakePhone(), FakeRegister(), Deliveries(owner), milestones, clock, owner)
    call = Call(name="Пробная")
    desk.receive(call.ringing())
    desk.receive(call.answered())
    QCoreApplication.processEvents()
    card = desk.state.card
    assert card is not None
    for text in ("секретный", "секретный текст"):
        desk.change_card(calls.edit(card, content=text))
    desk.receive(call.ended())

    text = (tmp_path / "log" / "milestones.jsonl").read_text(encoding="utf-8")
    steps = [json.loads(line) for line in text.splitlines()]
    assert [step["step"] for step in steps] == ["t_offer", "t_answer", "t_first_key", "t_hangup"]
    assert len({step["call"] for step in steps}) == 1
    assert all(step["at"] == clock.now.isoformat() for step in steps)
    assert not [word for word in PERSONAL if word in text]


def test_milestones_are_on_disk_at_once(milestones: Milestones, tmp_path: Path) -> None:
    milestones.note(Milestone.SEARCHED, total=3, hits="q-1")

    line = json.loads((tmp_path / "log" / "milestones.jsonl").read_text(encoding="utf-8"))
    assert (line["total"], line["call"]) == (3, "")


def test_milestones_take_no_more_room_than_two_files(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "milestones.jsonl"
    for start in range(3):  # files of an earlier start count too
        notes = Milestones(file, clock, most_bytes=1000)
        for number in range(20):
            notes.note(Milestone.SEARCHED, total=100 * start + number)
        notes.close()

    former = former_file(file)
    assert file.stat().st_size < 1000
    assert 1000 <= former.stat().st_size < 1200
    assert {each.name for each in tmp_path.iterdir()} == {file.name, former.name}
    lines = "".join(part.read_text(encoding="utf-8") for part in (former, file)).splitlines()
    totals = [json.loads(line)["total"] for line in lines]
    written = [100 * start + number for start in range(3) for number in range(20)]
    assert totals == written[-len(totals) :]


@pytest.fixture
def in_kamchatka(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Changes the time zone of this computer for one test."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "Asia/Kamchatka")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_kamchatka")
def test_the_log_is_in_utc_whatever_the_zone_of_the_computer(tmp_path: Path) -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    crash.start_logging(tmp_path)
    (handler,) = [each for each in root.handlers if each not in before]
    at = datetime(2026, 11, 25, 20, 59, 58, tzinfo=UTC)
    handler.handle(
        logging.makeLogRecord(
            {
                "name": "console",
                "levelname": "INFO",
                "msg": "started",
                "created": at.timestamp(),
                "msecs": 7.0,
            }
        )
    )
    root.removeHandler(handler)
    root.setLevel(level)
    handler.close()

    written = (tmp_path / "console.log").read_text(encoding="utf-8")
    assert written == "2026-11-25 20:59:58,007 INFO console started\n"


@pytest.fixture
def hooks() -> Iterator[list[str]]:
    """Restores the exception hooks of this process after a test."""
    told: list[str] = []
    before = sys.excepthook, threading.excepthook
    crash.catch_bugs(told.append)
    yield told
    sys.excepthook, threading.excepthook = before


def test_a_bug_is_logged_by_place_and_without_its_text(
    hooks: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    try:
        raise ValueError("секретный текст")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)

    assert hooks == ["ValueError"]
    assert "unhandled exception: ValueError at test_logs.py" in caplog.text
    assert "секретный" not in caplog.text


def test_a_bug_in_a_thread_is_told_too(hooks: list[str], caplog: pytest.LogCaptureFixture) -> None:
    def work() -> None:
        raise KeyError("секретный текст")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(5)

    assert hooks == ["KeyError"]
    assert "секретный" not in caplog.text


def test_a_bridge_brings_events_in_order_on_the_gui_thread(owner: QObject, qtbot: QtBot) -> None:
    came: list[tuple[int, int]] = []
    bridge: Bridge[int] = Bridge(lambda event: came.append((event, threading.get_ident())), owner)

    with ThreadPoolExecutor(1) as thread:
        for number in range(200):
            thread.submit(bridge.post, number)
    assert came == []
    qtbot.waitUntil(lambda: len(came) == 200, timeout=3000)

    assert [event for event, _thread in came] == list(range(200))
    assert {thread_id for _event, thread_id in came} == {threading.get_ident()}


def test_an_expected_failure_goes_to_its_handler(owner: QObject) -> None:
    failed: list[Exception] = []
    future: Future[int] = Future()
    Deliveries(owner).deliver(future, lambda _n: None, failed.append, (StoreUnavailable,))

    future.set_exception(StoreUnavailable("SQLITE_FULL"))
    QCoreApplication.processEvents()

    assert [type(error) for error in failed] == [StoreUnavailable]


def test_any_other_failure_is_a_bug_and_is_raised(owner: QObject) -> None:
    failed: list[Exception] = []
    future: Future[int] = Future()
    Deliveries(owner).deliver(future, lambda _n: None, failed.append, (StoreUnavailable,))

    future.set_exception(KeyError("x"))
    with capture_exceptions() as caught:
        QCoreApplication.processEvents()

    assert failed == []
    assert [kind for kind, _error, _trace in caught] == [KeyError]
