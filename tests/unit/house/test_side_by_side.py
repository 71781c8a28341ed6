"""Distribution of test files: timed files run one after another, the others on all processes."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest
from xdist.workermanage import WorkerController

from tests.side_by_side import MANY_FILES, SideBySide, processes_for

CALLS = [f"tests/integration/telephony/test_{number}.py" for number in range(3)]
DESKS = [f"tests/end_to_end/test_{number}.py" for number in range(2)]
STORES = [f"tests/integration/sync/test_{number}.py" for number in range(3)]
UNITS = [f"tests/unit/kb/test_{number}.py" for number in range(4)]
TESTS = [
    f"{file}::test_{number}" for file in (*UNITS, *CALLS, *STORES, *DESKS) for number in range(4)
]


class Process:
    """A fake process of pytest-xdist that executes requests immediately."""

    def __init__(self, name: str) -> None:
        self.gateway = SimpleNamespace(id=name)
        self.shutting_down = False
        self.waiting: list[int] = []
        self.done: list[str] = []

    def send_runtest_some(self, indices: Sequence[int]) -> None:
        self.waiting += indices

    def shutdown(self) -> None:
        self.shutting_down = True


class Config:
    option = SimpleNamespace(loadscopereorder=False)

    def getvalue(self, name: str) -> list[str]:
        assert name == "tx"
        return ["2*popen"]


def begun() -> tuple[SideBySide, tuple[Process, Process]]:
    scheduler = SideBySide(cast(pytest.Config, Config()))
    processes = Process("gw0"), Process("gw1")
    for process in processes:
        scheduler.add_node(cast(WorkerController, process))
    for process in processes:
        scheduler.add_node_collection(cast(WorkerController, process), TESTS)
    scheduler.schedule()
    return scheduler, processes


def do_one(scheduler: SideBySide, process: Process) -> None:
    index = process.waiting.pop(0)
    process.done.append(TESTS[index].split("::")[0])
    scheduler.mark_test_complete(cast(Any, process), index)


def files(process: Process) -> list[str]:
    """Files in the order in which they were started."""
    return list(dict.fromkeys(process.done))


def test_timed_files_have_a_process_and_the_rest_another() -> None:
    scheduler, (first, second) = begun()
    while first.waiting or second.waiting:
        for process in (first, second):
            if process.waiting:
                do_one(scheduler, process)

    assert files(first)[:3] == CALLS
    assert files(second)[:3] == STORES
    assert files(first)[-1] in UNITS
    assert not {*CALLS} & {*second.done}
    assert sorted(first.done + second.done) == sorted(each.split("::")[0] for each in TESTS)


@pytest.mark.parametrize("quick", [0, 1])
def test_every_test_is_done_once_whichever_process_is_through_first(quick: int) -> None:
    scheduler, processes = begun()
    while processes[0].waiting or processes[1].waiting:
        chosen = processes[quick] if processes[quick].waiting else processes[1 - quick]
        do_one(scheduler, chosen)

    assert scheduler.tests_finished
    assert all(process.shutting_down for process in processes)
    assert sorted(processes[0].done + processes[1].done) == sorted(
        each.split("::")[0] for each in TESTS
    )
    assert not {*CALLS} & {*processes[1].done}
    if quick == 0:
        assert {*STORES, *DESKS, *UNITS} & {*processes[0].done}


@pytest.mark.parametrize(
    ("folder", "files", "processes"),
    [
        ("tests/unit/kb/", MANY_FILES - 1, 0),
        ("tests/unit/kb/", MANY_FILES, 4),
        ("tests/integration/sync/", MANY_FILES - 1, 0),
        ("tests/integration/sync/", MANY_FILES, 5),
        ("tests/end_to_end/complaints/", MANY_FILES, 5),
        ("tests/integration/telephony/", MANY_FILES, 0),
    ],
)
def test_cores_that_would_wait_have_one_process_more(
    folder: str, files: int, processes: int
) -> None:
    assert processes_for([f"{folder}test_{number}.py" for number in range(files)], 4) == processes
