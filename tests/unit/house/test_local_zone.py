"""No data depends on the computer's time zone, which may change at run time."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PRODUCT = ("console", "kb", "sync", "telephony")
WITH_ZONE = {"datetime.now": 0, "datetime.fromtimestamp": 1, "astimezone": 0}
"""The argument of these functions that names the zone; without it the computer's zone is used."""
OF_THE_COMPUTER = {
    *("date.today", "datetime.today", "datetime.utcnow", "time.localtime", "time.ctime"),
    *("time.asctime", "time.strftime", "time.mktime", "date.fromtimestamp"),
    *("QDate.currentDate", "QTime.currentTime", "QDateTime.currentDateTime"),
}
ALLOWED = {"console/features/diagnostics/bundle.py"}
"""The local time of the computer is one of the facts of a bundle."""


def local_moments(source: str) -> list[int]:
    """Lines that request a time in the computer's zone."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and _is_local(node.func, node)
    ]


def _is_local(asked: ast.Attribute, call: ast.Call) -> bool:
    name = f"{ast.unparse(asked.value).rpartition('.')[2]}.{asked.attr}"
    place = WITH_ZONE.get(name, WITH_ZONE.get(asked.attr))
    is_without_zone = place is not None and len(call.args) <= place and not call.keywords
    return name in OF_THE_COMPUTER or is_without_zone


@pytest.mark.parametrize(
    "source",
    [
        "datetime.now()",
        "datetime.datetime.now()",
        "datetime.today()",
        "date.today()",
        "datetime.utcnow()",
        "at.astimezone()",
        "datetime.fromtimestamp(at_s)",
        "time.localtime(at_s)",
        "QDate.currentDate()",
        "QDateTime.currentDateTime()",
    ],
)
def test_a_moment_by_the_zone_of_the_computer_is_found(source: str) -> None:
    assert local_moments(source) == [1]


@pytest.mark.parametrize(
    "source",
    [
        "datetime.now(UTC)",
        "datetime.now(tz=zone)",
        "at.astimezone(zone)",
        "datetime.fromtimestamp(at_s, UTC)",
        "time.monotonic()",
        "func.now()",
    ],
)
def test_a_moment_of_a_named_zone_passes(source: str) -> None:
    assert local_moments(source) == []


def test_no_moment_goes_by_the_zone_of_the_computer() -> None:
    found = {
        f"{name}:{line}"
        for part in PRODUCT
        for file in sorted((ROOT / part).rglob("*.py"))
        if (name := file.relative_to(ROOT).as_posix()) not in ALLOWED
        for line in local_moments(file.read_text(encoding="utf-8"))
    }

    assert found == set()
