"""Run the unit tests and the integration tests of sync under a shifted clock.

    python -m tests.shifted_clock [--seed NUMBER] [--share 0.5] [PYTEST ARGUMENTS]

Each run selects a start time, a time zone and a part of the test files at random; --seed with the
printed number repeats the selection. A preloaded library shifts the clock of pytest and of every
process that the tests start, including PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sync.register.numbering import MOSCOW

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("tests/unit", "tests/integration/sync")
# East and west of the city, a day apart, and half an hour off the full one; never UTC.
ZONES = (
    "America/Los_Angeles",
    "America/St_Johns",
    "Asia/Kamchatka",
    "Asia/Vladivostok",
    "Europe/Moscow",
    "Pacific/Kiritimati",
)
MONTHS_AHEAD = 30
SOURCE = ROOT / "tests" / "shifted_clock.c"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that the clock starts from, and the reason why it is tried."""

    reason: str
    at: datetime


def forty_days_on(now: datetime, chance: random.Random) -> datetime:
    return now + timedelta(days=40)


def first_of_a_month(now: datetime, chance: random.Random) -> datetime:
    """Within the first ten minutes of a month in the city."""
    local = now.astimezone(MOSCOW)
    months = local.year * 12 + local.month - 1 + chance.randint(1, MONTHS_AHEAD)
    first = datetime(months // 12, months % 12 + 1, 1, tzinfo=MOSCOW)
    return first + timedelta(seconds=chance.randrange(600))


def end_of_a_year(now: datetime, chance: random.Random) -> datetime:
    """Some minutes before midnight of 31 December in the city: the year ends during the run."""
    year = now.astimezone(MOSCOW).year + chance.randint(0, 1)
    return datetime(year, 12, 31, 23, chance.randint(50, 58), tzinfo=MOSCOW)


def leap_day(now: datetime, chance: random.Random) -> datetime:
    """Some time on the next 29 February."""
    year = now.astimezone(MOSCOW).year + 1
    while not (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)):
        year += 1
    return datetime(year, 2, 29, chance.randrange(24), chance.randrange(60), tzinfo=MOSCOW)


MOMENTS: dict[str, Callable[[datetime, random.Random], datetime]] = {
    "in forty days": forty_days_on,
    "first of a month": first_of_a_month,
    "end of a year": end_of_a_year,
    "29 February": leap_day,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What one run tries."""

    moment: Moment
    zone: str
    files: tuple[str, ...]


def choose(seed: int, now: datetime, files: Sequence[str], share: float) -> Choice:
    """The same for the same seed, time and files; ``share`` is the part of the files.

    Consecutive seeds try each moment with each part of the files.
    """
    chance = random.Random(seed)  # noqa: S311  # a choice of tests, no secret
    turn, number = divmod(seed, len(MOMENTS))
    reason = sorted(MOMENTS)[number]
    moment = Moment(reason, MOMENTS[reason](now, chance))
    parts = max(1, round(1 / share))
    return Choice(moment, chance.choice(ZONES), tuple(sorted(files)[turn % parts :: parts]))


def main(arguments: Sequence[str]) -> int:
    """Choose, print the choice, and run pytest under that clock."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.shifted_clock",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=random.SystemRandom().randrange(10**6),
        help="seed of the selection (default: random)",
    )
    parser.add_argument(
        "--share",
        type=float,
        default=0.5,
        help="share of the test files to run, at most 1 (default: %(default)s)",
    )
    options, to_pytest = parser.parse_known_args(arguments)
    files = [
        file.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("test_*.py")
    ]
    choice = choose(options.seed, datetime.now(UTC), files, options.share)
    start = choice.moment.at.astimezone(UTC)
    print(
        f"shifted clock: {choice.moment.reason}, start {start:%Y-%m-%d %H:%M:%S} UTC,"
        f" TZ={choice.zone}, {len(choice.files)} of {len(files)} files, --seed {options.seed}",
        flush=True,
    )
    os.chdir(ROOT)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["TZ"] = choice.zone
    command = [sys.executable, "-m", "pytest", "-q", *to_pytest, *choice.files]
    with compiled() as library:
        os.environ["LD_PRELOAD"] = str(library)
        os.environ["CLOCK_SHIFT_S"] = str(round((start - datetime.now(UTC)).total_seconds()))
        return subprocess.run(command, check=False).returncode


@contextmanager
def compiled() -> Iterator[Path]:
    """The library, where the users that servers run as can read it too."""
    with TemporaryDirectory(prefix="shifted-clock-") as folder:
        Path(folder).chmod(0o755)
        library = Path(folder) / "shifted_clock.so"
        compiler = ["cc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"]
        subprocess.run([*compiler, "-o", library, SOURCE, "-ldl"], check=True)
        yield library


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
