"""What an audio encoding is to the media: a maker of coders that may keep a state."""

from __future__ import annotations

from typing import Protocol

from telephony.media.samples import Samples


class Encoder(Protocol):
    """One direction of one stream; used by one thread."""

    def encode(self, samples: Samples) -> bytes:
        """RTP payload of the samples, whose number is a whole count of 10 ms."""


class Decoder(Protocol):
    """The other direction; payloads must come in the order of their timestamps."""

    def decode(self, payload: bytes) -> Samples:
        """Samples of the payload; none at all for one that is damaged."""

    def conceal(self, count: int) -> Samples | None:
        """So many samples in place of a lost packet; None when the codec knows no way of its own.

        A decoder that answers expects the call, to keep its state in step.
        """


class AudioCodec(Protocol):
    """One RTP audio encoding (RFC 3551, RFC 7587)."""

    @property
    def name(self) -> str:
        """Encoding name as SDP has it: "PCMA", "PCMU", "G722", "opus"."""

    @property
    def sample_rate_hz(self) -> int:
        """Rate of the samples that go in and come out: 8000, or 16000 for wide-band."""

    @property
    def clock_hz(self) -> int:
        """Rate of the RTP timestamp: 8000 for G722 too (RFC 3551 section 4.5.2), 48000 for opus."""

    def packet_ms(self, ptime_ms: int) -> int:
        """The longest packet, in ms, that can be made and is not over ``ptime_ms``, 10 at least."""

    def encoder(self, parameters: str = "") -> Encoder:
        """A fresh encoder; ``parameters`` is what the far side says in its ``a=fmtp``."""

    def decoder(self) -> Decoder:
        """A fresh decoder."""
