"""Lists and opens HID headsets: the port protocols and their implementation with hidapi."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from telephony.headset.descriptor import TELEPHONY_PAGE

MOST_BYTES = 512
"""Maximum length of a report; USB allows 1024 for a high-speed interrupt, headsets send up to 64.
"""
_SHOWN = 60


class NoPermission(OSError):
    """The user has no access to the device; on Linux a udev rule grants it."""


class NoLibrary(Exception):
    """hidapi is not available on this computer."""


@dataclass(frozen=True, slots=True)
class HidPlace:
    """Device with telephony buttons as listed by the system; without its serial number."""

    path: bytes
    model: str
    vendor_id: int
    product_id: int


class HidDevice(Protocol):
    """Open device; OSError from any method means that it was disconnected."""

    def descriptor(self) -> bytes: ...

    def read(self, limit_ms: int) -> bytes:
        """Returns the next input report; empty on timeout."""

    def write(self, report: bytes) -> None:
        """Sends an output report, which must start with its report number."""

    def close(self) -> None: ...


class HidPort(Protocol):
    """Access to HID devices; both methods may take tens of milliseconds."""

    def places(self) -> tuple[HidPlace, ...]:
        """Lists the connected devices with telephony buttons. Raises NoLibrary."""

    def open(self, place: HidPlace) -> HidDevice:
        """Opens a device. Raises OSError, including NoPermission."""


class HidLibrary:
    """Implements ``HidPort`` with hidapi; on Linux with hidraw, which does not detach the kernel
    driver.

    ``load`` returns the module or raises NoLibrary.
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
    """Imports hidapi. Not imported earlier, to keep the start of the console fast."""
    try:
        if sys.platform == "linux":
            import hidraw as library
        else:
            import hid as library
    except ImportError as error:
        raise NoLibrary from error
    return library


def _model(listed: dict[str, Any]) -> str:
    """Returns manufacturer and product name without repetition."""
    maker = str(listed["manufacturer_string"] or "").strip()
    product = str(listed["product_string"] or "").strip()
    name = product if product.casefold().startswith(maker.casefold()) else f"{maker} {product}"
    shown = "".join(letter for letter in name if letter.isprintable())
    return shown.strip()[:_SHOWN] or f"{listed['vendor_id']:04x}:{listed['product_id']:04x}"
