"""Waiting until the centre has all that the outbox holds."""

from __future__ import annotations

import threading
from enum import StrEnum

from sync.errors import StoreUnavailable
from sync.exchange.failures import FailureKind
from sync.exchange.sender import CentralState, Sender
from sync.store.audit import audit_waits
from sync.store.register import RegisterStore

LOOK_S = 0.25
HOPELESS = (FailureKind.STATION_TAKEN, FailureKind.STORE_BEHIND)


class Drained(StrEnum):
    """How the waiting ended."""

    EMPTY = "empty"
    REFUSED = "refused"
    """Nothing waits, and the centre refuses some of it."""
    STATION_TAKEN = "station_taken"
    """Another store sends under our code, or ours is behind: waiting would not help."""
    STOPPED = "stopped"


def drain(
    store: RegisterStore, sender: Sender, ended: threading.Event, look_s: float = LOOK_S
) -> Drained:
    """Wait until nothing waits in the outbox, or for ``ended``; the sender runs already.

    An outbox where nothing waits is believed only when the centre was reached: one that fell back
    to an older state lacks what was sent before. Somebody is waiting, so the sender is woken from
    its pauses.
    """
    while True:
        status = sender.status()
        try:
            is_empty = (
                status.state is CentralState.REACHED
                and not store.read(audit_waits)
                and not store.outbox_waiting(1)
            )
        except StoreUnavailable:
            is_empty = False  # a full or busy disk: the sender tells of it
        if is_empty:
            return Drained.REFUSED if store.outbox_status().poison else Drained.EMPTY
        if status.state is CentralState.LOST and status.kind in HOPELESS:
            return Drained.STATION_TAKEN
        sender.wake()
        if ended.wait(look_s):
            return Drained.STOPPED
