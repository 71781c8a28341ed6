"""Sends the close request of a window manager; the displays of the tests have no window manager."""

from __future__ import annotations

import ctypes
import ctypes.util

_CLIENT_MESSAGE = 33  # X.h
_FORMAT_BITS = 32
_CURRENT_TIME = 0


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent of Xlib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 24),  # an XEvent is longer
    )


def request_close(display: str, window: int) -> None:
    """Sends WM_DELETE_WINDOW (ICCCM, 4.2.8.1) to a window of this display."""
    x11 = ctypes.CDLL(ctypes.util.find_library("X11"))
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
    x11.XSendEvent.argtypes = (
        ctypes.c_void_p,
        ctypes.c_ulong,
        ctypes.c_int,
        ctypes.c_long,
        ctypes.c_void_p,
    )
    x11.XCloseDisplay.argtypes = (ctypes.c_void_p,)
    opened = x11.XOpenDisplay(display.encode())
    assert opened, display
    protocols = x11.XInternAtom(opened, b"WM_PROTOCOLS", 0)
    message = _ClientMessage(
        type=_CLIENT_MESSAGE, window=window, message_type=protocols, format=_FORMAT_BITS
    )
    message.data[0] = x11.XInternAtom(opened, b"WM_DELETE_WINDOW", 0)
    message.data[1] = _CURRENT_TIME
    assert x11.XSendEvent(opened, window, 0, 0, ctypes.byref(message))
    x11.XCloseDisplay(opened)
