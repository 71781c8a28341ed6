"""Symmetric RTP: which source is the far side, and so where our audio goes (RFC 4961).

Behind NAT the far side sends from another address than its SDP says. The first source that
proves itself by three packets in sequence becomes the far side; the source named in the SDP
needs no proof and wins while it sends. Others are ignored until the far side has been silent for
some time, so that a stranger cannot take a call over by sending to its port.
"""

from __future__ import annotations

Address = tuple[str, int]

_PROOF_PACKETS = 3
_SILENCE_S = 2.0


class SourceLatch:
    """The far side's real address; used by the media thread only, time comes in."""

    def __init__(self, signalled: Address) -> None:
        self._signalled = signalled
        self._source: Address | None = None
        self._heard_at_s = 0.0
        self._candidate: Address | None = None
        self._candidate_sequence = 0
        self._proofs = 0

    @property
    def destination(self) -> Address:
        """Where to send: the far side's real source, before it is known what the SDP says."""
        return self._source or self._signalled

    def admits(self, source: Address, sequence: int, now_s: float) -> bool:
        """Whether a packet from ``source`` belongs to the stream; moves the latch."""
        if source == self._source:
            self._heard_at_s = now_s
            return True
        if source == self._signalled or self._proved(source, sequence):
            quiet = now_s - self._heard_at_s > _SILENCE_S
            if self._source is None or quiet:
                self._source = source
                self._heard_at_s = now_s
                self._candidate = None
                self._proofs = 0
                return True
        return False

    def _proved(self, source: Address, sequence: int) -> bool:
        if source == self._candidate and sequence == (self._candidate_sequence + 1) & 0xFFFF:
            self._proofs += 1
        else:
            self._candidate = source
            self._proofs = 1
        self._candidate_sequence = sequence
        return self._proofs >= _PROOF_PACKETS
