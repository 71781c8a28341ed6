"""Looks every few seconds whether headset and ringer are plugged in, also while no call is up."""

import threading
from collections.abc import Callable

from telephony.device_presence import DevicePresence

LOOK_S = 5.0


class DeviceWatch:
    """A thread of its own: a sound server that hangs holds up nobody else.

    ``tell`` is called on it, with the first look and with each that differs from the one before.
    """

    def __init__(
        self,
        look: Callable[[], DevicePresence],
        tell: Callable[[DevicePresence], None],
        look_s: float = LOOK_S,
    ) -> None:
        self._look = look
        self._tell = tell
        self._look_s = look_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="device-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, deadline_s: float) -> bool:
        """End; True when the thread is gone by the deadline."""
        self._stopping.set()
        self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        known: DevicePresence | None = None
        while not self._stopping.is_set():
            found = self._look()
            if found != known:
                known = found
                self._tell(found)
            self._stopping.wait(self._look_s)
