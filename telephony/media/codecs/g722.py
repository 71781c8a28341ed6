"""G.722 wide-band codec at 64 kbit/s (ITU-T G.722, mode 1), with the Python package G722."""

from __future__ import annotations

from array import array
from typing import cast

import G722
import numpy as np

from telephony.media.samples import WIDEBAND_RATE_HZ, Samples

_BITS_PER_S = 64000


class _Stream:
    """Coder of one direction; adaptive, so each stream needs its own instance."""

    def __init__(self) -> None:
        self._coder = G722.G722(WIDEBAND_RATE_HZ, _BITS_PER_S)

    def encode(self, samples: Samples) -> bytes:
        """Returns one byte for every two samples."""
        return cast("bytes", self._coder.encode(np.ascontiguousarray(samples)))

    def decode(self, payload: bytes) -> Samples:
        """Returns two samples for every byte."""
        decoded = cast("array[int]", self._coder.decode(payload))
        return np.frombuffer(decoded, dtype=np.int16)

    def conceal(self, count: int) -> Samples | None:
        """Returns None: the concealment of appendices III and IV is not implemented."""
        return None


class G722Codec:
    """G.722 codec; see AudioCodec."""

    name = "G722"
    sample_rate_hz = WIDEBAND_RATE_HZ
    # An error of the first RFC, retained for compatibility (RFC 3551, section 4.5.2): the true rate
    # is 16000.
    clock_hz = 8000

    def packet_ms(self, ptime_ms: int) -> int:
        """Returns ``ptime_ms`` rounded down to a multiple of 10 ms, at least 10."""
        return max(10, ptime_ms - ptime_ms % 10)

    def encoder(self, parameters: str = "") -> _Stream:
        """Creates an encoder."""
        return _Stream()

    def decoder(self) -> _Stream:
        """Creates a decoder."""
        return _Stream()
