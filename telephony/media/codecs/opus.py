"""Opus codec, mono at 16 kHz (RFC 6716, RFC 7587), with the system's libopus if installed."""

from __future__ import annotations

import ctypes
from functools import cache

import numpy as np

from telephony.media.samples import WIDEBAND_RATE_HZ, Samples, silence

_LIBRARIES = ("libopus.so.0", "libopus-0.dll", "opus.dll", "libopus.0.dylib", "libopus.dylib")
_OK = 0
_CHANNELS = 1
_APPLICATION_VOIP = 2048
_SET_BITRATE = 4002
_SET_VBR = 4006
_SET_COMPLEXITY = 4010
_SET_INBAND_FEC = 4012
_SET_PACKET_LOSS_PERCENT = 4014
_BITS_PER_S = 40000
_LEAST_BITS_PER_S = 6000
# A higher value (default 9) increases the CPU load more than the audible quality.
_COMPLEXITY = 5
_EXPECTED_LOSS_PERCENT = 5
_PACKET_BYTES = 1275
_LONGEST_PACKET = WIDEBAND_RATE_HZ * 120 // 1000
# Concealment works in steps of 2.5 ms. Opus has no other packets that are multiples of 10 ms (RFC
# 6716, section 2).
_STEP = WIDEBAND_RATE_HZ // 400
_PACKETS_MS = (60, 40, 20, 10)


class _Encoder:
    """Opus encoder; ``with_repair`` adds the speech of the previous packet to each one (FEC)."""

    def __init__(
        self, library: ctypes.PyDLL, *, bits_per_s: int, with_repair: bool, constant: bool
    ) -> None:
        self._library = library
        self._state = ctypes.create_string_buffer(library.opus_encoder_get_size(_CHANNELS))
        self._packet = ctypes.create_string_buffer(_PACKET_BYTES)
        status = library.opus_encoder_init(
            self._state, WIDEBAND_RATE_HZ, _CHANNELS, _APPLICATION_VOIP
        )
        if status != _OK:
            raise OSError(f"opus_encoder_init: {status}")
        for setting, value in (
            (_SET_BITRATE, bits_per_s),
            (_SET_VBR, not constant),
            (_SET_COMPLEXITY, _COMPLEXITY),
            (_SET_INBAND_FEC, with_repair),
            (_SET_PACKET_LOSS_PERCENT, _EXPECTED_LOSS_PERCENT if with_repair else 0),
        ):
            library.opus_encoder_ctl(self._state, setting, ctypes.c_int32(value))

    def encode(self, samples: Samples) -> bytes:
        """Returns one packet of 10, 20, 40 or 60 ms."""
        written = self._library.opus_encode(
            self._state,
            np.ascontiguousarray(samples).ctypes.data,
            samples.size,
            self._packet,
            _PACKET_BYTES,
        )
        return self._packet.raw[: max(0, written)]


class _Decoder:
    def __init__(self, library: ctypes.PyDLL) -> None:
        self._library = library
        self._state = ctypes.create_string_buffer(library.opus_decoder_get_size(_CHANNELS))
        status = library.opus_decoder_init(self._state, WIDEBAND_RATE_HZ, _CHANNELS)
        if status != _OK:
            raise OSError(f"opus_decoder_init: {status}")

    def decode(self, payload: bytes) -> Samples:
        """Returns the samples of one packet; two channels are mixed to one."""
        return self._decode(payload, len(payload), _LONGEST_PACKET) if payload else silence(0)

    def conceal(self, count: int) -> Samples | None:
        """Returns ``count`` samples of the decoder's concealment; None if ``count`` is not a
        multiple of 2.5 ms.
        """
        if count == 0 or count % _STEP:
            return None
        lengths = [_LONGEST_PACKET] * (count // _LONGEST_PACKET)
        if count % _LONGEST_PACKET:
            lengths.append(count % _LONGEST_PACKET)
        return np.concatenate([self._decode(None, 0, length) for length in lengths])

    def _decode(self, payload: bytes | None, size: int, most: int) -> Samples:
        samples = np.empty(most, dtype=np.int16)
        count = self._library.opus_decode(
            self._state, payload, size, samples.ctypes.data, most, ctypes.c_int(0)
        )
        return samples[: max(0, count)]


class OpusCodec:
    """Opus codec; see AudioCodec."""

    name = "opus"
    sample_rate_hz = WIDEBAND_RATE_HZ
    clock_hz = 48000

    def __init__(self, library: ctypes.PyDLL) -> None:
        self._library = library

    def packet_ms(self, ptime_ms: int) -> int:
        """Returns the longest of 10, 20, 40 or 60 ms that does not exceed ``ptime_ms``, at least
        10.
        """
        return next((each for each in _PACKETS_MS if each <= ptime_ms), _PACKETS_MS[-1])

    def encoder(self, parameters: str = "") -> _Encoder:
        """Creates an encoder with the remote party's parameters (RFC 7587, section 6.1)."""
        wanted = _read_parameters(parameters)
        bits_per_s = min(_BITS_PER_S, wanted.get("maxaveragebitrate", _BITS_PER_S))
        return _Encoder(
            self._library,
            bits_per_s=max(_LEAST_BITS_PER_S, bits_per_s),
            with_repair=wanted.get("useinbandfec", 0) == 1,
            constant=wanted.get("cbr", 0) == 1,
        )

    def decoder(self) -> _Decoder:
        """Creates a decoder."""
        return _Decoder(self._library)


def _read_parameters(text: str) -> dict[str, int]:
    """Returns the integer values of an ``a=fmtp``, "name=number;..."; other values are skipped."""
    found = {}
    for part in text.split(";"):
        name, _, value = part.partition("=")
        value = value.strip()
        if value.isascii() and value.isdigit() and len(value) <= 9:
            found[name.strip().lower()] = int(value)
    return found


@cache
def find_opus(libraries: tuple[str, ...] = _LIBRARIES) -> OpusCodec | None:
    """Returns the codec; None if no libopus of these names is installed."""
    for name in libraries:
        try:
            # PyDLL retains the interpreter lock: releasing it for such a short call costs the media
            # thread more in a busy process than it gains.
            library = ctypes.PyDLL(name)
        except OSError:
            continue
        _declare(library)
        return OpusCodec(library)
    return None


def _declare(library: ctypes.PyDLL) -> None:
    pointer, number, size = ctypes.c_void_p, ctypes.c_int, ctypes.c_int32
    library.opus_encoder_get_size.argtypes = [number]
    library.opus_encoder_init.argtypes = [pointer, size, number, number]
    # opus_encoder_ctl is variadic: its arguments are passed with explicit types.
    library.opus_encode.argtypes = [pointer, pointer, number, pointer, size]
    library.opus_encode.restype = size
    library.opus_decoder_get_size.argtypes = [number]
    library.opus_decoder_init.argtypes = [pointer, size, number]
    library.opus_decode.argtypes = [pointer, ctypes.c_char_p, size, pointer, number, number]
