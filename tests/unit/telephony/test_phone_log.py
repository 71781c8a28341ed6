"""The log of the phone's process is read with that of the console: both are in UTC."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from telephony.cli import log_formatter


@pytest.fixture
def in_kamchatka(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The zone of this computer is another one for a while."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "Asia/Kamchatka")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_kamchatka")
def test_a_line_of_the_log_is_in_utc_whatever_the_zone_of_the_computer() -> None:
    at = datetime(2026, 11, 25, 20, 59, 58, tzinfo=UTC)
    record = logging.makeLogRecord(
        {
            "name": "telephony",
            "levelname": "INFO",
            "msg": "started",
            "created": at.timestamp(),
            "msecs": 7.0,
        }
    )

    assert log_formatter().format(record) == "2026-11-25 20:59:58,007 INFO telephony started"
