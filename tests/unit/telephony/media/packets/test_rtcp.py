"""RTCP packets, the channel that sends and reads them, and what hostile ones do: nothing."""

from __future__ import annotations

import struct

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from telephony.media.packets.rtcp import (
    Goodbye,
    ReceiverReport,
    ReportBlock,
    SenderReport,
    SourceDescription,
    VoipMetrics,
    parse_compound,
    serialise_extended_report,
    serialise_goodbye,
    serialise_report,
)
from telephony.media.packets.rtp import RtpPacket
from telephony.media.reports import RtcpChannel
from telephony.media.streams.reception import Reception

OFFSET_S = 1_700_000_000.0
WORD = st.integers(0, 0xFFFFFFFF)
BLOCKS = st.lists(
    st.builds(
        ReportBlock,
        WORD,
        st.integers(0, 255),
        st.integers(-(1 << 23), (1 << 23) - 1),
        WORD,
        WORD,
        WORD,
        WORD,
    ),
    max_size=3,
).map(tuple)
REPORTS = st.one_of(
    st.builds(SenderReport, WORD, st.integers(0, 2**64 - 1), WORD, WORD, WORD, BLOCKS),
    st.builds(ReceiverReport, WORD, BLOCKS),
)


@given(REPORTS, st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40))
def test_a_report_is_read_as_it_was_written(
    report: SenderReport | ReceiverReport, cname: str
) -> None:
    data = serialise_report(report, cname) + serialise_goodbye(report.ssrc)
    assert len(data) % 4 == 0
    assert parse_compound(data) == (
        report,
        SourceDescription(report.ssrc, cname),
        Goodbye((report.ssrc,)),
    )


def test_a_receiver_report_has_the_standard_s_bytes() -> None:
    block = ReportBlock(0xCAFE, 64, -1, 0x10005, 7, 8, 9)
    data = serialise_report(ReceiverReport(1, (block,)), "ab")
    assert data.hex() == (
        "81c90007"
        "00000001"
        "0000cafe"
        "40ffffff"
        "00010005"
        "00000007"
        "00000008"
        "00000009"
        "81ca0003"
        "00000001"
        "01026162"
        "00000000"
    )


@given(st.binary(max_size=120))
@example(b"\x80\xc8\x00\x06" + bytes(20))
@example(b"\x9f\xc9\x00\x01" + bytes(4))
@example(b"\xa0\xc9\x00\x01" + bytes(3) + b"\xff")
@example(b"\x80\xc9\x00\x01" + bytes(4) + b"\x81\xca\x00\x02" + bytes(4) + b"\x01\xff\xff\xff")
@example(b"\x80\xc9\x00\x01" + bytes(4) + b"\x9f\xcb\x00\x00")
@example(b"\x80\xc9\x00\x01" + bytes(4) + b"\x80\xcf\x00\x02" + bytes(4) + b"\x07\x00\x00\x08")
def test_any_datagram_is_rtcp_or_nothing(data: bytes) -> None:
    packets = parse_compound(data)
    assert packets is None or data[1] in (200, 201)
    channel = RtcpChannel(1, 0.0, OFFSET_S)
    channel.take(data, 1.0)


def test_unknown_packets_and_padding_are_passed_over() -> None:
    report = serialise_report(ReceiverReport(1), "a")
    feedback = bytes.fromhex("81cd0002 00000001 00000002")
    padded = bytes.fromhex("a1cb0002 00000001 00000004")
    assert parse_compound(report + feedback + padded) == (
        ReceiverReport(1),
        SourceDescription(1, "a"),
        Goodbye((1,)),
    )
    assert parse_compound(feedback + report) is None
    assert parse_compound(report[:-1]) is None


def test_voip_metrics_are_read() -> None:
    """Behind a block of another type, in the standard's bytes (RFC 3611, section 4.7)."""
    metrics = bytes.fromhex("0000cafe0a142840006401900082003c7f7f7f105d7f2c2bb00000280050012c")
    reference = struct.pack("!BBHQ", 4, 0, 2, 1)
    extended = struct.pack("!BBHI", 0x80, 207, 13, 1) + reference
    extended += struct.pack("!BBH", 7, 0, 8) + metrics
    found = parse_compound(serialise_report(ReceiverReport(1), "a") + extended)
    assert found is not None
    assert found[-1] == VoipMetrics(
        0xCAFE, 10, 20, 40, 64, 100, 400, 130, 60, 93, 44, 43, 40, 80, 300
    )
    assert isinstance(found[-1], VoipMetrics)
    assert serialise_extended_report(1, found[-1])[12:] == metrics


def heard(numbers: list[int], first: int = 0) -> Reception:
    reception = Reception()
    for number in numbers:
        reception.take(
            RtpPacket(8, first + number & 0xFFFF, 160 * number, 0xBEEF, b""), 0.02 * number
        )
    return reception


def test_loss_is_told_since_the_report_before_and_over_all() -> None:
    reception = heard([number for number in range(100) if number % 4], first=65_500)
    block = reception.report(1, 2)
    assert block is not None
    # The first received packet is the base, so 99 were expected.
    assert (block.ssrc, block.lost, block.fraction_lost) == (0xBEEF, 24, 256 * 24 // 99)
    assert block.highest == 65_500 + 99
    assert (block.last_sr, block.since_sr) == (1, 2)
    for number in range(100, 150):
        reception.take(
            RtpPacket(8, 65_500 + number & 0xFFFF, 160 * number, 0xBEEF, b""), 0.02 * number
        )
    after = reception.report(0, 0)
    assert after is not None
    assert (after.lost, after.fraction_lost) == (24, 0)
    assert Reception().report(0, 0) is None


def test_round_trip_and_the_far_side_s_view_come_from_its_reports() -> None:
    near = RtcpChannel(0xA, 0.0, OFFSET_S)
    far = RtcpChannel(0xBEEF, 0.0, OFFSET_S + 123.4)
    first = near.compose(10.0, heard([]), 50, 8000, 0)
    assert far.take(first, 10.040)
    of_near = Reception()
    for number in range(64):
        if number != 30:
            of_near.take(RtpPacket(8, number, 160 * number, 0xA, b""), 0.02 * number)
    answer = far.compose(12.0, of_near, 100, 16000, 0)
    assert near.round_trip_ms is None
    assert near.take(answer, 12.060)
    assert near.round_trip_ms == pytest.approx(100.0, abs=0.1)
    assert near.far_lost_percent == pytest.approx(100 / 64, abs=0.4)
    assert near.far_jitter_ms(8000) == pytest.approx(0.0, abs=0.2)
    assert far.round_trip_ms is None, "the far side got no report of its own audio"


def test_reports_on_others_are_not_about_us() -> None:
    channel = RtcpChannel(1, 0.0, OFFSET_S)
    block = ReportBlock(2, 255, 9, 9, 9, 0x12345678, 1)
    channel.take(serialise_report(ReceiverReport(3, (block,)), "a"), 1.0)
    assert (channel.far_lost_percent, channel.round_trip_ms) == (None, None)


def test_a_report_follows_the_interval_and_tells_whether_audio_was_sent() -> None:
    dice = iter([1.0, 0.0, 0.5, 0.5])
    channel = RtcpChannel(1, 100.0, OFFSET_S, lambda: next(dice))
    longest = 5 * 1.5 / 1.21828 / 2
    assert not channel.is_due(100.0 + longest - 0.01)
    assert channel.is_due(100.0 + longest + 0.01)
    sent = parse_compound(channel.compose(103.1, heard([1, 2]), 155, 24_800, 777))
    assert sent is not None
    assert isinstance(sent[0], SenderReport)
    assert (sent[0].packets, sent[0].octets, sent[0].rtp_timestamp) == (155, 24_800, 777)
    assert sent[0].ntp / 2**32 - 2208988800 == pytest.approx(OFFSET_S + 103.1, abs=1e-3)
    assert [block.ssrc for block in sent[0].blocks] == [0xBEEF]
    assert not channel.is_due(103.1 + 2.0)
    assert channel.is_due(103.1 + 2.1)
    quiet = parse_compound(channel.compose(105.3, heard([]), 155, 24_800, 777))
    assert quiet is not None
    assert quiet[0] == ReceiverReport(1)
    assert isinstance(quiet[1], SourceDescription)
    assert quiet[1].cname


def test_the_last_packet_says_goodbye() -> None:
    channel = RtcpChannel(7, 0.0, OFFSET_S)
    packets = parse_compound(channel.compose_goodbye(1.0, heard([])))
    assert packets is not None
    assert packets[-1] == Goodbye((7,))
