"""The media thread gets a higher priority if the system permits it, and works without it."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from telephony.media.thread_priority import raise_thread_priority

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own values")


def in_a_thread() -> tuple[bool, int, int]:
    """Returns the result of `raise_thread_priority()` in a new thread, and its policy and nice
    value.
    """

    def run() -> tuple[bool, int, int]:
        raised = raise_thread_priority()
        nice = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
        return raised, os.sched_getscheduler(0), nice

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def refuse(*_: object) -> None:
    raise PermissionError


def test_what_is_told_is_what_the_system_has_granted() -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0)
    raised, policy, nice = in_a_thread()
    assert raised == (policy != os.SCHED_OTHER or nice < before)
    assert os.sched_getscheduler(0) == os.SCHED_OTHER  # this thread's own


def test_without_the_right_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_setscheduler", refuse)
    monkeypatch.setattr(os, "setpriority", refuse)
    before = os.getpriority(os.PRIO_PROCESS, 0)
    assert in_a_thread() == (False, os.SCHED_OTHER, before)
