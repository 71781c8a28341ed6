"""Retention periods of personal data as command-line options."""

from __future__ import annotations

import pytest

from sync.cli import main

TERMS = [
    ("worker", "--dsn", "none", "--calls-days"),
    ("worker", "--dsn", "none", "--messages-days"),
    ("central", "end-terms", "--dsn", "none", "--calls-days"),
    ("central", "end-terms", "--dsn", "none", "--messages-days"),
    *(("end-terms", f"--{of}-days") for of in ("calls", "messages", "synced", "notes")),
]


@pytest.mark.parametrize("days", ["1000000", "36501", "-1", "a year"])
@pytest.mark.parametrize("command", TERMS)
def test_a_term_that_no_calendar_has_is_a_wrong_usage(command: tuple[str, ...], days: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*command, days])

    assert caught.value.code == 2
