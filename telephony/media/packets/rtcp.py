"""RTCP packets as values (RFC 3550), with VoIP metrics of extended reports (RFC 3611)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

EXTENDED_REPORT = 207
UNKNOWN = 127
"""Value of an unknown level, rating or score."""
LEAST_GAP_PACKETS = 16
"""Gmin: number of received packets in a row that ends a burst of losses (section 4.7.2)."""

_BLOCK_HEADER = struct.Struct("!BBH")
_WORD_BYTES = 4
_VOIP_METRICS = 7
_VOIP_METRICS_WORDS = 8
# Rates and densities; durations and delays; unused levels; Gmin and ratings; the buffer.
_METRICS = struct.Struct("!I4B4H3B5BBxHHH")
# Enhanced concealment and an adaptive buffer (section 4.7.6).
_ENHANCED_AND_ADAPTIVE = 0b10110000


@dataclass(frozen=True, slots=True)
class VoipMetrics:
    """Quality with which one side receives the source ``ssrc`` (section 4.7).

    Rates and densities are in 1/256: ``loss_rate`` of lost packets, ``discard_rate`` of packets
    that arrived too late. ``burst_ms`` and ``gap_ms`` are mean lengths. ``rating`` is R of ITU-T
    G.107, the scores are mean opinion scores times 10; UNKNOWN if nothing was received.
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
    """Builds an XR packet with one block, to be appended to a report."""
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
    """Yields the supported blocks; raises struct.error if a block is truncated."""
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


_VERSION = 2
_HEADER = struct.Struct("!BBH")
_SENDER_INFO = struct.Struct("!IQIII")
_BLOCK = struct.Struct("!IIIIII")
_WORD = struct.Struct("!I")
_SENDER_REPORT = 200
_RECEIVER_REPORT = 201
_SOURCE_DESCRIPTION = 202
_GOODBYE = 203
_CNAME = 1
_LOST_BITS = 24


@dataclass(frozen=True, slots=True)
class ReportBlock:
    """Reception statistics of one side for the source ``ssrc``.

    ``fraction_lost`` is in 1/256 since the previous report, ``lost`` in packets in total and may be
    negative. ``highest`` is the sequence number with its wraps in the upper 16 bits. ``jitter`` is
    in ticks of the RTP clock, ``since_sr`` in 1/65536 s.
    """

    ssrc: int
    fraction_lost: int
    lost: int
    highest: int
    jitter: int
    last_sr: int = 0
    since_sr: int = 0


@dataclass(frozen=True, slots=True)
class SenderReport:
    """SR; ``ntp`` is in 1/2**32 s since 1900."""

    ssrc: int
    ntp: int
    rtp_timestamp: int
    packets: int
    octets: int
    blocks: tuple[ReportBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiverReport:
    """RR, from a side that currently sends no audio."""

    ssrc: int
    blocks: tuple[ReportBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceDescription:
    """SDES with its only mandatory item."""

    ssrc: int
    cname: str


@dataclass(frozen=True, slots=True)
class Goodbye:
    """BYE: these sources have ended."""

    ssrcs: tuple[int, ...]


ControlPacket = SenderReport | ReceiverReport | SourceDescription | Goodbye | VoipMetrics


def serialise_report(report: SenderReport | ReceiverReport, cname: str) -> bytes:
    """Builds the compound packet of a report and its CNAME (section 6.1)."""
    blocks = b"".join(_serialise_block(block) for block in report.blocks)
    if isinstance(report, SenderReport):
        info = _SENDER_INFO.pack(
            report.ssrc,
            report.ntp,
            report.rtp_timestamp & 0xFFFFFFFF,
            report.packets & 0xFFFFFFFF,
            report.octets & 0xFFFFFFFF,
        )
        first = _packet(_SENDER_REPORT, len(report.blocks), info + blocks)
    else:
        first = _packet(_RECEIVER_REPORT, len(report.blocks), _WORD.pack(report.ssrc) + blocks)
    name = cname.encode()
    item = bytes((_CNAME, len(name))) + name
    # The list of items ends with at least one zero byte, padded to a whole word.
    item += bytes(4 - len(item) % 4)
    return first + _packet(_SOURCE_DESCRIPTION, 1, _WORD.pack(report.ssrc) + item)


def serialise_goodbye(ssrc: int) -> bytes:
    """Builds a BYE for one source, to be appended to a report."""
    return _packet(_GOODBYE, 1, _WORD.pack(ssrc))


def parse_compound(data: bytes) -> tuple[ControlPacket, ...] | None:
    """Parses the supported packets of a datagram; returns None if it is not RTCP.

    It must start with SR or RR and consist of complete packets (appendix A.2). Unknown packets and
    blocks are skipped.
    """
    parts = _split(data)
    if not parts or parts[0][0] not in (_SENDER_REPORT, _RECEIVER_REPORT):
        return None
    found: list[ControlPacket] = []
    for kind, count, body in parts:
        try:
            found.extend(_parse(kind, count, body))
        except struct.error:
            # The counts exceed the content.
            return None
    return tuple(found)


def _split(data: bytes) -> list[tuple[int, int, bytes]] | None:
    """Kind, count and body of each packet, without padding; None for invalid lengths."""
    parts: list[tuple[int, int, bytes]] = []
    at = 0
    while at < len(data):
        if at + _HEADER.size > len(data):
            return None
        first, kind, words = _HEADER.unpack_from(data, at)
        end = at + 4 * (words + 1)
        if first >> 6 != _VERSION or end > len(data):
            return None
        body = data[at + _HEADER.size : end]
        if first & 0x20:
            # Only the last packet may be padded.
            if end != len(data) or not body or not 0 < body[-1] <= len(body):
                return None
            body = body[: -body[-1]]
        parts.append((kind, first & 0x1F, body))
        at = end
    return parts


def _parse(kind: int, count: int, body: bytes) -> Iterator[ControlPacket]:
    if kind == _SENDER_REPORT:
        ssrc, ntp, rtp_timestamp, packets, octets = _SENDER_INFO.unpack_from(body)
        blocks = _parse_blocks(body, _SENDER_INFO.size, count)
        yield SenderReport(ssrc, ntp, rtp_timestamp, packets, octets, blocks)
    elif kind == _RECEIVER_REPORT:
        (ssrc,) = _WORD.unpack_from(body)
        yield ReceiverReport(ssrc, _parse_blocks(body, _WORD.size, count))
    elif kind == _SOURCE_DESCRIPTION and count > 0:
        (ssrc,) = _WORD.unpack_from(body)
        cname = _parse_cname(body[_WORD.size :])
        if cname is not None:
            yield SourceDescription(ssrc, cname)
    elif kind == _GOODBYE:
        yield Goodbye(struct.unpack_from(f"!{count}I", body))
    elif kind == EXTENDED_REPORT:
        yield from parse_blocks(body[_WORD.size :])


def _serialise_block(block: ReportBlock) -> bytes:
    limit = 1 << (_LOST_BITS - 1)
    lost = max(-limit, min(limit - 1, block.lost)) & ((1 << _LOST_BITS) - 1)
    return _BLOCK.pack(
        block.ssrc,
        block.fraction_lost << _LOST_BITS | lost,
        block.highest & 0xFFFFFFFF,
        block.jitter & 0xFFFFFFFF,
        block.last_sr,
        block.since_sr & 0xFFFFFFFF,
    )


def _parse_blocks(body: bytes, start: int, count: int) -> tuple[ReportBlock, ...]:
    blocks = []
    for number in range(count):
        ssrc, loss, highest, jitter, last_sr, since_sr = _BLOCK.unpack_from(
            body, start + number * _BLOCK.size
        )
        lost = loss & ((1 << _LOST_BITS) - 1)
        if lost >> (_LOST_BITS - 1):
            lost -= 1 << _LOST_BITS
        blocks.append(
            ReportBlock(ssrc, loss >> _LOST_BITS, lost, highest, jitter, last_sr, since_sr)
        )
    return tuple(blocks)


def _parse_cname(items: bytes) -> str | None:
    at = 0
    while at + 2 <= len(items) and items[at] != 0:
        kind, length = items[at], items[at + 1]
        text = items[at + 2 : at + 2 + length]
        if len(text) < length:
            return None
        if kind == _CNAME:
            return text.decode("utf-8", "replace")
        at += 2 + length
    return None


def _packet(kind: int, count: int, body: bytes) -> bytes:
    return _HEADER.pack(_VERSION << 6 | count, kind, len(body) // 4) + body
