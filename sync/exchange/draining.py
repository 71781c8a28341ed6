"""Waiting until the centre has all that the outbox holds."""

from __future__ import annotations

import threading
from enum import StrEnum

from sync.errors import StoreUnavailable
from sync.exchange.failures import FailureKind
from sync.exchange.sender import CentralState, Sender
from sync.store.register import RegisterStore

LOOK_S = 0.25


class Drained(StrEnum):
    """How the waiting ended."""

    EMPTY = "empty"
    REFUSED = "refused"
    """Nothing waits, and the centre refuses some of it."""
    STATION_TAKEN = "station_taken"
    """Another store sends under our code: waiting would not help."""
    STOPPED = "stopped"


def drain(store: RegisterStore, sender: Sender, ended: threading.Event) -> Drained:
    """Wait until nothing waits in the outbox, or for ``ended``; the sender runs already.

    Somebody is waiting: the sender is woken from its pauses.
    """
    while True:
        try:
            is_empty = not store.outbox_waiting(1)
        except StoreUnavailable:
            is_empty = False  # a full or busy disk: the sender tells of it
        if is_empty:
            return Drained.REFUSED if store.outbox_status().poison else Drained.EMPTY
        status = sender.status()
        if status.state is CentralState.LOST and status.kind is FailureKind.STATION_TAKEN:
            return Drained.STATION_TAKEN
        sender.wake()
        if ended.wait(LOOK_S):
            return Drained.STOPPED
