"""The watchdog cancels operations that exceed their limit, and nothing else."""

from __future__ import annotations

import threading

from sync.exchange.central_choice import Watchdog

WAIT_S = 10


def test_what_hangs_is_broken_off() -> None:
    aborted = threading.Event()
    watchdog = Watchdog(aborted.set, 0.01)
    with watchdog.watching():
        assert aborted.wait(WAIT_S)
    assert watchdog.has_bitten


def test_what_ends_in_time_is_left_alone() -> None:
    aborted = threading.Event()
    watchdog = Watchdog(aborted.set, 600)
    with watchdog.watching():
        assert any(thread.name == "exchange-watchdog" for thread in threading.enumerate())
    assert not watchdog.has_bitten
    assert not aborted.is_set()


def test_a_late_bite_does_not_touch_the_next_block() -> None:
    aborted = threading.Event()
    watchdog = Watchdog(aborted.set, 600)
    with watchdog.watching():
        late = watchdog._watched
    with watchdog.watching():
        watchdog._bite(late)
        assert not aborted.is_set()
    watchdog._bite(late)
    assert not aborted.is_set()


def test_the_end_of_a_block_waits_for_a_bite_under_way() -> None:
    biting, go_on = threading.Event(), threading.Event()
    ended = threading.Event()

    def abort() -> None:
        biting.set()
        assert go_on.wait(WAIT_S)

    watchdog = Watchdog(abort, 0.01)

    def work() -> None:
        with watchdog.watching():
            assert biting.wait(WAIT_S)
        ended.set()

    worker = threading.Thread(target=work)
    worker.start()
    assert biting.wait(WAIT_S)
    assert not ended.is_set()
    go_on.set()
    worker.join(WAIT_S)
    assert ended.is_set()
