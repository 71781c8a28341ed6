"""Extended reports of RTCP as values (RFC 3611): of the block types, VoIP metrics."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

EXTENDED_REPORT = 207
UNKNOWN = 127
"""What stands for a level, a rating or a score that is not known."""
LEAST_GAP_PACKETS = 16
"""Gmin: so many packets that were heard in a row end a burst of losses (section 4.7.2)."""

_BLOCK_HEADER = struct.Struct("!BBH")
_WORD_BYTES = 4
_VOIP_METRICS = 7
_VOIP_METRICS_WORDS = 8
# Rates and densities; durations and delays; levels, left out; Gmin and ratings; the buffer.
_METRICS = struct.Struct("!I4B4H3B5BBxHHH")
# Enhanced concealment and an adaptive buffer (section 4.7.6).
_ENHANCED_AND_ADAPTIVE = 0b10110000


@dataclass(frozen=True, slots=True)
class VoipMetrics:
    """How well one side hears the source ``ssrc`` (section 4.7).

    Rates and densities are in 1/256: ``loss_rate`` of packets that did not come, ``discard_rate``
    of packets that came too late. ``burst_ms`` and ``gap_ms`` are mean lengths. ``rating`` is R of
    ITU-T G.107, the scores are mean opinions times 10; UNKNOWN where nothing was heard.
    """

    ssrc: int
    loss_rate: int = 0
    discard_rate: int = 0
    burst_density: int = 0
    gap_density: int = 0
    burst_ms: int = 0
    gap_ms: int = 0
    round_trip_ms: int = 0
    end_system_delay_ms: int = 0
    rating: int = UNKNOWN
    listening_score: int = UNKNOWN
    conversational_score: int = UNKNOWN
    buffer_ms: int = 0
    greatest_buffer_ms: int = 0
    longest_buffer_ms: int = 0


def serialise_extended_report(ssrc: int, metrics: VoipMetrics) -> bytes:
    """XR with one block, to be put behind a report."""
    block = _METRICS.pack(
        metrics.ssrc,
        metrics.loss_rate,
        metrics.discard_rate,
        metrics.burst_density,
        metrics.gap_density,
        metrics.burst_ms,
        metrics.gap_ms,
        metrics.round_trip_ms,
        metrics.end_system_delay_ms,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
        LEAST_GAP_PACKETS,
        metrics.rating,
        UNKNOWN,
        metrics.listening_score,
        metrics.conversational_score,
        _ENHANCED_AND_ADAPTIVE,
        metrics.buffer_ms,
        metrics.greatest_buffer_ms,
        metrics.longest_buffer_ms,
    )
    body = struct.pack("!I", ssrc) + _BLOCK_HEADER.pack(_VOIP_METRICS, 0, _VOIP_METRICS_WORDS)
    body += block
    return struct.pack("!BBH", 0x80, EXTENDED_REPORT, len(body) // _WORD_BYTES) + body


def parse_blocks(blocks: bytes) -> Iterator[VoipMetrics]:
    """The blocks that this phone understands; struct.error when one is cut off."""
    at = 0
    while at + _BLOCK_HEADER.size <= len(blocks):
        kind, _specific, words = _BLOCK_HEADER.unpack_from(blocks, at)
        if kind == _VOIP_METRICS and words == _VOIP_METRICS_WORDS:
            yield _read_metrics(blocks, at + _BLOCK_HEADER.size)
        at += _WORD_BYTES * (words + 1)


def _read_metrics(blocks: bytes, at: int) -> VoipMetrics:
    fields = _METRICS.unpack_from(blocks, at)
    return VoipMetrics(
        ssrc=fields[0],
        loss_rate=fields[1],
        discard_rate=fields[2],
        burst_density=fields[3],
        gap_density=fields[4],
        burst_ms=fields[5],
        gap_ms=fields[6],
        round_trip_ms=fields[7],
        end_system_delay_ms=fields[8],
        rating=fields[13],
        listening_score=fields[15],
        conversational_score=fields[16],
        buffer_ms=fields[18],
        greatest_buffer_ms=fields[19],
        longest_buffer_ms=fields[20],
    )
