"""The shifted-clock test run uses the stated times, and the same times for the same seed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sync.register.numbering import MOSCOW
from tests.shifted_clock import MOMENTS, ZONES, Choice, choose

NOW = datetime(2026, 12, 1, 20, 7, tzinfo=UTC)
FILES = [f"tests/unit/test_{number}.py" for number in range(40)]


def choices(count: int = 400) -> list[Choice]:
    return [choose(seed, NOW, FILES, 0.5) for seed in range(count)]


def test_consecutive_seeds_try_each_moment_with_each_file() -> None:
    tried = [choose(seed, NOW, FILES, 0.2) for seed in range(100, 100 + 5 * len(MOMENTS))]

    assert {(one.moment.reason, file) for one in tried for file in one.files} == {
        (reason, file) for reason in MOMENTS for file in FILES
    }
    assert {one.zone for one in choices()} == set(ZONES)


def test_a_seed_repeats_its_run() -> None:
    assert choose(7, NOW, FILES, 0.5) == choose(7, NOW, list(reversed(FILES)), 0.5)
    assert len(choose(7, NOW, FILES, 0.5).files) == len(FILES) / 2
    assert choose(7, NOW, FILES, 1.0).files == tuple(sorted(FILES))


@pytest.mark.parametrize("now", [NOW, datetime(2028, 2, 29, 21, 5, tzinfo=UTC)])
def test_the_moments_are_those_that_they_are_named_after(now: datetime) -> None:
    for seed in range(400):
        moment = choose(seed, now, FILES, 0.5).moment
        local = moment.at.astimezone(MOSCOW)
        match moment.reason:
            case "in forty days":
                assert moment.at - now == timedelta(days=40)
            case "first of a month":
                assert (local.day, local.hour) == (1, 0)
            case "end of a year":
                assert (local.month, local.day, local.hour) == (12, 31, 23)
            case "29 February":
                assert (local.month, local.day) == (2, 29)
        assert moment.at > now
