"""Score of a saved record: identification of the lesson, its errors, and progress."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.features.training.lessons import (
    Lesson,
    Result,
    keep_result,
    read_lessons,
    read_results,
    standings,
)
from console.features.training.presenter import TrainingPlace, TrainingPresenter
from console.shared.session.live_calls import CardSaved
from sync.register.calls.calls import CallResult
from sync.register.training import Work
from tests.fakes.console_fakes import Clock, InlineExecutor, Told
from tests.fakes.console_phone import connected
from tests.fakes.console_register import FakeRegister
from tests.fakes.faked_parts.shared import RESOURCES
from tests.fakes.led_desk import usual_status
from tests.fakes.training_records import KnownWork, empty_call, empty_work, perfect_work

LIMIT_MS = 20_000
LESSONS = {lesson.key: lesson for lesson in read_lessons(RESOURCES / "training")}


class Training:
    def __init__(
        self, owner: QObject, clock: Clock, folder: Path, python: Path = Path(sys.executable)
    ) -> None:
        self.status = usual_status(FakeRegister(), Deliveries(owner), clock, owner)
        self.work = KnownWork()
        self.results = folder / "training" / "results.jsonl"
        self.takes_calls = True
        self.presenter = TrainingPresenter(
            tuple(LESSONS.values()),
            self.status,
            self.work,
            lambda key: f"название {key}",
            TrainingPlace(python, self.results),
            InlineExecutor(),
            Deliveries(owner),
            owner,
            takes_calls=lambda: self.takes_calls,
            clock=clock,
        )
        self.offered = Told(self.presenter.offered)
        self.started = Told(self.presenter.started)

    def save(self, lesson: Lesson, work: Work, *, by_itself: bool = False) -> None:
        self.work.work = work
        self.presenter.receive_saved(CardSaved(work.call, by_itself))
        self.settle()

    def settle(self) -> None:
        for _round in range(4):
            QCoreApplication.processEvents()

    def rows(self) -> dict[str, tuple[bool, str, str]]:
        score = self.presenter.state.score
        assert score is not None
        return {row.text: (row.is_right, row.detail, row.paragraph) for row in score.rows}


@pytest.fixture
def training(owner: QObject, clock: Clock, tmp_path: Path) -> Training:
    return Training(owner, clock, tmp_path)


def test_a_good_record_has_all_points_and_the_lesson_stands_so(training: Training) -> None:
    lesson = LESSONS["typical"]
    training.save(lesson, perfect_work(lesson))
    score = training.presenter.state.score

    assert score is not None
    assert (score.share, score.verdict) == (100, "Всё верно")
    assert len(training.offered.values) == 1
    assert training.presenter.state.standings["typical"].best == 100
    (kept,) = [json.loads(line) for line in training.results.read_text("utf-8").splitlines()]
    assert (kept["lesson"], kept["earned"]) == ("typical", kept["most"])
    assert lesson.caller_number not in training.results.read_text("utf-8")


def test_what_was_wrong_stands_first_with_its_paragraph_and_what_is_right(
    training: Training,
) -> None:
    lesson = LESSONS["typical"]
    work = perfect_work(lesson)
    call = replace(work.call, result=CallResult.CONTACTS, used_entries=())
    training.save(lesson, replace(work, call=call))
    score = training.presenter.state.score

    assert score is not None
    assert [row.is_right for row in score.rows][:3] == [False, False, True]
    rows = training.rows()
    assert rows["Итог подходит вызову"] == (False, "верно: ответил", "п. 7.4")
    is_right, detail, paragraph = rows["Ответ взят из справочника"]
    assert (is_right, paragraph) == (False, "п. 8.1")
    assert "«название q-waste-schedule»" in detail


def test_the_best_and_the_last_result_are_kept_over_starts(
    training: Training, owner: QObject, clock: Clock, tmp_path: Path
) -> None:
    lesson = LESSONS["typical"]
    training.save(lesson, perfect_work(lesson))
    training.save(lesson, empty_work(lesson))
    again = Training(owner, clock, tmp_path)
    again.presenter.read_results()
    again.settle()

    found = again.presenter.state.standings["typical"]
    assert (found.best, found.last, found.times) == (100, 0, 2)


def test_a_line_that_was_cut_costs_no_other_result(tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    keep_result(file, Result("typical", "2026-11-25T12:00:00+03:00", 3, 4))
    with file.open("a", encoding="utf-8") as lines:
        lines.write('{"lesson": "typ\n{"lesson": "x"}\n[]\n')
    keep_result(file, Result("silent", "2026-11-25T12:05:00+03:00", 0, 0))

    assert {key: one.best for key, one in standings(read_results(file)).items()} == {
        "typical": 75,
        "silent": 0,
    }


def test_a_call_of_nobody_s_lesson_is_not_scored(training: Training) -> None:
    lesson = LESSONS["typical"]
    work = perfect_work(lesson)
    training.save(lesson, replace(work, call=replace(work.call, caller_number_raw="89005550199")))
    training.save(lesson, replace(work, call=replace(work.call, direction="outgoing")))

    assert (training.presenter.state.score, training.work.asked) == (None, [])


def test_a_missed_call_is_scored_when_it_is_dealt_with(training: Training) -> None:
    lesson = LESSONS["missed"]
    call = replace(empty_call(lesson), answered_at=None, result=CallResult.NOT_ANSWERED)
    training.save(lesson, Work(call), by_itself=True)
    training.presenter.look_at_missed()
    training.settle()
    assert training.presenter.state.score is None

    training.work.work = Work(call, is_dealt_with=True)
    for _time in range(2):
        training.presenter.look_at_missed()
        training.settle()
    score = training.presenter.state.score
    assert score is not None
    assert score.share == 100
    assert len(read_results(training.results)) == 1


def test_who_speaks_of_an_earlier_call_is_played_after_it(training: Training) -> None:
    training.status.receive_phone(connected())
    training.presenter.begin("repeated")
    assert LESSONS["message"].title in training.presenter.state.problem
    assert training.started.values == []


def test_a_store_that_cannot_be_read_is_told(training: Training) -> None:
    lesson = LESSONS["typical"]
    training.presenter.receive_saved(CardSaved(perfect_work(lesson).call, by_itself=False))
    training.settle()

    assert "не прочитан" in training.presenter.state.problem
    assert training.presenter.state.score is None


def test_without_a_phone_or_with_calls_refused_nothing_rings(training: Training) -> None:
    training.presenter.offer()
    training.presenter.begin("typical")
    assert "телефон" in training.presenter.state.problem.casefold()

    training.status.receive_phone(connected())
    training.takes_calls = False
    training.presenter.begin("typical")
    assert "F9" in training.presenter.state.problem
    assert training.started.values == []
    assert training.presenter.state.running is None
    training.presenter.offer()
    assert training.presenter.state.problem == ""


def test_the_next_lesson_waits_until_the_last_caller_has_put_down_the_receiver(
    owner: QObject, clock: Clock, tmp_path: Path, qtbot: QtBot
) -> None:
    receiver = tmp_path / "put-down"
    caller = tmp_path / "caller"
    told = tmp_path / "told"
    caller.write_text(
        f"#!/bin/sh\necho $* >> {told}\nwhile [ ! -e {receiver} ]; do sleep 0.02; done\n", "utf-8"
    )
    caller.chmod(0o700)
    training = Training(owner, clock, tmp_path, python=caller)
    training.status.receive_phone(connected())
    presenter, lesson = training.presenter, LESSONS["typical"]
    presenter.begin("typical")
    presenter.begin("silent")
    assert "уже идёт" in presenter.state.problem
    training.save(lesson, perfect_work(lesson))
    presenter.begin("silent")
    assert presenter.state.running == lesson
    assert len(training.started.values) == 1

    receiver.touch()
    qtbot.waitUntil(lambda: len(training.started.values) == 2, timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: presenter.state.running is None, timeout=LIMIT_MS)
    # The trainee's speech is not stored: the simulated caller gets no folder for it.
    rung = told.read_text("utf-8").splitlines()
    assert [line.split()[4] for line in rung] == ["typical", "silent"]
    assert [line for line in rung if "--record" in line] == []
