"""kill -9: no acknowledged record is lost, and an upgrade that was killed goes through later."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sync.register.calls import CallState
from sync.register.numbering import RegistrationNumber, parse
from sync.store.keys import StoreKey, make_key, write_key_file
from sync.store.reading import RegisterReading
from sync.store.register import RegisterStore

ROOT = Path(__file__).parents[3]
WAIT_S = 30


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def key(path: Path) -> StoreKey:
    made = make_key()
    write_key_file(made, path)
    return made


def run(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.fakes.{module}", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )


def test_a_process_killed_while_saving_loses_no_acknowledged_record(
    path: Path, key: StoreKey
) -> None:
    acknowledged: dict[str, list[object]] = {}
    for kill_after in (1, 7, 23, 40):
        child = run("saving_child", str(path))
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(kill_after)]
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read().splitlines()
        child.stdout.close()
        assert child.wait(WAIT_S) == -signal.SIGKILL
        for line in (*lines, *rest):
            id, *fields = json.loads(line)
            acknowledged[id] = fields

    store = RegisterStore.open(path, key)  # checks every page
    try:
        rows = {str(row.entity_id): row.rev for row in store.outbox_waiting(100_000)}
        for id, (number_text, revision, content) in acknowledged.items():
            number = parse(str(number_text))
            assert isinstance(number, RegistrationNumber)
            card = store.call_by_number(number)
            assert card is not None
            assert (str(card.id), card.revision, card.content) == (id, revision, content)
            assert card.state is CallState.CLOSED
            assert rows[id] == revision
        assert len(acknowledged) >= 71
        # what was begun and not acknowledged is whole, or is not there
        assert all(card.state is CallState.DRAFT for card in store.drafts())
        assert len(store.drafts()) <= 4
    finally:
        store.close_store()


def test_a_first_start_killed_at_any_step_goes_through_at_the_next(
    key: StoreKey, path: Path
) -> None:
    child = run("migrating_child", str(path))
    output, _ = child.communicate(timeout=WAIT_S)
    assert child.returncode == 0
    *killed, last = map(int, output.split())
    assert last == 0
    assert set(killed) == {-signal.SIGKILL}
    assert len(killed) >= 15
    for step in range(1, len(killed) + 1):
        target = path.parent / f"step-{step}" / path.name
        RegisterStore.open(target, key).close_store()
        RegisterReading.open_for_reading(target, key).close_reading()
