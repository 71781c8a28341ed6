"""Plays an alarm or reminder sound on a dedicated thread and returns a future.

The thread is a daemon, because a sound server may hang.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread

from telephony.errors import DeviceError
from telephony.settings import AudioSettings

LOG = logging.getLogger(__name__)

Sound = Callable[[AudioSettings], bool]
"""Function that plays a sound to its end; returns whether it was audible. Raises DeviceError."""


def sound_apart(name: str, sound: Sound, audio: AudioSettings) -> "Future[bool]":
    """Starts playing on a dedicated thread; the future has the result of ``sound`` or a
    DeviceError.

    A sound server that hangs blocks only that thread.
    """
    heard: Future[bool] = Future()

    def play() -> None:
        try:
            is_heard = sound(audio)
        except DeviceError as error:
            LOG.warning("%s: %s", name, error)
            heard.set_exception(error)
        else:
            LOG.info("%s: %s", name, "played" if is_heard else "not audible")
            heard.set_result(is_heard)

    Thread(target=play, name=name, daemon=True).start()
    return heard
