"""Raises the media thread's priority, because a busy machine must not delay the voice."""

from __future__ import annotations

import os
import sys
import threading

# Used if real time is not granted; the value of PulseAudio's own threads.
_NICE = -11
_LEAST_REAL_TIME = 1


def raise_thread_priority() -> bool:
    """Raises the priority of the current thread; returns False if the system refuses.

    On Linux it is real time (RLIMIT_RTPRIO), otherwise a nice value (RLIMIT_NICE); child processes
    do not inherit it. On Windows no permission is needed.
    """
    if sys.platform == "win32":
        return _become_time_critical()
    if sys.platform == "linux":
        return _become_real_time() or _become_less_nice()
    return False


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _TIME_CRITICAL = 15

    def _become_time_critical() -> bool:
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentThread.restype = wintypes.HANDLE
        kernel.SetThreadPriority.argtypes = wintypes.HANDLE, ctypes.c_int
        return bool(kernel.SetThreadPriority(kernel.GetCurrentThread(), _TIME_CRITICAL))


if sys.platform == "linux":

    def _become_real_time() -> bool:
        try:
            os.sched_setscheduler(
                0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(_LEAST_REAL_TIME)
            )
        except PermissionError:
            return False
        return True

    def _become_less_nice() -> bool:
        try:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        except PermissionError:
            return False
        return True
