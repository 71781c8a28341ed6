"""Hotkey backend for Windows: RegisterHotKey on a dedicated thread. Not yet tested on Windows."""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Mapping

from console.core.default_keys import Key
from console.features.global_keys.system_keys import GlobalKeyPressed, GrabsMade, Tell

_MODIFIERS = {"Alt": 0x0001, "Ctrl": 0x0002, "Shift": 0x0004}
_NO_REPEAT = 0x4000
_F1 = 0x70
_HOTKEY, _QUIT, _WISH = 0x0312, 0x0012, 0x8000 + 1


class _Point(ctypes.Structure):
    _fields_ = (("x", ctypes.c_long), ("y", ctypes.c_long))


class _Message(ctypes.Structure):
    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("word", ctypes.c_size_t),
        ("long", ctypes.c_ssize_t),
        ("time", ctypes.c_uint32),
        ("point", _Point),
    )


class WindowsGrabs:
    """``Grabs`` for Windows, where hotkeys belong to the thread that registered them."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._wanted: Mapping[Key, str] = {}
        self._taken: tuple[Key, ...] = ()
        self._lock = threading.Lock()
        self._listens = threading.Event()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="global-keys", daemon=True)
        self._thread_id = 0

    def start(self) -> None:
        self._thread.start()

    def want(self, chords: Mapping[Key, str]) -> None:
        with self._lock:
            self._wanted = dict(chords)
        self._post(_WISH)

    def stop(self, deadline_s: float) -> bool:
        self._is_stopping = True
        self._post(_QUIT)
        self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def _post(self, message: int) -> None:
        # A thread that has not started its loop reads the wanted keys when it does.
        if sys.platform == "win32" and self._listens.is_set():
            ctypes.windll.user32.PostThreadMessageW(self._thread_id, message, 0, 0)

    def _run(self) -> None:
        if sys.platform == "win32":
            user32 = ctypes.windll.user32
            message = _Message()
            # A thread has no message queue before its first request for a message.
            user32.PeekMessageW(ctypes.byref(message), None, 0, 0, 0)
            self._thread_id = ctypes.windll.kernel32.GetCurrentThreadId()
            self._listens.set()
            if self._wanted:
                self._tell(GrabsMade(self._take_instead(user32)))
            while not self._is_stopping:
                if user32.GetMessageW(ctypes.byref(message), None, 0, 0) <= 0:
                    break
                if message.message == _WISH:
                    self._tell(GrabsMade(self._take_instead(user32)))
                elif message.message == _HOTKEY and message.word < len(self._taken):
                    self._tell(GlobalKeyPressed(self._taken[message.word]))
            self._let_go(user32)

    def _take_instead(self, user32: ctypes.CDLL) -> frozenset[Key]:
        self._let_go(user32)
        with self._lock:
            wanted = self._wanted
        self._taken = tuple(wanted)
        refused = set()
        for number, (key, chord) in enumerate(wanted.items()):
            *modifiers, last = chord.split("+")
            held = sum(_MODIFIERS[each] for each in modifiers) | _NO_REPEAT
            code = _F1 + int(last.removeprefix("F")) - 1
            if not user32.RegisterHotKey(None, number, held, code):
                refused.add(key)
        return frozenset(refused)

    def _let_go(self, user32: ctypes.CDLL) -> None:
        for number in range(len(self._taken)):
            user32.UnregisterHotKey(None, number)
