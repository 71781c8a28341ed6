"""Whether a call was missed out of hours, as replicated to other workplaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.register.calls import calls
from sync.register.calls.missed import MissedElsewhere
from sync.store.local.callers import HistoryFeed
from sync.store.local.calls.missed import MissedCalls
from sync.store.local.keys import StoreKey
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, new_call
from tests.integration.sync.exchange.test_feed_records import send, take

BY_DAY, AT_NIGHT = "+79005550181", "+79005550182"


@pytest.fixture
def other(tmp_path: Path, key: StoreKey) -> Iterator[RegisterStore]:
    """The register of a second workplace."""
    opened = RegisterStore.open(tmp_path / "other.db", key, first_station="0002")
    yield opened
    assert opened.close_store()


def miss(store: RegisterStore) -> None:
    at = datetime.now(UTC) - timedelta(hours=1)
    for index, phone in enumerate((BY_DAY, AT_NIGHT)):
        call = replace(new_call(index, at), caller_number=phone, out_of_hours=phone == AT_NIGHT)
        card = store.open_card(call, OPERATOR).result()
        store.close(calls.missed(card, at, "caller_gave_up")).result()


def at_night(store: RegisterStore) -> dict[str, bool]:
    """Returns the missed calls that this workplace received from others."""
    waiting = MissedCalls(store).still_open()
    return {one.phone: one.out_of_hours for one in waiting if isinstance(one, MissedElsewhere)}


def test_the_others_see_that_a_call_came_after_hours(
    store: RegisterStore, other: RegisterStore, dsn: str
) -> None:
    miss(store)
    send(dsn, store)
    take(dsn, other, HistoryFeed(other))
    assert at_night(other) == {BY_DAY: False, AT_NIGHT: True}
