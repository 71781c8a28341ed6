"""Random sequences of saves, corrections, kills, cuts and restores of the central database match
the oracle.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from sync.store.local.register import RegisterStore
from tests.fakes.broken_workplace import HopefulStore
from tests.fakes.register_model import Bench, machine_of
from tests.fakes.store_template import StoreTemplate
from tests.fakes.tcp_proxy import TcpProxy

SHORT = settings(
    max_examples=12,
    stateful_step_count=10,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def bench(
    store_template: StoreTemplate,
    proxy: TcpProxy,
    dsn: str,
    through_proxy: Callable[[str], str],
) -> Callable[[type[RegisterStore]], Bench]:
    return lambda kind: Bench(store_template, proxy, dsn, through_proxy(dsn), kind)


def test_the_centre_holds_what_was_saved_whatever_happens(
    bench: Callable[[type[RegisterStore]], Bench],
) -> None:
    run_state_machine_as_test(machine_of(bench(RegisterStore)), settings=SHORT)


def test_the_model_finds_a_workplace_that_keeps_nothing_of_what_was_sent(
    bench: Callable[[type[RegisterStore]], Bench],
) -> None:
    model = machine_of(bench(HopefulStore))()
    model.begin()
    model.keep_a_copy_of_the_centre()
    model.save(2)
    model.send()
    model.fall_back_to_the_copy()
    with pytest.raises(AssertionError):
        model.teardown()
