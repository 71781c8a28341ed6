"""Configuration of all tests: location, compiled modules, number of examples."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer

from sync.register.numbering import MOSCOW
from tests.fakes.memory_folder import memory_folder
from tests.fakes.store_template import StoreTemplate
from tests.side_by_side import FIRST, SideBySide, processes_for

ROOT = Path(__file__).parents[1]
GIVES_WAY = 3
MEMORY = memory_folder()
MEMORY_BYTES = 4 * 2**30
# Longest duration of a test that depends on the current date, including on a busy machine.
USUALLY_S, LONGEST_S = 15.0, {"integration": 60.0, "end_to_end": 420.0}

# Tests start many product processes; each would compile all its modules again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def _has_room_in_memory() -> bool:
    """Whether the memory file system has enough space for the files that tests write."""
    return (
        MEMORY is not None
        and os.access(MEMORY, os.W_OK)
        and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
        and shutil.disk_usage(MEMORY).free >= MEMORY_BYTES
    )


# A store waits for the disk at each commit, which takes longer than most tests need otherwise.
# Processes are killed here, machines are not: what a cut of the power leaves is worked out from a
# record of the writes.
if "TMPDIR" not in os.environ and _has_room_in_memory():
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None

# Test keys must not get into the machine's keyring; keyring would also pick up a backend class
# defined by a test.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# A busy machine is no finding, so no example has a deadline. For a longer search:
# --hypothesis-profile=thorough
settings.register_profile("quick", max_examples=60, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("quick")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Number of processes suitable for the selected files."""
    chosen = {
        (config.invocation_params.dir / name.split("::")[0]).resolve() for name in config.args
    }
    found = {
        file for each in chosen for file in (each.rglob("test_*.py") if each.is_dir() else [each])
    }
    paths = {Path(os.path.relpath(file, ROOT)).as_posix() for file in found}
    return processes_for(paths, os.cpu_count() or 1)


def pytest_configure(config: pytest.Config) -> None:
    """Gives priority to the process with the timed tests, and to its child processes."""
    if os.environ.get("PYTEST_XDIST_WORKER", FIRST) != FIRST:
        os.nice(GIVES_WAY)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Delays a test that could span midnight in the city.

    Data created for the current day would otherwise be queried on the next day, sometimes in
    another month.
    """
    needed_s = LONGEST_S.get(item.path.relative_to(ROOT).parts[1], USUALLY_S)
    while (left_s := left_of_day_s(datetime.now(MOSCOW))) < needed_s:
        time.sleep(min(left_s, 1.0))


def left_of_day_s(now: datetime) -> float:
    """Seconds until midnight in the time zone of ``now``."""
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
    return (midnight - now).total_seconds()


def pytest_collection_finish() -> None:
    """Freezes thousands of permanent tests and modules, so the collector skips them."""
    gc.collect()
    gc.freeze()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> SideBySide:
    return SideBySide(config, log)


@pytest.fixture(scope="session")
def store_template(tmp_path_factory: pytest.TempPathFactory) -> StoreTemplate:
    """An empty store to copy."""
    return StoreTemplate.make(tmp_path_factory.mktemp("store-template"))
