"""Test of headset buttons, the port of the phone's self-test, and keys of settings sections."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from console.core.deliveries import Bridge
from telephony.findings import SelfTestOrder
from telephony.headset.descriptor import Button
from telephony.headset.watch import HeadsetEvent, HeadsetTrouble, Tell


@dataclass(frozen=True, slots=True)
class HeadsetState:
    """Connected headsets with buttons, by model.

    `unusable` is the first headset with unreadable buttons, and the reason. `last` is the button
    pressed last.
    """

    models: tuple[str, ...] = ()
    unusable: tuple[str, HeadsetTrouble] | None = None
    last: Button | None = None


class SelfTestPort(Protocol):
    """Runs the self-test in another process; findings and the end are signalled."""

    @property
    def found(self) -> SignalInstance: ...

    @property
    def ended(self) -> SignalInstance: ...

    def start(self, order: SelfTestOrder) -> None: ...

    def stop(self) -> None: ...


ACCOUNT, DEVICES, BUTTONS, CENTRE = "account", "devices", "buttons", "centre"


STOP_DEADLINE_S = 2.0


class Watching(Protocol):
    """Watches headsets on dedicated threads and reports events."""

    def start(self) -> None: ...

    def stop(self, deadline_s: float) -> bool: ...


class HeadsetTrial(QObject):
    """Test of headset buttons; waiting for the end of a watch runs on the worker. GUI
    thread only.
    """

    told = Signal(object)  # HeadsetEvent

    def __init__(
        self, make: Callable[[Tell], Watching], worker: Executor, parent: QObject | None = None
    ) -> None:
        """`make` creates a watch that sets no LEDs, because these show the state of calls."""
        super().__init__(parent)
        self._make = make
        self._worker = worker
        self._number = 0
        self._watch: Watching | None = None
        self._bridge: Bridge[tuple[int, HeadsetEvent]] = Bridge(self._take, self)

    def start(self) -> None:
        """Starts watching; late events of a previous watch are ignored."""
        self.stop()
        self._number += 1
        number = self._number
        self._watch = self._make(lambda event: self._bridge.post((number, event)))
        self._watch.start()

    def stop(self) -> None:
        """Stops watching without blocking."""
        watch, self._watch = self._watch, None
        if watch is not None:
            self._worker.submit(watch.stop, STOP_DEADLINE_S)

    def close(self) -> None:
        """Stops watching at shutdown and waits for the end."""
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.stop(STOP_DEADLINE_S)

    def _take(self, told: tuple[int, HeadsetEvent]) -> None:
        number, event = told
        if self._watch is not None and number == self._number:
            self.told.emit(event)
