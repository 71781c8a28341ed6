"""G.722 wide-band codec at 64 kbit/s (ITU-T G.722, mode 1), with the Python package G722."""

from __future__ import annotations

from array import array
from typing import cast

import G722
import numpy as np

from telephony.media.samples import WIDEBAND_RATE_HZ, Samples

_BITS_PER_S = 64000


class _Stream:
    """One direction: adaptive, so each stream needs an instance of its own."""

    def __init__(self) -> None:
        self._coder = G722.G722(WIDEBAND_RATE_HZ, _BITS_PER_S)

    def encode(self, samples: Samples) -> bytes:
        """One byte for two samples."""
        return cast("bytes", self._coder.encode(np.ascontiguousarray(samples)))

    def decode(self, payload: bytes) -> Samples:
        """Two samples a byte."""
        decoded = cast("array[int]", self._coder.decode(payload))
        return np.frombuffer(decoded, dtype=np.int16)

    def conceal(self, count: int) -> Samples | None:
        """G.722 has a way only in its appendices III and IV; none is here."""
        return None


class G722Codec:
    """See AudioCodec."""

    name = "G722"
    sample_rate_hz = WIDEBAND_RATE_HZ
    # A mistake of the first RFC that has to be kept (RFC 3551, section 4.5.2).
    clock_hz = 8000

    def packet_ms(self, ptime_ms: int) -> int:
        """Any multiple of 10 ms."""
        return max(10, ptime_ms - ptime_ms % 10)

    def encoder(self, parameters: str = "") -> _Stream:
        """A fresh encoder."""
        return _Stream()

    def decoder(self) -> _Stream:
        """A fresh decoder."""
        return _Stream()
