"""The voice encodings this phone can name in a session description (RFC 3551, RFC 7587)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from telephony.settings import CodecName

FIRST_DYNAMIC_PAYLOAD_TYPE = 96


@dataclass(frozen=True, slots=True)
class VoiceFormat:
    """A voice encoding that the media can send and receive.

    ``payload_type`` is the static one, or the one this side proposes. ``parameters`` is what it
    says of itself in ``a=fmtp``, "" for nothing.
    """

    name: str
    clock_hz: int
    payload_type: int
    channels: int = 1
    parameters: str = ""

    @property
    def encoding(self) -> str:
        """The value of ``a=rtpmap`` behind the payload type."""
        channels = "" if self.channels == 1 else f"/{self.channels}"
        return f"{self.name}/{self.clock_hz}{channels}"

    @property
    def key(self) -> str:
        """Name and clock rate in upper case: what two sides compare."""
        return f"{self.name.upper()}/{self.clock_hz}"


PCMA = VoiceFormat("PCMA", 8000, 8)
PCMU = VoiceFormat("PCMU", 8000, 0)
# Its clock rate is 8000 by a mistake of RFC 1890 that RFC 3551 section 4.5.2 keeps.
G722 = VoiceFormat("G722", 8000, 9)
# Always "/2" in the description, whatever is sent (RFC 7587 section 7).
OPUS = VoiceFormat("opus", 48000, 107, 2, "useinbandfec=1")
DEFAULT_FORMATS = (PCMA, PCMU)
_BY_SETTING: dict[CodecName, VoiceFormat] = {
    "pcma": PCMA,
    "pcmu": PCMU,
    "g722": G722,
    "opus": OPUS,
}


def formats_of(codecs: Iterable[CodecName]) -> tuple[VoiceFormat, ...]:
    """The formats that the settings name, in the same order."""
    return tuple(_BY_SETTING[name] for name in codecs)
