"""Loss, jitter and digits of a received stream."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telephony.media.packets.rtp import RtpPacket
from telephony.media.streams.dtmf import DigitReceiver
from telephony.media.streams.reception import Reception


def packet(number: int, ssrc: int = 1) -> RtpPacket:
    return RtpPacket(8, number & 0xFFFF, number * 160 & 0xFFFFFFFF, ssrc, b"")


@given(st.integers(0, 0xFFFF), st.sets(st.integers(1, 98), max_size=30))
def test_lost_is_what_is_missing_over_the_wrap(first: int, lost: set[int]) -> None:
    reception = Reception()
    for number in range(100):
        if number not in lost:
            reception.take(packet(first + number), number * 0.02)
    assert (reception.received, reception.lost) == (100 - len(lost), len(lost))


def test_another_source_is_told_and_keeps_the_loss_before() -> None:
    reception = Reception()
    begins = [reception.take(packet(number), 0.0) for number in (1, 2, 4)]
    begins.append(reception.take(packet(900, ssrc=2), 0.0))
    assert begins == [True, False, False, True]
    assert (reception.received, reception.lost) == (4, 1)


def test_an_even_stream_has_no_jitter() -> None:
    reception = Reception()
    for number in range(100):
        reception.take(packet(number), 5.0 + number * 0.02)
    assert reception.jitter_ms == pytest.approx(0.0, abs=1e-6)


def test_jitter_is_the_mean_change_of_transit() -> None:
    reception = Reception()
    for number in range(1000):
        reception.take(packet(number), number * 0.02 + (0.005 if number % 2 else 0.0))
    assert reception.jitter_ms == pytest.approx(5.0, rel=0.01)


def test_a_key_press_is_one_digit_whatever_is_lost_or_repeated() -> None:
    receiver = DigitReceiver()
    event = bytes([5, 0x0A, 0x00, 0xA0])
    end = bytes([5, 0x8A, 0x03, 0x20])
    told = [receiver.take(1000, each) for each in (event, event, end, end, end)]
    told.append(receiver.take(3000, end))
    assert told == ["5", None, None, None, None, "5"]


@given(st.integers(0, 0xFFFFFFFF), st.binary(max_size=8))
def test_any_payload_is_a_digit_or_nothing(timestamp: int, payload: bytes) -> None:
    digit = DigitReceiver().take(timestamp, payload)
    assert digit is None or digit in "0123456789*#ABCD"


def test_one_stray_number_is_no_loss() -> None:
    reception = Reception()
    for number in range(50):
        reception.take(packet(number), number * 0.02)
        if number == 20:
            reception.take(packet(number + 20_000), number * 0.02)
    assert reception.lost == 0


def test_a_sender_that_begins_its_numbers_anew_loses_nothing() -> None:
    reception = Reception()
    for number in (*range(50), *range(30_000, 30_050)):
        reception.take(packet(number), number * 0.02)
    assert (reception.received, reception.lost) == (100, 0)
    block = reception.report(0, 0)
    assert block is not None
    assert (block.fraction_lost, block.lost) == (0, 0)
