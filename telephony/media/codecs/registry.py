"""Audio codecs available on this machine, by SDP encoding name."""

from __future__ import annotations

from telephony.media.codecs.codec import PCMA, PCMU, AudioCodec
from telephony.media.codecs.g722 import G722Codec
from telephony.media.codecs.opus import find_opus

_G722 = G722Codec()


def available_codecs() -> tuple[str, ...]:
    """Returns the SDP names of the codecs available on this machine."""
    return tuple(codec.name for codec in _codecs())


def codec_named(name: str) -> AudioCodec | None:
    """Returns the codec of that name in any case (RFC 8866, section 6.6); None if unknown."""
    wanted = name.upper()
    return next((codec for codec in _codecs() if codec.name.upper() == wanted), None)


def _codecs() -> tuple[AudioCodec, ...]:
    opus = find_opus()
    return (PCMA, PCMU, _G722) if opus is None else (PCMA, PCMU, _G722, opus)
