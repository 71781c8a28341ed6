"""Lists and opens HID headsets: the port protocols and their implementation with hidapi."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from telephony.headset.descriptor import TELEPHONY_PAGE

MOST_BYTES = 512
"""Of a report; USB's own limit for an interrupt at high speed is 1024, headsets send up to 64."""
_SHOWN = 60


class NoPermission(OSError):
    """The system keeps the device from this user: on Linux a udev rule opens it."""


class NoLibrary(Exception):
    """There is no hidapi for this computer."""


@dataclass(frozen=True, slots=True)
class HidPlace:
    """A device with telephony buttons, as the system lists it; without its serial number."""

    path: bytes
    model: str
    vendor_id: int
    product_id: int


class HidDevice(Protocol):
    """An open device; OSError from each call means that it is gone."""

    def descriptor(self) -> bytes: ...

    def read(self, limit_ms: int) -> bytes:
        """The next input report, as it came; empty when none did in time."""

    def write(self, report: bytes) -> None:
        """Send an output report that begins with its number."""

    def close(self) -> None: ...


class HidPort(Protocol):
    """What a watch asks of the system; both may take tens of milliseconds."""

    def places(self) -> tuple[HidPlace, ...]:
        """What is plugged in now; NoLibrary."""

    def open(self, place: HidPlace) -> HidDevice:
        """OSError, NoPermission among them."""


class HidLibrary:
    """``HidPort`` by hidapi: on Linux by hidraw, which leaves the device to the system as well.

    ``load`` gives its module, or NoLibrary.
    """

    def __init__(self, load: Callable[[], Any] | None = None) -> None:
        self._load = load or _import
        self._library: Any = None

    def places(self) -> tuple[HidPlace, ...]:
        listed = self._hidapi().enumerate()
        found = {
            each["path"]: HidPlace(
                each["path"], _model(each), each["vendor_id"], each["product_id"]
            )
            for each in listed
            if each["usage_page"] == TELEPHONY_PAGE
        }
        return tuple(found.values())

    def open(self, place: HidPlace) -> HidDevice:
        if sys.platform == "linux" and not os.access(place.path, os.R_OK | os.W_OK):
            raise NoPermission(os.fspath(place.path))
        device = self._hidapi().device()
        device.open_path(place.path)
        return _Open(device)

    def _hidapi(self) -> Any:
        if self._library is None:
            self._library = self._load()
        return self._library


class _Open:
    def __init__(self, device: Any) -> None:
        self._device = device

    def descriptor(self) -> bytes:
        return bytes(self._device.get_report_descriptor())

    def read(self, limit_ms: int) -> bytes:
        return bytes(self._device.read(MOST_BYTES, limit_ms))

    def write(self, report: bytes) -> None:
        if self._device.write(report) < 0:
            raise OSError(self._device.error())

    def close(self) -> None:
        self._device.close()


def _import() -> Any:
    """Here and not above: a start of the console does not wait for it."""
    try:
        if sys.platform == "linux":
            import hidraw as library
        else:
            import hid as library
    except ImportError as error:
        raise NoLibrary from error
    return library


def _model(listed: dict[str, Any]) -> str:
    """Maker and product as the device names itself, each once."""
    maker = str(listed["manufacturer_string"] or "").strip()
    product = str(listed["product_string"] or "").strip()
    name = product if product.casefold().startswith(maker.casefold()) else f"{maker} {product}"
    shown = "".join(letter for letter in name if letter.isprintable())
    return shown.strip()[:_SHOWN] or f"{listed['vendor_id']:04x}:{listed['product_id']:04x}"
