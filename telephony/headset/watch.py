"""Finds headsets, reads their buttons and sets their LEDs.

One thread searches for headsets, and each headset has a dedicated reader thread. Events are
reported on these threads.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from telephony.headset.descriptor import (
    Button,
    ButtonMoved,
    DescriptorFault,
    Lamp,
    Layout,
    ReportReader,
    lamp_reports,
    read_layout,
)
from telephony.headset.hid import HidDevice, HidPlace, HidPort, NoLibrary, NoPermission

LOG = logging.getLogger(__name__)
LOOK_S = 2.0
"""Search interval, and so the maximum delay for a newly connected headset."""
READ_MS = 100
"""Read timeout, and so the maximum delay of an LED change."""


class HeadsetTrouble(StrEnum):
    """Reason why the buttons of a connected headset are unusable."""

    NO_PERMISSION = "no_permission"
    NOT_OPENED = "not_opened"
    NOT_UNDERSTOOD = "not_understood"
    """Its report descriptor is invalid or contains no buttons."""
    NO_LIBRARY = "no_library"


@dataclass(frozen=True, slots=True)
class HeadsetFound:
    """A headset was found and its buttons are being read. ``shows`` are its LEDs."""

    key: bytes
    model: str
    has: frozenset[Button]
    shows: frozenset[Lamp]


@dataclass(frozen=True, slots=True)
class HeadsetUnusable:
    """A connected headset is unusable; reported once per reason."""

    key: bytes
    model: str
    trouble: HeadsetTrouble


@dataclass(frozen=True, slots=True)
class HeadsetGone:
    """The headset with this key was disconnected."""

    key: bytes


@dataclass(frozen=True, slots=True)
class HeadsetPressed:
    """A button of a headset was pressed or released."""

    key: bytes
    moved: ButtonMoved


HeadsetEvent = HeadsetFound | HeadsetUnusable | HeadsetGone | HeadsetPressed
Tell = Callable[[HeadsetEvent], None]


class HeadsetWatch:
    """Finds and reads headsets. ``tell`` is called on threads of this class; ``light`` is
    thread-safe.

    With ``set_lamps`` False it only reads buttons, for use next to another watch that sets the
    LEDs.
    """

    def __init__(
        self, port: HidPort, tell: Tell, look_s: float = LOOK_S, *, set_lamps: bool = True
    ) -> None:
        self._port = port
        self._tell = tell
        self._look_s = look_s
        self._set_lamps = set_lamps
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="headset-watch", daemon=True)
        self._lock = threading.Lock()
        self._read: dict[bytes, _Reading] = {}
        self._unusable: dict[bytes, tuple[HidPlace, HeadsetTrouble]] = {}

    def start(self) -> None:
        self._thread.start()

    def stop(self, deadline_s: float) -> bool:
        """Stops all threads and turns off the LEDs set by this object. Returns True if every thread
        ended in time.
        """
        self._stopping.set()
        self._thread.join(deadline_s)
        with self._lock:
            readings = tuple(self._read.values())
        for each in readings:
            each.join(deadline_s)
        return not self._thread.is_alive() and not any(each.is_alive() for each in readings)

    def light(self, key: bytes, lit: frozenset[Lamp]) -> None:
        """Turns exactly these LEDs on; ignored for a disconnected headset."""
        with self._lock:
            reading = self._read.get(key)
        if reading is not None:
            reading.light(lit)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                places = self._port.places()
            except NoLibrary:
                self._tell(HeadsetUnusable(b"", "", HeadsetTrouble.NO_LIBRARY))
                return
            self._compare({place.path: place for place in places})
            self._stopping.wait(self._look_s)

    def _compare(self, places: dict[bytes, HidPlace]) -> None:
        # the system reuses the path of a disconnected device for the next one
        for path in [path for path, (it, _) in self._unusable.items() if places.get(path) != it]:
            del self._unusable[path]
            self._tell(HeadsetGone(path))
        with self._lock:
            for path in [path for path, each in self._read.items() if not each.is_alive()]:
                del self._read[path]
            known = set(self._read)
        for path, place in places.items():
            # An invalid descriptor is not read again, because it will not change.
            if path not in known and self._trouble(path) is not HeadsetTrouble.NOT_UNDERSTOOD:
                self._begin(place)

    def _trouble(self, path: bytes) -> HeadsetTrouble | None:
        return self._unusable[path][1] if path in self._unusable else None

    def _begin(self, place: HidPlace) -> None:
        opened = self._open(place)
        if isinstance(opened, HeadsetTrouble):
            if self._trouble(place.path) is not opened:
                self._unusable[place.path] = place, opened
                self._tell(HeadsetUnusable(place.path, place.model, opened))
            return
        self._unusable.pop(place.path, None)
        device, layout = opened
        reading = _Reading(
            place.path, device, layout, self._tell, self._stopping, set_lamps=self._set_lamps
        )
        with self._lock:
            self._read[place.path] = reading
        self._tell(HeadsetFound(place.path, place.model, layout.has, layout.shows))
        reading.start()

    def _open(self, place: HidPlace) -> tuple[HidDevice, Layout] | HeadsetTrouble:
        try:
            device = self._port.open(place)
        except NoPermission:
            return HeadsetTrouble.NO_PERMISSION
        except OSError as error:
            LOG.warning("headset: cannot open: %s", type(error).__name__)
            return HeadsetTrouble.NOT_OPENED
        try:
            layout = read_layout(device.descriptor())
        except OSError:
            device.close()
            return HeadsetTrouble.NOT_OPENED
        if isinstance(layout, DescriptorFault) or not layout.has:
            fault = layout.value if isinstance(layout, DescriptorFault) else "no buttons"
            LOG.warning("headset: unsupported: %s", fault)
            device.close()
            return HeadsetTrouble.NOT_UNDERSTOOD
        return device, layout


class _Reading(threading.Thread):
    """Thread with exclusive access to one device while it runs."""

    def __init__(
        self,
        key: bytes,
        device: HidDevice,
        layout: Layout,
        tell: Tell,
        stopping: threading.Event,
        *,
        set_lamps: bool,
    ) -> None:
        super().__init__(name="headset", daemon=True)
        self._key = key
        self._device = device
        self._layout = layout
        self._tell = tell
        self._stopping = stopping
        self._set_lamps = set_lamps
        self._lamps: queue.SimpleQueue[frozenset[Lamp]] = queue.SimpleQueue()

    def light(self, lit: frozenset[Lamp]) -> None:
        self._lamps.put(lit)

    def run(self) -> None:
        try:
            self._read()
            if self._set_lamps:
                self._show(frozenset())  # the LEDs would otherwise remain on
        except OSError as error:
            LOG.info("headset: disconnected: %s", type(error).__name__)
        finally:
            self._device.close()
            self._tell(HeadsetGone(self._key))

    def _read(self) -> None:
        reader = ReportReader(self._layout)
        while not self._stopping.is_set():
            while not self._lamps.empty():
                self._show(self._lamps.get())
            report = self._device.read(READ_MS)
            for moved in reader.take(report) if report else ():
                self._tell(HeadsetPressed(self._key, moved))

    def _show(self, lit: frozenset[Lamp]) -> None:
        for report in lamp_reports(self._layout, lit):
            self._device.write(report)
