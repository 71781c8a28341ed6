"""Simulated headsets that are plugged, unplugged and pressed, and whose LEDs can be read."""

from __future__ import annotations

import json
import os
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.fakes.headset_models import HeadsetModel
from tests.fakes.rtp_peer import wait_until

HID_LIBRARY = Path(__file__).resolve().parent / "hid_library"
TELEPHONY_PAGE, HEADSET = 0x0B, 0x05


class PluggedHeadset:
    """A headset; if the model has a hook LED, the hook follows it and reports this.

    ``tells_mute_back``: it also sends a mute press whenever its LEDs are set.
    """

    def __init__(self, model: HeadsetModel, path: Path, *, tells_mute_back: bool) -> None:
        self.model = model
        self.path = path
        self._tells_mute_back = tells_mute_back
        self._lit: dict[int, bytes] = {}
        self._is_off_hook = False
        self._host: socket.socket | None = None
        self._lock = threading.Lock()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._listener.bind(str(path))
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve, name="headset-bench", daemon=True)
        self._thread.start()

    # --- user input ---

    def press_hook(self) -> None:
        """Presses the button that answers and ends calls."""
        with self._lock:
            self._is_off_hook = not self._is_off_hook
            self._send(self.model.hook_off if self._is_off_hook else self.model.hook_on)

    def press_mute(self) -> None:
        self._send(self.model.mute)

    def press_flash(self) -> None:
        self._send(self.model.flash)

    def unplug(self) -> None:
        for end in (self._host, self._listener):
            if end is not None:
                end.shutdown(socket.SHUT_RDWR)
                end.close()
        self.path.unlink(missing_ok=True)
        self._thread.join()

    # --- state of the LEDs ---

    def wait_until_read(self) -> None:
        wait_until(lambda: self._host is not None)

    def shows(self, number: int) -> bytes:
        """Returns the body of the last output report with this number."""
        return self._lit.get(number, b"")

    def wait_for_lamps(self, number: int, body: bytes) -> None:
        wait_until(lambda: self.shows(number) == body, timeout_s=10)

    def wait_until_on_hook(self) -> None:
        wait_until(lambda: not self._is_off_hook, timeout_s=10)

    # --- the device ---

    def _send(self, reports: tuple[bytes, ...]) -> None:
        assert self._host is not None
        for report in reports:
            self._host.send(report)

    def _serve(self) -> None:
        try:
            host, _address = self._listener.accept()
            host.send(self.model.descriptor)
            self._host = host
            while report := host.recv(64):
                self._take(report)
        except OSError:
            return  # unplugged

    def _take(self, report: bytes) -> None:
        number, body = report[0], report[1:]
        lamp = self.model.off_hook_lamp
        with self._lock:
            is_new = self._lit.get(number) != body
            self._lit[number] = body
            if lamp is not None and lamp[0] == number:
                wanted = bool(body[0] & lamp[1])
                if wanted != self._is_off_hook:
                    self._is_off_hook = wanted
                    self._send(self.model.hook_off if wanted else self.model.hook_on)
            if is_new and self._tells_mute_back:
                self._send(self.model.mute)


class HeadsetBench:
    """``with HeadsetBench(folder) as bench``: hidapi lists only the headsets plugged in here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._plugged: list[PluggedHeadset] = []
        self._list()

    @property
    def environment(self) -> dict[str, str]:
        """Environment that makes a console use the simulated headsets."""
        return {"PYTHONPATH": str(HID_LIBRARY), "HEADSET_BENCH": str(self.folder)}

    def plug(
        self, model: HeadsetModel, *, is_ours: bool = True, tells_mute_back: bool = False
    ) -> PluggedHeadset:
        """Plugs in a headset; if not ``is_ours``, it belongs to another user of the computer."""
        path = self.folder / f"hidraw{len(list(self.folder.glob('hidraw*')))}"
        made = PluggedHeadset(model, path, tells_mute_back=tells_mute_back)
        if not is_ours:
            path.chmod(0)
        self._plugged.append(made)
        self._list()
        return made

    def unplug(self, headset: PluggedHeadset) -> None:
        self._plugged.remove(headset)
        self._list()
        headset.unplug()

    def swap(self, headset: PluggedHeadset, model: HeadsetModel) -> PluggedHeadset:
        """Replaces a headset by another one between two scans of the system."""
        self._plugged.remove(headset)
        headset.unplug()
        return self.plug(model)

    def _list(self) -> None:
        listed = [
            {
                "path": str(each.path),
                "vendor_id": each.model.vendor_id,
                "product_id": each.model.product_id,
                "serial_number": "A1B2C3D4E5",
                "manufacturer_string": each.model.maker,
                "product_string": each.model.product,
                "usage_page": page,
                "usage": HEADSET,
            }
            for each in self._plugged
            for page in (0x0C, TELEPHONY_PAGE)  # each collection of a device is listed
        ]
        fresh = self.folder / "devices.new"
        fresh.write_text(json.dumps(listed), encoding="utf-8")
        os.replace(fresh, self.folder / "devices.json")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for each in tuple(self._plugged):
            self.unplug(each)
