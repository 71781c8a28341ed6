"""Power loss: every acknowledged record is on disk, and no number is given out twice.

The long run, with 1,000 cuts and the store without encryption for comparison, is
``tests.benchmarks.power_cuts``.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.store.local.keys import StoreKey
from sync.store.local.register import RegisterStore
from tests.fakes.memory_folder import memory_folder
from tests.fakes.power_replay import STORE, Outcome, one_place, record_run, replay
from tests.fakes.store_template import StoreTemplate

CALLS = 40
POINTS = 15  # two cuts each


@pytest.fixture
def memory() -> Iterator[Path]:
    """A memory-backed folder, if the system has one."""
    with tempfile.TemporaryDirectory(dir=memory_folder()) as folder:
        yield Path(folder)


@pytest.fixture
def path(path: Path, store_template: StoreTemplate) -> Path:
    """A store that was created and closed."""
    shutil.copyfile(store_template.path, path)
    return path


def cut(memory: Path, path: Path, key: StoreKey, *options: str) -> Outcome:
    before = {STORE: path.read_bytes()}
    record_run(path, memory / "record", CALLS, *options)
    (memory / "disk").mkdir()
    return replay(
        before,
        memory / "record",
        memory / "disk",
        lambda file: RegisterStore.open(file, key, place=one_place),
        points=POINTS,
    )


def test_a_power_cut_loses_nothing_that_was_told(memory: Path, path: Path, key: StoreKey) -> None:
    outcome = cut(memory, path, key)
    assert outcome.cuts == 2 * POINTS
    assert outcome.syncs > 3 * CALLS  # each commit
    assert outcome.carried > CALLS  # the log was checkpointed during the saves
    assert (outcome.lost, outcome.unreadable, outcome.doubled) == (0, 0, 0), outcome.worst


def test_a_store_that_syncs_only_at_checkpoints_is_found_out(
    memory: Path, path: Path, key: StoreKey
) -> None:
    outcome = cut(memory, path, key, "--synchronous", "NORMAL")
    # A sound store loses at none; the number for this one depends on its checkpoints.
    assert outcome.lost > POINTS // 2
    assert outcome.doubled > 0
