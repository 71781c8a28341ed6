"""Protocols of an audio codec (RFC 3551, RFC 7587), and G.711 A-law and mu-law."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from telephony.media.samples import TELEPHONE_RATE_HZ, Samples


class Encoder(Protocol):
    """Encoder of one stream; used by one thread."""

    def encode(self, samples: Samples) -> bytes:
        """Returns the RTP payload of samples whose length is a multiple of 10 ms."""


class Decoder(Protocol):
    """Decoder of one stream; payloads must be in the order of their timestamps."""

    def decode(self, payload: bytes) -> Samples:
        """Returns the samples of the payload; an empty array for a damaged payload."""

    def conceal(self, count: int) -> Samples | None:
        """Returns ``count`` samples for a lost packet; None if the codec has no concealment.

        Must be called for lost packets if the codec has concealment, because the decoder's state
        must follow the stream.
        """


class AudioCodec(Protocol):
    """An RTP audio codec (RFC 3551, RFC 7587)."""

    @property
    def name(self) -> str:
        """Encoding name in SDP: "PCMA", "PCMU", "G722", "opus"."""

    @property
    def sample_rate_hz(self) -> int:
        """Rate of the input and output samples: 8000, or 16000 for wide-band."""

    @property
    def clock_hz(self) -> int:
        """Rate of the RTP timestamp: 8000 even for G722 (RFC 3551, 4.5.2), 48000 for opus."""

    def packet_ms(self, ptime_ms: int) -> int:
        """Returns the longest packet duration of the codec up to ``ptime_ms``, at least 10 ms."""

    def encoder(self, parameters: str = "") -> Encoder:
        """Creates an encoder; ``parameters`` is the remote party's ``a=fmtp``."""

    def decoder(self) -> Decoder:
        """Creates a decoder."""


PCMU_PAYLOAD_TYPE = 0
PCMA_PAYLOAD_TYPE = 8


def _alaw_value(code: int) -> int:
    toggled = code ^ 0x55
    exponent = (toggled >> 4) & 0x07
    mantissa = toggled & 0x0F
    magnitude = (mantissa << 4) + 8
    if exponent:
        magnitude = (magnitude + 0x100) << (exponent - 1)
    return magnitude if toggled & 0x80 else -magnitude


def _mulaw_value(code: int) -> int:
    inverted = ~code & 0xFF
    exponent = (inverted >> 4) & 0x07
    mantissa = inverted & 0x0F
    magnitude = (((mantissa << 3) + 0x84) << exponent) - 0x84
    return -magnitude if inverted & 0x80 else magnitude


def _encode_table(values: list[int]) -> npt.NDArray[np.uint8]:
    """Returns the code of each 16-bit sample, indexed by the sample as an unsigned number."""
    # Of equal values the highest code is last: mu-law has two codes for zero, and 0xFF is idle.
    codes = sorted(range(256), key=lambda code: (values[code], code))
    ordered = np.array([values[code] for code in codes], dtype=np.int64)
    sample = np.arange(-32768, 32768, dtype=np.int64)
    # A sample half-way between two values is rounded up.
    position = np.searchsorted(ordered[:-1] + ordered[1:], 2 * sample, side="right")
    by_sample = np.array(codes, dtype=np.uint8)[position]
    return np.roll(by_sample, -32768)


class G711:
    """G.711 with one of its two laws, see AudioCodec; stateless, hence also encoder and decoder."""

    sample_rate_hz = TELEPHONE_RATE_HZ
    clock_hz = TELEPHONE_RATE_HZ

    def __init__(self, name: str, values: list[int]) -> None:
        self.name = name
        self._values = np.array(values, dtype=np.int16)
        self._codes = _encode_table(values)

    def packet_ms(self, ptime_ms: int) -> int:
        """Returns ``ptime_ms`` rounded down to a multiple of 10 ms, at least 10."""
        return max(10, ptime_ms - ptime_ms % 10)

    def encoder(self, parameters: str = "") -> G711:
        """Returns the codec itself."""
        return self

    def decoder(self) -> G711:
        """Returns the codec itself."""
        return self

    def encode(self, samples: Samples) -> bytes:
        """Returns one byte per sample."""
        return self._codes[samples.view(np.uint16)].tobytes()

    def decode(self, payload: bytes) -> Samples:
        """Returns one sample per byte."""
        return self._values[np.frombuffer(payload, dtype=np.uint8)]

    def conceal(self, count: int) -> Samples | None:
        """Returns None: G.711 has no built-in concealment."""
        return None


PCMA = G711("PCMA", [_alaw_value(code) for code in range(256)])
PCMU = G711("PCMU", [_mulaw_value(code) for code in range(256)])
