"""Hotkey backend for X11: passive key grabs on the root window, on a dedicated thread.

The thread opens a separate X connection, because Qt owns the connection of the window.
"""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Mapping
from itertools import product
from typing import Any

from Xlib import XK, X, error
from Xlib.display import Display

from console.core.default_keys import Key
from console.features.global_keys.system_keys import (
    GlobalKeyPressed,
    GrabsLost,
    GrabsMade,
    Tell,
)
from console.shared.workplace.global_key_trouble import GrabTrouble

_MODIFIERS = {"Ctrl": X.ControlMask, "Shift": X.ShiftMask, "Alt": X.Mod1Mask}
_LOCKS = (XK.XK_Num_Lock, XK.XK_Scroll_Lock)
_GONE = (error.ConnectionClosedError, error.DisplayError, error.XauthError, OSError)
_WAKE = b"."

Place = tuple[int, int]  # key code, modifier mask


class XGrabs:
    """``Grabs`` for the X display named by the environment variable DISPLAY."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._wanted: Mapping[Key, str] = {}
        self._lock = threading.Lock()
        self._is_stopping = False
        self._wake_reader, self._wake_writer = os.pipe()
        self._thread = threading.Thread(target=self._run, name="global-keys", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def want(self, chords: Mapping[Key, str]) -> None:
        with self._lock:
            self._wanted = dict(chords)
        os.write(self._wake_writer, _WAKE)

    def stop(self, deadline_s: float) -> bool:
        self._is_stopping = True
        os.write(self._wake_writer, _WAKE)
        self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            display = Display()
            try:
                self._serve(_Taken(display))
            finally:
                display.close()
        except _GONE:
            self._tell(GrabsLost(GrabTrouble.LOST))

    def _serve(self, taken: _Taken) -> None:
        while not self._is_stopping:
            # events read during another request do not make the socket readable again
            if not taken.waits:
                ready, _, _ = select.select([taken.display, self._wake_reader], [], [])
                if self._wake_reader in ready:
                    os.read(self._wake_reader, 64)
                    with self._lock:
                        wanted = self._wanted
                    if not self._is_stopping:
                        self._tell(GrabsMade(taken.take_instead(wanted)))
            for key in taken.pressed():
                self._tell(GlobalKeyPressed(key))


class _Taken:
    """Key grabs of one X connection; used only on the thread of this connection."""

    def __init__(self, display: Any) -> None:
        self.display = display
        self._root = display.screen().root
        self._places: dict[Place, Key] = {}
        self._locks = self._masks_of_locks()
        self._let_go: tuple[int, int] | None = None  # key code, time

    @property
    def waits(self) -> bool:
        """Whether an event is pending."""
        return bool(self.display.pending_events())

    def take_instead(self, chords: Mapping[Key, str]) -> frozenset[Key]:
        """Grabs these keys instead of the previous ones; returns the keys that another application
        owns.
        """
        for code, held in self._places:
            self._root.ungrab_key(code, held)
        self._places = {}
        refused = set()
        for key, chord in chords.items():
            *modifiers, last = chord.split("+")
            code = self.display.keysym_to_keycode(XK.string_to_keysym(last))
            held = sum(_MODIFIERS[each] for each in modifiers)
            places = [(code, held | locks) for locks in self._locks]
            if code and self._grab(places):
                self._places |= dict.fromkeys(places, key)
            else:
                refused.add(key)
        return frozenset(refused)

    def _grab(self, places: list[Place]) -> bool:
        """Grabs the key for all lock states; returns False and grabs nothing if one of them is
        refused.
        """
        caught = error.CatchError(error.BadAccess)
        for code, held in places:
            self._root.grab_key(code, held, False, X.GrabModeAsync, X.GrabModeAsync, onerror=caught)
        self.display.sync()
        if caught.get_error() is None:
            return True
        for code, held in places:
            self._root.ungrab_key(code, held)
        self.display.sync()
        return False

    def pressed(self) -> list[Key]:
        """Returns the keys pressed since the previous call, without auto-repeat."""
        keys = []
        for _each in range(self.display.pending_events()):
            event = self.display.next_event()
            if event.type == X.KeyRelease:
                self._let_go = (event.detail, event.time)
            elif event.type == X.KeyPress:
                # Auto-repeat sends release and press with the same timestamp.
                is_held_down = self._let_go == (event.detail, event.time)
                key = self._places.get((event.detail, event.state & _ALL_MODIFIERS))
                if key is not None and not is_held_down:
                    keys.append(key)
            elif event.type == X.MappingNotify:
                self.display.refresh_keyboard_mapping(event)
        return keys

    def _masks_of_locks(self) -> tuple[int, ...]:
        """Modifier masks for all combinations of Caps Lock, Num Lock and Scroll Lock."""
        locks = {X.LockMask}
        codes = {self.display.keysym_to_keycode(each) for each in _LOCKS} - {0}
        for number, of_modifier in enumerate(self.display.get_modifier_mapping()):
            if codes & set(of_modifier):
                locks.add(1 << number)
        ways = product(*((0, mask) for mask in locks))
        return tuple(sum(way) for way in ways)


_ALL_MODIFIERS = 0xFF
"""Modifier bits of a key state; higher bits are mouse buttons and the keyboard layout."""
