"""The most urgent hint for the text of a card, updated while it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.features.call_script.presenter import LOOK_MS, CallHintPresenter
from kb.errors import DirectoryUnusable
from sync.register.checks.finding import FindingKind, Level
from tests.fakes.console_fakes import Clock
from tests.fakes.console_phone import Call
from tests.fakes.faked_desk import FakedDesk
from tests.fakes.reader import FakeReader


@dataclass
class Work:
    """A call in progress with a busy text reader that recognises a smell of gas."""

    desk: FakedDesk
    reader: FakeReader
    hint: CallHintPresenter


@pytest.fixture
def work(
    owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path, qtbot: QtBot
) -> Iterator[Work]:
    desk, reader = FakedDesk(owner, milestones, clock, tmp_path), FakeReader()
    hint = CallHintPresenter(desk.desk, reader, Deliveries(owner), milestones, owner)
    reader.finds["газ"] = (FindingKind.EMERGENCY, Level.BLOCK, "gas")
    reader.held = True
    call = Call()
    for event in (call.ringing(), call.answered()):
        desk.desk.receive(event)
    qtbot.waitUntil(lambda: desk.desk.state.card is not None)
    yield Work(desk, reader, hint)
    desk.entries.close()


def type_in(work: Work, text: str) -> None:
    card = work.desk.desk.state.card
    assert card is not None
    work.desk.desk.change_card(replace(card, content=text))


def test_a_busy_reader_has_one_text_waiting_and_reads_the_newest_next(
    work: Work, qtbot: QtBot
) -> None:
    reader, hint = work.reader, work.hint
    type_in(work, "Во дворе")
    qtbot.waitUntil(lambda: reader.waiting == ["Во дворе"])
    for typed in ("Во дворе пахнет", "Во дворе пахнет газом"):
        type_in(work, typed)
        qtbot.wait(LOOK_MS + 100)
    assert reader.waiting == ["Во дворе"]
    assert not hint.state.is_danger

    reader.release()
    qtbot.waitUntil(lambda: reader.waiting == ["Во дворе пахнет газом"])
    reader.release()
    qtbot.waitUntil(lambda: hint.state.is_danger)


def test_the_next_words_are_read_where_those_before_could_not_be(
    work: Work, tmp_path: Path, qtbot: QtBot
) -> None:
    reader, hint = work.reader, work.hint
    type_in(work, "Во дворе")
    qtbot.waitUntil(lambda: bool(reader.waiting))
    type_in(work, "Во дворе пахнет газом")
    reader.fails = DirectoryUnusable(tmp_path, "SQLITE_CORRUPT")
    reader.release()
    reader.fails = None
    qtbot.waitUntil(lambda: bool(reader.waiting))
    reader.release()
    qtbot.waitUntil(lambda: hint.state.is_danger)
