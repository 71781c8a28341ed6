"""pyVoIP's RTP client over this phone's audio."""

from __future__ import annotations

from typing import Literal

import numpy as np

from telephony.media.devices.buffer import BufferDevice
from telephony.media.samples import Samples

# Before pyVoIP itself, see there.
from telephony.pyvoip_message import pyVoIP

SampleWidth = Literal[1, 2]
RTP = pyVoIP.RTP
PayloadType = RTP.PayloadType


class RTPClient(RTP.RTPClient):
    """The audio of one call as pyVoIP programs see it: read() and write() of linear samples."""

    def __init__(self, audio: BufferDevice, codec: PayloadType, *, sample_width: SampleWidth):
        super().__init__({int(codec): codec}, "", 0, "", 0, RTP.TransmitType.SENDRECV, dtmf=None)
        self._audio = audio
        self._sample_width = sample_width

    def start(self) -> None:
        """The phone has started the audio already."""

    def stop(self) -> None:
        """Wake up waiting readers; the phone ends the audio."""
        self.NSD = False
        self._audio.close()

    def read(self, length: int = 160, blocking: bool = True) -> bytes:
        """``length`` samples of what was heard, 160 being 20 ms.

        8-bit unsigned, or 16-bit signed little-endian with ``sample_width=2``. Blocking waits for
        them at the call's pace; without blocking, and after the call's end, silence fills up.
        """
        samples = self._audio.read(length, None if blocking else 0.0)
        if self._sample_width == 2:
            return bytes(samples.astype("<i2").tobytes())
        rounded = (samples.astype(np.int32) + 128 >> 8) + 128
        return bytes(np.clip(rounded, 0, 255).astype(np.uint8).tobytes())

    def write(self, data: bytes) -> None:
        """Queue samples of the same form to be sent; returns at once whatever their number."""
        self._audio.write(self._samples(data))

    def _samples(self, data: bytes) -> Samples:
        if self._sample_width == 2:
            whole = data[: len(data) // 2 * 2]
            return np.frombuffer(whole, dtype="<i2").astype(np.int16)
        values = np.frombuffer(data, dtype=np.uint8).astype(np.int16)
        return ((values - 128) << 8).astype(np.int16)
