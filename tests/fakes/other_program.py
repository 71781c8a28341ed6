"""Another program on the operator's display: a window that receives keys, and its own
global keys.
"""

from __future__ import annotations

import select
import threading
from types import TracebackType
from typing import Self

from Xlib import XK, X
from Xlib.display import Display

_MODIFIERS = {"ctrl": X.ControlMask, "shift": X.ShiftMask, "alt": X.Mod1Mask}

_HELD = range(XK.XK_Shift_L, XK.XK_Hyper_R + 1)
_NAMES = {getattr(XK, name): name.removeprefix("XK_") for name in dir(XK) if name[:3] == "XK_"}


class OtherProgram:
    """``with OtherProgram(display, "alt+shift+F8") as other`` grabs that chord globally.

    ``typed`` are the keys received by its window, by X's names, without modifier keys.
    """

    def __init__(self, display: str, *chords: str) -> None:
        self._display = Display(display)
        self._chords = chords
        self._is_over = False
        self.typed: list[str] = []
        screen = self._display.screen()
        self._root = screen.root
        self._window = self._root.create_window(
            0, 0, 200, 100, 0, screen.root_depth, X.InputOutput, X.CopyFromParent,
            background_pixel=screen.white_pixel, event_mask=X.KeyPressMask | X.ExposureMask,
        )  # fmt: skip
        self._window.set_wm_name("other program")
        self._thread = threading.Thread(target=self._run, name="other-program", daemon=True)

    @property
    def window_id(self) -> int:
        return int(self._window.id)

    def __enter__(self) -> Self:
        for chord in self._chords:
            *modifiers, last = chord.split("+")
            code = self._display.keysym_to_keycode(XK.string_to_keysym(last))
            held = sum(_MODIFIERS[each] for each in modifiers)
            self._root.grab_key(code, held, False, X.GrabModeAsync, X.GrabModeAsync)
        self._display.sync()
        return self

    def come_forward(self) -> None:
        """Shows its window, which may then take the keyboard focus."""
        self._window.map()
        self._display.sync()
        self._thread.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_over = True
        if self._thread.is_alive():
            self._thread.join()
        self._display.close()

    def _run(self) -> None:
        while not self._is_over:
            if not self._display.pending_events():
                select.select([self._display], [], [], 0.05)
            for _each in range(self._display.pending_events()):
                event = self._display.next_event()
                if event.type == X.KeyPress:
                    sign = self._display.keycode_to_keysym(event.detail, 0)
                    if sign not in _HELD:
                        self.typed.append(_NAMES.get(sign, hex(sign)))
