"""The receiving half without sockets: hostile datagrams, and a remote party that changes its
source.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telephony.media.codecs.codec import PCMA, PCMU
from telephony.media.codecs.registry import available_codecs, codec_named
from telephony.media.packets.rtp import RtpPacket, serialise_packet
from telephony.media.samples import Samples
from telephony.media.streams.receiver import RtpReceiver

FAR = ("192.0.2.20", 4000)
EVENTS, NOISE = 101, 118


def receiver_of(codec_name: str) -> RtpReceiver:
    codec = codec_named(codec_name)
    assert codec is not None
    receiver = RtpReceiver()
    receiver.use(FAR, codec, 96, EVENTS, NOISE, receiving=True)
    return receiver


PACKETS = st.one_of(
    st.binary(max_size=80),
    st.builds(
        RtpPacket,
        st.sampled_from([0, 8, 9, 13, 96, EVENTS, NOISE, 77]),
        st.one_of(st.integers(0, 5), st.integers(0, 0xFFFF)),
        st.one_of(st.integers(0, 5).map(lambda n: 160 * n), st.integers(0, 0xFFFFFFFF)),
        st.integers(0, 2),
        st.one_of(st.binary(max_size=200), st.just(bytes(1400))),
        st.booleans(),
    ).map(serialise_packet),
)


@settings(max_examples=150)
@given(
    st.sampled_from(available_codecs()),
    st.lists(st.tuples(PACKETS, st.integers(0, 3)), max_size=25),
)
def test_no_datagram_harms_the_stream(name: str, arrivals: list[tuple[bytes, int]]) -> None:
    receiver = receiver_of(name)
    now_s = 0.0
    for data, frames in arrivals:
        receiver.take(data, FAR, now_s)
        for _ in range(frames):
            assert receiver.play(160, now_s).size == 160
            now_s += 0.02
    assert receiver.delay_ms >= 0
    # A new stream is played regardless of the datagrams before.
    assert "9" in {receiver.take(event(sequence), FAR, now_s) for sequence in range(3)}
    heard = hear(receiver, [loud_packet(8, number) for number in range(10)], now_s)
    assert np.abs(heard.astype(int)).max() > 5000


def event(sequence: int) -> bytes:
    packet = RtpPacket(EVENTS, sequence, 0xABCDEF, 0xCAFE, bytes([9, 0x0A, 0, 160]))
    return serialise_packet(packet)


def loud_packet(payload_type: int, number: int, ssrc: int = 0xBEEF) -> bytes:
    codec = PCMU if payload_type == 0 else PCMA
    loud = np.full(160, 8000, dtype=np.int16)
    loud[::2] = -8000
    return serialise_packet(
        RtpPacket(payload_type, number, 160 * number, ssrc, codec.encode(loud), number == 0)
    )


def hear(receiver: RtpReceiver, packets: list[bytes], now_s: float) -> Samples:
    frames = []
    for packet in packets:
        receiver.take(packet, FAR, now_s)
        frames.append(receiver.play(160, now_s))
        now_s += 0.02
    for _ in range(5):
        frames.append(receiver.play(160, now_s))
        now_s += 0.02
    return np.concatenate(frames)


@pytest.mark.parametrize("name", available_codecs())
def test_a_far_side_may_fall_back_to_a_static_encoding(name: str) -> None:
    receiver = receiver_of(name)
    packets = [loud_packet(0 if number < 10 else 8, number) for number in range(20)]
    heard = hear(receiver, packets, 0.0)
    levels = np.abs(heard.astype(int)).reshape(-1, 160).max(axis=1)
    assert np.count_nonzero(levels > 7000) >= 16
    assert receiver.discarded == 0


def test_before_anything_is_agreed_all_is_dropped() -> None:
    receiver = RtpReceiver()
    assert receiver.destination is None
    receiver.take(loud_packet(8, 1), FAR, 0.0)
    assert receiver.discarded == 1


def test_comfort_noise_belongs_to_the_stream() -> None:
    receiver = receiver_of("PCMA")
    for number, payload_type in enumerate((8, NOISE, 13, 8)):
        packet = RtpPacket(payload_type, number, 160 * number, 1, bytes([70]))
        receiver.take(serialise_packet(packet), FAR, 0.02 * number)
    assert (receiver.discarded, receiver.reception.received, receiver.reception.lost) == (0, 4, 0)


def test_what_is_not_to_be_heard_still_counts() -> None:
    receiver = receiver_of("PCMA")
    receiver.use(FAR, PCMA, 8, EVENTS, None, receiving=False)
    heard = hear(receiver, [loud_packet(8, number) for number in range(5)], 0.0)
    assert not heard.any()
    assert receiver.reception.received == 5
